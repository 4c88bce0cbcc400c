"""Finding entities by what people type."""

import pytest
from maps import map_of

from conceptgraph.errors import AmbiguousTerm, UnknownTerm
from conceptgraph.terms import find, search

MAP = map_of(
    """
    sources:
      alienation: {label: {zh: 异化一文, en: the alienation essay}}
    concepts:
      alienated-labour:
        label: {zh: 异化, en: alienation}
        aliases: {zh: [劳动异化]}
        definition: {zh: 劳动者与产品相分离, en: the worker is parted from the product}
      audience-commodity: {label: {zh: 受众商品, en: audience commodity}, aliases: {en: [Audience as Commodity]}}
      empire: {label: {zh: 帝国, en: the Empire}}
      bank-of-a-river: {label: {zh: 河岸, en: bank}}
      bank-for-money: {label: {zh: 银行, en: bank}}
      beer: {label: {zh: 啤酒, en: beer}, note: {en: brewed}}
    works:
      empire-book: {label: {zh: 《帝国》, en: Empire}}
    """
)


@pytest.mark.parametrize(
    ("term", "id"),
    [
        ("audience-commodity", "audience-commodity"),
        ("audience commodity", "audience-commodity"),
        ("AUDIENCE  Commodity", "audience-commodity"),
        ("ａｕｄｉｅｎｃｅ commodity", "audience-commodity"),
        ("audience_as_commodity", "audience-commodity"),
        ("受众商品", "audience-commodity"),
        ("“受众商品”", "audience-commodity"),
        (" 劳动异化 ", "alienated-labour"),
        ("帝国", "empire"),
        ("《帝国》", "empire-book"),
        ("受眾商品", "audience-commodity"),
        ("勞動異化", "alienated-labour"),
    ],
)
def test_finds_an_entity_by_any_of_its_names(term: str, id: str) -> None:
    assert find(MAP, term).id == id


def test_a_text_stands_back_for_a_concept_of_its_name_and_is_found_by_its_kind() -> None:
    assert find(MAP, "alienation").id == "alienated-labour"
    assert find(MAP, "source:alienation").id == "alienation"


def test_refuses_to_guess_between_two_concepts() -> None:
    with pytest.raises(AmbiguousTerm) as error:
        find(MAP, "bank")
    assert error.value.candidates == ("bank-for-money", "bank-of-a-river")


def test_an_unknown_term_comes_with_the_names_that_look_like_it() -> None:
    with pytest.raises(UnknownTerm) as error:
        find(MAP, "受众商")
    assert error.value.suggestions[0] == "受众商品"
    with pytest.raises(UnknownTerm) as error:
        find(MAP, "audiance comodity")
    assert error.value.suggestions[0] == "audience commodity"


@pytest.mark.parametrize("term", ["", "   ", "？！", "source:", "theorist:异化"])
def test_a_term_that_names_nothing_is_unknown(term: str) -> None:
    with pytest.raises(UnknownTerm):
        find(MAP, term)


def test_search_puts_whole_names_before_parts_of_names_before_definitions() -> None:
    assert [match.entity.id for match in search(MAP, "异化")] == ["alienated-labour", "alienation"]
    assert [(match.entity.id, match.field) for match in search(MAP, "parted product")] == [
        ("alienated-labour", "definition")
    ]


def test_search_wants_every_word_in_any_order() -> None:
    assert [match.entity.id for match in search(MAP, "commodity audience")] == ["audience-commodity"]


def test_search_finds_traditional_characters() -> None:
    assert [match.entity.id for match in search(MAP, "異化")] == ["alienated-labour", "alienation"]


def test_search_finds_simplified_characters_in_traditional_names() -> None:
    map = map_of("concepts: {labour: {label: {zh: 勞動, en: labour}}}")
    assert [match.text for match in search(map, "劳动")] == ["勞動"]


@pytest.mark.parametrize(
    ("text", "id", "way", "field"),
    [
        ("audience commodity", "audience-commodity", "whole", "label"),
        ("audiencecommodity", "audience-commodity", "whole", "label"),
        ("audience com", "audience-commodity", "beginning", "label"),
        ("“受众商品”", "audience-commodity", "whole", "label"),
        ("商品", "audience-commodity", "middle", "label"),
        ("commodity", "audience-commodity", "middle", "label"),
        ("shouzhongshangpin", "audience-commodity", "pinyin", "label"),
        ("szsp", "audience-commodity", "pinyin", "label"),
        ("laodong yihua", "alienated-labour", "pinyin", "alias"),
        ("commodities", "audience-commodity", "stem", "label"),
        ("alienated labor", "alienated-labour", "stem", "id"),
        ("modity", "audience-commodity", "inside", "label"),
        ("受众商贫", "audience-commodity", "similar", "label"),
        ("audiance comodity", "audience-commodity", "similar", "label"),
        ("产品", "alienated-labour", "text", "definition"),
        ("與產品相分離", "alienated-labour", "text", "definition"),
        ("brewed", "beer", "text", "note"),
    ],
)
def test_search_says_by_what_it_found_an_entity(text: str, id: str, way: str, field: str) -> None:
    best = search(MAP, text)[0]
    assert (best.entity.id, best.way, best.field) == (id, way, field)


def test_search_puts_the_shorter_name_and_then_the_more_related_entity_first() -> None:
    map = map_of(
        """
        sources: {essay: {label: {zh: 文, en: essay}}}
        concepts:
          a: {label: {zh: 甲, en: work day}}
          b: {label: {zh: 乙, en: work man}}
          c: {label: {zh: 丙, en: work}}
          d: {label: {zh: 丁, en: work one}}
        relations: [{in: essay, triples: [[b, leads-to, c], [d, leads-to, b]]}]
        """
    )
    assert [match.entity.id for match in search(map, "work")] == ["c", "b", "d", "a"]


def test_search_looks_for_slips_only_where_no_name_answers() -> None:
    assert [match.way for match in search(MAP, "bank")] == ["whole", "whole"]
    best = search(MAP, "alienatoin")[0]
    assert (best.entity.id, best.way) == ("alienated-labour", "similar")
    assert search(MAP, "zzzz") == []
    assert search(MAP, "  ") == []


def test_an_unknown_term_comes_with_what_a_search_finds_by_name() -> None:
    for term, meant in [("szsp", "受众商品"), ("commodities", "audience commodity"), ("受众商贫", "受众商品")]:
        with pytest.raises(UnknownTerm) as error:
            find(MAP, term)
        assert error.value.suggestions[0] == meant
    with pytest.raises(UnknownTerm) as error:
        find(MAP, "parted")
    assert error.value.suggestions == ()
