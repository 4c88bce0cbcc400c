"""Records that lack something, or that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from conceptgraph.diagnostics import Finding, Severity
from conceptgraph.model import Entity, Family, Kind, Predicate
from conceptgraph.rules import Subject, rule
from conceptgraph.rules.references import voices_and_ends

LANGUAGES = ("zh", "en")


@rule(Severity.WARNING)
def missing_label(subject: Subject) -> Iterator[Finding]:
    """A record has no label in Chinese or in English.

    People read labels, in the language they chose; without one they see the id.
    """
    map = subject.map
    records: list[Kind | Family | Predicate | Entity] = [
        *map.kinds.values(),
        *map.families.values(),
        *map.predicates.values(),
        *map.entities.values(),
    ]
    for record in records:
        missing = [language for language in LANGUAGES if language not in record.label]
        if missing:
            message = f"{record.id!r} has no label in {' and '.join(missing)}"
            yield Finding(record.origin.part("label"), message, help="add label: {zh: …, en: …}")
    for predicate in map.predicates.values():
        missing = [language for language in LANGUAGES if language not in predicate.inverse]
        if missing:
            message = f"{predicate.id!r} has no inverse label in {' and '.join(missing)}"
            yield Finding(
                predicate.origin.part("inverse"), message, help="add inverse: {zh: …, en: …}, or symmetric: true"
            )


@rule(Severity.WARNING, whole=True)
def isolated_entity(subject: Subject) -> Iterator[Finding]:
    """An entity takes part in no relation, neither as an end nor as a voice.

    Relate it to another entity, or leave it out until there is something to say.
    """
    used = set()
    for relation, citation in subject.map.citations():
        used.add(citation.source)
        used.update(id for _, id in voices_and_ends(relation, citation))
    for entity in subject.map.entities.values():
        if entity.id not in used and entity.id not in subject.map.sources:
            yield Finding(entity.origin.span, f"{entity.id!r} takes part in no relation")


@rule(Severity.NOTE, whole=True)
def unused_predicate(subject: Subject) -> Iterator[Finding]:
    """No relation uses a predicate.

    A vocabulary may well be richer than a young map; a predicate that stays unused can go.
    """
    used = {relation.predicate for relation in subject.map.relations.values()}
    for predicate in subject.map.predicates.values():
        if predicate.id not in used:
            yield Finding(predicate.origin.span, f"no relation uses {predicate.id!r}")
