"""Chains between entities, on maps small enough to walk by hand."""

import itertools
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maps import chain_map, map_of

from conceptgraph.model import ArgumentMap
from conceptgraph.paths import Path, obstacle, shortest_paths
from conceptgraph.selection import Selection


def chains(paths: list[Path]) -> list[str]:
    return [" ".join(path.entities) for path in paths]


# a → b → c → d
#  ╲         ↗
#   e ──────╱
DIAMOND = chain_map("a leads-to b", "b leads-to c", "c leads-to d", "a leads-to e", "e leads-to d")


def test_the_chain_with_the_fewest_steps_comes_first() -> None:
    assert chains(shortest_paths(DIAMOND, "a", "d", 5)) == ["a e d", "a b c d"]
    assert chains(shortest_paths(DIAMOND, "a", "d", 1)) == ["a e d"]


def test_relations_are_walked_both_ways_unless_directed() -> None:
    assert chains(shortest_paths(DIAMOND, "d", "a", 1)) == ["d e a"]
    assert shortest_paths(DIAMOND, "d", "a", directed=True) == []
    assert chains(shortest_paths(DIAMOND, "a", "d", directed=True)) == ["a e d", "a b c d"]


def test_a_symmetric_relation_is_walked_both_ways_even_when_directed() -> None:
    map = chain_map("a mirrors b", "b leads-to c")
    assert chains(shortest_paths(map, "b", "a", directed=True)) == ["b a"]


def test_chains_may_be_bounded_in_length_and_kept_to_some_predicates() -> None:
    assert chains(shortest_paths(DIAMOND, "a", "d", 5, max_length=2)) == ["a e d"]
    assert shortest_paths(DIAMOND, "a", "d", max_length=1) == []
    assert shortest_paths(DIAMOND, "a", "d", selection=Selection(predicates={"mirrors"})) == []


def test_parallel_relations_make_one_chain_whose_step_has_them_all() -> None:
    map = chain_map("a leads-to b", "a mirrors b", "b kind-of a", "b leads-to c")
    (path,) = shortest_paths(map, "a", "c", 9)
    assert [relation.predicate for relation in path.steps[0].relations] == ["leads-to", "mirrors", "kind-of"]


def test_a_chain_does_not_run_through_a_text_but_may_begin_with_one() -> None:
    map = chain_map("essay argues a", "essay argues b", "b leads-to c")
    assert shortest_paths(map, "a", "b") == []
    assert chains(shortest_paths(map, "essay", "c")) == ["essay b c"]


def test_nothing_connects_an_entity_with_itself_or_with_another_island() -> None:
    map = chain_map("a leads-to b", "c leads-to d")
    assert shortest_paths(map, "a", "a") == []
    assert shortest_paths(map, "a", "d") == []


VOICES = map_of(
    """
    sources:
      essay: {label: {zh: 文, en: essay}}
    theorists:
      fuchs: {label: {zh: 福克斯, en: Fuchs}}
      negri: {label: {zh: 奈格里, en: Negri}}
    concepts:
      a: {label: {zh: 甲, en: a}}
      b: {label: {zh: 乙, en: b}}
      c: {label: {zh: 丙, en: c}}
      d: {label: {zh: 丁, en: d}}
      e: {label: {zh: 戊, en: e}}
    relations:
      - in: essay
        triples:
          - [a, leads-to, b, {by: fuchs, stance: reports}]
          - [b, leads-to, c, {by: negri}]
          - [c, leads-to, d, {by: unattributed, stance: reports}]
          - [d, leads-to, e, {by: unattributed, stance: reports}]
          - [a, prevents, d, {by: fuchs, stance: rejects}]
          - [a, kind-of, e, {denied: true}]
    """
)


def test_says_which_voices_together_hold_a_chain() -> None:
    (path,) = shortest_paths(VOICES, "a", "c", 1, directed=True)
    # the essay goes along with Negri, but only reports Fuchs
    assert path.voices == ("essay", "fuchs")
    (path,) = shortest_paths(VOICES, "b", "c", 1)
    assert path.voices == ("essay",)


