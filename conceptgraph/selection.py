"""Which relations a question is about: by predicate, voice, place, status, stance, modality."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from conceptgraph.errors import UnknownTerm
from conceptgraph.model import CONTESTED, HELD, ArgumentMap, Citation, Relation
from conceptgraph.suggest import nearest


@dataclass(frozen=True, slots=True)
class Selection:
    """What a question lets in; None lets in everything.

    `predicates` are ids. `voices` are ids of who is cited, of texts that go along with it, or of whom it is reported
    through. `places` are `source` or `source/section`, which takes in the sections below it. `statuses` are held,
    contested or denied: without a choice, what somebody holds.
    """

    predicates: Collection[str] | None = None
    voices: Collection[str] | None = None
    places: Collection[str] | None = None
    statuses: Collection[str] | None = None
    stances: Collection[str] | None = None
    modalities: Collection[str] | None = None

    def relations(self, map: ArgumentMap) -> list[Relation]:
        """The relations that are let in, each with those of its citations that are, in the order of the map."""
        statuses = (HELD, CONTESTED) if self.statuses is None else self.statuses
        selected = []
        for relation in map.relations.values():
            if relation.status not in statuses:
                continue
            if self.predicates is not None and relation.predicate not in self.predicates:
                continue
            citations = tuple(citation for citation in relation.citations if self._lets_in(citation))
            if citations:
                same = len(citations) == len(relation.citations)
                selected.append(relation if same else relation._replace(citations=citations))
        return selected

    def _lets_in(self, citation: Citation) -> bool:
        return (
            (self.voices is None or not {*citation.by, *citation.via, *citation.holders}.isdisjoint(self.voices))
            and (self.places is None or any(citation.within(place) for place in self.places))
            and (self.stances is None or citation.stance in self.stances)
            and (self.modalities is None or citation.modality in self.modalities)
        )


def predicates_named(map: ArgumentMap, names: Iterable[str]) -> set[str]:
    """The ids of the predicates that are named, by id or label, or whose family is.

    Raises:
        UnknownTerm: a name is neither a predicate's nor a family's.
    """
    result: set[str] = set()
    for name in names:
        found = predicate_named(map, name)
        families = [id for id, family in map.families.items() if name in (id, *family.label.values())]
        if found is not None:
            result.add(found)
        elif families:
            result.update(predicate.id for predicate in map.predicates.values() if predicate.family in families)
        else:
            raise UnknownTerm(name, _near(map, name, [*map.predicates, *map.families]), "predicate or family")
    return result


def predicate_named(map: ArgumentMap, name: str) -> str | None:
    """The id of a predicate by its id or label: `leads-to`, 导致, `leads to`."""
    if name in map.predicates:
        return name
    wanted = name.casefold()
    for predicate in map.predicates.values():
        if any(label.casefold() == wanted for label in predicate.label.values()):
            return predicate.id
    return None


def _near(map: ArgumentMap, name: str, ids: list[str]) -> list[str]:
    if name.isascii():
        return nearest(name, ids)
    labels = [label for predicate in map.predicates.values() for label in predicate.label.values()]
    labels += [label for family in map.families.values() for label in family.label.values()]
    return nearest(name, labels)


def places_named(map: ArgumentMap, names: Iterable[str]) -> set[str]:
    """Places, once each: texts, and sections of texts as `source/section`.

    Raises:
        UnknownTerm: there is no such text or section.
    """
    known = [*map.sources, *(f"{source.id}/{id}" for source in map.sources.values() for id in source.sections)]
    for name in names:
        if name not in known:
            raise UnknownTerm(name, nearest(name, known) or list(map.sources), "text or section")
    return set(names)
