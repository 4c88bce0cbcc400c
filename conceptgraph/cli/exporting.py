"""Verbs that write the map to files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from conceptgraph import exporters, files
from conceptgraph.cli.session import FOLDER, NAME, Session, export_file, texts_of, with_map, with_sources
from conceptgraph.exporters import Answer, Exporter
from conceptgraph.model import ArgumentMap


@click.command(
    short_help="Write the map to a file, as a page or for other programs.",
    epilog="""\b
Examples:
  conceptgraph export graphml -o map.graphml
  conceptgraph export json -o -
""",
)
@click.argument("format", type=click.Choice(exporters.names()))
@with_map
@click.option("-o", "--out", metavar="FILE", help=f"Where to write, - for stdout; by default {FOLDER}/{NAME}.*")
@with_sources
@click.option("--check", "compare", is_flag=True, help="Write nothing; fail if the file is not what would be written.")
def export(
    format: str, input: Path | None, lang: str | None, out: str | None, sources: Path | None, compare: bool
) -> int:
    """Write the map to a file: as a page (html), for programs (json), for Gephi and yEd (graphml).

    The works and texts alone: for LaTeX (bibtex), for Zotero and pandoc (csl).
    """
    exporter = exporters.exporter(format)
    text = _rendered(exporter, Session.of(input, lang), sources)
    if out == "-":
        click.echo(text, nl=False)
        return 0
    file = Path(out) if out is not None else export_file(exporter.suffix)
    if compare:
        fresh = file.is_file() and file.read_bytes() == text.encode()
        click.echo(f"{file} is {'up to date' if fresh else 'stale' if file.exists() else 'missing'}", err=True)
        return int(not fresh)
    files.replace(file, text)
    click.echo(f"wrote {file}", err=True)
    return 0


def _rendered(exporter: Exporter, session: Session, sources: Path | None) -> str:
    """The map in a format, with all that the format can show."""
    map = session.map()
    more: dict[str, Any] = {}
    if sources is not None:
        if "texts" not in exporter.more:
            raise click.UsageError(f"{exporter.name} shows no passages: --sources is for html")
        more["texts"] = texts_of(map, sources)
    if "answers" in exporter.more:
        more["answers"] = answers(session, map)
    return exporter.render(map, **more)


def answers(session: Session, map: ArgumentMap) -> dict[str, Answer]:
    """The answers to a map's named questions, by the ids of these; a question that cannot be answered has none."""
    from conceptgraph.cli.asking import answered

    found = {}
    for question in map.questions.values():
        try:
            _, reports = answered(session, map, question)
        except click.ClickException:
            # `check --questions` says what is wrong with it
            continue
        found[question.id] = Answer(
            tuple(relation.triple for report in reports for relation in report.relations() or ()),
            tuple(tuple(chain) for report in reports for chain in report.chains()),
            tuple(rank for report in reports for rank in report.ranks()),
        )
    return found


@click.command(
    short_help="Open the interactive page in the browser.",
    name="open",
    epilog="""\b
Examples:
  conceptgraph open
  conceptgraph open -o page.html
""",
)
@with_map
@click.option("-o", "--out", metavar="FILE", help=f"Where the page is; by default {FOLDER}/{NAME}.html")
@with_sources
def open_(input: Path | None, lang: str | None, out: str | None, sources: Path | None) -> None:
    """Open the interactive page in the browser; it is exported first if it is stale. Its path is printed."""
    exporter = exporters.exporter("html")
    file = Path(out) if out is not None else export_file(exporter.suffix)
    text = _rendered(exporter, Session.of(input, lang), sources)
    if not file.is_file() or file.read_bytes() != text.encode():
        files.replace(file, text)
    if has_screen():
        click.launch(str(file.resolve()))
    click.echo(file.resolve())


def has_screen() -> bool:
    """Whether a browser would be seen by somebody."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
