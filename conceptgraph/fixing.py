"""What is mended without asking: the findings that have one right answer, and how files are laid out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from conceptgraph import reader
from conceptgraph.diagnostics import Diagnostic, Span
from conceptgraph.edits import Edit, rewritten
from conceptgraph.formatting import formatted, is_block, scalar
from conceptgraph.loader import Loaded, load
from conceptgraph.model import Citation

ROUNDS: Final = 5
"""How often a map is read again, because what was mended may let something else be found."""

_FULL_WIDTH_STOP: Final = {".": "。"}
_BRACKETS: Final = "()"


def fixable(loaded: Loaded) -> list[Diagnostic]:
    """What was found in a map and has one right answer."""
    return [found for found, _ in _fixes(loaded)]


def fixed(loaded: Loaded, sources: Path | None = None) -> dict[str, str]:
    """The new text of each file that changes when everything is mended that has one right answer.

    Findings are mended, and the map is read again, until nothing more is found; then files are laid out in canonical
    form. A file that is not well-formed stays as it is.

    Args:
        loaded: the map, as it was read from its files.
        sources: the folder with the texts, if anchors were looked up in them.
    """
    now = loaded
    for _ in range(ROUNDS):
        # of several edits of one text, the last has them all
        edits = {edit.span: edit for _, edit in _fixes(now)}
        changed = rewritten(now.texts, edits.values())
        if not changed:
            break
        now = load(loaded.directory, sources, {**now.texts, **changed})
    texts = {path: formatted(reader.parse(text, path)) for path, text in now.texts.items()}
    return {path: text for path, text in texts.items() if text != loaded.texts[path]}


def _fixes(loaded: Loaded) -> Iterator[tuple[Diagnostic, Edit]]:
    pages: dict[str, _Page] = {}
    for found in loaded.diagnostics:
        mend = _MENDS.get(found.code)
        path = found.span.path
        if mend is None or path not in loaded.texts:
            continue
        if path not in pages:
            pages[path] = _Page(reader.parse(loaded.texts[path], path))
        if not pages[path].document.diagnostics and (edit := mend(found, pages[path], loaded)):
            yield found, edit


class _Page:
    """A file of the map, and what stands where in it."""

    def __init__(self, document: reader.Document) -> None:
        self.document = document
        self.lines = reader.lines_of(document.text)
        self.scalars: list[tuple[Span, reader.Scalar, bool]] = []
        self.statements: dict[tuple[int, int], reader.Node] = {}
        self.retyped: dict[Span, dict[int, tuple[str, str]]] = {}
        """What is written in another way in each text: by where it begins, how it reads and how it is to read."""
        starts = reader.line_starts(document.text)
        stack: list[tuple[reader.Node, bool]] = [(root, False) for root in document.roots]
        while stack:
            node, flow = stack.pop()
            if isinstance(node, reader.Scalar):
                self.scalars.append((node.span, node, flow))
                continue
            line, column = node.span.line, node.span.column
            flow = flow or not is_block(node, document.text, starts[line - 1] + column - 1)
            if isinstance(node, reader.Mapping):
                stack += [(each, flow) for pair in node.pairs for each in pair]
            else:
                stack += [(item, flow) for item in node.items]
                if not flow:
                    self.statements.update({item.span[1:3]: item for item in node.items})

    def scalar_at(self, span: Span) -> tuple[Span, reader.Scalar, bool] | None:
        """The text of one line in which a place lies."""
        for whole, node, flow in self.scalars:
            if whole.line == whole.end_line == span.line and whole.column <= span.column < whole.end_column:
                return whole, node, flow
        return None


Mend = Callable[[Diagnostic, _Page, Loaded], Edit | None]


def _retyped(replace: Callable[[str], str]) -> Mend:
    """A mend that writes the stretch that was found in another way, and the whole text anew, in quotes if need be."""

    def mend(found: Diagnostic, page: _Page, _: Loaded) -> Edit | None:
        place = page.scalar_at(found.span)
        line = page.lines[found.span.line - 1]
        stretch = line[found.span.column - 1 : found.span.end_column - 1]
        if place is None or found.span.end_line != found.span.line or replace(stretch) == stretch:
            return None
        whole, node, flow = place
        written = line[whole.column - 1 : whole.end_column - 1]
        quote = written[0] if node.quoted else ""
        inner = written[1:-1] if quote else written
        if inner != node.text:
            # with escapes within, what stands where is not what is said
            return None
        start = found.span.column - whole.column - len(quote)
        changes = page.retyped.setdefault(whole, {})
        changes[start] = stretch, replace(stretch)
        text = node.text
        for offset, (old, new) in sorted(changes.items(), reverse=True):
            text = text[:offset] + new + text[offset + len(old) :]
        return Edit(whole, scalar(text, flow=flow, quoted=node.quoted)) if text.strip() else None

    return mend


def _widened(mark: str) -> str:
    if len(mark) != 1 or not "!" <= mark <= "~" or mark in _BRACKETS:
        # a bracket has a partner that may well stand beside a foreign word
        return mark
    return _FULL_WIDTH_STOP.get(mark, chr(ord(mark) + 0xFEE0))


def _without(found: Diagnostic, page: _Page, loaded: Loaded) -> Edit | None:
    """A citation that says nothing more than another, with its line; but not with a comment."""
    node = page.statements.get(found.span[1:3])
    same = _twin(found, loaded)
    if node is None or not same:
        return None
    first, last = node.span.line, node.span.end_line
    if isinstance(node, reader.Mapping):
        last = max(each.span.end_line for pair in node.pairs for each in pair if isinstance(each, reader.Scalar))
    lines = page.lines[first - 1 : last]
    alone = lines[0][: node.span.column - 1].strip() == "-"
    if not alone or any("#" in line for line in lines) or last >= len(page.lines):
        return None
    return Edit(Span(found.span.path, first, 1, last + 1, 1), "")


def _twin(found: Diagnostic, loaded: Loaded) -> bool:
    """Whether the citation that was found is in every field the same as another."""

    def said(citation: Citation) -> tuple[object, ...]:
        return tuple(value for name, value in zip(citation._fields, citation, strict=True) if name != "origin")

    for relation in loaded.map.relations.values():
        for citation in relation.citations:
            if citation.origin.span == found.span:
                return sum(said(other) == said(citation) for other in relation.citations) > 1
    return False


_MENDS: Final[Mapping[str, Mend]] = {
    "confusable-character": _retyped(lambda stretch: unicodedata.normalize("NFKC", stretch)),
    "duplicate-citation": _without,
    "half-width-punctuation": _retyped(_widened),
    "invisible-character": _retyped(lambda _: ""),
}
"""How each sort of finding is mended, by its code."""
