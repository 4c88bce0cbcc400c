"""What differs between two maps, and what follows from it: for support, for chains, for ranks."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeAlias, TypeVar

from conceptgraph import collector
from conceptgraph.centrality import rank
from conceptgraph.measures import Measure
from conceptgraph.model import (
    DENIED,
    ArgumentMap,
    Citation,
    Entity,
    Family,
    Kind,
    Predicate,
    Question,
    Relation,
    Triple,
)
from conceptgraph.projection import Projection, project
from conceptgraph.selection import Selection

if TYPE_CHECKING:
    import igraph

CENTRAL: Final = 40
"""Between how many of the most central entities chains are looked at."""
ENDS: Final = 60
"""From and to how many ends of new relations chains are looked at, the most central ones."""

Word: TypeAlias = Kind | Family | Predicate
Record: TypeAlias = Entity | Question | Word
R = TypeVar("R", Entity, Question, Kind, Family, Predicate)
Called = TypeVar("Called", Entity, Predicate)
R_co = TypeVar("R_co", covariant=True)


class Field(NamedTuple):
    """A field that says something else than before.

    `path` is its name, and within it the language, the section and the like: `("label", "en")`. `old` and `new` are
    None where nothing stood, or stands.
    """

    path: tuple[str, ...]
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Changed(Generic[R_co]):
    """A record as it was and as it is, and the fields that differ."""

    old: R_co
    new: R_co
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Records(Generic[R_co]):
    """Records that came, went, got another id, or say something else under the id that they had."""

    added: tuple[R_co, ...] = ()
    removed: tuple[R_co, ...] = ()
    renamed: tuple[Changed[R_co], ...] = ()
    changed: tuple[Changed[R_co], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.renamed or self.changed)


@dataclass(frozen=True, slots=True)
class Reargued:
    """A relation of both maps that is argued otherwise: citations that came, went or say something else.

    Its status may have changed, also where no citation did: by an opposite relation.
    """

    old: Relation
    new: Relation
    gained: tuple[Citation, ...] = ()
    lost: tuple[Citation, ...] = ()
    changed: tuple[Changed[Citation], ...] = ()

    @property
    def turned(self) -> bool:
        """Whether its status is another."""
        return self.old.status != self.new.status

    @property
    def recited(self) -> bool:
        """Whether its citations are others."""
        return bool(self.gained or self.lost or self.changed)


@dataclass(frozen=True, slots=True)
class Relations:
    """Relations that came, went, or are argued otherwise; `restated` are those whose predicate or direction changed."""

    added: tuple[Relation, ...] = ()
    removed: tuple[Relation, ...] = ()
    restated: tuple[Changed[Relation], ...] = ()
    reargued: tuple[Reargued, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.restated or self.reargued)


@dataclass(frozen=True, slots=True)
class Support:
    """A proposition that somebody now gives other reasons for than before.

    `gained` and `lost` are relations of positive sign that lead to it, `counts` how many there were and are.
    """

    thesis: str
    gained: tuple[Relation, ...]
    lost: tuple[Relation, ...]
    counts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Two entities that fewer steps connect than before; `old` is None where nothing did.

    `entities` are those along the chain that now connects them, both ends included.
    """

    old: int | None
    entities: tuple[str, ...]

    @property
    def length(self) -> int:
        """How many steps it takes now."""
        return len(self.entities) - 1


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """Chains that got shorter, the greatest gain first.

    Looked at were all pairs of so many `central` entities and so many other `ends` of relations that came.
    """

    found: tuple[Shortcut, ...] = ()
    central: int = 0
    ends: int = 0

    @property
    def pairs(self) -> int:
        """How many pairs were looked at."""
        return math.comb(self.central + self.ends, 2)


@dataclass(frozen=True, slots=True)
class Move:
    """An entity that has another place in the ranking."""

    entity: str
    old: int
    new: int

    @property
    def way(self) -> float:
        """How far it moved: by the ratio of the places, so that from 5 to 2 is farther than from 105 to 102."""
        return abs(math.log(self.old / self.new))


