"""What is held, what is denied and what is contested, worked out by hand."""

from collections.abc import Sequence

import pytest
from maps import loaded

from conceptgraph.diagnostics import Origin, Span
from conceptgraph.model import (
    CONTESTED,
    DENIED,
    EMPTY,
    HELD,
    STANCES,
    Citation,
    Predicate,
    Relation,
    Triple,
    statuses,
)

HERE = Origin(Span("x.yaml", 1, 1, 1, 1), {})
SAYS = Triple("free-labour", "leads-to", "capital")


def citation(*by: str, denied: bool = False, stance: str = "endorses", via: tuple[str, ...] = ()) -> Citation:
    """A citation in the text `essay`, which is the voice where no other is named."""
    return Citation(
        "essay",
        "1",
        at=None,
        by=by or ("essay",),
        via=via,
        likely=None,
        denied=denied,
        stance=stance,
        modality="asserted",
        condition=EMPTY,
        inferred=False,
        order=None,
        when=None,
        note=EMPTY,
        origin=HERE,
    )


def predicate(id: str, opposite: str | None = None, symmetric: bool = False) -> Predicate:
    return Predicate(
        id,
        EMPTY,
        EMPTY,
        "causal",
        sign=0,
        symmetric=symmetric,
        bookkeeping=False,
        acyclic=False,
        vague=False,
        opposite=opposite,
        domain=(),
        range=(),
        same_as=(),
        definition=EMPTY,
        origin=HERE,
    )


def status(*citations: Citation) -> str:
    """The status of a relation with these citations, and with nothing else in the map."""
    return statuses({SAYS: citations}, {})[SAYS]


def judged(cited: dict[str, Sequence[Citation]], *predicates: Predicate) -> dict[str, str]:
    """The status of each relation, written `subject predicate object`."""
    triples = {Triple(*text.split()): citations for text, citations in cited.items()}
    found = statuses(triples, {predicate.id: predicate for predicate in predicates})
    return {" ".join(triple): status for triple, status in found.items()}


# who says what in one citation


@pytest.mark.parametrize(
    ("said", "holders", "opponents"),
    [
        # the source speaks for itself
        (citation(), {"essay"}, set()),
        (citation(denied=True), set(), {"essay"}),
        (citation(stance="rejects"), set(), {"essay"}),
        # to reject a denial is to hold
        (citation(denied=True, stance="rejects"), {"essay"}, set()),
        # another holds it, and the source goes along, or concedes it, or only tells
        (citation("marx"), {"marx", "essay"}, set()),
        (citation("marx", stance="concedes"), {"marx", "essay"}, set()),
        (citation("marx", stance="reports"), {"marx"}, set()),
        # or rejects it
        (citation("optimists", stance="rejects"), {"optimists"}, {"essay"}),
        # another denies it
        (citation("marx", denied=True), set(), {"marx", "essay"}),
        (citation("marx", denied=True, stance="concedes"), set(), {"marx", "essay"}),
        (citation("marx", denied=True, stance="reports"), set(), {"marx"}),
        (citation("optimists", denied=True, stance="rejects"), {"essay"}, {"optimists"}),
        # several voices together
        (citation("hardt", "negri", stance="reports"), {"hardt", "negri"}, set()),
        (citation("hardt", "negri", denied=True, stance="reports"), set(), {"hardt", "negri"}),
        (citation("hardt", "negri", stance="rejects"), {"hardt", "negri"}, {"essay"}),
        # who reports a voice does not hold what it says
        (citation("marx", via=("harvey",)), {"marx", "essay"}, set()),
        (citation("unattributed", stance="reports"), {"unattributed"}, set()),
    ],
)
def test_a_citation_says_who_holds_the_relation_and_who_opposes_it(
    said: Citation, holders: set[str], opponents: set[str]
) -> None:
    assert (said.holders, said.opponents) == (holders, opponents)


def test_somebody_always_holds_or_opposes() -> None:
    for by in ((), ("marx",), ("marx", "essay")):
        for denied in (False, True):
            for stance in STANCES:
                said = citation(*by, denied=denied, stance=stance)
                assert said.holders or said.opponents
                assert not said.holders & said.opponents


# one relation


@pytest.mark.parametrize(
    ("expected", "citations"),
    [
        (HELD, [citation()]),
        (HELD, [citation(), citation("marx")]),
        (HELD, [citation("marx", stance="reports")]),
        (HELD, [citation(denied=True, stance="rejects")]),
        (DENIED, [citation(denied=True)]),
        (DENIED, [citation(stance="rejects")]),
        (DENIED, [citation(denied=True), citation("marx", denied=True)]),
        (DENIED, [citation("marx", denied=True, stance="concedes")]),
        (CONTESTED, [citation(), citation("marx", denied=True)]),
        (CONTESTED, [citation("marx", stance="rejects")]),
        (CONTESTED, [citation("marx", denied=True, stance="rejects")]),
        (CONTESTED, [citation("marx"), citation(stance="rejects")]),
        # somebody who says both contests it, too
        (CONTESTED, [citation(), citation(denied=True)]),
    ],
)
def test_a_relation_is_held_denied_or_contested_by_its_citations(expected: str, citations: list[Citation]) -> None:
    assert status(*citations) == expected
    assert status(*reversed(citations)) == expected


# opposite predicates


