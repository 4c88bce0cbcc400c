"""Names that are the same, nearly the same, and different enough."""

import pytest
from maps import loaded

MAP = """
concepts:
  one: {{label: {{zh: 甲, en: {one}}}, aliases: {{zh: [{alias}]}}}}
{heading}:
  two: {{label: {{zh: {zh}, en: {en}}}}}
"""


def told(
    one: str = "one", alias: str = "此物", zh: str = "乙", en: str = "two", heading: str = "concepts"
) -> list[str]:
    other = "concepts" if heading == "concepts" else heading
    text = MAP.format(one=one, alias=alias, zh=zh, en=en, heading=other)
    if other == "concepts":
        text = text.replace("concepts:\n  two", "  two")
    return [
        f"{each.span.line}:{each.span.column} {each.message}"
        for each in loaded(text).diagnostics
        if each.code == "near-duplicate-label"
    ]


def test_the_label_of_one_may_not_be_the_alias_of_another() -> None:
    assert told(alias="免费劳动", zh="免费劳动") == ["4:21 'two' and 'one' are both called '免费劳动'"]


def test_traditional_characters_are_no_difference() -> None:
    nearly = "the names '免費勞動' of 'two' and '免费劳动' of 'one' are nearly the same"
    assert told(alias="免费劳动", zh="免費勞動") == [f"4:21 {nearly}"]


def test_languages_are_crossed() -> None:
    assert told(alias="platform", en="Platform") == [
        "4:28 the names 'Platform' of 'two' and 'platform' of 'one' are nearly the same"
    ]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("the multitude", "multitude"),
        ("digital platform", "digital platforms"),
        ("free-labour", "free labour"),
        ("“general intellect”", "general intellect"),
        ("ＡＩ", "ai"),
    ],
)
def test_articles_plurals_hyphens_marks_and_width_are_none_within_a_kind(one: str, two: str) -> None:
    assert len(told(one=one, en=two)) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("labour", "labour power"),
        ("capital", "capitalism"),
        ("class", "clas"),
        ("《帝国》", "帝国"),
        ("platform", "platforming"),
    ],
)
def test_other_differences_are(one: str, two: str) -> None:
    assert told(one=one, en=two) == []


def test_between_kinds_only_the_same_name_is_too_near() -> None:
    assert told(one="the Empire", en="Empire", heading="works") == []
    assert told(one="Empire", en="empire", heading="works") != []


def test_a_text_may_have_the_name_of_what_it_is_about() -> None:
    assert told(one="Empire", en="Empire", heading="sources") == []


def test_one_pair_is_told_once_and_a_name_of_its_own_never() -> None:
    assert len(told(one="twin", alias="双生", zh="双生", en="twin")) == 1
    assert told(one="甲", alias="甲") == []