@dataclass(frozen=True, slots=True)
class Moves:
    """The entities of both maps whose place by a measure is another, those that moved farthest first.

    `starts` says from how many entities chains were counted, where not from all of them.
    """

    measure: Measure
    moves: tuple[Move, ...] = ()
    starts: int | None = None


@dataclass(frozen=True)
class Difference:
    """What differs between two maps. Where files and lines of a record, and the order of records, differ, that is none.

    `support`, `shortcuts` and `moves` follow from the rest, and name entities by their ids in the new map.
    """

    entities: Records[Entity]
    relations: Relations
    vocabulary: Records[Word]
    questions: Records[Question]
    support: tuple[Support, ...]
    shortcuts: Shortcuts
    moves: Moves

    def __bool__(self) -> bool:
        return bool(self.entities or self.relations or self.vocabulary or self.questions)


@collector.paused()
def diff(old: ArgumentMap, new: ArgumentMap, measure: Measure) -> Difference:
    """What differs between two maps.

    An entity has been renamed if its id is gone, exactly one new entity of its kind has all its labels, and the two
    share a relation, or have none. A predicate has been renamed if exactly one new one has all its labels, both ways.
    What was said of the old id is taken to be said of the new one. A relation of a symmetric predicate is the same from
    either end. One that is gone has been restated if it is the only such between its two entities, and exactly one came
    between them. Citations of one relation are taken for the same, changed, if they have the source and the anchor in
    common, or the source, the section and the voice.

    Chains are looked at between the entities of both maps that are most central by the measure, and the ends of
    relations that came; they run over all relations that somebody holds, in both directions, but through no text.

    Args:
        old: the map as it was.
        new: the map as it is.
        measure: by what entities are ranked.
    """
    names = _Names(_renamed_entities(old, new), _renamed(old.predicates, new.predicates, _both_ways))
    relations = _relations(old, new, names)
    shortcuts, moves = Shortcuts(), Moves(measure)
    if _structure(old, names) != _structure(new):
        shortcuts, moves = _consequences(old, new, names, relations, measure)
    return Difference(
        _records(old.entities, new.entities, names.entities, names),
        relations,
        _vocabulary(old, new, names),
        _records(old.questions, new.questions, {}, names),
        tuple(_support(old, new, names)),
        shortcuts,
        moves,
    )


def sound(map: ArgumentMap) -> ArgumentMap:
    """The part of a map with errors that holds together: relations between entities that are there, by known words."""
    kept = {
        triple: relation
        for triple, relation in map.relations.items()
        if triple.predicate in map.predicates and {triple.subject, triple.object} <= map.entities.keys()
    }
    return replace(map, relations=kept)


class _Names(NamedTuple):
    """The new ids of what has been renamed, by the old ones."""

    entities: Mapping[str, str]
    predicates: Mapping[str, str]

    def entity(self, id: str) -> str:
        return self.entities.get(id, id)

    def triple(self, triple: Triple) -> Triple:
        if not (self.entities or self.predicates):
            return triple
        predicate = self.predicates.get(triple.predicate, triple.predicate)
        return Triple(self.entity(triple.subject), predicate, self.entity(triple.object))

    def within(self, path: tuple[str, ...], value: str) -> str:
        """What a field says, with new ids for old ones."""
        if path[0] in ("by", "via", "likely", "source"):
            return " ".join(map(self.entity, value.split()))
        return self.predicates.get(value, value) if path[0] == "opposite" else value


_SAME: Final = _Names({}, {})


# what has been renamed


def _both_ways(predicate: Predicate) -> object:
    return sorted(predicate.label.items()), sorted(predicate.inverse.items())


def _called(entity: Entity) -> object:
    return entity.kind, sorted(entity.label.items())


def _renamed(
    old: Mapping[str, Called], new: Mapping[str, Called], called: Callable[[Called], object]
) -> dict[str, str]:
    """The new id of each record whose id is gone, where exactly one new record is called as it was."""
    gone: dict[str, list[str]] = {}
    come: dict[str, list[str]] = {}
    for records, others, found in ((old, new, gone), (new, old, come)):
        for id, record in records.items():
            if id not in others and record.label:
                found.setdefault(repr(called(record)), []).append(id)
    return {ids[0]: come[key][0] for key, ids in gone.items() if len(ids) == len(come.get(key, ())) == 1}


