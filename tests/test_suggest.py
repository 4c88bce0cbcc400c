"""The nearest names to a word that is none of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptgraph.suggest import nearest, nearest_passage

IDS = ["alienated-labour", "free-labour", "capital", "user-data", "fuchs", "general-intellect"]
LABELS = ["异化劳动", "免费劳动", "资本", "用户数据", "福克斯", "一般智力"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("captial", ["capital"]),
        ("free-labor", ["free-labour", "alienated-labour"]),
        ("user_data", ["user-data"]),
        ("Fuchs", ["fuchs"]),
        (" fuchs ", ["fuchs"]),
        ("general-intelect", ["general-intellect"]),
        ("labour", ["free-labour", "alienated-labour"]),
        ("zizek", []),
    ],
)
def test_finds_the_id_behind_a_slip(word: str, expected: list[str]) -> None:
    assert nearest(word, IDS) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("异化劳动", ["异化劳动"]),
        ("异化", ["异化劳动"]),
        ("异化的劳动", ["异化劳动"]),
        ("劳动", ["免费劳动", "异化劳动"]),
        ("用户的数据", ["用户数据"]),
        ("福克斯的理论", ["福克斯"]),
        ("一般知力", ["一般智力"]),
        ("机器", []),
    ],
)
def test_finds_chinese_names_by_what_they_share(word: str, expected: list[str]) -> None:
    assert nearest(word, LABELS) == expected


def test_one_shared_character_makes_no_likeness_to_a_long_name() -> None:
    assert nearest("资产", ["资本主义"]) == []
    assert nearest("劳", ["异化劳动", "免费劳动"]) == []


def test_gives_at_most_as_many_as_wanted_the_nearest_first() -> None:
    names = ["capital", "capitals", "capitalist", "capitalism"]
    assert nearest("capital", names) == ["capital", "capitals", "capitalism"]
    assert nearest("capital", names, 1) == ["capital"]


def test_equally_near_names_come_in_the_order_of_the_alphabet_whatever_order_they_were_given_in() -> None:
    assert nearest("ab", ["abd", "abc"]) == nearest("ab", ["abc", "abd"]) == ["abc", "abd"]


@pytest.mark.parametrize("word", ["", "   ", "x" * 81])
def test_has_nothing_to_say_to_an_empty_or_endless_word(word: str) -> None:
    assert nearest(word, [*IDS, "x" * 81, ""]) == []


def test_a_likeness_can_be_asked_to_be_close() -> None:
    assert nearest("agrees", ["endorses", "rejects"]) == ["rejects"]
    assert nearest("agrees", ["endorses", "rejects"], likeness=0.75) == []
    assert nearest("reject", ["endorses", "rejects"], likeness=0.75) == ["rejects"]


@given(st.text(max_size=90), st.lists(st.text(max_size=20)))
def test_names_are_never_made_up_and_never_repeated(word: str, names: list[str]) -> None:
    found = nearest(word, names)
    assert set(found) <= set(names)
    assert len(found) == len(set(found)) <= 3


@given(st.text(min_size=1, max_size=80).filter(str.strip), st.lists(st.text(max_size=20)))
def test_the_word_itself_comes_first_where_it_is_a_name(word: str, names: list[str]) -> None:
    word = word.strip()
    assert nearest(word, [*names, word])[0].casefold() == word.casefold()


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("闲暇变成资本", "闲暇成了资本"), ("免费的劳动", "靠免费劳动"), ("一般智力论", None), ("", None), ("资", None)],
)
def test_finds_the_passage_that_a_phrase_was_probably_taken_from(phrase: str, expected: str | None) -> None:
    assert nearest_passage(phrase, "平台靠免费劳动获利，用户的闲暇成了资本。") == expected
