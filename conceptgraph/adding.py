"""A citation or an entity more in the files of a map, written where its neighbours are and as they are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from conceptgraph import reader
from conceptgraph.diagnostics import Diagnostic, Severity
from conceptgraph.formatting import formatted, is_block, scalar
from conceptgraph.loader import Loaded
from conceptgraph.model import ArgumentMap, Kind, Triple

_RELATIONS: Final = "relations"
Value = str | Sequence[str] | Mapping[str, str]


def file_for(map: ArgumentMap, place: str, texts: Mapping[str, str]) -> str:
    """The file in which a citation of a place belongs: that with most of the place's, else with most of its text's.

    Where nothing is cited from the text yet, it is the file that declares it.
    """
    source = place.partition("/")[0]
    for near in (place, source):
        files = Counter(citation.origin.span.path for _, citation in map.citations() if citation.within(near))
        if files:
            return min(files, key=lambda path: (-files[path], path))
    return map.sources[source].origin.span.path if source in map.sources else min(texts)


def with_citation(text: str, path: str, place: str, triple: Triple, citation: Mapping[str, Value]) -> str:
    """The text of a file with one citation more: at the end of the last block of its place, else in a block of its own.

    Args:
        text: the text of the file, which is well-formed.
        path: its path, as spans name it.
        place: `source/section`, or a source alone.
        triple: what is cited.
        citation: the fields of the citation besides `in`.
    """
    qualifiers = f", {{{_pairs(citation)}}}" if citation else ""
    short = f"[{', '.join(scalar(id, flow=True) for id in triple)}{qualifiers}]"
    lines = _laid_out(f"relations:\n  - in: {scalar(place, flow=False)}\n    triples:\n      - {short}\n")
    statement, block = _dedented(lines[3:]), _dedented(lines[1:])
    heading = _under(text, path, _RELATIONS)
    blocks = heading.items if isinstance(heading, reader.Sequence) else []
    for node in reversed(blocks):
        fields = {key.text: value for key, value in node.pairs} if isinstance(node, reader.Mapping) else {}
        named, triples = fields.get("in"), fields.get("triples")
        if isinstance(named, reader.Scalar) and named.text == place and isinstance(triples, reader.Sequence):
            return _appended(text, triples, statement, short)
    if isinstance(heading, reader.Sequence) and heading.items:
        brief = f"{{in: {scalar(place, flow=True)}, triples: [{short}]}}"
        return _appended(text, heading, block, brief, parted=_parted(text, heading))
    return _headed(text, path, _RELATIONS, block)


def with_entity(text: str, path: str, kind: Kind, id: str, label: Mapping[str, str], before: str = _RELATIONS) -> str:
    """The text of a file with one entity more, under the heading of its kind.

    A heading that the file lacks is written before that of the relations, so that terms come before what is said.
    """
    record = _dedented(stub(kind, id, label).splitlines()[1:])
    heading = _under(text, path, kind.plural)
    if isinstance(heading, reader.Mapping) and heading.pairs:
        brief = f"{id}: {{label: {{{_pairs(label)}}}}}"
        return _appended(text, heading, record, brief)
    return _headed(text, path, kind.plural, record, before)


def stub(kind: Kind, id: str, label: Mapping[str, str]) -> str:
    """A new entity, as it is pasted into a file."""
    return "\n".join(_laid_out(f"{kind.plural}:\n  {id}:\n    label: {{{_pairs(label)}}}\n"))


def proposed_id(label: Mapping[str, str], term: str) -> str:
    """An id for a new entity, made of its term or, if that is not in Latin letters, its English label; else empty."""
    for name in (term, label.get("en", "")):
        plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
        id = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
        # what is left of a Chinese name names nothing
        if id and len(plain) >= len(name):
            return id
    return ""


def raised(before: Loaded, after: Loaded, least: Severity = Severity.WARNING) -> list[Diagnostic]:
    """What is found in a map after a change that was not found before it."""
    known = Counter((found.code, found.message) for found in before.diagnostics)
    counts = Counter(found.code for found in after.diagnostics)
    counts.subtract(found.code for found in before.diagnostics)
    return [
        found
        for found in after.diagnostics
        if found.severity >= least and counts[found.code] > 0 and (found.code, found.message) not in known
    ]


def _pairs(citation: Mapping[str, Value]) -> str:
    return ", ".join(f"{name}: {_value(value)}" for name, value in citation.items())


def _value(value: Value) -> str:
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return f"{{{_pairs(value)}}}"
    return _value(value[0]) if len(value) == 1 else f"[{', '.join(map(_value, value))}]"


def _laid_out(text: str) -> list[str]:
    return formatted(reader.parse(text, "")).splitlines()


def _dedented(lines: list[str]) -> list[str]:
    margin = len(lines[0]) - len(lines[0].lstrip())
    return [line[margin:] for line in lines]


def _roots(text: str, path: str) -> Iterator[reader.Mapping]:
    yield from (root for root in reader.parse(text, path).roots if isinstance(root, reader.Mapping))


def _under(text: str, path: str, heading: str) -> reader.Node | None:
    """What stands under the last heading of this name."""
    found = [value for root in _roots(text, path) for key, value in root.pairs if key.text == heading]
    return found[-1] if found else None


def _offset(text: str, mark: object) -> int:
    line, column = mark.line, mark.column  # type: ignore[attr-defined]
    starts = reader.line_starts(text)
    return starts[line] + int(column) if line < len(starts) else len(text)


def _last(node: reader.Node, text: str) -> int:
    """Where the text of a node ends; the parser ends a block only where the next thing begins."""
    if isinstance(node, reader.Scalar) or not is_block(node, text, _offset(text, node.start)):
        start, end = _offset(text, node.start), _offset(text, node.end)
        return start + len(text[start:end].rstrip())
    return max(_last(child, text) for child in _children(node))


def _children(node: reader.Sequence | reader.Mapping) -> list[reader.Node]:
    return node.items if isinstance(node, reader.Sequence) else [each for pair in node.pairs for each in pair]


def _appended(
    text: str, node: reader.Sequence | reader.Mapping, lines: list[str], brief: str, parted: bool = False
) -> str:
    """A text with one item more at the end of a collection: on lines of its own, or within its brackets."""
    start = _offset(text, node.start)
    if not is_block(node, text, start):
        last = max((_last(child, text) for child in _children(node)), default=start + 1)
        comma = ", " if last > start + 1 else ""
        return text[:last] + comma + brief + text[last:]
    indent = " " * (node.span.column - 1)
    return _inserted(text, _line_end(text, _last(node, text)), [f"{indent}{line}" for line in lines], parted)


def _headed(text: str, path: str, heading: str, lines: list[str], before: str = "") -> str:
    """A text with one heading more, or with something under a heading that had nothing."""
    indented = [f"  {line}" for line in lines]
    for root in _roots(text, path):
        for key, value in root.pairs:
            if key.text == heading:
                rest = text[_offset(text, value.start) : _offset(text, value.end)].strip()
                if rest:
                    start = _offset(text, value.start)
                    text = text[:start].rstrip(" ") + text[start + len(rest) :]
                return _inserted(text, _line_end(text, _offset(text, key.end)), indented)
    for root in _roots(text, path):
        for key, _ in root.pairs:
            if key.text == before:
                place = _above_comments(text, _offset(text, key.start))
                return text[:place] + "\n".join([f"{heading}:", *indented, "", ""]) + text[place:]
    return _inserted(text, len(text), [f"{heading}:", *indented], parted=bool(text.strip()))


def _above_comments(text: str, offset: int) -> int:
    """Where the comments begin that stand directly above a line."""
    while offset > 0:
        line = text.rfind("\n", 0, offset - 1) + 1
        if not text[line:offset].lstrip().startswith("#"):
            break
        offset = line
    return offset


def _line_end(text: str, offset: int) -> int:
    found = re.compile(r"\r\n|\r|\n").search(text, offset)
    return found.end() if found else len(text)


def _parted(text: str, node: reader.Sequence) -> bool:
    """Whether a blank line stands before the last item of a list."""
    start = _offset(text, node.items[-1].start)
    line = text.rfind("\n", 0, start)
    return len(node.items) > 1 and not text[text.rfind("\n", 0, max(line, 0)) + 1 : max(line, 0)].strip()


def _inserted(text: str, offset: int, lines: list[str], parted: bool = False) -> str:
    ending = "\r\n" if "\r\n" in text else "\n"
    before = "" if not text[:offset] or text[offset - 1] in "\r\n" else ending
    added = "".join(f"{line}{ending}" for line in ([""] if parted else []) + lines)
    return text[:offset] + before + added + text[offset:]
