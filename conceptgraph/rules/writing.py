"""How texts are written: their characters, brackets and punctuation, and the language under which they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from conceptgraph.diagnostics import Finding, Severity
from conceptgraph.rules import Subject, rule
from conceptgraph.rules.pieces import HAN, Piece

# soft hyphen, fillers, joiners, zero-width marks and tags; joiners are at home in scripts of their own and in emoji
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f]|(?<![\u0590-\u1cff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
_FOREIGN: Final = "\u0370-\u0373\u0376-\u03ff\u0400-\u052f\u0530-\u058f\u13a0-\u13ff"
# a word of one script has no business with a letter of another: Greek, Cyrillic, Armenian, Cherokee
_FOREIGN_LETTERS: Final = re.compile(f"[{_FOREIGN}]+")
_WIDE_LETTER: Final = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_WIDE: Final = re.compile("[\uff01-\uff5e]+")
_HALF_WIDTH: Final = re.compile("[,;:?!.()]")
_FULL_WIDTH: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
_CLOSED_BY: Final = {
    "(": ")", "[": "]", "{": "}", "（": "）", "【": "】", "〔": "〕",
    "「": "」", "『": "』", "《": "》", "〈": "〉", "“": "”",
}  # fmt: skip
_BRACKET: Final = re.compile("[" + re.escape("".join([*_CLOSED_BY, *_CLOSED_BY.values()])) + "]")
_HAN: Final = re.compile(f"[{HAN}]")
_LETTER: Final = re.compile("[^\\W\\d_]")
_ENGLISH: Final = re.compile(r"\b[a-z]{2,}\b.*\b[a-z]{2,}\b")


@rule(Severity.WARNING)
def invisible_character(subject: Subject) -> Iterator[Finding]:
    """A text holds a character that nobody sees: of no width, a soft hyphen, a filler.

    They come with copied text. Two names that look the same are then not the same, and a search finds one of them.
    Those that reverse the direction of writing are errors (forbidden-character).
    """
    for piece in subject.pieces:
        for match, span in piece.found(_INVISIBLE):
            yield Finding(span, f"{_named(match.group())} cannot be seen", help="delete it")


@rule(Severity.WARNING)
def confusable_character(subject: Subject) -> Iterator[Finding]:
    """A letter looks like another: a Greek or Cyrillic one in a Latin word, or a full-width Latin one.

    Type the word anew on a Latin keyboard, or a search for what it seems to say does not find it.
    """
    for piece in subject.pieces:
        # what is ASCII, as most English text, has none of them
        if piece.text.isascii():
            continue
        for match, span in piece.found(_FOREIGN_LETTERS):
            if any(map(_LATIN.match, _beside(match))):
                yield Finding(span, f"{_named(match.group()[0])} stands in a Latin word")
        for match, span in piece.found(_WIDE_LETTER if piece.chinese else _WIDE):
            narrow = unicodedata.normalize("NFKC", match.group())
            yield Finding(span, f"{match.group()!r} is full-width", help=f"write {narrow!r}")


@rule(Severity.WARNING)
def half_width_punctuation(subject: Subject) -> Iterator[Finding]:
    """A Chinese text has Western punctuation beside a Chinese character.

    Chinese marks are as wide as a character: ，；：？！（）. Numbers and foreign words keep their own marks.
    """
    for piece in subject.pieces:
        if piece.chinese:
            for match, span in piece.found(_HALF_WIDTH):
                mark = match.group()
                before, after = _beside(match)
                if _HAN.match(before) or (_HAN.match(after) and mark != "."):
                    yield Finding(span, f"half-width {mark!r} in Chinese", help=f"write {_FULL_WIDTH[mark]!r}")


@rule(Severity.WARNING)
def unbalanced_brackets(subject: Subject) -> Iterator[Finding]:
    """A bracket, a quotation mark or a title mark of a text is not closed, or was never opened.

    Pairs are ( ) [ ] { } （） 【】 〔〕 「」 『』 《》 〈〉 “”.
    """
    for piece in subject.pieces:
        open: list[re.Match[str]] = []
        for match in _BRACKET.finditer(piece.text):
            if match.group() in _CLOSED_BY:
                open.append(match)
            elif open and _CLOSED_BY[open[-1].group()] == match.group():
                open.pop()
            else:
                message = f"{match.group()!r} closes nothing"
                if open:
                    message += f": {open[-1].group()!r} is closed by {_CLOSED_BY[open[-1].group()]!r}"
                yield Finding(piece.stretch(match.start(), match.end()), message)
                open.clear()
                break
        for match in open[:1]:
            closing = _CLOSED_BY[match.group()]
            yield Finding(piece.stretch(match.start(), match.end()), f"{match.group()!r} is not closed by {closing!r}")


@rule(Severity.WARNING)
def wrong_language(subject: Subject) -> Iterator[Finding]:
    """A text stands under the wrong language: Chinese under `en`, or English under `zh`.

    Names that have no translation (ChatGPT) may stand under both, and an English text may name a Chinese word.
    """
    for piece in subject.pieces:
        if piece.chinese:
            if _ENGLISH.search(piece.text) and not _HAN.search(piece.text):
                yield _misplaced(piece, "is not Chinese")
        elif piece.language.partition("-")[0] == "en" and not piece.text.isascii():
            han = len(_HAN.findall(piece.text))
            if han and 2 * han >= len(_LETTER.findall(piece.text)):
                yield _misplaced(piece, "is Chinese")


def _misplaced(piece: Piece, what: str) -> Finding:
    field = piece.part.partition(".")[0]
    field = "title" if field == piece.language else field
    return Finding(piece.span, f"the {field} under {piece.language!r} {what}", help="put it under its own language")


def _beside(match: re.Match[str]) -> tuple[str, str]:
    """The characters before and behind a match; empty where the text begins or ends."""
    return match.string[max(match.start() - 1, 0) : match.start()], match.string[match.end() : match.end() + 1]


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
