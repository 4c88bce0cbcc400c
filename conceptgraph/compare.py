"""Two texts, two sections or two voices side by side: what they share, where they agree, where they contradict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from conceptgraph.errors import UnknownTerm
from conceptgraph.model import DENIED, ArgumentMap, Citation, Predicate, Relation, Triple
from conceptgraph.suggest import nearest
from conceptgraph.terms import find, fold


@dataclass(frozen=True, slots=True)
class Side:
    """What is compared: a text, a section of one with all below it, or, with no `source`, a voice.

    `speaker` is the id of who holds what is said on this side: the text, or the voice.
    """

    speaker: str
    source: str | None = None
    section: str | None = None

    @property
    def id(self) -> str:
        """How the side is named: `progress`, `alienation/3.1`, `karl-marx`."""
        return f"{self.speaker}/{self.section}" if self.section else self.speaker

    def has(self, citation: Citation) -> bool:
        """Whether a citation stands in this text or section, or gives what this voice says."""
        if self.source is None:
            return self.speaker in citation.by
        return citation.within(self.id)

    def holds(self, relation: Relation) -> bool:
        """Whether the speaker says, in one of the citations of a relation, that it holds."""
        return any(self.speaker in citation.holders for citation in relation.citations)

    def opposes(self, relation: Relation) -> bool:
        """Whether the speaker says, in one of the citations of a relation, that it does not hold."""
        return any(self.speaker in citation.opponents for citation in relation.citations)


@dataclass(frozen=True, slots=True)
class Presence:
    """An entity, and how many relations it has on either side."""

    entity: str
    relations: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counterparts:
    """What either side says of the same two entities; each relation has the citations of its side only."""

    one: Relation
    other: Relation


@dataclass(frozen=True, slots=True)
class Distinction:
    """Entities of one side and of the other that are not to be taken for each other.

    They have a name in common (`word`), or a `relation` sets them apart.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    word: str | None = None
    relation: Relation | None = None


@dataclass(frozen=True)
class Comparison:
    """Two sides of a map.

    `shared` are the entities argued about on both sides, the bridges between them first; `own` those of one side only,
    the most argued about first. `common` relations are cited on both sides; of `contradictions` one side holds what
    the other denies or rejects, or both hold opposites. `agreements`, `disagreements` and `ties` join a proposition
    that only one side puts forward to one that only the other does, whoever says so: by a predicate of positive sign,
    of negative sign (or a symmetric one that opposes), or another; `theses` are the propositions that either side puts
    forward. `distinctions` are the same words in different senses.
    """

    sides: tuple[Side, Side]
    contradictions: tuple[Counterparts, ...]
    disagreements: tuple[Relation, ...]
    agreements: tuple[Relation, ...]
    ties: tuple[Relation, ...]
    distinctions: tuple[Distinction, ...]
    common: tuple[Counterparts, ...]
    shared: tuple[Presence, ...]
    own: tuple[tuple[Presence, ...], tuple[Presence, ...]]
    theses: tuple[frozenset[str], frozenset[str]]


def side(map: ArgumentMap, name: str) -> Side:
    """The text, the section or the voice of a name: `progress`, `alienation/3.1`, 马克思.

    A text comes before a concept of its name.

    Raises:
        UnknownTerm: there is none, or the entity of that name is cited nowhere.
        AmbiguousTerm: several entities have the name equally.
    """
    source, _, section = name.partition("/")
    if source in map.sources and (not section or section in map.sources[source].sections):
        return Side(source, source, section or None)
    if source in map.sources:
        sections = [f"{source}/{id}" for id in map.sources[source].sections]
        raise UnknownTerm(name, nearest(name, sections) or sections, "section")
    entity = find(map, name)
    if entity.id in map.sources:
        return Side(entity.id, entity.id)
    voices = {id for _, citation in map.citations() for id in citation.by}
    if entity.id not in voices:
        known = sorted(voices & map.entities.keys())
        raise UnknownTerm(name, nearest(entity.id, known) or known[:5], "text, section or voice")
    return Side(entity.id)


