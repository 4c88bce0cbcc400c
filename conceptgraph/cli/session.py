"""What the verbs share: the map that was asked for, the terminal, and the options that say which."""

from __future__ import annotations

import functools
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO, TypeVar

import click

from conceptgraph import collector, files
from conceptgraph.cli.completing import Place, PredicateName, Term
from conceptgraph.diagnostics import Severity
from conceptgraph.errors import UnknownTerm
from conceptgraph.model import CONTESTED, DENIED, HELD, MODALITIES, STANCES, UNATTRIBUTED, ArgumentMap
from conceptgraph.reports import OUTPUTS, Report
from conceptgraph.reports.links import to_file
from conceptgraph.reports.terminal import Terminal, plain, shows_hyperlinks
from conceptgraph.suggest import nearest

if TYPE_CHECKING:
    from conceptgraph.loader import Loaded
    from conceptgraph.model import Entity, Relation
    from conceptgraph.passages import SourceText
    from conceptgraph.selection import Selection

F = TypeVar("F", bound=Callable[..., Any])
DATA_VARIABLE: Final = "CONCEPTGRAPH_DATA"
FOLDER, NAME = "graphs", "argument-map"
"""Where exports are written unless it is said where, and what they are called."""
LANGUAGES: Final = ("zh", "en", "both")


class Session:
    """What every verb needs: the map that was asked for, and the terminal to show it on."""

    def __init__(self, input: Path | None, language: str | None) -> None:
        self.input = input
        self.language = language or _locale_language()
        self.terminal = _terminal(self.language, sys.stdout, self.page)

    @staticmethod
    def of(input: Path | None, language: str | None, context: click.Context | None = None) -> Session:
        """The session of a verb: a new one, or that which the question or the shell has for it."""
        outer = (context or click.get_current_context()).find_object(Session)
        return Session(input, language) if outer is None else outer.within(input, language)

    def within(self, input: Path | None, language: str | None) -> Session:  # noqa: ARG002 - whoever asks chooses them
        """The session of a verb that is asked within this one, with the options it was given."""
        return self

    @property
    def directory(self) -> Path:
        """The folder with the map that was asked for."""
        return self.input or _default_directory()

    @property
    def page(self) -> Path | None:
        """The exported page, if there is one: a page that does not lie beside the folder is that of another map."""
        page = export_file(".html")
        beside = self.input is None or self.input.resolve().parent == Path.cwd()
        return page if beside and page.is_file() else None

    def recover(self) -> None:
        """Finish a change of the map's files that was interrupted."""
        if (self.directory / files.JOURNAL).is_dir():
            from conceptgraph import edits

            try:
                edits.recover(self.directory)
            except OSError as error:
                message = f"a change of the map's files was interrupted, and cannot be finished: {error}"
                raise click.ClickException(plain(message)) from None

    @collector.paused(settle=True)
    def load(self, sources: Path | None = None, least: Severity = Severity.NOTE) -> Loaded:
        """The map with its diagnostics, whatever is wrong; rules that matter less than `least` are not asked."""
        from conceptgraph.loader import load

        self.recover()
        try:
            loaded = load(self.directory, sources, least=least)
        except NotADirectoryError as error:
            raise click.UsageError(str(error)) from None
        if not loaded.texts:
            raise click.UsageError(f"no YAML file in {self.directory}")
        return loaded

    @collector.paused(settle=True)
    def map(self) -> ArgumentMap:
        """The map, if it has no errors; else they are printed, and the program ends."""
        from conceptgraph import cache

        self.recover()
        digest = cache.fingerprint(self.directory)
        kept = cache.recall(self.directory, digest)
        if kept is not None:
            return kept
        loaded = self.sound(least=Severity.ERROR)
        cache.keep(self.directory, loaded.map, digest)
        return loaded.map

    def sound(self, sources: Path | None = None, least: Severity = Severity.NOTE) -> Loaded:
        """The map with the places of its fields, if it has no errors; else they are printed, and the program ends."""
        loaded = self.load(sources, least)
        if loaded.errors:
            from conceptgraph.reports import diagnostics

            shown = loaded.errors[:5]
            terminal = _terminal(self.language, sys.stderr)
            click.echo(diagnostics.written(shown, loaded, "concise", terminal), err=True)
            more = len(loaded.errors) - len(shown)
            also = f" and {more} more" if more else ""
            raise click.ClickException(f"the map has errors{also}: run `conceptgraph check`")
        return loaded

    def glimpse(self) -> ArgumentMap:
        """The map, without a word about it: for whoever only wants its names.

        Raises:
            InvalidMap: it has errors.
        """
        from conceptgraph import cache

        return (
            cache.recall(self.directory, cache.fingerprint(self.directory)) or self.load(least=Severity.ERROR).require()
        )

    def show(self, report: Report, output: str) -> None:
        """Print a result in the form that was asked for."""
        try:
            click.echo(report.written(output, self.terminal))
        except ValueError as error:
            raise click.UsageError(str(error)) from None


