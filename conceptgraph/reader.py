"""YAML text to located nodes; the only file that imports yaml.

Scalars stay text: what `no`, `1.10` or `2020-01-01` mean is for the field to say that holds them. Positions come from
PyYAML's C parser; its Python parser is asked only for the words of a syntax error, because they are better.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from conceptgraph import files
from conceptgraph.diagnostics import Code, Diagnostic, Finding, Note, Severity, Span

MAX_DEPTH: Final = 32
MAX_FINDINGS: Final = 1000
"""How many findings one file may have before those of the smaller sort are no longer listed."""
MAX_REPARSED: Final = 2**20
"""The longest text that is parsed a second time for better words; the Python parser takes seconds for a mebibyte."""

UNREADABLE_FILE = Code(
    "unreadable-file",
    Severity.ERROR,
    """A file of the map cannot be read.

    It is missing, not a regular file, not permitted, or larger than a file of a map can reasonably be (16 MiB).
    """,
)
NOT_UTF8 = Code(
    "not-utf8",
    Severity.ERROR,
    """A file is not encoded in UTF-8.

    Save it as UTF-8. Files in GBK, Big5 or UTF-16 are not guessed at: a wrong guess would change names silently.
    """,
)
YAML_SYNTAX = Code(
    "yaml-syntax",
    Severity.ERROR,
    """A file is not well-formed YAML.

    The usual slips are a missing comma or bracket in a triple, indentation that does not line up, a tab, and a text
    with ": " or " #" in it that is not quoted.
    """,
)
YAML_FEATURE = Code(
    "yaml-feature",
    Severity.ERROR,
    """A file uses a part of YAML that maps do without.

    These are anchors, aliases and merge keys, tags, keys that are not text, and nesting deeper than any record needs.

    Write the value out. A map is read by people line by line, and an alias would hide what a line says.
    """,
)
FORBIDDEN_CHARACTER = Code(
    "forbidden-character",
    Severity.ERROR,
    """A text holds a control character, one that reverses the direction of writing, or a byte-order mark.

    Such characters are invisible, can make a line say something else than it shows, and can take over a terminal.
    """,
)
CODES: Final = (UNREADABLE_FILE, NOT_UTF8, YAML_SYNTAX, YAML_FEATURE, FORBIDDEN_CHARACTER)

# C0 and C1 controls without tab and line ends, Unicode's own line ends, bidi controls, non-characters, byte-order mark
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# a carriage return ends a line of a file; only an escape can put one into a text
_FORBIDDEN_IN_TEXT: Final = re.compile(_FORBIDDEN.pattern[:-1] + "\r]")
_QUOTES: Final = ("'", '"')
# the C parser makes the same events with the same marks, many times faster; not every installation has it
_PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_END: Final = re.compile("\r\n|\r|\n")


class _Placed:
    """Something between two marks of the parser. Most spans are never asked for, so each is worked out when it is."""

    __slots__ = ("end", "path", "start")

    def __init__(self, path: str, start: Any, end: Any) -> None:
        self.path = path
        self.start = start
        self.end = end

    @property
    def span(self) -> Span:
        return _span(self.path, self.start, self.end)


class Scalar(_Placed):
    """A piece of text. `quoted` tells `""` from nothing."""

    __slots__ = ("quoted", "text")
    what = "text"

    def __init__(self, text: str, path: str, start: Any, end: Any, quoted: bool) -> None:
        self.text = text
        self.path = path
        self.start = start
        self.end = end
        self.quoted = quoted


class Sequence(_Placed):
    """A list of nodes."""

    __slots__ = ("items",)
    what = "a list"

    def __init__(self, items: list[Node], path: str, start: Any, end: Any) -> None:
        super().__init__(path, start, end)
        self.items = items


class Mapping(_Placed):
    """Keys with their values, in the order of the file; a key that stands twice is here twice.

    `whole` is false where the file broke off inside it.
    """

    __slots__ = ("pairs", "whole")
    what = "a mapping"

    def __init__(self, pairs: list[tuple[Scalar, Node]], path: str, start: Any, end: Any, whole: bool = True) -> None:
        super().__init__(path, start, end)
        self.pairs = pairs
        self.whole = whole


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """What one file held: its text, the roots of its YAML documents, and what was wrong with it."""

    path: str
    text: str
    roots: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def broken(self) -> bool:
        """Whether part of the file could not be read, so that what it declares is not fully known."""
        return bool(self.diagnostics)

    @property
    def lost(self) -> bool:
        """Whether not even its text is known, so that it may declare anything."""
        return self.broken and not self.text


def lines_of(text: str) -> list[str]:
    """The lines of a text as YAML counts them."""
    return _LINE_END.split(text)


def line_starts(text: str) -> list[int]:
    """Where each line of a text begins: offsets in characters."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def read(file: Path, path: str) -> Document:
    """Read one file; `path` is how its spans name it. Nothing is raised: what is wrong becomes a diagnostic."""
    try:
        data = files.read(file)
    except OSError as error:
        return _unread(path, error.strerror.lower() if error.strerror else str(error))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        finding = Finding(
            _span_at(path, before, len(before), 1), "not UTF-8", help="save the file with the encoding UTF-8"
        )
        # the ids in it still count as declared, in UTF-16 too: there they stand with a NUL behind every character
        legible = data.decode("utf-8", "replace").replace("\0", "")
        return Document(path, legible, (), (finding.stamped(NOT_UTF8),))
    return parse(text, path)


