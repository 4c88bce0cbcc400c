"""How relations, their citations and the passages behind them are written, whatever the question was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from conceptgraph.model import HELD, ArgumentMap, Citation, Relation
from conceptgraph.passages import SourceText
from conceptgraph.reports import Report
from conceptgraph.reports.links import to_entity, to_relation, to_section
from conceptgraph.reports.terminal import Line, Link, Terminal, joined
from conceptgraph.sentences import WORDS, entity_name, in_language, place, remarks, segments, voice

RELATION_COLUMNS: Final = ("subject", "predicate", "object", "status", "source", "section", "at", "by", "via", "stance")


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
    """Writes names, relations and citations for a terminal, each as a link to where the page shows it."""

    map: ArgumentMap
    terminal: Terminal
    texts: Mapping[str, SourceText] = field(default_factory=dict)

    def name(self, id: str, language: str | None = None) -> str | Link:
        """What an entity, or a voice without a name, is called."""
        called = entity_name(self.map, id, language or self.terminal.language)
        return Link(called, to_entity(id)) if id in self.map.entities else called

    def names(self, ids: Iterable[str], separator: str, language: str | None = None) -> list[str | Link]:
        """What some entities are called, one after the other."""
        return joined(separator, (self.name(id, language) for id in ids))

    def sentence(self, relation: Relation, language: str, start: str, whole: bool = True) -> list[str | Link]:
        """A relation in plain words that begin with `start`, or, if it is not to be `whole`, just behind that name."""
        said = segments(self.map, relation, language, start)[0 if whole else 1 :]
        links = (
            Link(each.text, to_entity(each.entity) if each.entity else to_relation(relation.triple)) for each in said
        )
        return joined(" ", links)

    def arrow(self, relation: Relation, start: str) -> str:
        """The direction in which a relation that is walked from `start` is asserted; none, if it is symmetric."""
        return "—" if self.map.predicates[relation.predicate].symmetric else "→" if relation.subject == start else "←"

    def relation(self, relation: Relation, start: str, indent: int, receipts: bool = True) -> Iterator[str]:
        """The sentence that begins with `start`, an arrow in the asserted direction, and its receipts."""
        terminal = self.terminal
        arrow = self.arrow(relation, start)
        for language in terminal.languages:
            words: Line = [f"{arrow} ", *self.sentence(relation, language, start)]
            if relation.status != HELD and language == terminal.receipts:
                words = [*words, f"  [{in_language(WORDS[relation.status], language)}]"]
            lines = terminal.wrapped(words, indent, indent + 2)
            yield terminal.paint(lines, "bold") if relation.status == HELD else terminal.paint(lines, "bold", "yellow")
            arrow = " "
        if receipts:
            yield from self.receipts(relation.citations, indent + 4)

    def receipts(self, citations: Iterable[Citation], indent: int) -> Iterator[str]:
        """A line for each citation, and below it the passage, where the text is at hand."""
        for citation in citations:
            yield self.terminal.paint(self.terminal.wrapped(self.citation(citation), indent, indent + 2), "dim")
            passage = self.passage(citation)
            if passage is not None:
                yield self.terminal.wrapped(passage, indent + 2)

    def passage(self, citation: Citation) -> str | None:
        """The passage that a citation stands in, where the text is at hand."""
        text = self.texts.get(citation.source)
        found = text.passage(citation.section, citation.at) if text is not None and citation.at else None
        return None if found is None else found.text

    def citation(self, citation: Citation) -> Line:
        """Where, on which words, who, and what is not plain about it."""
        language = self.terminal.receipts
        where = place(self.map, citation, language, short=True)
        parts: list[str | Link] = [Link(where, to_section(citation.source, citation.section))]
        if citation.at is not None:
            parts.append(f"「{citation.at}」")
        if not citation.own:
            parts.append(voice(self.map, citation, language))
        parts += remarks(citation, language)
        note = in_language(citation.note, language)
        if note:
            parts.append(note)
        return joined(" · ", parts)


@dataclass(frozen=True)
class CitingReport(Report):
    """A result that cites: `texts` are those of the sources that are at hand, to show the passages behind anchors."""

    map: ArgumentMap
    texts: Mapping[str, SourceText] = field(default_factory=dict, kw_only=True)

    def prose(self, terminal: Terminal) -> Prose:
        """Who writes the result."""
        return Prose(self.map, terminal, self.texts)