class Inner(Session):
    """The session of a verb that is asked within a named question: the map is known, and the answer is kept."""

    def __init__(self, outer: Session, known: ArgumentMap) -> None:
        self.input = outer.input
        self.language = outer.language
        self.terminal = outer.terminal
        self.known = known
        self.answers: list[Report] = []

    def map(self) -> ArgumentMap:
        return self.known

    def show(self, report: Report, output: str) -> None:  # noqa: ARG002 - whoever asks chooses the form
        self.answers.append(report)


def _default_directory() -> Path:
    local = Path("data")
    if (local / files.VOCABULARY).is_file():
        return local
    named = os.environ.get(DATA_VARIABLE)
    return Path(named) if named else files.shipped()


def export_file(suffix: str) -> Path:
    """Where an export is written unless it is said where."""
    return Path(FOLDER, NAME + suffix)


def _locale_language() -> str:
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def _terminal(language: str, stream: TextIO, page: Path | None = None) -> Terminal:
    """What a stream is shown on; where that is no terminal, nothing is coloured, linked or pointed to."""
    columns = max(shutil.get_terminal_size((80, 24)).columns, 40)
    if not stream.isatty():
        return Terminal(columns, language)
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    hyperlinks = colour and shows_hyperlinks(os.environ)
    return Terminal(columns, language, colour, hyperlinks, None if page is None else to_file(page))


def with_map(verb: F) -> F:
    """Give a verb the options that say which map, and in which language it answers."""
    verb = click.option(
        "--lang", type=click.Choice(LANGUAGES), help="Language of the answer; by default that of the locale."
    )(verb)
    return click.option(
        "-i", "--input", type=click.Path(path_type=Path), metavar="DIR", help="The folder with the map's files."
    )(verb)


def with_output(verb: F) -> F:
    """Give a listing verb the option that says in which form it answers."""
    return click.option(
        "-O", "--output", type=click.Choice(OUTPUTS), default="table", show_default=True, help="Form of the answer."
    )(verb)


def named(map: ArgumentMap, term: str, text: bool = False) -> Entity:
    """The entity of a term; where a text stood back for another of its name, that is said. `text` prefers the text."""
    from conceptgraph.terms import find

    if text and term in map.sources:
        return map.sources[term]
    entity = find(map, term)
    if term in map.sources and entity.id != term:
        message = f"{term!r} is read as {entity.id} ({entity.kind}); the text is {map.sources[term].kind}:{term}"
        click.echo(message, err=True)
    return entity


def with_sources(verb: F) -> F:
    """Give a verb the option that shows the passages behind the anchors."""
    return click.option(
        "--sources",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="DIR",
        help="The folder with the texts: show the passages, too.",
    )(verb)


def texts_of(map: ArgumentMap, directory: Path | None) -> dict[str, SourceText]:
    """The texts of the map's sources, where a folder was named."""
    from conceptgraph.passages import source_texts

    return {} if directory is None else source_texts(map.sources.values(), directory)


