"""Simplified and traditional characters, by the tables of OpenCC."""

from __future__ import annotations

from functools import cache
from typing import Any


def simplified(text: str) -> str:
    """A text in simplified characters; what has no simplified form stays as it is."""
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> Any:
    # its tables take longer to read than most names take to find, and most names need none
    from opencc import OpenCC

    return OpenCC("t2s")
