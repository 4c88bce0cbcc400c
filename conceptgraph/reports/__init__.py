"""Results and diagnostics as text, json, tsv: a report is one result with its three forms."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Final

from conceptgraph.model import ArgumentMap, Relation
from conceptgraph.reports.mermaid import mermaid
from conceptgraph.reports.terminal import Terminal, plain

OUTPUTS: Final = ("table", "json", "tsv", "markdown", "mermaid")


_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>()#|!~]")


class Report(ABC):
    """One result, ready to be read by people (`text`), by spreadsheets (`rows`) and by programs (`data`)."""

    map: ArgumentMap
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

    @property
    def address(self) -> str | None:
        """The part of the page that shows the same; None where none does."""
        return None

    def relations(self) -> Iterable[Relation] | None:
        """The relations that a picture of the result would draw; None where it is no picture."""
        return None

    def chains(self) -> Iterable[Sequence[str]]:
        """The chains of entities that the result consists of."""
        return ()

    def ranks(self) -> Iterable[tuple[str, float]]:
        """The entities that the result ranks, each with its value."""
        return ()

    def written(self, output: str, terminal: Terminal) -> str:
        """The result in one of the `OUTPUTS`, without a last line end.

        Raises:
            ValueError: the result has no such form.
        """
        if output == "mermaid":
            relations = self.relations()
            if relations is None:
                raise ValueError("this answer is no picture: there is no mermaid of it")
            return mermaid(self.map, relations, terminal.receipts)
        if output == "markdown":
            return "\n".join(markdown_table(self.columns, self.rows()))
        if output == "json":
            return json.dumps(self.data(), ensure_ascii=False, indent=1)
        if output == "tsv":
            return "\n".join("\t".join(map(_cell, row)) for row in (self.columns, *self.rows()))
        lines = [self.text(terminal)]
        if self.address is not None and terminal.page is not None and not terminal.hyperlinks:
            lines.append(terminal.paint(f"{terminal.page}{self.address}", "dim"))
        return "\n".join(lines)


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a Markdown table."""
    return map(_markdown_row, (columns, ["---"] * len(columns), *rows))


def _markdown_row(row: Sequence[object]) -> str:
    """A row of a Markdown table, in which no cell is markup."""
    return "| " + " | ".join(_MARKUP.sub(r"\\\g<0>", _plain_cell(value)) for value in row) + " |"


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula, on one line."""
    text = _plain_cell(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@")) else text


def _plain_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(plain(str(value)).split())
