"""Circles, relations stated both ways, and voices that contradict themselves."""

from itertools import pairwise

import pytest
from maps import VOCABULARY, loaded

HIERARCHIES = VOCABULARY.replace("kind-of:   {family", "kind-of:   {acyclic: true, family")


def found(code: str, *triples: str, places: str = "essay/1") -> list[str]:
    """What a map of such triples is told, as `line message`, where the first triple stands in line 1."""
    ids = sorted({id for triple in triples for id in (triple.split()[0], triple.split()[2])})
    head = (
        "sources: {essay: {label: {zh: 文, en: essay}, sections: {'1': {zh: 一, en: one}, '2': {zh: 二, en: two}}}}\n"
        "theorists: {marx: {label: {zh: 马克思, en: Marx}}}\n"
        "concepts:\n" + "".join(f"  {id}: {{label: {{zh: '{id}', en: '{id}'}}}}\n" for id in ids)
    )
    lines = []
    for triple in triples:
        one, predicate, other, *rest = triple.split(maxsplit=3)
        lines.append(f"      - [{one}, {predicate}, {other}{', {' + rest[0] + '}' if rest else ''}]\n")
    text = f"{head}relations:\n  - in: {places}\n    triples:\n{''.join(lines)}"
    start = len(text.splitlines()) - len(lines)
    diagnostics = loaded(text, HIERARCHIES).diagnostics
    return [f"{each.span.line - start} {each.message}" for each in diagnostics if each.code == code]


def test_a_hierarchy_may_branch_and_meet_again() -> None:
    assert found("hierarchy-cycle", "a kind-of b", "a kind-of c", "b kind-of d", "c kind-of d") == []


def test_a_hierarchy_may_not_come_back() -> None:
    assert found("hierarchy-cycle", "a kind-of b", "b kind-of c", "c kind-of a", "c kind-of d") == [
        "3 'kind-of' goes in a circle: a → b → c → a"
    ]


def test_what_is_only_denied_closes_no_circle() -> None:
    assert found("hierarchy-cycle", "a kind-of b", "b kind-of a denied: true") == []


def test_only_predicates_that_the_vocabulary_calls_so_make_hierarchies() -> None:
    assert found("hierarchy-cycle", "a leads-to b", "b leads-to a") == []


def test_every_circle_is_told_once() -> None:
    assert found("hierarchy-cycle", "a kind-of b", "b kind-of a", "c kind-of d", "d kind-of c", "b kind-of c") == [
        "2 'kind-of' goes in a circle: a → b → a",
        "4 'kind-of' goes in a circle: c → d → c",
    ]


def test_a_long_circle_is_told_in_short_and_takes_no_long_time() -> None:
    ids = [f"n{number:04}" for number in range(2000)]
    links = [f"{one} kind-of {other}" for one, other in pairwise([*ids, ids[0]])]
    assert found("hierarchy-cycle", *links) == [
        "2000 'kind-of' goes in a circle: n0000 → n0001 → n0002 → n0003 → n0004 → n0005 → … → n0000"
    ]


def test_a_symmetric_relation_is_stated_one_way() -> None:
    message = "'mirrors' reads the same both ways and is stated both ways"
    assert found("relation-both-ways", "b mirrors a", "c mirrors a", "a mirrors b") == [f"3 {message}"]
    assert found("relation-both-ways", "a leads-to b", "b leads-to a") == []


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("a leads-to b", "a prevents b", "that a prevents b and that a leads-to b"),
        ("a leads-to b", "a leads-to b denied: true", "that a leads-to b and that it does not"),
        ("a mirrors b", "b mirrors a denied: true", "that b mirrors a and that it does not"),
        ("a leads-to b", "a prevents b by: marx", "that a prevents b and that a leads-to b"),
    ],
)
def test_a_voice_that_contradicts_itself_is_told(one: str, other: str, message: str) -> None:
    assert found("self-contradiction", one, other) == [f"2 'essay' says in essay/1 {message}"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a leads-to b", "b prevents a"),
        ("a leads-to b", "a prevents b {by: marx, stance: reports}"),
        ("a leads-to b", "a prevents b {in: essay/2}"),
        ("a leads-to b", "a prevents b {modality: appearance}"),
        ("a leads-to b {when: '1867'}", "a prevents b {when: '2020'}"),
        ("a leads-to b", "a prevents b denied: true"),
        ("a leads-to b", "a leads-to b {at: 又一处}"),
    ],
)
def test_what_is_said_by_two_or_of_two_things_is_no_contradiction(one: str, other: str) -> None:
    plain = [each.replace("{", "").replace("}", "") for each in (one, other)]
    assert found("self-contradiction", *plain) == []