def test_quotations_without_a_name_do_not_make_one_voice() -> None:
    (path,) = shortest_paths(VOICES, "c", "e", 1)
    assert path.voices == ("unattributed", "unattributed")


def test_marks_steps_that_stand_on_contested_relations() -> None:
    (path,) = shortest_paths(VOICES, "a", "d", 1)
    assert [step.contested for step in path.steps] == [True]


def test_denied_relations_are_not_walked() -> None:
    assert chains(shortest_paths(VOICES, "a", "e", 1)) == ["a d e"]


def test_marks_steps_that_rest_on_the_curators_inference() -> None:
    map = map_of(
        """
        sources: {essay: {label: {zh: 文, en: essay}}}
        concepts: {a: {label: {zh: 甲, en: a}}, b: {label: {zh: 乙, en: b}}, c: {label: {zh: 丙, en: c}}}
        relations:
          - in: essay
            triples:
              - [a, leads-to, b, {inferred: true}]
              - [b, leads-to, c, {inferred: true}]
              - [b, leads-to, c, {at: 所以}]
        """
    )
    (path,) = shortest_paths(map, "a", "c")
    assert [step.inferred for step in path.steps] == [True, False]


def test_the_same_chains_come_in_the_same_order_whatever_the_order_of_the_files() -> None:
    links = ["a leads-to b", "b leads-to z", "a leads-to c", "c leads-to z", "a leads-to d", "d leads-to z"]
    expected = chains(shortest_paths(chain_map(*links), "a", "z", 3))
    assert chains(shortest_paths(chain_map(*reversed(links)), "a", "z", 3)) == expected


def test_among_chains_of_one_length_the_one_that_argues_comes_first() -> None:
    map = map_of(
        """
        predicates:
          wrote:
            family: intellectual
            bookkeeping: true
            label: {zh: 著有, en: wrote}
            inverse: {zh: 由…所著, en: was written by}
        sources: {essay: {label: {zh: 文, en: essay}}}
        concepts:
          a: {label: {zh: 甲, en: a}}
          b: {label: {zh: 乙, en: b}}
          c: {label: {zh: 丙, en: c}}
          d: {label: {zh: 丁, en: d}}
          z: {label: {zh: 末, en: z}}
        relations:
          - in: essay
            triples:
              - [a, wrote, b]
              - [b, wrote, z]
              - [a, leads-to, c, {inferred: true}]
              - [c, leads-to, z]
              - [a, leads-to, d]
              - [d, leads-to, z]
        """
    )
    assert chains(shortest_paths(map, "a", "z", 3)) == ["a d z", "a c z", "a b z"]


# a ─ hub ─ z with ten more neighbours of the hub, and a ─ b ─ c ─ z
HUB = chain_map(
    "a leads-to hub", "hub leads-to z", "a leads-to b", "b leads-to c", "c leads-to z",
    *(f"hub leads-to n{number}" for number in range(18)),
)  # fmt: skip


def test_a_hub_is_no_shortcut_but_may_be_asked_for() -> None:
    # the hub has 20 neighbours: entering it weighs half of log2(20 / 8) more, two thirds of a step
    assert chains(shortest_paths(HUB, "a", "z", 2)) == ["a hub z", "a b c z"]
    assert chains(shortest_paths(HUB, "a", "hub", 1)) == ["a hub"]
    bigger = chain_map(*(" ".join(triple) for triple in HUB.relations), *(f"hub mirrors m{n}" for n in range(40)))
    assert chains(shortest_paths(bigger, "a", "z", 2)) == ["a b c z", "a hub z"]


def test_sets_of_entities_are_joined_by_the_shortest_chain_between_any_two() -> None:
    assert chains(shortest_paths(DIAMOND, {"a", "b"}, {"d"}, 3)) == ["a e d", "b c d"]
    assert chains(shortest_paths(DIAMOND, {"a", "b"}, {"b", "c"}, 1)) == ["b c"]


