"""What `check` can find: every code in a table, and one with its meaning and its examples."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from conceptgraph.diagnostics import Code
from conceptgraph.examples import example
from conceptgraph.reports import Report
from conceptgraph.reports.terminal import Terminal, plain


def gist(code: Code) -> str:
    """What a code stands for, in one sentence."""
    return inspect.cleandoc(code.doc).partition("\n")[0]


@dataclass(frozen=True)
class CodesReport(Report):
    """Everything that can be found, by code."""

    codes: Mapping[str, Code]

    columns: ClassVar[Sequence[str]] = ("code", "severity", "meaning")

    def text(self, terminal: Terminal) -> str:
        lines = []
        for code in self.codes.values():
            lines.append(f"{terminal.paint(code.id, 'bold')} ({code.severity})")
            lines.append(terminal.wrapped(gist(code), 2))
        return "\n".join(lines)

    def rows(self) -> Iterator[tuple[str, str, str]]:
        for code in self.codes.values():
            yield code.id, str(code.severity), gist(code)

    def data(self) -> Any:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows()]


@dataclass(frozen=True)
class CodeReport(Report):
    """One thing that can be found, with a bad and a good example."""

    code: Code

    columns: ClassVar[Sequence[str]] = CodesReport.columns

    def text(self, terminal: Terminal) -> str:  # noqa: ARG002 - files are shown as they are
        bad, good = example(self.code.id)
        head = f"{self.code.id} ({self.code.severity})\n\n{inspect.cleandoc(self.code.doc)}"
        return f"{head}\n\nBad:\n\n{_indented(bad)}\n\nGood:\n\n{_indented(good)}"

    def rows(self) -> Iterator[tuple[str, str, str]]:
        yield self.code.id, str(self.code.severity), gist(self.code)

    def data(self) -> Any:
        (row,) = self.rows()
        bad, good = example(self.code.id)
        return dict(zip(self.columns, row, strict=True)) | {
            "explanation": inspect.cleandoc(self.code.doc),
            "bad": bad,
            "good": good,
        }


def _indented(text: str) -> str:
    return "\n".join(f"    {plain(line)}".rstrip() for line in text.rstrip("\n").split("\n"))
