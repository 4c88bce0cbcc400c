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


def test_search_falls_back_on_names_that_look_like_the_words() -> None:
    best = search(MAP, "alienatoin")[0]
    assert (best.entity.id, best.field) == ("alienated-labour", "similar")
    assert search(MAP, "zzzz") == []
    assert search(MAP, "  ") == []
