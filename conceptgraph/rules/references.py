"""Ids that name nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from conceptgraph.diagnostics import Finding, Note, Severity, Span
from conceptgraph.model import UNATTRIBUTED, ArgumentMap, Citation, Entity, Family, Kind, Predicate, Relation
from conceptgraph.rules import Subject, rule
from conceptgraph.suggest import nearest, stranger

Named = Mapping[str, Kind] | Mapping[str, Family] | Mapping[str, Predicate] | Mapping[str, Entity]


@rule(Severity.ERROR)
def unknown_reference(subject: Subject) -> Iterator[Finding]:
    """A record names an entity, a family or a kind that the map does not have.

    Ids are meant, not labels; where a label or an alias was written, the finding names the id that it belongs to.
    """
    map = subject.map
    named = Names(map)
    for relation, citation in map.citations():
        for part, id in voices_and_ends(relation, citation):
            if id not in map.entities and id != UNATTRIBUTED and subject.unknown(id, map.entities):
                yield named.missing(id, citation.origin.part(part))
        if citation.source not in map.sources:
            span = citation.origin.part("in")
            if citation.source in map.entities:
                kind = map.entities[citation.source].kind
                yield Finding(span, f"{citation.source!r} is a {kind}, not a text that the map reads")
            elif subject.unknown(citation.source, map.sources):
                yield named.missing(citation.source, span, map.sources)
    for predicate in map.predicates.values():
        if subject.unknown(predicate.family, map.families):
            yield named.missing(predicate.family, predicate.origin.part("family"), map.families, "family")
        for field, ids in (("domain", predicate.domain), ("range", predicate.range)):
            for index, id in enumerate(ids):
                if subject.unknown(id, map.kinds):
                    yield named.missing(id, predicate.origin.part(f"{field}.{index}"), map.kinds, "kind")
    for question in map.questions.values():
        for index, id in enumerate(question.expect):
            if subject.unknown(id, map.entities):
                yield named.missing(id, question.origin.part(f"expect.{index}"))


@rule(Severity.ERROR)
def unknown_predicate(subject: Subject) -> Iterator[Finding]:
    """A relation, or the opposite of a predicate, names a predicate that the vocabulary does not have.

    Take the narrowest predicate that is true, or add one: it is one record in the vocabulary.
    """
    known = subject.map.predicates
    named = Names(subject.map)
    for relation, citation in subject.map.citations():
        if subject.unknown(relation.predicate, known):
            yield named.missing(relation.predicate, citation.origin.part("predicate"), known, "predicate")
    for predicate in known.values():
        opposite = predicate.opposite
        if opposite is not None and subject.unknown(opposite, known):
            yield named.missing(opposite, predicate.origin.part("opposite"), known, "predicate")


@rule(Severity.ERROR)
def unknown_section(subject: Subject) -> Iterator[Finding]:
    """A citation names a section that its source does not have.

    Sections stand in the outline of the source, under `sections`.
    """
    for _, citation in subject.map.citations():
        source = subject.map.sources.get(citation.source)
        if source is not None and citation.section is not None and citation.section not in source.sections:
            span = citation.origin.part("in")
            known = ", ".join(source.sections)
            help = f"its sections are {known}" if known else f"it has no sections: write {source.id!r} alone"
            yield Finding(span, f"{source.id!r} has no section {citation.section!r}", help=help)


class Names:
    """The names of a map, for suggestions. A map with very many faults gets them for the first few only."""

    def __init__(self, map: ArgumentMap) -> None:
        self.map = map
        self.left = 50

    @cached_property
    def ids_by_name(self) -> dict[str, str]:
        return _ids_by_name(self.map.entities)

    def missing(self, id: str, span: Span, known: Named | None = None, what: str = "entity") -> Finding:
        """The finding that `id` is the id of none of the known records, with those that were probably meant."""
        names = self.ids_by_name if known is None else _ids_by_name(known)
        near: list[str] = []
        if self.left:
            self.left -= 1
            near = [id] if id in names else nearest(id, names)
        meant = list(dict.fromkeys(names[name] for name in near))
        help = "did you mean " + " or ".join(map(repr, meant)) + "?" if meant else None
        odd = stranger(id)
        return Finding(span, f"no {what} has the id {id!r}", () if odd is None else (Note(odd),), help)


def _ids_by_name(records: Named) -> dict[str, str]:
    """The ids, labels and aliases of some records, each with the id that it leads to."""
    ids: dict[str, str] = {}
    for id, record in records.items():
        for name in record.names if isinstance(record, Entity) else record.label.values():
            ids.setdefault(name, id)
    return ids | {id: id for id in records}


def voices_and_ends(relation: Relation, citation: Citation) -> list[tuple[str, str]]:
    """Every entity that a citation names, with the part of the record in which it stands."""
    named = [("subject", relation.triple.subject), ("object", relation.triple.object)]
    if not citation.own:
        named += [(f"by.{index}", id) for index, id in enumerate(citation.by)]
    if citation.via:
        named += [(f"via.{index}", id) for index, id in enumerate(citation.via)]
    if citation.likely is not None:
        named.append(("likely", citation.likely))
    return named
