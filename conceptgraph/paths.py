"""Chains of argued relations between two entities, or two sets of them, with who holds them."""

from __future__ import annotations

import heapq
import itertools
import math
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from conceptgraph import progress
from conceptgraph.model import CONTESTED, UNATTRIBUTED, ArgumentMap, Relation
from conceptgraph.selection import Selection

STEP: Final = 100
BOOKKEEPING: Final = 100
DOUBTFUL: Final = 40
HUB: Final = 8
"""An entity with more neighbours than this costs more to pass through."""
WORK: Final = 3_000_000
"""How many steps a search looks at before it is given up; it takes seconds."""

CHOICES: Final = 20_000
"""How many choices of voices are tried before the best is taken to be the one that holds most."""

Chain: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain, walked from `start` to `end`.

    `relations` are all the relations between the two, each in the direction in which it is asserted: one whose
    subject is `end` is walked against its direction, and is read with the inverse label.
    """

    start: str
    end: str
    relations: tuple[Relation, ...]

    def __str__(self) -> str:
        return "; ".join(map(str, self.relations))

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

    def __str__(self) -> str:
        return " → ".join(self.entities)

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
        return tuple(voice.split()[0] for voice in _fewest(needed))


def _fewest(needed: Sequence[Collection[str]]) -> list[str]:
    """The fewest members that meet every set, the first such by name; of very many choices, few rather than fewest."""
    alone = {next(iter(each)) for each in needed if len(each) == 1}
    open = [frozenset(each) for each in needed if alone.isdisjoint(each)]
    everybody = sorted(frozenset().union(*open))
    choices = (choice for count in range(len(open) + 1) for choice in itertools.combinations(everybody, count))
    for choice in itertools.islice(choices, CHOICES):
        if all(not each.isdisjoint(choice) for each in open):
            return sorted(alone.union(choice))
    while open:
        best = max(everybody, key=lambda one: sum(one in each for each in open))
        alone.add(best)
        open = [each for each in open if best not in each]
    return sorted(alone)


class Paths(list[Path]):
    """Chains by weight. `cut` says that the search was given up, so that there may be more."""

    cut = False


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
    work: int = WORK,
) -> Paths:
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
        work: how many steps to look at before the search is given up; as many again for each entity to pass.

    Returns:
        Chains by weight; none where the two are not connected, or are the same. Where the search was given up, these
        are still the lightest, but there may be more.

    Source: J. Y. Yen, "Finding the k shortest loopless paths in a network", Management Science 17 (1971), with the
    chains parted as by E. L. Lawler, Management Science 18 (1972), and the parts searched by A* only when their turn
    comes; `networkx.shortest_simple_paths` is its definition in the tests.
    """
    starts = {start} if isinstance(start, str) else set(start)
    ends = ({end} if isinstance(end, str) else set(end)) - starts
    web = _Web(map, selection or Selection(), directed, {*starts, *ends, *through}, set(avoid))
    chains = _chains(web, [starts, *({id} for id in through), ends], count, max_length, work)
    paths = Paths(web.path(nodes) for nodes in itertools.islice(chains, count))
    paths.cut = web.cut
    progress.over()
    return paths


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
    cut = tuple(index for index, step in enumerate(steps) if step.end not in web.after.get(step.start, ()))
    reached = steps[cut[0]].start if cut else steps[-1].end
    return Obstacle(paths[0], cut, reached)


