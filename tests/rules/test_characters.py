"""Slips of writing: which are found, exactly where, and which are none."""

import pytest
from maps import loaded


def found(code: str, label: str) -> list[str]:
    """What is found about labels, as `column-end message`, counted from the first brace."""
    text = f"concepts:\n  a: {{label: {label}}}"
    diagnostics = [each for each in loaded(text).diagnostics if each.code == code]
    return [f"{each.span.column - 13}-{each.span.end_column - 13} {each.message}" for each in diagnostics]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("{zh: 劳动, en: la\u200bbour}", ["16-17 U+200B ZERO WIDTH SPACE cannot be seen"]),
        ("{zh: 劳\u00ad动, en: labour}", ["7-8 U+00AD SOFT HYPHEN cannot be seen"]),
        ('{zh: 劳动, en: "la\u2060bour"}', ["17-18 U+2060 WORD JOINER cannot be seen"]),
        ('{zh: 劳动, en: "la\\u200bbour"}', ["14-28 U+200B ZERO WIDTH SPACE cannot be seen"]),
        ("{zh: 劳动, en: labour, fa: می\u200cخواهم}", []),
    ],
)
def test_finds_what_cannot_be_seen(label: str, expected: list[str]) -> None:
    assert found("invisible-character", label) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("{zh: 劳动, en: l\u0430bour}", ["15-16 U+0430 CYRILLIC SMALL LETTER A stands in a Latin word"]),
        ("{zh: 劳动, en: \u039fwn}", ["14-15 U+039F GREEK CAPITAL LETTER OMICRON stands in a Latin word"]),
        ("{zh: ＡＩ劳动, en: labour}", ["6-8 'ＡＩ' is full-width"]),
        ("{zh: 劳动, en: labour（free）}", ["20-21 '（' is full-width", "25-26 '）' is full-width"]),
        ("{zh: 劳动（自由）, en: 'τέχνη, труд and façade'}", []),
    ],
)
def test_finds_letters_that_look_like_others(label: str, expected: list[str]) -> None:
    assert found("confusable-character", label) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("{zh: '劳动,资本', en: a}", ["9-10 half-width ',' in Chinese"]),
        ("{zh: 'AI:劳动', en: a}", ["9-10 half-width ':' in Chinese"]),
        ("{zh: 劳动.资本, en: a}", ["8-9 half-width '.' in Chinese"]),
        ("{zh: 'Web 2.0 与 3.5%，A,B', en: a}", []),
        ("{zh: 劳动，资本。, en: 'labour, capital'}", []),
    ],
)
def test_finds_western_punctuation_in_chinese(label: str, expected: list[str]) -> None:
    assert found("half-width-punctuation", label) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("{zh: （劳动, en: a}", ["6-7 '（' is not closed by '）'"]),
        ("{zh: 劳动）, en: a}", ["8-9 '）' closes nothing"]),
        ("{zh: （劳动), en: a}", ["9-10 ')' closes nothing: '（' is closed by '）'"]),
        ("{zh: 《劳“动》”, en: a}", ["10-11 '》' closes nothing: '“' is closed by '”'"]),
        ('{zh: 《劳（“动”）》, en: "workers\' (free) time"}', []),
    ],
)
def test_finds_what_is_not_closed(label: str, expected: list[str]) -> None:
    assert found("unbalanced-brackets", label) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("{zh: 劳动, en: 劳动}", ["14-16 the label under 'en' is Chinese"]),
        ("{zh: free labour, en: a}", ["6-17 the label under 'zh' is not Chinese"]),
        ("{zh: ChatGPT, en: ChatGPT}", []),
        ("{zh: 劳动, en: labour (劳动)}", []),
    ],
)
def test_finds_what_stands_under_the_wrong_language(label: str, expected: list[str]) -> None:
    assert found("wrong-language", label) == expected
