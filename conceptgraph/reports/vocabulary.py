"""The words of a map: its kinds, and its predicates by family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from conceptgraph.exporters.json import family_data, kind_data, predicate_data
from conceptgraph.model import ArgumentMap, Predicate, Text
from conceptgraph.reports import Report, markdown_table
from conceptgraph.reports.terminal import Terminal, plain
from conceptgraph.sentences import LANGUAGES, in_language, name


@dataclass(frozen=True)
class VocabularyReport(Report):
    """Kinds with the number of their entities, and predicates by family with the number of their relations.

    As Markdown it is a page to read, without the numbers: it changes only when the vocabulary does.
    """

    map: ArgumentMap

    columns: ClassVar[Sequence[str]] = ("what", "id", "family", "zh", "en", "inverse-zh", "inverse-en", "count")

    def _uses(self) -> Counter[str]:
        """How many relations use each predicate."""
        return Counter(relation.predicate for relation in self.map.relations.values())

    def _sizes(self) -> Counter[str]:
        """How many entities are of each kind."""
        return Counter(entity.kind for entity in self.map.entities.values())

    def _members(self, family: str) -> list[Predicate]:
        return [predicate for predicate in self.map.predicates.values() if predicate.family == family]

    def text(self, terminal: Terminal) -> str:
        map, uses, sizes = self.map, self._uses(), self._sizes()
        count, called = terminal.words("数目", "count"), terminal.words("名称", "label")
        back = terminal.words("反向", "inverse")
        kinds = [(str(sizes[kind.id]), kind.id, name(kind, terminal.language)) for kind in map.kinds.values()]
        parts = [terminal.paint(terminal.words("种类", "kinds"), "bold")]
        parts.append(terminal.table((count, "id", called), kinds, frozenset({0})))
        for family in map.families.values():
            rows = [
                (
                    str(uses[each.id]),
                    each.id,
                    name(each, terminal.language),
                    "" if each.symmetric else in_language(each.inverse, terminal.receipts) or "",
                )
                for each in self._members(family.id)
            ]
            parts += ["", terminal.paint(name(family, terminal.language), "bold")]
            parts.append(terminal.table((count, "id", called, back), rows, frozenset({0})))
        return "\n".join(parts)

    def rows(self) -> Iterator[tuple[object, ...]]:
        map, uses, sizes = self.map, self._uses(), self._sizes()
        for kind in map.kinds.values():
            yield "kind", kind.id, None, *_both(kind.label), None, None, sizes[kind.id]
        for family in map.families.values():
            count = sum(uses[each.id] for each in self._members(family.id))
            yield "family", family.id, None, *_both(family.label), None, None, count
        for each in map.predicates.values():
            yield "predicate", each.id, each.family, *_both(each.label), *_both(each.inverse), uses[each.id]

    def data(self) -> Any:
        map, uses, sizes = self.map, self._uses(), self._sizes()
        return {
            "kinds": [{"kind": kind_data(each), "entities": sizes[each.id]} for each in map.kinds.values()],
            "families": [family_data(each) for each in map.families.values()],
            "predicates": [
                {"predicate": predicate_data(each), "relations": uses[each.id]} for each in map.predicates.values()
            ],
        }

    def written(self, output: str, terminal: Terminal) -> str:
        return "\n".join(self._page(terminal)) if output == "markdown" else super().written(output, terminal)

    def _page(self, terminal: Terminal) -> Iterator[str]:
        yield f"# {terminal.words('词汇', 'The vocabulary')}"
        yield f"\n## {terminal.words('实体的种类', 'Kinds of entities')}\n"
        columns = (
            terminal.words("种类", "kind"),
            "id",
            terminal.words("标题", "heading"),
            terminal.words("含义", "meaning"),
        )
        yield from markdown_table(
            columns,
            (
                (name(kind, terminal.language), kind.id, kind.plural, _said(kind.definition, terminal))
                for kind in self.map.kinds.values()
            ),
        )
        columns = (
            terminal.words("谓词", "predicate"),
            "id",
            terminal.words("反向", "inverse"),
            terminal.words("说明", "remarks"),
        )
        for family in self.map.families.values():
            yield f"\n## {plain(name(family, terminal.language))}\n"
            rows = (
                (
                    name(each, terminal.language),
                    each.id,
                    "" if each.symmetric else _said(each.inverse, terminal, " "),
                    "; ".join(self._remarks(each, terminal)),
                )
                for each in self._members(family.id)
            )
            yield from markdown_table(columns, rows)

    def _remarks(self, predicate: Predicate, terminal: Terminal) -> Iterator[str]:
        """What is to be known before using a predicate."""
        if predicate.definition:
            yield _said(predicate.definition, terminal)
        if predicate.symmetric:
            yield terminal.words("对称", "symmetric")
        if predicate.acyclic:
            yield terminal.words("不成环", "never in a circle")
        if predicate.opposite:
            yield terminal.words(f"与 {predicate.opposite} 相反", f"opposite of {predicate.opposite}")
        for kinds, words in (
            (predicate.domain, terminal.words("主体", "from")),
            (predicate.range, terminal.words("客体", "to")),
        ):
            if kinds:
                yield f"{words} {', '.join(kinds)}"
        yield from predicate.same_as


def _both(text: Text) -> tuple[str | None, ...]:
    return tuple(text.get(tag) for tag in LANGUAGES)


def _said(text: Text, terminal: Terminal, between: str = " / ") -> str:
    return between.join(dict.fromkeys(filter(None, (in_language(text, tag) for tag in terminal.languages))))
