"""References and renaming: every place of an id, and a map that says the same with another."""

from pathlib import Path

import pytest
from maps import VOCABULARY, loaded, written
from test_formatting import records

from conceptgraph.edits import rewritten
from conceptgraph.errors import InvalidMap, UnknownTerm, UnusableId
from conceptgraph.loader import Loaded, load
from conceptgraph.references import occurrences
from conceptgraph.renaming import renamed

MAP = """\
sources:
  essay: {label: {zh: 文, en: essay}, sections: {"1": {zh: 一, en: one}}}
theorists:
  a: {label: {zh: 甲, en: a}}
concepts:
  b: {label: {zh: 乙, en: the b}}
  b-side: {label: {zh: 乙面, en: b-side}}
  causal: {label: {zh: 因, en: cause}}
relations:
  - in: 'essay/1'   # b stays in comments
    triples:
      - [a, leads-to, b, {by: [a, essay], via: a, note: {en: b is b}}]
      - {subject: b, predicate: leads-to, object: b-side, by: unattributed, likely: "a"}
questions:
  q:
    ask: {zh: 问, en: b?}
    query: 'path a b -p causal,leads-to --kind concept --by source:essay --in essay/1 --through ''the b'''
    expect: [b, causal]
"""


def after(text: str, old: str, new: str, what: str | None = None) -> str:
    before = loaded(text)
    return rewritten(before.texts, renamed(before, old, new, what))["map.yaml"]


def test_every_occurrence_is_found_once_and_holds_the_id() -> None:
    before = loaded(MAP)
    found = list(occurrences(before))
    assert len({each.span for each in found}) == len(found)
    for each in found:
        line = before.texts[each.span.path].split("\n")[each.span.line - 1]
        assert line[each.span.column - 1 : each.span.end_column - 1] == each.id
    told = [(each.what, each.span.line) for each in found if each.id == "b" and each.span.path == "map.yaml"]
    assert told == [("entity", line) for line in (6, 12, 13, 17, 18)]
    assert [each.span.line for each in found if each.id == "b" and each.declares] == [6]
    assert [each.what for each in found if each.span.path == "map.yaml" and each.span.line == 17] == [
        "entity", "entity", "family", "predicate", "kind", "kind", "entity", "entity",
    ]  # fmt: skip


def test_an_entity_is_renamed_wherever_it_stands() -> None:
    assert after(MAP, "b", "new-b") == (
        MAP.replace("  b: {", "  new-b: {")
        .replace("leads-to, b,", "leads-to, new-b,")
        .replace("subject: b,", "subject: new-b,")
        .replace("path a b ", "path a new-b ")
        .replace("expect: [b,", "expect: [new-b,")
    )


def test_a_text_is_renamed_before_its_sections() -> None:
    text = after(MAP, "essay", "paper")
    assert "in: 'paper/1'" in text
    assert "by: [a, paper]" in text
    assert "--by source:paper --in paper/1" in text


def test_of_two_things_with_one_id_the_one_that_is_meant_is_renamed() -> None:
    with pytest.raises(UnusableId, match="entity, family"):
        renamed(loaded(MAP), "causal", "because")
    assert "-p because,leads-to" in after(MAP, "causal", "because", "family")
    assert "-p causal,leads-to" in after(MAP, "causal", "because", "entity")


def test_predicates_and_kinds_are_renamed_in_the_vocabulary_too(tmp_path: Path) -> None:
    vocabulary = VOCABULARY.replace("family: causal\n    sign", "family: causal\n    range: [concept]\n    sign")
    before = load(written(tmp_path, MAP, vocabulary))
    new = rewritten(before.texts, renamed(before, "leads-to", "brings"))
    assert "\n  brings:\n" in new["vocabulary.yaml"]
    assert "opposite: brings" in new["vocabulary.yaml"]
    assert "-p causal,brings" in new["map.yaml"]
    assert "range: [notion]" in rewritten(before.texts, renamed(before, "concept", "notion"))["vocabulary.yaml"]
    assert "--kind notion" in rewritten(before.texts, renamed(before, "concept", "notion"))["map.yaml"]


@pytest.mark.parametrize("new", ["", "B", "a--b", "甲", "unattributed", "a", "essay", "b"])
def test_an_id_that_cannot_be_given_is_refused(new: str) -> None:
    with pytest.raises(UnusableId):
        renamed(loaded(MAP), "b", new)


def test_what_is_not_there_cannot_be_renamed() -> None:
    with pytest.raises(UnknownTerm) as error:
        renamed(loaded(MAP), "b-sied", "c")
    assert error.value.suggestions == ("b-side",)
    with pytest.raises(InvalidMap):
        renamed(loaded(MAP + "nonsense: 1\n"), "b", "c")


@pytest.mark.parametrize("old", ["immaterial-labour", "alienation", "leads-to", "support", "concept", "karl-marx"])
def test_the_curated_map_means_the_same_up_to_the_id(old: str, curated: Loaded) -> None:
    what = "family" if old == "support" else None
    new = rewritten(curated.texts, renamed(curated, old, "an-id-that-nothing-has", what))
    renewed = load(curated.directory, drafts=new)
    assert renewed.errors == ()
    back = rewritten(renewed.texts, renamed(renewed, "an-id-that-nothing-has", old, what))
    assert {**renewed.texts, **back} == dict(curated.texts)
    counts = [len(getattr(each.map, name)) for each in (curated, renewed) for name in ("entities", "relations")]
    assert counts[:2] == counts[2:]
    assert repr(records(renewed.map)).count(f"'{old}'") <= repr(records(curated.map)).count(f"'{old}'")


@pytest.fixture(scope="module")
def curated() -> Loaded:
    from conceptgraph.files import shipped

    return load(shipped())
