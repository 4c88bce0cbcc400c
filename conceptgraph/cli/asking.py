"""Verbs that ask the map: entities, relations, chains, rankings, and the named questions."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptgraph.cli.group import cli
from conceptgraph.cli.session import Chosen, Inner, Session, named, selected, with_map, with_output, with_selection
from conceptgraph.errors import UnknownTerm
from conceptgraph.reports import Report
from conceptgraph.reports.terminal import plain

if TYPE_CHECKING:
    from conceptgraph.model import ArgumentMap, Question


@click.command()
@click.argument("term")
@click.argument("predicate", required=False)
@click.argument("object", required=False)
@with_map
@with_output
def show(
    term: str, predicate: str | None, object: str | None, input: Path | None, lang: str | None, output: str
) -> None:
    """Show everything about one entity, or about one relation: TERM PREDICATE OBJECT."""
    from conceptgraph.model import Triple
    from conceptgraph.neighbors import neighbors
    from conceptgraph.reports.answers import EntityReport, RelationReport
    from conceptgraph.suggest import nearest

    session = Session.of(input, lang)
    map = session.map()
    entity = named(map, term)
    if predicate is None:
        session.show(EntityReport(map, entity, neighbors(map, entity.id)), output)
        return
    if object is None:
        raise click.UsageError("a relation is TERM PREDICATE OBJECT: the object is missing")
    if predicate not in map.predicates:
        raise UnknownTerm(predicate, nearest(predicate, map.predicates, 5), "predicate")
    relation = map.relations.get(Triple(entity.id, predicate, named(map, object).id))
    if relation is None:
        raise click.ClickException("the map does not have this relation")
    session.show(RelationReport(map, [relation, *map.opposed(relation)]), output)


@click.command()
@click.argument("text", nargs=-1, required=True)
@with_map
@with_output
@click.option("-n", "--number", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most.")
def search(text: tuple[str, ...], input: Path | None, lang: str | None, output: str, number: int) -> int:
    """Find entities by id, label, alias or definition."""
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


@click.command()
@click.argument("term")
@with_map
@with_output
@click.option("--depth", type=click.IntRange(1, 10), default=1, show_default=True, help="How many steps away.")
@click.option("--direction", type=click.Choice(["in", "out", "both"]), default="both", show_default=True)
@with_selection
def neighbors(
    term: str,
    input: Path | None,
    lang: str | None,
    output: str,
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
        session.show(NeighborsReport(map, entity, found), output)
    if not found:
        click.echo(f"no such relation around {entity.id}", err=True)
    return int(not found)


def _measures() -> list[str]:
    from conceptgraph.centrality import MEASURES

    return [measure.id for measure in MEASURES]


@click.command()
@with_map
@with_output
@click.option("-m", "--measure", "measure_id", type=click.Choice(_measures()), default="betweenness", show_default=True)
@click.option("--kind", help="List only entities of this kind.")
@with_selection
@click.option("-n", "--number", type=click.IntRange(min=0), default=20, show_default=True, help="How many; 0 for all.")
def centrality(
    input: Path | None,
    lang: str | None,
    output: str,
    measure_id: str,
    kind: str | None,
    chosen: Chosen,
    number: int,
) -> int:
    """Rank entities by how central they are; says what the measure means.

    Parallel relations between two entities count once. The texts themselves take no part: an essay is related to all
    that it argues.
    """
    from conceptgraph.centrality import measure, rank
    from conceptgraph.reports.answers import RankingReport
    from conceptgraph.suggest import nearest

    session = Session.of(input, lang)
    map = session.map()
    if kind is not None and kind not in map.kinds:
        plurals = {each.plural: each.id for each in map.kinds.values()}
        if kind not in plurals:
            raise UnknownTerm(kind, nearest(kind, map.kinds) or list(map.kinds), "kind")
        kind = plurals[kind]
    selection = selected(map, chosen)
    ranking = rank(map, measure(measure_id), kind=kind, selection=selection)
    session.show(RankingReport(map, ranking, number or None), output)
    return int(not ranking.ranks)


@click.command()
@with_map
@with_output
def stats(input: Path | None, lang: str | None, output: str) -> None:
    """Count entities, relations and citations."""
    from conceptgraph.reports.whole import StatsReport

    session = Session.of(input, lang)
    session.show(StatsReport(session.map()), output)


@click.command()
@with_map
@with_output
def questions(input: Path | None, lang: str | None, output: str) -> None:
    """List the named questions; `ask` answers them."""
    from conceptgraph.reports.whole import QuestionsReport

    session = Session.of(input, lang)
    session.show(QuestionsReport(session.map()), output)


@click.command()
@click.argument("name")
@with_map
@with_output
def ask(name: str, input: Path | None, lang: str | None, output: str) -> int:
    """Answer a named question: prints the query, then its answer."""
    from conceptgraph.sentences import in_language
    from conceptgraph.suggest import nearest

    session = Session.of(input, lang)
    map = session.map()
    question = map.questions.get(name)
    if question is None:
        raise UnknownTerm(name, nearest(name, map.questions, 5), "question")
    code, answers = answered(session, map, question)
    if output == "table":
        for language in session.terminal.languages:
            click.echo(session.terminal.paint(in_language(question.ask, language) or name, "bold"))
        click.echo(session.terminal.paint(f"conceptgraph {question.query}", "dim") + "\n")
    for report in answers:
        session.show(report, output)
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
