"""Which region of the picture each entity belongs to, so that little changes where little was added.

Where a map declares entities that gather others (themes, say), these are the landmarks: each entity belongs to the one
that is nearest along relations. Where it does not, regions are communities.
"""

from __future__ import annotations

import heapq
import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from conceptgraph import progress
from conceptgraph.model import ArgumentMap

DAMPING: Final = 0.85
"""How likely a walk from a landmark goes on at each step."""
STEPS: Final = 30
NEAREST: Final = 6
"""With how many regions an entity is reckoned."""
MOST: Final = 60
"""More landmarks than these would make no picture that can be read: the regions are then communities."""
FINE: Final = 500
"""Among more entities communities are finer: else modularity would merge them (Fortunato and Barthélemy 2007)."""
SEED: Final = 1844


def landmarks(map: ArgumentMap) -> list[str]:
    """The entities of the kinds that gather others around them, sorted."""
    kinds = {kind.id for kind in map.kinds.values() if kind.region}
    return sorted(entity.id for entity in map.entities.values() if entity.kind in kinds)


class Division(NamedTuple):
    """How much each entity belongs to which regions, and for each region the id of the entity that it gathers around.

    Regions are numbers: first those of landmarks, in their order, then communities, the largest first.
    """

    near: list[dict[int, float]]
    middles: list[str]


def divide(ids: Sequence[str], neighbours: Sequence[Sequence[int]], marks: Iterable[str] = ()) -> Division:
    """The regions of a graph.

    Belonging is a share: those of an entity add up to 1, the largest comes first; without neighbours it has none. What
    no landmark reaches belongs to one community wholly.

    Nearness is how often random walks from a landmark that often begin anew come by (D. Zhou, O. Bousquet, T. N. Lal,
    J. Weston and B. Schölkopf, "Learning with Local and Global Consistency", NIPS 2003). It is a sum over all chains,
    so one relation more changes it little. Communities are those of the Leiden algorithm.

    Args:
        ids: the entities.
        neighbours: for each of them the places in `ids` of those that it is related to.
        marks: the landmarks.
    """
    place = {id: index for index, id in enumerate(ids)}
    starts = [place[id] for id in marks if id in place and neighbours[place[id]]]
    if len(starts) > MOST:
        starts = []
    near = _nearness(neighbours, starts)
    rest = [index for index, nearest in enumerate(near) if not nearest and neighbours[index]]
    middles = dict(enumerate(starts))
    for index, number in zip(rest, _communities(rest, neighbours), strict=True):
        region = len(starts) + number
        near[index] = {region: 1.0}
        if region not in middles or len(neighbours[index]) > len(neighbours[middles[region]]):
            middles[region] = index
    return Division(near, [ids[middles[region]] for region in sorted(middles)])


def _nearness(neighbours: Sequence[Sequence[int]], starts: Sequence[int]) -> list[dict[int, float]]:
    scores: list[list[tuple[float, int]]] = [[] for _ in neighbours]
    for number, start in enumerate(progress.steps("finding regions", starts)):
        weight = math.sqrt(len(neighbours[start]))
        for best, visits in zip(scores, _walked(neighbours, start), strict=True):
            if visits:
                heapq.heappush(best, (visits * weight, -number))
                if len(best) > NEAREST:
                    heapq.heappop(best)
    found = []
    for best in scores:
        whole = sum(score * score for score, _ in best)
        found.append({-number: score * score / whole for score, number in sorted(best, reverse=True)})
    return found


def _walked(neighbours: Sequence[Sequence[int]], start: int) -> list[float]:
    """How often random walks from a start, where they begin anew, come by."""
    # igraph's personalised PageRank is not twice the same in the last bits
    visits = [0.0] * len(neighbours)
    visits[start] = 1.0
    for _ in range(STEPS):
        leaving = [
            DAMPING * visit / len(others) if visit else 0.0 for visit, others in zip(visits, neighbours, strict=True)
        ]
        visits = [sum([leaving[other] for other in others]) for others in neighbours]
        visits[start] += 1 - DAMPING
    return visits


def _communities(vertices: Sequence[int], neighbours: Sequence[Sequence[int]]) -> list[int]:
    """The number of each vertex's community, of the largest 0; neighbours of vertices are vertices."""
    # igraph's GraphBase, unlike its Graph, does not import numpy
    import igraph

    place = {vertex: index for index, vertex in enumerate(vertices)}
    edges = [(place[one], place[other]) for one in vertices for other in neighbours[one] if one < other]
    if not edges:
        return []
    graph = igraph.GraphBase(n=len(vertices), edges=edges, directed=False)
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311  # a picture, not a secret
    try:
        membership, _ = graph.community_leiden(
            node_weights=graph.degree(), resolution=max(1, len(vertices) / FINE) / (2 * len(edges)), n_iterations=10
        )
    finally:
        igraph.set_random_number_generator(random)
    counts = Counter(membership)
    # a Counter keeps the order in which it met its keys: of two as large, the one of the first id comes first
    rank = {part: number for number, part in enumerate(sorted(counts, key=lambda part: -counts[part]))}
    return [rank[part] for part in membership]
