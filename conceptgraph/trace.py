"""Chains over one family of relations, as a tree: remedies, causes, effects."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from conceptgraph.model import DENIED, ArgumentMap, Relation
from conceptgraph.selection import Selection

OPEN, ELSEWHERE, CIRCLE, DEEPER, REFUSED = "open", "elsewhere", "circle", "deeper", "denied"
ENDINGS: Final = (OPEN, ELSEWHERE, CIRCLE, DEEPER, REFUSED)


@dataclass(frozen=True, slots=True)
class Branch:
    """A step of a tree, `depth` steps from its root, from `start` to `end` by all the relations between the two.

    `goes_on` says what comes behind `end`: `open`, its own branches, if it has any; `elsewhere`, they stand where it
    is met first; `circle`, it stands on the way from the root; `deeper`, the tree is cut here; `denied`, nothing,
    since the step is only denied.
    """

    depth: int
    start: str
    end: str
    relations: tuple[Relation, ...]
    goes_on: str = OPEN


@dataclass(frozen=True, slots=True)
class Trace:
    """What follows from an entity, or leads to it: branches in reading order, each before those behind it.

    `reached` counts the entities in it, `root` not among them; `cut` says that there is more.
    """

    root: str
    branches: tuple[Branch, ...]
    cut: bool

    @property
    def reached(self) -> int:
        return len({branch.end for branch in self.branches if branch.goes_on != REFUSED} - {self.root})


def trace(
    map: ArgumentMap,
    root: str,
    selection: Selection,
    *,
    direction: str = "out",
    depth: int = 4,
    limit: int = 1000,
) -> Trace:
    """What is reached from an entity, given by id, over the relations of a selection.

    The branches behind an entity stand once, where the fewest steps reach it; where it is met again it is not walked
    again. Nothing is reached through a relation that is only denied, nor through a text that the map reads.

    Args:
        map: the argument map.
        root: the id of the entity to begin with.
        selection: which relations to walk: a family's, say.
        direction: `out` from subject to object (effects), `in` from object to subject (causes).
        depth: how many steps to go.
        limit: how many branches to find at most; the farthest are left out.
    """
    steps = _steps(map, selection, direction)
    ways: dict[str, tuple[str, ...]] = {root: (root,)}
    children: dict[str, list[Branch]] = {}
    waiting = deque([root])
    count, cut = 0, False
    while waiting:
        start = waiting.popleft()
        way = ways[start]
        children[start] = []
        for end, relations in steps.get(start, {}).items():
            if len(way) > 1 and end == way[-2]:
                # what reads the same both ways is not walked back
                relations = tuple(each for each in relations if each not in steps[end][start])
                if not relations:
                    continue
            if count == limit:
                cut = True
                break
            count += 1
            goes_on = _goes_on(end, relations, ways, way)
            if goes_on == OPEN and end not in map.sources:
                ways[end] = (*way, end)
                if len(way) < depth:
                    waiting.append(end)
                elif any(next_end not in way for next_end in steps.get(end, ())):
                    goes_on, cut = DEEPER, True
            children[start].append(Branch(len(way), start, end, relations, goes_on))
    return Trace(root, tuple(_in_reading_order(root, children)), cut)


def _goes_on(end: str, relations: tuple[Relation, ...], met: Mapping[str, object], way: tuple[str, ...]) -> str:
    if all(relation.status == DENIED for relation in relations):
        return REFUSED
    if end in way:
        return CIRCLE
    return ELSEWHERE if end in met else OPEN


def _steps(map: ArgumentMap, selection: Selection, direction: str) -> dict[str, dict[str, tuple[Relation, ...]]]:
    """The relations from each entity to each that they lead to; those that somebody holds first."""
    steps: dict[str, dict[str, tuple[Relation, ...]]] = {}
    for relation in sorted(selection.relations(map), key=lambda each: (each.status == DENIED, each.triple)):
        start, end = relation.subject, relation.object
        if start == end:
            continue
        ways = [(start, end), (end, start)] if direction == "out" else [(end, start), (start, end)]
        for first, second in ways if map.predicates[relation.predicate].symmetric else ways[:1]:
            known = steps.setdefault(first, {})
            known[second] = (*known.get(second, ()), relation)
    return steps


def _in_reading_order(root: str, children: dict[str, list[Branch]]) -> list[Branch]:
    ordered: list[Branch] = []
    pending = children.get(root, [])[::-1]
    while pending:
        branch = pending.pop()
        ordered.append(branch)
        if branch.goes_on == OPEN:
            pending += children.get(branch.end, [])[::-1]
    return ordered
