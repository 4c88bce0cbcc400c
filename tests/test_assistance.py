"""What an editor is told: what belongs at a place, and what could be written there."""

from pathlib import Path

import pytest
from maps import VOCABULARY, loaded, written

from conceptgraph.assistance import Asked, Assistant, expected
from conceptgraph.loader import load

MAP = """\
sources:
  essay: {label: {zh: 一篇文章, en: an essay}, sections: {"1": {zh: 引言, en: Introduction}, "2": {zh: 正文, en: Body}}}
theorists:
  negri: {label: {zh: 奈格里, en: Antonio Negri}}
concepts:
  immaterial-labour:
    label: {zh: 非物质劳动, en: immaterial labour}
    definition: {zh: 不产出实物的劳动, en: labour that *makes* no thing}
  value: {label: {zh: 价值, en: value}}
relations:
  - in: essay/1
    triples:
      - [immaterial-labour, leads-to, value, {by: negri, at: 价值}]
"""


def helper(text: str = MAP, language: str = "en") -> Assistant:
    now = loaded(text, VOCABULARY)
    return Assistant(now, now.map, language)


def asked(text: str) -> Asked | None:
    """What is expected at the bar in a text."""
    before, _, after = text.partition("│")
    lines = (before + after).split("\n")
    line = before.count("\n") + 1
    return expected(lines, line, len(before.rpartition("\n")[2]) + 1)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("      - [│", Asked("entity", "")),
        ("      - [非物质│", Asked("entity", "非物质")),
        ("      - [value, │", Asked("predicate", "")),
        ("      - [value, lead│, x]", Asked("predicate", "lead")),
        ("      - [value, leads-to, im│", Asked("entity", "im")),
        ("      - [value, leads-to, x, {│", Asked("qualifier", "")),
        ("      - [value, leads-to, x, {at: 价值, st│", Asked("qualifier", "st")),
        ("      - [value, leads-to, x, {stance: re│", Asked("stance", "re")),
        ("      - [value, leads-to, x, {by: ne│", Asked("entity", "ne")),
        ("      - [value, leads-to, x, {by: [negri, ma│", Asked("entity", "ma")),
        ("      - [value, leads-to, x, {note: {en: a wo│", None),
        ("      - [value, leads-to, x, {at: 价│", None),
        ("      - [value, leads-to,\n          im│", Asked("entity", "im")),
        ("      - [value, leads-to, x,\n         {at: a, by: ne│", Asked("entity", "ne")),
        ("  - in: ess│", Asked("place", "ess")),
        ("        subject: va│", Asked("entity", "va")),
        ("        predicate: │", Asked("predicate", "")),
        ("    family: cau│", Asked("family", "cau")),
        ("    domain: [the│", Asked("kind", "the")),
        ("    expect: [val│", Asked("entity", "val")),
        ("    label: {zh: 价│", None),
        ("concepts:│", None),
        ("  # in: ess│", None),
    ],
)
def test_knows_what_belongs_at_a_place(text: str, answer: Asked | None) -> None:
    assert asked(text) == answer


def offered(written: str, text: str = MAP) -> list[str]:
    now = loaded(text, VOCABULARY)
    lines = now.texts["map.yaml"].split("\n")
    line = next(number for number, each in enumerate(lines, 1) if "[immaterial-labour" in each)
    begun = lines[line - 1].split("[")[0] + written
    known = Assistant(now, now.map, "en")
    broken = Assistant(
        type(now)(now.directory, now.map, now.diagnostics, {"map.yaml": "\n".join([*lines[: line - 1], begun])}),
        known.known,
        "en",
    )
    found = broken.offers("map.yaml", line, len(begun) + 1)
    return [offer.text for offer in found[1]] if found else []


@pytest.mark.parametrize("typed", ["非物质", "fwzld", "feiwuzhi", "immat", "labours", "非物質勞動", "imaterial labour"])
def test_offers_an_entity_by_whatever_it_is_called(typed: str) -> None:
    assert offered(f"[{typed}")[0] == "immaterial-labour"


def test_offers_predicates_by_their_labels_and_places_by_their_titles() -> None:
    assert offered("[value, 导")[0] == "leads-to"
    assert offered("[value, leads-to, x, {stance: re") == ["reports", "rejects"]
    assert [offer.text for offer in helper().offers("map.yaml", 11, 9)[1]] == ["essay", "essay/1", "essay/2"]


def test_names_what_stands_at_a_place() -> None:
    assistant = helper()
    assert assistant.named("map.yaml", 13, 12)[:2] == ("entity", "immaterial-labour")
    assert assistant.named("map.yaml", 13, 30)[:2] == ("predicate", "leads-to")
    assert assistant.named("map.yaml", 13, 53)[:2] == ("entity", "negri")
    assert assistant.named("map.yaml", 11, 10)[:2] == ("entity", "essay")
    assert assistant.named("map.yaml", 7, 20) is None


def test_finds_where_a_record_is_declared_and_referred_to() -> None:
    assistant = helper()
    assert str(assistant.declaration("entity", "value")) == "map.yaml:9:3"
    assert [str(span) for span in assistant.references("entity", "value")] == ["map.yaml:9:3", "map.yaml:13:39"]
    assert [str(span) for span in assistant.references("entity", "value", declared=False)] == ["map.yaml:13:39"]


def test_describes_an_entity_in_words_that_are_no_markup() -> None:
    text = helper().description("entity", "immaterial-labour")
    assert text.startswith("**非物质劳动 immaterial labour** · concept\n\nlabour that \\*makes\\* no thing\n\n")
    assert "- immaterial labour leads to value" in text
    assert "源于" in helper().description("predicate", "leads-to")
    assert helper().description("entity", "nothing") is None


def test_hints_say_what_ids_are_called_unless_they_say_it_themselves() -> None:
    zh = {(span.column, text) for span, text in helper(language="zh").hints("map.yaml", 13, 13)}
    assert zh == {(10, "非物质劳动"), (29, "导致"), (39, "价值"), (51, "奈格里")}
    assert [text for _, text in helper().hints("map.yaml", 13, 13)] == ["Antonio Negri"]


def test_a_file_that_is_being_written_is_helped_by_what_was_known(tmp_path: Path) -> None:
    folder = written(tmp_path, MAP)
    known = load(folder).map
    broken = load(folder, drafts={"map.yaml": MAP.replace("value, {by", "value, {by: [")})
    assert not broken.map.relations
    assistant = Assistant(broken, known, "en")
    assert assistant.named("map.yaml", 13, 12)[:2] == ("entity", "immaterial-labour")
    assert "immaterial labour" in assistant.description("entity", "immaterial-labour")
    assert str(assistant.declaration("entity", "negri")) == "map.yaml:4:3"
