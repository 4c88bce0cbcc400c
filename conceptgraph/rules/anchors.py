"""Anchors against the texts that they point into; asked only where the texts are at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from conceptgraph.diagnostics import Finding, Severity
from conceptgraph.hanzi import simplified
from conceptgraph.passages import squeezed
from conceptgraph.rules import Subject, rule
from conceptgraph.suggest import nearest_passage

_MARK: Final = re.compile(r"[^\w\s]")


@rule(Severity.ERROR, texts=True)
def source_file_missing(subject: Subject) -> Iterator[Finding]:
    """The text of a source is not in the folder that `--sources` names.

    `file` says how the text of a source is called there.
    """
    for source in subject.map.sources.values():
        if source.file is not None and source.id not in (subject.texts or {}):
            message = f"the text {source.file!r} of {source.id!r} is not in the folder of the texts"
            yield Finding(source.origin.part("file"), message)


@rule(Severity.ERROR, texts=True)
def section_not_found(subject: Subject) -> Iterator[Finding]:
    """The words with which a section is said to open do not occur in the text, after those of the section before."""
    for id, text in (subject.texts or {}).items():
        for section in subject.map.sources[id].sections.values():
            if section.opens is not None and section.id not in text.extents:
                span = section.origin.part("opens")
                yield Finding(span, f"no section of {id!r} opens with {section.opens!r}")


@rule(Severity.ERROR, texts=True)
def anchor_not_found(subject: Subject) -> Iterator[Finding]:
    """An anchor does not occur in the section that its citation names.

    The finding says in which section it does occur, or which words of the text are nearest. Anchors are compared
    exactly, white space aside: simplified for traditional characters, or other marks, are said, but not let pass.
    """
    for _, citation in subject.map.citations():
        text = (subject.texts or {}).get(citation.source)
        if text is None or citation.at is None:
            continue
        if citation.section is not None and citation.section not in text.extents:
            continue
        places = text.places(citation.at)
        if citation.section in places or (citation.section is None and places):
            continue
        elsewhere = list(dict.fromkeys(place for place in places if place))
        start, end = text.extents.get(citation.section or "", (0, len(text.text)))
        help = f"it occurs in {' and '.join(elsewhere)}" if elsewhere else _nearest(citation.at, text.text[start:end])
        message = f"{citation.at!r} does not occur in {citation.place}"
        yield Finding(citation.origin.part("at"), message, help=help)


@rule(Severity.NOTE, texts=True)
def anchor_ambiguous(subject: Subject) -> Iterator[Finding]:
    """An anchor occurs more than once in its section, so that it does not say which place is meant.

    A longer anchor, up to 16 characters, usually tells the places apart.
    """
    for _, citation in subject.map.citations():
        text = (subject.texts or {}).get(citation.source)
        if text is None or citation.at is None:
            continue
        count = text.places(citation.at).count(citation.section)
        if count > 1:
            message = f"{citation.at!r} occurs {count} times in {citation.place}"
            yield Finding(citation.origin.part("at"), message, help="add the words beside it, up to 16 characters")


def _nearest(anchor: str, text: str) -> str | None:
    """What the text has instead of an anchor: the same words in other characters or with other marks, or like ones."""
    wanted = squeezed(anchor)
    for difference, plain in (("characters", simplified), ("marks", unmarked)):
        # both leave places where they are, so that what is found can be read off the text
        position = plain(text).find(plain(wanted))
        if position >= 0:
            return f"the text has {text[position : position + len(wanted)]!r}, which differs in its {difference}"
    near = nearest_passage(wanted, text)
    return f"did you mean {near!r}?" if near else None


def unmarked(text: str) -> str:
    """A text in which every mark of punctuation is the same mark."""
    return _MARK.sub("·", text)
