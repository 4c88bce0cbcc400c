"""How English words vary: British and American spelling, endings, and slips of the finger."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

SPELLINGS: Final = (
    ("(?<=[a-z]{2})our", "or"),
    ("(?<=[a-z]{2})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)", "iz"),
    ("yse(?=[drs]?$)", "yze"),
    ("ysing$", "yzing"),
    ("(?<=[bt])re(?=s?$)", "er"),
    ("ogue(?=s?$)", "og"),
    ("(?<=def|off)ence(?=s?$)", "ense"),
    ("amme(?=s?$)", "am"),
    ("dgement", "dgment"),
)
"""What turns a British spelling into the American one: patterns that Python and a browser read alike."""
_COMPILED: Final = tuple((re.compile(pattern), replacement) for pattern, replacement in SPELLINGS)
_LETTERS: Final = re.compile("[a-z]+")


@cache
def stem(word: str) -> str:
    """The stem of an English word in lower case, the same for both spellings; any other word stays as it is.

    The stems are Snowball's (the English stemmer of Porter 2002).
    """
    if not _LETTERS.fullmatch(word):
        return word
    for pattern, replacement in _COMPILED:
        word = pattern.sub(replacement, word)
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


@cache
def _stemmer() -> Any:
    # it brings all its languages along: not something that a search in Chinese should wait for
    from snowballstemmer import stemmer

    return stemmer("english")


def slips(typed: str, word: str) -> int | None:
    """How many slips part a typed word from another; None where they are too many to be slips.

    A slip is a letter more, a letter less, a wrong one, or two that changed places (Damerau 1964). Words of five
    letters may have one, words of eight two, and the first letter is seldom wrong: only by changing its place.
    """
    limit = 2 if len(typed) >= 8 else 1 if len(typed) >= 5 else 0
    if typed[:1] != word[:1] and typed[:2] != word[1::-1]:
        return None
    return edits(typed, word, limit)


def edits(typed: str, word: str, limit: int) -> int | None:
    """How many characters are too many, missing, wrong or exchanged with the next; None above the limit."""
    if abs(len(typed) - len(word)) > limit:
        return None
    before: list[int] = []
    last = list(range(len(word) + 1))
    for row, own in enumerate(typed, 1):
        line = [row]
        for column, other in enumerate(word, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (own != other))
            if row > 1 and column > 1 and own == word[column - 2] and typed[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > limit:
            return None
        before, last = last, line
    return last[-1] if last[-1] <= limit else None
