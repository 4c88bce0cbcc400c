"""The verb that says what differs between two maps, each a folder or a git revision."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click
from click.shell_completion import CompletionItem

from conceptgraph import files
from conceptgraph.cli.session import Session, texts_of, with_map, with_output, with_sources
from conceptgraph.errors import RevisionError
from conceptgraph.measures import MEASURES
from conceptgraph.reports.terminal import plain

if TYPE_CHECKING:
    from conceptgraph.loader import Loaded
    from conceptgraph.model import ArgumentMap
    from conceptgraph.revisions import Repository

_DIFFTOOL: Final = "GIT_DIFFTOOL_TRUST_EXIT_CODE"
"""The variable by which a program knows that `git difftool` runs it."""
_RANGE: Final = re.compile(r"(.*?)(\.\.\.?)(.*)", re.DOTALL)
_SHOWN: Final = 5


class Version(click.ParamType[str]):
    """A folder with a map, or a git revision."""

    name = "text"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        from conceptgraph.revisions import Repository

        folders = [CompletionItem(incomplete, type="dir")]
        try:
            names = Repository(Session.of(ctx.params.get("input"), None, ctx).directory).names()
        except (RevisionError, OSError):
            return folders
        return folders + [CompletionItem(name) for name in ("HEAD", *names) if name.startswith(incomplete)]


@click.command(
    short_help="Say what differs between two folders or git revisions.",
    epilog="""\b
Examples:
  conceptgraph diff HEAD~3
  conceptgraph diff main... -O markdown
""",
)
@click.argument("old", type=Version())
@click.argument("new", type=Version(), required=False)
@with_map
@with_output
@with_sources
@click.option(
    "-m",
    "--measure",
    "measure_id",
    type=click.Choice([measure.id for measure in MEASURES]),
    metavar="MEASURE",
    default="betweenness",
    show_default=True,
    help="By what entities are ranked, as in `centrality`.",
)
@click.option(
    "-n", "--number", type=click.IntRange(min=0), default=10, show_default=True, help="How many a block; 0 for all."
)
@click.option("--exit-code", is_flag=True, help="End with 1 if anything differs, as git does.")
def diff(
    old: str,
    new: str | None,
    input: Path | None,
    lang: str | None,
    output: str,
    sources: Path | None,
    measure_id: str,
    number: int,
    exit_code: bool,
) -> int:
    """Say what differs between two maps, in a scholar's words.

    OLD and NEW are folders, or git revisions of the map's folder: HEAD~3, a branch, a tag. Without NEW it is the map as
    it stands. OLD..NEW are two revisions; OLD...NEW says what NEW changed since it left OLD, as a pull request does. A
    folder comes before a revision of its name. Nothing is checked out.

    First comes what became contested, denied or held; then entities and relations that came, went or changed,
    citations gained and lost, theses that won or lost support, paths that got shorter between central entities and the
    ends of new relations, and the entities whose rank changed most, by the ratio of their ranks. Where a record stands,
    and in which order, makes no difference. In Markdown, for a pull request, blocks of more than -n are folded.

    If a side has errors, they are shown, what can be compared is compared, and the exit code is 1. Run by `git difftool
    --dir-diff`, which hands over only the files that differ, the others are those of the map as it stands.
    """
    from conceptgraph.diff import diff
    from conceptgraph.measures import measure
    from conceptgraph.reports.differences import DifferenceReport

    session = Session.of(input, lang)
    try:
        with _sides(session, old, new) as sides:
            before, after = (_read(session, side) for side in sides)
    except RevisionError as error:
        raise click.ClickException(plain(str(error))) from None
    found = diff(before.map, after.map, measure(measure_id))
    names = sides[0].name, sides[1].name
    errors = before.errors, after.errors
    texts = texts_of(after.map, sources)
    report = DifferenceReport(after.map, before.map, found, number or None, names, errors, texts=texts)
    session.show(report, output)
    return int(any(errors) or (exit_code and bool(found)))


class _Side(NamedTuple):
    """A side as it is called, and the folder where it can be read; `place` is where it is, if that is another."""

    name: str
    folder: Path
    place: str | None = None


class _Map(NamedTuple):
    map: ArgumentMap
    errors: int


@contextmanager
def _sides(session: Session, old: str, new: str | None) -> Iterator[tuple[_Side, _Side]]:
    """The two sides, in folders that are gone afterwards, but for those that were there before."""
    from conceptgraph.revisions import Repository, completed

    folders = old, session.directory if new is None else new
    with ExitStack() as stack:

        def empty() -> Path:
            return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="conceptgraph-")))

        def revision(repository: Repository, commit: str, name: str) -> _Side:
            folder = empty()
            repository.write(commit, folder)
            return _Side(name, folder, f"{name}:{repository.prefix}")

        if _DIFFTOOL in os.environ and all(Path(each).is_dir() for each in folders):
            prefix = Repository(session.directory).prefix
            parts = [Path(each, prefix) for each in folders]
            sides = _Side("old", empty(), "old"), _Side("new", empty(), "new")
            for side, own, other in zip(sides, parts, parts[::-1], strict=True):
                completed(own, other, session.directory, side.folder)
            yield sides
            return
        between = None if new is not None or Path(old).is_dir() else _RANGE.fullmatch(old)
        if between is not None:
            repository = Repository(session.directory)
            names = between[1] or "HEAD", between[3] or "HEAD"
            commits = [repository.commit(name) for name in names]
            if between[2] == "...":
                commits[0] = repository.base(*commits)
                names = commits[0][:7], names[1]
            yield revision(repository, commits[0], names[0]), revision(repository, commits[1], names[1])
            return
        found = []
        for each in folders:
            if Path(each).is_dir():
                found.append(_Side(str(each), Path(each)))
            elif Path(each).exists():
                raise click.UsageError(
                    f"{each} is a file, and a map is a folder: say `git difftool --dir-diff`, or name a revision"
                )
            else:
                repository = Repository(session.directory)
                found.append(revision(repository, repository.commit(str(each)), str(each)))
        yield found[0], found[1]


def _read(session: Session, side: _Side) -> _Map:
    """The map of a side, as far as it can be read; what is wrong with it goes to stderr."""
    from conceptgraph import cache
    from conceptgraph.diff import sound

    if next(files.found(side.folder), None) is None:
        raise click.UsageError(f"no YAML file in {side.place or side.name}")
    own = Session(side.folder, session.language)
    own.recover()
    digest = None if side.place else cache.fingerprint(side.folder)
    kept = cache.recall(side.folder, digest)
    if kept is not None:
        return _Map(kept, 0)
    loaded = own.load()
    if not loaded.errors:
        cache.keep(side.folder, loaded.map, digest)
        return _Map(loaded.map, 0)
    _tell(session, side, loaded)
    return _Map(sound(loaded.map), len(loaded.errors))


def _tell(session: Session, side: _Side, loaded: Loaded) -> None:
    from conceptgraph.reports import diagnostics

    shown = loaded.errors[:_SHOWN]
    # what is in a revision has no file to open
    named = replace(loaded, directory=Path(side.place or side.name))
    terminal = replace(session.terminal, colour=False, hyperlinks=False)
    click.echo(diagnostics.written(shown, named, "concise", terminal), err=True)
    more = len(loaded.errors) - len(shown)
    if more:
        click.echo(f"{plain(side.name)}: {more} more error{'s' * (more != 1)}", err=True)
