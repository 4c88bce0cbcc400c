"""Verbs that weigh the map as a whole: what is central in it, and what belongs together."""

from __future__ import annotations

from pathlib import Path

import click

from conceptgraph.centrality import EXACT, STARTS
from conceptgraph.cli.completing import KindName, Term
from conceptgraph.cli.session import Chosen, Session, named, selected, with_map, with_output, with_selection
from conceptgraph.errors import UnknownTerm
from conceptgraph.measures import MEASURES


class _Ranking(click.Command):
    """A command whose help ends with what each measure means."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Measures"):
            formatter.write_dl([(measure.id, measure.meaning["en"]) for measure in MEASURES])
        super().format_epilog(ctx, formatter)


@click.command(
    short_help="Rank entities by how central they are.",
    cls=_Ranking,
    epilog="""\b
Examples:
  conceptgraph centrality -m brokerage --kind theorist --robust
  conceptgraph centrality --why 马克思 -n 5
""",
    help=f"""Rank entities by how central they are; says what the measure means.

    Parallel relations between two entities count once, and chains walk relations in both directions; in-degree,
    out-degree, pagerank, hubs and authorities go from subject to object, and both ways where a predicate is symmetric.
    The texts themselves take no part: an essay is related to all that it argues. Without an option that selects
    relations, all count that somebody holds.

    Brokerage looks at pairs of entities that take part only in relations cited from one text, the one, and from
    another text, the other; sources without sections are background, and count for neither.

    With more than {EXACT:,} entities, measures of chains are estimated from those that start at {STARTS} entities,
    always the same, and the answer says so.
    """.replace(",000", " 000"),
)
@with_map
@with_output
@click.option(
    "-m",
    "--measure",
    "measure_id",
    type=click.Choice([measure.id for measure in MEASURES]),
    metavar="MEASURE",
    default="betweenness",
    show_default=True,
    help="One of those below.",
)
@click.option("--kind", type=KindName(), help="List only entities of this kind.")
@with_selection
@click.option(
    "--why",
    type=Term(),
    metavar="TERM",
    help="Which pairs an entity serves, by betweenness or brokerage: those with the largest share of their shortest "
    "chains through it, the shortest chains first.",
)
@click.option(
    "--robust",
    is_flag=True,
    help="Show each rank also without the relations that only one text is cited for, and without contested ones.",
)
@click.option("-n", "--number", type=click.IntRange(min=0), default=20, show_default=True, help="How many; 0 for all.")
def centrality(
    input: Path | None,
    lang: str | None,
    output: str,
    measure_id: str,
    kind: str | None,
    chosen: Chosen,
    why: str | None,
    robust: bool,
    number: int,
) -> int:
    from conceptgraph.centrality import rank, robustness, service
    from conceptgraph.measures import measure
    from conceptgraph.reports.rankings import RankingReport, RobustnessReport, ServiceReport

    session = Session.of(input, lang)
    map = session.map()
    selection = selected(map, chosen)
    by = measure(measure_id)
    if why is not None:
        if robust or kind is not None:
            raise click.UsageError("--why explains one entity: it goes with neither --robust nor --kind")
        if by.sides is None:
            counting = " or ".join(each.id for each in MEASURES if each.sides)
            raise click.UsageError(f"--why needs a measure that counts chains between pairs: -m {counting}")
        served = service(map, by, named(map, why).id, number or None, selection=selection)
        if served.pairs or output != "table":
            session.show(ServiceReport(map, served), output)
        if not served.pairs:
            limit = "" if served.starts is None else f", as far as the {served.starts} entities nearest to it go"
            click.echo(f"no pair has a shortest chain through {served.entity}{limit}", err=True)
        return int(not served.pairs)
    if kind is not None and kind not in map.kinds:
        from conceptgraph.suggest import nearest

        plurals = {each.plural: each.id for each in map.kinds.values()}
        if kind not in plurals:
            raise UnknownTerm(kind, nearest(kind, map.kinds) or list(map.kinds), "kind")
        kind = plurals[kind]
    ranking = rank(map, by, kind=kind, selection=selection)
    if robust:
        variants = robustness(map, by, kind=kind, selection=selection)
        session.show(RobustnessReport(map, ranking, number or None, variants), output)
    else:
        session.show(RankingReport(map, ranking, number or None), output)
    return int(not ranking.ranks)


@click.command(
    short_help="Find which entities belong together.",
    epilog="""\b
Examples:
  conceptgraph communities -n 8
  conceptgraph communities --in progress --resolution 0.5
""",
)
@with_map
@with_output
@with_selection
@click.option(
    "--resolution",
    type=click.FloatRange(0, 1000, min_open=True),
    default=1.0,
    show_default=True,
    help="Above 1 more and smaller communities, below 1 fewer and larger ones.",
)
@click.option(
    "-n", "--number", type=click.IntRange(min=0), default=10, show_default=True, help="How many members; 0 for all."
)
def communities(
    input: Path | None, lang: str | None, output: str, chosen: Chosen, resolution: float, number: int
) -> int:
    """Find which entities belong together: more of their relations stay within a community than leave it.

    Communities are found by the Leiden algorithm, always the same for the same map, and named by the members that are
    related to most others of it. Modularity is the share of relations within communities less what chance would leave
    there. Relations count in both directions and parallel ones once; the texts themselves take no part.
    """
    from conceptgraph.communities import communities
    from conceptgraph.reports.rankings import CommunitiesReport

    session = Session.of(input, lang)
    map = session.map()
    partition = communities(map, selection=selected(map, chosen), resolution=resolution)
    if partition.communities or output != "table":
        session.show(CommunitiesReport(map, partition, number or None), output)
    if not partition.communities:
        click.echo("no relation is left to make communities", err=True)
    return int(not partition.communities)
