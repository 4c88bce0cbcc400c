"""An argument map to networkx graphs: the whole of it, and the projection that chains are sought in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from conceptgraph.errors import UnknownTerm
from conceptgraph.model import DENIED, ArgumentMap, Relation
from conceptgraph.suggest import nearest

if TYPE_CHECKING:
    import networkx as nx


def to_graph(map: ArgumentMap) -> nx.MultiDiGraph[str]:
    """The map as a directed multigraph: a node an entity, an edge a relation, keyed by its predicate's id.

    Nodes carry `entity`, edges `relation`: the records themselves. Nodes and edges stand in the order of their ids.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in map.entities.values():
        graph.add_node(entity.id, entity=entity)
    for relation in map.relations.values():
        graph.add_edge(relation.subject, relation.object, key=relation.predicate, relation=relation)
    return graph


def walkable(map: ArgumentMap, predicates: Collection[str] | None = None) -> list[Relation]:
    """The relations that queries walk: those that somebody holds, by the given predicates where any are given."""
    return [
        relation
        for relation in map.relations.values()
        if relation.status != DENIED and (predicates is None or relation.predicate in predicates)
    ]


def predicates_named(map: ArgumentMap, names: Iterable[str]) -> set[str]:
    """The ids of the predicates that are named, or whose family is.

    Raises:
        UnknownTerm: a name is neither a predicate's nor a family's.
    """
    result: set[str] = set()
    for name in names:
        if name in map.predicates:
            result.add(name)
        elif name in map.families:
            result.update(predicate.id for predicate in map.predicates.values() if predicate.family == name)
        else:
            raise UnknownTerm(name, nearest(name, [*map.predicates, *map.families]), "predicate or family")
    return result
