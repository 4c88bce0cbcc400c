"""How Chinese names sound: the readings of their characters, and names found by full pinyin or by initials."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from conceptgraph import files
from conceptgraph.cache import folder

Readings = Mapping[str, tuple[str, ...]]
"""The readings of characters, without tones, the commonest first; ü is written v as well as u."""

HAN: Final = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN: Final = re.compile(f"[{HAN}]")
_UNITS: Final = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")
_RUNS: Final = re.compile(f"[{HAN}]+")
_ONSETS: Final = ("", *"bpmfdtnlgkhjqxryw", "z", "c", "s", "zh", "ch", "sh")
_RHYMES: Final = re.findall(
    "[a-z]+",
    "a ai an ang ao e ei en eng er i ia ian iang iao ie in ing iong iu o ong ou u ua uai uan uang ue ui un uo v ve",
)
_SYLLABLES: Final = frozenset(onset + rhyme for onset in _ONSETS for rhyme in _RHYMES if onset or rhyme[0] in "aeo")
_UNFINISHED: Final = frozenset(syllable[:end] for syllable in _SYLLABLES for end in range(1, len(syllable) + 1))
_INITIALS: Final = re.compile("[a-hj-tw-z]{2,}")
_DIGEST: Final = 64


def readings(names: Iterable[str]) -> Readings:
    """How each Chinese character of some names is read.

    A character has the readings that it has in the names, by the phrases that the library knows (长 in 增长 and in
    长期), and its two commonest. They are kept between calls, under a digest of the names and of the library.
    """
    chinese = sorted({name for name in names if _HAN.search(name)})
    if not chinese:
        return {}
    digest = _digest("\n".join([_library(), *chinese]))
    known = _recall(digest)
    if known is None:
        known = _read(chinese)
        lines = "\n".join(" ".join((character, *sounds)) for character, sounds in known.items())
        with contextlib.suppress(OSError):
            files.replace(_file(), f"{digest}{_digest(lines)}{lines}")
    return known


def is_likely(words: Sequence[str]) -> bool:
    """Whether words could be pinyin, full or initials: if not, nobody need know how names sound."""
    if sum(map(len, words)) < 2 or not all(word.isascii() for word in words):
        return False
    return all(_INITIALS.fullmatch(word) or _in_syllables(word) for word in words)


def _in_syllables(word: str) -> bool:
    reached = {0}
    for at in range(len(word)):
        if at in reached:
            if word[at:] in _UNFINISHED:
                return True
            reached.update(at + length for length in range(1, 7) if word[at : at + length] in _SYLLABLES)
    return False


def likeness(name: str, words: Sequence[str], readings: Readings) -> int | None:
    """How well a name sounds like words in pinyin: 0 is best, None not at all.

    Each word is full pinyin, the last of which may be unfinished, or the initials of the characters. The whole name
    is better than its beginning, that than its middle; full pinyin better than initials.
    """
    units = [readings.get(unit, (unit,)) for unit in _UNITS.findall(name)]
    best: int | None = None
    for start in range(len(units)):
        if not any(sound[0] == words[0][0] for sound in units[start]):
            continue
        # where a reading of the words so far may end: at which unit, whether by initials, whether unfinished
        ends = {(start, False, False)}
        for position, word in enumerate(words):
            last = position == len(words) - 1
            ends = {
                (end, short or by_initials, unfinished)
                for begin, by_initials, _ in ends
                for end, short, unfinished in _ends(units, begin, word, last)
            }
        for end, by_initials, unfinished in ends:
            if by_initials and start and sum(map(len, words)) < 3:
                continue
            place = 2 if start else 0 if end == len(units) and not unfinished else 1
            found = 2 * place + by_initials
            best = found if best is None else min(best, found)
        if start == 0 and best is not None:
            break
    return best


def _ends(units: Sequence[Sequence[str]], begin: int, word: str, last: bool) -> set[tuple[int, bool, bool]]:
    found = set()
    if 1 < len(word) <= len(units) - begin:
        pairs = zip(word, units[begin:], strict=False)
        if all(any(sound[0] == letter for sound in sounds) for letter, sounds in pairs):
            found.add((begin + len(word), True, False))
    reached = {(begin, 0)}
    while reached:
        unit, at = reached.pop()
        if at == len(word):
            found.add((unit, False, False))
        elif unit < len(units):
            for sound in units[unit]:
                if word.startswith(sound, at):
                    reached.add((unit + 1, at + len(sound)))
                elif last and sound.startswith(word[at:]):
                    found.add((unit + 1, False, True))
    return found


def _read(names: Sequence[str]) -> Readings:
    # its dictionaries take longer to read than everything else that a search does
    from pypinyin import Style, lazy_pinyin, pinyin

    found: dict[str, dict[str, None]] = {}
    for name in names:
        for part in _RUNS.findall(name):
            for character, sound in zip(part, lazy_pinyin(part, errors=list), strict=True):  # type: ignore[arg-type] # a list is allowed
                found.setdefault(character, {})[sound] = None
    for character, sounds in found.items():
        for sound in pinyin(character, style=Style.NORMAL, heteronym=True)[0][:2]:
            sounds[sound] = None
        for sound in [sound for sound in sounds if "v" in sound]:
            sounds[sound.replace("v", "u")] = None
        sounds.pop(character, None)
    return {character: tuple(sounds) for character, sounds in sorted(found.items()) if sounds}


def _recall(digest: str) -> Readings | None:
    try:
        kept = _file().read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    lines = kept[2 * _DIGEST :]
    if kept[:_DIGEST] != digest or kept[_DIGEST : 2 * _DIGEST] != _digest(lines):
        return None
    table = (line.split(" ") for line in lines.split("\n"))
    return {character: tuple(sounds) for character, *sounds in table}


def _library() -> str:
    """What tells one version of the library from another, without the time that importing it takes."""
    found = importlib.util.find_spec("pypinyin")
    if found is None or found.origin is None:
        return ""
    # the module names its version
    return Path(found.origin).read_text("utf-8")


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST // 2).hexdigest()


def _file() -> Path:
    return folder() / "names.pinyin"