class _Web:
    """The entities and the steps between them that a search may take.

    `after` has for each entity those that a step leads to, each with the relations between the two; `before` those
    that a step leads from. `cut` says that a search in it was given up.
    """

    def __init__(
        self, map: ArgumentMap, selection: Selection, directed: bool, named: set[str], avoid: set[str]
    ) -> None:
        closed = (set(map.sources) | avoid) - (named - avoid)
        self.map = map
        self.cut = False
        self.after: dict[str, dict[str, list[Relation]]] = {}
        self.before: dict[str, dict[str, list[Relation]]] = {} if directed else self.after
        for relation in selection.relations(map):
            subject, predicate, object = relation.triple
            if subject in closed or object in closed or subject == object:
                continue
            self._link(subject, object, relation)
            if directed and map.predicates[predicate].symmetric:
                self._link(object, subject, relation)
        degrees = {id: len(self._neighbors(id)) for id in (self.after | self.before if directed else self.after)}
        self.hubs = {id: round(STEP / 2 * math.log2(count / HUB)) for id, count in degrees.items() if count > HUB}
        self.weights: dict[tuple[str, str], int] = {}

    def _link(self, one: str, other: str, relation: Relation) -> None:
        between = self.after.setdefault(one, {}).get(other)
        if between is None:
            # walked both ways, this is one list that is found from either end
            between = self.after[one][other] = self.before.setdefault(other, {})[one] = []
        between.append(relation)

    def _neighbors(self, id: str) -> Collection[str]:
        return self.after[id] if self.after is self.before else {*self.after.get(id, ()), *self.before.get(id, ())}

    def step(self, one: str, other: str) -> int:
        """What a step weighs, whatever it leads into."""
        weight = self.weights.get((one, other))
        if weight is None:
            step = Step(one, other, tuple(self.after[one][other]))
            bookkeeping = all(self.map.predicates[relation.predicate].bookkeeping for relation in step.relations)
            weight = STEP + BOOKKEEPING * bookkeeping + DOUBTFUL * step.inferred + DOUBTFUL * step.contested
            self.weights[one, other] = weight
        return weight

    def weight(self, root: Chain) -> int:
        """What the beginning of a chain weighs, that into its last entity included."""
        steps = sum(itertools.starmap(self.step, itertools.pairwise(root)))
        return steps + sum(self.hubs.get(id, 0) for id in root[1:])

    def path(self, nodes: Chain) -> Path:
        """The chain through some entities."""
        return Path(tuple(Step(*pair, tuple(self.after[pair[0]][pair[1]])) for pair in itertools.pairwise(nodes)))


def _chains(
    web: _Web, stops: Sequence[Collection[str]], count: int, max_length: int | None, work: int
) -> Iterator[Chain]:
    """Chains that pass some stops in order. Those to each stop but the last are the lightest few."""
    chains: Iterator[Chain] = iter([()])
    passed = [stop for stop, _ in itertools.groupby(stops)]
    for ahead, (starts, ends) in zip(range(len(passed) - 2, -1, -1), itertools.pairwise(passed), strict=True):
        search = _Search(web, starts, ends, None if max_length is None else max_length - ahead, work)
        chains = search.chains(list(chains))
        if ahead:
            chains = itertools.islice(chains, max(4 * count, 12))
    return chains


class _GivenUp(Exception):
    pass


class _Label(NamedTuple):
    """A chain as far as it goes: what it weighs at least when it has reached an end, and the way behind it."""

    least: float
    left: float
    turn: int
    id: str
    weight: int
    steps: int
    behind: _Label | None


class _Part(NamedTuple):
    """The chains that begin with `root` and do not go on to any of `barred`; and, once it is known, the lightest."""

    least: float
    turn: int
    root: Chain
    barred: frozenset[str]
    lightest: Chain | None = None


