"""What the map answers: entities, relations, chains and rankings, with their receipts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from conceptgraph.exporters.json import entity_data, relation_data
from conceptgraph.model import ArgumentMap, Entity, Relation
from conceptgraph.neighbors import Neighbor
from conceptgraph.reports import Report
from conceptgraph.reports.links import to_entity, to_relation, to_section
from conceptgraph.reports.prose import RELATION_COLUMNS, CitingReport, relation_rows
from conceptgraph.reports.terminal import Link, Terminal
from conceptgraph.sentences import in_language, name
from conceptgraph.terms import Match

FOUND_BY = {
    "pinyin": ("拼音", "pinyin"),
    "stem": ("词形", "word form"),
    "similar": ("近似", "similar"),
    "label": ("名称", "name"),
    "alias": ("别名", "alias"),
    "id": ("标识", "id"),
    "definition": ("释义", "definition"),
    "note": ("按语", "note"),
}
"""What an entity was found by, in the words of a reader: the way if it is a special one, else the field."""


@dataclass(frozen=True)
class NeighborsReport(CitingReport):
    """The relations around an entity, by distance and family."""

    entity: Entity
    neighbors: Sequence[Neighbor]

    columns: ClassVar[Sequence[str]] = ("depth", *RELATION_COLUMNS)

    def text(self, terminal: Terminal) -> str:
        lines = []
        for depth in sorted({neighbor.depth for neighbor in self.neighbors}):
            if depth > 1:
                lines += ["", terminal.words(f"再走一步（第 {depth} 步）", f"one step further (depth {depth})")]
            lines += self._by_family([each for each in self.neighbors if each.depth == depth], terminal)
        return "\n".join(lines).strip("\n")

    def _by_family(self, neighbors: Sequence[Neighbor], terminal: Terminal) -> Iterator[str]:
        prose = self.prose(terminal)
        predicates = self.map.predicates
        for family in self.map.families.values():
            of_family = [each for each in neighbors if predicates[each.relation.predicate].family == family.id]
            if not of_family:
                continue
            yield ""
            yield terminal.paint(f"{name(family, terminal.language)}  {len(of_family)}", "cyan")
            for each in sorted(of_family, key=_reading_order):
                yield from prose.relation(each.relation, each.start, 2)

    def relations(self) -> list[Relation]:
        return [each.relation for each in self.neighbors]

    def rows(self) -> Iterator[tuple[object, ...]]:
        for each in self.neighbors:
            for row in relation_rows(each.relation):
                yield (each.depth, *row)

    def data(self) -> Any:
        return {
            "entity": self.entity.id,
            "neighbors": [
                {"depth": each.depth, "start": each.start, "end": each.end, "relation": relation_data(each.relation)}
                for each in self.neighbors
            ],
        }


def _reading_order(neighbor: Neighbor) -> tuple[object, ...]:
    """What is said of an entity, then what is said to it; alike relations beside each other."""
    relation = neighbor.relation
    return neighbor.start, relation.subject != neighbor.start, relation.predicate, neighbor.end


@dataclass(frozen=True)
class EntityReport(CitingReport):
    """Everything about one entity."""

    entity: Entity
    neighbors: Sequence[Neighbor]

    columns: ClassVar[Sequence[str]] = RELATION_COLUMNS

    def text(self, terminal: Terminal) -> str:
        entity, both = self.entity, " · ".join(dict.fromkeys(self.entity.label.values()))
        kind = name(self.map.kinds[entity.kind], terminal.language)
        lines = [
            terminal.wrapped([Link(both or entity.id, to_entity(entity.id))]),
            terminal.paint(f"{kind} · {entity.id}", "dim"),
        ]
        for language in terminal.languages:
            definition = in_language(entity.definition, language)
            if definition:
                lines.append(terminal.wrapped(definition))
        aliases = [alias for each in entity.aliases.values() for alias in each]
        if aliases:
            lines.append(terminal.wrapped(terminal.words("又作：", "also: ") + " · ".join(aliases)))
        note = in_language(entity.note, terminal.receipts)
        if note:
            lines.append(terminal.wrapped(note))
        for section in entity.sections.values():
            title = f"§{section.id} {in_language(section.title, terminal.receipts) or ''}"
            lines.append(terminal.wrapped([Link(title, to_section(entity.id, section.id))], 2))
        relations = NeighborsReport(self.map, entity, self.neighbors, texts=self.texts).text(terminal)
        return "\n".join([terminal.paint(lines[0], "bold"), *lines[1:]]) + (f"\n\n{relations}" if relations else "")

    @property
    def address(self) -> str:
        return to_entity(self.entity.id)

    def relations(self) -> list[Relation]:
        return [each.relation for each in self.neighbors]

    def rows(self) -> Iterator[tuple[object, ...]]:
        for each in self.neighbors:
            yield from relation_rows(each.relation)

    def data(self) -> Any:
        return {**entity_data(self.entity), "relations": [relation_data(each.relation) for each in self.neighbors]}


@dataclass(frozen=True)
class RelationReport(CitingReport):
    """Everything about one relation, and the relations that oppose it."""

    relation: Relation
    opposed: Sequence[Relation]

    columns: ClassVar[Sequence[str]] = RELATION_COLUMNS

    def text(self, terminal: Terminal) -> str:
        prose = self.prose(terminal)
        lines: list[str] = []
        for relation in self.relations():
            lines += prose.relation(relation, relation.subject, 0)
        return "\n".join(lines)

    @property
    def address(self) -> str:
        return to_relation(self.relation.triple)

    def relations(self) -> list[Relation]:
        return [self.relation, *self.opposed]

    def rows(self) -> Iterator[tuple[object, ...]]:
        for relation in self.relations():
            yield from relation_rows(relation)

    def data(self) -> Any:
        return {**relation_data(self.relation), "opposed": [relation_data(each) for each in self.opposed]}


@dataclass(frozen=True)
class SearchReport(Report):
    """Entities that a search found, each with what it was found by."""

    map: ArgumentMap
    matches: Sequence[Match]

    columns: ClassVar[Sequence[str]] = ("id", "kind", "zh", "en", "field", "match", "way")

    def text(self, terminal: Terminal) -> str:
        rows: list[tuple[str | Link, ...]] = []
        for match in self.matches:
            label = " ".join(dict.fromkeys(match.entity.label.values()))
            if match.field not in ("id", "label"):
                label += f"  ({match.text})"
            by = terminal.words(*(FOUND_BY.get(match.way) or FOUND_BY[match.field]))
            kind, address = name(self.map.kinds[match.entity.kind], terminal.receipts), to_entity(match.entity.id)
            rows.append((kind, by, Link(match.entity.id, address), Link(label, address)))
        header = terminal.words("类型 凭 标识 名称", "kind by id name").split()
        return terminal.table(header, rows)

    def rows(self) -> Iterator[tuple[object, ...]]:
        for match in self.matches:
            id, kind, label = match.entity[:3]
            yield id, kind, label.get("zh"), label.get("en"), match.field, match.text, match.way

    def data(self) -> Any:
        return [
            {**entity_data(match.entity), "field": match.field, "match": match.text, "way": match.way}
            for match in self.matches
        ]
