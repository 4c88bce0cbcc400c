"""A data directory to a map and everything found wrong with it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from conceptgraph import binder, collector, files, ignores, progress, reader
from conceptgraph.diagnostics import Code, Diagnostic, Severity, Span
from conceptgraph.errors import InvalidMap
from conceptgraph.model import ArgumentMap, Citation, Relation, Triple, statuses
from conceptgraph.passages import source_texts
from conceptgraph.questions import CODES as QUESTION_CODES
from conceptgraph.rules import Subject, examine, rules

T = TypeVar("T")

_KEY: Final = re.compile(r"^[ \t]*([a-z0-9]+(?:-[a-z0-9]+)*)[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A map as far as it could be built, what was found, and the texts of the files that the findings point into.

    Spans name files relative to `directory`.
    """

    directory: Path
    map: ArgumentMap
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(found for found in self.diagnostics if found.severity is Severity.ERROR)

    def require(self) -> ArgumentMap:
        """The map.

        Raises:
            InvalidMap: there are errors, so that answers could be wrong.
        """
        if self.errors:
            raise InvalidMap(self.errors)
        return self.map


def load(
    directory: str | Path,
    sources: str | Path | None = None,
    drafts: Mapping[str, str] | None = None,
    least: Severity = Severity.NOTE,
) -> Loaded:
    """Read every YAML file below a directory. Bad data raises nothing: what is wrong becomes a diagnostic.

    Args:
        directory: the folder with the map's files.
        sources: the folder with the texts that the map reads; if it is given, anchors are looked up in them.
        drafts: texts that count in the place of what is in files, by their paths relative to the directory; a path
            without a file is a file more.
        least: rules whose findings matter less are not asked: whoever asks a question of a map must know its errors.

    Raises:
        NotADirectoryError: there is no such directory.
        OSError, UnicodeDecodeError: the text of a source cannot be read.
    """
    directory = Path(directory)
    for folder in (directory, Path(sources or directory)):
        if not folder.is_dir():
            raise NotADirectoryError(f"no such folder: {folder}")
    with collector.paused():
        return _load(directory, None if sources is None else Path(sources), drafts or {}, least)


def _load(directory: Path, sources: Path | None, drafts: Mapping[str, str], least: Severity) -> Loaded:
    found_files = sorted({**dict(files.found(directory)), **{path: directory / path for path in drafts}}.items())
    documents = [
        reader.parse(drafts[path], path) if path in drafts else reader.read(file, path)
        for path, file in progress.steps("reading files", found_files)
    ]
    records = binder.bind(documents)
    found = [diagnostic for document in documents for diagnostic in document.diagnostics]
    found += _unbred(records.diagnostics, found)
    map = ArgumentMap(
        _sorted(records.kinds),
        _sorted(records.families),
        _sorted(records.predicates),
        _sorted(records.entities),
        _relations(records),
        _sorted(records.questions),
    )
    declared = set(records.declared)
    for document in documents:
        if document.broken:
            declared.update(_KEY.findall(document.text))
    texts = None if sources is None else source_texts(map.sources.values(), sources)
    lost = any(document.lost for document in documents)
    subject = Subject(map, frozenset(declared), texts, lost)
    found += _unbred(examine(subject, not found, least), found)
    if least < Severity.ERROR:
        sound = all(diagnostic.severity is not Severity.ERROR for diagnostic in found)
        asked = [rule.code.id for rule in rules() if sound and rule.asked_of(subject)]
        found = ignores.heeded(found, documents, codes(), asked)
    return Loaded(
        directory,
        map,
        tuple(sorted(found, key=lambda diagnostic: diagnostic.order)),
        {document.path: document.text for document in documents},
    )


def codes() -> dict[str, Code]:
    """Everything that can be found, by its id."""
    every: Iterable[Code] = (
        *reader.CODES,
        *binder.CODES,
        *QUESTION_CODES,
        *ignores.CODES,
        *(rule.code for rule in rules()),
    )
    return {code.id: code for code in sorted(every, key=lambda code: code.id)}


def _unbred(found: Iterable[Diagnostic], faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What is found, but not about a stretch in which an earlier stage found a fault: an error breeds no errors."""
    places = sorted(fault.span[:3] for fault in faults)

    def bred(span: Span) -> bool:
        index = bisect_left(places, span[:3])
        return index < len(places) and places[index] < (span.path, span.end_line, span.end_column)

    return [diagnostic for diagnostic in found if not bred(diagnostic.span)]


def _sorted(records: Mapping[str, T]) -> dict[str, T]:
    return dict(sorted(records.items()))


def _relations(records: binder.Records) -> dict[Triple, Relation]:
    cited: dict[Triple, list[Citation]] = {}
    for triple, citation in records.statements:
        cited.setdefault(triple, []).append(citation)
    status = statuses(cited, records.predicates)
    outlines = {id: list(entity.sections) for id, entity in records.entities.items() if entity.sections}
    for citations in cited.values():
        if len(citations) > 1:
            citations.sort(key=lambda citation: _reading_order(citation, outlines))
    return {triple: Relation(triple, tuple(cited[triple]), status[triple]) for triple in sorted(cited)}


def _reading_order(citation: Citation, outlines: Mapping[str, list[str]]) -> tuple[object, ...]:
    """By source and section in the order of the text, whatever the files; then by all that tells citations apart."""
    outline = outlines.get(citation.source, [])
    position = outline.index(citation.section) if citation.section in outline else len(outline)
    return (
        citation.source,
        position,
        citation.section or "",
        citation.at or "",
        citation.by,
        citation.via,
        citation.denied,
        citation.stance,
        citation.modality,
        citation.order is not None,
        citation.order or 0,
        citation.likely or "",
        citation.inferred,
        citation.when or "",
        sorted(citation.condition.items()),
        sorted(citation.note.items()),
        citation.origin.span,
    )