class _Search:
    """The lightest chains from any start to any end; the entities between them are neither."""

    def __init__(
        self, web: _Web, starts: Collection[str], ends: Collection[str], max_length: int | None, work: int
    ) -> None:
        self.web = web
        self.starts = {id: None for id in sorted(starts) if id in web.after or id in web.before}
        self.ends = set(ends)
        self.max_length = max_length
        self.work = work
        self.looked = 0
        self.turns = itertools.count()
        # the weight of the way to an end from where it is known; from anywhere else it is at least as much as `far`
        self.left: dict[str, int] = {}
        self.far = self._walk_back()

    def _walk_back(self) -> float:
        """Weigh the ways to the nearest end, until a start is reached."""
        web, left = self.web, self.left
        heap = [(0, id) for id in sorted(self.ends)]
        while heap:
            weight, id = heapq.heappop(heap)
            if id in left:
                continue
            left[id] = weight
            if id in self.starts:
                return weight
            weight += self._entering(id)
            for other in web.before.get(id, ()):
                if other not in left:
                    heapq.heappush(heap, (weight + web.step(other, id), other))
        return math.inf

    def _entering(self, id: str) -> int:
        # what is asked for is no shortcut, however many neighbours it has
        return 0 if id in self.ends or id in self.starts else self.web.hubs.get(id, 0)

    def chains(self, roots: Iterable[Chain]) -> Iterator[Chain]:
        """Chains that begin with some root, by weight, until there are no more or the search is given up.

        A root is nothing, or ends with a start.
        The lightest chain of a part splits the rest of it into parts that share none. A part waits with the least that
        its chains can weigh, and is searched when nothing lighter waits.
        """
        parts: list[_Part] = []
        try:
            for root in roots:
                self._wait(parts, root, frozenset())
            while parts:
                part = heapq.heappop(parts)
                progress.step("looking for chains", self.looked)
                if part.lightest is None:
                    self._search(parts, part)
                    continue
                yield part.lightest
                for length in range(len(part.root), len(part.lightest)):
                    barred = part.barred if length == len(part.root) else frozenset[str]()
                    self._wait(parts, part.lightest[:length], barred | {part.lightest[length]})
        except _GivenUp:
            self.web.cut = True

    def _wait(self, parts: list[_Part], root: Chain, barred: frozenset[str]) -> None:
        least = min((label.least for label in self._onward(root, barred)), default=math.inf)
        if least < math.inf:
            heapq.heappush(parts, _Part(least, next(self.turns), root, barred))

    def _search(self, parts: list[_Part], part: _Part) -> None:
        """Put a part back with its lightest chain, if it has any."""
        closed = {*part.root, *self.starts}
        # a way of more weight is of use only where the length is bounded, and it takes fewer steps
        fewest: dict[str, int] = {}
        labels = list(self._onward(part.root, part.barred))
        heapq.heapify(labels)
        while labels:
            label = heapq.heappop(labels)
            if label.steps >= fewest.get(label.id, sys.maxsize):
                continue
            if label.id in self.ends:
                # in front of what waits with as much: else all chains of one weight would be sought before the first
                turn = -next(self.turns)
                heapq.heappush(parts, part._replace(least=label.least, turn=turn, lightest=part.root + _way(label)))
                return
            fewest[label.id] = 0 if self.max_length is None else label.steps
            for further in self._labels(label.id, label.weight, label.steps + 1, closed, label):
                heapq.heappush(labels, further)

    def _onward(self, root: Chain, barred: frozenset[str]) -> Iterator[_Label]:
        """The ways on from a root, one step long."""
        if root:
            weight = self.web.weight(root)
            return self._labels(root[-1], weight, len(root), {*root, *self.starts, *barred}, None)
        return self._labels(None, 0, 0, barred, None)

    def _labels(
        self, id: str | None, weight: int, steps: int, closed: Collection[str], behind: _Label | None
    ) -> Iterator[_Label]:
        if self.max_length is not None and steps > self.max_length:
            return
        for other in self.starts if id is None else self.web.after.get(id, ()):
            if other in closed:
                continue
            self.looked += 1
            if self.looked > self.work:
                raise _GivenUp
            left = self.left.get(other, self.far)
            total = weight if id is None else weight + self.web.step(id, other) + self._entering(other)
            if left < math.inf:
                yield _Label(total + left, left, next(self.turns), other, total, steps, behind)


def _way(label: _Label | None) -> Chain:
    """The entities that a label has behind it, and its own."""
    ids = []
    while label is not None:
        ids.append(label.id)
        label = label.behind
    return tuple(reversed(ids))
