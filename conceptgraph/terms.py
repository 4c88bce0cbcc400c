"""Find an entity by id, label or alias, in any script and case; suggestions where nothing answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from conceptgraph.errors import AmbiguousTerm, UnknownTerm
from conceptgraph.hanzi import simplified
from conceptgraph.model import ArgumentMap, Entity
from conceptgraph.suggest import nearest

_BLANKS: Final = re.compile(r"[\s_-]+")
_MARKS: Final = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """A text without the differences that typing makes: case, width, and blanks or dashes between words."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def find(map: ArgumentMap, term: str) -> Entity:
    """The entity that a term names.

    An id comes before a label, a label before an alias; case, width, dashes and blanks do not matter; quotation marks,
    title marks and dots, and simplified or traditional characters, only where they are needed to tell two names apart.
    A text that the map reads stands back where another entity has its name: `alienation` is the concept. `kind:term`
    asks for one of that kind: `source:alienation` is the essay.

    Raises:
        UnknownTerm: nothing has the name; it comes with suggestions.
        AmbiguousTerm: several entities have it equally.
    """
    kind, _, rest = term.partition(":")
    wanted = kind.strip() if rest and kind.strip() in map.kinds else None
    named = rest if wanted else term
    for tier in _tiers(map, named, wanted):
        if len(tier) == 1:
            return map.entities[tier[0]]
        if tier:
            raise AmbiguousTerm(term, sorted(tier))
    names = [name for entity in map.entities.values() for name in (entity.id, *entity.names)]
    raise UnknownTerm(term, nearest(named, names, 5))


def _tiers(map: ArgumentMap, term: str, kind: str | None) -> Iterator[list[str]]:
    """The ids that answer to a term, from the strictest reading of it to the loosest."""
    entities = [entity for entity in map.entities.values() if kind is None or entity.kind == kind]
    texts = [entity for entity in entities if entity.id in map.sources]
    others = [entity for entity in entities if entity.id not in map.sources]
    if term in map.entities and map.entities[term] in others:
        yield [term]
    for key in (fold, _bare, _simplified):
        wanted = key(term)
        if not wanted:
            return
        for group in (others, texts):
            yield [entity.id for entity in group if key(entity.id) == wanted]
            yield [entity.id for entity in group if any(key(label) == wanted for label in entity.label.values())]
            yield [entity.id for entity in group if any(key(name) == wanted for name in entity.names)]


def _bare(text: str) -> str:
    return _MARKS.sub("", fold(text))


def _simplified(text: str) -> str:
    return _bare(text if text.isascii() else simplified(text))


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a search found, and the text that answered: in which field, and how well (0 is best)."""

    entity: Entity
    field: str
    text: str
    rank: int


def search(map: ArgumentMap, text: str) -> list[Match]:
    """The entities whose id, label, alias or definition holds every word of a text, the best first.

    A whole name comes before the beginning of one, then its middle, then a definition; where nothing holds the
    words, they are sought in simplified characters, and then names that look like them are found instead.
    """
    words = fold(text).split()
    if not words:
        return []
    matches = [match for entity in map.entities.values() if (match := _match(entity, words)) is not None]
    if not matches and not text.isascii():
        words = fold(simplified(text)).split()
        matches = [match for entity in map.entities.values() if (match := _match(entity, words)) is not None]
    if not matches:
        names: dict[str, Entity] = {}
        for entity in sorted(map.entities.values(), key=lambda entity: entity.id in map.sources):
            for name in (*entity.names, entity.id):
                names.setdefault(name, entity)
        near = nearest(text, names, 10)
        matches = [Match(names[name], "similar", name, 6 + position) for position, name in enumerate(near)]
    best: dict[str, Match] = {}
    for match in sorted(matches, key=lambda match: (match.rank, len(match.text), match.entity.id)):
        best.setdefault(match.entity.id, match)
    return list(best.values())


def _match(entity: Entity, words: list[str]) -> Match | None:
    whole = " ".join(words)
    found = []
    fields = [("id", entity.id)]
    fields += [("label", label) for label in entity.label.values()]
    fields += [("alias", alias) for aliases in entity.aliases.values() for alias in aliases]
    for field, name in fields:
        folded = fold(name)
        if folded == whole:
            found.append(Match(entity, field, name, 0))
        elif folded.startswith(whole):
            found.append(Match(entity, field, name, 1))
        elif whole in folded or all(word in folded for word in words):
            found.append(Match(entity, field, name, 2))
    for definition in (*entity.definition.values(), *entity.note.values()):
        if not found and all(word in fold(definition) for word in words):
            found.append(Match(entity, "definition", definition, 4))
    return min(found, key=lambda match: match.rank, default=None)
