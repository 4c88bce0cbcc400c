"""A map as a simple graph of its entities: what measures and communities are computed on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conceptgraph.model import ArgumentMap, Relation

if TYPE_CHECKING:
    import igraph


@dataclass(frozen=True, slots=True)
class Projection:
    """Entities and the relations between them, as igraph counts them: vertex 0 is the first of `ids`.

    `alone` has for each vertex the only text that cites it; None where several texts do, or none.
    """

    ids: tuple[str, ...]
    graph: igraph.GraphBase
    alone: tuple[str | None, ...]


def project(
    map: ArgumentMap, relations: Iterable[Relation], *, directed: bool = False, everybody: bool = False
) -> Projection:
    """The simple graph of some relations.

    Parallel relations are one edge, in one direction or in both; relations of an entity to itself are none. Directed,
    an edge runs from subject to object, and both ways where the predicate is symmetric. The texts that the map reads
    take no part: a text is related to all that it states. A text is said to cite an entity if it is cited for one of
    the relations that the entity takes part in; sources without sections are no texts but background, and cite nobody.

    Args:
        map: the argument map.
        relations: the relations of the graph.
        directed: whether the edges have a direction.
        everybody: take in every entity, also those that the relations do not relate.
    """
    # igraph starts in half the time of networkx; GraphBase is its core, and unlike Graph does not import numpy
    import igraph

    listed = list(relations)
    related = {end for relation in listed for end in (relation.subject, relation.object)}
    ids = tuple(id for id in map.entities if id not in map.sources and (everybody or id in related))
    vertex = {id: index for index, id in enumerate(ids)}
    texts = {source.id for source in map.sources.values() if source.sections}
    citing: list[set[str]] = [set() for _ in ids]
    edges = set()
    for relation in listed:
        ends = [vertex[end] for end in (relation.subject, relation.object) if end in vertex]
        for end in ends:
            citing[end].update(citation.source for citation in relation.citations if citation.source in texts)
        if len(ends) < 2 or ends[0] == ends[1]:
            continue
        one, other = ends
        edges.add((one, other) if directed else (min(ends), max(ends)))
        if directed and map.predicates[relation.predicate].symmetric:
            edges.add((other, one))
    graph = igraph.GraphBase(n=len(ids), edges=sorted(edges), directed=directed)
    return Projection(ids, graph, tuple(next(iter(each)) if len(each) == 1 else None for each in citing))
