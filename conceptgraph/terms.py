"""Find an entity by id, label or alias, in any script and case; search for those that a text may mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conceptgraph.errors import AmbiguousTerm, UnknownTerm
from conceptgraph.hanzi import simplified
from conceptgraph.model import ArgumentMap, Entity
from conceptgraph.spelling import edits, slips, stem
from conceptgraph.suggest import nearest

if TYPE_CHECKING:
    from conceptgraph.pinyin import Readings

_BLANKS: Final = re.compile(r"[\s_-]+")
_MARKS: Final = re.compile(r"[^\w]+")
_BETWEEN: Final = re.compile(r"(?:[^\w\n]|_)+")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")


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
    raise UnknownTerm(term, _suggestions(map, named, wanted))


def _suggestions(map: ArgumentMap, term: str, kind: str | None) -> list[str]:
    """The names that a term may have meant: what a search finds by name, else what looks like it."""
    entities = [entity for entity in map.entities.values() if kind is None or entity.kind == kind]
    found = [match for match in search(map, term) if match.way != "text" and kind in (None, match.entity.kind)]
    meant = list(dict.fromkeys(match.text for match in found))
    return meant[:5] or nearest(term, [name for entity in entities for name in (entity.id, *entity.names)], 5)


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


WAYS: Final = ("whole", "beginning", "middle", "pinyin", "stem", "inside", "similar", "text")
"""How a search finds an entity, the best first.

Its name is what was typed; begins with it; has it in its middle, where a word begins; sounds like it in pinyin; has
other forms of the same English words; has it inside of a word; has it but for a slip. Or it is said about the entity.
"""
FIELDS: Final = ("label", "alias", "id", "definition", "note")
_MISSED: Final = 99.0


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a search found: which text answered, in which field, and how well.

    0 is the best `score`; the number before the point is the place of its way among `WAYS`.
    """

    entity: Entity
    field: str
    text: str
    score: float

    @property
    def way(self) -> str:
        """By which of `WAYS` it was found."""
        return WAYS[int(self.score)]


def search(map: ArgumentMap, text: str) -> list[Match]:
    """The entities whose id, label, alias, definition or note answers to a text, each once, the best first.

    The ways in which they answer are those of `WAYS`. Traditional characters and pinyin are thought of only where no
    name is, or begins with, what was typed; slips only where no name has been found at all. Of those that answer
    equally well, texts that the map reads stand back; the shortest name comes first, then the most related entity.
    """
    # its patterns for Chinese characters take longer to make than most names to find
    from conceptgraph import pinyin

    words = folded([text])[0].split()
    if not words:
        return []
    names = [(entity, field, name) for entity in map.entities.values() for field, name in _names(entity)]
    sayings = [(entity, field, said) for entity in map.entities.values() for field, said in _sayings(entity)]
    keys = folded(name for _, _, name in names)
    scores = [_spelt(key, words) for key in keys]
    reading: Callable[[str], str] = str
    if min(scores, default=_MISSED) >= WAYS.index("middle"):
        if not text.isascii():
            reading = simplified
            words = folded([text], reading)[0].split()
            keys = folded((name for _, _, name in names), reading)
            scores = [min(score, _spelt(key, words)) for score, key in zip(scores, keys, strict=True)]
        elif pinyin.is_likely(words):
            sounds = pinyin.readings(name for _, _, name in names)
            scores = [min(score, _heard(key, words, sounds)) for score, key in zip(scores, keys, strict=True)]
    scores = [
        score if score < 4 else min(score, _inflected(key, words)) for score, key in zip(scores, keys, strict=True)
    ]
    if min(scores, default=_MISSED) == _MISSED:
        scores = [_slipped(key, words) for key in keys]
    sayings_keys = folded((said for _, _, said in sayings), reading)
    scores += [_told(key, words) for key in sayings_keys]

    found: dict[str, tuple[float, int, int, Match]] = {}
    for (entity, field, answer), key, score in zip([*names, *sayings], [*keys, *sayings_keys], scores, strict=True):
        if score == _MISSED:
            continue
        # the length of a definition says nothing
        length = len(key) if score < WAYS.index("text") else 0
        place = (score, length, FIELDS.index(field), Match(entity, field, answer, score))
        if entity.id not in found or place[:3] < found[entity.id][:3]:
            found[entity.id] = place

    def order(id: str) -> tuple[float, bool, int, int, str]:
        score, length, _, _ = found[id]
        return score, id in map.sources, length, -len(map.incident[id]), id

    return [found[id][3] for id in sorted(found, key=order)]


