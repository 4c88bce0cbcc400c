"""Every text that people wrote in a map, with its language and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from conceptgraph.diagnostics import Origin, Span
from conceptgraph.model import ArgumentMap, Entity, Family, Kind, Predicate, Text

HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd"
"""Chinese characters, as the inside of a character class."""


class Piece(NamedTuple):
    """One text in one language. Anchors are not among them: they repeat what the source has."""

    text: str
    language: str
    origin: Origin
    part: str

    @property
    def chinese(self) -> bool:
        return self.language.partition("-")[0] == "zh"

    @property
    def span(self) -> Span:
        return self.origin.part(self.part)

    def found(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Span]]:
        """Where a pattern occurs, each with its place in the file."""
        for match in pattern.finditer(self.text):
            yield match, self.stretch(match.start(), match.end())

    def stretch(self, start: int, end: int) -> Span:
        """The place of a part of the text; of the whole, where escapes or line ends hide which part it is."""
        span = self.span
        around = span.end_column - span.column - len(self.text)
        if span.line != span.end_line or around not in (0, 2):
            return span
        first = span.column + around // 2
        return Span(span.path, span.line, first + start, span.line, first + end)


class Saying(NamedTuple):
    """A field of a record, with its text by language. `of` names the record."""

    of: str
    field: str
    text: Text
    origin: Origin


def names(map: ArgumentMap) -> Iterator[Saying]:
    """The labels of a map's records."""
    for predicate in map.predicates.values():
        yield Saying(predicate.id, "label", predicate.label, predicate.origin)
        if predicate.inverse is not predicate.label:
            yield Saying(predicate.id, "inverse", predicate.inverse, predicate.origin)
    for record in _records(map):
        yield Saying(record.id, "label", record.label, record.origin)


def sayings(map: ArgumentMap) -> Iterator[Saying]:
    """Whatever a map's records say beyond their labels, where they say anything."""
    records: list[Kind | Family | Predicate | Entity] = [*map.predicates.values(), *_records(map)]
    for record in records:
        if record.definition:
            yield Saying(record.id, "definition", record.definition, record.origin)
    for entity in map.entities.values():
        if entity.note:
            yield Saying(entity.id, "note", entity.note, entity.origin)
        for section in entity.sections.values():
            yield Saying(section.id, "", section.title, section.origin)
    for question in map.questions.values():
        yield Saying(question.id, "ask", question.ask, question.origin)
    for relation, citation in map.citations():
        if citation.note:
            yield Saying(str(relation), "note", citation.note, citation.origin)
        if citation.condition:
            yield Saying(str(relation), "condition", citation.condition, citation.origin)


def _records(map: ArgumentMap) -> Iterator[Kind | Family | Entity]:
    yield from map.kinds.values()
    yield from map.families.values()
    yield from map.entities.values()


def pieces(map: ArgumentMap) -> Iterator[Piece]:
    """Every text of a map."""
    for source in (names(map), sayings(map)):
        for _, field, text, origin in source:
            prefix = f"{field}." if field else ""
            for language, written in text.items():
                yield Piece(written, language, origin, prefix + language)
    for entity in map.entities.values():
        for language, aliases in entity.aliases.items():
            for index, alias in enumerate(aliases):
                yield Piece(alias, language, entity.origin, f"aliases.{language}.{index}")
