"""Relations around an entity."""

from maps import chain_map, map_of

from conceptgraph.neighbors import Neighbor, neighbors
from conceptgraph.selection import Selection

# a → b → c → d, e → b
MAP = chain_map("a leads-to b", "b leads-to c", "c leads-to d", "e prevents b")


def told(found: list[Neighbor]) -> list[str]:
    return [f"{each.depth} {each.start} {' '.join(each.relation.triple)}" for each in found]


def test_lists_what_is_next_to_an_entity_in_both_directions() -> None:
    assert told(neighbors(MAP, "b")) == ["1 b b leads-to c", "1 b a leads-to b", "1 b e prevents b"]


def test_goes_as_deep_as_it_is_asked_and_lists_a_relation_once() -> None:
    assert told(neighbors(MAP, "a", 3)) == [
        "1 a a leads-to b",
        "2 b b leads-to c",
        "2 b e prevents b",
        "3 c c leads-to d",
    ]


def test_follows_one_direction_and_some_predicates() -> None:
    assert told(neighbors(MAP, "b", direction="out")) == ["1 b b leads-to c"]
    assert told(neighbors(MAP, "b", direction="in")) == ["1 b a leads-to b", "1 b e prevents b"]
    assert told(neighbors(MAP, "b", selection=Selection(predicates={"prevents"}))) == ["1 b e prevents b"]


def test_a_symmetric_relation_has_no_direction() -> None:
    map = chain_map("a mirrors b")
    assert told(neighbors(map, "b", direction="out")) == ["1 b a mirrors b"]


def test_nothing_is_reached_through_a_text_or_through_a_denial() -> None:
    map = map_of(
        """
        sources: {essay: {label: {zh: 文, en: essay}}}
        concepts: {a: {label: {zh: 甲, en: a}}, b: {label: {zh: 乙, en: b}}, c: {label: {zh: 丙, en: c}}}
        relations:
          - in: essay
            triples:
              - [essay, argues, a]
              - [essay, argues, b]
              - [a, leads-to, c, {denied: true}]
              - [c, leads-to, b]
        """
    )
    assert told(neighbors(map, "a", 5)) == ["1 a a leads-to c", "1 a essay argues a"]
