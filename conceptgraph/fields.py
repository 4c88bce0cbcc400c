"""The fields of a record: each is taken once, and what nobody took is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from conceptgraph.diagnostics import Code, Diagnostic, Finding, Located, Note, Origin, Severity, Span
from conceptgraph.model import EMPTY, Text
from conceptgraph.reader import Mapping, Node, Scalar, Sequence
from conceptgraph.suggest import nearest

DUPLICATE_KEY = Code(
    "duplicate-key",
    Severity.ERROR,
    """A key stands twice in one mapping.

    Most YAML readers keep the last and drop the first without a word. Merge the two, or rename one.
    """,
)
UNKNOWN_FIELD = Code(
    "unknown-field",
    Severity.ERROR,
    """A record has a field that the format does not know.

    Nothing in a map is ignored silently: a misspelt field would be lost.
    """,
)
MISSING_FIELD = Code(
    "missing-field",
    Severity.ERROR,
    """A record lacks a field that it cannot do without.""",
)
WRONG_TYPE = Code(
    "wrong-type",
    Severity.ERROR,
    """A field holds something else than it takes.

    Say a list for a text, a word for a number, or a word that is not among those the field knows.
    """,
)
CODES: Final = (DUPLICATE_KEY, UNKNOWN_FIELD, MISSING_FIELD, WRONG_TYPE)

_TRUTHS: Final = {"yes": "true", "no": "false", "on": "true", "off": "false", "1": "true", "0": "false",
                  "true": "true", "false": "false", "是": "true", "否": "false"}  # fmt: skip
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class Faults:
    """What is wrong with the shape of some nodes."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []

    def report(self, code: Code, span: Span, message: str, help: str | None = None, *notes: Note) -> None:
        self.diagnostics.append(Finding(span, message, notes, help).stamped(code))

    def wrong_type(self, node: Node, expected: str, help: str | None = None) -> None:
        found = node.what
        if isinstance(node, Scalar):
            found = repr(shortened(node.text)) if node.text or node.quoted else "nothing"
        self.report(WRONG_TYPE, node.span, f"expected {expected}, found {found}", help)

    def pairs(self, mapping: Mapping, every: bool = False) -> Iterator[tuple[Scalar, Node]]:
        """The pairs of a mapping, the first of each key; or every pair, so that nothing below it goes unseen."""
        seen: dict[str, Scalar] = {}
        for key, value in mapping.pairs:
            if key.text in seen:
                note = Note("first here", seen[key.text].span)
                self.report(DUPLICATE_KEY, key.span, f"the key {shortened(key.text)!r} stands twice", None, note)
            if seen.setdefault(key.text, key) is key or every:
                yield key, value


