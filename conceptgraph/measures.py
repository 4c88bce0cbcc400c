"""The measures of centrality: each a row with its meaning and the function that computes it."""

from __future__ import annotations

import itertools
import math
import operator
import random
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conceptgraph import progress
from conceptgraph.model import Text
from conceptgraph.projection import Projection

if TYPE_CHECKING:
    import igraph


SHARE: Final = 2_000_000
"""How many vertices and edges are walked over between two words on how far it is."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A centrality: its id and label, what a value of it means, and the function that computes one value a vertex.

    A measure of shortest chains also has `estimate`, which looks only at chains that start at some vertices (at most
    as many as it is told). One that counts them has `sides`, on which the vertices stand: it counts the chains between
    different sides, and none from where there is None.
    """

    id: str
    label: Text
    meaning: Text
    values: Callable[[Projection], list[float]]
    directed: bool = False
    estimate: Callable[[Projection, int], list[float]] | None = None
    sides: Callable[[Projection], Sequence[object]] | None = None

    def __reduce__(self) -> tuple[Callable[[str], Measure], tuple[str]]:
        """A ranking that is kept for later keeps the name of its measure."""
        return measure, (self.id,)


def _degree(projection: Projection) -> list[float]:
    """Freeman 1979; as `networkx.degree_centrality` of the simple graph."""
    return _shares(projection.graph.degree())


def _in_degree(projection: Projection) -> list[float]:
    """As `networkx.in_degree_centrality` of the simple graph."""
    return _shares(projection.graph.degree(mode="in"))


def _out_degree(projection: Projection) -> list[float]:
    """As `networkx.out_degree_centrality` of the simple graph."""
    return _shares(projection.graph.degree(mode="out"))


def _shares(counts: Sequence[float]) -> list[float]:
    return [count / max(len(counts) - 1, 1) for count in counts]


def _betweenness(projection: Projection, starts: int | None = None) -> list[float]:
    """Freeman 1977, by Brandes 2001; as `networkx.betweenness_centrality`.

    From some starts only, the mean over those other than the vertex itself (Brandes and Pich 2007).
    """
    count = projection.graph.vcount()
    chosen = _sample(range(count), starts)
    sums = _counted(projection.graph, chosen)
    own = set(chosen)
    # igraph halves the sums of an undirected graph
    return [2 * value / max((len(chosen) - (vertex in own)) * (count - 2), 1) for vertex, value in enumerate(sums)]


