"""The vocabulary as a list with counts, and as a page to read."""

import json
from pathlib import Path

from maps import loaded
from test_cli import run
from test_readme import ROOT

from conceptgraph.loader import load
from conceptgraph.reports.terminal import Terminal
from conceptgraph.reports.vocabulary import VocabularyReport

MAP = """
kinds:
  group: {plural: groups, label: {zh: 群体, en: group}, definition: {zh: 人群, en: people}}
predicates:
  owns:
    family: causal
    label: {zh: 拥有, en: owns}
    inverse: {zh: 归…所有, en: is owned by}
    domain: [group]
    range: [concept, work]
    acyclic: true
    same-as: ['schema:owns']
sources:
  essay: {label: {zh: 文, en: essay}}
concepts:
  a: {label: {zh: 甲, en: a}}
  b: {label: {zh: 乙, en: b}}
relations: [{in: essay, triples: [[a, leads-to, b], [b, leads-to, a], [a, mirrors, b]]}]
"""
REPORT = VocabularyReport(loaded(MAP).require())


def test_counts_the_entities_of_each_kind_and_the_relations_of_each_predicate() -> None:
    counts = {(what, id): count for what, id, *_, count in REPORT.rows()}
    assert counts["kind", "concept"] == 2
    assert counts["kind", "work"] == 0
    assert counts["predicate", "leads-to"] == 2
    assert counts["family", "structure"] == 1
    assert counts["predicate", "prevents"] == 0


def test_lists_labels_both_ways_under_the_family() -> None:
    lines = REPORT.text(Terminal(120, "zh")).splitlines()
    assert lines[0] == "种类"
    causal = lines[lines.index("因果") + 1 :]
    assert causal[0].split() == ["数目", "id", "名称", "反向"]
    assert causal[1].split() == ["2", "leads-to", "导致", "源于"]
    [mirrors] = [line for line in lines if "mirrors" in line]
    assert mirrors.split() == ["1", "mirrors", "对应于"]


def test_as_markdown_it_is_a_page_without_numbers() -> None:
    lines = REPORT.written("markdown", Terminal(80, "both")).splitlines()
    assert lines[0] == "# The vocabulary"
    assert "## 因果 causal" in lines
    assert "| 群体 group | group | groups | 人群 / people |" in lines
    assert "| 导致 leads to | leads-to | 源于 results from | opposite of prevents |" in lines
    assert (
        "| 拥有 owns | owns | 归…所有 is owned by | never in a circle; from group; to concept, work; schema:owns |"
        in lines
    )
    assert "| 对应于 mirrors | mirrors |  | symmetric |" in lines


def test_as_json_it_has_the_records_of_the_export() -> None:
    data = json.loads(REPORT.written("json", Terminal()))
    [kind] = [each for each in data["kinds"] if each["kind"]["id"] == "group"]
    assert (kind["kind"]["plural"], kind["entities"]) == ("groups", 0)
    assert {each["predicate"]["id"]: each["relations"] for each in data["predicates"]}["mirrors"] == 1
    assert [family["id"] for family in data["families"]] == ["causal", "intellectual", "structure"]


def test_the_guide_to_the_vocabulary_is_that_of_the_curated_map() -> None:
    page = VocabularyReport(load(ROOT / "data").require()).written("markdown", Terminal(80, "both"))
    assert (ROOT / "docs" / "vocabulary.md").read_text("utf-8") == f"{page}\n", "run `make docs`"


def test_the_verb_prints_it(tmp_path: Path) -> None:
    done = run(tmp_path, "vocabulary", "-O", "tsv")
    assert done.stdout.splitlines()[0] == "what\tid\tfamily\tzh\ten\tinverse-zh\tinverse-en\tcount"