def parse(text: str, path: str) -> Document:
    """Parse YAML text to located nodes."""
    diagnostics = []
    clean = text
    for match in _FORBIDDEN.finditer(text):
        diagnostics.append(_forbidden(match.group(), _span_at(path, text, match.start(), 1)))
        if len(diagnostics) == 20:
            break
    if diagnostics:
        clean = _FORBIDDEN.sub(" ", text)
    composer = _Composer(path)
    try:
        composer.compose(clean)
    except yaml.YAMLError as error:
        # a space in the place of an invisible character may itself have upset the indentation
        if not diagnostics or not _well_formed(_FORBIDDEN.sub("", text)):
            diagnostics.append(_syntax_error(clean, path, error))
    except _TooDeep:
        pass
    return Document(path, text, tuple(composer.roots), (*diagnostics, *composer.diagnostics))


def _well_formed(text: str) -> bool:
    try:
        return all(True for _ in yaml.parse(text, Loader=_PARSER))
    except yaml.YAMLError:
        return False


def _unread(path: str, why: str) -> Document:
    return Document(path, "", (), (Finding(Span(path, 1, 1, 1, 1), why).stamped(UNREADABLE_FILE),))


def _span_at(path: str, text: str, offset: int, length: int) -> Span:
    ends = text.count("\n", 0, offset) + text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
    line, column = ends + 1, offset - max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset))
    return Span(path, line, column, line, column + length)


def _forbidden(character: str, span: Span) -> Diagnostic:
    return Finding(span, f"the character U+{ord(character):04X} is not allowed here").stamped(FORBIDDEN_CHARACTER)


def _syntax_error(text: str, path: str, error: yaml.YAMLError) -> Diagnostic:
    """The diagnostic of a syntax error, in the words of the Python parser where it fails too."""
    try:
        if len(text) <= MAX_REPARSED:
            for _ in yaml.parse(text, Loader=yaml.SafeLoader):
                pass
    except yaml.YAMLError as worded:
        error = worded
    except (RecursionError, ValueError, OverflowError):
        pass  # it stumbles over escapes and version numbers that are too large; the C parser's words stand
    mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    message = getattr(error, "problem", None) or str(error)
    notes = []
    if context_mark is not None and getattr(error, "context", None):
        notes.append(Note(str(error.context), _span(path, context_mark, context_mark)))  # type: ignore[attr-defined]
    span = _span(path, mark, mark) if mark is not None else Span(path, 1, 1, 1, 1)
    help = None
    if "found character '\\t'" in message:
        help = "indent with spaces"
    elif "mapping values are not allowed" in message:
        help = "put a text that contains ': ' in quotes"
    elif "expected ',' or ']'" in message or "expected ',' or '}'" in message:
        help = "a comma or a closing bracket is missing before this place"
    return Finding(span, message, tuple(notes), help).stamped(YAML_SYNTAX)


def _span(path: str, start: Any, end: Any) -> Span:
    end_line, end_column = end.line + 1, end.column + 1
    if (start.line, start.column) == (end.line, end.column):
        end_column += 1
    return Span(path, start.line + 1, start.column + 1, end_line, end_column)


class _TooDeep(Exception):
    pass


class _Composer:
    """Builds nodes from the parser's events. `roots` holds what was complete, also when the file breaks off."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.roots: list[Node] = []
        self.diagnostics: list[Diagnostic] = []

    def compose(self, text: str) -> None:
        """Read all documents of a text.

        Raises:
            yaml.YAMLError: the text is not well-formed.
            _TooDeep: it is nested too deep.
        """
        path = self.path
        scalar, sequence, mapping = yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent
        ends = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
        # the collections that are open, outermost first: the event that opened each, and the items around it
        stack: list[tuple[Any, list[Node]]] = []
        items: list[Node] = self.roots
        try:
            next_event = _PARSER(text).get_event
            while (event := next_event()) is not None:
                kind = type(event)
                if kind is scalar:
                    value, style = event.value, event.style
                    if event.anchor or event.tag:
                        self._refuse(event)
                    quoted = style in _QUOTES
                    if quoted and (match := _FORBIDDEN_IN_TEXT.search(value)):
                        if len(self.diagnostics) < MAX_FINDINGS:
                            self.diagnostics.append(_forbidden(match.group(), self._span(event)))
                        value = _FORBIDDEN_IN_TEXT.sub(" ", value)
                    items.append(Scalar(value, path, event.start_mark, event.end_mark, quoted))
                elif kind is mapping or kind is sequence:
                    if event.anchor or event.tag:
                        self._refuse(event)
                    stack.append((event, items))
                    items = []
                    if len(stack) > MAX_DEPTH:
                        span = _span(path, event.start_mark, event.start_mark)
                        finding = Finding(span, f"nested more than {MAX_DEPTH} deep")
                        self.diagnostics.append(finding.stamped(YAML_FEATURE))
                        raise _TooDeep
                elif kind in ends:
                    items = self._close(stack, items, event.end_mark, True)
                elif kind is yaml.AliasEvent:
                    finding = Finding(self._span(event), "maps have no aliases", help="write the value out")
                    self.diagnostics.append(finding.stamped(YAML_FEATURE))
                    items.append(Scalar("", path, event.start_mark, event.end_mark, False))
        except (yaml.YAMLError, _TooDeep):
            # what was read before the fault still counts, so that one slip does not hide the rest of the file;
            # a line that broke off does not: it would only breed more findings
            while stack:
                start, outer = stack[-1]
                if start.flow_style:
                    stack.pop()
                    items = outer
                else:
                    items = self._close(stack, items, start.start_mark, False)
            raise

    def _close(self, stack: list[tuple[Any, list[Node]]], items: list[Node], end: Any, whole: bool) -> list[Node]:
        """Make a node of the innermost open collection; the items of the collection around it are returned."""
        event, outer = stack.pop()
        start = event.start_mark
        if type(event) is yaml.SequenceStartEvent:
            outer.append(Sequence(items, self.path, start, end))
            return outer
        pairs = []
        for key, value in zip(items[::2], items[1::2], strict=False):
            if not isinstance(key, Scalar):
                finding = Finding(key.span, f"a key must be text, not {key.what}")
                self.diagnostics.append(finding.stamped(YAML_FEATURE))
            elif key.text == "<<" and not key.quoted:
                finding = Finding(key.span, "maps have no merge keys (<<)", help="write the fields out")
                self.diagnostics.append(finding.stamped(YAML_FEATURE))
            else:
                pairs.append((key, value))
        outer.append(Mapping(pairs, self.path, start, end, whole))
        return outer

    def _span(self, event: Any) -> Span:
        return _span(self.path, event.start_mark, event.end_mark)

    def _refuse(self, event: Any) -> None:
        span = self._span(event)
        if event.anchor:
            finding = Finding(span, f"maps have no anchors (&{event.anchor[:40]})", help="write the value out")
            self.diagnostics.append(finding.stamped(YAML_FEATURE))
        if event.tag:
            finding = Finding(
                span, f"maps have no tags ({event.tag[:40]})", help="leave the tag out; put text in quotes"
            )
            self.diagnostics.append(finding.stamped(YAML_FEATURE))
