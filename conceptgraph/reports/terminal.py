"""What a terminal can show: widths of Chinese text, colours and links that can be off, no control characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

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
# a colour, or the beginning or end of a hyperlink
_ESCAPE: Final = re.compile("\x1b\\[[0-9;]*m|\x1b]8;;[^\x1b]*\x1b\\\\")
_LINKING_PROGRAMS: Final = ("Hyper", "WezTerm", "ghostty", "iTerm.app", "mintty", "rio", "terminology", "vscode", "zed")
_LINKING_TERMS: Final = (
    "alacritty",
    "alacritty-direct",
    "contour",
    "foot",
    "foot-extra",
    "xterm-ghostty",
    "xterm-kitty",
)
_LINKING_VARIABLES: Final = ("DOMTERM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WT_SESSION")
_ELSEWHERE: Final = ("SSH_CONNECTION", "STY", "TMUX")


class Link(NamedTuple):
    """Words that lead to an address, or, where it begins with #, to a part of the exported page."""

    text: str
    address: str


Line: TypeAlias = str | Sequence[str | Link]
"""Words in a row, some of which may be links."""


def shows_hyperlinks(environment: Mapping[str, str]) -> bool:
    """Whether the terminal that the variables of an environment tell of is known to show hyperlinks (OSC 8).

    `FORCE_HYPERLINK` decides where it is set: 0 for no, anything else for yes. A terminal that is reached through tmux,
    screen or ssh is not trusted: the first two may swallow links, and behind the third, files are those of another
    machine. VTE crashed on links before 0.50.1.

    Source: https://github.com/Alhadis/OSC8-Adoption, which terminals do; how they are recognised, and the variable:
    https://github.com/chalk/supports-hyperlinks.
    """
    forced = environment.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    if any(environment.get(name) for name in _ELSEWHERE):
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or environment.get("TERM") in _LINKING_TERMS
        or any(environment.get(name) for name in _LINKING_VARIABLES)
        or (vte.isdecimal() and int(vte) >= 5001)
    )


def joined(separator: str, parts: Iterable[str | Link]) -> list[str | Link]:
    """The parts of a line with a separator between each two."""
    return [each for part in parts for each in (separator, part)][1:]


def plain(text: str) -> str:
    """A text whose control characters are shown instead of obeyed."""
    return _CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def width(text: str) -> int:
    """How many columns a text takes: two for a Chinese character, none for a combining one, a colour or a hyperlink."""
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
    """Where text is shown: how wide it is, in which language, and whether in colour and with hyperlinks.

    `page` is the address of the exported page, where there is one to point to.
    """

    columns: int = 80
    language: str = "en"
    colour: bool = False
    hyperlinks: bool = False
    page: str | None = None

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

    def linked(self, line: Line) -> str:
        """Words in a row, as long as they are, those that lead somewhere as hyperlinks if the terminal has them."""
        shown = _Shown(self, line)
        return shown.between(0, len(shown.text))

    def wrapped(self, text: Line, indent: int = 0, hanging: int | None = None) -> str:
        """Words broken into lines that fit, between words or Chinese characters; never before a closing mark."""
        hanging = indent if hanging is None else hanging
        shown = _Shown(self, text)
        lines: list[str] = []
        begin = end = 0
        used = first = indent
        for word in _pieces(shown.text):
            if begin < end and used + width(word.rstrip()) > self.columns:
                lines.append(" " * first + shown.between(begin, begin + len(shown.text[begin:end].rstrip())))
                begin = end + len(word) - len(word.lstrip())
                used = first = hanging
                used += width(word.lstrip())
            else:
                used += width(word)
            end += len(word)
        lines.append(" " * first + shown.between(begin, begin + len(shown.text[begin:].rstrip())))
        return "\n".join(lines)

    def table(
        self, header: Sequence[str], rows: Sequence[Sequence[str | Link]], right: frozenset[int] = frozenset()
    ) -> str:
        """Rows under a header, each column as wide as it needs; the last is cut to what is left of the width."""
        if not rows:
            return ""
        widths = [max(width(plain(_text(row[index]))) for row in (header, *rows)) for index in range(len(header))]
        widths[-1] = max(min(widths[-1], self.columns - sum(widths[:-1]) - 2 * (len(widths) - 1)), 8)

        def line(row: Sequence[str | Link]) -> str:
            cells = []
            for index, (cell, columns) in enumerate(zip(row, widths, strict=True)):
                text = cut(plain(_text(cell)), columns)
                shown = self.linked([cell._replace(text=text) if isinstance(cell, Link) else text])
                cells.append(" " * (columns - width(shown)) + shown if index in right else padded(shown, columns))
            return "  ".join(cells).rstrip()

        return "\n".join([self.paint(line(header), "dim"), *map(line, rows)])

    def resolved(self, address: str) -> str | None:
        """The whole address of a part of the page; None where there is no page to point to."""
        if not address.startswith("#"):
            return address
        return None if self.page is None else self.page + address


class _Shown:
    """A line as its plain text, and where in it which address is linked."""

    def __init__(self, terminal: Terminal, line: Line) -> None:
        parts = [line] if isinstance(line, str) else line
        texts = [plain(_text(part)) for part in parts]
        self.text = "".join(texts)
        self.links: list[tuple[int, int, str]] = []
        if not terminal.hyperlinks:
            return
        start = 0
        for part, text in zip(parts, texts, strict=True):
            address = terminal.resolved(part.address) if isinstance(part, Link) else None
            if address is not None:
                self.links.append((start, start + len(text), address))
            start += len(text)

    def between(self, begin: int, end: int) -> str:
        """A stretch of the line, in which every link is closed."""
        stretch = ""
        for start, stop, address in self.links:
            start, stop = max(start, begin), min(stop, end)
            if start < stop:
                stretch += f"{self.text[begin:start]}\x1b]8;;{address}\x1b\\{self.text[start:stop]}\x1b]8;;\x1b\\"
                begin = stop
        return stretch + self.text[begin:end]


def _text(part: str | Link) -> str:
    return part.text if isinstance(part, Link) else part


def _pieces(text: str) -> list[str]:
    """A text in pieces between which a line may break: words, and single Chinese characters with their marks."""
    return _PIECE.findall(text)
