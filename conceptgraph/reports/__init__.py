"""Results and diagnostics as text, json, tsv: a report is one result with its three forms."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final

from conceptgraph.reports.terminal import Terminal, plain

OUTPUTS: Final = ("table", "json", "tsv")


class Report(ABC):
    """One result, ready to be read by people (`text`), by spreadsheets (`rows`) and by programs (`data`)."""

    columns: ClassVar[Sequence[str]]

    @abstractmethod
    def text(self, terminal: Terminal) -> str:
        """The result as it stands on a terminal, without a last line end."""

    @abstractmethod
    def rows(self) -> Iterable[Sequence[object]]:
        """The result as rows of `columns`."""

    @abstractmethod
    def data(self) -> Any:
        """The result as plain lists and dictionaries."""

    def written(self, output: str, terminal: Terminal) -> str:
        """The result in one of the `OUTPUTS`, without a last line end."""
        if output == "json":
            return json.dumps(self.data(), ensure_ascii=False, indent=1)
        if output == "tsv":
            return "\n".join("\t".join(map(_cell, row)) for row in (self.columns, *self.rows()))
        return self.text(terminal)


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = " ".join(plain(str(value)).split())
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
