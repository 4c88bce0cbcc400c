"""How central entities are, by measures that say what they mean."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from conceptgraph import progress
from conceptgraph.measures import MEASURES, Measure
from conceptgraph.model import CONTESTED, ArgumentMap, Relation
from conceptgraph.projection import Projection, project
from conceptgraph.selection import Selection

if TYPE_CHECKING:
    pass

EXACT: Final = 5_000
"""Up to how many entities chains are counted exactly; beyond, they are counted from some of them."""

STARTS: Final = 500
"""From how many entities chains are counted where there are more than `EXACT`."""

_WORK: Final = 10_000_000
"""How many steps the search for pairs may take."""


@dataclass(frozen=True, slots=True)
class Rank:
    """An entity's place in a ranking. Equal values share a place."""

    place: int
    entity: str
    value: float

    def __str__(self) -> str:
        return f"{self.place}. {self.entity} {self.value:.4f}"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Entities by a measure, the most central first.

    `starts` says from how many of the `size` entities of the graph chains were counted; None where from all of them.
    """

    measure: Measure
    ranks: tuple[Rank, ...]
    size: int = 0
    starts: int | None = None

    def __str__(self) -> str:
        return "\n".join([self.measure.id, *map(str, self.ranks[:10])])


@dataclass(frozen=True, slots=True)
class Variant:
    """What becomes of a ranking without a part of the map.

    `source` is the text whose relations were left out, None where it was the contested ones. `places` has the entities
    that still have a place: not those that nothing relates any more, and nobody where every value is 0.
    """

    source: str | None
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities, the share of the shortest chains between them that run through a third, and their steps."""

    one: str
    other: str
    share: float
    length: int


@dataclass(frozen=True, slots=True)
class Service:
    """The pairs that an entity serves, those that need it most first.

    `starts` says from how many entities the pairs were searched, where there were too many to search from all.
    """

    measure: Measure
    entity: str
    pairs: tuple[Pair, ...]
    starts: int | None = None


def rank(
    map: ArgumentMap,
    measure: Measure,
    *,
    kind: str | None = None,
    selection: Selection | None = None,
    exact: int = EXACT,
    starts: int = STARTS,
) -> Ranking:
    """Entities by a measure.

    The graph is that of the relations that somebody holds, with parallel relations counted once, and without the
    texts that the map reads: an essay is related to all that it states.

    Args:
        map: the argument map.
        measure: the measure, one of `MEASURES`.
        kind: whom to list; it does not change the graph.
        selection: the relations of the graph; it then has only the entities that these relate.
        exact: up to how many entities a measure of chains counts them all.
        starts: from how many entities it counts them beyond that.
    """
    relations = (selection or Selection()).relations(map)
    projection = project(map, relations, directed=measure.directed, everybody=selection is None)
    return _ranked(map, measure, projection, kind, exact, starts)


def robustness(
    map: ArgumentMap,
    measure: Measure,
    *,
    kind: str | None = None,
    selection: Selection | None = None,
    exact: int = EXACT,
    starts: int = STARTS,
) -> list[Variant]:
    """How a ranking changes without each source, by id, then without the contested relations.

    Without a source, the relations that only it is cited for are left out. Parameters are those of `rank`; only
    sources that are cited for one of its relations are tried.
    """
    relations = (selection or Selection()).relations(map)
    citing = {citation.source for relation in relations for citation in relation.citations}
    variants = []
    for source in progress.steps("leaving out sources", (*sorted(citing & map.sources.keys()), None)):
        left = [relation for relation in relations if not _stands_on(relation, source)]
        projection = project(map, left, directed=measure.directed)
        ranks = _ranked(map, measure, projection, kind, exact, starts).ranks
        places = {rank.entity: rank.place for rank in ranks} if any(rank.value for rank in ranks) else {}
        variants.append(Variant(source, places))
    return variants


def _stands_on(relation: Relation, source: str | None) -> bool:
    if source is None:
        return relation.status == CONTESTED
    return all(citation.source == source for citation in relation.citations)


