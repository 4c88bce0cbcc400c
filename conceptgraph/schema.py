"""A map to the JSON Schema of its files, by which an editor completes ids, explains fields and marks slips."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from conceptgraph.binder import ID
from conceptgraph.fields import LANGUAGE
from conceptgraph.model import (
    MODALITIES,
    REFERENCE_DATES,
    REFERENCE_NAMES,
    REFERENCE_TEXTS,
    REFERENCE_TYPES,
    STANCES,
    UNATTRIBUTED,
    ArgumentMap,
    Entity,
    Family,
    Kind,
    Text,
)
from conceptgraph.sentences import LANGUAGES

NAME: Final = "map.schema.json"
"""What the schema of a map is called, beside the map's files."""

Schema = dict[str, Any]


class Name(NamedTuple):
    """What a field can name: the word for it, what people call it, and what it means."""

    word: str
    called: Text
    meaning: str


def document(map: ArgumentMap) -> Schema:
    """The schema of a map's files (JSON Schema, draft 7), with the ids and labels of this map in it.

    Headings, predicates, families and kinds are those of the map: another is a fault. Entities and places are proposed
    and explained, but others may be new ones from a file that the schema does not know yet: that they exist is for
    `check` to say. Where `check` finds nothing, the schema finds nothing either, but for words that YAML takes for
    something else: a number in quotes where a number is asked for, `null` without quotes where a text is.

    Editors know more words than the standard: `defaultSnippets`, `enumDescriptions`, `patternErrorMessage`. Other
    programs pass them over.
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "description": "A file of an argument map: entities, relations, named questions, or the vocabulary.",
        "type": ["object", "null"],
        "properties": {
            **{
                kind.plural: _heading("source" if kind.outline else "entity", _described(kind))
                for kind in map.kinds.values()
            },
            **_HEADINGS,
        },
        "additionalProperties": False,
        "definitions": {
            **_RECORDS,
            "texts": _by_language(_TEXT, map),
            "lists": _by_language(_one_or_more(_TEXT), map),
            "section": _section(map),
            "id": _named(
                _names(map.entities.values()), f"^{ID.pattern}$", "no id: lower-case letters, digits and single dashes"
            ),
            "place": _named(_places(map), f"^{ID.pattern}(/.*)?$", "no place: source/section, or a source alone"),
            "predicate-id": _known(_predicates(map), "predicate"),
            "family-id": _known(_names(map.families.values()), "family"),
            "kind-id": _known(_names(map.kinds.values()), "kind"),
        },
    }


def render(map: ArgumentMap) -> str:
    """The schema as JSON text: the same map, the same bytes."""
    return json.dumps(document(map), ensure_ascii=False, indent=1) + "\n"


def line(file: PurePath, schema: PurePath) -> str:
    """The comment with which a file of the map begins, so that editors find the schema."""
    return f"# yaml-language-server: $schema={PurePath(os.path.relpath(schema, file.parent)).as_posix()}"


# what a field holds

# a number is text, too: 1.10 is a section
_SCALAR: Final = ["string", "number"]
_TEXT: Final[Schema] = {"type": _SCALAR, "pattern": r"\S", "errorMessage": "expected text"}
_FLAG: Final[Schema] = {"type": "boolean"}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _text_like(name: str) -> Schema:
    """A text that a definition says more about."""
    return {"type": _SCALAR, "errorMessage": "expected text", "allOf": [_ref(name)]}


def _record_like(name: str) -> Schema:
    return {"type": "object", "allOf": [_ref(name)]}


def _one_or_more(item: Schema) -> Schema:
    """A text of some kind, or a list of them; without alternatives, of which editors would explain none."""
    return {**item, "type": [*item["type"], "array"], "items": item}


def _about(description: str, schema: Schema) -> Schema:
    return {"description": description, **schema}


_TEXTS: Final = _record_like("texts")
_LISTS: Final = _record_like("lists")
_ID: Final = _text_like("id")
_PLACE: Final = _text_like("place")
_VOICE: Final = _text_like("voice")
_PREDICATE: Final = _text_like("predicate-id")
_FAMILY: Final = _text_like("family-id")
_KIND: Final = _text_like("kind-id")


def _choice(meanings: Mapping[Any, str]) -> Schema:
    """One of some words, or of some numbers."""
    type = "string" if all(isinstance(value, str) for value in meanings) else "integer"
    return {"type": type, "enum": list(meanings), "enumDescriptions": list(meanings.values())}


def _record(description: str, fields: Schema, *required: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
    }


_STANCES: Final = {
    "endorses": "The source goes along with what the voice says.",
    "reports": "The source says that the voice says so, and leaves it there.",
    "concedes": "The source admits it, though it speaks against its own case.",
    "rejects": "The source contradicts what the voice says.",
}
_MODALITIES: Final = {
    "asserted": "It is said to be so.",
    "hedged": "It is said to be so perhaps, or in part.",
    "conditional": "It is said to be so if something else is: `condition` says what.",
    "normative": "It is said that it ought to be so.",
    "potential": "It is said that it could come to be so.",
    "appearance": "It is said to look so, but not to be so.",
}
_SIGNS: Final = {
    -1: "The subject opposes or harms the object.",
    0: "Neither.",
    1: "The subject supports or promotes the object.",
}

_CITATION: Final[Schema] = {
    "in": _about("source/section, or a source alone", _PLACE),
    "at": {
        "description": "the anchor: 16 characters at most, exactly as in the section; white space does not count",
        **_TEXT,
        "maxLength": 16,
        "errorMessage": "expected an anchor of 16 characters at most",
    },
    "by": _about(
        "who holds it: an id, or a list for joint voices; unattributed for a quotation without a name",
        _one_or_more(_VOICE),
    ),
    "likely": _about("who an unattributed voice probably is", _ID),
    "via": _about("who reports the voice, outermost first", _one_or_more(_VOICE)),
    "denied": _about("the voice says that the triple does not hold", _FLAG),
    "stance": _about(
        "the source's own stance: endorses, reports, concedes, rejects",
        _choice({stance: _STANCES[stance] for stance in STANCES}),
    ),
    "modality": _about(
        "asserted, hedged, conditional, normative, potential, appearance",
        _choice({modality: _MODALITIES[modality] for modality in MODALITIES}),
    ),
    "condition": _about("on what, with conditional; text by language", _TEXTS),
    "inferred": _about("the curator's reading: it follows, but is not said in so many words", _FLAG),
    "order": {"description": "the position in an ordered list", "type": "integer"},
    "when": _about("a time, as EDTF: 2018/2020, 193X", _TEXT),
    "note": _about("our own words, by language", _TEXTS),
}
_TRIPLE: Final[Schema] = {"subject": _ID, "predicate": _PREDICATE, "object": _ID}
_ENTITY: Final[Schema] = {
    "label": _about("what it is called, by language", _TEXTS),
    "aliases": _about("what else it is called, by language", _LISTS),
    "definition": _about("what it is, in our own words, by language", _TEXTS),
    "note": _about("anything else that a reader should know, by language", _TEXTS),
    "reference": _ref("reference"),
}
_OUTLINE: Final[Schema] = {
    "sections": {
        "description": "the parts of the text in their order, each under its number",
        "type": "object",
        "additionalProperties": _ref("section"),
    },
    "file": _about("the name of the file with the text, in the folder that --sources names", _TEXT),
}
_NAMES: Final = "a list: people are {family: …, given: …}, bodies {literal: …}"
_DATES: Final = "when it appeared, and when it was written or first appeared, as EDTF"
_REFERENCE: Final[Schema] = {
    "type": {"enum": list(REFERENCE_TYPES)},
    **{name: {"description": _NAMES, "type": "array", "items": _ref("name")} for name in REFERENCE_NAMES},
    **{name: _about(_DATES, _TEXT) for name in REFERENCE_DATES},
    **dict.fromkeys(REFERENCE_TEXTS, _TEXT),
}
_PLACED_TRIPLE: Final[Schema] = {
    "if": {"type": "array"},
    "then": {"minItems": 4, "items": [{}, {}, {}, {"required": ["in"]}]},
    "else": {"required": ["in"]},
}
"""A triple that says itself where it is argued."""

_RECORDS: Final[Schema] = {
    "kind": _record(
        "A kind of entity.",
        {
            "plural": _about("the heading under which the files list entities of this kind", _TEXT),
            "label": _about("what it is called, by language", _TEXTS),
            "definition": _about("what it is, by language", _TEXTS),
            "outline": _about("entities of this kind are texts, which have sections", _FLAG),
            "proposition": _about("entities of this kind can be true or false, and so be supported", _FLAG),
            "region": _about("in the picture, others gather around each entity of this kind", _FLAG),
        },
        "plural",
    ),
    "family": _record(
        "A group of predicates.",
        {
            "label": _about("what it is called, by language", _TEXTS),
            "definition": _about("what it is, by language", _TEXTS),
        },
    ),
    "predicate": _record(
        "A kind of relation.",
        {
            **dict.fromkeys(
                ("label", "inverse"),
                _about(
                    "how it reads from subject to object, and back; … marks where the second name stands: 是…的一种",
                    _TEXTS,
                ),
            ),
            "family": _about("the group it belongs to", _FAMILY),
            "sign": _about("1 supports or promotes, -1 opposes or harms", _choice(_SIGNS)),
            "symmetric": _about("it reads the same both ways; an inverse is not needed", _FLAG),
            "opposite": _about("the predicate that contradicts it between the same two", _PREDICATE),
            **dict.fromkeys(
                ("domain", "range"),
                _about("the kinds that may stand as subject and as object", _one_or_more(_KIND)),
            ),
            "bookkeeping": _about("it keeps records (who wrote what) rather than argues; chains prefer others", _FLAG),
            "acyclic": _about(
                "it makes a hierarchy or an order: check reports relations that lead back to where they began", _FLAG
            ),
            "vague": _about(
                "it is used only where no narrower one is true: check reports when it is used too often", _FLAG
            ),
            "same-as": _about("published properties that mean the same", _one_or_more(_TEXT)),
            "definition": _about("what it means, by language", _TEXTS),
        },
        "family",
    ),
    "question": _record(
        "A named question.",
        {
            "ask": _about("how it is asked, by language", {**_TEXTS, "minProperties": 1}),
            "query": _about("the question in the words of the command line, as behind conceptgraph", _TEXT),
            "expect": _about("ids that must be in the answer", _one_or_more(_ID)),
        },
        "ask",
        "query",
    ),
    "entity": _record("An entity, under its id.", _ENTITY),
    "source": _record("A text that the map reads, under its id.", {**_ENTITY, **_OUTLINE}),
    "reference": _record("The bibliographic record, in the words of CSL-JSON.", _REFERENCE, "type"),
    "name": {
        "anyOf": [
            _record("A person.", {"family": _TEXT, "given": _TEXT}, "family"),
            _record("A body.", {"literal": _TEXT}, "literal"),
        ]
    },
    "voice": {
        "allOf": [_ref("id")],
        "defaultSnippets": [
            {"label": UNATTRIBUTED, "description": "A quotation that comes without a name.", "body": UNATTRIBUTED}
        ],
    },
    "block": {
        **_record(
            "The place once, then a triple a line.",
            {
                "in": _about("where the triples are argued: source/section, or a source alone", _PLACE),
                "triples": {"type": "array", "items": _ref("triple")},
            },
            "triples",
        ),
        "defaultSnippets": [{"label": "in: … triples: …", "body": {"in": "$1", "triples": ["$2"]}}],
        "if": {"required": ["in"]},
        "else": {"properties": {"triples": {"items": _PLACED_TRIPLE}}},
    },
    "triple": {
        "description": "[subject, predicate, object], with or without {…} for what else the citation says.",
        "type": ["array", "object"],
        "items": [*_TRIPLE.values(), _ref("citation")],
        "minItems": 3,
        "additionalItems": False,
        "properties": {**_TRIPLE, **_CITATION},
        "required": list(_TRIPLE),
        "additionalProperties": False,
    },
    "citation": _record("What the citation says beyond where it stands.", _CITATION),
}


def _heading(record: str, description: str) -> Schema:
    """A heading with records under their ids. It has no title, which editors would show over all that is below it."""
    return {
        "description": description,
        "type": ["object", "null"],
        "patternProperties": {f"^(?!{UNATTRIBUTED}$){ID.pattern}$": _ref(record)},
        "additionalProperties": False,
    }


_HEADINGS: Final[Schema] = {
    "kinds": _heading("kind", "The kinds of entities; a new one is one record."),
    "families": _heading("family", "The groups of predicates."),
    "predicates": _heading("predicate", "The kinds of relations; a new one is one record."),
    "questions": _heading("question", "Questions that the map answers, and what must be in the answers."),
    "relations": {
        "description": "Blocks of triples, each with the place where they are argued.",
        "type": ["array", "null"],
        "items": _ref("block"),
    },
}


# what the map has


def _by_language(value: Schema, map: ArgumentMap) -> Schema:
    tags = {tag for entity in map.entities.values() for tag in entity.label}
    return {
        "properties": {tag: {} for tag in sorted(tags)},
        "patternProperties": {f"^{LANGUAGE.pattern}$": value},
        "additionalProperties": False,
    }


def _section(map: ArgumentMap) -> Schema:
    section = _by_language(_TEXT, map)
    opens = _about("the exact phrase with which the section begins in the text", {**_TEXT, "maxLength": 16})
    section["properties"]["opens"] = opens
    return {"type": "object", "description": "The title by language, and the words with which it opens.", **section}


def _described(kind: Kind) -> str:
    return "\n\n".join([" · ".join(_all(kind.label)), *_all(kind.definition)])


def _names(records: Iterable[Kind | Family | Entity]) -> Iterator[Name]:
    for record in records:
        yield Name(record.id, record.label, "\n\n".join(_all(record.definition)))


def _places(map: ArgumentMap) -> Iterator[Name]:
    for source in map.sources.values():
        yield Name(source.id, source.label, "")
        for section in source.sections.values():
            yield Name(f"{source.id}/{section.id}", section.title, " · ".join(_all(source.label)))


def _predicates(map: ArgumentMap) -> Iterator[Name]:
    for predicate in map.predicates.values():
        back = [] if predicate.symmetric else [f"← {' · '.join(_all(predicate.inverse))}"]
        yield Name(predicate.id, predicate.label, "\n\n".join([*back, *_all(predicate.definition)]))


def _all(text: Text) -> list[str]:
    """A text in all its languages, the map's own first."""
    tags = [tag for tag in LANGUAGES if tag in text] + sorted(text.keys() - set(LANGUAGES))
    return list(dict.fromkeys(text[tag] for tag in tags))


