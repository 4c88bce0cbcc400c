"""The works and texts of a map as bibliographic records: CSL-JSON and BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from conceptgraph.model import REFERENCE_DATES, REFERENCE_NAMES, ArgumentMap, Entity
from conceptgraph.sentences import in_language

_DATE: Final = re.compile(r"(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?([?~%]?)")

_ENTRY: Final = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "entry-encyclopedia": "incollection",
    "pamphlet": "book",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_CONTAINER: Final = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHER: Final = {"phdthesis": "school", "techreport": "institution"}
_FIELDS: Final = {"publisher-place": "address", "volume": "volume", "issue": "number"}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES: Final = {
    "de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian", "ja": "japanese",
    "ru": "russian", "zh": "chinese",
}  # fmt: skip
"""The names of languages in biblatex."""

_SPECIAL: Final = {
    **{character: f"\\{character}" for character in "&%$#_"},
    "\\": r"\textbackslash{}",
    # BibTeX counts a brace even behind a backslash
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
_IN_ADDRESSES: Final = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def works(map: ArgumentMap) -> list[Entity]:
    """The entities with a bibliographic record, sorted by id."""
    return [entity for entity in map.entities.values() if entity.reference]


def csl(entity: Entity) -> dict[str, Any]:
    """An entity's bibliographic record as an item of CSL-JSON; its id is the entity's.

    Its title is its label, where the record names none; a date that is not plain, such as 193X, is a literal.

    References:
        Citation Style Language, CSL-JSON 1.0.2, https://github.com/citation-style-language/schema
    """
    record = dict(entity.reference)
    item: dict[str, Any] = {"id": entity.id, "type": record.pop("type"), "title": _title(entity)}
    record.pop("title", None)
    for name, value in record.items():
        item[name] = _date(value) if name in REFERENCE_DATES else value
    return {name: [dict(each) for each in value] if name in REFERENCE_NAMES else value for name, value in item.items()}


def bibtex(entity: Entity) -> str:
    """An entity's bibliographic record as an entry of BibTeX, in UTF-8; its key is the entity's id.

    `langid` and `origdate` are read by biblatex, and passed over by BibTeX.
    """
    fields = "".join(f"  {name} = {value},\n" for name, value in _entry_fields(entity.reference, _title(entity)))
    return f"@{_entry_type(entity.reference)}{{{entity.id},\n{fields}}}\n"


def _title(entity: Entity) -> str:
    language = str(entity.reference.get("language", "")).partition("-")[0]
    return entity.reference.get("title") or in_language(entity.label, language) or entity.id


def _date(text: str) -> dict[str, Any]:
    matches = [_DATE.fullmatch(part) for part in text.split("/")]
    plain = [match for match in matches if match]
    if len(plain) != len(matches):
        return {"literal": text}
    parts = [[int(part) for part in match.groups()[:3] if part] for match in plain]
    return {"date-parts": parts, **({"circa": True} if any(match[4] for match in plain) else {})}


def _entry_type(record: Mapping[str, Any]) -> str:
    return _ENTRY.get(record["type"], "misc")


def _entry_fields(record: Mapping[str, Any], title: str) -> Iterator[tuple[str, str]]:
    entry = _entry_type(record)
    for role in ("author", "editor"):
        if role in record:
            yield role, f"{{{' and '.join(map(_name, record[role]))}}}"
    # twice in braces: no style is to turn names in it into lower case
    yield "title", f"{{{{{_escaped(title)}}}}}"
    if "container-title" in record:
        yield _CONTAINER.get(entry, "howpublished"), f"{{{_escaped(record['container-title'])}}}"
    if "publisher" in record:
        yield _PUBLISHER.get(entry, "publisher"), f"{{{_escaped(record['publisher'])}}}"
    for name, field in _FIELDS.items():
        if name in record:
            yield field, f"{{{_escaped(record[name])}}}"
    if "page" in record:
        yield "pages", f"{{{re.sub('[-–]+', '--', _escaped(record['page']))}}}"
    if "issued" in record:
        first = _DATE.fullmatch(record["issued"].partition("/")[0])
        yield "year", f"{{{first[1] if first else _escaped(record['issued'])}}}"
        if first and first[2]:
            yield "month", _MONTHS[int(first[2]) - 1]
    if "original-date" in record:
        yield "origdate", f"{{{_escaped(record['original-date'])}}}"
    for name in ("DOI", "URL"):
        if name in record:
            # these are printed as they stand
            yield name.lower(), f"{{{''.join(_IN_ADDRESSES.get(each, each) for each in _one_line(record[name]))}}}"
    language = _LANGUAGES.get(str(record.get("language", "")).partition("-")[0])
    if language:
        yield "langid", f"{{{language}}}"


def _name(name: Mapping[str, str]) -> str:
    """A name in the order in which BibTeX sorts it; a whole name in braces, so that it is not taken apart."""
    if "literal" in name:
        return f"{{{_escaped(name['literal'])}}}"
    parts = [_escaped(name[part]) for part in ("family", "given") if part in name]
    return ", ".join(f"{{{part}}}" if re.search(r",|\band\b", part) else part for part in parts)


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())