def _ranked(
    map: ArgumentMap, measure: Measure, projection: Projection, kind: str | None, exact: int, starts: int
) -> Ranking:
    size = len(projection.ids)
    sampled = size > exact and measure.estimate is not None and starts < size
    if not size:
        return Ranking(measure, ())
    computed = measure.estimate(projection, starts) if sampled and measure.estimate else measure.values(projection)
    values = dict(zip(projection.ids, computed, strict=True))
    listed = [id for id in projection.ids if kind is None or map.entities[id].kind == kind]
    listed.sort(key=lambda id: (-round(values[id], 12), id))
    ranks: list[Rank] = []
    for position, id in enumerate(listed, 1):
        tied = ranks and math.isclose(ranks[-1].value, values[id], rel_tol=1e-9, abs_tol=1e-12)
        ranks.append(Rank(ranks[-1].place if tied else position, id, values[id]))
    return Ranking(measure, tuple(ranks), size, starts if sampled else None)


def service(
    map: ArgumentMap,
    measure: Measure,
    entity: str,
    count: int | None = 20,
    *,
    selection: Selection | None = None,
    starts: int | None = None,
) -> Service:
    """Which pairs an entity serves: those with shortest chains through it, by a measure that counts chains.

    Pairs with the largest share of such chains come first; among these, those with the shortest chains, then those of
    the best related entities. The pairs are searched from the near end, the nearest first, until there are enough
    that nothing better can follow.

    Args:
        map: the argument map.
        measure: betweenness or brokerage.
        entity: the id of the entity.
        count: how many pairs at most; None for all.
        selection: the relations of the graph, as in `rank`.
        starts: from how many entities to search at most; None means as many as ten million steps allow.

    Raises:
        ValueError: the measure does not count chains.
    """
    if measure.sides is None:
        counting = ", ".join(each.id for each in MEASURES if each.sides)
        raise ValueError(f"{measure.id} counts no chains between pairs; these measures do: {counting}")
    relations = (selection or Selection()).relations(map)
    projection = project(map, relations, everybody=selection is None)
    if entity not in projection.ids:
        return Service(measure, entity, ())
    adjacency: list[list[int]] = [[] for _ in projection.ids]
    for first, second in projection.graph.get_edgelist():
        adjacency[first].append(second)
        adjacency[second].append(first)
    middle = projection.ids.index(entity)
    far, ways = _counted(adjacency, middle)
    sides = measure.sides(projection)
    near = sorted((far[vertex], vertex) for vertex, side in enumerate(sides) if far[vertex] > 0 and side is not None)
    if starts is None:
        starts = max(_WORK // (len(adjacency) + 2 * projection.graph.ecount()), 1)
    best: list[_Found] = []
    for searched, (distance, one) in enumerate(progress.steps("searching pairs", near)):
        # pairs that need the entity for each chain can be displaced only by such pairs that are as near
        full = count is not None and len(best) == count and best[-1].share == 1
        longest = best[-1].length if full else 2 * len(adjacency)
        if longest < 2 * distance:
            break
        if searched == starts:
            return Service(measure, entity, _pairs(best), starts)
        steps, chains = _counted(adjacency, one, longest)
        for further, other in itertools.islice(near, searched + 1, None):
            if distance + further > longest:
                break
            if steps[other] == distance + further and sides[one] != sides[other]:
                share = round(ways[one] * ways[other] / chains[other], 12)
                names = sorted((projection.ids[one], projection.ids[other]))
                weight = len(adjacency[one]) + len(adjacency[other])
                best.append(_Found(share, distance + further, weight, names[0], names[1]))
        if count is not None:
            best = heapq.nsmallest(count, best, key=_need)
    return Service(measure, entity, _pairs(best))


class _Found(NamedTuple):
    share: float
    length: int
    weight: int
    one: str
    other: str


def _need(found: _Found) -> tuple[float, int, int, str, str]:
    return -found.share, found.length, -found.weight, found.one, found.other


def _pairs(found: Iterable[_Found]) -> tuple[Pair, ...]:
    return tuple(Pair(each.one, each.other, each.share, each.length) for each in sorted(found, key=_need))


def _counted(adjacency: Sequence[Sequence[int]], start: int, most: int | None = None) -> tuple[list[int], list[int]]:
    """The steps from a vertex to each (-1 where there is no way), and how many shortest chains lead there.

    What is more than `most` steps away counts as out of reach.
    """
    steps, chains = [-1] * len(adjacency), [0] * len(adjacency)
    steps[start], chains[start] = 0, 1
    edge = [start]
    while edge and (most is None or steps[edge[0]] < most):
        reached = []
        for vertex in edge:
            for next in adjacency[vertex]:
                if steps[next] < 0:
                    steps[next] = steps[vertex] + 1
                    reached.append(next)
                if steps[next] == steps[vertex] + 1:
                    chains[next] += chains[vertex]
        edge = reached
    return steps, chains
