"""Verbs about the map itself: what is wrong with it, and how much of the texts it has read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from conceptgraph.cli.completing import CodeName
from conceptgraph.cli.session import Session, with_map, with_output
from conceptgraph.errors import UnknownTerm
from conceptgraph.reports.terminal import plain

if TYPE_CHECKING:
    from conceptgraph.diagnostics import Diagnostic
    from conceptgraph.model import ArgumentMap, Question

FORMATS: Final = ("full", "concise", "github", "json")


@click.command(
    epilog="""\b
Examples:
  conceptgraph check --strict
  conceptgraph check --questions --format github
"""
)
@with_map
@click.option("--format", "form", type=click.Choice(FORMATS), default="full", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@click.option("--notes", is_flag=True, help="List notes, too; without it they are only counted.")
@click.option(
    "--sources", type=click.Path(path_type=Path), metavar="DIR", help="The folder with the texts: look up every anchor."
)
@click.option(
    "--questions", is_flag=True, help="Ask the named questions, too, and hold their answers to what they expect."
)
def check(
    input: Path | None,
    lang: str | None,
    form: str,
    strict: bool,
    notes: bool,
    sources: Path | None,
    questions: bool,
) -> int:
    """Say what is wrong with the map, and where."""
    from conceptgraph.diagnostics import Severity
    from conceptgraph.reports import diagnostics

    session = Session.of(input, lang)
    loaded = session.load(sources)
    every = list(loaded.diagnostics)
    if questions and not loaded.errors:
        every = sorted([*every, *_question_failures(session, loaded.map)], key=lambda found: found.order)
    least = Severity.NOTE if notes else Severity.WARNING
    listed = [found for found in every if found.severity >= least]
    if listed or form == "json":
        click.echo(diagnostics.written(listed, loaded, form, session.terminal))
    map = loaded.map
    summary = diagnostics.counted(every) or "nothing to report"
    click.echo(f"{len(map.entities)} entities, {len(map.relations)} relations: {summary}", err=True)
    fatal = Severity.WARNING if strict else Severity.ERROR
    return int(any(found.severity >= fatal for found in every))


def _question_failures(session: Session, map: ArgumentMap) -> Iterator[Diagnostic]:
    from conceptgraph.cli.asking import answered
    from conceptgraph.questions import failures, texts_in

    def answer(question: Question) -> set[str] | str:
        try:
            _, answers = answered(session, map, question)
        except click.ClickException as error:
            return error.format_message()
        return {text for report in answers for text in texts_in(report.data())}

    yield from failures(map, answer)


@click.command(
    short_help="Say which sentences of the texts carry no relation yet.",
    epilog="""\b
Examples:
  conceptgraph coverage --sources ../shared/essays
  conceptgraph coverage --sources ../shared/essays -O json
""",
)
@with_map
@with_output
@click.option(
    "--sources",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    required=True,
    help="The folder with the texts.",
)
def coverage(input: Path | None, lang: str | None, output: str, sources: Path) -> None:
    """Say which sentences of the texts carry no relation yet, and what in the map stands on little."""
    from conceptgraph.coverage import coverage
    from conceptgraph.passages import source_texts
    from conceptgraph.reports.whole import CoverageReport

    session = Session.of(input, lang)
    map = session.map()
    texts = source_texts(map.sources.values(), sources)
    if not texts:
        raise click.UsageError(f"none of the texts is in {sources}")
    session.show(CoverageReport(map, coverage(map, texts)), output)


@click.command(
    epilog="""\b
Examples:
  conceptgraph explain unknown-reference
  conceptgraph explain anchor-too-long
"""
)
@click.argument("code", type=CodeName())
def explain(code: str) -> None:
    """Say what a rule looks for, with a bad and a good example."""
    import inspect

    from conceptgraph.examples import example
    from conceptgraph.loader import codes as all_codes
    from conceptgraph.suggest import nearest

    codes = all_codes()
    if code not in codes:
        raise UnknownTerm(code, nearest(code, codes, 3) or sorted(codes), "rule")
    bad, good = example(code)
    click.echo(f"{code} ({codes[code].severity})\n\n{inspect.cleandoc(codes[code].doc)}")
    click.echo(f"\nBad:\n\n{_indented(bad)}\n\nGood:\n\n{_indented(good)}")


def _indented(text: str) -> str:
    return "\n".join(f"    {plain(line)}".rstrip() for line in text.rstrip("\n").split("\n"))
