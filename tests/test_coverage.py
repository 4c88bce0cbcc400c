"""Coverage of texts, on texts short enough to count by eye."""

from pathlib import Path

from maps import map_of

from conceptgraph.coverage import Coverage, coverage
from conceptgraph.passages import source_texts

MAP = map_of(
    """
    kinds:
      thesis: {plural: theses, proposition: true, label: {zh: 论题, en: thesis}}
    predicates:
      supports:
        family: intellectual
        sign: 1
        label: {zh: 支持, en: supports}
        inverse: {zh: 得到…支持, en: is supported by}
    sources:
      essay:
        label: {zh: 文章, en: essay}
        file: essay.txt
        sections:
          "1": {zh: 引言, en: Introduction, opens: 一、引言}
          "2": {zh: 结论, en: Conclusion, opens: "## 结论"}
    concepts:
      a: {label: {zh: 甲, en: a}}
      b: {label: {zh: 乙, en: b}}
    theses:
      held-up: {label: {zh: 有据, en: with support}}
      alone: {label: {zh: 无据, en: without support}}
    relations:
      - in: essay/1
        triples:
          - [a, leads-to, b, {at: 甲导致乙}]
          - [a, leads-to, held-up, {at: 故而有据}]
          - [a, supports, held-up, {at: 甲支持它}]
      - in: essay/2
        triples:
          - [b, kind-of, alone]
    """
)
TEXT = """前言不计。
一、引言
甲
导致乙。“这一句没有锚点！”甲支持
它，故而有据？
## 结论
This sentence is English. So is this one.
"""


def covered(tmp_path: Path) -> Coverage:
    (tmp_path / "essay.txt").write_text(TEXT, encoding="utf-8")
    return coverage(MAP, source_texts(MAP.sources.values(), tmp_path))


def test_counts_the_anchors_of_every_sentence_by_section(tmp_path: Path) -> None:
    first, second = covered(tmp_path).sections
    assert [(each.line, each.opening, each.anchors) for each in first.sentences] == [
        (2, "一、引言甲导致乙。", 1),
        (4, "“这一句没有锚点！”", 0),
        (4, "甲支持它，故而有据？", 2),
    ]
    assert (first.covered, round(first.share, 2)) == (2, 0.67)
    assert [each.opening for each in second.sentences] == ["##结论Thisse", "Soisthison"]
    assert second.covered == 0


def test_names_what_stands_on_little(tmp_path: Path) -> None:
    found = covered(tmp_path)
    # a is cited three times, b and the supported thesis twice, the other thesis and nothing else once
    assert found.single_witness == ("alone",)
    assert [" ".join(triple) for triple in found.unanchored] == ["b kind-of alone"]
    assert found.unsupported == ("alone",)


def test_a_text_that_is_not_there_is_not_covered(tmp_path: Path) -> None:
    assert coverage(MAP, source_texts(MAP.sources.values(), tmp_path)).sections == ()