class Fields:
    """The fields of one record: each is taken once, and what nobody took is unknown."""

    __slots__ = ("faults", "known", "nodes", "origin", "parts", "taken", "whole")

    def __init__(
        self, faults: Faults, mapping: Mapping | None, whole: Located, known: frozenset[str] = frozenset()
    ) -> None:
        self.faults = faults
        self.whole = mapping is None or mapping.whole
        self.nodes: dict[str, tuple[Scalar, Node]] = {}
        if mapping is not None:
            self.nodes = {key.text: (key, value) for key, value in mapping.pairs}
            if len(self.nodes) < len(mapping.pairs):
                self.nodes = {key.text: (key, value) for key, value in faults.pairs(mapping)}
        self.parts: dict[str, Located] = {name: value for name, (_, value) in self.nodes.items()}
        self.origin = Origin(whole, self.parts)
        self.known = known
        self.taken: set[str] = set()

    def wrong_type(self, name: str, node: Node, expected: str, help: str | None = None) -> None:
        """Report what stands under a field instead of what it takes."""
        self.faults.wrong_type(node, f"{expected} under {name.partition('.')[0]!r}", help)

    def take(self, name: str, required: bool = False) -> Node | None:
        self.taken.add(name)
        pair = self.nodes.get(name)
        if pair is None:
            if required:
                self.faults.report(MISSING_FIELD, self.origin.span, f"the field {name!r} is missing")
            return None
        return pair[1]

    def scalar(self, name: str, required: bool = False, expected: str = "text") -> Scalar | None:
        node = self.take(name, required)
        if node is None:
            return None
        if isinstance(node, Scalar) and node.text.strip():
            return node
        self.wrong_type(name, node, expected)
        return None

    def text(self, name: str, required: bool = False, choices: tuple[str, ...] = ()) -> str | None:
        node = self.scalar(name, required)
        if node is None:
            return None
        if choices and node.text not in choices:
            # these words are few and far apart: a weak likeness would offer the contrary
            near = nearest(node.text, choices, 1, likeness=0.75)
            help = f"did you mean {near[0]!r}?" if near else None
            self.wrong_type(name, node, "one of " + ", ".join(choices), help)
            return None
        return node.text

    def flag(self, name: str) -> bool:
        node = self.take(name)
        if node is None:
            return False
        if isinstance(node, Scalar) and node.text in ("true", "false"):
            return node.text == "true"
        meant = isinstance(node, Scalar) and _TRUTHS.get(node.text.lower())
        self.wrong_type(name, node, "true or false", f"write {meant}" if meant else None)
        return False

    def integer(self, name: str, choices: tuple[int, ...] = ()) -> int | None:
        node = self.take(name)
        if node is None:
            return None
        if isinstance(node, Scalar) and re.fullmatch(r"[+-]?[0-9]{1,9}", node.text):
            value = int(node.text)
            if not choices or value in choices:
                return value
        expected = "one of " + ", ".join(map(str, choices)) if choices else "a whole number"
        self.wrong_type(name, node, expected)
        return None

    def text_list(self, name: str) -> tuple[str, ...]:
        """One text, or a list of them; the span of each is kept under `name.index`."""
        node = self.take(name)
        return () if node is None else self._texts(node, name)

    def _texts(self, node: Node, name: str) -> tuple[str, ...]:
        items = node.items if isinstance(node, Sequence) else [node]
        texts = []
        for index, item in enumerate(items):
            if isinstance(item, Scalar) and item.text.strip():
                self.parts[f"{name}.{index}"] = item
                texts.append(item.text)
            else:
                self.wrong_type(name, item, "text")
        return tuple(texts)

    def _languages(self, name: str, required: bool = False) -> Iterator[tuple[str, Node]]:
        node = self.take(name, required)
        if isinstance(node, Mapping):
            yield from self._tagged(self.faults.pairs(node))
        elif node is not None:
            self.wrong_type(name, node, "text by language", "write {zh: …, en: …}")

    def _tagged(self, pairs: Iterable[tuple[Scalar, Node]]) -> Iterator[tuple[str, Node]]:
        for key, value in pairs:
            if LANGUAGE.fullmatch(key.text):
                yield key.text, value
            else:
                message = f"{shortened(key.text)!r} is not a language tag"
                nothing = isinstance(value, Scalar) and not value.text and not value.quoted
                help = "put a text with a comma in quotes" if nothing else "tags are zh, en, zh-Hant, …"
                self.faults.report(UNKNOWN_FIELD, key.span, message, help)

    def texts_by_language(self, name: str, required: bool = False) -> Text:
        node = self.take(name)
        if node is None and not required:
            return EMPTY
        if required and isinstance(node, Mapping) and not node.pairs:
            self.faults.report(MISSING_FIELD, node.span, f"the field {name!r} is empty")
        return self._by_language(self._languages(name, required), f"{name}.")

    def rest_by_language(self) -> Text:
        """What nobody took, read as text by language."""
        rest = [pair for name, pair in self.nodes.items() if name not in self.taken]
        return self._by_language(self._tagged(rest), "")

    def _by_language(self, tagged: Iterable[tuple[str, Node]], prefix: str) -> Text:
        result = {}
        for language, node in tagged:
            if isinstance(node, Scalar) and node.text.strip():
                result[language] = node.text.strip()
                self.parts[f"{prefix}{language}"] = node
            else:
                self.wrong_type(f"{prefix}{language}", node, "text")
        return result

    def lists_by_language(self, name: str) -> dict[str, tuple[str, ...]]:
        return {
            language: texts
            for language, node in self._languages(name)
            if (texts := self._texts(node, f"{name}.{language}"))
        }

    def close(self) -> None:
        """Report the fields that nobody took."""
        if self.taken.issuperset(self.nodes):
            return
        known = self.known or self.taken
        for name, (key, _) in self.nodes.items():
            if name not in self.taken and name not in known:
                near = nearest(name, known, 1)
                help = f"did you mean {near[0]!r}?" if near else "the fields are " + ", ".join(sorted(known))
                self.faults.report(UNKNOWN_FIELD, key.span, f"unknown field {shortened(name)!r}", help)


def shortened(text: str, limit: int = 40) -> str:
    """A text short enough to stand in a message."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
