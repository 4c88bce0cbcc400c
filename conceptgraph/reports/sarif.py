"""Diagnostics as SARIF 2.1.0 (OASIS Standard, 2020), for services that show them beside the code."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from conceptgraph import __version__
from conceptgraph.diagnostics import Code, Diagnostic, Note, Severity, Span
from conceptgraph.examples import example
from conceptgraph.reports.checks import gist

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_BASE: Final = "SRCROOT"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def log(
    diagnostics: Sequence[Diagnostic], directory: Path, codes: Mapping[str, Code], root: Path | None = None
) -> dict[str, Any]:
    """A SARIF log with one run.

    Args:
        diagnostics: what was found.
        directory: the map's folder, to which spans are relative.
        codes: everything that can be found; each becomes a rule.
        root: the folder to which the log's addresses are relative, by default the current one; a map that does not lie
            in it is its own root.
    """
    directory, root = directory.resolve(), (root or Path.cwd()).resolve()
    if not directory.is_relative_to(root):
        root = directory
    prefix = directory.relative_to(root)
    index = {id: number for number, id in enumerate(codes)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "conceptgraph",
                        "version": __version__,
                        "rules": [_rule(code) for code in codes.values()],
                    }
                },
                "originalUriBaseIds": {_BASE: {"uri": f"{root.as_uri().rstrip('/')}/"}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(found, index[found.code], prefix) for found in diagnostics],
            }
        ],
    }


def _rule(code: Code) -> dict[str, Any]:
    bad, good = (text.rstrip("\n") for text in example(code.id))
    doc = inspect.cleandoc(code.doc)
    return {
        "id": code.id,
        "shortDescription": {"text": gist(code)},
        "fullDescription": {"text": doc},
        "help": {
            "text": f"{doc}\n\nBad:\n\n{bad}\n\nGood:\n\n{good}",
            "markdown": f"{doc}\n\nBad:\n\n```yaml\n{bad}\n```\n\nGood:\n\n```yaml\n{good}\n```",
        },
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(found: Diagnostic, index: int, prefix: Path) -> dict[str, Any]:
    help = f" ({found.help})" if found.help else ""
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": _LEVELS[found.severity],
        "message": {"text": found.message + help},
        "locations": [{"physicalLocation": _place(found.span, prefix)}],
    }
    if found.notes:
        result["relatedLocations"] = list(_related(found.notes, prefix))
    return result


def _related(notes: Iterable[Note], prefix: Path) -> Iterable[dict[str, Any]]:
    for number, note in enumerate(notes):
        location: dict[str, Any] = {"id": number, "message": {"text": note.message}}
        if note.span is not None:
            location["physicalLocation"] = _place(note.span, prefix)
        yield location


def _place(span: Span, prefix: Path) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote((prefix / span.path).as_posix()), "uriBaseId": _BASE},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }
