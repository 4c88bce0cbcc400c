"""What was found in the data, and where."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class Span(NamedTuple):
    """A stretch of a file. Lines and columns count characters from 1; the end column is the first one outside."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """Itself, so that a span stands for what it is the span of."""
        return self

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Located(Protocol):
    """Something that stands in a file. Spans are worked out when they are asked for: most never are."""

    @property
    def span(self) -> Span: ...


class Origin(NamedTuple):
    """Where a record stands: the whole of it, and each of its fields by name. Origins of one place are equal."""

    whole: Located
    parts: Mapping[str, Located]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin) and self.span == other.span

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.span)

    def __reduce__(self) -> tuple[type[Origin], tuple[Span, dict[str, Located]]]:
        """A record that is kept for later keeps its own place, not that of each field."""
        return Origin, (self.whole.span, {})

    @property
    def span(self) -> Span:
        """The span of the whole record, or of the key that it stands under."""
        return self.whole.span

    def part(self, name: str) -> Span:
        """The span of one field, or of the whole record where the field is not written out."""
        return self.parts.get(name, self.whole).span


class Severity(enum.IntEnum):
    """How much a finding matters: an error makes the map unusable, a warning does not, a note is for information."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Code:
    """One thing that can be found: its id, how much it matters, and the text that explains it."""

    id: str
    severity: Severity
    doc: str


@dataclass(frozen=True, slots=True)
class Note:
    """A second place, or a second thing, worth knowing about a finding."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, before it is stamped with the check's code and severity."""

    span: Span
    message: str
    notes: tuple[Note, ...] = ()
    help: str | None = None

    def stamped(self, code: Code) -> Diagnostic:
        return Diagnostic(code.id, code.severity, self.message, self.span, self.notes, self.help)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about the data."""

    code: str
    severity: Severity
    message: str
    span: Span
    notes: tuple[Note, ...] = field(default=())
    help: str | None = None

    @property
    def order(self) -> tuple[Span, str, str]:
        """Diagnostics are listed by place, then by code."""
        return self.span, self.code, self.message
