"""Diagnostics as people read them in a terminal, as one line each, and as editors and services read them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from conceptgraph.diagnostics import Diagnostic, Severity, Span
from conceptgraph.loader import Loaded, codes
from conceptgraph.reader import lines_of
from conceptgraph.reports import sarif
from conceptgraph.reports.links import to_file
from conceptgraph.reports.terminal import Link, Terminal, cut, plain, width

FOR_PROGRAMS: Final = ("json", "sarif")
"""The formats that say something also where nothing was found."""
_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def written(diagnostics: Sequence[Diagnostic], loaded: Loaded, format: str, terminal: Terminal) -> str:
    """Diagnostics in the format `full`, `concise`, `github`, `json` or `sarif`, without a last line end."""
    if format == "sarif":
        return json.dumps(sarif.log(diagnostics, loaded.directory, codes()), ensure_ascii=False, indent=1)
    if format == "json":
        return json.dumps([_data(found, loaded.directory) for found in diagnostics], ensure_ascii=False, indent=1)
    if format == "github":
        return "\n".join(_github(found, loaded.directory) for found in diagnostics)
    if format == "concise":
        return "\n".join(_concise(found, loaded.directory, terminal) for found in diagnostics)
    lines = {path: lines_of(text) for path, text in loaded.texts.items()}
    return "\n\n".join(_full(found, loaded.directory, lines, terminal) for found in diagnostics)


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """How many of each severity: `2 errors, 1 warning`."""
    found = [diagnostic.severity for diagnostic in diagnostics]
    counts = [(found.count(severity), str(severity)) for severity in sorted(Severity, reverse=True)]
    return ", ".join(f"{count} {name}{'s' * (count != 1)}" for count, name in counts if count)


def place(span: Span, directory: Path) -> str:
    """`file:line:column`, as an editor opens it."""
    return f"{plain(str(directory / span.path))}:{span.line}:{span.column}"


def _linked(span: Span, directory: Path, terminal: Terminal) -> str:
    """The place as a link to its file."""
    return terminal.linked([Link(place(span, directory), to_file(directory / span.path))])


def _concise(found: Diagnostic, directory: Path, terminal: Terminal) -> str:
    help = f" ({plain(found.help)})" if found.help else ""
    where = _linked(found.span, directory, terminal)
    return f"{where}: {found.severity}[{found.code}] {plain(found.message)}{help}"


def _full(found: Diagnostic, directory: Path, lines: Mapping[str, Sequence[str]], terminal: Terminal) -> str:
    colour = _COLOURS[found.severity]
    head = terminal.paint(f"{found.severity}[{found.code}]", "bold", colour)
    result = [f"{head}: {terminal.paint(plain(found.message), 'bold')}"]
    result += _excerpt(found.span, directory, lines, terminal, colour)
    for note in found.notes:
        result.append(f"{terminal.paint('note', 'bold')}: {plain(note.message)}")
        if note.span is not None:
            result += _excerpt(note.span, directory, lines, terminal, "blue")
    if found.help:
        result.append(f"{terminal.paint('help', 'bold', 'green')}: {plain(found.help)}")
    return "\n".join(result)


def _excerpt(
    span: Span, directory: Path, lines: Mapping[str, Sequence[str]], terminal: Terminal, colour: str
) -> list[str]:
    """The place, the line that stands there, and a caret under the span, by columns as the terminal shows them."""
    arrow = terminal.paint("-->", "blue")
    number = str(span.line)
    gutter = " " * len(number)
    result = [f"{gutter}{arrow} {_linked(span, directory, terminal)}"]
    file = lines.get(span.path, ())
    if not 0 < span.line <= len(file):
        return result
    line = file[span.line - 1].replace("\t", " ")
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    room = max(terminal.columns - len(number) - 3, 20)
    before, marked, after = (plain(part) for part in (line[:start], line[start : max(end, start + 1)], line[end:]))
    if width(before) + width(marked) > room:
        # a long line is shown from shortly before the span
        while before and width(before) > room // 3:
            before = before[1:]
        before = "…" + before[1:]
    marked = cut(marked, max(room - width(before), 8))
    bar = terminal.paint("|", "blue")
    caret = terminal.paint("^" * max(width(marked), 1), "bold", colour)
    return [
        *result,
        f"{gutter} {bar}",
        f"{terminal.paint(number, 'blue')} {bar} {cut(before + marked + after, room)}".rstrip(),
        f"{gutter} {bar} {' ' * width(before)}{caret}",
    ]


def _github(found: Diagnostic, directory: Path) -> str:
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}[found.severity]
    help = f" ({found.help})" if found.help else ""
    message = f"{found.message}{help}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = str(directory / found.span.path).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return f"::{level} file={file},line={found.span.line},col={found.span.column},title={found.code}::{plain(message)}"


def _data(found: Diagnostic, directory: Path) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": str(found.severity),
        "message": found.message,
        "help": found.help,
        "span": _span(found.span, directory),
        "notes": [
            {"message": note.message, "span": _span(note.span, directory) if note.span else None}
            for note in found.notes
        ],
    }


def _span(span: Span, directory: Path) -> dict[str, Any]:
    return {
        "file": str(directory / span.path),
        "line": span.line,
        "column": span.column,
        "end-line": span.end_line,
        "end-column": span.end_column,
    }
