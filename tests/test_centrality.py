"""Measures against values worked out by hand, and against networkx, which is their definition."""

import dataclasses
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maps import chain_map, map_of, written
from test_cli import run

from conceptgraph.centrality import Pair, Ranking, rank, robustness, service
from conceptgraph.measures import MEASURES, measure
from conceptgraph.model import ArgumentMap, Relation, Triple
from conceptgraph.projection import project
from conceptgraph.reports.rankings import RankingReport, RobustnessReport, ServiceReport
from conceptgraph.reports.terminal import Terminal, width
from conceptgraph.selection import Selection

ROOT = Path(__file__).parents[1]


def values(map: ArgumentMap, id: str, **options: Any) -> dict[str, float]:
    return {each.entity: each.value for each in rank(map, measure(id), **options).ranks}


def essays(*links: str) -> str:
    """The text of a map of links like `left: a leads-to b`, argued by one of the texts left and right, or by nobody."""
    triples = [(link.split(": ")[0], link.split(": ")[1].split()) for link in links]
    ids = sorted({id for _, (subject, _, object) in triples for id in (subject, object)})
    concepts = "".join(f"\n  {id}: {{label: {{zh: {id}, en: {id}}}}}" for id in ids)
    lines = "".join(f"\n  - {{in: {text}, triples: [[{', '.join(triple)}]]}}" for text, triple in triples)
    sections = 'sections: {"1": {zh: 一, en: one}}'
    return (
        f"sources:\n  left: {{label: {{zh: 左, en: left}}, {sections}}}\n  right: {{label: {{zh: 右, en: right}}, "
        f"{sections}}}\n  nobody: {{label: {{zh: 无, en: nobody}}}}\nconcepts:{concepts}\nrelations:{lines}\n"
    )


# a ─ b ─ c ─ d, a chain of four, and an essay that argues it all
CHAIN = chain_map("a leads-to b", "b leads-to c", "b kind-of c", "c leads-to d", "essay argues a", "essay argues d")

#   c ─ m ─ b      c, a and d stand in the left text only, b in the right one only; m and k in both
#       │   │
#   d ─ a ─ k
TWO = (
    *("left: c leads-to m", "left: a leads-to m", "left: d leads-to a", "left: a leads-to k"),
    *("right: m leads-to b", "right: k leads-to b", "right: m leads-to b", "nobody: m leads-to c"),
)
BETWEEN = map_of(essays(*TWO))


def test_degree_is_the_share_of_others_next_to_it() -> None:
    assert values(CHAIN, "degree") == pytest.approx({"a": 1 / 3, "b": 2 / 3, "c": 2 / 3, "d": 1 / 3})


def test_in_and_out_degree_follow_the_direction_and_parallel_relations_count_once() -> None:
    # b leads to c and is a kind of c
    assert values(CHAIN, "in-degree") == pytest.approx({"a": 0, "b": 1 / 3, "c": 1 / 3, "d": 1 / 3})
    assert values(CHAIN, "out-degree") == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3, "d": 0})
    mirror = chain_map("a mirrors b", "b leads-to c")
    assert values(mirror, "in-degree") == pytest.approx({"a": 1 / 2, "b": 1 / 2, "c": 1 / 2})


def test_betweenness_is_the_share_of_pairs_that_meet_through_it() -> None:
    # b stands between a–c and a–d, c between a–d and b–d: two of the three pairs of others each
    assert values(CHAIN, "betweenness") == pytest.approx({"a": 0, "b": 2 / 3, "c": 2 / 3, "d": 0})


def test_closeness_is_the_inverse_of_the_mean_distance() -> None:
    # from a: 1 + 2 + 3 steps to three others; from b: 1 + 1 + 2
    assert values(CHAIN, "closeness") == pytest.approx({"a": 3 / 6, "b": 3 / 4, "c": 3 / 4, "d": 3 / 6})


