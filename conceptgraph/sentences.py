"""How records read, in Chinese and English: names, relations as sentences, citations as receipts."""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol

from conceptgraph.model import UNATTRIBUTED, ArgumentMap, Citation, Relation, Text

LANGUAGES: Final = ("zh", "en")

WORDS: Final[dict[str, dict[str, str]]] = {
    "held": {"zh": "有人主张", "en": "held"},
    "denied": {"zh": "被否认", "en": "denied"},
    "contested": {"zh": "有争议", "en": "contested"},
    "endorses": {"zh": "文章赞同", "en": "endorsed"},
    "reports": {"zh": "文章转述", "en": "reported"},
    "concedes": {"zh": "文章承认", "en": "conceded"},
    "rejects": {"zh": "文章反对", "en": "rejected by the text"},
    "asserted": {"zh": "断言", "en": "asserted"},
    "hedged": {"zh": "或许", "en": "hedged"},
    "conditional": {"zh": "有条件", "en": "conditional"},
    "normative": {"zh": "应当", "en": "ought to be"},
    "potential": {"zh": "潜在", "en": "potential"},
    "appearance": {"zh": "看似", "en": "appearance only"},
    "denial": {"zh": "否认此说", "en": "denies it"},
    "inferred": {"zh": "编者推断", "en": "the curator's inference"},
    UNATTRIBUTED: {"zh": "未署名的引文", "en": "an unattributed quotation"},
}
"""The words for what the format says in ids."""


class Labelled(Protocol):
    """A record with an id and a label by language."""

    @property
    def id(self) -> str: ...

    @property
    def label(self) -> Text: ...


class Segment(NamedTuple):
    """A piece of a sentence, with the id of the entity that it names, if it names one."""

    text: str
    entity: str | None = None


def in_language(text: Text, language: str) -> str | None:
    """The text in a language, or in another where that one is missing; None where there is none."""
    return text.get(language) or next((text[tag] for tag in (*LANGUAGES, *sorted(text)) if tag in text), None)


def name(record: Labelled, language: str) -> str:
    """What a record is called; with `both`, in Chinese and English. The id where it has no label."""
    if language == "both":
        names = dict.fromkeys(record.label[tag] for tag in LANGUAGES if tag in record.label)
        return " ".join(names) or name(record, LANGUAGES[0])
    return in_language(record.label, language) or record.id


def entity_name(map: ArgumentMap, id: str, language: str) -> str:
    """What an entity is called, or the words for a voice without a name."""
    if id in map.entities:
        return name(map.entities[id], language)
    return in_language(WORDS.get(id, {}), language) or id


def segments(map: ArgumentMap, relation: Relation, language: str, start: str | None = None) -> list[Segment]:
    """A relation as a sentence that begins with `start`: with its subject, or, by the inverse label, with its object.

    A … in a predicate's label marks where the second name stands.
    """
    predicate = map.predicates[relation.predicate]
    turned = start == relation.object and start != relation.subject
    first, second = (relation.object, relation.subject) if turned else (relation.subject, relation.object)
    label = in_language(predicate.inverse if turned else predicate.label, language) or predicate.id
    before, ellipsis, after = label.partition("…")
    result = [Segment(entity_name(map, first, language), first), Segment(before.strip())]
    result.append(Segment(entity_name(map, second, language), second))
    if ellipsis and after.strip():
        result.append(Segment(after.strip()))
    return result


def sentence(map: ArgumentMap, relation: Relation, language: str, start: str | None = None) -> str:
    """A relation in plain words, its names set off by blanks.

    It is in `language` (zh or en), and begins with `start`, as its `segments` do.
    """
    return " ".join(segment.text for segment in segments(map, relation, language, start))


def voice(map: ArgumentMap, citation: Citation, language: str) -> str:
    """Who holds what a citation says, and through whom: 马克思（据 哈维）, Karl Marx (through David Harvey)."""
    zh = language == "zh"
    speakers = ("、" if zh else ", ").join(entity_name(map, id, language) for id in citation.by)
    additions = []
    if citation.likely:
        likely = entity_name(map, citation.likely, language)
        additions.append(f"可能是{likely}" if zh else f"probably {likely}")
    if citation.via:
        via = (" → " if zh else " through ").join(entity_name(map, id, language) for id in reversed(citation.via))
        additions.append(f"据{via}" if zh else f"through {via}")
    if not additions:
        return speakers
    return f"{speakers}（{'，'.join(additions)}）" if zh else f"{speakers} ({', '.join(additions)})"


def place(map: ArgumentMap, citation: Citation, language: str, short: bool = False) -> str:
    """Where a citation stands: the source (by its id, if `short`), the number of its section and its title."""
    parts = [citation.source if short else entity_name(map, citation.source, language)]
    if citation.section is not None:
        parts.append(f"§{citation.section}")
        source = map.entities.get(citation.source)
        section = source.sections.get(citation.section) if source else None
        title = in_language(section.title, language) if section else None
        if title:
            parts.append(title)
    return " ".join(parts)


def remarks(citation: Citation, language: str) -> list[str]:
    """What is not plain about a citation: a denial, a stance, a modality, a condition, an inference."""
    ids = []
    if citation.denied:
        ids.append("denial")
    if citation.stance != "endorses":
        ids.append(citation.stance)
    if citation.modality != "asserted":
        ids.append(citation.modality)
    if citation.inferred:
        ids.append("inferred")
    words = [in_language(WORDS[id], language) or id for id in ids]
    condition = in_language(citation.condition, language)
    if condition:
        words.append(f"条件：{condition}" if language == "zh" else f"condition: {condition}")
    return words