LEADS, PREVENTS = predicate("leads-to", opposite="prevents"), predicate("prevents", opposite="leads-to")


def test_opposite_predicates_between_the_same_two_contest_each_other() -> None:
    cited = {"a leads-to b": [citation()], "a prevents b": [citation("marx")], "a leads-to c": [citation()]}
    assert judged(cited, LEADS, PREVENTS) == {
        "a leads-to b": CONTESTED,
        "a prevents b": CONTESTED,
        "a leads-to c": HELD,
    }


def test_opposite_predicates_in_opposite_directions_do_not() -> None:
    cited = {"a leads-to b": [citation()], "b prevents a": [citation()]}
    assert judged(cited, LEADS, PREVENTS) == {"a leads-to b": HELD, "b prevents a": HELD}


def test_the_denial_of_the_opposite_contests_nothing() -> None:
    cited = {"a leads-to b": [citation()], "a prevents b": [citation(denied=True)]}
    assert judged(cited, LEADS, PREVENTS) == {"a leads-to b": HELD, "a prevents b": DENIED}


def test_what_is_denied_stays_denied_though_the_opposite_is_held() -> None:
    cited = {"a leads-to b": [citation("marx", denied=True)], "a prevents b": [citation("marx")]}
    assert judged(cited, LEADS, PREVENTS) == {"a leads-to b": DENIED, "a prevents b": HELD}


def test_a_contested_opposite_is_held_by_somebody_and_contests() -> None:
    cited = {"a leads-to b": [citation()], "a prevents b": [citation("marx", stance="rejects")]}
    assert judged(cited, LEADS, PREVENTS) == {"a leads-to b": CONTESTED, "a prevents b": CONTESTED}


def test_it_is_enough_that_one_of_two_predicates_names_the_other_as_its_opposite() -> None:
    cited = {"a leads-to b": [citation()], "a prevents b": [citation()]}
    assert judged(cited, LEADS, predicate("prevents")) == {"a leads-to b": CONTESTED, "a prevents b": CONTESTED}


def test_a_predicate_that_nobody_declared_contests_nothing() -> None:
    assert judged({"a blocks b": [citation()], "a leads-to b": [citation()]}, LEADS) == {
        "a blocks b": HELD,
        "a leads-to b": HELD,
    }


# symmetric predicates


RESEMBLES = predicate("resembles", opposite="differs-from", symmetric=True)
DIFFERS = predicate("differs-from", opposite="resembles", symmetric=True)


def test_a_symmetric_relation_is_contested_by_its_own_denial_the_other_way_round() -> None:
    cited = {"a resembles b": [citation()], "b resembles a": [citation("marx", denied=True)]}
    assert judged(cited, RESEMBLES) == {"a resembles b": CONTESTED, "b resembles a": CONTESTED}


def test_other_relations_are_not() -> None:
    cited = {"a leads-to b": [citation()], "b leads-to a": [citation("marx", denied=True)]}
    assert judged(cited, LEADS) == {"a leads-to b": HELD, "b leads-to a": DENIED}


@pytest.mark.parametrize("against", ["a differs-from b", "b differs-from a"])
def test_a_symmetric_opposite_contests_in_both_directions(against: str) -> None:
    cited = {"a resembles b": [citation()], against: [citation("marx")]}
    assert judged(cited, RESEMBLES, DIFFERS) == {"a resembles b": CONTESTED, against: CONTESTED}


@pytest.mark.parametrize("against", ["a resembles b", "b resembles a"])
def test_it_is_enough_that_one_of_two_opposites_is_symmetric(against: str) -> None:
    copies = predicate("parts-from", opposite="resembles")
    cited = {"a parts-from b": [citation()], against: [citation("marx")]}
    assert judged(cited, predicate("resembles", symmetric=True), copies) == {
        "a parts-from b": CONTESTED,
        against: CONTESTED,
    }


# the rest of the records


def test_a_citation_names_its_place() -> None:
    assert citation().place == "essay/1"
    assert citation().own
    assert not citation("marx").own
    assert not citation("marx", "essay").own


def test_all_who_hold_a_relation_are_named_once() -> None:
    said = (citation("marx"), citation("marx", "fuchs", stance="reports"), citation("optimists", denied=True))
    assert Relation(SAYS, said, CONTESTED).holders == {"essay", "marx", "fuchs"}


def test_a_map_knows_its_sources_and_what_each_entity_takes_part_in() -> None:
    map = loaded(
        """
        sources: {essay: {}}
        concepts: {a: {label: {zh: 甲, en: A}, aliases: {zh: [头, 首]}}, b: {}}
        relations:
          - {in: essay, triples: [[a, leads-to, a], [a, leads-to, b], [b, leads-to, lost]]}
        """
    ).map
    assert list(map.sources) == ["essay"]
    assert {id: [" ".join(relation.triple) for relation in found] for id, found in map.incident.items()} == {
        "a": ["a leads-to a", "a leads-to b"],
        "b": ["b leads-to lost", "a leads-to b"],
        "essay": [],
        "lost": ["b leads-to lost"],
    }
    assert [(relation.subject, said.place) for relation, said in map.citations()] == [
        ("a", "essay"),
        ("a", "essay"),
        ("b", "essay"),
    ]
    assert list(map.entities["a"].names) == ["甲", "A", "头", "首"]
