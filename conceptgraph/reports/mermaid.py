"""Relations as a Mermaid flowchart, for documents that draw it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from conceptgraph.model import CONTESTED, DENIED, ArgumentMap, Relation
from conceptgraph.reports.terminal import plain
from conceptgraph.sentences import entity_name, in_language

_MARKUP: Final = re.compile(r"[^\w\s.,:;，。：；、？！…（）《》“”‘’–—·/-]")


def mermaid(map: ArgumentMap, relations: Iterable[Relation], language: str) -> str:
    """A flowchart of some relations, without a last line end: contested ones dotted, denied ones crossed."""
    relations = list(relations)
    ends = dict.fromkeys(id for relation in relations for id in (relation.subject, relation.object))
    # ids of our own: an entity may be called `end`, which Mermaid takes for a word of its own
    nodes = {id: f"n{number}" for number, id in enumerate(ends)}
    lines = ["flowchart LR"]
    lines += [f'  {node}["{_text(entity_name(map, id, language))}"]' for id, node in nodes.items()]
    for relation in relations:
        predicate = map.predicates[relation.predicate]
        label = _text(in_language(predicate.label, language) or predicate.id)
        arrow = {CONTESTED: "-.->", DENIED: "--x"}.get(relation.status, "---" if predicate.symmetric else "-->")
        lines.append(f'  {nodes[relation.subject]} {arrow}|"{label}"| {nodes[relation.object]}')
    return "\n".join(lines)


def _text(text: str) -> str:
    """A text whose every mark that could mean something to Mermaid or HTML is a character reference."""
    return _MARKUP.sub(lambda match: f"#{ord(match.group())};", " ".join(plain(text).split()))
