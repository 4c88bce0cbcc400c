"""A citation more: in the right block of the right file, written as its neighbours are."""

from pathlib import Path

import pytest
from maps import VOCABULARY, loaded, written

from conceptgraph.adding import file_for, proposed_id, raised, stub, with_citation, with_entity
from conceptgraph.loader import load
from conceptgraph.model import Triple

TRIPLE = Triple("a", "leads-to", "b")
KIND = loaded("").map.kinds["concept"]


def cited(text: str, place: str = "essay/1", **citation: object) -> str:
    return with_citation(text, "a.yaml", place, TRIPLE, citation)  # type: ignore[arg-type]


def test_a_citation_goes_to_the_end_of_the_last_block_of_its_place() -> None:
    text = (
        "relations:\n"
        "    - in: essay/1\n      triples:\n      - [x, leads-to, y]  # why\n"
        "      - subject: y\n        predicate: leads-to\n        object: z\n        note:\n          en: long\n"
        "      # - [not, said, yet]\n\n"
        "    - in: essay/2\n      triples: []\n"
    )
    line = "      - [a, leads-to, b, {at: 甲乙}]\n"
    assert cited(text, at="甲乙") == text.replace("      # - [not", line + "      # - [not")


def test_a_place_without_a_block_gets_one() -> None:
    text = "relations:\n  - in: essay/2\n    triples:\n      - [x, leads-to, y]"
    block = "  - in: essay/1\n    triples:\n      - [a, leads-to, b]\n"
    assert cited(text) == f"{text}\n{block}"
    parted = "relations:\n  - in: x\n    triples: []\n\n  - in: y\n    triples: []\n"
    assert cited(parted) == f"{parted}\n{block}"
    for empty in ("", "relations:\n", "relations: []\n", "relations:  # none yet\n"):
        assert loaded_text(cited(empty)) == "relations:\n" + block
    assert cited("concepts: {}\n") == "concepts: {}\n\nrelations:\n" + block


def loaded_text(text: str) -> str:
    return text.replace("  # none yet", "")


def test_lists_in_brackets_stay_in_brackets() -> None:
    assert cited("relations: [{in: essay/1, triples: [[x, leads-to, y]]}]\n", at="一, 二") == (
        "relations: [{in: essay/1, triples: [[x, leads-to, y], [a, leads-to, b, {at: '一, 二'}]]}]\n"
    )
    assert cited("relations:\n  - in: essay/1\n    triples: []\n").endswith("triples: [[a, leads-to, b]]\n")


def test_a_citation_that_grows_too_wide_takes_the_long_form_and_line_ends_stay() -> None:
    text = "relations:\r\n  - in: essay/1\r\n    triples:\r\n      - [x, leads-to, y]\r\n"
    added = cited(text, at="x", by=["negri", "hardt"], note={"en": "w" * 90})
    assert added == text + (
        "      - subject: a\r\n        predicate: leads-to\r\n        object: b\r\n        by: [negri, hardt]\r\n"
        f"        at: x\r\n        note: {{en: {'w' * 90}}}\r\n"
    )


def test_an_entity_goes_under_the_heading_of_its_kind() -> None:
    new = "  attention:\n    label: {zh: 注意, en: attention}\n"
    label = {"zh": "注意", "en": "attention"}
    text = "concepts:\n  x:\n    label: {en: x}\n  # the end\n\n# what is said\nrelations: []\n"
    assert with_entity(text, "a.yaml", KIND, "attention", label) == text.replace("  # the end", new + "  # the end")
    bare = "# what is said\nrelations: []\n"
    assert with_entity(bare, "a.yaml", KIND, "attention", label) == f"concepts:\n{new}\n{bare}"
    flow = "concepts: {x: {label: {en: x}}}\n"
    assert with_entity(flow, "a.yaml", KIND, "attention", {"en": "a, b"}) == (
        "concepts: {x: {label: {en: x}}, attention: {label: {en: 'a, b'}}}\n"
    )
    assert stub(KIND, "x", {"en": "a: b"}) == "concepts:\n  x:\n    label: {en: 'a: b'}"


@pytest.mark.parametrize(
    ("term", "english", "id"),
    [
        ("Platform power", "", "platform-power"),
        ("注意力", "attention", "attention"),
        ("注意力", "", ""),
        ("AI 时代", "", ""),
    ],
)
def test_an_id_is_proposed(term: str, english: str, id: str) -> None:
    assert proposed_id({"en": english}, term) == id


def test_the_file_is_the_one_that_has_most_of_the_place(tmp_path: Path) -> None:
    base = """
    sources:
      essay: {label: {zh: 文, en: essay}, sections: {'1': {zh: 一, en: one}, '2': {zh: 二, en: two}}}
      other: {label: {zh: 他, en: other}}
    concepts: {a: {label: {zh: 甲, en: a}}, b: {label: {zh: 乙, en: b}}, c: {label: {zh: 丙, en: c}}}
    """
    one = "relations: [{in: essay/1, triples: [[a, leads-to, b]]}]"
    two = "relations: [{in: essay/2, triples: [[a, leads-to, c], [b, leads-to, c], [c, leads-to, a]]}]"
    map = load(written(tmp_path, base, VOCABULARY, one=one, two=two)).require()
    texts = {"map.yaml": ""}
    assert file_for(map, "essay/1", texts) == "one.yaml"
    assert file_for(map, "essay/2", texts) == "two.yaml"
    assert file_for(map, "essay", texts) == "two.yaml"
    assert file_for(map, "other", texts) == "map.yaml"


def test_only_what_was_not_found_before_is_raised(tmp_path: Path) -> None:
    base = "concepts: {a: {label: {zh: 甲}}}\nsources: {essay: {label: {zh: 文, en: essay}}}\n"
    folder = written(tmp_path, base)
    before = load(folder)
    after = load(folder, drafts={"map.yaml": base + "relations: [{in: essay, triples: [[a, leads-to, a]]}]\n"})
    assert [found.code for found in raised(before, after)] == ["self-relation"]
    assert raised(before, before) == []
