"""Verbs that set voices and texts against each other, and follow one family of relations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptgraph.cli.completing import FamilyName, PredicateName, Side, Term
from conceptgraph.cli.session import (
    Chosen,
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
from conceptgraph.model import CONTESTED, DENIED, HELD

if TYPE_CHECKING:
    from conceptgraph.model import ArgumentMap, Entity, Relation
    from conceptgraph.selection import Selection


@click.command(
    epilog="""\b
Examples:
  conceptgraph compare alienation progress -n 5
  conceptgraph compare alienation/3.1 alienation/3.2 --lang zh
"""
)
@click.argument("one", metavar="A", type=Side())
@click.argument("other", metavar="B", type=Side())
@with_map
@with_output
@with_sources
@click.option(
    "-n", "--number", type=click.IntRange(min=0), default=10, show_default=True, help="How many a block; 0 for all."
)
def compare(
    one: str, other: str, input: Path | None, lang: str | None, output: str, sources: Path | None, number: int
) -> None:
    """Set two texts, sections or voices against each other.

    A and B are texts (progress), sections with all below them (alienation/3), or voices: whoever is cited as holding
    something (马克思). Contradictions come first: what one holds and the other denies or rejects, and opposites. Then
    the theses of one that disagree or agree with the other's, whoever says so; same words in different senses;
    relations and entities that both argue about; and what only one does. Of the shared entities those stand first
    that have many relations on both sides: they are the bridges.
    """
    from conceptgraph.compare import compare, side
    from conceptgraph.reports.comparisons import ComparisonReport

    session = Session.of(input, lang)
    map = session.map()
    sides = side(map, one), side(map, other)
    if sides[0] == sides[1]:
        raise click.UsageError(f"both are {sides[0].id}")
    texts = texts_of(map, sources)
    session.show(ComparisonReport(map, compare(map, *sides), number or None, texts=texts), output)


@click.command(
    short_help="Say who argues something, and who reports or denies it.",
    epilog="""\b
Examples:
  conceptgraph who 非物质劳动不创造价值
  conceptgraph who immaterial-labour produces value
""",
)
@click.argument("term", type=Term())
@click.argument("predicate", required=False, type=PredicateName())
@click.argument("object", required=False, type=Term())
@with_map
@with_output
@with_sources
@click.option(
    "-n", "--number", type=click.IntRange(min=0), default=5, show_default=True, help="How many a voice; 0 for all."
)
@with_selection
def who(
    term: str,
    predicate: str | None,
    object: str | None,
    input: Path | None,
    lang: str | None,
    output: str,
    sources: Path | None,
    number: int,
    chosen: Chosen,
) -> int:
    """Say who argues something, and who reports, concedes, denies or rejects it.

    TERM is a thesis above all: who argues it, who gives reasons for and against it, and what the texts make of that.
    TERM PREDICATE OBJECT asks the same of one relation; of any other entity, what its relations say is grouped by who
    holds it. Every position comes with its place and its anchor.
    """
    from conceptgraph.reports.comparisons import WhoReport
    from conceptgraph.who import who_argues, who_holds

    session = Session.of(input, lang)
    map = session.map()
    entity = named(map, term)
    selection = _with_denials(map, chosen) if any(chosen) else None
    about: Entity | Relation = entity
    if predicate is None:
        positions = who_argues(map, entity.id, selection)
    else:
        about = named_relation(map, entity, predicate, object)
        positions = who_holds(map, about, selection)
    report = WhoReport(map, about, positions, number or None, texts=texts_of(map, sources))
    if report.positions or output != "table":
        session.show(report, output)
    if not report.positions:
        click.echo(f"nobody says anything of {entity.id}", err=True)
    return int(not report.positions)


@click.command(
    short_help="Follow one family of relations from an entity, as a tree.",
    epilog="""\b
Examples:
  conceptgraph trace 剥削 --family causal --direction in --depth 2
  conceptgraph trace alienation-of-digital-labour --family remedy --direction in
""",
)
@click.argument("term", type=Term())
@with_map
@with_output
@with_sources
@click.option(
    "--family",
    "families",
    multiple=True,
    type=FamilyName(several=True),
    metavar="NAME",
    help="The family of relations to follow.",
)
@click.option(
    "--direction", type=click.Choice(["out", "in"]), default="out", show_default=True, help="To effects, or to causes."
)
@click.option("--depth", type=click.IntRange(1, 50), default=4, show_default=True, help="How many steps to go.")
@click.option(
    "-n", "--number", type=click.IntRange(min=1), default=200, show_default=True, help="How many branches at most."
)
@click.option("--receipts", is_flag=True, help="Show every citation in full, not only its place; so does --sources.")
@with_selection
def trace(
    term: str,
    input: Path | None,
    lang: str | None,
    output: str,
    sources: Path | None,
    families: tuple[str, ...],
    direction: str,
    depth: int,
    number: int,
    receipts: bool,
    chosen: Chosen,
) -> int:
    """Follow one family of relations from an entity, as a tree: its effects, its causes, its remedies.

    The branches behind an entity stand once, where the fewest steps reach it; elsewhere it is marked. What is only
    denied is shown and marked, but not walked; so are contested relations and the curator's inferences marked.
    """
    from conceptgraph.reports.comparisons import TraceReport
    from conceptgraph.trace import trace

    session = Session.of(input, lang)
    map = session.map()
    entity = named(map, term)
    chosen = chosen._replace(predicates=(*chosen.predicates, *families))
    if not chosen.predicates:
        known = ", ".join(map.families)
        raise click.UsageError(f"which relations? Name a family (--family) or a predicate (-p). Families: {known}")
    found = trace(map, entity.id, _with_denials(map, chosen), direction=direction, depth=depth, limit=number)
    if found.branches or output != "table":
        session.show(TraceReport(map, found, receipts, texts=texts_of(map, sources)), output)
    if not found.branches:
        way = "from" if direction == "out" else "to"
        click.echo(f"no such relation leads {way} {entity.id}", err=True)
    return int(not found.branches)


def _with_denials(map: ArgumentMap, chosen: Chosen) -> Selection:
    """The selection of a verb that shows denied relations, too, unless a status was chosen."""
    from conceptgraph.selection import Selection

    selection = selected(map, chosen) or Selection()
    return selection if chosen.statuses else replace(selection, statuses=(HELD, CONTESTED, DENIED))
