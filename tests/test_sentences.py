"""Relations and citations as people read them."""

import pytest
from maps import map_of

from conceptgraph.model import ArgumentMap, Citation, Triple
from conceptgraph.sentences import place, remarks, sentence, voice

MAP = map_of(
    """
    sources:
      essay: {label: {zh: 文章, en: the essay}, sections: {"2": {zh: 市场, en: The market}}}
    theorists:
      marx: {label: {zh: 马克思, en: Marx}}
      harvey: {label: {zh: 哈维, en: Harvey}}
    concepts:
      data: {label: {zh: 数据, en: data}}
      means: {label: {zh: 生产资料, en: means of production}}
      english-only: {label: {en: platform}}
      bare: {}
    relations:
      - in: essay/2
        triples:
          - [data, kind-of, means, {by: marx, via: harvey, stance: reports, at: 新的生产资料}]
          - subject: data
            predicate: leads-to
            object: english-only
            by: unattributed
            likely: marx
            denied: true
            modality: hedged
            inferred: true
          - subject: data
            predicate: leads-to
            object: bare
            by: [marx, harvey]
            modality: conditional
            condition: {zh: 体制不变, en: the regime stays}
          - [data, mirrors, means]
    """
)


def cited(*triple: str, map: ArgumentMap = MAP) -> Citation:
    return map.relations[Triple(*triple)].citations[0]


@pytest.mark.parametrize(
    ("triple", "language", "start", "expected"),
    [
        (("data", "kind-of", "means"), "zh", None, "数据 是 生产资料 的一种"),
        (("data", "kind-of", "means"), "zh", "means", "生产资料 的一种是 数据"),
        (("data", "kind-of", "means"), "en", "data", "data is a kind of means of production"),
        (("data", "kind-of", "means"), "en", "means", "means of production has as a kind data"),
        (("data", "mirrors", "means"), "en", "means", "means of production mirrors data"),
        (("data", "leads-to", "english-only"), "zh", None, "数据 导致 platform"),
        (("data", "leads-to", "bare"), "zh", "bare", "bare 源于 数据"),
    ],
)
def test_a_relation_reads_as_a_sentence_from_either_end(
    triple: tuple[str, str, str], language: str, start: str | None, expected: str
) -> None:
    assert sentence(MAP, MAP.relations[Triple(*triple)], language, start) == expected


def test_a_voice_is_named_with_those_who_report_it_and_who_it_probably_is() -> None:
    assert voice(MAP, cited("data", "kind-of", "means"), "zh") == "马克思（据哈维）"
    assert voice(MAP, cited("data", "kind-of", "means"), "en") == "Marx (through Harvey)"
    quotation = cited("data", "leads-to", "english-only")
    assert voice(MAP, quotation, "zh") == "未署名的引文（可能是马克思）"
    assert voice(MAP, quotation, "en") == "an unattributed quotation (probably Marx)"
    assert voice(MAP, cited("data", "leads-to", "bare"), "zh") == "马克思、哈维"


def test_a_place_is_the_text_with_the_number_and_title_of_the_section() -> None:
    citation = cited("data", "mirrors", "means")
    assert place(MAP, citation, "zh") == "文章 §2 市场"
    assert place(MAP, citation, "en", short=True) == "essay §2 The market"


def test_only_what_is_not_plain_is_remarked() -> None:
    assert remarks(cited("data", "mirrors", "means"), "en") == []
    assert remarks(cited("data", "kind-of", "means"), "zh") == ["文章转述"]
    assert remarks(cited("data", "leads-to", "english-only"), "en") == [
        "denies it",
        "hedged",
        "the curator's inference",
    ]
    assert remarks(cited("data", "leads-to", "bare"), "en") == ["conditional", "condition: the regime stays"]
