"""Relations that cannot stand beside each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Final

from conceptgraph.diagnostics import Finding, Note, Severity, Span
from conceptgraph.model import DENIED, ArgumentMap, Citation, Triple
from conceptgraph.rules import Subject, rule

_TOLD: Final = 6
"""How many steps of a cycle are told."""


@rule(Severity.WARNING)
def hierarchy_cycle(subject: Subject) -> Iterator[Finding]:
    """Relations of a hierarchy lead back to where they began: a is part of b, and b of a.

    Predicates with `acyclic: true` in the vocabulary make hierarchies and orders. Take one of the relations back, or
    find the narrower one that is meant. What is only denied does not count.
    """
    map = subject.map
    edges: dict[str, dict[str, list[str]]] = {id: {} for id, each in map.predicates.items() if each.acyclic}
    for relation in map.relations.values():
        one, predicate, other = relation.triple
        if predicate in edges and one != other and relation.status != DENIED:
            edges[predicate].setdefault(one, []).append(other)
    for predicate, leads in edges.items():
        for cycle, length in _cycles(leads):
            told = cycle[:_TOLD]
            way = " → ".join([*told, *(["…"] if length > _TOLD else []), cycle[0]])
            steps = [_place(map, Triple(one, predicate, other)) for one, other in itertools.pairwise(told)]
            closing = _place(map, Triple(cycle[-1], predicate, cycle[0]))
            notes = tuple(Note("and here", step) for step in steps)
            yield Finding(closing, f"{predicate!r} goes in a circle: {way}", notes)


@rule(Severity.WARNING)
def relation_both_ways(subject: Subject) -> Iterator[Finding]:
    """A relation that reads the same both ways is stated both ways.

    The two are one relation; as two they count twice, and their citations are torn apart. Write all of them one way.
    """
    map = subject.map
    symmetric = {predicate.id for predicate in map.predicates.values() if predicate.symmetric}
    for relation in map.relations.values():
        turned = Triple(relation.object, relation.predicate, relation.subject)
        if relation.predicate in symmetric and turned < relation.triple and turned in map.relations:
            first, second = sorted((_place(map, relation.triple), _place(map, turned)))
            message = f"{relation.predicate!r} reads the same both ways and is stated both ways"
            yield Finding(second, message, (Note("first here", first),), "write it as it stands there")


@rule(Severity.WARNING)
def self_contradiction(subject: Subject) -> Iterator[Finding]:
    """The same voice says something and its opposite in the same place.

    The opposite is the `opposite` of the predicate, or the same triple denied. Perhaps the voices are two, or the text
    only reports one of them (`by`, `stance`), or it holds at different times or in different ways (`when`, `modality`,
    `condition`).
    """
    map = subject.map
    contrary = _Contrary(map)
    said: dict[object, tuple[Citation, Triple]] = {}
    told: set[Span] = set()
    for relation in map.relations.values():
        triple = relation.triple
        opposed, same = contrary.of(triple), contrary.readings(triple)
        if len(relation.citations) == 1 and map.relations.keys().isdisjoint([*opposed, *same[1:]]):
            continue
        for citation in relation.citations:
            setting = (citation.place, citation.modality, citation.when, tuple(citation.condition.items()))
            for voices, holds in ((citation.holders, True), (citation.opponents, False)):
                against = [(each, not holds) for each in same] + [(each, True) for each in opposed if holds]
                for voice in sorted(voices):
                    others = [said.get((setting, voice, *each)) for each in against]
                    said.setdefault((setting, voice, triple, holds), (citation, triple))
                    for other, theirs in filter(None, others):
                        first, second = sorted((citation.origin.span, other.origin.span))
                        if first != second and second not in told:
                            told.add(second)
                            and_also = "it does not" if theirs in same else theirs
                            message = f"{voice!r} says in {citation.place} that {triple} and that {and_also}"
                            yield Finding(second, message, (Note("the opposite is said here", first),))


class _Contrary:
    """Which triples say the opposite of a triple, and which say the same."""

    def __init__(self, map: ArgumentMap) -> None:
        self.symmetric = {predicate.id for predicate in map.predicates.values() if predicate.symmetric}
        self.opposites: dict[str, list[str]] = {}
        for predicate in map.predicates.values():
            if predicate.opposite is not None:
                self.opposites.setdefault(predicate.id, []).append(predicate.opposite)
                self.opposites.setdefault(predicate.opposite, []).append(predicate.id)

    def readings(self, triple: Triple) -> list[Triple]:
        """A triple and, where it reads the same both ways, the same turned round."""
        one, predicate, other = triple
        return [triple, Triple(other, predicate, one)] if predicate in self.symmetric else [triple]

    def of(self, triple: Triple) -> list[Triple]:
        """The triples that say the opposite."""
        return [
            Triple(one, opposite, other)
            for opposite in self.opposites.get(triple.predicate, ())
            for each in dict.fromkeys((*self.readings(triple), *self.readings(triple._replace(predicate=opposite))))
            for one, _, other in [each]
        ]


def _place(map: ArgumentMap, triple: Triple) -> Span:
    """Where a relation is first stated in the files."""
    return min(citation.origin.span for citation in map.relations[triple].citations)


def _cycles(edges: Mapping[str, list[str]]) -> Iterator[tuple[list[str], int]]:
    """Ways that lead back to where they began, one for each edge that closes one; the beginning of each, its length.

    A walk in depth, once over every edge: there is a cycle where it meets a node that it has not yet left.
    """
    entered: dict[str, int] = {}
    left: set[str] = set()
    for root in edges:
        if root in entered:
            continue
        way, rest = [root], [iter(edges[root])]
        entered[root] = 0
        while way:
            for node in rest[-1]:
                if node not in entered:
                    entered[node] = len(way)
                    way.append(node)
                    rest.append(iter(edges.get(node, ())))
                    break
                if node not in left:
                    start = entered[node]
                    length = len(way) - start
                    yield [*way[start : start + _TOLD], *way[max(start + _TOLD, len(way) - 1) :]], length
            else:
                left.add(way.pop())
                rest.pop()
