"""Comments that let a finding of one line pass, and those that do not."""

import pytest
from maps import loaded

from conceptgraph.ignores import ignores
from conceptgraph.reader import parse

LONELY = "concepts:\n  a: {label: {zh: 甲, en: a}}"


def found(text: str, **files: str) -> list[str]:
    """What is found in a map but for its unused predicates, each as `line:column code: message`."""
    return [
        f"{each.span.line}:{each.span.column} {each.code}: {each.message}"
        for each in loaded(text, **files).diagnostics
        if each.code != "unused-predicate"
    ]


def codes_in(text: str) -> list[str]:
    return [ignore.code for ignore in ignores(parse(text, "map.yaml"))]


def test_lets_the_finding_of_its_line_pass() -> None:
    assert found(LONELY) == ["2:3 isolated-entity: 'a' takes part in no relation"]
    assert found(f"{LONELY} # conceptgraph: ignore[isolated-entity]") == []


def test_lets_no_other_finding_pass() -> None:
    text = f"{LONELY} # conceptgraph: ignore[isolated-entity]\n  b: {{label: {{zh: 乙, en: b}}}}"
    assert found(text) == ["3:3 isolated-entity: 'b' takes part in no relation"]
    text = "concepts:\n  a: {label: {zh: 甲}} # conceptgraph: ignore[isolated-entity]"
    assert found(text) == ["2:14 missing-label: 'a' has no label in en"]


def test_names_several_codes_and_may_give_its_reason() -> None:
    text = (
        "concepts:\n  a: {label: {zh: 甲}} # for now # conceptgraph: ignore[isolated-entity，missing-label]: see ch. 2"
    )
    assert found(text) == []


def test_says_of_each_code_that_is_not_found_that_it_is_not() -> None:
    text = f"{LONELY} # conceptgraph: ignore[missing-label, isolated-entity]"
    assert found(text) == ["2:53 unused-ignore: no 'missing-label' is found on this line"]
    alone = "# conceptgraph: ignore[isolated-entity]\n" + LONELY
    assert [each.partition(":")[2] for each in found(alone)] == [
        "24 unused-ignore: no 'isolated-entity' is found on this line",
        "3 isolated-entity: 'a' takes part in no relation",
    ]


def test_an_error_cannot_be_ignored() -> None:
    text = "concepts:\n  a: {labl: {zh: 甲}} # conceptgraph: ignore[unknown-field]"
    assert {each.partition(" ")[2] for each in found(text)} >= {
        "unknown-field: unknown field 'labl'",
        "malformed-ignore: 'unknown-field' is an error, and errors cannot be ignored",
    }


@pytest.mark.parametrize(
    "comment",
    ["ignore", "ignore[]", "ignore[isolated-entity", "ignore isolated-entity", "ignored[isolated-entity]", "noqa[x]"],
)
def test_says_that_a_comment_does_not_say_what(comment: str) -> None:
    assert found(f"{LONELY} # conceptgraph: {comment}") == [
        "2:3 isolated-entity: 'a' takes part in no relation",
        "2:30 malformed-ignore: this comment does not say what to ignore",
    ]


def test_suggests_the_code_that_was_meant() -> None:
    (diagnostic,) = [
        each
        for each in loaded(f"{LONELY} # conceptgraph: ignore[isolated-entities]").diagnostics
        if each.code == "malformed-ignore"
    ]
    assert (diagnostic.message, diagnostic.help) == (
        "nothing has the code 'isolated-entities'",
        "did you mean 'isolated-entity'?",
    )


def test_a_comment_that_only_names_the_program_is_none_of_its_business() -> None:
    assert found(f"# conceptgraph: our map\n{LONELY} # conceptgraph: ignore[isolated-entity]") == []


@pytest.mark.parametrize(
    "text",
    [
        'a: "# conceptgraph: ignore[x]"',
        "a: '# conceptgraph: ignore[x]'",
        "a: b# conceptgraph: ignore[x]",
        "a: |\n  # conceptgraph: ignore[x]\n",
        "a: >-\n  b\n  # conceptgraph: ignore[x]\n",
        'a: "b\n  # conceptgraph: ignore[x]\n  c"',
        "'# conceptgraph: ignore[x]': a",
    ],
)
def test_a_text_is_no_comment(text: str) -> None:
    assert codes_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a: 'b' # conceptgraph: ignore[x]",
        "a: | # conceptgraph: ignore[x]\n  b\n",
        "a: |\n  b\n# conceptgraph: ignore[x]\n",
        "a: [b, # conceptgraph: ignore[x]\n  c]",
        "a: b\r\n#conceptgraph:ignore[x]\r\nc: d",
        "# conceptgraph: ignore[x]",
    ],
)
def test_a_comment_is_a_comment_wherever_it_stands(text: str) -> None:
    assert codes_in(text) == ["x"]


def test_what_nobody_looked_for_is_not_called_unused() -> None:
    text = f"{LONELY} # conceptgraph: ignore[isolated-entity, anchor-ambiguous]"
    assert found(text) == []


def test_where_there_are_errors_nothing_is_called_unused() -> None:
    text = f"{LONELY} # conceptgraph: ignore[isolated-entity]\n  b: {{labl: {{zh: 乙}}}}"
    assert {each.split()[1] for each in found(text)} == {"unknown-field:", "missing-label:"}
    broken = "concepts:\n  a: {label: {zh: 甲, en: a}} # conceptgraph: ignore[wrong-type]\n  b: [\n"
    assert {each.split()[1] for each in found(broken)} == {"yaml-syntax:"}
