"""Records that lack something, or that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from conceptgraph.diagnostics import Finding, Note, Severity
from conceptgraph.model import DENIED, Text
from conceptgraph.rules import Subject, rule
from conceptgraph.rules.pieces import names, sayings
from conceptgraph.rules.references import voices_and_ends

LANGUAGES: Final = ("zh", "en")
_BOTH: Final = frozenset(LANGUAGES)
MOST_VAGUE: Final = 0.02
"""The largest share of a map's relations that may be vague ones."""


@rule(Severity.WARNING)
def missing_label(subject: Subject) -> Iterator[Finding]:
    """A record has no label in Chinese or in English.

    People read labels, in the language they chose; without one they see the id.
    """
    for of, field, text, origin in names(subject.map):
        missing = _missing(text)
        if missing:
            inverse = field == "inverse"
            what = "inverse label" if inverse else "label"
            help = f"add {field}: {{zh: …, en: …}}{', or symmetric: true' * inverse}"
            yield Finding(origin.part(field), f"{of!r} has no {what} in {' and '.join(missing)}", help=help)


@rule(Severity.WARNING)
def missing_translation(subject: Subject) -> Iterator[Finding]:
    """A definition, a note, a condition, a title or a question is given in Chinese or in English only.

    Who reads in the other language sees the foreign text in its place, or nothing. Aliases need no counterpart.
    """
    for of, field, text, origin in sayings(subject.map):
        missing = _missing(text)
        if missing:
            what = field or "title"
            message = f"the {what} of {of!r} is not given in {' or '.join(missing)}"
            yield Finding(origin.part(field), message, help="translate it")


def _missing(text: Text) -> list[str]:
    return [] if text.keys() >= _BOTH else [language for language in LANGUAGES if language not in text]


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


@rule(Severity.WARNING, whole=True)
def unused_source(subject: Subject) -> Iterator[Finding]:
    """No citation points into a text of the map.

    Read it and say what it argues, or leave it out until then.
    """
    cited = {citation.source for _, citation in subject.map.citations()}
    for source in subject.map.sources.values():
        if source.id not in cited:
            yield Finding(source.origin.span, f"no citation points into the text {source.id!r}")


@rule(Severity.WARNING, whole=True)
def unsourced_relation(subject: Subject) -> Iterator[Finding]:
    """No citation of a relation has an anchor, though it stands in a text that has a file.

    The anchor is the receipt: without it nobody can look up on which words of the text the relation stands. What is
    inferred, and what is argued in a text without a `file`, needs none.
    """
    texts = {source.id for source in subject.map.sources.values() if source.file is not None}
    for relation in subject.map.relations.values():
        if any(citation.at is not None for citation in relation.citations):
            continue
        bare = [each for each in relation.citations if each.source in texts and not each.inferred]
        if bare:
            first = min(bare, key=lambda citation: citation.origin.span)
            message = f"no citation of {relation} has an anchor"
            yield Finding(first.origin.span, message, help="add {at: …}, or inferred: true")


@rule(Severity.NOTE, whole=True)
def thesis_without_support(subject: Subject) -> Iterator[Finding]:
    """Nothing in the map speaks for a proposition that it states.

    Relations that speak for it are those with `sign: 1` that lead to it, such as an example or an explanation. A thesis
    that a text asserts without a reason may well stay as it is.
    """
    map = subject.map
    backed = set()
    for relation in map.relations.values():
        predicate = map.predicates.get(relation.predicate)
        if predicate is not None and predicate.sign > 0 and relation.status != DENIED:
            backed.add(relation.object)
            if predicate.symmetric:
                backed.add(relation.subject)
    propositions = {kind.id for kind in map.kinds.values() if kind.proposition}
    for entity in map.entities.values():
        if entity.kind in propositions and entity.id not in backed:
            yield Finding(entity.origin.span, f"nothing speaks for {entity.id!r}")


@rule(Severity.WARNING, whole=True)
def vague_relations(subject: Subject) -> Iterator[Finding]:
    """More than one relation in fifty uses a vague predicate.

    A predicate with `vague: true` is a confession that no narrower one was found. Read the words of the text again and
    say what they say, or add the predicate that is missing.
    """
    map = subject.map
    vague = {predicate.id for predicate in map.predicates.values() if predicate.vague}
    used = [relation for relation in map.relations.values() if relation.predicate in vague]
    most = max(1, int(MOST_VAGUE * len(map.relations)))
    if len(used) > most:
        last = max((relation.citations[0] for relation in used), key=lambda citation: citation.origin.span)
        message = f"{len(used)} of {len(map.relations)} relations are vague, {most} would be the most"
        notes = [
            Note("vague by this", map.predicates[id].origin.span) for id in sorted({each.predicate for each in used})
        ]
        yield Finding(
            last.origin.part("predicate"), message, tuple(notes), "take a narrower predicate, here and elsewhere"
        )
