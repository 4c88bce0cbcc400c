"""The verb that finds chains."""

from __future__ import annotations

from pathlib import Path

import click

from conceptgraph.cli.completing import Term
from conceptgraph.cli.session import (
    Chosen,
    Session,
    named,
    named_set,
    selected,
    texts_of,
    with_map,
    with_output,
    with_selection,
    with_sources,
)


@click.command(
    short_help="Find the shortest chains between two entities, with receipts.",
    epilog="""\b
Examples:
  conceptgraph path 马克思 "audience commodity"
  conceptgraph path @theorist exploitation --by alienation --avoid workers -n 2
""",
)
@click.argument("start", type=Term(several=True))
@click.argument("end", type=Term(several=True))
@with_map
@with_output
@with_sources
@click.option("-n", "--number", type=click.IntRange(1, 100), default=3, show_default=True, help="How many chains.")
@click.option("--max-length", type=click.IntRange(min=1), help="The most steps that a chain may have.")
@click.option(
    "--avoid", multiple=True, type=Term(several=True), metavar="TERM", help="Entities that no chain may touch."
)
@click.option(
    "--through",
    multiple=True,
    type=Term(),
    metavar="TERM",
    help="An entity to pass; several are passed in their order.",
)
@click.option(
    "--directed/--undirected", default=False, show_default=True, help="Walk relations only as they are asserted."
)
@with_selection
def path(
    start: str,
    end: str,
    input: Path | None,
    lang: str | None,
    output: str,
    sources: Path | None,
    number: int,
    max_length: int | None,
    avoid: tuple[str, ...],
    through: tuple[str, ...],
    directed: bool,
    chosen: Chosen,
) -> int:
    """Find the shortest chains of argued relations between two entities, with receipts.

    START and END are terms, lists of terms with commas, or all entities of a kind: @theorist. Every step says who
    argues it, in which text and section, and on which words. The last lines say whether one voice argues the whole
    chain, and what in it may not hold.

    Short means little weight: a step weighs 1; 1 more if it only keeps records (who wrote what), 0.4 more if it rests
    on the curator's inference only or is contested, and more for passing through an entity with more than 8
    neighbours: half the binary logarithm of an eighth of their number. Chains do not run through the texts.
    """
    from conceptgraph.paths import WORK, obstacle, shortest_paths
    from conceptgraph.reports.chains import PathsReport, obstacle_text

    session = Session.of(input, lang)
    map = session.map()
    starts, ends = named_set(map, start), named_set(map, end)
    if set(ends) <= set(starts):
        raise click.UsageError(f"both terms name the same entity, {ends[0]}")
    selection = selected(map, chosen)
    avoided = [id for term in avoid for id in named_set(map, term)]
    passed = [named(map, term).id for term in through]
    found = shortest_paths(
        map,
        starts,
        ends,
        number,
        directed=directed,
        selection=selection,
        max_length=max_length,
        avoid=avoided,
        through=passed,
    )
    if found or output != "table":
        session.show(PathsReport(map, starts, ends, found, texts=texts_of(map, sources)), output)
    if found.cut:
        click.echo(f"the search was given up after {WORK:,} steps: there may be more chains", err=True)
    if not found:
        limits = ["--directed"] * directed + chosen.given + ["--avoid"] * bool(avoid)
        limits += ["--through"] * bool(through) + ["--max-length"] * (max_length is not None)
        click.echo(f"no chain connects {start} and {end}", err=True)
        why = obstacle(map, starts, ends, directed=directed, selection=selection, avoid=avoided)
        click.echo(obstacle_text(map, why, limits, session.terminal), err=True)
    return int(not found)
