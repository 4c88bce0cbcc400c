"""The nearest of some names to a word that is none of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def nearest(word: str, names: Iterable[str], limit: int = 3, likeness: float = 0.6) -> list[str]:
    """Up to `limit` of `names` that look like `word`, the nearest first.

    A name that contains the word, or is contained in it, counts as near: 异化 finds 异化劳动. Others are compared by
    `difflib`'s ratio (Ratcliff and Metzener 1988), which must reach `likeness`.
    """
    # difflib costs as much to import as reading the curated map; only a slip pays for it
    from difflib import SequenceMatcher

    wanted = word.casefold().strip()
    if not wanted or len(wanted) > 80:
        return []
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    scored = []
    for name in set(names):
        folded = name.casefold()
        matcher.set_seq1(folded)
        score = 0.0
        if matcher.real_quick_ratio() >= likeness and matcher.quick_ratio() >= likeness:
            score = matcher.ratio()
        if folded in wanted or wanted in folded:
            shorter, longer = sorted((len(folded), len(wanted)))
            if shorter >= 2:
                score = max(score, likeness + 0.3 * shorter / longer)
        if score >= likeness:
            scored.append((-score, name))
    return [name for _, name in sorted(scored)[:limit]]


def stranger(word: str) -> str | None:
    """The first letter of a word that looks Latin but is of another script, named; None where there is none.

    Chinese names no letters: 受众 is a word, not a slip.
    """
    for letter in word:
        name = unicodedata.name(letter, "")
        if not letter.isascii() and name.startswith(("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH LATIN")):
            return f"{letter!r} is U+{ord(letter):04X} {name}"
    return None


def nearest_passage(phrase: str, text: str) -> str | None:
    """The stretch of a text, as long as the phrase, that looks most like it; None where none comes near.

    Stretches are tried where they share a pair of characters with the phrase, which bounds the work.
    """
    from difflib import SequenceMatcher

    length = len(phrase)
    pairs = [phrase[index : index + 2] for index in range(length - 1)]
    starts: set[int] = set()
    for offset, pair in enumerate(pairs):
        position = text.find(pair)
        while position >= 0 and len(starts) < 500:
            starts.add(max(position - offset, 0))
            position = text.find(pair, position + 1)
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    matcher.set_seq2(phrase)
    best, found = 0.6, None
    for start in sorted(starts):
        matcher.set_seq1(text[start : start + length])
        score = matcher.ratio()
        if score > best:
            best, found = score, text[start : start + length]
    return found
