"""GraphML, read back by networkx."""

import io
from dataclasses import replace

import networkx as nx
from maps import map_of

from conceptgraph.exporters import exporter
from conceptgraph.files import shipped
from conceptgraph.loader import load

MAP = map_of(
    """
    sources: {essay: {label: {zh: 文, en: essay}, sections: {"1": {zh: 一, en: one}}}}
    concepts:
      a: {label: {zh: 甲 <&> "乙", en: a}, aliases: {zh: [甲子, 甲丑], en: [ay]}}
      b: {label: {en: b}}
    relations:
      - in: essay/1
        triples: [[a, leads-to, b, {by: unattributed}], [a, prevents, b]]
    """
)


def read(text: str) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)


def test_what_was_written_is_read_back() -> None:
    graph = read(exporter("graphml").render(MAP))
    assert graph.nodes["a"] == {
        "kind": "concept",
        "label": '甲 <&> "乙"',
        "label_zh": '甲 <&> "乙"',
        "label_en": "a",
        "aliases": "甲子 | 甲丑 | ay",
    }
    edges = {data["predicate"]: data for _, _, data in graph.edges(data=True)}
    assert edges["leads-to"] == {
        "predicate": "leads-to",
        "family": "causal",
        "label": "导致",
        "status": "contested",
        "places": "essay/1",
        "voices": "essay unattributed",
        "sign": 0,
        "citations": 1,
        "id": "e0",
    }
    assert edges["prevents"]["sign"] == -1


def test_every_entity_and_relation_of_the_curated_map_is_there() -> None:
    map = load(shipped()).require()
    graph = read(exporter("graphml").render(map))
    assert set(graph.nodes) == set(map.entities)
    assert sorted((one, data["predicate"], other) for one, other, data in graph.edges(data=True)) == sorted(
        tuple(triple) for triple in map.relations
    )


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    entity = MAP.entities["a"]._replace(label={"zh": "a\x00b\x1b"})
    map = replace(MAP, entities={**MAP.entities, "a": entity})
    assert read(exporter("graphml").render(map)).nodes["a"]["label_zh"] == "a\ufffdb\ufffd"
