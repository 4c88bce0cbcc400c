"""Measures against values worked out by hand, and against networkx, which is their definition."""

from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maps import chain_map

from conceptgraph.centrality import MEASURES, Ranking, measure, rank
from conceptgraph.model import ArgumentMap
from conceptgraph.selection import Selection

REFERENCES = {
    "degree": nx.degree_centrality,
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "pagerank": lambda graph: nx.pagerank(graph, tol=1e-12, max_iter=1000),
}


def values(map: ArgumentMap, id: str, **options: Any) -> dict[str, float]:
    return {each.entity: each.value for each in rank(map, measure(id), **options).ranks}


# a ─ b ─ c ─ d, a chain of four, and an essay that argues it all
CHAIN = chain_map("a leads-to b", "b leads-to c", "b kind-of c", "c leads-to d", "essay argues a", "essay argues d")


def test_degree_is_the_share_of_others_next_to_it() -> None:
    assert values(CHAIN, "degree") == pytest.approx({"a": 1 / 3, "b": 2 / 3, "c": 2 / 3, "d": 1 / 3})


def test_betweenness_is_the_share_of_pairs_that_meet_through_it() -> None:
    # b stands between a–c and a–d, c between a–d and b–d: two of the three pairs of others each
    assert values(CHAIN, "betweenness") == pytest.approx({"a": 0, "b": 2 / 3, "c": 2 / 3, "d": 0})


def test_closeness_is_the_inverse_of_the_mean_distance() -> None:
    # from a: 1 + 2 + 3 steps to three others; from b: 1 + 1 + 2
    assert values(CHAIN, "closeness") == pytest.approx({"a": 3 / 6, "b": 3 / 4, "c": 3 / 4, "d": 3 / 6})


def test_pagerank_of_a_ring_is_even() -> None:
    ring = chain_map("a leads-to b", "b leads-to c", "c leads-to a")
    assert values(ring, "pagerank") == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})


def test_equal_values_share_a_place() -> None:
    ranking: Ranking = rank(CHAIN, measure("degree"))
    assert [(each.place, each.entity) for each in ranking.ranks] == [(1, "b"), (1, "c"), (3, "a"), (3, "d")]


def test_a_kind_is_listed_without_changing_the_graph_and_a_text_or_a_predicate_changes_it() -> None:
    assert values(CHAIN, "degree", kind="theorist") == {}
    assert values(CHAIN, "degree", kind="concept") == values(CHAIN, "degree")
    assert values(CHAIN, "degree", selection=Selection(predicates={"kind-of"})) == pytest.approx({"b": 1, "c": 1})
    assert values(CHAIN, "degree", selection=Selection(places={"essay"})) == values(CHAIN, "degree")


def test_an_empty_map_has_an_empty_ranking() -> None:
    for each in MEASURES:
        assert rank(ArgumentMap(), each).ranks == ()


def test_every_measure_says_what_it_means_in_both_languages_and_has_a_reference() -> None:
    assert {each.id for each in MEASURES} == set(REFERENCES)
    assert all(each.meaning.keys() == {"zh", "en"} for each in MEASURES)


ENDS = st.sampled_from("abcdefgh")
EDGES = st.sets(st.tuples(ENDS, st.sampled_from(["leads-to", "kind-of", "mirrors"]), ENDS), min_size=1, max_size=20)


@pytest.mark.parametrize("id", sorted(REFERENCES))
@settings(max_examples=40, deadline=None)
@given(edges=EDGES)
def test_agrees_with_networkx_on_any_multigraph(id: str, edges: set[tuple[str, str, str]]) -> None:
    edges = {(one, predicate, other) for one, predicate, other in edges if one != other}
    if not edges:
        return
    map = chain_map(*(" ".join(edge) for edge in sorted(edges)))
    graph = nx.DiGraph() if measure(id).directed else nx.Graph()
    graph.add_nodes_from(entity for entity in map.entities if entity != "essay")
    for one, predicate, other in edges:
        graph.add_edge(one, other)
        if predicate == "mirrors":
            graph.add_edge(other, one)
    assert values(map, id) == pytest.approx(REFERENCES[id](graph), abs=1e-6)