def folded(texts: Iterable[str], reading: Callable[[str], str] = str) -> list[str]:
    """Texts as a search compares them: without case, width, accents and marks, with one blank between words.

    `reading` is applied first, to all of them at once, a line each.
    """
    each = [text.replace("\n", " ") for text in texts]
    if not each:
        return []
    lines = reading("\n".join(each))
    if not lines.isascii():
        lines = unicodedata.normalize("NFKC", _ACCENTS.sub("", unicodedata.normalize("NFKD", lines)))
    return [line.strip() for line in _BETWEEN.sub(" ", lines.lower()).split("\n")]


def _names(entity: Entity) -> Iterator[tuple[str, str]]:
    yield from (("label", label) for label in entity.label.values())
    yield from (("alias", alias) for aliases in entity.aliases.values() for alias in aliases)
    yield "id", entity.id


def _sayings(entity: Entity) -> Iterator[tuple[str, str]]:
    yield from (("definition", text) for text in entity.definition.values())
    yield from (("note", text) for text in entity.note.values())


def _spelt(name: str, words: list[str]) -> float:
    """How well a name is spelt like words: the same, its beginning, in its middle, or inside of its words."""
    whole, joined = " ".join(words), "".join(words)
    bare = name.replace(" ", "")
    if bare == joined:
        return 0
    if bare.startswith(joined):
        return 1
    if _opens(whole, name):
        return 2
    if all(_opens(word, name) for word in words):
        return 2.5
    return 5 if all(word in name for word in words) else _MISSED


def _opens(word: str, text: str) -> bool:
    """Whether a word of the text begins with this one. Chinese words begin anywhere."""
    return word in text if word[0] > "\x7f" else f" {word}" in f" {text}"


def _heard(name: str, words: list[str], sounds: Readings) -> float:
    from conceptgraph import pinyin

    likeness = None if name.isascii() else pinyin.likeness(name, words, sounds)
    return _MISSED if likeness is None else 3 + likeness / 10


def _inflected(name: str, words: list[str]) -> float:
    return 4 if all(_opens(word, name) or _shares_stem(word, name) for word in words) else _MISSED


def _shares_stem(word: str, name: str) -> bool:
    # stems differ where the first two letters do, and only the few others need be found
    alike = [other for other in name.split() if other[:2] == word[:2]]
    return bool(alike) and word.isascii() and stem(word) in {stem(other) for other in alike}


def _slipped(name: str, words: list[str]) -> float:
    """How well a name is spelt like words but for slips: each English word may have some, a Chinese name one."""
    joined, bare = "".join(words), name.replace(" ", "")
    if joined[0] > "\x7f":
        if len(joined) < 3 or len(bare) < 3:
            return _MISSED
        if edits(joined, bare, 1) is not None:
            return 6.1
        stretches = (bare[at : at + len(joined)] for at in range(len(bare) - len(joined) + 1))
        return 6.2 if len(joined) > 3 and any(_differing(joined, each) == 1 for each in stretches) else _MISSED
    count = 0
    for word in words:
        if _opens(word, name) or _shares_stem(word, name):
            continue
        found = [number for other in name.split() if (number := slips(word, other)) is not None]
        if not found:
            return _MISSED
        count += min(found)
    return 6 + min(count, 9) / 10


def _differing(first: str, second: str) -> int:
    return sum(one != other for one, other in zip(first, second, strict=True))


def _told(text: str, words: list[str]) -> float:
    return 7 if all(_opens(word, text) for word in words) else _MISSED
