"""Simplified and traditional characters, by the tables of OpenCC."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

_BLOCKS: Final = ((0x3400, 0x9FFF), (0xF900, 0xFAFF))
"""The characters that people type: those of the basic plane."""


def simplified(text: str) -> str:
    """A text in simplified characters; what has no simplified form stays as it is."""
    converted: str = _converter().convert(text)
    return converted


def traditional(texts: Iterable[str]) -> dict[str, str]:
    """The characters that stand for one of the texts' simplified characters in traditional writing, with that one."""
    known = set(simplified("\n".join(texts)))
    every = [chr(point) for first, last in _BLOCKS for point in range(first, last + 1)]
    pairs = zip(every, simplified("\n".join(every)).split("\n"), strict=True)
    return {character: simple for character, simple in pairs if simple != character and simple in known}


@cache
def _converter() -> Any:
    # its tables take longer to read than most names take to find, and most names need none
    from opencc import OpenCC

    return OpenCC("t2s")
