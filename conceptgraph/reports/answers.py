"""What the map answers: entities, relations, chains and rankings, with their receipts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from conceptgraph.exporters.json import entity_data, relation_data
from conceptgraph.model import HELD, ArgumentMap, Citation, Entity, Relation
from conceptgraph.neighbors import Neighbor
from conceptgraph.passages import SourceText
from conceptgraph.reports import Report
from conceptgraph.reports.terminal import Terminal, plain
from conceptgraph.sentences import WORDS, in_language, name, place, remarks, sentence, voice
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
RELATION_COLUMNS = ("subject", "predicate", "object", "status", "source", "section", "at", "by", "via", "stance")


def relation_rows(relation: Relation) -> Iterator[tuple[object, ...]]:
    """A row of `RELATION_COLUMNS` for each citation."""
    for citation in relation.citations:
        yield (
            *relation.triple,
            relation.status,
            citation.source,
            citation.section,
            citation.at,
            " ".join(citation.by),
            " ".join(citation.via),
            citation.stance,
        )


@dataclass(frozen=True)
class Prose:
    """Writes relations and citations for a terminal."""

    map: ArgumentMap
    terminal: Terminal
    texts: Mapping[str, SourceText] = field(default_factory=dict)

    def relation(self, relation: Relation, start: str, indent: int, receipts: bool = True) -> Iterator[str]:
        """The sentence that begins with `start`, an arrow in the asserted direction, and a line a citation."""
        terminal = self.terminal
        symmetric = self.map.predicates[relation.predicate].symmetric
        arrow = "—" if symmetric else "→" if relation.subject == start else "←"
        for language in terminal.languages:
            words = sentence(self.map, relation, language, start)
            if relation.status != HELD and language == terminal.receipts:
                words += f"  [{in_language(WORDS[relation.status], language)}]"
            lines = terminal.wrapped(f"{arrow} {words}", indent, indent + 2)
            yield terminal.paint(lines, "bold") if relation.status == HELD else terminal.paint(lines, "bold", "yellow")
            arrow = " "
        if receipts:
            for citation in relation.citations:
                yield self.citation(citation, indent + 4)
                yield from self.passage(citation, indent + 6)

    def citation(self, citation: Citation, indent: int) -> str:
        """One receipt: where, on which words, who, and what is not plain about it."""
        language = self.terminal.receipts
        parts = [place(self.map, citation, language, short=True)]
        if citation.at is not None:
            parts.append(f"「{citation.at}」")
        if not citation.own:
            parts.append(voice(self.map, citation, language))
        parts += remarks(citation, language)
        note = in_language(citation.note, language)
        if note:
            parts.append(note)
        return self.terminal.paint(self.terminal.wrapped(" · ".join(parts), indent, indent + 2), "dim")

    def passage(self, citation: Citation, indent: int) -> Iterator[str]:
        """The sentence of the text in which the anchor stands, where the text is at hand."""
        text = self.texts.get(citation.source)
        found = text.passage(citation.section, citation.at) if text is not None and citation.at else None
        if found is not None:
            yield self.terminal.wrapped(found.text, indent, indent)


@dataclass(frozen=True)
class NeighborsReport(Report):
    """The relations around an entity, by distance and family."""

    map: ArgumentMap
    entity: Entity
    neighbors: Sequence[Neighbor]
    receipts: bool = True
    texts: Mapping[str, SourceText] = field(default_factory=dict)

    columns: ClassVar[Sequence[str]] = ("depth", *RELATION_COLUMNS)

    def text(self, terminal: Terminal) -> str:
        lines = []
        for depth in sorted({neighbor.depth for neighbor in self.neighbors}):
            if depth > 1:
                lines += ["", terminal.words(f"再走一步（第 {depth} 步）", f"one step further (depth {depth})")]
            lines += self._by_family([each for each in self.neighbors if each.depth == depth], terminal)
        return "\n".join(lines).strip("\n")

    def _by_family(self, neighbors: Sequence[Neighbor], terminal: Terminal) -> Iterator[str]:
        prose = Prose(self.map, terminal, self.texts)
        predicates = self.map.predicates
        for family in self.map.families.values():
            of_family = [each for each in neighbors if predicates[each.relation.predicate].family == family.id]
            if not of_family:
                continue
            yield ""
            yield terminal.paint(f"{name(family, terminal.language)}  {len(of_family)}", "cyan")
            for each in sorted(of_family, key=_reading_order):
                yield from prose.relation(each.relation, each.start, 2, self.receipts)

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
class EntityReport(Report):
    """Everything about one entity."""

    map: ArgumentMap
    entity: Entity
    neighbors: Sequence[Neighbor]
    texts: Mapping[str, SourceText] = field(default_factory=dict)

    columns: ClassVar[Sequence[str]] = RELATION_COLUMNS

    def text(self, terminal: Terminal) -> str:
        entity, both = self.entity, " · ".join(dict.fromkeys(self.entity.label.values()))
        kind = name(self.map.kinds[entity.kind], terminal.language)
        lines = [
            terminal.wrapped(both or entity.id),
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
            title = in_language(section.title, terminal.receipts) or ""
            lines.append(plain(f"  §{section.id} {title}"))
        relations = NeighborsReport(self.map, entity, self.neighbors, texts=self.texts).text(terminal)
        return "\n".join([terminal.paint(lines[0], "bold"), *lines[1:]]) + (f"\n\n{relations}" if relations else "")

    def relations(self) -> list[Relation]:
        return [each.relation for each in self.neighbors]

    def rows(self) -> Iterator[tuple[object, ...]]:
        for each in self.neighbors:
            yield from relation_rows(each.relation)

    def data(self) -> Any:
        return {**entity_data(self.entity), "relations": [relation_data(each.relation) for each in self.neighbors]}


@dataclass(frozen=True)
class RelationReport(Report):
    """Everything about one relation; with what opposes it, where it is contested."""

    map: ArgumentMap
    sides: Sequence[Relation]
    texts: Mapping[str, SourceText] = field(default_factory=dict)

    columns: ClassVar[Sequence[str]] = RELATION_COLUMNS

    def text(self, terminal: Terminal) -> str:
        prose = Prose(self.map, terminal, self.texts)
        lines: list[str] = []
        for relation in self.sides:
            lines += prose.relation(relation, relation.subject, 0)
        return "\n".join(lines)

    def relations(self) -> Sequence[Relation]:
        return self.sides

    def rows(self) -> Iterator[tuple[object, ...]]:
        for relation in self.sides:
            yield from relation_rows(relation)

    def data(self) -> Any:
        return [relation_data(relation) for relation in self.sides]


@dataclass(frozen=True)
class SearchReport(Report):
    """Entities that a search found, each with what it was found by."""

    map: ArgumentMap
    matches: Sequence[Match]

    columns: ClassVar[Sequence[str]] = ("id", "kind", "zh", "en", "field", "match", "by")

    def text(self, terminal: Terminal) -> str:
        rows = []
        for match in self.matches:
            label = " ".join(dict.fromkeys(match.entity.label.values()))
            if match.field not in ("id", "label"):
                label += f"  ({match.text})"
            by = terminal.words(*(FOUND_BY.get(match.way) or FOUND_BY[match.field]))
            rows.append((name(self.map.kinds[match.entity.kind], terminal.receipts), by, match.entity.id, label))
        header = terminal.words("类型 凭 标识 名称", "kind by id name").split()
        return terminal.table(header, rows)

    def rows(self) -> Iterator[tuple[object, ...]]:
        for match in self.matches:
            id, kind, label = match.entity[:3]
            yield id, kind, label.get("zh"), label.get("en"), match.field, match.text, match.way

    def data(self) -> Any:
        return [
            {**entity_data(match.entity), "field": match.field, "match": match.text, "by": match.way}
            for match in self.matches
        ]