def test_a_chain_can_be_made_to_avoid_and_to_pass_entities() -> None:
    assert chains(shortest_paths(DIAMOND, "a", "d", 5, avoid={"e"})) == ["a b c d"]
    assert chains(shortest_paths(DIAMOND, "a", "d", 5, through=["b"])) == ["a b c d"]
    assert chains(shortest_paths(DIAMOND, "a", "d", 5, through=["b", "c"])) == ["a b c d"]
    assert shortest_paths(DIAMOND, "a", "d", 5, through=["c", "b"]) == []
    assert shortest_paths(DIAMOND, "a", "d", 5, avoid={"a"}) == []


def test_says_what_would_connect_two_and_where_the_limits_cut_it() -> None:
    limits = Selection(predicates={"leads-to"})
    map = chain_map("a leads-to b", "b mirrors c", "c leads-to d")
    found = obstacle(map, "a", "d", selection=limits)
    assert found.path is not None
    assert (found.path.entities, found.cut, found.reached) == (("a", "b", "c", "d"), (1,), "b")
    assert obstacle(map, "d", "a", directed=True).cut == (0, 2)
    assert obstacle(map, "a", "d", avoid={"c"}).cut == (1, 2)
    assert obstacle(chain_map("a leads-to b", "c leads-to d"), "a", "d").path is None


def test_the_weakest_step_is_the_contested_then_the_inferred_then_the_hedged() -> None:
    (path,) = shortest_paths(VOICES, "c", "e", 1)
    assert path.weakest is None
    (path,) = shortest_paths(VOICES, "a", "e", 1)
    assert path.entities == ("a", "d", "e")
    assert path.weakest == 0


ENDS = st.sampled_from("abcdefg")


@settings(max_examples=60, deadline=None)
@given(
    edges=st.sets(st.tuples(ENDS, st.sampled_from(["leads-to", "mirrors"]), ENDS), min_size=1, max_size=16),
    directed=st.booleans(),
)
def test_finds_the_lengths_that_networkx_finds_on_any_multigraph(
    edges: set[tuple[str, str, str]], directed: bool
) -> None:
    edges = {edge for edge in edges if edge[0] != edge[2]} | {("a", "leads-to", "z")}
    map = chain_map(*(" ".join(edge) for edge in sorted(edges)))
    graph = nx.DiGraph()
    for one, predicate, other in edges:
        graph.add_edge(one, other)
        if not directed or predicate == "mirrors":
            graph.add_edge(other, one)
    start, end = "a", max(set(graph) - {"z"})
    expected: list[list[str]] = []
    if start != end and nx.has_path(graph, start, end):
        expected = list(itertools.islice(nx.shortest_simple_paths(graph, start, end), 5))
    found = shortest_paths(map, start, end, 5, directed=directed)
    assert [path.length for path in found] == [len(nodes) - 1 for nodes in expected]
    assert all(nx.is_simple_path(graph, list(path.entities)) for path in found)


