"""What a terminal can show: widths of Chinese text, colours that can be off, no control characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069]")
_STYLES: Final = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
_WIDE: Final = (
    "\u1100-\u115f\u2e80-\u3000\u3003-\u3007\u3012-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff10-\uff5a\U00020000-\U0003fffd"
)
_OPENING: Final = "「『（《“‘(\\["
_CLOSING: Final = "，。、；：？！）》」』”’…"
# a word, or one wide character, with the marks that must stay beside it and the blanks behind
_PIECE: Final = re.compile(
    f"[{_OPENING}]*(?:[{_WIDE}]|[^\\s{_WIDE}{_OPENING}{_CLOSING}]+)[{_CLOSING}]*\\s*|\\S\\s*|\\s+"
)
_ESCAPE: Final = re.compile("\x1b\\[[0-9;]*m")


def plain(text: str) -> str:
    """A text whose control characters are shown instead of obeyed."""
    return _CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def width(text: str) -> int:
    """How many columns a text takes: two for a Chinese character, none for a combining one or a colour."""
    if text.isascii() and "\x1b" not in text:
        return len(text)
    return sum(_columns(character) for character in _ESCAPE.sub("", text))


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


def padded(text: str, columns: int) -> str:
    """A text filled up with blanks to a number of columns."""
    return text + " " * (columns - width(text))


def cut(text: str, columns: int) -> str:
    """A text that takes at most a number of columns, with … where it was cut."""
    if width(text) <= columns:
        return text
    taken, used = [], 1
    for character in text:
        used += _columns(character)
        if used > columns:
            break
        taken.append(character)
    return "".join(taken).rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where text is shown: how wide it is, in which language, and whether in colour."""

    columns: int = 80
    language: str = "en"
    colour: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that a sentence is shown in, one after the other."""
        return ("zh", "en") if self.language == "both" else (self.language,)

    @property
    def receipts(self) -> str:
        """The one language of what is said about a sentence."""
        return self.languages[0]

    def words(self, zh: str, en: str) -> str:
        """The words of the interface in the terminal's language."""
        return zh if self.language == "zh" else en

    def paint(self, text: str, *styles: str) -> str:
        """A text in bold, dim or a colour, if the terminal has them."""
        if not self.colour or not text:
            return text
        return f"\x1b[{';'.join(_STYLES[style] for style in styles)}m{text}\x1b[0m"

    def wrapped(self, text: str, indent: int = 0, hanging: int | None = None) -> str:
        """A text broken into lines that fit, between words or Chinese characters; never before a closing mark."""
        hanging = indent if hanging is None else hanging
        lines, line, used, first = [], "", indent, indent
        for word in _pieces(plain(text)):
            columns = width(word)
            if line and used + width(word.rstrip()) > self.columns:
                lines.append(" " * first + line.rstrip())
                line, used, first = "", hanging, hanging
                word = word.lstrip()
                columns = width(word)
            line += word
            used += columns
        lines.append(" " * first + line.rstrip())
        return "\n".join(lines)

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
        """Rows under a header, each column as wide as it needs; the last is cut to what is left of the width."""
        if not rows:
            return ""
        shown = [[plain(cell) for cell in row] for row in rows]
        widths = [max(width(row[index]) for row in (header, *shown)) for index in range(len(header))]
        widths[-1] = max(min(widths[-1], self.columns - sum(widths[:-1]) - 2 * (len(widths) - 1)), 8)

        def line(row: Sequence[str]) -> str:
            cells = [cut(cell, columns) for cell, columns in zip(row, widths, strict=True)]
            return "  ".join(
                " " * (columns - width(cell)) + cell if index in right else padded(cell, columns)
                for index, (cell, columns) in enumerate(zip(cells, widths, strict=True))
            ).rstrip()

        return "\n".join([self.paint(line(header), "dim"), *map(line, shown)])


def _pieces(text: str) -> list[str]:
    """A text in pieces between which a line may break: words, and single Chinese characters with their marks."""
    return _PIECE.findall(text)
