"""Where each id of a map stands in its files: where it is declared, and wherever it is referred to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from conceptgraph.diagnostics import Origin, Span
from conceptgraph.loader import Loaded
from conceptgraph.model import UNATTRIBUTED, ArgumentMap
from conceptgraph.reader import line_starts

THINGS: Final = ("entity", "predicate", "family", "kind", "question")
"""What has an id; ids of two of them may be the same word."""

# words in quotes are one name; within single quotes of YAML, single quotes are doubled
_WORD: Final = re.compile(r"""\"[^"]*\"|''[^']*''|'[^']*'|[^\s'"]+""")
_IDS: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OF_OPTION: Final = {
    "-p": ("predicate", "family"),
    "--predicate": ("predicate", "family"),
    "--family": ("family",),
    "--kind": ("kind",),
}
"""What the options of the command line name that do not name entities."""


class Occurrence(NamedTuple):
    """One place where an id stands. `what` it is the id of is one of `THINGS`; `declares`: its record stands here."""

    id: str
    what: str
    span: Span
    declares: bool = False


def occurrences(loaded: Loaded) -> Iterator[Occurrence]:
    """Every place where an id of the map stands, each once, in the order of the files.

    That is the key of a record, the ends and the predicate of a triple, `by`, `via` and `likely`, the text in `in`,
    `family`, `opposite`, `domain` and `range` of a predicate, and the words of a question's `query` and `expect`.

    Args:
        loaded: a map that was read from its files; one that comes from the cache has forgotten where its fields stand.
    """
    texts = _Texts(loaded.texts)
    found = {occurrence.span: occurrence for occurrence in _occurrences(loaded.map, texts)}
    return iter([found[span] for span in sorted(found)])


def _occurrences(map: ArgumentMap, texts: _Texts) -> Iterator[Occurrence]:
    for what, records in _spaces(map).items():
        for id, record in records.items():
            yield from texts.places(record.origin.span, id, what, declares=True)
    for predicate in map.predicates.values():
        yield from texts.places(predicate.origin.part("family"), predicate.family, "family")
        if predicate.opposite is not None:
            yield from texts.places(predicate.origin.part("opposite"), predicate.opposite, "predicate")
        for name, kinds in (("domain", predicate.domain), ("range", predicate.range)):
            yield from _listed(texts, predicate.origin, name, kinds, "kind")
    for relation, citation in map.citations():
        origin = citation.origin
        yield from texts.places(origin.part("subject"), relation.subject, "entity")
        yield from texts.places(origin.part("predicate"), relation.predicate, "predicate")
        yield from texts.places(origin.part("object"), relation.object, "entity")
        yield from texts.places(origin.part("in"), citation.source, "entity")
        for name, ids in (("by", citation.by), ("via", citation.via)):
            if name in origin.parts:
                yield from _listed(texts, origin, name, ids, "entity")
        if citation.likely is not None:
            yield from texts.places(origin.part("likely"), citation.likely, "entity")
    for question in map.questions.values():
        yield from _asked(map, texts, question.origin.part("query"))
        for index, id in enumerate(question.expect):
            yield from texts.places(question.origin.part(f"expect.{index}"), id, "entity")


def _listed(texts: _Texts, origin: Origin, name: str, ids: tuple[str, ...], what: str) -> Iterator[Occurrence]:
    for index, id in enumerate(ids):
        if id != UNATTRIBUTED:
            yield from texts.places(origin.part(f"{name}.{index}"), id, what)


def _spaces(map: ArgumentMap) -> dict[str, Mapping[str, Any]]:
    return dict(zip(THINGS, (map.entities, map.predicates, map.families, map.kinds, map.questions), strict=True))


def _asked(map: ArgumentMap, texts: _Texts, span: Span) -> Iterator[Occurrence]:
    """The ids among the words of a query: what a word names depends on the option before it."""
    spaces = _spaces(map)
    option = ""
    for index, (start, word) in enumerate(texts.words(span)):
        if word.startswith("-") and "=" not in word:
            option = word
            continue
        named, _, rest = word.rpartition("=")
        expected = _OF_OPTION.get(named or option, ("entity", "predicate", "question"))
        option = ""
        first = len(named) + 1 if named else 0
        for match in _IDS.finditer("" if word[0] in "'\"" else rest):
            # the first word is a verb; a word after @ or before : is a kind, one after / a section of a text
            before, after = rest[: match.start()], rest[match.end() :]
            kind = before.endswith("@") or after.startswith(":")
            things = ("kind",) if kind else expected
            what = next((what for what in things if match.group() in spaces[what]), None)
            if index and what and not before.endswith("/"):
                place = texts.span(span.path, start + first + match.start(), len(match.group()))
                yield Occurrence(match.group(), what, place)


class _Texts:
    """The texts of the files, and the places of words in them."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.starts = {path: line_starts(text) for path, text in texts.items()}

    def _bounds(self, span: Span) -> tuple[int, int]:
        starts = self.starts[span.path]
        return starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1

    def places(self, span: Span, id: str, what: str, declares: bool = False) -> Iterator[Occurrence]:
        """Where an id stands within the text at a place, which may have quotes around it, or a section behind it."""
        start, end = self._bounds(span)
        offset = self.texts[span.path].find(id, start, end)
        if offset >= 0:
            yield Occurrence(id, what, self.span(span.path, offset, len(id)), declares)

    def words(self, span: Span) -> Iterator[tuple[int, str]]:
        """The words of a text at a place, with their offsets in the file."""
        start, end = self._bounds(span)
        if self.texts[span.path][start] in "'\"":
            start, end = start + 1, end - 1
        for match in _WORD.finditer(self.texts[span.path], start, end):
            yield match.start(), match.group()

    def span(self, path: str, offset: int, length: int) -> Span:
        """The place of a word that begins at an offset."""
        starts = self.starts[path]
        line = bisect_right(starts, offset)
        column = offset - starts[line - 1] + 1
        return Span(path, line, column, line, column + length)
