"""The whole map in the words of the YAML, for other programs; a contract, with a schema in docs/."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from conceptgraph.exporters import Exporter
from conceptgraph.model import ArgumentMap, Citation, Entity, Family, Kind, Predicate, Question, Relation

FORMAT: Final = "conceptgraph/1"


def document(map: ArgumentMap) -> dict[str, Any]:
    """The map as plain lists and dictionaries, sorted by id."""
    return {
        "format": FORMAT,
        "kinds": [kind_data(kind) for kind in map.kinds.values()],
        "families": [family_data(family) for family in map.families.values()],
        "predicates": [predicate_data(predicate) for predicate in map.predicates.values()],
        "entities": [entity_data(entity) for entity in map.entities.values()],
        "relations": [relation_data(relation) for relation in map.relations.values()],
        "questions": [question_data(question) for question in map.questions.values()],
    }


def render(map: ArgumentMap) -> str:
    """The map as JSON text, UTF-8 as it is, indented."""
    return json.dumps(document(map), ensure_ascii=False, indent=1) + "\n"


EXPORTER = Exporter("json", ".json", "JSON, the whole map, for other programs", render)


def kind_data(kind: Kind) -> dict[str, Any]:
    """A kind of entity, in the words of the format."""
    return {
        "id": kind.id,
        "plural": kind.plural,
        "label": _sorted(kind.label),
        "definition": _sorted(kind.definition),
        "outline": kind.outline,
        "proposition": kind.proposition,
        "region": kind.region,
    }


def family_data(family: Family) -> dict[str, Any]:
    """A group of predicates, in the words of the format."""
    return {"id": family.id, "label": _sorted(family.label), "definition": _sorted(family.definition)}


def predicate_data(predicate: Predicate) -> dict[str, Any]:
    """A predicate, in the words of the format."""
    return {
        "id": predicate.id,
        "label": _sorted(predicate.label),
        "inverse": _sorted(predicate.inverse),
        "family": predicate.family,
        "sign": predicate.sign,
        "symmetric": predicate.symmetric,
        "bookkeeping": predicate.bookkeeping,
        "acyclic": predicate.acyclic,
        "vague": predicate.vague,
        "opposite": predicate.opposite,
        "domain": list(predicate.domain),
        "range": list(predicate.range),
        "same-as": list(predicate.same_as),
        "definition": _sorted(predicate.definition),
    }


def entity_data(entity: Entity) -> dict[str, Any]:
    """An entity in the words of the format."""
    record: dict[str, Any] = {
        "id": entity.id,
        "kind": entity.kind,
        "label": _sorted(entity.label),
        "aliases": {language: list(entity.aliases[language]) for language in sorted(entity.aliases)},
        "definition": _sorted(entity.definition),
        "note": _sorted(entity.note),
    }
    if entity.sections:
        record["sections"] = [
            {"id": section.id, "title": _sorted(section.title), "opens": section.opens}
            for section in entity.sections.values()
        ]
    if entity.file is not None:
        record["file"] = entity.file
    if entity.reference:
        record["reference"] = dict(entity.reference)
    return record


def relation_data(relation: Relation) -> dict[str, Any]:
    """A relation with its citations, in the words of the format."""
    return {
        "subject": relation.subject,
        "predicate": relation.predicate,
        "object": relation.object,
        "status": relation.status,
        "citations": [citation_data(citation) for citation in relation.citations],
    }


def citation_data(citation: Citation) -> dict[str, Any]:
    """A citation in the words of the format."""
    return {
        "source": citation.source,
        "section": citation.section,
        "at": citation.at,
        "by": list(citation.by),
        "via": list(citation.via),
        "likely": citation.likely,
        "denied": citation.denied,
        "stance": citation.stance,
        "modality": citation.modality,
        "condition": _sorted(citation.condition),
        "inferred": citation.inferred,
        "order": citation.order,
        "when": citation.when,
        "note": _sorted(citation.note),
    }


def question_data(question: Question) -> dict[str, Any]:
    """A named question in the words of the format."""
    return {
        "id": question.id,
        "ask": _sorted(question.ask),
        "query": question.query,
        "expect": list(question.expect),
    }


def _sorted(text: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(text.items()))
