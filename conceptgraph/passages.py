"""The texts of the sources: where their sections begin, and where anchors stand in them.

White space is left out of account, since a text may be broken into lines as in a PDF; so are the marks of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from conceptgraph.model import Entity

_LEFT_OUT: Final = re.compile(r"[\s\u3000\u200b\ufeff*\\`]+")


def squeezed(text: str) -> str:
    """A text without what is left out of account."""
    return _LEFT_OUT.sub("", text)


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
