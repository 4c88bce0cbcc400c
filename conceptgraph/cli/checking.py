"""Verbs about the map itself: what is wrong with it, and how much of the texts it has read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from conceptgraph.cli.completing import CodeName
from conceptgraph.cli.session import Session, listed, with_map, with_output
from conceptgraph.errors import UnknownTerm

if TYPE_CHECKING:
    from conceptgraph.diagnostics import Code, Diagnostic
    from conceptgraph.model import ArgumentMap, Question

FORMATS: Final = ("full", "concise", "github", "json", "sarif")


@click.command(
    epilog="""\b
Examples:
  conceptgraph check --strict
  conceptgraph check --questions --format github
  conceptgraph check --select near-duplicate-label,wrong-language --notes
"""
)
@with_map
@click.option("--format", "form", type=click.Choice(FORMATS), default="full", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@click.option("--notes", is_flag=True, help="List notes, too; without it they are only counted.")
@click.option(
    "--select", type=CodeName(several=True), multiple=True, metavar="CODE", help="Find only these: a code, or a list."
)
@click.option(
    "--ignore", type=CodeName(several=True), multiple=True, metavar="CODE", help="Pass over these: a code, or a list."
)
@click.option(
    "--sources", type=click.Path(path_type=Path), metavar="DIR", help="The folder with the texts: look up every anchor."
)
@click.option(
    "--questions", is_flag=True, help="Ask the named questions, too, and hold their answers to what they expect."
)
@click.option("--fix", is_flag=True, help="Mend what has one right answer, and lay the files out; list what is left.")
@click.option("--diff", is_flag=True, help="With --fix: write nothing; show what would change.")
def check(
    input: Path | None,
    lang: str | None,
    form: str,
    strict: bool,
    notes: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    sources: Path | None,
    questions: bool,
    fix: bool,
    diff: bool,
) -> int:
    """Say what is wrong with the map, and where.

    A comment at the end of a line lets its warnings and notes pass: # conceptgraph: ignore[CODE].
    """
    from conceptgraph.cli.writing import mend
    from conceptgraph.diagnostics import Severity
    from conceptgraph.fixing import fixable
    from conceptgraph.reports import diagnostics

    selected, ignored = _codes(select), _codes(ignore)
    for code in selected:
        option = _asked_with(code)
        if option and not {"--sources": sources, "--questions": questions}[option]:
            raise click.UsageError(f"{code} is looked for only with {option}")
    session = Session.of(input, lang)
    loaded = session.load(sources)
    if diff and not fix:
        raise click.UsageError("--diff goes with --fix")
    if fix and mend(session, loaded, sources, diff) and not diff:
        loaded = session.load(sources)
    every = list(loaded.diagnostics)
    if questions and not loaded.errors:
        every = sorted([*every, *_question_failures(session, loaded.map)], key=lambda found: found.order)
    every = [found for found in every if found.code not in ignored and (found.code in selected or not selected)]
    least = Severity.NOTE if notes else Severity.WARNING
    shown = [found for found in every if found.severity >= least]
    if shown or form in diagnostics.FOR_PROGRAMS:
        click.echo(diagnostics.written(shown, loaded, form, session.terminal))
    map = loaded.map
    summary = diagnostics.counted(every) or "nothing to report"
    if not fix and (mendable := len(fixable(loaded))):
        summary += f" ({mendable} fixable with --fix)"
    click.echo(f"{len(map.entities)} entities, {len(map.relations)} relations: {summary}", err=True)
    fatal = Severity.WARNING if strict else Severity.ERROR
    return int(any(found.severity >= fatal for found in every))


def _codes(named: tuple[str, ...]) -> set[str]:
    """The codes that are named, each of which there must be."""
    from conceptgraph.loader import codes

    known = codes() if named else {}
    return {_code(name, known).id for name in listed(named)}


def _code(name: str, known: Mapping[str, Code]) -> Code:
    from conceptgraph.suggest import nearest

    if name not in known:
        raise UnknownTerm(name, nearest(name, known, 3) or sorted(known), "rule")
    return known[name]


def _asked_with(code: str) -> str | None:
    """The option without which nobody looks for a code."""
    from conceptgraph.questions import QUESTION_FAILS
    from conceptgraph.rules import rules

    if code == QUESTION_FAILS.id:
        return "--questions"
    return "--sources" if any(rule.texts for rule in rules() if rule.code.id == code) else None


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
    short_help="Say what a rule looks for; without a code, list all rules.",
    epilog="""\b
Examples:
  conceptgraph explain
  conceptgraph explain unknown-reference
""",
)
@with_output
@click.argument("code", type=CodeName(), required=False)
def explain(code: str | None, output: str) -> None:
    """Say what a rule looks for, with a bad and a good example; without CODE, list all of them."""
    from conceptgraph.loader import codes
    from conceptgraph.reports.checks import CodeReport, CodesReport

    session = Session.of(None, None)
    session.show(CodeReport(_code(code, codes())) if code else CodesReport(codes()), output)
