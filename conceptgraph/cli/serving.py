"""The verb that serves the page while the map is written."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import click

from conceptgraph.cli.exporting import answers, has_screen
from conceptgraph.cli.session import Session, with_map, with_sources
from conceptgraph.exporters import Answer
from conceptgraph.model import ArgumentMap
from conceptgraph.reports.terminal import plain

PORT = 8765


@click.command(
    short_help="Serve the page to this machine, new after every save.",
    epilog="""\b
Examples:
  conceptgraph serve
  conceptgraph serve --port 9000 --no-open --editor 'gvim --remote-silent'
""",
)
@with_map
@with_sources
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The port of 127.0.0.1; if it is taken, the next one that is free. 0 takes any.",
)
@click.option("--open/--no-open", "opens", default=True, help="Whether to open the browser.")
@click.option(
    "--editor",
    metavar="NAME",
    help="What opens a file at its line: vscode, the name of an editor with a window, a command or a link with {file}, "
    "{line} and {column}. By default $VISUAL or $EDITOR, if it has a window, else vscode.",
)
def serve(
    input: Path | None, lang: str | None, sources: Path | None, port: int, opens: bool, editor: str | None
) -> None:
    """Serve the interactive page on 127.0.0.1, and let it follow the map's files.

    The page is that of `export html`. It shows the map anew after every save, where its reader is; while the files have
    errors, it shows these, each with a way to its line in the editor, and the map as it was before. What is new finds a
    place in the picture as it is; to reload the page arranges all of it. Ctrl-C ends.
    """
    from conceptgraph.serve.editors import editor as editor_named
    from conceptgraph.serve.live import Live
    from conceptgraph.serve.server import ADDRESS, listening
    from conceptgraph.serve.server import serve as serve_page

    session = Session.of(input, lang)
    context = click.get_current_context()
    try:
        chosen = editor_named(editor, os.environ)
    except ValueError as error:
        raise click.UsageError(plain(str(error))) from None
    if not session.directory.is_dir():
        raise click.UsageError(f"no such folder: {session.directory}")

    def answered(map: ArgumentMap) -> dict[str, Answer]:
        # asked in a thread, which has no context of its own
        with context.scope(cleanup=False):
            return answers(session, map)

    # Ctrl-C is how it ends, also before the server knows of it
    with listening(port) as listener, contextlib.suppress(KeyboardInterrupt):
        found = listener.getsockname()[1]
        if port not in (0, found):
            click.echo(f"port {port} is taken: {found} is used", err=True)
        address = f"http://{ADDRESS}:{found}/"
        if lang in ("zh", "en"):
            address += f"#lang={lang}"
        click.echo(address)
        sys.stdout.flush()
        click.echo(f"following {plain(str(session.directory))}; Ctrl-C ends", err=True)
        if opens and has_screen():
            click.launch(address)
        live = Live(session.directory, sources, answered, lambda line: click.echo(plain(line), err=True))
        serve_page(live, chosen, listener)
