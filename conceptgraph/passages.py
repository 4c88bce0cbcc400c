"""The texts of the sources: where their sections begin, and where anchors stand in them.

White space is left out of account, since a text may be broken into lines as in a PDF; so are the marks of Markdown.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from conceptgraph.model import Entity

# a sentence ends with its mark and the quotation marks behind it; an English one where the next begins
_END: Final = re.compile(r"[。！？!?]+[”’」』）)*]*|(?<=[a-z])\.(?=\s+[A-Z])|\n(?=\s*#)")
_BREAK: Final = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])|[*\\`]+|-\n\s*")
_BLANK: Final = re.compile(r"\s+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LEFT_OUT: Final = re.compile(r"[\s\u3000\u200b\ufeff*\\`]+")


def squeezed(text: str) -> str:
    """A text without what is left out of account."""
    return _LEFT_OUT.sub("", text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a text: from where to where (offsets of the squeezed text), its first line, and its words."""

    start: int
    end: int
    line: int
    text: str


@dataclass(frozen=True)
class SourceText:
    """The text of one source. Offsets count characters of `text`, which is squeezed."""

    source: Entity
    raw: str

    @cached_property
    def text(self) -> str:
        """The whole text, squeezed."""
        return squeezed(self.raw)

    @cached_property
    def extents(self) -> Mapping[str, tuple[int, int]]:
        """The beginning and end of each section that was found, by its id.

        Sections are sought in the order of the outline, each behind the one before, so that a phrase which occurs
        again elsewhere misleads nobody.
        """
        starts: dict[str, int] = {}
        position = 0
        for section in self.source.sections.values():
            if section.opens is None:
                continue
            start = self.text.find(squeezed(section.opens), position)
            if start >= 0:
                starts[section.id] = start
                position = start + 1
        ends = [*starts.values(), len(self.text)][1:]
        return {id: (start, end) for (id, start), end in zip(starts.items(), ends, strict=True)}

    @cached_property
    def sentences(self) -> tuple[Passage, ...]:
        """The sentences, in the order of the text. A section begins one of its own, whatever stands before it."""
        starts = [start for start, _ in self.extents.values()]
        found = []
        position, line = 0, 1
        for part in _parts(self.raw):
            content = squeezed(part)
            begins = line + part[: len(part) - len(part.lstrip())].count("\n")
            line += part.count("\n")
            end = position + len(content)
            cuts = [position, *(start for start in starts if position < start < end), end]
            for first, last in itertools.pairwise(cuts):
                whole = len(cuts) == 2
                text = _one_line(part) if whole else content[first - position : last - position]
                if _LETTER.search(text):
                    found.append(Passage(first, last, begins, text))
            position = end
        return tuple(found)

    def passage(self, section: str | None, anchor: str) -> Passage | None:
        """The sentence of a section in which an anchor first stands."""
        for offset in self.offsets(anchor):
            if section is None or self.section_at(offset) == section:
                return next((each for each in self.sentences if each.start <= offset < each.end), None)
        return None

    def offsets(self, phrase: str) -> list[int]:
        """Where a phrase occurs, in the order of the text."""
        wanted = squeezed(phrase)
        result = []
        position = self.text.find(wanted) if wanted else -1
        while position >= 0:
            result.append(position)
            position = self.text.find(wanted, position + 1)
        return result

    def places(self, phrase: str) -> list[str | None]:
        """The section of each occurrence of a phrase, in the order of the text; None before the first section."""
        return [self.section_at(offset) for offset in self.offsets(phrase)]

    def section_at(self, offset: int) -> str | None:
        """The id of the section that an offset lies in."""
        for id, (start, end) in self.extents.items():
            if start <= offset < end:
                return id
        return None


def source_texts(sources: Iterable[Entity], directory: Path) -> dict[str, SourceText]:
    """The texts of sources, by their ids, from the folder where they lie; without those that have no file there.

    Raises:
        OSError, UnicodeDecodeError: a file cannot be read.
    """
    files = {source.id: (source, directory / source.file) for source in sources if source.file is not None}
    return {
        id: SourceText(source, file.read_text(encoding="utf-8-sig"))
        for id, (source, file) in files.items()
        if file.is_file()
    }


def _parts(raw: str) -> Iterator[str]:
    position = 0
    for match in _END.finditer(raw):
        yield raw[position : match.end()]
        position = match.end()
    yield raw[position:]


def _one_line(part: str) -> str:
    """A part of a text as one line: breaks within Chinese leave nothing, others a blank."""
    return _BLANK.sub(" ", _BREAK.sub("", part)).strip()
