"""GraphML, for Gephi, yEd and Cytoscape: entities as nodes, relations as edges, text as attributes."""

from __future__ import annotations

import io
import re
from typing import Final

from conceptgraph.exporters import Exporter
from conceptgraph.graph import to_graph
from conceptgraph.model import ArgumentMap, Entity, Relation
from conceptgraph.sentences import in_language

# XML 1.0 has no way to write these characters, not even as an entity
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(map: ArgumentMap) -> str:
    """The map as GraphML text. GraphML has no lists: ids are joined by blanks, aliases by ` | `."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    whole = to_graph(map)
    for node, data in whole.nodes(data=True):
        graph.add_node(_xml(node), **_node(data["entity"]))
    for subject, object, predicate, data in whole.edges(keys=True, data=True):
        graph.add_edge(_xml(subject), _xml(object), key=_xml(predicate), **_edge(map, data["relation"]))
    # networkx names edges by their keys, which repeat; GraphML wants one id an edge
    for number, (_, _, attributes) in enumerate(graph.edges(data=True)):
        attributes["id"] = f"e{number}"
    stream = io.BytesIO()
    # not generate_graphml, which writes Chinese as numbers; not write_graphml, which depends on what is installed
    nx.write_graphml_xml(graph, stream, named_key_ids=True, edge_id_from_attribute="id")
    return stream.getvalue().decode("utf-8") + "\n"


EXPORTER = Exporter("graphml", ".graphml", "GraphML, for Gephi, yEd and Cytoscape", render)


def _node(entity: Entity) -> dict[str, str]:
    texts = {"kind": entity.kind, "label": in_language(entity.label, "zh") or entity.id}
    texts |= {f"label_{language}": text for language, text in entity.label.items()}
    texts |= {f"definition_{language}": text for language, text in entity.definition.items()}
    aliases = [alias for each in entity.aliases.values() for alias in each]
    if aliases:
        texts["aliases"] = " | ".join(aliases)
    return {name: _xml(text) for name, text in sorted(texts.items())}


def _edge(map: ArgumentMap, relation: Relation) -> dict[str, str | int]:
    predicate = map.predicates[relation.predicate]
    texts = {
        "predicate": predicate.id,
        "family": predicate.family,
        "label": in_language(predicate.label, "zh") or predicate.id,
        "status": relation.status,
        "places": " ".join(dict.fromkeys(citation.place for citation in relation.citations)),
        "voices": " ".join(sorted(relation.holders)),
    }
    attributes: dict[str, str | int] = {name: _xml(text) for name, text in sorted(texts.items())}
    return {**attributes, "sign": predicate.sign, "citations": len(relation.citations)}


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