def _known(names: Iterable[Name], what: str) -> Schema:
    """One of these names, and no other."""
    names = list(names)
    words = "|".join(re.escape(name.word) for name in names)
    return _named(names, f"^({words})$", f"the schema knows no such {what}; `conceptgraph schema` teaches it a new one")


def _named(names: Iterable[Name], pattern: str, fault: str) -> Schema:
    """A word of this pattern. The names are proposed, to be found by what people call them, and explained.

    Of an `enum` editors show every value beside the one that is pointed at, and of an `anyOf` they try every value each
    time a key is pressed; so each name is explained by an `if` of its own, and these are asked by first characters.
    """
    names = sorted(names, key=lambda name: name.word)
    return {
        "pattern": pattern,
        "patternErrorMessage": fault,
        "defaultSnippets": [
            {"label": _proposal(name), "description": name.meaning, "body": name.word} for name in names
        ],
        "allOf": [
            {"if": {"pattern": f"^{initial}"}, "then": {"allOf": [_explained(name) for name in group]}}
            for initial, group in groupby(names, key=lambda name: name.word[0])
        ],
    }


def _proposal(name: Name) -> str:
    """The word and what people call it, without what the word says already: editors cut long lines."""
    return " ".join([name.word, *(each for each in _all(name.called) if each.lower().replace(" ", "-") != name.word)])


def _explained(name: Name) -> Schema:
    said = {"title": " · ".join(_all(name.called)), "description": name.meaning}
    return {"if": {"const": name.word}, "then": {key: text for key, text in said.items() if text}}