def compare(map: ArgumentMap, one: Side, other: Side) -> Comparison:
    """Two sides of a map against each other.

    An entity is argued about where a relation of it is cited that does more than keep records; the texts that the map
    reads, and a voice on its own side, do not count. A shared entity is a bridge by the number of its relations on
    the side where it has fewer; relations to a text are not counted. A proposition is put forward by a side that
    holds a relation of it, unless that relation only speaks against it.

    Args:
        map: the argument map.
        one: the first side, as `side` finds it.
        other: the second.
    """
    sides = _Gathered(map, one), _Gathered(map, other)
    counts = sides[0].counts, sides[1].counts
    everything = [Presence(id, (counts[0][id], counts[1][id])) for id in sorted(counts[0].keys() | counts[1].keys())]
    shared = [each for each in everything if each.entity in counts[0] and each.entity in counts[1]]
    shared.sort(key=lambda each: (-min(each.relations), -sum(each.relations), each.entity))
    alone = [
        tuple(
            sorted(
                (each for each in everything if each.entity in mine and each.entity not in theirs),
                key=lambda each: (-sum(each.relations), each.entity),
            )
        )
        for mine, theirs in (counts, counts[::-1])
    ]
    contradictions = tuple(_contradictions(map, *sides))
    contradicted = {(pair.one.triple, pair.other.triple) for pair in contradictions}
    common = [
        Counterparts(relation, sides[1].cited[key]) for key, relation in sides[0].cited.items() if key in sides[1].cited
    ]
    agreements, disagreements, ties = _between_theses(map, *sides)
    return Comparison(
        (one, other),
        contradictions,
        disagreements,
        agreements,
        ties,
        tuple(_distinctions(map, *counts)),
        tuple(pair for pair in common if (pair.one.triple, pair.other.triple) not in contradicted),
        tuple(shared),
        (alone[0], alone[1]),
        (sides[0].theses, sides[1].theses),
    )


class _Gathered:
    """What is cited on one side."""

    def __init__(self, map: ArgumentMap, side: Side) -> None:
        self.map = map
        self.side = side
        self.cited: dict[Triple, Relation] = {}
        for relation in map.relations.values():
            citations = tuple(filter(side.has, relation.citations))
            if citations:
                key = _key(map, relation.triple)
                known = self.cited.get(key)
                kept = known or relation
                self.cited[key] = kept._replace(citations=(*(known.citations if known else ()), *citations))

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many relations each entity has that is argued about here; none, where only the text itself states it."""
        counts: Counter[str] = Counter()
        for relation in self.cited.values():
            if self.map.predicates[relation.predicate].bookkeeping:
                continue
            ends = {relation.subject, relation.object}
            connects = ends.isdisjoint(self.map.sources)
            for end in ends - self.map.sources.keys() - {self.side.speaker}:
                counts[end] += connects
        return counts

    @cached_property
    def theses(self) -> frozenset[str]:
        """The propositions that are put forward here."""
        found = set()
        for relation in filter(self.side.holds, self.cited.values()):
            predicate = self.map.predicates[relation.predicate]
            if not predicate.bookkeeping:
                found.add(relation.subject)
                if predicate.sign >= 0 or predicate.symmetric:
                    found.add(relation.object)
        return frozenset(id for id in found if _proposes(self.map, id))


def _key(map: ArgumentMap, triple: Triple) -> Triple:
    """A triple, or of a symmetric predicate the one of its two readings that both sides are known by."""
    turned = Triple(triple.object, triple.predicate, triple.subject)
    return min(triple, turned) if map.predicates[triple.predicate].symmetric else triple


def _proposes(map: ArgumentMap, id: str) -> bool:
    return map.kinds[map.entities[id].kind].proposition


def _contradictions(map: ArgumentMap, one: _Gathered, other: _Gathered) -> Iterator[Counterparts]:
    opposites: dict[str, set[str]] = {}
    for predicate in map.predicates.values():
        if predicate.opposite is not None:
            opposites.setdefault(predicate.id, set()).add(predicate.opposite)
            opposites.setdefault(predicate.opposite, set()).add(predicate.id)
    for key, mine in one.cited.items():
        theirs = other.cited.get(key)
        if theirs is not None:
            if one.side.holds(mine) and other.side.opposes(theirs):
                yield Counterparts(_saying(mine, one.side, True), _saying(theirs, other.side, False))
            if one.side.opposes(mine) and other.side.holds(theirs):
                yield Counterparts(_saying(mine, one.side, False), _saying(theirs, other.side, True))
        if not one.side.holds(mine):
            continue
        subject, own, object = mine.triple
        against = set()
        for opposite in opposites.get(own, ()):
            against.add(_key(map, Triple(subject, opposite, object)))
            if map.predicates[own].symmetric or map.predicates[opposite].symmetric:
                against.add(_key(map, Triple(object, opposite, subject)))
        for triple in sorted(against):
            opposed = other.cited.get(triple)
            if opposed is not None and other.side.holds(opposed):
                yield Counterparts(_saying(mine, one.side, True), _saying(opposed, other.side, True))


def _saying(relation: Relation, side: Side, holds: bool) -> Relation:
    """A relation with those citations in which a side's speaker says that it holds, or that it does not."""
    citations = (each for each in relation.citations if side.speaker in (each.holders if holds else each.opponents))
    return relation._replace(citations=tuple(citations))


