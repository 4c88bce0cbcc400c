"""The command line: parse, ask, print, exit code."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from conceptgraph.cli.asking import ask, neighbors, questions, search, show, stats
from conceptgraph.cli.beginning import init, schema, vocabulary
from conceptgraph.cli.chains import path
from conceptgraph.cli.checking import check, coverage, explain
from conceptgraph.cli.comparing import compare, trace, who
from conceptgraph.cli.differing import diff
from conceptgraph.cli.editing import lsp
from conceptgraph.cli.exporting import export, open_
from conceptgraph.cli.group import DEBUG_VARIABLE, cli, fault
from conceptgraph.cli.ranking import centrality, communities
from conceptgraph.cli.serving import serve
from conceptgraph.cli.shell import shell
from conceptgraph.cli.writing import add, fmt, rename
from conceptgraph.reports.terminal import plain

cli.add("Read", show, search, neighbors, questions, ask, stats, vocabulary, shell)
cli.add("Argue", path, trace, who, compare, centrality, communities)
cli.add("Curate", init, add, rename, fmt, check, explain, coverage, diff)
cli.add("Beside an editor", serve, lsp, schema)
cli.add("Take away", open_, export)


def main() -> NoReturn:
    """Run the program: every error becomes a message on stderr and an exit code here."""
    for stream in (sys.stdout, sys.stderr):
        # a terminal that lacks a character shows a question mark; it is no reason to stop
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        code = cli.main(prog_name="conceptgraph", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # whoever read has read enough; what is still in the buffer must not raise again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        click.echo(f"Error: {plain(str(error))}", err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        click.echo(fault(error), err=True)
        sys.exit(1)