def test_harmonic_is_the_mean_of_the_inverse_distances() -> None:
    outer, inner = (1 + 1 / 2 + 1 / 3) / 3, (1 + 1 + 1 / 2) / 3
    assert values(CHAIN, "harmonic") == pytest.approx({"a": outer, "b": inner, "c": inner, "d": outer})
    assert values(chain_map("a leads-to b", "c leads-to d"), "harmonic")["a"] == pytest.approx(1 / 3)


def test_eigenvector_of_a_star_is_the_root_of_its_leaves() -> None:
    star = chain_map(*(f"{leaf} leads-to hub" for leaf in "abcd"), "island leads-to reef")
    expected = {"hub": 1, "a": 1 / 2, "b": 1 / 2, "c": 1 / 2, "d": 1 / 2, "island": 0, "reef": 0}
    assert values(star, "eigenvector") == pytest.approx(expected)


def test_parts_of_the_map_that_are_as_central_share_the_eigenvector() -> None:
    twins = chain_map("a leads-to b", "c leads-to d")
    assert values(twins, "eigenvector") == pytest.approx({"a": 1, "b": 1, "c": 1, "d": 1})


def test_hubs_point_to_authorities() -> None:
    # two point to x, one of them also to y: x is the authority, and p points to more than q
    map = chain_map("p leads-to x", "q leads-to x", "p leads-to y")
    golden = (5**0.5 - 1) / 2
    assert values(map, "hubs") == pytest.approx({"p": 1, "q": golden, "x": 0, "y": 0})
    assert values(map, "authorities") == pytest.approx({"x": 1, "y": golden, "p": 0, "q": 0})


def test_pagerank_of_a_ring_is_even() -> None:
    ring = chain_map("a leads-to b", "b leads-to c", "c leads-to a")
    assert values(ring, "pagerank") == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})


def test_brokerage_is_the_share_of_pairs_from_one_text_and_the_other_that_meet_through_it() -> None:
    # pairs: c–b runs through m; a–b through m or k; d–b through a, and then through m or k.
    # of the pairs of others than a, those are c–b and d–b
    expected = {"m": (1 + 1 / 2 + 1 / 2) / 3, "k": (1 / 2 + 1 / 2) / 3, "a": 1 / 2, "b": 0, "c": 0, "d": 0}
    assert values(BETWEEN, "brokerage") == pytest.approx(expected)


def test_without_two_texts_nobody_is_a_broker_and_the_answer_says_so() -> None:
    assert set(values(CHAIN, "brokerage").values()) == {0}
    report = RankingReport(CHAIN, rank(CHAIN, measure("brokerage")), None)
    assert "every value is 0: there is nothing to rank here" in report.text(Terminal())


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
        assert robustness(ArgumentMap(), each)[0].places == {}


def test_a_broker_serves_the_pairs_that_need_it_most_first() -> None:
    brokered = service(BETWEEN, measure("brokerage"), "m")
    assert brokered.pairs == (Pair("b", "c", 1.0, 2), Pair("a", "b", 0.5, 2), Pair("b", "d", 0.5, 3))
    # between two others at all: a–c, too, and what lies beyond a
    assert service(BETWEEN, measure("betweenness"), "m", 3).pairs == (
        Pair("a", "c", 1.0, 2),
        Pair("b", "c", 1.0, 2),
        Pair("c", "k", 1.0, 3),
    )
    assert service(BETWEEN, measure("betweenness"), "d").pairs == ()


def test_only_measures_that_count_chains_have_pairs_and_a_text_serves_none() -> None:
    with pytest.raises(ValueError, match="these measures do: betweenness, brokerage"):
        service(BETWEEN, measure("degree"), "m")
    assert service(BETWEEN, measure("betweenness"), "left").pairs == ()


def test_a_ranking_is_held_against_each_text_and_against_what_is_contested() -> None:
    map = map_of(essays(*TWO, "left: d prevents c", "right: d leads-to c"))
    variants = {variant.source: variant.places for variant in robustness(map, measure("degree"))}
    assert set(variants) == {"left", "right", "nobody", None}
    # without left: m–b, k–b, m–c, c–d
    assert variants["left"] == {"b": 1, "c": 1, "m": 1, "d": 4, "k": 4}
    # without right: c–m, a–m, d–a, a–k, d–c
    assert variants["right"] == {"a": 1, "c": 2, "d": 2, "m": 2, "k": 5}
    # c and d are related by contested relations only
    assert variants[None] == {"a": 1, "m": 1, "b": 3, "k": 3, "c": 5, "d": 5}
    assert variants["nobody"] == {each.entity: each.place for each in rank(map, measure("degree")).ranks}


