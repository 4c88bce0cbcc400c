"""The verb for editors: the language server."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from conceptgraph.cli.session import Session, with_map, with_sources


@click.command(
    short_help="Help an editor with the map's files, as a language server.",
    epilog="""\b
Examples:
  conceptgraph lsp
  conceptgraph lsp --lang zh --sources ../shared/essays

\b
In Neovim:
  vim.lsp.start({name = "conceptgraph", cmd = {"conceptgraph", "lsp"}, root_dir = vim.fn.getcwd()})
""",
)
@with_map
@with_sources
def lsp(input: Path | None, lang: str | None, sources: Path | None) -> None:
    """Serve editors over standard input and output: diagnostics as you type, completion, hover, definitions, renaming.

    Ids are completed by whatever they are called: Chinese, pinyin, initials or English. Without --input, each folder
    with a vocabulary.yaml is a map, so that one server is enough for all files that are open.
    """
    from conceptgraph.lsp import server

    session = Session.of(input, lang)
    directory = None if input is None else session.directory.resolve()
    # the server closes the stream that it is given; this program's own is flushed when it ends
    server(directory, sources, session.terminal.language).start_io(sys.stdin.buffer, os.fdopen(os.dup(1), "wb"))