def _renamed_entities(old: ArgumentMap, new: ArgumentMap) -> dict[str, str]:
    renamed = _renamed(old.entities, new.entities, _called)
    while True:
        names = _Names(renamed, {})
        stray = [id for id, now in renamed.items() if not _related_alike(old, new, id, now, names)]
        if not stray:
            return renamed
        # whose only witness was another such entity may be left without one
        renamed = {id: now for id, now in renamed.items() if id not in stray}


def _related_alike(old: ArgumentMap, new: ArgumentMap, was: str, now: str, names: _Names) -> bool:
    """Whether two entities have a relation to the same other, in the same direction, or neither has any."""
    before = {(names.entity(each.subject), names.entity(each.object)) for each in old.incident[was]}
    after = {(each.subject, each.object) for each in new.incident[now]}
    return before == after or not before.isdisjoint(after)


# records


def _records(old: Mapping[str, R], new: Mapping[str, R], renamed: Mapping[str, str], names: _Names) -> Records[R]:
    both = [(record, new[renamed.get(id, id)]) for id, record in old.items() if renamed.get(id, id) in new]
    known = {record.id for _, record in both}
    changed = [Changed(was, now, _fields(was, now, names)) for was, now in both]
    return Records(
        tuple(record for id, record in new.items() if id not in known),
        tuple(record for id, record in old.items() if renamed.get(id, id) not in new),
        tuple(each for each in changed if each.old.id != each.new.id),
        tuple(each for each in changed if each.old.id == each.new.id and each.fields),
    )


def _vocabulary(old: ArgumentMap, new: ArgumentMap, names: _Names) -> Records[Word]:
    parts: list[Records[Word]] = [
        _records(old.kinds, new.kinds, {}, names),
        _records(old.families, new.families, {}, names),
        _records(old.predicates, new.predicates, names.predicates, names),
    ]
    chained = itertools.chain.from_iterable
    return Records(
        tuple(chained(each.added for each in parts)),
        tuple(chained(each.removed for each in parts)),
        tuple(chained(each.renamed for each in parts)),
        tuple(chained(each.changed for each in parts)),
    )


def _fields(old: Record | Citation, new: Record | Citation, names: _Names = _SAME) -> tuple[Field, ...]:
    """The fields that say something else, but for the ids of the records themselves."""
    if old[:-1] == new[:-1]:
        return ()
    before, after = dict(_leaves(old)), dict(_leaves(new))
    result = []
    for path in dict.fromkeys((*before, *after)):
        was, now = before.get(path, ()), after.get(path, ())
        lost = [value for value in was if names.within(path, value) not in now]
        translated = {names.within(path, value) for value in was}
        gained = [value for value in now if value not in translated]
        result += [Field(path, *pair) for pair in itertools.zip_longest(lost, gained)]
    sections = getattr(old, "sections", {}), getattr(new, "sections", {})
    order = [[id for id in one if id in other] for one, other in (sections, sections[::-1])]
    if order[0] != order[1]:
        result.append(Field(("sections",), " ".join(order[0]), " ".join(order[1])))
    return tuple(result)


