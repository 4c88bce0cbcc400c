"""Who argues something, and who reports, concedes, denies or rejects it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from conceptgraph.model import UNATTRIBUTED, ArgumentMap, Citation, Relation
from conceptgraph.selection import Selection

ATTITUDES: Final = (
    "argues",
    "endorses",
    "concedes",
    "reports",
    "supports",
    "opposes",
    "denies",
    "rejects",
    "mentions",
)
"""What a voice can do with a thing that is said, from holding it to merely speaking of it."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a voice takes an attitude: the relation, and the citation of it in which the voice speaks."""

    attitude: str
    voice: str
    relation: Relation
    citation: Citation

    def __str__(self) -> str:
        return f"{self.voice} {self.attitude}: {self.relation} ({self.citation})"


def who_argues(map: ArgumentMap, entity: str, selection: Selection | None = None) -> list[Position]:
    """Who says what of an entity, given by id.

    Of a proposition, the attitudes are to the proposition: a voice argues it, a text goes along with that (endorses),
    concedes, reports or rejects it; who is named as reporting the voice reports it; a voice that denies is cited with
    a denial, as is a text that goes along with one. Who holds a relation of positive or negative sign that leads to
    it supports or opposes it; who says anything else of it mentions it. Of any other entity, the attitudes are to its
    relations.

    Args:
        map: the argument map.
        entity: the id of the entity.
        selection: which relations and citations to heed; None means all, denied ones among them.

    Returns:
        Positions, by attitude in the order of `ATTITUDES`, then by voice, the texts that the map reads last.
    """
    proposition = map.kinds[map.entities[entity].kind].proposition
    speakers = _speakers(map) if proposition else frozenset()
    found: list[Position] = []
    for relation in _heeded(map.incident.get(entity, ()), map, selection):
        attributes = relation.object == entity and (relation.subject in speakers or _attributes(map, relation))
        if proposition and not attributes:
            found += _of_content(map, entity, relation)
        elif proposition and map.predicates[relation.predicate].sign < 0:
            found += _as("opposes", relation)
        else:
            found += _positions(relation, relation.subject if proposition else None)
    return _in_order(map, found)


def who_holds(map: ArgumentMap, relation: Relation, selection: Selection | None = None) -> list[Position]:
    """Who argues one relation, and who reports, concedes, denies or rejects it; who holds its opposite, opposes it."""
    found: list[Position] = []
    for each in _heeded((relation,), map, selection):
        found += _positions(each)
    for each in _heeded(map.opposed(relation), map, selection):
        found += _as("opposes", each)
    return _in_order(map, found)


def _heeded(relations: Iterable[Relation], map: ArgumentMap, selection: Selection | None) -> list[Relation]:
    if selection is None:
        return list(relations)
    selected = {each.triple: each for each in selection.relations(map)}
    return [selected[each.triple] for each in relations if each.triple in selected]


def _speakers(map: ArgumentMap) -> frozenset[str]:
    """The texts, and everybody who is named as a voice somewhere."""
    named = {id for _, citation in map.citations() for id in (*citation.by, *citation.via, citation.likely) if id}
    return frozenset(named | map.sources.keys())


def _attributes(map: ArgumentMap, relation: Relation) -> bool:
    """Whether the predicate is one by which what is no proposition itself holds one: its domain and range say so."""
    predicate, kinds = map.predicates[relation.predicate], map.kinds
    lone = bool(predicate.domain) and not any(kinds[id].proposition for id in predicate.domain)
    return lone and bool(predicate.range) and all(kinds[id].proposition for id in predicate.range)


def _positions(relation: Relation, arguer: str | None = None) -> Iterator[Position]:
    """The attitudes in the citations of a relation.

    `arguer` is who argues by what the relation itself says; a voice that says so of somebody else reports it, and a
    voice without a name is taken for the arguer's.
    """
    for citation in relation.citations:
        spoken = arguer is None or arguer in citation.by or UNATTRIBUTED in citation.by
        attitudes: dict[str, str] = {}
        if arguer is not None and arguer not in citation.by and not citation.denied:
            attitudes[arguer] = "argues"
        for voice in citation.by:
            attitudes.setdefault(voice, "denies" if citation.denied else "argues" if spoken else "reports")
        attitudes.setdefault(citation.source, _stance(citation) if spoken else "reports")
        for voice in citation.via:
            attitudes.setdefault(voice, "reports")
        for voice, attitude in attitudes.items():
            yield Position(attitude, voice, relation, citation)


def _stance(citation: Citation) -> str:
    """What a text does with what it quotes: who goes along with a denial denies, who rejects one argues."""
    if not citation.denied or citation.stance == "reports":
        return citation.stance
    return "argues" if citation.stance == "rejects" else "denies"


def _of_content(map: ArgumentMap, entity: str, relation: Relation) -> Iterator[Position]:
    """The attitudes to a proposition of those who hold another relation of it: as a reason for or against, or else."""
    predicate = map.predicates[relation.predicate]
    leads = relation.object == entity and not predicate.symmetric
    attitude = "mentions" if not leads or predicate.sign == 0 else "supports" if predicate.sign > 0 else "opposes"
    yield from _as(attitude, relation)


def _as(attitude: str, relation: Relation) -> Iterator[Position]:
    """Everybody who holds a relation, with one attitude; a voice that does not hold it only mentions it."""
    for citation in relation.citations:
        for voice in dict.fromkeys((*citation.by, citation.source)):
            if attitude != "mentions" and voice in citation.holders:
                yield Position(attitude, voice, relation, citation)
            elif voice in citation.by:
                yield Position("mentions", voice, relation, citation)


def _in_order(map: ArgumentMap, positions: Iterable[Position]) -> list[Position]:
    def key(position: Position) -> tuple[object, ...]:
        citation, voice = position.citation, position.voice
        return ATTITUDES.index(position.attitude), voice in map.sources, voice, position.relation.triple, citation.place

    return sorted(positions, key=key)
