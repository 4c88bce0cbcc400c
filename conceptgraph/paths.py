"""Chains of argued relations between two entities, or two sets of them, with who holds them."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from conceptgraph.model import CONTESTED, UNATTRIBUTED, ArgumentMap, Relation
from conceptgraph.selection import Selection

STEP: Final = 100
BOOKKEEPING: Final = 100
DOUBTFUL: Final = 40
HUB: Final = 8
"""An entity with more neighbours than this costs more to pass through."""


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain, walked from `start` to `end`.

    `relations` are all the relations between the two, each in the direction in which it is asserted: one whose
    subject is `end` is walked against its direction, and is read with the inverse label.
    """

    start: str
    end: str
    relations: tuple[Relation, ...]

    @property
    def holders(self) -> frozenset[str]:
        """Everybody who holds one of the relations."""
        return frozenset().union(*(relation.holders for relation in self.relations))

    @property
    def contested(self) -> bool:
        """Whether the step stands on contested relations only."""
        return all(relation.status == CONTESTED for relation in self.relations)

    @property
    def inferred(self) -> bool:
        """Whether the step stands on the curator's inference only."""
        return all(citation.inferred for relation in self.relations for citation in relation.citations)

    @property
    def modality(self) -> str | None:
        """How the step is said where nobody simply asserts it: the modality of its first citation."""
        modalities = [citation.modality for relation in self.relations for citation in relation.citations]
        return None if not modalities or "asserted" in modalities else modalities[0]

    @property
    def doubts(self) -> int:
        """How weak the step is: contested weighs most, then inferred, then not simply asserted."""
        return 4 * self.contested + 2 * self.inferred + (self.modality is not None)