def test_nobody_has_a_place_where_every_value_is_0() -> None:
    variants = {variant.source: variant.places for variant in robustness(BETWEEN, measure("brokerage"))}
    assert variants["left"] == variants["right"] == {}
    assert variants["nobody"]["m"] == 1


STAR = map_of(essays(*(f"{'left' if n % 2 else 'right'}: leaf-{n} leads-to hub" for n in range(30))))


@pytest.mark.parametrize("id", [each.id for each in MEASURES if each.estimate])
def test_above_a_size_chains_are_counted_from_some_entities_and_the_answer_says_so(id: str) -> None:
    ranking = rank(STAR, measure(id), exact=30, starts=10)
    assert (ranking.starts, ranking.size) == (10, 31)
    # all chains run through the hub, whichever entities they are counted from
    assert (ranking.ranks[0].entity, ranking.ranks[0].value) == ("hub", pytest.approx(1))
    assert ranking == rank(STAR, measure(id), exact=30, starts=10)
    report = RankingReport(STAR, ranking, 3)
    assert "estimated: of 31 entities, chains were counted from 10" in report.text(Terminal())
    assert report.data()["counted-from"] == 10
    assert rank(STAR, measure(id), exact=31, starts=10).starts is None


def test_pairs_are_searched_from_no_more_entities_than_allowed() -> None:
    served = service(STAR, measure("betweenness"), "hub", None, starts=5)
    assert (served.starts, len(served.pairs)) == (5, 29 + 28 + 27 + 26 + 25)
    assert "searched from the nearest 5 entities only" in ServiceReport(STAR, served).text(Terminal())


def test_every_measure_says_what_it_means_in_both_languages_and_has_a_reference() -> None:
    assert {each.id for each in MEASURES} == set(REFERENCES)
    assert all(each.meaning.keys() == {"zh", "en"} for each in MEASURES)


def brokerage(graph: nx.Graph) -> dict[str, float]:
    """Each pair of which only left cites the one and only right the other, by all its shortest chains."""
    texts = dict(graph.nodes(data="texts"))
    one, other = ([id for id in graph if texts[id] == {text}] for text in ("left", "right"))
    sums = nx.betweenness_centrality_subset(graph, one, other, normalized=False)
    pairs = {id: sum(id not in pair for pair in itertools.product(one, other)) for id in graph}
    return {id: 2 * value / max(pairs[id], 1) for id, value in sums.items()}


def leading(matrix: Any, ids: list[str]) -> dict[str, float]:
    """The part of (1, …, 1) in the space of the greatest eigenvalue of a symmetric matrix, over its greatest value."""
    eigenvalues, vectors = np.linalg.eigh(matrix)
    space = vectors[:, eigenvalues > eigenvalues[-1] - 1e-9]
    found = space @ (space.T @ np.ones(len(ids)))
    return dict(zip(ids, found / found.max(), strict=True))


def hubs(graph: nx.DiGraph) -> dict[str, float]:
    matrix = nx.to_numpy_array(graph)
    return leading(matrix @ matrix.T, list(graph))


def authorities(graph: nx.DiGraph) -> dict[str, float]:
    found = nx.to_numpy_array(graph).T @ np.array(list(hubs(graph).values()))
    return dict(zip(graph, found / found.max(), strict=True))


REFERENCES: dict[str, Callable[[Any], dict[str, float]]] = {
    "degree": nx.degree_centrality,
    "in-degree": nx.in_degree_centrality,
    "out-degree": nx.out_degree_centrality,
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "harmonic": lambda graph: {id: value / (len(graph) - 1) for id, value in nx.harmonic_centrality(graph).items()},
    "eigenvector": lambda graph: leading(nx.to_numpy_array(graph), list(graph)),
    "pagerank": lambda graph: nx.pagerank(graph, tol=1e-12, max_iter=1000),
    "hubs": hubs,
    "authorities": authorities,
    "brokerage": brokerage,
}

