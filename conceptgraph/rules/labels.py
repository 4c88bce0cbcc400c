"""Names that tell two entities apart too little."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from conceptgraph.diagnostics import Finding, Note, Severity
from conceptgraph.hanzi import simplified
from conceptgraph.model import Entity
from conceptgraph.rules import Subject, rule
from conceptgraph.rules.pieces import HAN

_HAN: Final = re.compile(f"[{HAN}]+")
_ARTICLE: Final = re.compile("^(?:the|an?) (?=.)", re.MULTILINE)
_PLURAL: Final = re.compile(r"(?<=[a-z]{2})(?<!s)s\b")
# title marks stay: they tell a book from what it is about
_MARKS: Final = re.compile("[ \\t‐–—_·・.,'\"‘’“”「」『』-]+")


@rule(Severity.WARNING)
def near_duplicate_label(subject: Subject) -> Iterator[Finding]:
    """Two entities have the same name, or names that differ in nothing that readers hear.

    Labels and aliases of all languages are compared, in simplified characters, whatever their case and width. Between
    entities of one kind, quotation marks, hyphens, articles and the plural make no difference either. Merge the two,
    or name what tells them apart. Texts are left out: one may well have the name of what it is about.
    """
    map = subject.map
    entities = [entity for entity in map.entities.values() if entity.id not in map.sources]
    named = [(entity, part, name) for entity in entities for part, name in _names(entity)]
    if not named:
        return
    same = _folded(name for _, _, name in named)
    alike = _worn(same)
    first: dict[object, tuple[Entity, str, str]] = {}
    told: set[tuple[str, str]] = set()
    for (entity, part, name), exact, worn in zip(named, same, alike, strict=True):
        keys: tuple[object, object] = (exact, (entity.kind, worn or exact))
        for key in keys:
            other, there, theirs = first.setdefault(key, (entity, part, name))
            if other is not entity and (other.id, entity.id) not in told:
                told.add((other.id, entity.id))
                message = f"{entity.id!r} and {other.id!r} are both called {name!r}"
                if name != theirs:
                    message = f"the names {name!r} of {entity.id!r} and {theirs!r} of {other.id!r} are nearly the same"
                earlier, later = other.origin.part(there), entity.origin.part(part)
                if earlier.path == later.path:
                    earlier, later = sorted((earlier, later))
                yield Finding(
                    later, message, (Note("first here", earlier),), "merge the two, or tell their names apart"
                )


def _names(entity: Entity) -> Iterator[tuple[str, str]]:
    """The labels and aliases of an entity, each with its part of the record."""
    for language, label in entity.label.items():
        yield f"label.{language}", label
    for language, aliases in entity.aliases.items():
        for index, alias in enumerate(aliases):
            yield f"aliases.{language}.{index}", alias


def _folded(names: Iterable[str]) -> list[str]:
    """Names without case, width, and the difference between simplified and traditional characters."""
    lines = "\n".join(name.replace("\n", " ") for name in names)
    if not _simple(lines):
        lines = simplified(lines)
    return unicodedata.normalize("NFKC", lines).casefold().split("\n")


def _simple(text: str) -> bool:
    """Whether a text needs no look into the tables of traditional characters: GB 2312 has none of them."""
    try:
        "".join(_HAN.findall(text)).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _worn(folded: list[str]) -> list[str]:
    """Folded names without articles, the plural and marks."""
    lines = _ARTICLE.sub("", "\n".join(folded))
    return _MARKS.sub("", _PLURAL.sub("", lines)).split("\n")
