"""A file of the map in its canonical form: the same records and the same comments, laid out in one way."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from conceptgraph import reader
from conceptgraph.reader import Document, Mapping, Node, Scalar, Sequence

WIDTH: Final = 120
"""The longest line; only what cannot be broken, and the rows of a table, may be longer."""
INDENT: Final = 2

TRIPLE: Final = ("subject", "predicate", "object")
CITATION: Final = (
    "in", "by", "via", "likely", "stance", "at", "denied", "modality", "condition", "order", "when", "inferred", "note",
)  # fmt: skip
_ENTITY: Final = "entity"
ORDERS: Final = {
    "kinds": ("plural", "outline", "proposition", "region", "label", "definition"),
    "families": ("label", "definition"),
    "predicates": (
        "family", "sign", "symmetric", "acyclic", "vague", "bookkeeping", "label", "inverse", "domain", "range",
        "opposite", "same-as", "definition",
    ),
    "questions": ("ask", "query", "expect"),
    _ENTITY: ("label", "aliases", "definition", "note", "reference", "file", "sections"),
    "block": ("in", "triples"),
    "triple": (*TRIPLE, *CITATION),
    "citation": CITATION,
}  # fmt: skip
"""The fields of each sort of record, in the order in which they are written."""

_COMMENT: Final = re.compile(r"#[^\r\n]*")
_MARKER: Final = re.compile(r"^(?:---|\.\.\.)(?=\s|\Z)", re.MULTILINE)
_DIRECTIVE: Final = re.compile(r"^%", re.MULTILINE)
_BLANK_LINE: Final = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_BLOCK_SCALAR: Final = re.compile(r"([|>][-+]?)([1-9]?)([-+]?)[ \t]*(#[^\r\n]*)?")
# what other readers of YAML take for a number, a date, a truth value or nothing: YAML 1.1 and 1.2
_NO_TEXT: Final = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|[-+]?(?:0[xo]?)?[0-9a-f_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[-+]?(?:[0-9][0-9_]*)?\.?[0-9_]*(?:e[-+]?[0-9]+)?|[-+]?\.(?:inf|nan)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|=|<<",
    re.IGNORECASE,
)
_NOT_PLAIN: Final = re.compile(r"^[?:,\[\]{}#&*!|>'\"%@`\s]|^-(?:\s|$)|^(?:---|\.\.\.)|:\s|:$|\s#|\s$|[\t\r\n]")
# a question mark is refused there by YAML readers that are not libyaml's
_NOT_PLAIN_IN_FLOW: Final = re.compile(r"[,:?\[\]{}]|^-$")
_BREAK: Final = re.compile(r"(?<=[^ ]) (?=[^ #])")


def formatted(document: Document) -> str:
    """The text of a file in canonical form.

    Order and wording stay the curator's, and so does the choice between block and braces, but for what is too wide in
    braces or has comments within. What is canonical: indentation, spacing, quotes only where they are needed, lines
    of 120 characters, the fields of a record in the order of `ORDERS`, records in braces under each other as a table,
    a blank line between headings.

    Returns:
        The new text; the old one where the file is not well-formed, or holds what cannot be laid out without changing
        what it says (directives of YAML, keys of several lines).
    """
    if document.diagnostics:
        return document.text
    if not (printed := _printed(document)):
        return document.text
    again = reader.parse(printed, document.path)
    same = not again.diagnostics and _meaning(again) == _meaning(document)
    return printed if same else document.text


def is_block(node: Node, text: str, start: int) -> bool:
    """Whether a collection is written in lines under each other, not in brackets or braces."""
    return not isinstance(node, Scalar) and text[start] not in "[{"


def scalar(text: str, *, flow: bool, quoted: bool = False) -> str:
    """A text as it is written in YAML: in quotes only where it could not be read back without them.

    Args:
        text: the text.
        flow: whether it is to stand in brackets or braces.
        quoted: whether it stood in quotes, so that other readers of YAML are to take `'1.10'` for a text.
    """
    if not text:
        return "''" if quoted else ""
    if re.search(r"[\t\r\n]", text):
        escapes = {"\\": r"\\", '"': r"\"", "\t": r"\t", "\r": r"\r", "\n": r"\n"}
        return '"' + "".join(escapes.get(character, character) for character in text) + '"'
    bare = not _NOT_PLAIN.search(text) and not (flow and _NOT_PLAIN_IN_FLOW.search(text)) and text != "<<"
    if bare and not (quoted and _NO_TEXT.fullmatch(text)):
        return text
    return "'" + text.replace("'", "''") + "'"


def _printed(document: Document) -> str:
    layout = _Layout(document)
    return "" if layout.directed else layout.written()


def _meaning(document: Document) -> tuple[object, ...]:
    """What must stay when a file is laid out anew: what it says, and its comments."""
    layout = _Layout(document)
    comments = sorted(comment.text.rstrip() for comment in layout.comments)
    return [_said(root, "file") for root in document.roots if not _nothing(root)], comments


def _said(node: Node, role: str) -> object:
    if isinstance(node, Scalar):
        return node.text, node.quoted and not node.text
    if isinstance(node, Mapping) or _is_triple(node, role):
        return [(key, _said(value, _within(role, key))) for key, _, value in _fields(node, role)]
    return tuple(_said(item, _item_role(role, index)) for index, item in enumerate(node.items))


def _nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text and not node.quoted


def _within(role: str, key: str) -> str:
    """What a value is, by what the mapping around it is and the key that it stands under."""
    if role == "file":
        return "blocks" if key == "relations" else f"records of {key}"
    if role.startswith("records of "):
        heading = role.removeprefix("records of ")
        return heading if heading in ORDERS else _ENTITY
    return "triples" if (role, key) == ("block", "triples") else "value"


def _item_role(role: str, index: int) -> str:
    if role == "triple":
        return "citation" if index == len(TRIPLE) else "value"
    return {"blocks": "block", "triples": "triple"}.get(role, "value")


def _is_triple(node: Node, role: str) -> bool:
    """Whether it is a triple in its short form, which can be written in the long one as well."""
    if role != "triple" or not isinstance(node, Sequence) or not 3 <= len(node.items) <= 4:
        return False
    *ends, last = node.items if len(node.items) == 4 else (*node.items, Mapping([], "", None, None))
    qualifiers = isinstance(last, Mapping) and not any(key.text in TRIPLE for key, _ in last.pairs)
    return qualifiers and all(isinstance(end, Scalar) for end in ends)


def _fields(node: Node, role: str) -> list[tuple[str, Scalar | None, Node]]:
    """The fields of a mapping, or of a triple as a mapping, in the order in which they are written."""
    order = ORDERS.get(role, ())
    return sorted(_as_found(node), key=lambda each: order.index(each[0]) if each[0] in order else len(order))


def _as_found(node: Node) -> Iterator[tuple[str, Scalar | None, Node]]:
    if isinstance(node, Mapping):
        yield from ((key.text, key, value) for key, value in node.pairs)
    elif isinstance(node, Sequence):
        yield from ((name, None, item) for name, item in zip(TRIPLE, node.items, strict=False))
        for item in node.items[len(TRIPLE) :]:
            yield from _as_found(item)


class _Comment(NamedTuple):
    """`own`: nothing but white space stands before it on its line."""

    start: int
    end: int
    column: int
    own: bool
    text: str


@dataclass(slots=True)
class _Entry:
    """One field or item, laid out: the comments above it, then its own lines. `row`: one of a table, and its key."""

    name: str
    above: list[str]
    lines: list[str]
    row: str = ""


class _Layout:
    """Lays out one file. Nodes are visited in the order of the text, and so comments are met where they stand."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.roots = document.roots
        self.starts = reader.line_starts(self.text)
        gaps = list(self._gaps())
        self.comments = deque(self._comment(start + match.start(), match.group()) for start, gap in gaps
                              for match in _COMMENT.finditer(gap))  # fmt: skip
        bare = [(start, _COMMENT.sub(lambda match: " " * len(match.group()), gap)) for start, gap in gaps]
        self.markers = [start + found.start() for start, gap in bare for found in _MARKER.finditer(gap)
                        if self._at_line_start(start + found.start())]  # fmt: skip
        self.directed = any(
            self._at_line_start(start + found.start()) for start, gap in bare for found in _DIRECTIVE.finditer(gap)
        )
        self.position = 0
        """Where the text has been read up to."""

    # where things stand

    def offset(self, mark: Any) -> int:
        # the parser sees one more line after a text that does not end with one
        return self.starts[mark.line] + int(mark.column) if mark.line < len(self.starts) else len(self.text)

    def _at_line_start(self, offset: int) -> bool:
        return offset == 0 or self.text[offset - 1] in "\r\n"

    def _gaps(self) -> Iterator[tuple[int, str]]:
        """The stretches between the texts of the file; a # in one of them begins a comment."""
        position = 0
        for each in _scalars(self.roots):
            start = self.offset(each.start)
            yield position, self.text[position:start]
            position = max(self.offset(each.end), start)
        yield position, self.text[position:]

    def _comment(self, start: int, text: str) -> _Comment:
        line = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
        own = not self.text[line:start].strip()
        return _Comment(start, start + len(text), start - line, own, text.rstrip())

    def blank_before(self, offset: int) -> bool:
        return bool(_BLANK_LINE.search(self.text, self.position, offset))

    def same_line(self, first: int, last: int) -> bool:
        return not re.search(r"[\r\n]", self.text[first:last])

    def commented(self, node: Node) -> bool:
        """Whether comments stand within its brackets or braces."""
        return bool(self.comments) and self.comments[0].start < self.offset(node.end)

    # comments

    def above(self, limit: int) -> list[str]:
        """The comments before a place, without indentation; a blank line in the file stays one."""
        lines: list[str] = []
        while self.comments and self.comments[0].start < limit:
            lines += self._next()
        return lines

    def _next(self) -> list[str]:
        comment = self.comments.popleft()
        blank = self.blank_before(comment.start)
        self.position = comment.end
        return ["", comment.text] if blank else [comment.text]

    def beside(self, limit: int) -> str:
        """The comment behind what has just been read, on its line."""
        if self.comments:
            comment = self.comments[0]
            if comment.start < limit and not comment.own and self.same_line(self.position, comment.start):
                self.position = comment.end
                return self.comments.popleft().text
        return ""

    def closing(self, limit: int, column: int, floor: int) -> list[str]:
        """The comments at the end of a collection, by their indentation: those that follow it are indented less."""
        lines: list[str] = []
        while self.comments and (first := self.comments[0]).start < limit:
            if first.column < column or first.column <= floor:
                break
            lines += self._next()
        return lines

    # the file

    def written(self) -> str:
        whole, parted = "", False
        for index, root in enumerate(self.roots):
            after = self.offset(self.roots[index + 1].start) if index + 1 < len(self.roots) else len(self.text)
            marks = [mark for mark in self.markers if self.offset(root.end) <= mark <= after]
            end = marks[0] if marks and index + 1 < len(self.roots) else after
            text = "\n".join(self.root(root, end)).strip("\n")
            if text:
                whole += ("---\n" if parted else "") + f"{text}\n"
                # a document of nothing but comments needs no mark after it
                parted = not _nothing(root)
        rest = "\n".join(self.above(len(self.text))).strip("\n")
        return whole + (f"{rest}\n" if rest else "")

    def root(self, root: Node, limit: int) -> list[str]:
        start = self.offset(root.start)
        if is_block(root, self.text, start):
            return self.block(root, "file", 0, limit, -1)
        above = self.above(start)
        lines = [] if _nothing(root) else self.value(root, "file", 0, 0, limit, -1, above)
        return [*above, *(line for line in lines if line), *self.above(limit)]

    # collections

    def block(self, node: Node, role: str, indent: int, limit: int, floor: int) -> list[str]:
        """A collection as lines under each other.

        Args:
            node: the collection, which is not empty.
            role: what it is.
            indent: the indentation of its lines.
            limit: where the next thing after it begins.
            floor: the column of that thing; a comment that is indented no more belongs to it.
        """
        start = self.offset(node.start)
        flow = not is_block(node, self.text, start)
        column = 0 if flow else start - self.starts[node.start.line]
        end = self.offset(node.end) if flow else limit
        keyed = isinstance(node, Mapping) or _is_triple(node, role)
        members = list(_as_found(node)) if keyed else [("", None, item) for item in node.items]  # type: ignore[union-attr]
        entries = []
        for index, (name, key, child) in enumerate(members):
            following = members[index + 1] if index + 1 < len(members) else None
            next_start = end if following is None else self.offset((following[1] or following[2]).start)
            next_column = -1 if flow else floor if following is None else column
            child_role = _within(role, name) if keyed else _item_role(role, index)
            head = (name if key is None else scalar(name, flow=False, quoted=key.quoted)) + ":" if keyed else "-"
            entries.append(self.entry(name, head, key, child, child_role, indent, next_start, next_column, column))
        last = self.above(end) if flow else self.closing(limit, column, floor)
        if flow:
            self.position = end
        if keyed:
            order = ORDERS.get(role, ())
            entries.sort(key=lambda entry: order.index(entry.name) if entry.name in order else len(order))
        if role.startswith("records of "):
            _align(entries)
        lines: list[str] = []
        for entry in entries:
            if role == "file" and (entry.above or entry.lines)[0]:
                lines.append("")
            lines += [*_indented(entry.above, indent), *entry.lines]
        lines += _indented(last, indent)
        return lines if lines[0] else lines[1:]

    def entry(
        self,
        name: str,
        head: str,
        key: Scalar | None,
        child: Node,
        role: str,
        indent: int,
        limit: int,
        floor: int,
        column: int,
    ) -> _Entry:
        """One field or item, with the comments above it and beside it."""
        first, start = self.offset((key or child).start), self.offset(child.start)
        above = self.above(first)
        if self.blank_before(first):
            above.append("")
        self.position = first if key is None else self.offset(key.end)
        if _nothing(child):
            beside = self.beside(limit)
            under = _indented(self.closing(limit, column + 1, floor), indent + INDENT)
            return _Entry(name, above, [_with_comment(" " * indent + head, beside), *under])
        beside = self.beside(start)
        block = is_block(child, self.text, start)
        if not block:
            above += self.above(start)
        value = self.value(child, role, indent, indent + len(head) + 1, limit, floor, above)
        behind = "" if block else self.beside(limit)
        if beside and behind:
            above.append(beside)
            beside = ""
        comment = beside or behind
        margin = " " * indent
        if value[0]:
            row = head if role in ORDERS and isinstance(child, Mapping) and len(value) == 1 else ""
            lines = [f"{margin}{head} {value[0]}", *value[1:]]
            lines[-1] = _with_comment(lines[-1], comment)
            return _Entry(name, above, lines, row)
        if key is not None or head != "-":
            return _Entry(name, above, [_with_comment(margin + head, comment), *value[1:]])
        if comment:
            above.append(comment)
        inner = deque(value[1:])
        while not inner[0].strip() or inner[0].lstrip().startswith("#"):
            above.append(inner.popleft().strip())
        return _Entry(name, above, [f"{margin}- {inner.popleft().lstrip()}", *inner])

    # values

    def value(
        self, node: Node, role: str, indent: int, used: int, limit: int, floor: int, above: list[str]
    ) -> list[str]:
        """A value: what stands on the line of its key, which ends at `used`, and the lines after that.

        The first is empty where the value is a block. Comments that find no place within go `above`.
        """
        start, end = self.offset(node.start), self.offset(node.end)
        if isinstance(node, Scalar):
            raw = self.text[start:end]
            if raw[:1] in ("|", ">") and (lines := self.literal(raw, indent)):
                self.position = end if "+" in lines[0] else start + len(raw.rstrip())
                return lines
            self.position = start + len(raw.rstrip())
            return _folded(scalar(node.text, flow=False, quoted=node.quoted), indent + INDENT, used)
        if not is_block(node, self.text, start):
            if not (node.pairs if isinstance(node, Mapping) else node.items):
                above += self.above(end)
            if not self.commented(node):
                line = _flat(node, role)
                record = role in ORDERS and role not in ("block", "triple", "citation")
                if used + len(line) <= WIDTH or record or len(line) == 2:
                    self.position = end
                    return [line]
                texts = isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items)
                if texts and not _is_triple(node, role):
                    self.position = end
                    pieces = [_flat(item, "value") for item in node.items]  # type: ignore[union-attr]
                    return _lines([f"[{pieces[0]}", *pieces[1:-1], f"{pieces[-1]}]"], ", ", indent + INDENT, used)
            self.position = start
        return ["", *self.block(node, role, indent + INDENT, limit, floor)]

    def literal(self, raw: str, indent: int) -> list[str]:
        """A text written with | or >, its lines indented anew; nothing where its indentation is given as a number."""
        header, *body = reader.lines_of(raw)
        match = _BLOCK_SCALAR.match(header)
        if match is None or match.group(2):
            return []
        style = match.group(1) + match.group(3)
        keeps = "+" in style
        while body and not body[-1].strip() and not (keeps and len(body) > 1):
            body.pop()
        if keeps and body and not body[-1]:
            body.pop()
        margin = min((len(line) - len(line.lstrip(" ")) for line in body if line.strip()), default=0)
        lines = [" " * (indent + INDENT) + line[margin:] if line[margin:] else "" for line in body]
        return [_with_comment(style, (match.group(4) or "").rstrip()), *lines]


