"""The curated map itself: every record is walked."""

import re
from pathlib import Path

import networkx as nx
import pytest

from conceptgraph.diagnostics import Severity
from conceptgraph.files import found, shipped
from conceptgraph.graph import to_graph
from conceptgraph.loader import Loaded, load

ROOT = Path(__file__).parents[1]
HAN = re.compile(r"[㐀-䶿一-鿿]")
LONGEST = 20


@pytest.fixture(scope="module")
def curated() -> Loaded:
    return load(shipped())


def test_has_no_error_and_no_warning(curated: Loaded) -> None:
    assert [str(each) for each in curated.diagnostics if each.severity > Severity.NOTE] == []


def test_has_both_essays_in_full(curated: Loaded) -> None:
    map = curated.require()
    assert len(map.entities) >= 450
    assert len(map.relations) >= 700
    sections = {(citation.source, citation.section) for _, citation in map.citations() if citation.source != "curator"}
    assert sections == {(source.id, id) for source in map.sources.values() for id in source.sections}


def test_every_record_speaks_chinese_and_english(curated: Loaded) -> None:
    map = curated.require()
    records = [*map.kinds.values(), *map.families.values(), *map.predicates.values(), *map.entities.values()]
    assert [record.id for record in records if not {"zh", "en"} <= set(record.label)] == []
    assert [entity.id for entity in map.entities.values() if not {"zh", "en"} <= set(entity.definition)] == []


def test_chinese_labels_are_chinese_and_english_ones_are_not(curated: Loaded) -> None:
    map = curated.require()
    entities = map.entities.values()
    assert [each.id for each in entities if HAN.search(each.label["en"]) or HAN.search(each.definition["en"])] == []
    assert [each.id for each in entities if not HAN.search(each.label["zh"] + each.definition["zh"])] == []


def test_opposites_name_each_other(curated: Loaded) -> None:
    predicates = curated.require().predicates
    opposed = [each for each in predicates.values() if each.opposite]
    assert [each.id for each in opposed if predicates[each.opposite or ""].opposite != each.id] == []


def test_predicates_are_many_and_the_confession_is_rare(curated: Loaded) -> None:
    map = curated.require()
    assert len(map.predicates) >= 40
    confessed = [relation for relation in map.relations.values() if relation.predicate == "related-to"]
    assert len(confessed) <= 0.02 * len(map.relations)


def test_is_one_connected_graph(curated: Loaded) -> None:
    graph = nx.Graph(to_graph(curated.require()))
    graph.remove_node("curator")
    assert [sorted(part) for part in nx.connected_components(graph)][1:] == []


def test_background_knowledge_has_no_anchor_and_every_citation_of_an_essay_has_one(curated: Loaded) -> None:
    for relation, citation in curated.require().citations():
        assert (citation.at is None) == (citation.source == "curator"), relation.triple


def test_every_anchor_stands_in_its_section(essays: Path) -> None:
    diagnostics = load(shipped(), sources=essays).diagnostics
    assert [str(each) for each in diagnostics if each.severity > Severity.NOTE] == []


def test_repeats_no_long_run_of_the_essays(essays: Path) -> None:
    size = LONGEST + 1
    runs = set()
    for essay in essays.glob("*.txt"):
        text = "".join(HAN.findall(essay.read_text("utf-8")))
        runs.update(text[start : start + size] for start in range(len(text) - size + 1))
    files = [file for _, file in found(shipped())] + [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    for file in files:
        text = "".join(HAN.findall(file.read_text("utf-8")))
        repeated = [
            text[start : start + size] for start in range(len(text) - size + 1) if text[start : start + size] in runs
        ]
        assert repeated == [], file.name