def named_relation(map: ArgumentMap, subject: Entity, predicate: str, object: str | None) -> Relation:
    """The relation of two terms and a predicate, by its id or label; one that is symmetric, from either end."""
    from conceptgraph.model import Triple
    from conceptgraph.selection import predicate_named

    if object is None:
        raise click.UsageError("a relation is TERM PREDICATE OBJECT: the object is missing")
    known = predicate_named(map, predicate)
    if known is None:
        raise UnknownTerm(predicate, nearest(predicate, map.predicates, 5), "predicate")
    ends = subject.id, named(map, object).id
    relation = map.relations.get(Triple(ends[0], known, ends[1]))
    if relation is None and map.predicates[known].symmetric:
        relation = map.relations.get(Triple(ends[1], known, ends[0]))
    if relation is None:
        raise click.ClickException("the map does not have this relation")
    return relation


def named_set(map: ArgumentMap, terms: str) -> list[str]:
    """The ids of a term, of a list of terms with commas, or of all entities of a kind: `@theorist`."""
    parts = listed((terms,))
    if len(parts) < 2:
        return _named_set(map, terms.strip(" ,，、"))
    try:
        # a name may have a comma in it
        return [named(map, terms).id]
    except UnknownTerm:
        return list(dict.fromkeys(id for part in parts for id in _named_set(map, part)))


def _named_set(map: ArgumentMap, term: str) -> list[str]:
    if not term.startswith("@"):
        return [named(map, term).id]
    kind = term[1:].removeprefix("kind:")
    kinds = {each.plural: each.id for each in map.kinds.values()} | {id: id for id in map.kinds}
    if kind not in kinds:
        raise UnknownTerm(kind, nearest(kind, kinds) or list(map.kinds), "kind")
    return [entity.id for entity in map.entities.values() if entity.kind == kinds[kind]]


def with_selection(verb: F) -> F:
    """Give a verb the options that say which relations it is about; they reach it as `chosen`, for `selected`."""

    @functools.wraps(verb)
    def gathering(*arguments: Any, **options: Any) -> Any:
        chosen = Chosen(*(options.pop(field) for field in Chosen._fields))
        return verb(*arguments, chosen=chosen, **options)

    for flags, type, help in _SELECTING:
        metavar = None if isinstance(type, click.Choice) else "NAME"
        gathering = click.option(*flags, multiple=True, type=type, metavar=metavar, help=help)(gathering)
    return gathering  # type: ignore[return-value]


_SELECTING: Final = (
    (("--modality", "modalities"), click.Choice(MODALITIES), "Only said in this modality."),
    (("--stance", "stances"), click.Choice(STANCES), "Only where the text takes this stance."),
    (
        ("--status", "statuses"),
        click.Choice((HELD, CONTESTED, DENIED)),
        "Only of this status; without it, held and contested.",
    ),
    (
        ("--in", "places"),
        Place(several=True),
        "Only argued in this text or section, or below it: progress, alienation/3.",
    ),
    (
        ("--by", "voices"),
        Term(several=True),
        "Only held by this voice (a text holds what it goes along with), or reported through it.",
    ),
    (("-p", "--predicate", "predicates"), PredicateName(several=True), "Only by this predicate or family."),
)


class Chosen(NamedTuple):
    """The selection as it was typed. Every option may be repeated, or given a list with commas."""

    predicates: tuple[str, ...]
    voices: tuple[str, ...]
    places: tuple[str, ...]
    statuses: tuple[str, ...]
    stances: tuple[str, ...]
    modalities: tuple[str, ...]

    @property
    def given(self) -> list[str]:
        """The options that were used."""
        flags = {names[-1]: names[0] for names, _, _ in _SELECTING}
        return [flags[field] for field, values in zip(self._fields, self, strict=True) if values]


def selected(map: ArgumentMap, chosen: Chosen) -> Selection | None:
    """The selection of a verb; None where nothing was chosen."""
    from conceptgraph.selection import Selection, places_named, predicates_named

    if not any(chosen):
        return None
    predicates, voices, places = (listed(names) for names in chosen[:3])
    return Selection(
        predicates_named(map, predicates) if predicates else None,
        {UNATTRIBUTED if name == UNATTRIBUTED else named(map, name, text=True).id for name in voices} or None,
        places_named(map, places) if places else None,
        chosen.statuses or None,
        chosen.stances or None,
        chosen.modalities or None,
    )


def listed(names: Iterable[str]) -> list[str]:
    """The names in some lists with commas, Western or Chinese."""
    return [part.strip() for name in names for part in re.split("[,，、]", name) if part.strip()]
