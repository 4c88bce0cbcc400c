"""The command line: parse, ask, print, exit code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import click

from conceptgraph import __version__, exporters, files
from conceptgraph.errors import AmbiguousTerm, UnknownTerm
from conceptgraph.model import ArgumentMap
from conceptgraph.reports import OUTPUTS, Report
from conceptgraph.reports.terminal import Terminal, plain

if TYPE_CHECKING:
    from conceptgraph.loader import Loaded
    from conceptgraph.model import Entity

F = TypeVar("F", bound=Callable[..., Any])
FORMATS: Final = ("full", "concise", "github", "json")
DATA_VARIABLE: Final = "CONCEPTGRAPH_DATA"
DEBUG_VARIABLE: Final = "CONCEPTGRAPH_DEBUG"
NAME: Final = "argument-map"
FOLDER: Final = "graphs"


def main() -> NoReturn:
    """Run the program: every error becomes a message on stderr and an exit code here."""
    for stream in (sys.stdout, sys.stderr):
        # a terminal that lacks a character shows a question mark; it is no reason to stop
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        code = cli.main(prog_name="conceptgraph", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # whoever read has read enough; what is still in the buffer must not raise again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        click.echo(f"Error: {plain(str(error))}", err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        what = plain(f"{type(error).__name__}: {error}")
        click.echo(f"Error: a fault of the program, not yours: {what} ({DEBUG_VARIABLE}=1 shows where)", err=True)
        sys.exit(1)


class _Verbs(click.Group):
    """A group that turns wrong questions into messages, and a misspelt verb into a suggestion."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except UnknownTerm as error:
            meant = "".join(f"\n  {plain(name)}" for name in error.suggestions)
            raise click.UsageError(plain(str(error)) + (f". Did you mean{meant}" if meant else ".")) from None
        except AmbiguousTerm as error:
            candidates = "".join(f"\n  {id}" for id in error.candidates)
            raise click.UsageError(f"{plain(str(error))}; name one of them:{candidates}") from None
        except LookupError as error:
            raise click.UsageError(plain(str(error.args[0] if error.args else error))) from None


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="TERM is an id, a label or an alias, in any language: 马克思, audience commodity, immaterial-labour.",
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
def cli() -> None:
    """Explore an argument map: ask for entities, for chains of argued relations, for what is central.

    The map is a folder of YAML files: --input, else ./data, else $CONCEPTGRAPH_DATA, else the map that comes with
    the program.
    """


class Session:
    """What every verb needs: the map that was asked for, and the terminal to show it on."""

    def __init__(self, input: Path | None, language: str | None) -> None:
        self.input = input
        self.terminal = _terminal(language)

    @property
    def directory(self) -> Path:
        """The folder with the map that was asked for."""
        return self.input or _default_directory()

    def load(self, sources: Path | None = None) -> Loaded:
        """The map with its diagnostics, whatever is wrong with it."""
        from conceptgraph.loader import load

        try:
            loaded = load(self.directory, sources)
        except NotADirectoryError as error:
            raise click.UsageError(str(error)) from None
        if not loaded.texts:
            raise click.UsageError(f"no YAML file in {self.directory}")
        return loaded

    def map(self) -> ArgumentMap:
        """The map, if it has no errors; else they are printed, and the program ends."""
        from conceptgraph import cache

        digest = cache.fingerprint(self.directory)
        kept = cache.recall(self.directory, digest)
        if kept is not None:
            return kept
        loaded = self.load()
        if loaded.errors:
            from conceptgraph.reports import diagnostics

            shown = loaded.errors[:5]
            click.echo(diagnostics.written(shown, loaded, "concise", self.terminal), err=True)
            more = len(loaded.errors) - len(shown)
            also = f" and {more} more" if more else ""
            raise click.ClickException(f"the map has errors{also}: run `conceptgraph check`")
        cache.keep(self.directory, loaded.map, digest)
        return loaded.map

    def show(self, report: Report, output: str) -> None:
        """Print a result in the form that was asked for."""
        click.echo(report.written(output, self.terminal))


def _default_directory() -> Path:
    local = Path("data")
    if (local / files.VOCABULARY).is_file():
        return local
    named = os.environ.get(DATA_VARIABLE)
    return Path(named) if named else files.shipped()