ENDS = st.sampled_from("abcdefgh")
PREDICATES = st.sampled_from(["leads-to", "kind-of", "mirrors"])
TEXTS = st.sampled_from(["left", "right", "nobody"])
LINKS = st.sets(
    st.tuples(TEXTS, ENDS, PREDICATES, ENDS).filter(lambda link: link[1] != link[3]), min_size=1, max_size=20
)


def example(links: set[tuple[str, str, str, str]], directed: bool) -> tuple[ArgumentMap, nx.Graph]:
    """A map of some links, and its simple graph as networkx has it; nodes know which texts cite them."""
    map = map_of(essays(*(f"{text}: {one} {predicate} {other}" for text, one, predicate, other in sorted(links))))
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from((id, {"texts": set()}) for id in map.entities if id not in map.sources)
    for text, one, predicate, other in links:
        graph.add_edge(one, other)
        if predicate == "mirrors":
            graph.add_edge(other, one)
        for id in (one, other):
            graph.nodes[id]["texts"] |= {text} - {"nobody"}
    return map, graph


@pytest.mark.parametrize("id", sorted(REFERENCES))
@settings(max_examples=40, deadline=None)
@given(links=LINKS)
def test_agrees_with_networkx_on_any_multigraph(id: str, links: set[tuple[str, str, str, str]]) -> None:
    map, graph = example(links, measure(id).directed)
    assert values(map, id) == pytest.approx(REFERENCES[id](graph), abs=1e-6)


def test_hubs_and_authorities_are_those_of_networkx() -> None:
    _, graph = example({("left", *link.split()) for link in ("a leads-to b", "a leads-to c", "d leads-to c")}, True)  # type: ignore[arg-type]
    for found, known in zip((hubs(graph), authorities(graph)), nx.hits(graph), strict=True):
        greatest = max(known.values())
        assert found == pytest.approx({id: value / greatest for id, value in known.items()}, abs=1e-6)


@pytest.mark.parametrize("id", [each.id for each in MEASURES if each.estimate])
@settings(max_examples=20, deadline=None)
@given(links=LINKS, starts=st.integers(1, 7))
def test_an_estimate_from_all_entities_is_exact_and_from_some_a_share(
    id: str, links: set[tuple[str, str, str, str]], starts: int
) -> None:
    map, _ = example(links, False)
    projection = project(map, map.relations.values())
    estimate = measure(id).estimate
    assert estimate is not None
    # more starts than entities in either text: brokerage shares them among the texts
    assert estimate(projection, 100) == pytest.approx(measure(id).values(projection))
    assert all(0 <= value <= 1 + 1e-9 for value in estimate(projection, starts))


@pytest.mark.parametrize("id", ["betweenness", "brokerage"])
@settings(max_examples=40, deadline=None)
@given(links=LINKS, count=st.integers(1, 6))
def test_the_pairs_of_an_entity_are_all_there_and_the_first_are_the_first(
    id: str, links: set[tuple[str, str, str, str]], count: int
) -> None:
    map, graph = example(links, False)
    texts = dict(graph.nodes(data="texts"))
    for entity in graph:
        expected = {}
        for one, other in itertools.combinations(sorted(set(graph) - {entity}), 2):
            apart = sorted([*texts[one], "&", *texts[other]]) == ["&", "left", "right"] and texts[one]
            if (id == "brokerage" and not (apart and texts[other])) or not nx.has_path(graph, one, other):
                continue
            chains = list(nx.all_shortest_paths(graph, one, other))
            through = sum(entity in chain for chain in chains)
            if through:
                expected[one, other] = (pytest.approx(through / len(chains)), len(chains[0]) - 1)
        served = service(map, measure(id), entity, None).pairs
        assert {(pair.one, pair.other): (pair.share, pair.length) for pair in served} == expected
        assert [(-each.share, each.length) for each in served] == sorted((-each.share, each.length) for each in served)
        assert service(map, measure(id), entity, count).pairs == served[:count]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", essays(*TWO))
    return tmp_path