def _scalars(nodes: tuple[Node, ...]) -> Iterator[Scalar]:
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Mapping):
            stack += [each for pair in reversed(node.pairs) for each in reversed(pair)]
        else:
            stack += reversed(node.items)


def _indented(lines: list[str], indent: int) -> list[str]:
    return [" " * indent + line if line else "" for line in lines]


def _with_comment(line: str, comment: str) -> str:
    return f"{line}  {comment}" if comment else line


def _flat(node: Node, role: str) -> str:
    """A value on one line, in brackets and braces."""
    if isinstance(node, Scalar):
        return scalar(node.text, flow=True, quoted=node.quoted)
    if isinstance(node, Mapping):
        pairs = [
            f"{scalar(name, flow=True, quoted=key is not None and key.quoted)}: {_flat(value, _within(role, name))}"
            for name, key, value in _fields(node, role)
        ]
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(_flat(item, _item_role(role, index)) for index, item in enumerate(node.items))}]"


def _folded(text: str, indent: int, used: int) -> list[str]:
    """A text in lines that are not too long; line breaks stand for spaces, so only in those between two words."""
    if used + len(text) <= WIDTH or text.startswith('"'):
        return [text]
    return _lines(_BREAK.split(text), " ", indent, used)


def _lines(pieces: list[str], between: str, indent: int, used: int) -> list[str]:
    """Pieces in as few lines as they fit into; the first line has been used up to a column."""
    ending = between.rstrip()
    lines = [pieces[0]]
    for piece in pieces[1:]:
        length = (used if len(lines) == 1 else 0) + len(lines[-1]) + len(between) + len(piece) + len(ending)
        if length <= WIDTH:
            lines[-1] += between + piece
        else:
            lines[-1] += ending
            lines.append(" " * indent + piece)
    return lines


def _align(entries: list[_Entry]) -> None:
    """Put records that are written in braces under each other as a table, one for each run without a blank line."""
    runs: list[list[_Entry]] = [[]]
    for entry in entries:
        if not entry.row or "" in entry.above:
            runs.append([])
        if entry.row:
            runs[-1].append(entry)
    for run in runs:
        width = max((len(entry.row) for entry in run), default=0)
        for entry in run:
            before, _, after = entry.lines[0].partition(entry.row)
            entry.lines[0] = f"{before}{entry.row.ljust(width)}{after}"
