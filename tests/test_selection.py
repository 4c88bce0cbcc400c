"""Which relations a question is about."""

import pytest
from maps import map_of

from conceptgraph.errors import UnknownTerm
from conceptgraph.selection import Selection, places_named, predicates_named

MAP = map_of(
    """
    sources:
      essay:
        label: {zh: 文, en: essay}
        sections:
          "1": {zh: 一, en: one}
          "2": {zh: 二, en: two}
          "2.1": {zh: 二之一, en: two one}
          "21": {zh: 廿一, en: twenty-one}
      reply: {label: {zh: 答, en: reply}}
    theorists: {marx: {label: {zh: 马克思, en: Marx}}, harvey: {label: {zh: 哈维, en: Harvey}}}
    concepts: {a: {label: {zh: 甲, en: a}}, b: {label: {zh: 乙, en: b}}, c: {label: {zh: 丙, en: c}}}
    relations:
      - in: essay/1
        triples:
          - [a, leads-to, b, {by: marx, via: harvey}]
          - [a, kind-of, b, {modality: hedged}]
          - [b, leads-to, c, {by: marx, stance: rejects}]
          - [a, mirrors, c, {denied: true}]
      - in: essay/2
        triples: [[a, leads-to, b]]
      - in: essay/2.1
        triples: [[c, mirrors, b]]
      - in: essay/21
        triples: [[c, kind-of, a]]
      - in: reply
        triples: [[b, kind-of, c, {by: marx, stance: reports}]]
    """
)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), ["a kind-of b", "a leads-to b", "b kind-of c", "b leads-to c", "c kind-of a", "c mirrors b"]),
        (Selection(predicates={"leads-to"}), ["a leads-to b", "b leads-to c"]),
        (Selection(voices={"marx"}), ["a leads-to b", "b kind-of c", "b leads-to c"]),
        (Selection(voices={"harvey"}), ["a leads-to b"]),
        (Selection(voices={"essay"}), ["a kind-of b", "a leads-to b", "c kind-of a", "c mirrors b"]),
        (Selection(voices={"reply"}), []),
        (Selection(places={"essay/2"}), ["a leads-to b", "c mirrors b"]),
        (Selection(places={"essay/2.1"}), ["c mirrors b"]),
        (Selection(places={"essay/21"}), ["c kind-of a"]),
        (Selection(places={"reply"}), ["b kind-of c"]),
        (Selection(statuses={"denied"}), ["a mirrors c"]),
        (Selection(statuses={"contested"}), ["b leads-to c"]),
        (Selection(stances={"reports"}), ["b kind-of c"]),
        (Selection(modalities={"hedged"}), ["a kind-of b"]),
        (Selection(voices={"marx"}, places={"essay"}, statuses={"held"}), ["a leads-to b"]),
    ],
)
def test_lets_in_what_is_asked_for(selection: Selection, expected: list[str]) -> None:
    assert [" ".join(relation.triple) for relation in selection.relations(MAP)] == expected


def test_a_relation_keeps_only_the_citations_that_are_let_in() -> None:
    relation = Selection(places={"essay/2"}).relations(MAP)[0]
    assert [citation.place for citation in relation.citations] == ["essay/2"]


def test_predicates_and_places_are_known_or_suggested() -> None:
    assert predicates_named(MAP, ["causal", "mirrors"]) == {"leads-to", "prevents", "mirrors"}
    assert predicates_named(MAP, ["因果"]) == predicates_named(MAP, ["导致", "Prevents"]) == {"leads-to", "prevents"}
    assert places_named(MAP, ["essay/1", "reply"]) == {"essay/1", "reply"}
    with pytest.raises(UnknownTerm) as error:
        predicates_named(MAP, ["leadsto"])
    assert error.value.suggestions[0] == "leads-to"
    with pytest.raises(UnknownTerm):
        places_named(MAP, ["essay/9"])