def _terminal(language: str | None) -> Terminal:
    columns = shutil.get_terminal_size((80, 24)).columns
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if language is None:
        locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
        language = "zh" if locale.lower().startswith("zh") else "en"
    return Terminal(max(columns, 40), language, colour)


def _with_map(verb: F) -> F:
    """Give a verb the options that say which map, and in which language it answers."""
    verb = click.option(
        "--lang", type=click.Choice(["zh", "en", "both"]), help="Language of the answer; by default that of the locale."
    )(verb)
    return click.option(
        "-i", "--input", type=click.Path(path_type=Path), metavar="DIR", help="The folder with the map's files."
    )(verb)


def _with_output(verb: F) -> F:
    """Give a listing verb the option that says in which form it answers."""
    return click.option(
        "-O", "--output", type=click.Choice(OUTPUTS), default="table", show_default=True, help="Form of the answer."
    )(verb)


def _found(map: ArgumentMap, term: str) -> Entity:
    """The entity of a term; where a text stood back for another of its name, that is said."""
    from conceptgraph.terms import find

    entity = find(map, term)
    if term in map.sources and entity.id != term:
        message = f"{term!r} is read as {entity.id} ({entity.kind}); the text is {map.sources[term].kind}:{term}"
        click.echo(message, err=True)
    return entity


def _predicates(map: ArgumentMap, names: tuple[str, ...]) -> set[str] | None:
    from conceptgraph.graph import predicates_named

    listed = [part.strip() for name in names for part in name.split(",") if part.strip()]
    return predicates_named(map, listed) if listed else None


_predicate_option = click.option(
    "-p", "--predicate", "predicates", multiple=True, metavar="NAME",
    help="Only relations by this predicate or family; may be repeated, or a list with commas.",
)  # fmt: skip


