"""Comments by which a curator lets a finding of one line pass: `# conceptgraph: ignore[code]`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from conceptgraph.diagnostics import Code, Diagnostic, Finding, Severity, Span
from conceptgraph.reader import Document, Node, Scalar, Sequence, line_starts, lines_of
from conceptgraph.suggest import nearest

UNUSED_IGNORE = Code(
    "unused-ignore",
    Severity.WARNING,
    """A comment asks to ignore a finding that is not there.

    The fault was mended, or the comment stands on another line than it: it must end the line on which the finding
    begins. Delete it, lest it hide a fault to come.
    """,
)
MALFORMED_IGNORE = Code(
    "malformed-ignore",
    Severity.WARNING,
    """A comment that asks to ignore something does not say what, or asks for what cannot be.

    It names its codes: `# conceptgraph: ignore[code]`, or several with commas. Warnings and notes can be ignored;
    errors cannot, because answers would be wrong.
    """,
)
CODES: Final = (UNUSED_IGNORE, MALFORMED_IGNORE)

_ASKING: Final = re.compile(r"#[ \t]*conceptgraph[ \t]*:[ \t]*(?P<word>[\w-]+)[ \t]*(?P<list>\[[^\]\r\n]*\]?)?[^\r\n]*")
_CODE: Final = re.compile(r"[^\s,，、\[\]]+")


class Ignore(NamedTuple):
    """One code that a comment names, and where. `code` is empty, and `whole` false, where it names none."""

    code: str
    span: Span
    whole: bool = True


def heeded(
    found: Iterable[Diagnostic], documents: Iterable[Document], codes: Mapping[str, Code], asked: Collection[str]
) -> list[Diagnostic]:
    """What was found, without what comments ask to ignore, and with what is wrong with the comments.

    Args:
        found: what was found in the documents.
        documents: the files of the map.
        codes: everything that can be found.
        asked: the codes that would have been found if there were something to find.
    """
    every = [ignore for document in documents for ignore in ignores(document)]
    if not every:
        return list(found)
    passed = {
        (ignore.span.path, ignore.span.line, ignore.code): False
        for ignore in every
        if ignore.code in codes and codes[ignore.code].severity is not Severity.ERROR
    }
    kept = []
    for diagnostic in found:
        key = (diagnostic.span.path, diagnostic.span.line, diagnostic.code)
        if key in passed:
            passed[key] = True
        else:
            kept.append(diagnostic)
    broken = {document.path for document in documents if document.broken}
    for ignore in every:
        if ignore.span.path in broken:
            continue
        used = passed.get((ignore.span.path, ignore.span.line, ignore.code))
        if used is None:
            kept.append(_malformed(ignore, codes).stamped(MALFORMED_IGNORE))
        elif not used and ignore.code in asked:
            finding = Finding(ignore.span, f"no {ignore.code!r} is found on this line", help="delete it")
            kept.append(finding.stamped(UNUSED_IGNORE))
    return kept


def ignores(document: Document) -> Iterator[Ignore]:
    """Every code that the comments of a file ask to ignore, in the order of the file."""
    if "conceptgraph" not in document.text:
        return
    matches = list(_ASKING.finditer(document.text))
    starts = line_starts(document.text)
    within = _Scalars(document, starts)
    for match in matches:
        if (match["word"] != "ignore" and match["list"] is None) or within.cover(match.start()):
            continue
        named = list(_CODE.finditer(match["list"] or ""))
        whole = match["word"] == "ignore" and (match["list"] or "").endswith("]") and bool(named)
        if whole:
            for code in named:
                start = match.start("list") + code.start()
                yield Ignore(code.group(), _span(document.path, starts, start, len(code.group())))
        else:
            yield Ignore("", _span(document.path, starts, match.start(), len(match.group().rstrip())), False)


def _malformed(ignore: Ignore, codes: Mapping[str, Code]) -> Finding:
    form = "write `# conceptgraph: ignore[code]`"
    if not ignore.whole:
        return Finding(ignore.span, "this comment does not say what to ignore", help=form)
    if ignore.code in codes:
        return Finding(ignore.span, f"{ignore.code!r} is an error, and errors cannot be ignored", help="mend it")
    near = nearest(ignore.code, codes, 1)
    return Finding(
        ignore.span, f"nothing has the code {ignore.code!r}", help=f"did you mean {near[0]!r}?" if near else None
    )


def _span(path: str, starts: list[int], offset: int, length: int) -> Span:
    line = bisect_left(starts, offset + 1)
    column = offset - starts[line - 1] + 1
    return Span(path, line, column, line, column + length)


class _Scalars:
    """Where the texts of a file stand: a # within one begins no comment."""

    def __init__(self, document: Document, starts: list[int]) -> None:
        self.extents = sorted(_extents(document, starts))

    def cover(self, offset: int) -> bool:
        index = bisect_left(self.extents, (offset + 1,)) - 1
        return index >= 0 and offset < self.extents[index][1]


def _extents(document: Document, starts: list[int]) -> Iterator[tuple[int, int]]:
    lines = lines_of(document.text)
    nodes: list[Node] = list(document.roots)
    while nodes:
        node = nodes.pop()
        if isinstance(node, Scalar):
            _, line, column, end_line, end_column = node.span
            start, end = starts[line - 1] + column - 1, starts[end_line - 1] + end_column - 1
            if not node.quoted and end_line > line and lines[line - 1][column - 1] in "|>":
                # a comment may stand beside the mark with which a block of text begins
                start = starts[line]
            yield start, end
        elif isinstance(node, Sequence):
            nodes += node.items
        else:
            nodes += [part for pair in node.pairs for part in pair]
