"""An argument map as a networkx graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conceptgraph.model import ArgumentMap

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