def _between_theses(
    map: ArgumentMap, one: _Gathered, other: _Gathered
) -> tuple[tuple[Relation, ...], tuple[Relation, ...], tuple[Relation, ...]]:
    """The relations between a thesis of one side only and one of the other only: agreement, disagreement, the rest."""
    first, second = one.theses - other.theses, other.theses - one.theses
    opposing = _opposing(map)
    result: tuple[list[Relation], list[Relation], list[Relation]] = ([], [], [])
    for relation in map.relations.values():
        predicate = map.predicates[relation.predicate]
        subject, object = relation.subject, relation.object
        across = (subject in first and object in second) or (subject in second and object in first)
        if across and relation.status != DENIED and not predicate.bookkeeping:
            against = predicate.sign < 0 or predicate.id in opposing
            result[0 if predicate.sign > 0 else 1 if against else 2].append(relation)
    # what is plainly opposed stands before what merely differs
    result[1].sort(key=lambda relation: map.predicates[relation.predicate].sign)
    return tuple(result[0]), tuple(result[1]), tuple(result[2])


def _opposing(map: ArgumentMap) -> frozenset[str]:
    """The symmetric predicates that set two entities apart: of negative sign, or of none in a family that opposes.

    A family opposes where more of its predicates are of negative sign than of positive.
    """
    balance: Counter[str] = Counter()
    for predicate in map.predicates.values():
        balance[predicate.family] += predicate.sign

    def opposes(predicate: Predicate) -> bool:
        return predicate.sign < 0 or (predicate.sign == 0 and balance[predicate.family] < 0)

    return frozenset(each.id for each in map.predicates.values() if each.symmetric and opposes(each))


def _distinctions(map: ArgumentMap, one: Mapping[str, int], other: Mapping[str, int]) -> Iterator[Distinction]:
    called: dict[str, dict[str, str]] = {}
    for id in sorted(one.keys() | other.keys()):
        for name in map.entities[id].names:
            called.setdefault(fold(name), {}).setdefault(id, name)
    seen = set()
    for names in called.values():
        both = tuple(id for id in names if id in one and id in other)
        mine = tuple(id for id in names if id not in other) or both
        theirs = tuple(id for id in names if id not in one) or both
        if mine and theirs and mine != theirs and (mine, theirs) not in seen:
            seen.add((mine, theirs))
            yield Distinction(mine, theirs, names[mine[0]])
    opposing = _opposing(map)
    for relation in map.relations.values():
        ends = relation.subject, relation.object
        if relation.predicate not in opposing or relation.status == DENIED or all(_proposes(map, id) for id in ends):
            continue
        for first, second in (ends, ends[::-1]):
            across = first in one and first not in other and second in other and second not in one
            if across and ((first,), (second,)) not in seen:
                seen.add(((first,), (second,)))
                yield Distinction((first,), (second,), None, relation)
