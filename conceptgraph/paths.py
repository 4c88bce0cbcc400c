"""Chains of argued relations between two entities, with who holds them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from conceptgraph.model import CONTESTED, UNATTRIBUTED, ArgumentMap, Relation
from conceptgraph.selection import Selection


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


def shortest_paths(
    map: ArgumentMap,
    start: str,
    end: str,
    count: int = 3,
    *,
    directed: bool = False,
    selection: Selection | None = None,
    max_length: int | None = None,
) -> list[Path]:
    """The shortest chains between two entities, given by id: the fewest steps first.

    Among chains of the same length those come first that rest least on the curator's inference and on predicates
    that only keep records.

    Relations are walked in both directions, or, `directed`, only from subject to object. A chain does not run through
    a text that the map reads: that an essay states two things does not connect them. Chains through the same entities
    are one chain, whose steps carry all the relations between two neighbours.

    Args:
        map: the argument map.
        start: the id of the entity to begin with.
        end: the id of the entity to reach.
        count: how many chains to find at most.
        directed: walk relations only as they are asserted.
        selection: which relations to walk; None means all that somebody holds.
        max_length: the most steps that a chain may have.

    Returns:
        Chains by length; none where the two are not connected, or are the same.

    Source: J. Y. Yen, "Finding the k shortest loopless paths in a network", Management Science 17 (1971), as igraph
    implements it; `networkx.shortest_simple_paths` is its definition in the tests.
    """
    # igraph starts in a third of the time of networkx, which costs more than all else that a question needs;
    # GraphBase is its core, and unlike Graph does not import numpy wherever that is installed
    import igraph

    avoided = set(map.sources) - {start, end}
    between: dict[tuple[str, str], list[Relation]] = {}
    for relation in (selection or Selection()).relations(map):
        subject, object = relation.subject, relation.object
        if subject in avoided or object in avoided or subject == object:
            continue
        between.setdefault((subject, object), []).append(relation)
        if not directed or map.predicates[relation.predicate].symmetric:
            between.setdefault((object, subject), []).append(relation)
    ids = sorted({start, end, *(id for pair in between for id in pair)})
    if start == end:
        return []
    vertex = {id: index for index, id in enumerate(ids)}
    graph = igraph.GraphBase(n=len(ids), edges=[(vertex[one], vertex[other]) for one, other in between], directed=True)
    costs = [_cost(map, relations) for relations in between.values()]
    first, last = vertex[start], vertex[end]
    if graph.distances(first, last)[0][0] == float("inf"):
        return []
    found = []
    for vertices in graph.get_k_shortest_paths(first, last, k=count, mode="out", weights=costs, output="vpath"):
        if max_length is not None and len(vertices) - 1 > max_length:
            break
        nodes = [ids[index] for index in vertices]
        steps = (Step(one, other, tuple(between[one, other])) for one, other in itertools.pairwise(nodes))
        found.append(Path(tuple(steps)))
    return found


def _cost(map: ArgumentMap, relations: Iterable[Relation]) -> int:
    """What a step costs: more steps always cost more than fewer, up to fifty of them.

    Between chains of the same length, one is dearer for each step that stands on the curator's inference only, and
    for each that only keeps records.
    """
    relations = tuple(relations)
    inferred = all(citation.inferred for relation in relations for citation in relation.citations)
    bookkeeping = all(map.predicates[relation.predicate].bookkeeping for relation in relations)
    return 100 + inferred + bookkeeping