@cli.command()
@_with_map
@click.option("--format", "form", type=click.Choice(FORMATS), default="full", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@click.option("--notes", is_flag=True, help="List notes, too; without it they are only counted.")
@click.option(
    "--sources", type=click.Path(path_type=Path), metavar="DIR", help="The folder with the texts: look up every anchor."
)
def check(input: Path | None, lang: str | None, form: str, strict: bool, notes: bool, sources: Path | None) -> int:
    """Say what is wrong with the map, and where."""
    from conceptgraph.diagnostics import Severity
    from conceptgraph.reports import diagnostics

    session = Session(input, lang)
    loaded = session.load(sources)
    least = Severity.NOTE if notes else Severity.WARNING
    listed = [found for found in loaded.diagnostics if found.severity >= least]
    if listed or form == "json":
        click.echo(diagnostics.written(listed, loaded, form, session.terminal))
    map = loaded.map
    summary = diagnostics.counted(loaded.diagnostics) or "nothing to report"
    click.echo(f"{len(map.entities)} entities, {len(map.relations)} relations: {summary}", err=True)
    fatal = Severity.WARNING if strict else Severity.ERROR
    return int(any(found.severity >= fatal for found in loaded.diagnostics))


@cli.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a rule looks for, with a bad and a good example."""
    import inspect

    from conceptgraph.examples import example
    from conceptgraph.loader import codes as all_codes
    from conceptgraph.suggest import nearest

    codes = all_codes()
    if code not in codes:
        raise UnknownTerm(code, nearest(code, codes, 3) or sorted(codes), "rule")
    bad, good = example(code)
    click.echo(f"{code} ({codes[code].severity})\n\n{inspect.cleandoc(codes[code].doc)}")
    click.echo(f"\nBad:\n\n{_indented(bad)}\n\nGood:\n\n{_indented(good)}")


def _indented(text: str) -> str:
    return "\n".join(f"    {plain(line)}".rstrip() for line in text.rstrip("\n").split("\n"))


@cli.command()
@click.argument("term")
@click.argument("predicate", required=False)
@click.argument("object", required=False)
@_with_map
@_with_output
def show(
    term: str, predicate: str | None, object: str | None, input: Path | None, lang: str | None, output: str
) -> None:
    """Show everything about one entity, or about one relation: TERM PREDICATE OBJECT."""
    from conceptgraph.model import Triple
    from conceptgraph.neighbors import neighbors
    from conceptgraph.reports.answers import EntityReport, RelationReport, opposed
    from conceptgraph.suggest import nearest

    session = Session(input, lang)
    map = session.map()
    entity = _found(map, term)
    if predicate is None:
        session.show(EntityReport(map, entity, neighbors(map, entity.id)), output)
        return
    if object is None:
        raise click.UsageError("a relation is TERM PREDICATE OBJECT: the object is missing")
    if predicate not in map.predicates:
        raise UnknownTerm(predicate, nearest(predicate, map.predicates, 5), "predicate")
    relation = map.relations.get(Triple(entity.id, predicate, _found(map, object).id))
    if relation is None:
        raise click.ClickException("the map does not have this relation")
    session.show(RelationReport(map, list(opposed(map, relation))), output)


@cli.command()
@click.argument("text", nargs=-1, required=True)
@_with_map
@_with_output
@click.option("-n", "--number", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most.")
def search(text: tuple[str, ...], input: Path | None, lang: str | None, output: str, number: int) -> int:
    """Find entities by id, label, alias or definition."""
    from conceptgraph.reports.answers import SearchReport
    from conceptgraph.terms import search

    session = Session(input, lang)
    map = session.map()
    matches = search(map, " ".join(text))
    if matches or output != "table":
        session.show(SearchReport(map, matches[:number]), output)
    if len(matches) > number:
        click.echo(f"{len(matches) - number} more: ask for them with -n", err=True)
    if not matches:
        click.echo(f"nothing found for {plain(' '.join(text))!r}", err=True)
    return int(not matches)


@cli.command()
@click.argument("term")
@_with_map
@_with_output
@click.option("--depth", type=click.IntRange(1, 10), default=1, show_default=True, help="How many steps away.")
@click.option("--direction", type=click.Choice(["in", "out", "both"]), default="both", show_default=True)
@_predicate_option
def neighbors(
    term: str,
    input: Path | None,
    lang: str | None,
    output: str,
    depth: int,
    direction: str,
    predicates: tuple[str, ...],
) -> int:
    """List the relations one or more steps away from an entity."""
    from conceptgraph.neighbors import neighbors
    from conceptgraph.reports.answers import NeighborsReport

    session = Session(input, lang)
    map = session.map()
    entity = _found(map, term)
    named = _predicates(map, predicates)
    found = neighbors(map, entity.id, depth, direction=direction, predicates=named)
    if found or output != "table":
        session.show(NeighborsReport(map, entity, found), output)
    if not found:
        click.echo(f"no such relation around {entity.id}", err=True)
    return int(not found)


@cli.command()
@click.argument("start")
@click.argument("end")
@_with_map
@_with_output
@click.option("-n", "--number", type=click.IntRange(1, 100), default=3, show_default=True, help="How many chains.")
@click.option("--max-length", type=click.IntRange(min=1), help="The most steps that a chain may have.")
@click.option(
    "--directed/--undirected", default=False, show_default=True, help="Walk relations only as they are asserted."
)
@_predicate_option
def path(
    start: str,
    end: str,
    input: Path | None,
    lang: str | None,
    output: str,
    number: int,
    max_length: int | None,
    directed: bool,
    predicates: tuple[str, ...],
) -> int:
    """Find the shortest chains of argued relations between two entities, with receipts.

    Every step says who argues it, in which text and section, and on which words. The last lines say whether one
    voice argues the whole chain, and what in it may not hold. The fewest steps come first; among as many steps, those
    that rest least on the curator's inference and on who wrote what. Chains do not run through the texts themselves.
    """
    from conceptgraph.paths import shortest_paths
    from conceptgraph.reports.answers import PathsReport

    session = Session(input, lang)
    map = session.map()
    first, last = _found(map, start), _found(map, end)
    if first.id == last.id:
        raise click.UsageError(f"both terms name the same entity, {first.id}")
    named = _predicates(map, predicates)
    found = shortest_paths(map, first.id, last.id, number, directed=directed, predicates=named, max_length=max_length)
    if found or output != "table":
        session.show(PathsReport(map, first.id, last.id, found), output)
    if not found:
        given = (("--directed", directed), ("-p", predicates), ("--max-length", max_length))
        limits = [option for option, value in given if value]
        hint = f"; try without {' or '.join(limits)}" if limits else ""
        click.echo(f"no chain connects {first.id} and {last.id}{hint}", err=True)
    return int(not found)


def _measures() -> list[str]:
    from conceptgraph.centrality import MEASURES

    return [measure.id for measure in MEASURES]


@cli.command()
@_with_map
@_with_output
@click.option("-m", "--measure", "measure_id", type=click.Choice(_measures()), default="betweenness", show_default=True)
@click.option("--kind", help="List only entities of this kind.")
@click.option("--in", "source", metavar="TEXT", help="Only relations that this text argues.")
@_predicate_option
@click.option("-n", "--number", type=click.IntRange(min=0), default=20, show_default=True, help="How many; 0 for all.")
def centrality(
    input: Path | None,
    lang: str | None,
    output: str,
    measure_id: str,
    kind: str | None,
    source: str | None,
    predicates: tuple[str, ...],
    number: int,
) -> int:
    """Rank entities by how central they are; says what the measure means.

    Parallel relations between two entities count once. The texts themselves take no part: an essay is related to all
    that it argues.
    """
    from conceptgraph.centrality import measure, rank
    from conceptgraph.reports.answers import RankingReport
    from conceptgraph.suggest import nearest

    session = Session(input, lang)
    map = session.map()
    if kind is not None and kind not in map.kinds:
        plurals = {each.plural: each.id for each in map.kinds.values()}
        if kind not in plurals:
            raise UnknownTerm(kind, nearest(kind, map.kinds) or list(map.kinds), "kind")
        kind = plurals[kind]
    if source is not None and source not in map.sources:
        raise UnknownTerm(source, list(map.sources), "text")
    named = _predicates(map, predicates)
    ranking = rank(map, measure(measure_id), kind=kind, predicates=named, source=source)
    session.show(RankingReport(map, ranking, number or None), output)
    return int(not ranking.ranks)


@cli.command()
@_with_map
@_with_output
def stats(input: Path | None, lang: str | None, output: str) -> None:
    """Count entities, relations and citations."""
    from conceptgraph.reports.answers import StatsReport

    session = Session(input, lang)
    session.show(StatsReport(session.map()), output)


@cli.command()
@click.argument("format", type=click.Choice(exporters.names()))
@_with_map
@click.option("-o", "--out", metavar="FILE", help=f"Where to write, - for stdout; by default {FOLDER}/{NAME}.*")
@click.option("--check", "compare", is_flag=True, help="Write nothing; fail if the file is not what would be written.")
def export(format: str, input: Path | None, lang: str | None, out: str | None, compare: bool) -> int:
    """Write the map to a file: as a page (html), for programs (json), for Gephi and yEd (graphml)."""
    exporter = exporters.exporter(format)
    text = exporter.render(Session(input, lang).map())
    if out == "-":
        click.echo(text, nl=False)
        return 0
    file = Path(out) if out is not None else _export_file(exporter.suffix)
    if compare:
        fresh = file.is_file() and file.read_bytes() == text.encode()
        click.echo(f"{file} is {'up to date' if fresh else 'stale' if file.exists() else 'missing'}", err=True)
        return int(not fresh)
    files.replace(file, text)
    click.echo(f"wrote {file}", err=True)
    return 0


def _export_file(suffix: str) -> Path:
    return Path(FOLDER, NAME + suffix)


@cli.command(name="open")
@_with_map
@click.option("-o", "--out", metavar="FILE", help=f"Where the page is; by default {FOLDER}/{NAME}.html")
def open_(input: Path | None, lang: str | None, out: str | None) -> None:
    """Open the interactive page in the browser; it is exported first if it is stale. Its path is printed."""
    exporter = exporters.exporter("html")
    file = Path(out) if out is not None else _export_file(exporter.suffix)
    text = exporter.render(Session(input, lang).map())
    if not file.is_file() or file.read_bytes() != text.encode():
        files.replace(file, text)
    if _has_screen():
        click.launch(str(file.resolve()))
    click.echo(file.resolve())


def _has_screen() -> bool:
    """Whether a browser would be seen by somebody."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
