"""English words that are the same word, and slips of the finger."""

import pytest

from conceptgraph.spelling import edits, slips, stem


@pytest.mark.parametrize(
    "words",
    [
        "labour labours labor labors",
        "alienation alienated alienating alienate",
        "organisation organization organise organizing",
        "privatise privatizes privatised privatisation",
        "analyse analyze analysed analyzing",
        "centre centers",
        "dialogue dialogs",
        "programme programs",
        "defence defense",
        "theory theories",
        "machine machines",
    ],
)
def test_forms_and_spellings_of_a_word_share_a_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    "words", ["labour laboratory", "capital capitol", "our or", "four for", "hour or", "theory theatre", "K12 k12"]
)
def test_other_words_do_not(words: str) -> None:
    first, second = words.split()
    assert stem(first) != stem(second)


@pytest.mark.parametrize(
    ("typed", "word", "number"),
    [
        ("labuor", "labour", 1),
        ("alination", "alienation", 1),
        ("alienatoin", "alienation", 1),
        ("behavoir", "behaviour", 2),
        ("mahcnie", "machine", None),
        ("cepital", "capital", 1),
        ("acpital", "capital", 1),
        ("xapital", "capital", None),
        ("valu", "value", None),
        ("capital", "capital", 0),
    ],
)
def test_long_words_may_have_slips_but_seldom_at_the_first_letter(typed: str, word: str, number: int | None) -> None:
    assert slips(typed, word) == number


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [("", "", 0), ("ab", "ba", 1), ("非物质劳东", "非物质劳动", 1), ("abc", "", None), ("ab", "cd", 2)],
)
def test_edits_are_counted_up_to_a_limit(first: str, second: str, number: int | None) -> None:
    assert edits(first, second, 2) == number
