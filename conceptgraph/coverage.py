"""How much of the texts the map has read: sentence by sentence, and what stands on little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from conceptgraph.model import ArgumentMap, Triple
from conceptgraph.passages import SourceText, squeezed


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: the line it begins on, its first characters, and how many anchors stand in it."""

    line: int
    opening: str
    anchors: int


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """The sentences of one section, in the order of the text."""

    source: str
    section: str
    sentences: tuple[Sentence, ...]

    @property
    def covered(self) -> int:
        """How many sentences carry at least one anchor."""
        return sum(sentence.anchors > 0 for sentence in self.sentences)

    @property
    def share(self) -> float:
        """The share of the sentences that carry at least one anchor; 1 where there are none."""
        return self.covered / len(self.sentences) if self.sentences else 1.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the map has read of its texts, and what in it stands on little.

    `single_witness` has the entities that only one citation speaks of, `unanchored` the relations that some text
    argues without an anchor, `unsupported` the propositions that no relation of positive sign leads to.
    """

    sections: tuple[SectionCoverage, ...]
    single_witness: tuple[str, ...]
    unanchored: tuple[Triple, ...]
    unsupported: tuple[str, ...]


def coverage(map: ArgumentMap, texts: Mapping[str, SourceText]) -> Coverage:
    """How much of some texts the map has read.

    Args:
        map: the argument map.
        texts: the texts of its sources, by the ids of these, as `passages.source_texts` finds them.
    """
    sections = [_section(map, text, section) for _, text in sorted(texts.items()) for section in text.extents]
    witnesses: dict[str, int] = dict.fromkeys(map.entities, 0)
    supported = set()
    for relation in map.relations.values():
        for end in {relation.subject, relation.object} & witnesses.keys():
            witnesses[end] += len(relation.citations)
        if map.predicates[relation.predicate].sign > 0 and relation.holders:
            supported.add(relation.object)
    return Coverage(
        tuple(sections),
        tuple(id for id, count in witnesses.items() if count == 1),
        tuple(
            relation.triple
            for relation in map.relations.values()
            if any(citation.at is None and citation.source in texts for citation in relation.citations)
        ),
        tuple(
            entity.id
            for entity in map.entities.values()
            if map.kinds[entity.kind].proposition and entity.id not in supported
        ),
    )


def _section(map: ArgumentMap, text: SourceText, section: str) -> SectionCoverage:
    start, end = text.extents[section]
    anchored = sorted(
        offset
        for anchor in {
            citation.at
            for _, citation in map.citations()
            if citation.source == text.source.id and citation.section == section and citation.at
        }
        for offset in text.offsets(anchor)
        if start <= offset < end
    )
    sentences = []
    for each in text.sentences:
        if start <= each.start < end:
            inside = sum(each.start <= offset < each.end for offset in anchored)
            sentences.append(Sentence(each.line, squeezed(each.text)[:10], inside))
    return SectionCoverage(text.source.id, section, tuple(sentences))
