"""Which entities belong together: the communities of a map."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conceptgraph import progress
from conceptgraph.model import ArgumentMap
from conceptgraph.projection import project
from conceptgraph.selection import Selection

if TYPE_CHECKING:
    import igraph


@dataclass(frozen=True, slots=True)
class Member:
    """An entity in a community, and how many others of the community it is directly related to."""

    entity: str
    links: int


@dataclass(frozen=True, slots=True)
class Community:
    """Entities that belong together, at least two, the most central in the community first."""

    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Partition:
    """The communities of a map, the largest first, and the entities that are in none.

    `modularity` is the share of the relations within communities, less what it would be if the same entities had as
    many relations at random: 0 for chance, at most 1 (Newman and Girvan 2004).
    """

    communities: tuple[Community, ...]
    alone: tuple[str, ...]
    modularity: float
    resolution: float


def communities(
    map: ArgumentMap, *, selection: Selection | None = None, resolution: float = 1.0, seed: int = 0
) -> Partition:
    """The communities of the entities that relations relate, each entity in one at most.

    Relations count in both directions and parallel ones once; the texts that the map reads take no part. The same map,
    selection, resolution and seed give the same communities.

    Args:
        map: the argument map.
        selection: which relations count; None means all that somebody holds.
        resolution: how fine the communities are: above 1 more and smaller ones, below 1 fewer and larger ones.
        seed: what chance begins with; another one may find communities that are about as good.

    Source: V. A. Traag, L. Waltman and N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected
    communities", Scientific Reports 9 (2019), as igraph implements it; modularity is that of
    `networkx.community.modularity`.
    """
    import igraph

    projection = project(map, (selection or Selection()).relations(map))
    graph = projection.graph
    edges, degrees = graph.ecount(), graph.degree()
    if not edges:
        return Partition((), projection.ids, 0.0, resolution)
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - repeatable, not secret
    try:
        membership = _settled(graph, degrees, resolution / (2 * edges))
    finally:
        progress.over()
        igraph.set_random_number_generator(random)
    links = [0] * len(membership)
    for one, other in graph.get_edgelist():
        if membership[one] == membership[other]:
            links[one] += 1
            links[other] += 1
    members: dict[int, list[Member]] = {}
    for vertex, part in enumerate(membership):
        members.setdefault(part, []).append(Member(projection.ids[vertex], links[vertex]))
    found = [
        Community(tuple(sorted(each, key=lambda member: (-member.links, member.entity))))
        for each in members.values()
        if len(each) > 1
    ]
    found.sort(key=lambda community: (-len(community.members), community.members[0].entity))
    alone = tuple(each[0].entity for each in members.values() if len(each) == 1)
    modularity: float = graph.modularity(membership, resolution=resolution)
    return Partition(tuple(found), tuple(sorted(alone)), modularity, resolution)


def _settled(graph: igraph.GraphBase, degrees: list[int], resolution: float) -> list[int]:
    """For each vertex the number of its community, when another round makes them no better."""
    membership, best, round = list(range(graph.vcount())), -math.inf, 0
    while True:
        progress.step("finding communities, round", round)
        found, quality = graph.community_leiden(
            node_weights=degrees, resolution=resolution, n_iterations=1, initial_membership=membership
        )
        if quality <= best:
            return membership
        membership, best, round = found, quality, round + 1
