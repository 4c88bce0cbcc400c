"""Verbs that ask the map: entities, relations, chains, rankings, and the named questions."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptgraph.cli.completing import PredicateName, QuestionName, Term
from conceptgraph.cli.group import cli
from conceptgraph.cli.session import (
    Chosen,
    Inner,
    Session,
    named,
    named_relation,
    selected,
    texts_of,
    with_map,
    with_output,
    with_selection,
    with_sources,
)
from conceptgraph.errors import UnknownTerm
from conceptgraph.reports import Report
from conceptgraph.reports.terminal import plain

if TYPE_CHECKING:
    from conceptgraph.model import ArgumentMap, Question


@click.command(
    short_help="Show everything about one entity, or about one relation.",
    epilog="""\b
Examples:
  conceptgraph show 受众商品 --lang zh
  conceptgraph show user-attention becomes audience-commodity
""",
)
@click.argument("term", type=Term())
@click.argument("predicate", required=False, type=PredicateName())
@click.argument("object", required=False, type=Term())
@with_map
@with_output
@with_sources
def show(
    term: str,
    predicate: str | None,
    object: str | None,
    input: Path | None,
    lang: str | None,
    output: str,
    sources: Path | None,
) -> None:
    """Show everything about one entity, or about one relation: TERM PREDICATE OBJECT."""
    from conceptgraph.neighbors import neighbors
    from conceptgraph.reports.answers import EntityReport, RelationReport

    session = Session.of(input, lang)
    map = session.map()
    entity = named(map, term)
    texts = texts_of(map, sources)
    if predicate is None:
        session.show(EntityReport(map, entity, neighbors(map, entity.id), texts=texts), output)
        return
    relation = named_relation(map, entity, predicate, object)
    session.show(RelationReport(map, relation, map.opposed(relation), texts=texts), output)


@click.command(
    short_help="Find entities by any of their names, or by definition.",
    epilog="""\b
Examples:
  conceptgraph search fwzld
  conceptgraph search alienated labor -n 5 -O tsv
""",
)
@click.argument("text", nargs=-1, required=True)
@with_map
@with_output
@click.option("-n", "--number", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most.")
def search(text: tuple[str, ...], input: Path | None, lang: str | None, output: str, number: int) -> int:
    """Find entities by id, label, alias, definition or note, the best first.

    In simplified or traditional characters, in pinyin (feiwuzhi laodong) or initials (fwzld), in either spelling and
    any form of English words, and with small slips. The column "by" says what answered.
    """
    from conceptgraph.reports.answers import SearchReport
    from conceptgraph.terms import search

    session = Session.of(input, lang)
    map = session.map()
    matches = search(map, " ".join(text))
    if matches or output != "table":
        session.show(SearchReport(map, matches[:number]), output)
    if len(matches) > number:
        click.echo(f"{len(matches) - number} more: ask for them with -n", err=True)
    if not matches:
        click.echo(f"nothing found for {plain(' '.join(text))!r}", err=True)
    return int(not matches)


@click.command(
    epilog="""\b
Examples:
  conceptgraph neighbors digital-platforms -p power --direction out
  conceptgraph neighbors 异化 --depth 2 --in alienation/5
"""
)
@click.argument("term", type=Term())
@with_map
@with_output
@click.option("--depth", type=click.IntRange(1, 10), default=1, show_default=True, help="How many steps away.")
@click.option("--direction", type=click.Choice(["in", "out", "both"]), default="both", show_default=True)
@with_sources
@with_selection
def neighbors(
    term: str,
    input: Path | None,
    lang: str | None,
    output: str,
    sources: Path | None,
    depth: int,
    direction: str,
    chosen: Chosen,
) -> int:
    """List the relations one or more steps away from an entity."""
    from conceptgraph.neighbors import neighbors
    from conceptgraph.reports.answers import NeighborsReport

    session = Session.of(input, lang)
    map = session.map()
    entity = named(map, term)
    selection = selected(map, chosen)
    found = neighbors(map, entity.id, depth, direction=direction, selection=selection)
    if found or output != "table":
        session.show(NeighborsReport(map, entity, found, texts=texts_of(map, sources)), output)
    if not found:
        click.echo(f"no such relation around {entity.id}", err=True)
    return int(not found)


@click.command(
    epilog="""\b
Examples:
  conceptgraph stats
  conceptgraph stats -O json
"""
)
@with_map
@with_output
def stats(input: Path | None, lang: str | None, output: str) -> None:
    """Count entities, relations and citations."""
    from conceptgraph.reports.whole import StatsReport

    session = Session.of(input, lang)
    session.show(StatsReport(session.map()), output)


@click.command(
    epilog="""\b
Examples:
  conceptgraph questions --lang zh
  conceptgraph questions -O tsv
"""
)
@with_map
@with_output
def questions(input: Path | None, lang: str | None, output: str) -> None:
    """List the named questions; `ask` answers them."""
    from conceptgraph.reports.whole import QuestionsReport

    session = Session.of(input, lang)
    session.show(QuestionsReport(session.map()), output)


@click.command(
    short_help="Answer a named question, or the likeliest one.",
    epilog="""\b
Examples:
  conceptgraph ask what-is-alienation-today
  conceptgraph ask 技术在进步，人为什么更劳碌 --lang zh
""",
)
@click.argument("text", nargs=-1, required=True, type=QuestionName())
@with_map
@with_output
def ask(text: tuple[str, ...], input: Path | None, lang: str | None, output: str) -> int:
    """Answer a named question, or the one that is most like TEXT: prints the query, then its answer."""
    from conceptgraph.questions import likely
    from conceptgraph.reports.whole import AskedReport

    session = Session.of(input, lang)
    map = session.map()
    asked = " ".join(text)
    found = likely(map, asked)
    if not found:
        raise UnknownTerm(asked, (), "question")
    question, *others = found
    if others:
        # the words were not those of one question: the answer is to the likeliest, and that is said
        click.echo(f"{plain(asked)!r} is read as {question.id}; or did you mean", err=True)
        for other in others:
            click.echo(f"  {other.id}", err=True)
    code, answers = answered(session, map, question)
    session.show(AskedReport(map, question, answers[0] if answers else None), output)
    return code


def answered(session: Session, map: ArgumentMap, question: Question) -> tuple[int, list[Report]]:
    """The exit code and the answers of a question's query.

    Raises:
        click.ClickException: the query cannot be run.
    """
    inner = Inner(session, map)
    try:
        arguments = shlex.split(question.query)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    code = cli.main(arguments, prog_name="conceptgraph", standalone_mode=False, obj=inner)
    return int(code or 0), inner.answers
