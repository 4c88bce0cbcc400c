"""The library in one place: each verb of the command line as a function that takes a map and terms.

A term is any name of an entity, as on the command line (an id, a label, an alias, in any script and case), or the
entity itself. Answers are small frozen records that know their map.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TypeAlias, overload

from conceptgraph import model, terms
from conceptgraph.answers import (
    LANGUAGES,
    ArgumentMap,
    Checked,
    Comparison,
    Coverage,
    Difference,
    EntityAnswer,
    Matches,
    Neighbors,
    Page,
    Partition,
    Paths,
    Positions,
    Questions,
    Ranking,
    RelationAnswer,
    Robustness,
    Service,
    Stats,
    Trace,
    Vocabulary,
)
from conceptgraph.answers import Path as Chain
from conceptgraph.compare import Side, side
from conceptgraph.diagnostics import Code
from conceptgraph.errors import AmbiguousTerm, ConceptGraphError, InvalidMap, UnknownTerm
from conceptgraph.graph import to_graph
from conceptgraph.measures import MEASURES, Measure
from conceptgraph.model import (
    CONTESTED,
    DENIED,
    HELD,
    MODALITIES,
    STANCES,
    UNATTRIBUTED,
    Citation,
    Entity,
    Question,
    Relation,
    Triple,
)
from conceptgraph.selection import Selection, places_named, predicate_named, predicates_named
from conceptgraph.sentences import sentence
from conceptgraph.suggest import nearest

__all__ = [
    "AmbiguousTerm",
    "ArgumentMap",
    "Citation",
    "ConceptGraphError",
    "Entity",
    "InvalidMap",
    "Question",
    "Relation",
    "Selection",
    "Triple",
    "UnknownTerm",
    "check",
    "codes",
    "communities",
    "compare",
    "coverage",
    "diff",
    "export",
    "find",
    "load",
    "neighbors",
    "page",
    "paths",
    "questions",
    "rank",
    "robustness",
    "search",
    "sentence",
    "service",
    "show",
    "stats",
    "to_graph",
    "trace",
    "vocabulary",
    "who",
]

Term: TypeAlias = str | Entity


def load(folder: str | Path | None = None, *, sources: str | Path | None = None, language: str = "en") -> ArgumentMap:
    """The map in a folder, checked.

    Args:
        folder: the folder with the map's files; None means the curated map, which comes with the package.
        sources: the folder with the texts that the map reads: answers then show the passages behind the anchors.
        language: what answers are written in: `zh`, `en`, or `both`.

    Raises:
        InvalidMap: the map has errors; `check` shows them in their place.
        NotADirectoryError: there is no such folder.
        ValueError: there is no such language.
    """
    return check(folder, sources=sources, language=language).require()


def check(folder: str | Path | None = None, *, sources: str | Path | None = None, language: str = "en") -> Checked:
    """What is wrong with a map, and where: its `diagnostics`, among them its `errors`, and `map` as far as it goes.

    Bad data raises nothing. With `sources` every anchor is looked up in the texts. Parameters are those of `load`.

    Raises:
        NotADirectoryError: there is no such folder.
        ValueError: there is no such language.
    """
    from conceptgraph import files
    from conceptgraph.loader import load
    from conceptgraph.passages import source_texts

    _one_of(language, LANGUAGES, "language")
    loaded = load(files.shipped() if folder is None else folder, sources)
    texts = {} if sources is None else source_texts(loaded.map.sources.values(), Path(sources))
    map = replace(ArgumentMap.of(loaded.map), language=language, texts=texts)
    return Checked(loaded.directory, map, loaded.diagnostics, loaded.texts)


def codes() -> dict[str, Code]:
    """Everything that `check` can find, by its id: how much it matters, and the text that explains it."""
    from conceptgraph.loader import codes

    return codes()


def find(map: model.ArgumentMap, term: Term) -> Entity:
    """The entity that a term names.

    An id comes before a label, a label before an alias; a concept before a text of its name. `source:alienation` asks
    for one of that kind.

    Raises:
        UnknownTerm: nothing has the name; it comes with suggestions.
        AmbiguousTerm: several entities have it equally.
    """
    return term if isinstance(term, Entity) else terms.find(map, term)


def search(map: model.ArgumentMap, text: str) -> Matches:
    """The entities whose id, label, alias, definition or note answers to a text, the best first.

    In simplified or traditional characters, pinyin or initials, in any form of English words, and with small slips.
    """
    return Matches(tuple(terms.search(map, text)), map=ArgumentMap.of(map))


@overload
def show(map: model.ArgumentMap, term: Term) -> EntityAnswer: ...
@overload
def show(map: model.ArgumentMap, term: Term, predicate: str, object: Term) -> RelationAnswer: ...
def show(
    map: model.ArgumentMap, term: Term, predicate: str | None = None, object: Term | None = None
) -> EntityAnswer | RelationAnswer:
    """Everything about one entity; with a predicate and an object, about one relation and what opposes it.

    Args:
        map: the argument map.
        term: the entity, or the subject of the relation (of a symmetric one, either end).
        predicate: the id of a predicate, or its label.
        object: the object of the relation.

    Raises:
        UnknownTerm: nothing has one of the names, or the map does not have the relation.
        AmbiguousTerm: several entities have a name equally.
    """
    from conceptgraph.neighbors import neighbors

    if predicate is not None and object is not None:
        relation = _relation(map, term, predicate, object)
        return RelationAnswer(relation, tuple(map.opposed(relation)), map=ArgumentMap.of(map))
    entity = find(map, term)
    return EntityAnswer(entity, tuple(neighbors(map, entity.id)), map=ArgumentMap.of(map))


def neighbors(
    map: model.ArgumentMap,
    term: Term,
    depth: int = 1,
    *,
    direction: str = "both",
    selection: Selection | None = None,
) -> Neighbors:
    """The relations up to `depth` steps away from an entity, the nearest first.

    Denied relations are listed too, unless statuses are selected; but nothing is reached through them, nor through a
    text that the map reads.

    Args:
        map: the argument map.
        term: the entity in the middle.
        depth: how far to go.
        direction: `out` for relations asserted of the entity, `in` for those asserted to it, or `both`.
        selection: which relations to list, by any names; None means all.

    Raises:
        UnknownTerm, AmbiguousTerm: a name is nobody's, or several entities'.
        ValueError: there is no such direction.
    """
    from conceptgraph.neighbors import neighbors

    _one_of(direction, ("in", "out", "both"), "direction")
    entity = find(map, term)
    found = neighbors(map, entity.id, depth, direction=direction, selection=_named(map, selection))
    return Neighbors(tuple(found), entity, map=ArgumentMap.of(map))


def paths(
    map: model.ArgumentMap,
    start: Term | Collection[Term],
    end: Term | Collection[Term],
    count: int = 3,
    *,
    directed: bool = False,
    selection: Selection | None = None,
    max_length: int | None = None,
    avoid: Term | Collection[Term] = (),
    through: Term | Sequence[Term] = (),
) -> Paths:
    """The shortest chains between two entities, or from any of some to any of others, with receipts.

    Short means little weight: hubs, records of who wrote what, the curator's inferences and contested relations weigh
    more than plain steps that argue. Where there is no chain, `obstacle` of the answer says what is in the way.

    Args:
        map: the argument map.
        start: where to begin: a term, several, or all entities of a kind: `@theorist`.
        end: where to arrive.
        count: how many chains to find at most.
        directed: walk relations only as they are asserted.
        selection: which relations to walk, by any names; None means all that somebody holds.
        max_length: the most steps that a chain may have.
        avoid: what a chain must not touch.
        through: what a chain must pass, in this order.

    Raises:
        UnknownTerm, AmbiguousTerm: a name is nobody's, or several entities'.

    Source: J. Y. Yen, "Finding the k shortest loopless paths in a network", Management Science 17 (1971).
    """
    from conceptgraph.paths import obstacle, shortest_paths

    own, chosen = ArgumentMap.of(map), _named(map, selection)
    starts, ends, avoided, passed = (_ids(map, each) for each in (start, end, avoid, through))
    found = shortest_paths(
        map,
        starts,
        ends,
        count,
        directed=directed,
        selection=chosen,
        max_length=max_length,
        avoid=avoided,
        through=passed,
    )
    why = None if found else obstacle(map, starts, ends, directed=directed, selection=chosen, avoid=avoided)
    return Paths(tuple(Chain.of(each, own) for each in found), tuple(starts), tuple(ends), why, map=own)


def rank(
    map: model.ArgumentMap,
    measure: str | Measure = "betweenness",
    *,
    kind: str | None = None,
    selection: Selection | None = None,
) -> Ranking:
    """Entities by a measure of centrality, the most central first; the answer says what the measure means.

    The graph is that of the relations that somebody holds, parallel ones counted once, without the texts themselves.
    Of more than 5000 entities, measures of chains are estimated, always from the same 500.

    Args:
        map: the argument map.
        measure: degree, betweenness, closeness, eigenvector, pagerank, brokerage, … or a measure of one's own.
        kind: whom to list, by the id, plural or label of a kind; it does not change the graph.
        selection: the relations of the graph, by any names; it then has only the entities that these relate.

    Raises:
        UnknownTerm, AmbiguousTerm: a name is nobody's, or several entities'.

    Source: each measure names its own.
    """
    from conceptgraph.centrality import rank

    chosen = _named(map, selection)
    found = rank(map, _measure(measure), kind=None if kind is None else _kind(map, kind), selection=chosen)
    return Ranking.of(found, ArgumentMap.of(map))


def robustness(
    map: model.ArgumentMap,
    measure: str | Measure = "betweenness",
    *,
    kind: str | None = None,
    selection: Selection | None = None,
) -> Robustness:
    """A ranking, and each place in it without the relations that only one text is cited for, or the contested ones.

    Parameters and errors are those of `rank`.
    """
    from conceptgraph.centrality import rank, robustness

    by, chosen = _measure(measure), _named(map, selection)
    listed = None if kind is None else _kind(map, kind)
    ranking = rank(map, by, kind=listed, selection=chosen)
    variants = robustness(map, by, kind=listed, selection=chosen)
    return Robustness(ranking, tuple(variants), map=ArgumentMap.of(map))


def service(
    map: model.ArgumentMap,
    term: Term,
    measure: str | Measure = "betweenness",
    count: int | None = 20,
    *,
    selection: Selection | None = None,
) -> Service:
    """Which pairs an entity serves: those with the largest share of their shortest chains through it.

    Args:
        map: the argument map.
        term: the entity.
        measure: betweenness or brokerage.
        count: how many pairs at most; None for all.
        selection: the relations of the graph, as in `rank`.

    Raises:
        UnknownTerm, AmbiguousTerm: a name is nobody's, or several entities'.
        ValueError: the measure does not count chains.
    """
    from conceptgraph.centrality import service

    found = service(map, _measure(measure), find(map, term).id, count, selection=_named(map, selection))
    return Service.of(found, ArgumentMap.of(map))


def communities(
    map: model.ArgumentMap, *, selection: Selection | None = None, resolution: float = 1.0, seed: int = 0
) -> Partition:
    """Which entities belong together: the communities of a map, the largest first.

    Args:
        map: the argument map.
        selection: which relations count, by any names; None means all that somebody holds.
        resolution: above 1 more and smaller communities, below 1 fewer and larger ones.
        seed: what chance begins with; the same one gives the same communities.

    Raises:
        UnknownTerm, AmbiguousTerm: a name in the selection is nobody's, or several entities'.

    Source: V. A. Traag, L. Waltman and N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected
    communities", Scientific Reports 9 (2019).
    """
    from conceptgraph.communities import communities

    found = communities(map, selection=_named(map, selection), resolution=resolution, seed=seed)
    return Partition.of(found, ArgumentMap.of(map))


def compare(map: model.ArgumentMap, one: str | Side, other: str | Side) -> Comparison:
    """Two texts, sections or voices against each other: contradictions, agreement, and what only one argues about.

    Args:
        map: the argument map.
        one: a text (`progress`), a section with all below it (`alienation/3`), or a voice (马克思).
        other: the other.

    Raises:
        UnknownTerm, AmbiguousTerm: a name is nobody's, or several entities'; or who has it is cited nowhere.
        ValueError: both are the same.
    """
    from conceptgraph.compare import compare

    first, second = (each if isinstance(each, Side) else side(map, each) for each in (one, other))
    if first == second:
        raise ValueError(f"both are {first.id}")
    return Comparison.of(compare(map, first, second), ArgumentMap.of(map))


def diff(old: model.ArgumentMap, new: model.ArgumentMap, measure: str | Measure = "betweenness") -> Difference:
    """What differs between two maps: entities, relations and citations, and what follows for support, chains and ranks.

    Files, lines and the order of records make no difference. The answer is false where nothing differs.

    Args:
        old: the map as it was.
        new: the map as it is; the answer is in its language.
        measure: by what entities are ranked, as in `rank`.

    Raises:
        UnknownTerm: there is no such measure.
    """
    from conceptgraph.diff import diff

    found = diff(old, new, _measure(measure))
    parts = {each.name: getattr(found, each.name) for each in fields(found)}
    return Difference(**parts, map=ArgumentMap.of(new), old=old)


def who(
    map: model.ArgumentMap,
    term: Term,
    predicate: str | None = None,
    object: Term | None = None,
    *,
    selection: Selection | None = None,
) -> Positions:
    """Who argues something, and who reports, concedes, denies or rejects it.

    Args:
        map: the argument map.
        term: a thesis above all, or any entity; with a predicate and an object, the subject of a relation.
        predicate: the id of a predicate, or its label.
        object: the object of the relation.
        selection: which relations and citations to heed, by any names; None means all, denied ones among them.

    Raises:
        UnknownTerm: nothing has one of the names, or the map does not have the relation.
        AmbiguousTerm: several entities have a name equally.
    """
    from conceptgraph.who import who_argues, who_holds

    own, chosen = ArgumentMap.of(map), _with_denials(_named(map, selection))
    if predicate is not None and object is not None:
        relation = _relation(map, term, predicate, object)
        return Positions(tuple(who_holds(map, relation, chosen)), relation, map=own)
    entity = find(map, term)
    return Positions(tuple(who_argues(map, entity.id, chosen)), entity, map=own)


def trace(
    map: model.ArgumentMap,
    term: Term,
    family: str | Iterable[str],
    *,
    direction: str = "out",
    depth: int = 4,
    limit: int = 1000,
    selection: Selection | None = None,
) -> Trace:
    """What follows from an entity, or leads to it, over one family of relations: effects, causes, remedies, as a tree.

    Args:
        map: the argument map.
        term: the entity to begin with.
        family: the relations to follow: a family, or a predicate, by id or label; or several.
        direction: `out` from subject to object (effects), `in` from object to subject (causes).
        depth: how many steps to go.
        limit: how many branches to find at most; the farthest are left out.
        selection: which of these relations to follow, by any names; None means all, the denied ones marked.

    Raises:
        UnknownTerm, AmbiguousTerm: a name is nobody's, or several entities'.
        ValueError: there is no such direction.
    """
    from conceptgraph.trace import trace

    _one_of(direction, ("in", "out"), "direction")
    followed = predicates_named(map, [family] if isinstance(family, str) else family)
    chosen = _with_denials(_named(map, selection)) or Selection(statuses=(HELD, CONTESTED, DENIED))
    if chosen.predicates is not None:
        followed &= set(chosen.predicates)
    chosen = replace(chosen, predicates=followed)
    found = trace(map, find(map, term).id, chosen, direction=direction, depth=depth, limit=limit)
    return Trace.of(found, ArgumentMap.of(map))


def questions(map: model.ArgumentMap, text: str | None = None) -> Questions:
    """The named questions; with a text, those that it may mean, the likeliest first.

    Each has a `query` in the words of the command line, which `conceptgraph ask` answers.

    Source: likeness is that of L. R. Dice, "Measures of the amount of ecologic association between species",
    Ecology 26 (1945), on pairs of neighbouring letters.
    """
    from conceptgraph.questions import likely

    found = map.questions.values() if text is None else likely(map, text)
    return Questions(tuple(found), map=ArgumentMap.of(map))


def stats(map: model.ArgumentMap) -> Stats:
    """How many entities, relations and citations a map has, by kind, family, status and source."""
    from conceptgraph.reports.whole import StatsReport

    return Stats(StatsReport(map).data(), map=ArgumentMap.of(map))


def vocabulary(map: model.ArgumentMap) -> Vocabulary:
    """The kinds of a map and its predicates by family, with how many entities and relations use each."""
    from conceptgraph.reports.vocabulary import VocabularyReport

    return Vocabulary(VocabularyReport(map).data(), map=ArgumentMap.of(map))


def coverage(map: ArgumentMap) -> Coverage:
    """Which sentences of the texts carry no relation yet, and what in the map stands on little.

    Raises:
        ValueError: no text is at hand: `load` the map with `sources`.
    """
    from conceptgraph.coverage import coverage

    own = ArgumentMap.of(map)
    if not own.texts:
        raise ValueError("no text is at hand: load the map with its sources")
    return Coverage.of(coverage(own, own.texts), own)


def export(map: model.ArgumentMap, format: str, file: str | Path | None = None) -> str:
    """The map in a format, as text; also written to a file, if one is named.

    Args:
        map: the argument map.
        format: `html`, `json`, `graphml`, … as `conceptgraph export` takes it.
        file: where to write, whole or not at all.

    Raises:
        LookupError: there is no such format.
        OSError: the file cannot be written.
    """
    from conceptgraph import exporters, files

    exporter, own = exporters.exporter(format), ArgumentMap.of(map)
    # only some formats can show the passages behind the anchors
    text = exporter.render(map, **({"texts": own.texts} if "texts" in exporter.more and own.texts else {}))
    if file is not None:
        files.replace(Path(file), text)
    return text


def page(map: model.ArgumentMap, height: int = 640) -> Page:
    """The interactive page of a map: the graph as a notebook shows it, and, saved, a file that works offline.

    Args:
        map: the argument map.
        height: how high the frame in the notebook is, in pixels.
    """
    return Page(export(map, "html"), height)


def _named(map: model.ArgumentMap, selection: Selection | None) -> Selection | None:
    """A selection by ids, of one by any names."""
    if selection is None:
        return None
    return Selection(
        None if selection.predicates is None else predicates_named(map, _each(selection.predicates)),
        None if selection.voices is None else {_voice(map, name) for name in _each(selection.voices)},
        None if selection.places is None else places_named(map, _each(selection.places)),
        _known(selection.statuses, (HELD, CONTESTED, DENIED), "status"),
        _known(selection.stances, STANCES, "stance"),
        _known(selection.modalities, MODALITIES, "modality"),
    )


def _with_denials(selection: Selection | None) -> Selection | None:
    if selection is None or selection.statuses is not None:
        return selection
    return replace(selection, statuses=(HELD, CONTESTED, DENIED))


def _each(names: Collection[str]) -> Collection[str]:
    """Names, of which one alone may be given as it is."""
    return (names,) if isinstance(names, str) else names


def _known(names: Collection[str] | None, known: Sequence[str], what: str) -> Collection[str] | None:
    for name in _each(names or ()):
        if name not in known:
            raise UnknownTerm(name, nearest(name, known) or known, what)
    return None if names is None else _each(names)


def _voice(map: model.ArgumentMap, name: str) -> str:
    # a text comes before a concept of its name: concepts do not speak
    return name if name == UNATTRIBUTED or name in map.sources else find(map, name).id


def _ids(map: model.ArgumentMap, terms: Term | Iterable[Term]) -> list[str]:
    """The ids of a term, of several, or of all entities of a kind: `@theorist`."""
    found: dict[str, None] = {}
    for term in (terms,) if isinstance(terms, str | Entity) else terms:
        if isinstance(term, str) and term.startswith("@"):
            kind = _kind(map, term[1:].removeprefix("kind:"))
            found.update({entity.id: None for entity in map.entities.values() if entity.kind == kind})
        else:
            found[find(map, term).id] = None
    return list(found)


def _kind(map: model.ArgumentMap, name: str) -> str:
    """The id of a kind by its id, plural or label."""
    names = {label: kind.id for kind in map.kinds.values() for label in (*kind.label.values(), kind.plural)}
    names |= {id: id for id in map.kinds}
    if name not in names:
        raise UnknownTerm(name, nearest(name, names) or list(map.kinds), "kind")
    return names[name]


def _measure(measure: str | Measure) -> Measure:
    known = {each.id: each for each in MEASURES}
    if isinstance(measure, Measure):
        return measure
    if measure not in known:
        raise UnknownTerm(measure, nearest(measure, known) or list(known), "measure")
    return known[measure]


def _relation(map: model.ArgumentMap, subject: Term, predicate: str, object: Term) -> Relation:
    known = predicate_named(map, predicate)
    if known is None:
        raise UnknownTerm(predicate, nearest(predicate, map.predicates, 5), "predicate")
    ends = find(map, subject).id, find(map, object).id
    triples = [Triple(ends[0], known, ends[1])]
    if map.predicates[known].symmetric:
        triples.append(Triple(ends[1], known, ends[0]))
    for triple in triples:
        if triple in map.relations:
            return map.relations[triple]
    between = [each.triple for each in map.incident[ends[0]] if {*ends} == {each.subject, each.object}]
    raise UnknownTerm(" ".join(triples[0]), [" ".join(each) for each in between], "relation")


def _one_of(value: str, known: Sequence[str], what: str) -> None:
    if value not in known:
        raise ValueError(f"no {what} is called {value!r}: there are {', '.join(known)}")
