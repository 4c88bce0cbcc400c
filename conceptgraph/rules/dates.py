"""Dates: what `when` and references say, by the grammar of EDTF."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import Final

from conceptgraph.diagnostics import Finding, Severity, Span
from conceptgraph.model import REFERENCE_DATES, ArgumentMap
from conceptgraph.rules import Subject, rule

# Levels 0 and 1 of the Extended Date/Time Format, ISO 8601-2:2019, annex A
_DATE: Final = re.compile(
    r"""(?: (?P<year>-?\d{4}) (?: -(?P<month>0[1-9]|1[0-2]) (?: -(?P<day>0[1-9]|[12]\d|3[01]|XX) )? )?
      | -?\d{4}-2[1-4] | -?\d{4}-XX(?:-XX)? | -?\d{3}X | -?\d{2}XX | Y-?[1-9]\d{4,} )[?~%]?""",
    re.VERBOSE | re.ASCII,
)
_TIME: Final = re.compile(r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]([01]\d|2[0-3])(:[0-5]\d)?)?", re.ASCII)
_OPEN: Final = ("", "..")

# what people write instead, and how EDTF says it
_MEANT: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), said)
    for pattern, said in (
        (r"(\d{3})0(?:s|年代)", r"\1X"),
        (r"(?:c\.?|ca\.?|circa|约|大约) ?(\d{4})年?", r"\1~"),
        (r"(\d{4})(?:年)? ?[-–—~至到] ?(\d{4})年?", r"\1/\2"),
        (r"(\d{4})年", r"\1"),
    )
)
_PARTS: Final = re.compile(r"(\d{4})[./年-](\d{1,2})(?:月|[./月-](\d{1,2})日?)?", re.ASCII)


@rule(Severity.WARNING)
def malformed_date(subject: Subject) -> Iterator[Finding]:
    """What `when` says, or a `reference`, is no date of the Extended Date/Time Format, levels 0 and 1 (ISO 8601-2).

    A day is 1867-09-14, a month 1867-09, a decade 193X, a century 18XX, about that year 1930~, perhaps 1930?, a span
    2018/2020, one with an open end 2018/.. .
    """
    for date, span in _dates(subject.map):
        if (fault := _fault(date)) is None:
            continue
        meant = _meant(date)
        help = f"write {meant!r}" if meant and _fault(meant) is None else "dates are 1867, 1867-09, 193X, 2018/2020"
        yield Finding(span, f"{date!r} {fault}", help=help)


def _dates(map: ArgumentMap) -> Iterator[tuple[str, Span]]:
    """Every date of a map, with its place."""
    for _, citation in map.citations():
        if citation.when is not None:
            yield citation.when, citation.origin.part("when")
    for entity in map.entities.values():
        for name in REFERENCE_DATES:
            if name in entity.reference:
                yield entity.reference[name], entity.origin.part(f"reference.{name}")


def _meant(date: str) -> str | None:
    """How EDTF says what was probably meant."""
    if parts := _PARTS.fullmatch(date):
        return "-".join(part.zfill(2) for part in parts.groups() if part)
    return next((match.expand(said) for like, said in _MEANT if (match := like.fullmatch(date))), None)


def _fault(date: str) -> str | None:
    """What is wrong with a date or a span of dates."""
    start, slash, end = date.partition("/")
    if not slash:
        return None if _is_date(date) else "is no date of EDTF"
    ends = [each for each in (start, end) if each not in _OPEN]
    if not ends or not all(map(_is_date, ends)):
        return "is no span of dates of EDTF"
    if len(ends) == 2 and all(each[:4].replace("X", "0").isdigit() for each in ends):
        earliest, latest = start[:4].replace("X", "0"), end[:4].replace("X", "9")
        return "ends before it begins" if latest < earliest else None
    return None


def _is_date(text: str) -> bool:
    day, mark, time = text.partition("T")
    if mark and not _TIME.fullmatch(mark + time):
        return False
    match = _DATE.fullmatch(day)
    if match is None or (mark and (match["day"] is None or not day[-1].isdigit())):
        return False
    if match["day"] in (None, "XX"):
        return True
    # the Gregorian calendar repeats every 400 years, backwards too
    year = int(match["year"]) % 400 + 400
    return int(match["day"]) <= calendar.monthrange(year, int(match["month"]))[1]
