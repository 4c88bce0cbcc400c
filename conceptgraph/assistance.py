"""What an editor shows beside the YAML: what stands at a place, what could be written there, what ids are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from conceptgraph.diagnostics import Origin, Span
from conceptgraph.loader import Loaded
from conceptgraph.model import MODALITIES, STANCES, ArgumentMap, Entity, Family, Kind, Predicate, Text
from conceptgraph.reader import lines_of
from conceptgraph.references import Occurrence, occurrences
from conceptgraph.sentences import in_language, name, sentence
from conceptgraph.terms import fold, search

OFFERS: Final = 60
"""As many ids are offered at once; more is asked for by typing on."""
TOLD: Final = 6
"""As many relations of an entity are told where it is pointed at."""
_BACK: Final = 8
"""As many lines a triple may have above the one that is written."""

# what each field of the format takes
_TAKES: Final = {
    "subject": "entity",
    "object": "entity",
    "by": "entity",
    "via": "entity",
    "likely": "entity",
    "expect": "entity",
    "predicate": "predicate",
    "opposite": "predicate",
    "family": "family",
    "domain": "kind",
    "range": "kind",
    "in": "place",
    "stance": "stance",
    "modality": "modality",
}
_TRIPLE: Final = ("entity", "predicate", "entity")
_QUALIFIERS: Final = {
    "at": {"zh": "锚：本节里的原词，至多十六字", "en": "the anchor: at most 16 characters, exactly as in the section"},
    "by": {"zh": "谁主张的", "en": "who holds it"},
    "via": {"zh": "经谁转述，最外的在前", "en": "who reports the voice, outermost first"},
    "likely": {"zh": "没有署名的声音大概是谁", "en": "who an unattributed voice probably is"},
    "denied": {"zh": "说的是这一条不成立", "en": "the voice says that the triple does not hold"},
    "stance": {"zh": "文章自己的态度", "en": "the source's own stance"},
    "modality": {"zh": "以什么语气说的", "en": "in which modality it is said"},
    "condition": {"zh": "在什么条件下", "en": "on what condition"},
    "inferred": {"zh": "编者的推断，没有明说", "en": "the curator's reading, not said in so many words"},
    "order": {"zh": "在有序的一列里的位置", "en": "the position in an ordered list"},
    "when": {"zh": "时间，用 EDTF", "en": "a time, as EDTF"},
    "note": {"zh": "编者按", "en": "a note in our own words"},
}
_WORD: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[0-9.]+)?")
_KEY: Final = re.compile(r"([a-z][a-z-]*):\s*$")
_LINE_KEY: Final = re.compile(r"^\s*(?:- )?([a-z][a-z-]*):\s+(.*)$")


class Offer(NamedTuple):
    """Something that could be written: the text, what it is called, what it is, and what it means."""

    text: str
    name: str
    what: str
    meaning: str


class Asked(NamedTuple):
    """What is being written at a place: what is expected there, and what has been typed of it."""

    expected: str
    typed: str


@dataclass(frozen=True)
class Assistant:
    """Help with the files of one map.

    `now` is the map as its files stand, which may be broken while somebody types; `known` the last one of which every
    file could be read.
    """

    now: Loaded
    known: ArgumentMap
    language: str

    @cached_property
    def _places(self) -> Mapping[str, Sequence[Occurrence]]:
        found: dict[str, list[Occurrence]] = {}
        for occurrence in occurrences(self.now):
            found.setdefault(occurrence.span.path, []).append(occurrence)
        return found

    def occurrence(self, path: str, line: int, column: int) -> Occurrence | None:
        """The id that stands at a place, or ends there."""
        for each in self._places.get(path, ()):
            _, first, start, last, end = each.span
            if first == line == last and start <= column <= end:
                return each
        return None

    def named(self, path: str, line: int, column: int) -> tuple[str, str, Span] | None:
        """What is named at a place, also of a file that cannot be read now: which thing, its id, where it stands."""
        found = self.occurrence(path, line, column)
        if found is not None:
            return found.what, found.id, found.span
        text = _line(self.now, path, line)
        for match in _WORD.finditer(text):
            if match.start() < column <= match.end() + 1:
                span = Span(path, line, match.start() + 1, line, match.end() + 1)
                for what, records in _spaces(self.known).items():
                    if match.group() in records:
                        return what, match.group(), span
        return None

    def declaration(self, what: str, id: str) -> Span | None:
        """Where a record is declared."""
        for every in self._places.values():
            for each in every:
                if each.declares and (each.what, each.id) == (what, id):
                    return each.span
        record = _spaces(self.known).get(what, {}).get(id)
        return None if record is None else _origin(record).span

    def references(self, what: str, id: str, declared: bool = True) -> list[Span]:
        """Wherever an id stands, in the order of the files; `declared`: also where its record does."""
        every = (each for path in sorted(self._places) for each in self._places[path])
        return [each.span for each in every if (each.what, each.id) == (what, id) and (declared or not each.declares)]

    def description(self, what: str, id: str) -> str | None:
        """What is to be known of a record, as Markdown: what it is called, what it means, what is said of it."""
        record = _spaces(self.known).get(what, {}).get(id)
        if record is None:
            return None
        if isinstance(record, Entity):
            return "\n\n".join(_told(self.known, record, self.language))
        if isinstance(record, Predicate):
            return "\n\n".join(_explained(self.known, record, self.language))
        parts = [f"**{_plain(name(record, 'both'))}** · {what}", _meaning(record, self.language)]
        return "\n\n".join(filter(None, parts))

    def offers(self, path: str, line: int, column: int) -> tuple[Asked, list[Offer]] | None:
        """What could be written at a place, the likeliest first; None where nothing is known of what belongs there."""
        asked = expected(lines_of(self.now.texts.get(path, "")), line, column)
        if asked is None:
            return None
        return asked, list(_offered(self.known, asked, self.language))[:OFFERS]

    def hints(self, path: str, first: int, last: int) -> Iterator[tuple[Span, str]]:
        """What the ids between two lines are called, each with its place. Labels beside keys say it already."""
        for each in self._places.get(path, ()):
            if each.declares or not first <= each.span.line <= last:
                continue
            record = _spaces(self.known).get(each.what, {}).get(each.id)
            if record is not None:
                called = name(record, self.language)
                if fold(called) != fold(each.id.replace("-", " ")):
                    yield each.span, called


def expected(lines: Sequence[str], line: int, column: int) -> Asked | None:
    """What belongs at a place of a file, by the brackets and keys before it; nothing of the rest is looked at.

    Args:
        lines: the lines of the file.
        line: the line of the place, from 1.
        column: its column, in characters from 1.
    """
    if not 0 < line <= len(lines):
        return None
    before = lines[line - 1][: column - 1]
    start = line - 1
    while start > 0 and line - 1 - start < _BACK and not lines[start].lstrip().startswith("- "):
        if _LINE_KEY.match(lines[start]) and start < line - 1:
            break
        start -= 1
    above = lines[start : line - 1] if start < line - 1 and "- " in lines[start] else []
    text = "\n".join([*above, before])
    opened = _opened(text)
    if not opened:
        match = _LINE_KEY.match(before)
        takes = _TAKES.get(match[1]) if match else None
        return Asked(takes, match[2].strip().strip("\"'")) if match and takes else None
    bracket, key, item = opened[-1]
    typed = item.strip().strip("\"'")
    if bracket == "{":
        if ":" in item:
            field, _, value = item.rpartition(":")
            takes = _TAKES.get(field.strip().split()[-1] if field.strip() else "")
            return Asked(takes, value.strip().strip("\"'")) if takes else None
        return Asked("qualifier", typed) if key == "" else None
    if key:
        return Asked(_TAKES[key], typed) if key in _TAKES else None
    index = _commas(text, len(opened))
    return Asked(_TRIPLE[index], typed) if index < len(_TRIPLE) else None


def _opened(text: str) -> list[tuple[str, str, str]]:
    """The brackets open at the end of a text: which, after which key, and what stands behind the last comma."""
    stack: list[list[str]] = []
    outer = ""
    quote = ""
    for letter in text:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and not (stack[-1][2] if stack else outer)[-1:].isalnum():
            quote = letter
        elif letter in "[{":
            key = _KEY.search(stack[-1][2] if stack else outer)
            stack.append([letter, key[1] if key else "", ""])
            continue
        elif letter in "]}" and stack:
            stack.pop()
        elif letter == "," and stack:
            stack[-1][2] = ""
            continue
        if stack:
            stack[-1][2] += letter
        else:
            outer = "" if letter == "\n" else outer + letter
    return [(bracket, key, item) for bracket, key, item in stack]


def _commas(text: str, depth: int) -> int:
    """How many commas stand in the innermost bracket that is open."""
    counts = [0]
    for letter in text:
        if letter in "[{":
            counts.append(0)
        elif letter in "]}" and len(counts) > 1:
            counts.pop()
        elif letter == ",":
            counts[-1] += 1
    return counts[-1] if len(counts) == depth + 1 else 0


def _offered(map: ArgumentMap, asked: Asked, language: str) -> Iterator[Offer]:
    if asked.expected == "entity":
        found: Iterable[Entity] = (match.entity for match in search(map, asked.typed)) if asked.typed else _central(map)
        for entity in found:
            kind = map.kinds.get(entity.kind)
            yield Offer(
                entity.id, name(entity, "both"), name(kind, language) if kind else "", _meaning(entity, language)
            )
    elif asked.expected == "place":
        for source in map.sources.values():
            yield from _fitting([Offer(source.id, name(source, language), "", _meaning(source, language))], asked)
            sections = [
                Offer(
                    f"{source.id}/{section.id}", in_language(section.title, language) or "", name(source, language), ""
                )
                for section in source.sections.values()
            ]
            yield from _fitting(sections, asked)
    elif asked.expected == "qualifier":
        tag = "en" if language == "both" else language
        yield from _fitting([Offer(id, says[tag], "", "") for id, says in _QUALIFIERS.items()], asked)
    elif asked.expected in ("stance", "modality"):
        words = STANCES if asked.expected == "stance" else MODALITIES
        yield from _fitting([Offer(word, "", asked.expected, "") for word in words], asked)
    else:
        records = _spaces(map)[asked.expected]
        yield from _fitting([_offer(map, asked.expected, each, language) for each in records.values()], asked)


def _offer(map: ArgumentMap, what: str, record: Record, language: str) -> Offer:
    family = map.families.get(record.family) if isinstance(record, Predicate) else None
    return Offer(
        record.id, name(record, "both"), name(family, language) if family else what, _meaning(record, language)
    )


def _fitting(offers: Iterable[Offer], asked: Asked) -> Iterator[Offer]:
    """Those that hold what was typed, in the text or the name; first those that begin with it."""
    typed = fold(asked.typed)
    fitting = [offer for offer in offers if typed in fold(offer.text) or typed in fold(offer.name)]
    return iter(sorted(fitting, key=lambda offer: not fold(offer.text).startswith(typed)))


def _central(map: ArgumentMap) -> list[Entity]:
    return sorted(map.entities.values(), key=lambda entity: (-len(map.incident[entity.id]), entity.id))


Record = Kind | Family | Predicate | Entity


def _spaces(map: ArgumentMap) -> Mapping[str, Mapping[str, Record]]:
    return {"entity": map.entities, "predicate": map.predicates, "family": map.families, "kind": map.kinds}


def _origin(record: Record) -> Origin:
    return record.origin


def _meaning(record: Record, language: str) -> str:
    definition: Text = getattr(record, "definition", {})
    return _plain(in_language(definition, language) or "")


def _told(map: ArgumentMap, entity: Entity, language: str) -> Iterator[str]:
    kind = map.kinds.get(entity.kind)
    yield f"**{_plain(name(entity, 'both'))}** · {_plain(name(kind, language)) if kind else entity.kind}"
    if meaning := _meaning(entity, language):
        yield meaning
    relations = map.incident.get(entity.id, ())
    known = [each for each in relations if each.predicate in map.predicates]
    sentences = [f"- {_plain(sentence(map, relation, language, entity.id))}" for relation in known[:TOLD]]
    if len(known) > TOLD:
        sentences.append(f"- … ({len(known)})")
    if sentences:
        yield "\n".join(sentences)


def _explained(map: ArgumentMap, predicate: Predicate, language: str) -> Iterator[str]:
    family = map.families.get(predicate.family)
    yield f"**{_plain(name(predicate, 'both'))}** · {_plain(name(family, language)) if family else predicate.family}"
    inverse = " · ".join(_plain(text) for text in predicate.inverse.values())
    yield f"← {inverse}" if inverse else "⇄"
    if meaning := _meaning(predicate, language):
        yield meaning


def _plain(text: str) -> str:
    """Text in which Markdown finds no markup."""
    return re.sub(r"([\\`*_{}\[\]<>()#|!~])", r"\\\1", " ".join(text.split()))


def _line(loaded: Loaded, path: str, line: int) -> str:
    lines = lines_of(loaded.texts.get(path, ""))
    return lines[line - 1] if 0 < line <= len(lines) else ""
