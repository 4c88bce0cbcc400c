"""What is mended without asking has one right answer, and nothing else is touched."""

from pathlib import Path

from maps import written

from conceptgraph.fixing import fixable, fixed
from conceptgraph.loader import load

BASE = """\
sources:
  essay:
    label: {zh: 文, en: essay}
theorists:
  d:
    label: {zh: 丁, en: d}
concepts:
  a:
    label: {zh: 甲, en: a}
  b:
    label: {zh: LABEL, en: b}
relations:
  - in: essay
    triples:
"""


def mended(tmp_path: Path, text: str) -> tuple[list[str], str]:
    """The codes of what can be mended, and the text when it is; a second time changes nothing more."""
    folder = written(tmp_path, "", map=text)
    loaded = load(folder)
    codes = [found.code for found in fixable(loaded)]
    new = fixed(loaded).get("map.yaml", text)
    again = load(folder, drafts={"map.yaml": new})
    assert fixable(again) == []
    assert "map.yaml" not in fixed(again)
    return codes, new


def test_a_citation_that_stands_twice_is_removed_with_its_line(tmp_path: Path) -> None:
    text = BASE.replace("LABEL", "乙") + (
        "      - [a, leads-to, b, {at: x}]\n      - [d, leads-to, b]\n      - [a, leads-to, b, {at: x}]\n"
        "      # the long form\n      - subject: a\n        predicate: leads-to\n        object: b\n        at: x\n"
        "      - [b, leads-to, a]\n"
    )
    codes, new = mended(tmp_path, text)
    assert codes == ["duplicate-citation"] * 2
    assert new.partition("triples:\n")[2] == (
        "      - [a, leads-to, b, {at: x}]\n      - [d, leads-to, b]\n      # the long form\n      - [b, leads-to, a]\n"
    )


def test_a_citation_that_says_more_or_has_a_comment_stays(tmp_path: Path) -> None:
    text = BASE.replace("LABEL", "乙") + (
        "      - [a, leads-to, b]\n      - [a, leads-to, b, {note: {zh: 注, en: more}}]\n"
        "      - [a, leads-to, b]  # why\n"
    )
    codes, new = mended(tmp_path, text)
    assert codes == []
    assert new.partition("triples:\n")[2] == text.partition("triples:\n")[2]


def test_texts_are_retyped_and_quoted_where_they_must_be(tmp_path: Path) -> None:
    text = BASE.replace("LABEL", "'乙,丙;Ｘ１'").replace("en: b}", "en: one：two}") + "      - [a, leads-to, b]\n"
    codes, new = mended(tmp_path, text)
    assert sorted(set(codes)) == ["confusable-character", "half-width-punctuation"]
    assert "label: {zh: 乙，丙；X1, en: 'one:two'}" in new


def test_brackets_beside_foreign_words_are_left_to_people(tmp_path: Path) -> None:
    text = BASE.replace("LABEL", "乙(b)") + "      - [a, leads-to, b]\n"
    assert "zh: 乙(b)" in mended(tmp_path, text)[1]


def test_a_file_that_is_not_well_formed_stays_as_it_is(tmp_path: Path) -> None:
    folder = written(tmp_path, "concepts: {a: {label: {zh:   甲,乙}}\n", other="concepts:   {}\n")
    assert fixed(load(folder)) == {"other.yaml": "concepts: {}\n"} | {
        path: text for path, text in fixed(load(folder)).items() if path == "vocabulary.yaml"
    }
