"""The records of an argument map, each with its origin in the files.

Every record is frozen. Text per language is a mapping from BCP 47 tag to text (`{"zh": …, "en": …}`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple

from conceptgraph.diagnostics import Origin

Text = Mapping[str, str]
EMPTY: Final[Mapping[str, str]] = {}

UNATTRIBUTED: Final = "unattributed"
"""The voice of a quotation that comes without a name."""

STANCES: Final = ("endorses", "reports", "concedes", "rejects")
MODALITIES: Final = ("asserted", "hedged", "conditional", "normative", "potential", "appearance")
HELD, DENIED, CONTESTED = "held", "denied", "contested"

REFERENCE_TYPES: Final = (
    "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "document",
    "entry-encyclopedia", "interview", "legislation", "manuscript", "pamphlet", "paper-conference", "post",
    "post-weblog", "report", "speech", "thesis", "webpage",
)  # fmt: skip
REFERENCE_NAMES: Final = ("author", "editor", "translator")
REFERENCE_DATES: Final = ("issued", "original-date")
REFERENCE_TEXTS: Final = (
    "title", "container-title", "publisher", "publisher-place", "volume", "issue", "page", "DOI", "URL", "language",
)  # fmt: skip
"""What a bibliographic record may say, in the words of CSL-JSON: names, dates (EDTF), and texts."""


class Kind(NamedTuple):
    """A kind of entity. `plural` is the heading under which the files list it.

    `outline` marks texts, which have sections; `proposition` marks what can be true or false, and so be supported;
    `region` marks what others gather around in the picture.
    """

    id: str
    plural: str
    label: Text
    definition: Text
    outline: bool
    proposition: bool
    region: bool
    origin: Origin


class Family(NamedTuple):
    """A group of predicates."""

    id: str
    label: Text
    definition: Text
    origin: Origin


class Predicate(NamedTuple):
    """A kind of relation.

    `label` reads from subject to object, `inverse` back; in either, … marks where the second name stands.
    `sign` is +1 where the subject supports or promotes the object, -1 where it opposes or harms it, else 0.
    `domain` and `range` name the kinds that may stand as subject and object; empty means any. `bookkeeping` marks
    predicates that keep records (who wrote what) rather than argue: chains prefer others. `acyclic` marks hierarchies
    and orders, which never lead back to where they began; `vague` what is said for want of a narrower predicate.
    """

    id: str
    label: Text
    inverse: Text
    family: str
    sign: int
    symmetric: bool
    bookkeeping: bool
    acyclic: bool
    vague: bool
    opposite: str | None
    domain: tuple[str, ...]
    range: tuple[str, ...]
    same_as: tuple[str, ...]
    definition: Text
    origin: Origin


class Section(NamedTuple):
    """A part of a source. `opens` is the exact phrase with which it begins in the text."""

    id: str
    title: Text
    opens: str | None
    origin: Origin


class Entity(NamedTuple):
    """A node of the map. Only sources have `sections`, in the order of the text, and a text `file`.

    `reference` is the bibliographic record of a work or text, in the words of CSL-JSON, but with dates as EDTF; empty
    where there is none.
    """

    id: str
    kind: str
    label: Text
    aliases: Mapping[str, tuple[str, ...]]
    definition: Text
    note: Text
    sections: Mapping[str, Section]
    file: str | None
    reference: Mapping[str, Any]
    origin: Origin

    @property
    def names(self) -> Iterator[str]:
        """The labels, then the aliases, in every language."""
        yield from self.label.values()
        for aliases in self.aliases.values():
            yield from aliases

    def __str__(self) -> str:
        return f"{' '.join(dict.fromkeys(self.label.values()))} ({self.id})".lstrip()


class Citation(NamedTuple):
    """One place where a relation is argued.

    `by` holds the ids of those who hold it together; it is never empty, and is the source itself where nobody else
    is named. `via` names who reports that voice, outermost first. `denied` means: the voice says that the relation
    does not hold. `stance` is the source's own attitude to what the voice says.
    """

    source: str
    section: str | None
    at: str | None
    by: tuple[str, ...]
    via: tuple[str, ...]
    likely: str | None
    denied: bool
    stance: str
    modality: str
    condition: Text
    inferred: bool
    order: int | None
    when: str | None
    note: Text
    origin: Origin

    @property
    def place(self) -> str:
        """`source/section`, or the source alone."""
        return f"{self.source}/{self.section}" if self.section else self.source

    def __str__(self) -> str:
        return f"{self.place} 「{self.at}」" if self.at else self.place

    def within(self, place: str) -> bool:
        """Whether it stands in a text, or in a section or one below it: 3.1 is within `alienation/3`."""
        return self.source == place or f"{self.place}.".startswith(f"{place}.")

    @property
    def own(self) -> bool:
        """Whether the source speaks for itself."""
        return self.by == (self.source,)

    @property
    def holders(self) -> frozenset[str]:
        """Who says here that the relation holds: the voice, and the source where it goes along with it."""
        return self._sides[0]

    @property
    def opponents(self) -> frozenset[str]:
        """Who says here that it does not."""
        return self._sides[1]

    @property
    def _sides(self) -> tuple[frozenset[str], frozenset[str]]:
        voices, source = frozenset(self.by), frozenset((self.source,))
        mine, theirs = voices, frozenset[str]()
        if self.stance in ("endorses", "concedes"):
            mine = voices | source
        elif self.stance == "rejects":
            mine, theirs = voices - source, source
        return (theirs, mine) if self.denied else (mine, theirs)


class Triple(NamedTuple):
    """Subject, predicate and object of a relation, by id. A triple is unique in a map."""

    subject: str
    predicate: str
    object: str

    def __str__(self) -> str:
        return " ".join(self)


class Relation(NamedTuple):
    """An edge of the map: one triple with all its citations.

    `status` is computed: held (somebody holds it, nobody contradicts), denied (only denials), or contested (held by
    one and denied or rejected by another, or an opposite predicate holds between the same two).
    """

    triple: Triple
    citations: tuple[Citation, ...]
    status: str

    @property
    def subject(self) -> str:
        return self.triple.subject

    @property
    def predicate(self) -> str:
        return self.triple.predicate

    @property
    def object(self) -> str:
        return self.triple.object

    def __str__(self) -> str:
        return str(self.triple)

    @property
    def holders(self) -> frozenset[str]:
        """Everybody who says that the relation holds."""
        return frozenset().union(*(citation.holders for citation in self.citations))


class Question(NamedTuple):
    """A named question: how it is asked, the query that answers it, and what must be in the answer."""

    id: str
    ask: Text
    query: str
    expect: tuple[str, ...]
    origin: Origin

    def __str__(self) -> str:
        return f"{' '.join(dict.fromkeys(self.ask.values()))} ({self.id})".lstrip()


@dataclass(frozen=True, repr=False)
class ArgumentMap:
    """Everything in one data directory. All mappings are sorted by id, relations by triple."""

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)
    predicates: Mapping[str, Predicate] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    relations: Mapping[Triple, Relation] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)

    @cached_property
    def sources(self) -> Mapping[str, Entity]:
        """The texts that the map reads."""
        return {e.id: e for e in self.entities.values() if e.kind in self.kinds and self.kinds[e.kind].outline}

    @cached_property
    def incident(self) -> Mapping[str, tuple[Relation, ...]]:
        """The relations that each entity takes part in as subject or object, outgoing first, sorted by triple."""
        outgoing: dict[str, list[Relation]] = {id: [] for id in self.entities}
        incoming: dict[str, list[Relation]] = {id: [] for id in self.entities}
        for relation in self.relations.values():
            outgoing.setdefault(relation.subject, []).append(relation)
            if relation.object != relation.subject:
                incoming.setdefault(relation.object, []).append(relation)
        return {id: (*outgoing.get(id, ()), *incoming.get(id, ())) for id in {**outgoing, **incoming}}

    def opposed(self, relation: Relation) -> list[Relation]:
        """The relations that somebody holds and that say the opposite of the same two entities."""
        own = self.predicates[relation.predicate]
        result = []
        for other in self.incident.get(relation.subject, ()):
            theirs = self.predicates[other.predicate]
            straight = (other.subject, other.object) == (relation.subject, relation.object)
            turned = (other.object, other.subject) == (relation.subject, relation.object)
            opposite = own.opposite == theirs.id or theirs.opposite == own.id
            if other.status != DENIED and opposite and (straight or (turned and (own.symmetric or theirs.symmetric))):
                result.append(other)
        return result

    def __repr__(self) -> str:
        counts = f"{len(self.entities)} entities, {len(self.relations)} relations, {len(self.questions)} questions"
        return f"{type(self).__name__}({counts})"

    def citations(self) -> Iterator[tuple[Relation, Citation]]:
        """Every citation with the relation that it argues."""
        for relation in self.relations.values():
            for citation in relation.citations:
                yield relation, citation


def statuses(cited: Mapping[Triple, Sequence[Citation]], predicates: Mapping[str, Predicate]) -> dict[Triple, str]:
    """The status of each triple, by what its citations say and what opposite predicates say of the same two.

    What is said of a symmetric predicate is said in both directions; predicates are each other's opposites, whichever
    of the two says so.
    """
    symmetric = {predicate.id for predicate in predicates.values() if predicate.symmetric}
    opposites: dict[str, set[str]] = {}
    for predicate in predicates.values():
        if predicate.opposite is not None:
            opposites.setdefault(predicate.id, set()).add(predicate.opposite)
            opposites.setdefault(predicate.opposite, set()).add(predicate.id)

    held: set[Triple] = set()
    opposed: set[Triple] = set()
    for triple, citations in cited.items():
        both = (triple, Triple(triple.object, triple.predicate, triple.subject))
        directions = both if triple.predicate in symmetric else both[:1]
        for citation in citations:
            plain = citation.stance != "rejects"
            if not citation.denied if plain else citation.holders:
                held.update(directions)
            if citation.denied if plain else citation.opponents:
                opposed.update(directions)
    result = {}
    for triple in cited:
        subject, own, object = triple
        against = [Triple(subject, opposite, object) for opposite in opposites.get(own, ())]
        if own in symmetric:
            against += [Triple(object, opposite, subject) for _, opposite, _ in against]
        if triple not in held:
            result[triple] = DENIED
        elif triple in opposed or not held.isdisjoint(against):
            result[triple] = CONTESTED
        else:
            result[triple] = HELD
    return result