@dataclass(frozen=True)
class Path:
    """A chain of steps; no entity stands in it twice."""

    steps: tuple[Step, ...]

    @property
    def entities(self) -> tuple[str, ...]:
        """The ids along the chain, both ends included."""
        return (self.steps[0].start, *(step.end for step in self.steps))

    @property
    def length(self) -> int:
        """How many steps it takes."""
        return len(self.steps)

    @property
    def weakest(self) -> int | None:
        """The index of the step with the gravest doubts, the first of several; None where no step has any."""
        doubts = [step.doubts for step in self.steps]
        return doubts.index(max(doubts)) if any(doubts) else None

    @cached_property
    def voices(self) -> tuple[str, ...]:
        """The fewest voices that together hold every step; one, where somebody argues the whole chain.

        A voice without a name stands for nobody else's: two steps on such quotations count as two voices.
        """
        needed = [step.holders - {UNATTRIBUTED} or {f"{UNATTRIBUTED} {n}"} for n, step in enumerate(self.steps)]
        everybody = sorted(frozenset().union(*needed))
        for count in range(1, len(needed) + 1):
            for voices in itertools.combinations(everybody, count):
                if all(not holders.isdisjoint(voices) for holders in needed):
                    return tuple(voice.split()[0] for voice in voices)
        return tuple(everybody)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why there is no chain.

    `path` is the chain that there would be without any limit, None where nothing connects the two at all; `cut` are
    the indices of its steps that the limits do not allow; `reached` is how far it can be walked from its start.
    """

    path: Path | None
    cut: tuple[int, ...]
    reached: str


def shortest_paths(
    map: ArgumentMap,
    start: str | Collection[str],
    end: str | Collection[str],
    count: int = 3,
    *,
    directed: bool = False,
    selection: Selection | None = None,
    max_length: int | None = None,
    avoid: Collection[str] = (),
    through: Sequence[str] = (),
) -> list[Path]:
    """The shortest chains between two entities, or from any of some to any of others, given by id.

    Relations are walked in both directions, or, `directed`, only from subject to object. A chain does not run through
    a text that the map reads: that an essay states two things does not connect them. Chains through the same entities
    are one chain, whose steps carry all the relations between two neighbours.

    Short means little weight. A step weighs 1. It weighs 1 more where it only keeps records (who wrote what), 0.4 more
    where it stands on the curator's inference only, 0.4 more where it is contested, and more, by half the binary
    logarithm of the degree over 8, where it leads into an entity with more than 8 neighbours: a hub joins everything.

    Args:
        map: the argument map.
        start: the id of the entity to begin with, or several.
        end: the id of the entity to reach, or several.
        count: how many chains to find at most.
        directed: walk relations only as they are asserted.
        selection: which relations to walk; None means all that somebody holds.
        max_length: the most steps that a chain may have.
        avoid: ids of entities that a chain must not touch.
        through: ids of entities that a chain must pass, in this order.

    Returns:
        Chains by weight; none where the two are not connected, or are the same.

    Source: J. Y. Yen, "Finding the k shortest loopless paths in a network", Management Science 17 (1971), as igraph
    implements it; `networkx.shortest_simple_paths` is its definition in the tests.
    """
    starts = {start} if isinstance(start, str) else set(start)
    ends = ({end} if isinstance(end, str) else set(end)) - starts
    web = _Web(map, selection or Selection(), directed, {*starts, *ends, *through}, set(avoid))
    if through:
        chains = _joined(web, [starts, *({id} for id in through), ends], count)
    else:
        chains = web.chains(starts, ends, count)
    if max_length is not None:
        chains = (nodes for nodes in chains if len(nodes) - 1 <= max_length)
    return [web.path(nodes) for nodes in itertools.islice(chains, count)]


def obstacle(
    map: ArgumentMap,
    start: str | Collection[str],
    end: str | Collection[str],
    *,
    directed: bool = False,
    selection: Selection | None = None,
    avoid: Collection[str] = (),
) -> Obstacle:
    """Why `shortest_paths` finds nothing under these limits: the chain without them, and what of it they cut."""
    starts = {start} if isinstance(start, str) else set(start)
    paths = shortest_paths(map, starts, end, 1)
    if not paths:
        return Obstacle(None, (), min(starts, default=""))
    web = _Web(map, selection or Selection(), directed, starts, set(avoid))
    steps = paths[0].steps
    cut = tuple(index for index, step in enumerate(steps) if (step.start, step.end) not in web.between)
    reached = steps[cut[0]].start if cut else steps[-1].end
    return Obstacle(paths[0], cut, reached)


class _Web:
    """The entities and the steps between them that a search may take."""

    def __init__(
        self, map: ArgumentMap, selection: Selection, directed: bool, named: set[str], avoid: set[str]
    ) -> None:
        closed = (set(map.sources) | avoid) - (named - avoid)
        self.map = map
        self.between: dict[tuple[str, str], list[Relation]] = {}
        for relation in selection.relations(map):
            subject, object = relation.subject, relation.object
            if subject in closed or object in closed or subject == object:
                continue
            self.between.setdefault((subject, object), []).append(relation)
            if not directed or map.predicates[relation.predicate].symmetric:
                self.between.setdefault((object, subject), []).append(relation)
        self.ids = sorted({id for pair in self.between for id in pair} | (named - closed))
        self.vertex = {id: index for index, id in enumerate(self.ids)}
        self.steps = {pair: self._step(relations) for pair, relations in self.between.items()}
        degree = dict.fromkeys(self.ids, 0)
        for one, other in self.between:
            degree[one] += 1
            degree[other] += (other, one) not in self.between
        self.hubs = {id: round(STEP / 2 * math.log2(count / HUB)) for id, count in degree.items() if count > HUB}

    def _step(self, relations: Iterable[Relation]) -> int:
        """What a step weighs, whatever it leads into."""
        step = Step("", "", tuple(relations))
        bookkeeping = all(self.map.predicates[relation.predicate].bookkeeping for relation in step.relations)
        return STEP + BOOKKEEPING * bookkeeping + DOUBTFUL * step.inferred + DOUBTFUL * step.contested

    def chains(self, starts: Collection[str], ends: Collection[str], count: int) -> Iterator[list[str]]:
        """The lightest chains from any start to any end, each as a list of ids; inner entities are neither."""
        # igraph starts in a third of the time of networkx, which costs more than all else that a question needs;
        # GraphBase is its core, and unlike Graph does not import numpy wherever that is installed
        import igraph

        starts, ends = ({id for id in ids if id in self.vertex} for ids in (starts, ends))
        # a chain leaves the starts once and enters the ends once
        pairs = [pair for pair in self.between if pair[1] not in starts and pair[0] not in ends]
        # two vertices more: before all starts, and behind all ends
        first, last = len(self.ids), len(self.ids) + 1
        edges = [(self.vertex[one], self.vertex[other]) for one, other in pairs]
        edges += [(first, self.vertex[id]) for id in sorted(starts)]
        edges += [(self.vertex[id], last) for id in sorted(ends)]
        # what is asked for is no shortcut, however many neighbours it has
        weights = [self.steps[pair] + (0 if pair[1] in ends else self.hubs.get(pair[1], 0)) for pair in pairs]
        weights += [1] * (len(edges) - len(pairs))
        graph = igraph.GraphBase(n=len(self.ids) + 2, edges=edges, directed=True)
        if graph.distances(first, last)[0][0] == math.inf:
            return
        for chain in graph.get_k_shortest_paths(first, last, k=count, mode="out", weights=weights, output="vpath"):
            yield [self.ids[index] for index in chain[1:-1]]

    def weight(self, nodes: Sequence[str]) -> int:
        """What a chain weighs."""
        steps = sum(self.steps[pair] for pair in itertools.pairwise(nodes))
        return steps + sum(self.hubs.get(id, 0) for id in nodes[1:-1])

    def path(self, nodes: Sequence[str]) -> Path:
        """The chain through some entities."""
        return Path(tuple(Step(*pair, tuple(self.between[pair])) for pair in itertools.pairwise(nodes)))


def _joined(web: _Web, stops: Sequence[Collection[str]], count: int) -> Iterator[list[str]]:
    """Chains that pass some stops in order: the lightest of those put together of a few chains between each two."""
    few = max(4 * count, 12)
    joined: list[list[str]] = [[id] for id in sorted(stops[0])]
    for ends in stops[1:]:
        legs = list(web.chains({nodes[-1] for nodes in joined}, ends, few))
        longer = (
            [*nodes, *leg[1:]]
            for nodes in joined
            for leg in legs
            if leg[0] == nodes[-1] and set(nodes).isdisjoint(leg[1:])
        )
        joined = heapq.nsmallest(few, longer, key=lambda nodes: (web.weight(nodes), nodes))
    yield from joined