def test_the_ranks_without_a_text_stand_beside_the_rank(folder: Path) -> None:
    done = run(folder, "centrality", "-m", "brokerage", "--robust", "-n", "2")
    assert done.stdout.split("\n\n")[1].splitlines() == [
        "rank   value  −left  −nobody  −right  −contested  name",
        "   1  0.6667      –        1       –           1  m",
        "   2  0.5000      –        2       –           2  a",
    ]
    ranks = json.loads(run(folder, "centrality", "--robust", "-n", "1", "-O", "json").stdout)["ranks"]
    assert ranks[0]["place-without"].keys() == {"left", "nobody", "right"}
    header, *rows = run(folder, "centrality", "--robust", "-n", "2", "-O", "tsv").stdout.splitlines()
    assert header.split("\t")[-2:] == ["without", "place-without"]
    assert len(rows) == 2 * 4


def test_why_names_the_pairs(folder: Path) -> None:
    done = run(folder, "centrality", "-m", "brokerage", "--why", "m", "-n", "2")
    assert done.stdout.split("\n\n")[1] == (
        "The pairs that most need m:\n  100% · 2 steps · b — c\n   50% · 2 steps · a — b\n"
    )
    pairs = json.loads(run(folder, "centrality", "--why", "m", "-n", "1", "-O", "json").stdout)["pairs"]
    assert pairs == [{"one": "a", "other": "c", "share": 1.0, "length": 2}]


def test_why_says_what_it_cannot_explain(folder: Path) -> None:
    for arguments, code, message in [
        (("--why", "d"), 1, "no pair has a shortest chain through d"),
        (("--why", "left"), 1, "no pair has a shortest chain through left"),
        (
            ("--why", "m", "-m", "degree"),
            2,
            "--why needs a measure that counts chains between pairs: -m betweenness or brokerage",
        ),
        (("--why", "m", "--robust"), 2, "neither --robust nor --kind"),
    ]:
        done = run(folder, "centrality", *arguments)
        assert (done.returncode, done.stdout) == (code, ""), arguments
        assert message in done.stderr, arguments


def test_chinese_answers_fit_the_terminal() -> None:
    terminal = Terminal(80, "zh")
    for each in MEASURES:
        ranking, variants = rank(BETWEEN, each), robustness(BETWEEN, each)
        assert max(map(width, RobustnessReport(BETWEEN, ranking, None, variants).text(terminal).splitlines())) <= 80


def test_the_help_says_what_each_measure_means() -> None:
    help = " ".join(run(ROOT, "centrality", "--help").stdout.split())
    for each in MEASURES:
        assert f"{each.id} {each.meaning['en']}" in help


@pytest.mark.parametrize("id", sorted(REFERENCES))
def test_a_relation_of_an_entity_to_itself_and_a_second_one_to_another_change_no_measure(id: str) -> None:
    """The rules refuse the first, but a map may be made by hand."""
    map = map_of(essays(*TWO))
    said = map.relations[Triple("a", "leads-to", "k")].citations
    more = {
        triple: Relation(triple, said, "held") for triple in (Triple("a", "mirrors", "a"), Triple("a", "kind-of", "k"))
    }
    found = values(dataclasses.replace(map, relations={**map.relations, **more}), id)
    assert found == pytest.approx(values(map, id))


@pytest.mark.parametrize("id", [each.id for each in MEASURES if each.estimate])
def test_what_is_computed_in_shares_is_the_same(id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    map = map_of(essays(*TWO, "left: x leads-to y"))
    whole, estimated = values(map, id), values(STAR, id, exact=30, starts=10)
    monkeypatch.setattr("conceptgraph.measures.SHARE", 1)
    assert values(map, id) == pytest.approx(whole)
    assert values(STAR, id, exact=30, starts=10) == pytest.approx(estimated)