def _leaves(record: Record | Citation) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What a record says, field by field; of a list without an order, each member."""
    for name, value in zip(record._fields, record, strict=True):
        if name == "via" and isinstance(record, Citation):
            # who reports whom is a matter of order; who speaks together is not
            yield from _values((name,), " ".join(record.via))
        elif name not in ("id", "origin"):
            yield from _values((name.replace("_", "-"),), value)


def _values(path: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _values((*path, str(key)), part)
    elif hasattr(value, "_asdict"):
        parts = [(key, part) for key, part in value._asdict().items() if key not in ("id", "origin")]
        leaves = [leaf for key, part in parts for leaf in _values((*path, key), part)]
        # that it is there is said even where it says nothing
        yield from leaves or [(path, ("",))]
    elif isinstance(value, tuple | list):
        if value:
            yield path, tuple(each if isinstance(each, str) else " ".join(_flat(each)) for each in value)
    elif isinstance(value, bool):
        if value:
            yield path, ("true",)
    elif value not in (None, ""):
        yield path, (str(value),)


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (str(part) for part in value.values())
    else:
        yield str(value)


# relations


def _relations(old: ArgumentMap, new: ArgumentMap, names: _Names) -> Relations:
    before: dict[Triple, Relation] = {}
    for triple, relation in old.relations.items():
        key = names.triple(triple)
        turned = Triple(key.object, key.predicate, key.subject)
        predicate = new.predicates.get(key.predicate)
        if predicate is not None and predicate.symmetric and key not in new.relations and turned in new.relations:
            key = turned if turned not in before else key
        before[key] = relation
    reargued = (
        _reargued(before[triple], relation, names) for triple, relation in new.relations.items() if triple in before
    )
    added = {triple: relation for triple, relation in new.relations.items() if triple not in before}
    removed = {triple: relation for triple, relation in before.items() if triple not in new.relations}
    restated = _restated(removed, added)
    return Relations(
        tuple(relation for triple, relation in added.items() if triple not in restated.values()),
        tuple(relation for triple, relation in removed.items() if triple not in restated),
        tuple(Changed(removed[was], added[now], tuple(_terms(was, now))) for was, now in restated.items()),
        tuple(each for each in reargued if each.turned or each.recited),
    )


def _restated(removed: Iterable[Triple], added: Iterable[Triple]) -> dict[Triple, Triple]:
    """The triples that came in place of those that went, where either is the only one between its two entities."""
    went: dict[frozenset[str], list[Triple]] = {}
    came: dict[frozenset[str], list[Triple]] = {}
    for triples, found in ((removed, went), (added, came)):
        for triple in triples:
            found.setdefault(frozenset((triple.subject, triple.object)), []).append(triple)
    return {triples[0]: came[ends][0] for ends, triples in went.items() if len(triples) == len(came.get(ends, ())) == 1}


def _terms(old: Triple, new: Triple) -> Iterator[Field]:
    """The terms in which two triples differ."""
    for name, was, now in zip(Triple._fields, old, new, strict=True):
        if was != now:
            yield Field((name,), was, now)


def _reargued(old: Relation, new: Relation, names: _Names) -> Reargued:
    # most citations are the same, in the same order: nothing of those need be taken apart
    lost, gained = list(old.citations), list(new.citations)
    if [each[:-1] for each in lost] == [each[:-1] for each in gained]:
        return Reargued(old, new)
    for citation in old.citations:
        same = next((each for each in gained if not _fields(citation, each, names)), None)
        if same is not None:
            lost.remove(citation)
            gained.remove(same)
    alike = sorted(
        (len(_fields(was, now, names)), one, other)
        for one, was in enumerate(lost)
        for other, now in enumerate(gained)
        if _same_place(was, now, names)
    )
    paired: dict[int, int] = {}
    for _, one, other in alike:
        if one not in paired and other not in paired.values():
            paired[one] = other
    return Reargued(
        old,
        new,
        tuple(each for index, each in enumerate(gained) if index not in paired.values()),
        tuple(each for index, each in enumerate(lost) if index not in paired),
        tuple(
            Changed(lost[one], gained[other], _fields(lost[one], gained[other], names))
            for one, other in sorted(paired.items())
        ),
    )


def _same_place(old: Citation, new: Citation, names: _Names) -> bool:
    voices = {names.entity(id) for id in old.by}
    anchored = old.at is not None and old.at == new.at
    return names.entity(old.source) == new.source and (
        anchored or (old.section == new.section and voices == set(new.by))
    )


# what follows


def _support(old: ArgumentMap, new: ArgumentMap, names: _Names) -> Iterator[Support]:
    before = {names.entity(id): relations for id, relations in _reasons(old).items()}
    after = _reasons(new)
    for id in sorted(before.keys() & after.keys()):
        was = {names.triple(relation.triple): relation for relation in before[id]}
        now = {relation.triple: relation for relation in after[id]}
        if was.keys() != now.keys():
            gained = tuple(relation for triple, relation in now.items() if triple not in was)
            lost = tuple(relation for triple, relation in was.items() if triple not in now)
            yield Support(id, gained, lost, (len(was), len(now)))


def _reasons(map: ArgumentMap) -> dict[str, list[Relation]]:
    """For each proposition the relations of positive sign that lead to it, and that somebody holds."""
    reasons: dict[str, list[Relation]] = {
        entity.id: [] for entity in map.entities.values() if map.kinds[entity.kind].proposition
    }
    for relation in map.relations.values():
        if map.predicates[relation.predicate].sign > 0 and relation.status != DENIED and relation.object in reasons:
            reasons[relation.object].append(relation)
    return reasons


def _structure(map: ArgumentMap, names: _Names = _SAME) -> object:
    """All of a map that chains and ranks can depend on."""
    related = {
        (names.triple(relation.triple), tuple([names.entity(each.source) for each in relation.citations]))
        for relation in map.relations.values()
        if relation.status != DENIED
    }
    symmetric = {names.predicates.get(id, id) for id, predicate in map.predicates.items() if predicate.symmetric}
    return related, symmetric, {names.entity(id) for id in map.entities}, {names.entity(id) for id in map.sources}


def _consequences(
    old: ArgumentMap, new: ArgumentMap, names: _Names, relations: Relations, measure: Measure
) -> tuple[Shortcuts, Moves]:
    """The chains that got shorter, and the places that changed."""
    rankings = rank(old, measure), rank(new, measure)
    before = {names.entity(each.entity): each.place for each in rankings[0].ranks}
    after = {each.entity: each.place for each in rankings[1].ranks}
    shared = [id for id in after if id in before]
    moves = [Move(id, before[id], after[id]) for id in shared if before[id] != after[id]]
    moves.sort(key=lambda move: (-move.way, move.new, move.entity))
    both: list[Changed[Relation] | Reargued] = [*relations.restated, *relations.reargued]
    come = [*relations.added, *(each.new for each in both if each.old.status == DENIED)]
    ends = {end for relation in come if relation.status != DENIED for end in (relation.subject, relation.object)}
    central = shared[:CENTRAL]
    further = [id for id in shared if id in ends and id not in central][:ENDS]
    known = {names.entity(id): id for id in old.entities}
    looked = [*central, *further] if ends else []
    found = _shortcuts(old, new, {id: known[id] for id in looked})
    starts = rankings[1].starts or rankings[0].starts
    shortcuts = Shortcuts(tuple(found), len(central), len(further)) if looked else Shortcuts()
    return shortcuts, Moves(measure, tuple(moves), starts)


def _shortcuts(old: ArgumentMap, new: ArgumentMap, looked: Mapping[str, str]) -> list[Shortcut]:
    """The pairs of some entities, each given with its old id, between which the way got shorter."""
    if not looked:
        return []
    ids = list(looked)
    before = _distances(_projected(old), list(looked.values()))
    projection = _projected(new)
    after = _distances(projection, ids)
    vertex = {id: index for index, id in enumerate(projection.ids)}
    found: list[tuple[float, int, Shortcut]] = []
    for one, id in enumerate(ids):
        nearer = [other for other in range(one + 1, len(ids)) if after[one][other] < before[one][other]]
        ways = _ways(projection.graph, vertex[id], [vertex[ids[other]] for other in nearer])
        for other, way in zip(nearer, ways, strict=True):
            was = before[one][other]
            shortcut = Shortcut(None if was == math.inf else int(was), tuple(projection.ids[each] for each in way))
            # by what is gained, then by how central the two are
            found.append((shortcut.length - was, one + other, shortcut))
    found.sort(key=lambda each: (*each[:2], each[2].entities))
    return [shortcut for _, _, shortcut in found]


def _projected(map: ArgumentMap) -> Projection:
    return project(map, Selection().relations(map), everybody=True)


def _distances(projection: Projection, ids: Sequence[str]) -> list[list[float]]:
    vertex = {id: index for index, id in enumerate(projection.ids)}
    vertices = [vertex[id] for id in ids]
    distances: list[list[float]] = projection.graph.distances(vertices, vertices)
    return distances


def _ways(graph: igraph.GraphBase, start: int, ends: Collection[int]) -> Iterable[list[int]]:
    return graph.get_shortest_paths(start, list(ends)) if ends else ()
