"""Relations that do not fit their predicate, or say nothing new."""

from __future__ import annotations

from collections.abc import Iterator

from conceptgraph.diagnostics import Finding, Note, Severity, Span
from conceptgraph.model import ArgumentMap, Citation, Predicate, Triple
from conceptgraph.rules import Subject, rule


@rule(Severity.ERROR)
def wrong_domain(subject: Subject) -> Iterator[Finding]:
    """The subject or the object of a relation is of a kind that its predicate does not take.

    The `domain` of a predicate lists the kinds that may stand as its subject, its `range` those that may stand as its
    object. Often the two ends were swapped, or an inverse was meant.
    """
    map = subject.map
    for relation, citation in map.citations():
        predicate = map.predicates.get(relation.predicate)
        if predicate is None or not (predicate.domain or predicate.range):
            continue
        for part, id, kinds in (
            ("subject", relation.subject, predicate.domain),
            ("object", relation.object, predicate.range),
        ):
            entity = map.entities.get(id)
            # a kind that is unknown is a fault of the predicate, not of the relation
            if entity is not None and kinds and entity.kind not in kinds and all(kind in map.kinds for kind in kinds):
                message = f"{id!r} is a {entity.kind}, but {predicate.id!r} takes as its {part} {' or '.join(kinds)}"
                field = "domain" if part == "subject" else "range"
                note = Note(f"the {field} of {predicate.id!r}", predicate.origin.part(field))
                help = (
                    "are subject and object swapped?"
                    if _fits(map, Triple(relation.object, predicate.id, relation.subject), predicate)
                    else None
                )
                yield Finding(citation.origin.part(part), message, (note,), help)


def _fits(map: ArgumentMap, triple: Triple, predicate: Predicate) -> bool:
    ends = ((triple.subject, predicate.domain), (triple.object, predicate.range))
    return all(id in map.entities and (not kinds or map.entities[id].kind in kinds) for id, kinds in ends)


@rule(Severity.ERROR)
def self_relation(subject: Subject) -> Iterator[Finding]:
    """A relation leads from an entity to itself."""
    for relation, citation in subject.map.citations():
        if relation.subject == relation.object:
            yield Finding(citation.origin.part("object"), f"{relation.object!r} is related to itself")


@rule(Severity.WARNING)
def duplicate_citation(subject: Subject) -> Iterator[Finding]:
    """The same triple is cited twice from the same place, on the same words, by the same voice.

    Leave one of the two out, or say what makes them different.
    """
    for relation in subject.map.relations.values():
        if len(relation.citations) == 1:
            continue
        first: dict[object, Span] = {}
        for citation in sorted(relation.citations, key=lambda citation: citation.origin.span):
            said = _what_is_said(citation)
            if said in first:
                note = Note("first here", first[said])
                yield Finding(citation.origin.span, f"{relation} is cited twice", (note,), "leave one of them out")
            first.setdefault(said, citation.origin.span)


def _what_is_said(citation: Citation) -> object:
    return citation.place, citation.at, citation.by, citation.via, citation.denied, citation.stance, citation.modality


@rule(Severity.ERROR)
def anchor_too_long(subject: Subject) -> Iterator[Finding]:
    """An anchor is longer than 16 characters.

    An anchor finds the place in the text; it does not quote it. Keep the few words that carry the claim.
    """
    limit = 16
    for _, citation in subject.map.citations():
        if citation.at is not None and len(citation.at) > limit:
            message = f"the anchor has {len(citation.at)} characters, {limit} is the most"
            yield Finding(citation.origin.part("at"), message, help="keep the few words that carry the claim")
    for source in subject.map.sources.values():
        for section in source.sections.values():
            if section.opens is not None and len(section.opens) > limit:
                message = f"the opening has {len(section.opens)} characters, {limit} is the most"
                yield Finding(section.origin.part("opens"), message)