def _brokerage(projection: Projection, starts: int | None = None) -> list[float]:
    """Betweenness of the pairs whose ends different texts cite alone; each pair counts once.

    After Gould and Fernandez 1989, who count brokers between groups on chains of two steps, for chains of any length;
    as `networkx.betweenness_centrality_subset` over the number of pairs of others.
    """
    members: dict[str, list[int]] = {}
    for vertex, text in enumerate(projection.alone):
        if text is not None:
            members.setdefault(text, []).append(vertex)
    sums = [0.0] * len(projection.ids)
    texts = sorted(members)
    for position, text in enumerate(texts[:-1], 1):
        ends = [vertex for later in texts[position:] for vertex in members[later]]
        chosen = _sample(members[text], None if starts is None else max(starts // (len(texts) - 1), 1))
        drawn, own = set(chosen), set(members[text])
        for vertex, value in enumerate(_counted(projection.graph, chosen, ends)):
            # what was counted from some of the others stands for all of the others
            scale = (len(own) - (vertex in own)) / max(len(chosen) - (vertex in drawn), 1)
            sums[vertex] += 2 * value * scale
    cited = sum(map(len, members.values()))
    pairs = (cited**2 - sum(len(each) ** 2 for each in members.values())) // 2
    return [
        value / max(pairs - (0 if text is None else cited - len(members[text])), 1)
        for value, text in zip(sums, projection.alone, strict=True)
    ]


def _counted(graph: igraph.GraphBase, starts: Sequence[int], ends: Sequence[int] | None = None) -> list[float]:
    """For each vertex, how many of the chains from some vertices to all or some others run through it."""
    sums = [0.0] * graph.vcount()
    for share in _shares_of(graph, starts):
        sums = list(map(operator.add, sums, graph.betweenness(sources=share, targets=ends)))
    return sums


def _shares_of(graph: igraph.GraphBase, starts: Sequence[int]) -> Iterator[Sequence[int]]:
    """Vertices in shares, each as many as chains can be walked from in about a tenth of a second.

    igraph does not say how far it is, and lets nobody else speak before it is through.
    """
    size = max(SHARE // (graph.vcount() + graph.ecount()), 1)
    shares = [starts[first : first + size] for first in range(0, len(starts), size)]
    return progress.steps("walking chains", shares)


def _sample(vertices: Sequence[int], count: int | None) -> list[int]:
    """Some of the vertices, always the same; all of them where there are no more."""
    if count is None or count >= len(vertices):
        return list(vertices)
    return sorted(random.Random(0).sample(vertices, count))  # noqa: S311 - a sample, not a secret


def _closeness(projection: Projection, starts: int | None = None) -> list[float]:
    """Wasserman and Faust 1994, scaled by the share of entities in reach; as `networkx.closeness_centrality`.

    In parts of the graph with more entities than `starts`, by the mean steps from some (Eppstein and Wang 2004).
    """
    graph = projection.graph
    values = [0.0] * graph.vcount()
    for share, vertices, chosen in _parts(graph, starts):
        if chosen is None:
            near = [graph.closeness(share, normalized=True) for share in _shares_of(graph, vertices)]
            means = [1 / value for value in itertools.chain.from_iterable(near)]
        else:
            means = _means(graph, vertices, chosen, _Term(float))
        for vertex, mean in zip(vertices, means, strict=True):
            values[vertex] = share / mean
    return values


def _harmonic(projection: Projection, starts: int | None = None) -> list[float]:
    """Marchiori and Latora 2000; as `networkx.harmonic_centrality` over the number of others.

    In parts of the graph with more entities than `starts`, by the steps from some, as for closeness.
    """
    graph = projection.graph
    values = [0.0] * graph.vcount()
    for share, vertices, chosen in _parts(graph, starts):
        if chosen is None:
            near = [graph.harmonic_centrality(share) for share in _shares_of(graph, vertices)]
            found = list(itertools.chain.from_iterable(near))
        else:
            found = [share * mean for mean in _means(graph, vertices, chosen, _Term(lambda steps: 1 / steps))]
        for vertex, value in zip(vertices, found, strict=True):
            values[vertex] = value
    return values


def _parts(graph: igraph.GraphBase, starts: int | None) -> Iterator[tuple[float, list[int], list[int] | None]]:
    """The connected parts of a graph: the share of all others that each vertex reaches, the vertices, and some of them.

    The last is None for what is counted from all of its vertices: those are listed together where they reach as many.
    """
    parts: dict[int, list[int]] = {}
    for vertex, part in enumerate(graph.connected_components()):
        parts.setdefault(part, []).append(vertex)
    small: dict[int, list[int]] = {}
    for vertices in parts.values():
        size = len(vertices)
        if starts is not None and size > starts:
            yield (size - 1) / (graph.vcount() - 1), vertices, _sample(vertices, max(starts, 2))
        elif size > 1:
            small.setdefault(size, []).extend(vertices)
    for size, vertices in small.items():
        yield (size - 1) / (graph.vcount() - 1), vertices, None


def _means(graph: igraph.GraphBase, vertices: list[int], chosen: list[int], term: _Term) -> list[float]:
    """For each vertex the mean of a term of its steps to the chosen ones other than itself."""
    sums = [0.0] * graph.vcount()
    for start in progress.steps("walking chains", chosen):
        # built-in functions only: a loop would take ten times as long
        sums = list(map(operator.add, sums, map(term.__getitem__, graph.distances([start])[0])))
    drawn = set(chosen)
    return [sums[vertex] / (len(chosen) - (vertex in drawn)) for vertex in vertices]


class _Term(dict[float, float]):
    """A function of numbers of steps, of which there are few; 0 for no step."""

    def __init__(self, function: Callable[[float], float]) -> None:
        super().__init__({0: 0.0})
        self.function = function

    def __missing__(self, steps: float) -> float:
        self[steps] = self.function(steps)
        return self[steps]


def _eigenvector(projection: Projection) -> list[float]:
    """Bonacich 1972; as `networkx.eigenvector_centrality`, over its greatest value."""
    return _scaled(_leading(projection.graph, [1.0] * len(projection.ids)))


def _pagerank(projection: Projection) -> list[float]:
    """Page, Brin, Motwani and Winograd 1999, damping 0.85; as `networkx.pagerank`."""
    values: list[float] = projection.graph.personalized_pagerank(damping=0.85)
    return values


def _hubs(projection: Projection) -> list[float]:
    """Kleinberg 1999; as `networkx.hits`, over its greatest value."""
    return _scaled(_hits(projection)[: len(projection.ids)])


def _authorities(projection: Projection) -> list[float]:
    """Kleinberg 1999; as `networkx.hits`, over its greatest value."""
    return _scaled(_hits(projection)[len(projection.ids) :])


def _hits(projection: Projection) -> list[float]:
    """Hubs, then authorities: the leading vector of the graph in which each vertex stands once as either."""
    import igraph

    count = len(projection.ids)
    edges = [(one, count + other) for one, other in projection.graph.get_edgelist()]
    return _leading(igraph.GraphBase(n=2 * count, edges=edges), [1.0] * count + [0.0] * count)


def _leading(graph: igraph.GraphBase, start: Sequence[float]) -> list[float]:
    """Where the power iteration of an undirected graph's adjacency tends to from `start`.

    That is the part of `start` in the space of the greatest eigenvalue. Components are taken one by one: in each the
    eigenvector is unique (Perron and Frobenius), over several with the same eigenvalue it is not.
    """
    members: dict[int, list[int]] = {}
    for vertex, part in enumerate(graph.connected_components()):
        members.setdefault(part, []).append(vertex)
    degrees = graph.degree()
    least = max(degrees, default=0)
    found: list[tuple[float, list[int], list[float]]] = []
    for vertices in members.values():
        # the square of the greatest eigenvalue is at least the greatest degree, and at most twice the edges
        if len(vertices) < 2 or sum(degrees[vertex] for vertex in vertices) < least:
            continue
        with warnings.catch_warnings():
            # values near 0, of which igraph warns, are what they are
            warnings.simplefilter("ignore", RuntimeWarning)
            part = graph.induced_subgraph(vertices)
            vector, eigenvalue = part.eigenvector_centrality(return_eigenvalue=True)
        found.append((eigenvalue, vertices, vector))
    values = [0.0] * graph.vcount()
    greatest = max((eigenvalue for eigenvalue, _, _ in found), default=0.0)
    for eigenvalue, vertices, vector in found:
        if math.isclose(eigenvalue, greatest, rel_tol=1e-9):
            weight = sum(start[vertex] * value for vertex, value in zip(vertices, vector, strict=True))
            norm = sum(value * value for value in vector)
            for vertex, value in zip(vertices, vector, strict=True):
                values[vertex] = max(value, 0.0) * weight / norm
    return values


def _scaled(values: list[float]) -> list[float]:
    greatest = max(values, default=0.0)
    return [value / greatest for value in values] if greatest else values


MEASURES: Final = (
    Measure(
        "degree",
        {"zh": "直接关系", "en": "direct relations"},
        {
            "zh": "与它直接相关的实体占全部实体的比例",
            "en": "share of all other entities that it is directly related to",
        },
        _degree,
    ),
    Measure(
        "in-degree",
        {"zh": "指向它的", "en": "relations to it"},
        {
            "zh": "有关系指向它的实体占全部实体的比例：有多少东西归结到它",
            "en": "share of all other entities of which something is asserted to it: how much comes down to it",
        },
        _in_degree,
        directed=True,
    ),
    Measure(
        "out-degree",
        {"zh": "由它出发的", "en": "relations from it"},
        {
            "zh": "它的关系所指向的实体占全部实体的比例：有多少东西由它说起",
            "en": "share of all other entities to which something is asserted of it: how much is said of it",
        },
        _out_degree,
        directed=True,
    ),
    Measure(
        "betweenness",
        {"zh": "居间", "en": "betweenness"},
        {
            "zh": "其他两个实体之间的最短链条经过它的比例：论证的枢纽",
            "en": "share of the shortest chains between two others that run through it: what the argument turns on",
        },
        _betweenness,
        estimate=_betweenness,
        sides=lambda projection: projection.ids,
    ),
    Measure(
        "closeness",
        {"zh": "邻近", "en": "closeness"},
        {
            "zh": "到其他实体平均步数的倒数：离整张图有多近",
            "en": "inverse of the mean number of steps to the others: how near it is to everything",
        },
        _closeness,
        estimate=_closeness,
    ),
    Measure(
        "harmonic",
        {"zh": "调和邻近", "en": "harmonic closeness"},
        {
            "zh": "到其他实体步数之倒数的平均，走不到的算 0：离整张图有多近，哪怕图不连通",
            "en": "mean of the inverse steps to each other, 0 where there is no way: nearness, also in a map of parts",
        },
        _harmonic,
        estimate=_harmonic,
    ),
    Measure(
        "eigenvector",
        {"zh": "特征向量", "en": "eigenvector"},
        {
            "zh": "与它相关的实体自身有多中心，最中心者为 1：身处论证的核心",
            "en": "how central those are that it is related to, 1 for the most: standing in the thick of the argument",
        },
        _eigenvector,
    ),
    Measure(
        "pagerank",
        {"zh": "网页排名", "en": "PageRank"},
        {
            "zh": "沿关系方向随机游走停在它上面的机会：论证指向哪里",
            "en": "chance that a random walk along the relations is at it: where the argument points to",
        },
        _pagerank,
        directed=True,
    ),
    Measure(
        "hubs",
        {"zh": "枢纽", "en": "hubs"},
        {
            "zh": "它指向多少公认的权威，最多者为 1：由它可以走到要害",
            "en": "how much it points to what many good pointers point to, 1 for the most: where to start from",
        },
        _hubs,
        directed=True,
    ),
    Measure(
        "authorities",
        {"zh": "权威", "en": "authorities"},
        {
            "zh": "有多少好的枢纽指向它，最多者为 1：众多论述共同的落点",
            "en": "how much good pointers point to it, 1 for the most: where many lines of argument meet",
        },
        _authorities,
        directed=True,
    ),
    Measure(
        "brokerage",
        {"zh": "跨文中介", "en": "brokerage"},
        {
            "zh": "一个只有此文引述、另一个只有彼文引述的两个实体之间，最短链条经过它的比例：谁把文章连在一起",
            "en": "share of the shortest chains through it between two others, of which only one text cites the one "
            "and only another text the other: who or what connects the texts",
        },
        _brokerage,
        estimate=_brokerage,
        sides=lambda projection: projection.alone,
    ),
)


def measure(id: str) -> Measure:
    """The measure of a name.

    Raises:
        LookupError: there is none of that name.
    """
    for candidate in MEASURES:
        if candidate.id == id:
            return candidate
    raise LookupError(f"no measure is called {id!r}: there are {', '.join(each.id for each in MEASURES)}")