@settings(max_examples=60, deadline=None)
@given(
    edges=st.sets(st.tuples(ENDS, st.sampled_from(["leads-to", "mirrors"]), ENDS), min_size=1, max_size=18),
    starts=st.sets(ENDS, min_size=1, max_size=2),
    ends=st.sets(ENDS, min_size=1, max_size=2),
    avoid=st.sets(ENDS, max_size=1),
    most=st.sampled_from([None, 1, 2, 3]),
    directed=st.booleans(),
)
def test_finds_every_chain_between_two_sets_once_and_no_other(
    edges: set[tuple[str, str, str]],
    starts: set[str],
    ends: set[str],
    avoid: set[str],
    most: int | None,
    directed: bool,
) -> None:
    edges = {edge for edge in edges if edge[0] != edge[2]}
    map = chain_map(*(" ".join(edge) for edge in sorted(edges)), *(f"hub leads-to {id}" for id in "abcdefghij"))
    graph = nx.DiGraph()
    for one, predicate, other in map.relations:
        graph.add_edge(one, other)
        if not directed or predicate == "mirrors":
            graph.add_edge(other, one)
    graph.remove_nodes_from(avoid)
    ends = ends - starts
    expected = sorted(
        path
        for one in starts - avoid
        for other in ends - avoid
        for path in nx.all_simple_paths(graph, one, other, cutoff=most)
        if not {*starts, *ends}.intersection(path[1:-1])
    )
    found = shortest_paths(map, starts, ends, 10_000, directed=directed, avoid=avoid, max_length=most)
    assert sorted(list(path.entities) for path in found) == expected
    assert not found.cut
    # the hub has nine or ten neighbours: half the binary logarithm of 9 / 8, or of 10 / 8
    more = 0.08 if avoid else 0.16
    weights = [path.length + more * ("hub" in path.entities[1:-1]) for path in found]
    assert weights == sorted(weights)


def layered(layers: int, breadth: int) -> ArgumentMap:
    """Everything in a layer leads to everything in the next: there are breadth ** layers chains, all as long."""
    names = [[f"l{layer}n{number}" for number in range(breadth)] for layer in range(layers)]
    ends = [["start"], *names, ["end"]]
    return chain_map(
        *(f"{one} leads-to {other}" for here, next in itertools.pairwise(ends) for one in here for other in next)
    )


HARD = layered(8, 12)


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"through": ["l4n3"]},
        {"avoid": ["l4n3", "l2n2"]},
        {"max_length": 9},
        {"directed": True},
        {"through": ["l2n2", "l5n5"], "avoid": ["l3n3"]},
    ],
    ids=str,
)
def test_a_thousand_of_very_many_equal_chains_are_found(limits: dict[str, Any]) -> None:
    found = shortest_paths(HARD, "start", "end", 1000, **limits)
    assert len({path.entities for path in found}) == 1000
    assert {path.length for path in found} == {9}
    assert not found.cut


def test_a_search_is_given_up_after_so_much_work_and_says_so() -> None:
    found = shortest_paths(HARD, "start", "end", 1000, work=5000)
    assert found.cut
    assert 0 < len(found) < 1000
    assert {path.length for path in found} == {9}
    # the way on must come back through where it has passed: there is none, and each of the ways there is tried
    blind = shortest_paths(chain_map(*(" ".join(triple) for triple in HARD.relations), "l4n3 leads-to blind"),
                           "start", "end", 1000, through=["blind"], work=5000)  # fmt: skip
    assert blind == []
    assert blind.cut


def test_few_voices_are_found_for_a_chain_of_very_many() -> None:
    people = [f"p{number}" for number in range(60)]
    entities = "".join(
        f"  {id}: {{label: {{zh: {id}, en: {id}}}}}\n" for id in (*people, *(f"n{n}" for n in range(13)))
    )
    lines = "".join(
        f"      - [n{n}, leads-to, n{n + 1}, {{stance: reports, by: [{', '.join(people[5 * n : 5 * n + 5])}]}}]\n"
        for n in range(12)
    )
    map = map_of(
        f"sources: {{essay: {{label: {{zh: 文, en: essay}}}}}}\nconcepts:\n{entities}"
        f"relations:\n  - in: essay\n    triples:\n{lines}"
    )
    (path,) = shortest_paths(map, "n0", "n12", 1)
    assert len(path.voices) == 12


def test_ways_through_an_entity_do_not_cross_themselves() -> None:
    # a ─ b ─ c ─ z with a way round b: the lightest way to c takes b, and so does every way on
    map = chain_map("a leads-to b", "b leads-to c", "b leads-to z", "a leads-to d", "d leads-to e", "e leads-to c")
    assert chains(shortest_paths(map, "a", "z", 1, through=["c"])) == ["a d e c b z"]
