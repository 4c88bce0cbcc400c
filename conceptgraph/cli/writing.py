"""Verbs that write the map's files: laid out, with a citation more, with another id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from conceptgraph import files
from conceptgraph.cli.completing import KindName, Place, PredicateName, Term
from conceptgraph.cli.session import Session, named, with_map
from conceptgraph.errors import FilesChanged, UnknownTerm, UnusableId
from conceptgraph.model import MODALITIES, STANCES, UNATTRIBUTED
from conceptgraph.reports.terminal import plain
from conceptgraph.suggest import nearest

if TYPE_CHECKING:
    from conceptgraph.loader import Loaded
    from conceptgraph.model import ArgumentMap, Entity, Kind

THINGS: Final = ("entity", "predicate", "family", "kind", "question")


@click.command(
    name="fmt",
    short_help="Lay the files out in canonical form.",
    epilog="""\b
Examples:
  conceptgraph fmt --check
  conceptgraph fmt --diff
""",
)
@with_map
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, and fail if anything would.")
def fmt(input: Path | None, lang: str | None, paths: tuple[Path, ...], only_check: bool, diff: bool) -> int:
    """Lay files out in canonical form: those of the map, or the files and folders that are named.

    Spacing, indentation, quotes, the width of lines and the order of a record's fields are made one; comments, wording
    and the order of records stay, and so does what the files say. A file that is not well-formed is left alone.
    """
    from conceptgraph import reader
    from conceptgraph.formatting import formatted
    from conceptgraph.loader import Loaded
    from conceptgraph.model import ArgumentMap
    from conceptgraph.reports import diagnostics

    session = Session.of(input, lang)
    session.recover()
    listed = [_relative(file, session.directory) for file in _yaml_files(paths or (session.directory,))]
    if not listed:
        raise click.UsageError(f"no YAML file in {session.directory}")
    documents = [(folder, reader.read(folder / path, path)) for folder, path in listed]
    broken = False
    changed: dict[Path, tuple[dict[str, str], dict[str, str]]] = {}
    for folder, document in documents:
        if document.diagnostics:
            broken = True
            loaded = Loaded(folder, ArgumentMap(), document.diagnostics, {document.path: document.text})
            click.echo(diagnostics.written(document.diagnostics, loaded, "full", session.terminal))
        elif (text := formatted(document)) != document.text:
            old, new = changed.setdefault(folder, ({}, {}))
            old[document.path], new[document.path] = document.text, text
    count = sum(len(new) for _, new in changed.values())
    for folder, (old, new) in changed.items():
        if diff:
            click.echo(_difference(folder, old, new), nl=False)
        elif not only_check:
            _write(folder, old, new)
        for path in [] if diff else new:
            click.echo(plain(str(folder / path)))
    would = "would be " if diff or only_check else ""
    alone = " (files that are not well-formed are left alone)" if broken else ""
    click.echo(f"{count} of {len(documents)} files {would}laid out anew{alone}", err=True)
    return int(broken or bool(would and count))


@click.command(
    short_help="Add a citation to the file in which it belongs.",
    epilog="""\b
Examples:
  conceptgraph add 非物质劳动 produces 社会关系 --in alienation/1 --at 生产社会关系 --dry-run
  conceptgraph add 平台 controls 注意力经济 --in curator --new concept --label en="attention economy" --dry-run
""",
)
@with_map
@click.argument("subject", type=Term())
@click.argument("predicate", type=PredicateName())
@click.argument("object", type=Term())
@click.option("--in", "place", type=Place(), required=True, help="Where it is argued: alienation/3.1, or curator.")
@click.option("--at", metavar="ANCHOR", help="The words by which the place is found, 16 characters at most.")
@click.option("--by", type=Term(), multiple=True, metavar="TERM", help="Who holds it; without it, the text itself.")
@click.option("--via", type=Term(), multiple=True, metavar="TERM", help="Who reports the voice, outermost first.")
@click.option("--likely", type=Term(), metavar="TERM", help="Who an unattributed voice probably is.")
@click.option("--stance", type=click.Choice(STANCES), help="The text's own stance to it.")
@click.option("--modality", type=click.Choice(MODALITIES), help="How it is said.")
@click.option("--condition", multiple=True, metavar="LANG=TEXT", help="On what, where it is conditional.")
@click.option("--order", type=int, help="The position in an ordered list.")
@click.option("--when", metavar="EDTF", help="A time: 2018/2020, 193X.")
@click.option("--denied", is_flag=True, help="The voice says that it does not hold.")
@click.option("--inferred", is_flag=True, help="It follows, but is not said in so many words.")
@click.option("--note", multiple=True, metavar="LANG=TEXT", help="Our own words: zh=… en=….")
@click.option("--new", "kind", type=KindName(), metavar="KIND", help="Add the entity that is missing, too.")
@click.option("--label", multiple=True, metavar="LANG=TEXT", help="What the new entity is called: zh=… en=….")
@click.option("--id", "new_id", metavar="ID", help="The id of the new entity; without it, made of its English label.")
@click.option("--file", metavar="FILE", help="The file, as a path below the map's folder; without it, the likeliest.")
@click.option(
    "--sources",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="The folder with the texts: look the anchor up.",
)
@click.option("--dry-run", "--diff", "dry", is_flag=True, help="Write nothing; show what would change.")
def add(
    input: Path | None,
    lang: str | None,
    subject: str,
    predicate: str,
    object: str,
    place: str,
    kind: str | None,
    label: tuple[str, ...],
    new_id: str | None,
    file: str | None,
    sources: Path | None,
    dry: bool,
    **said: Any,
) -> int:
    """Add a citation: SUBJECT PREDICATE OBJECT, argued at a place.

    It is written at the end of the block of its place, in the file that has most of them, as its neighbours are. What
    `check` would find is shown, and nothing is written. A relation that the map has gets a citation more.
    """
    from conceptgraph.adding import file_for, raised, with_citation, with_entity
    from conceptgraph.loader import load
    from conceptgraph.model import Triple
    from conceptgraph.reports import diagnostics
    from conceptgraph.selection import places_named, predicate_named

    session = Session.of(input, lang)
    before = session.sound(sources)
    map = before.map
    places_named(map, [place])
    known = predicate_named(map, predicate)
    if known is None:
        raise UnknownTerm(predicate, nearest(predicate, map.predicates, 5), "predicate")
    path = _known_file(before, file) if file else file_for(map, place, before.texts)
    text = before.texts.get(path, "")
    ends, missing = _ends(map, (subject, object))
    if missing:
        id, record_kind, names = _newcomer(map, missing, kind, label, new_id)
        text = with_entity(text, path, record_kind, id, names)
        ends = [end or id for end in ends]
    elif kind or label or new_id:
        raise click.UsageError("both entities are in the map: there is nothing new to add to it")
    triple = Triple(ends[0] or "", known, ends[1] or "")
    text = with_citation(text, path, place, triple, _said(map, said))
    after = load(before.directory, sources, {path: text})
    if found := raised(before, after):
        click.echo(diagnostics.written(found, after, "full", session.terminal))
        click.echo(f"nothing was written: {diagnostics.counted(found)}", err=True)
        return 1
    return _done(session, before, {path: text}, dry)


@click.command(
    short_help="Give a record another id, wherever it stands.",
    epilog="""\b
Examples:
  conceptgraph rename digital-platforms platforms --dry-run
  conceptgraph rename leads-to brings-about --dry-run
""",
)
@with_map
@click.argument("old", type=Term())
@click.argument("new")
@click.option("--as", "what", type=click.Choice(THINGS), help="What is meant, where two things have the same id.")
@click.option("--dry-run", "--diff", "dry", is_flag=True, help="Write nothing; show what would change.")
def rename(input: Path | None, lang: str | None, old: str, new: str, what: str | None, dry: bool) -> int:
    """Give an entity, predicate, family, kind or question another id: at its record, and wherever it is referred to.

    All files get it, or none, also when this is interrupted. Queries and expectations of questions are changed, too.
    """
    from conceptgraph import reader
    from conceptgraph.edits import rewritten
    from conceptgraph.formatting import formatted
    from conceptgraph.loader import load
    from conceptgraph.renaming import renamed

    session = Session.of(input, lang)
    before = session.sound()
    try:
        edits = renamed(before, old, new, what)
    except UnusableId as error:
        raise click.UsageError(plain(str(error))) from None
    changed = rewritten(before.texts, edits)
    for path, text in changed.items():
        # a file that was in canonical form is again
        if formatted(reader.parse(before.texts[path], path)) == before.texts[path]:
            changed[path] = formatted(reader.parse(text, path))
    if load(before.directory, drafts=changed).errors:
        raise click.ClickException("the map would have errors; nothing was written")
    return _done(session, before, changed, dry)


def mend(session: Session, loaded: Loaded, sources: Path | None, dry: bool) -> bool:
    """Write, or show, the files with all that has one right answer mended; whether there was anything."""
    from conceptgraph.fixing import fixed

    changed = fixed(loaded, sources)
    if changed:
        _done(session, loaded, changed, dry)
    return bool(changed)


def _done(session: Session, before: Loaded, changed: Mapping[str, str], dry: bool) -> int:
    """Write files, and say which lines are new; or show the difference."""
    if dry:
        click.echo(_difference(before.directory, before.texts, changed), nl=False)
        return 0
    _write(session.directory, {path: before.texts[path] for path in changed if path in before.texts}, changed)
    for path, text in changed.items():
        for number, line in _new_lines(before.texts.get(path, ""), text):
            click.echo(plain(f"{before.directory / path}:{number}: {line.strip()}"))
    return 0


def _write(directory: Path, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    from conceptgraph import edits

    try:
        edits.write(directory, old, new)
    except FilesChanged as error:
        raise click.ClickException(f"{plain(str(error))}; nothing was written") from None


def _difference(directory: Path, old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """What changes in some files, as a unified difference."""
    from difflib import unified_diff

    lines: list[str] = []
    for path, text in new.items():
        name = str(directory / path)
        lines += unified_diff(old.get(path, "").splitlines(), text.splitlines(), name, name, lineterm="")
    return "".join(f"{plain(line)}\n" for line in lines)


def _new_lines(old: str, new: str) -> Iterable[tuple[int, str]]:
    from difflib import SequenceMatcher

    lines = new.splitlines()
    matcher = SequenceMatcher(None, old.splitlines(), lines, autojunk=False)
    for tag, _, _, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield from ((number + 1, lines[number]) for number in range(first, last) if lines[number].strip())


def _yaml_files(paths: Iterable[Path]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys([file for _, file in files.found(path)] if path.is_dir() else [path]))
    return list(found)


def _relative(file: Path, directory: Path) -> tuple[Path, str]:
    """A file as a folder and the path below it: that of the map, if it is in there."""
    if file.resolve().is_relative_to(directory.resolve()):
        return directory, file.resolve().relative_to(directory.resolve()).as_posix()
    return file.parent, file.name


def _known_file(loaded: Loaded, file: str) -> str:
    """The path of a file as the map names it, by what was typed: below the map's folder, or from here."""
    folder, path = _relative(Path(file), loaded.directory)
    path = path if folder == loaded.directory else Path(file).as_posix()
    if path not in loaded.texts:
        raise UnknownTerm(file, nearest(file, loaded.texts) or list(loaded.texts), "file of the map")
    return path


def _ends(map: ArgumentMap, terms: tuple[str, str]) -> tuple[list[str | None], dict[str, UnknownTerm]]:
    """The ids of two terms, and what is not in the map."""
    ids: list[str | None] = []
    missing: dict[str, UnknownTerm] = {}
    for term in terms:
        try:
            ids.append(named(map, term).id)
        except UnknownTerm as error:
            ids.append(None)
            missing[term] = error
    return ids, missing


def _newcomer(
    map: ArgumentMap, missing: Mapping[str, UnknownTerm], kind: str | None, label: tuple[str, ...], id: str | None
) -> tuple[str, Kind, dict[str, str]]:
    """The id, kind and label of the entity that is to be added; without --new, it is proposed."""
    from conceptgraph.adding import proposed_id, stub
    from conceptgraph.binder import ID

    term, error = next(iter(missing.items()))
    if len(missing) > 1:
        if kind is not None:
            raise click.UsageError("two entities are missing: add one of them first")
        raise error
    names = _texts(label, "--label")
    language = "en" if term.isascii() else "zh"
    given = id or proposed_id(names, term)
    if not (ID.fullmatch(term) and names):
        names = {language: term.replace("-", " ")} | names
    if kind is None:
        likely = next((each for each in map.kinds.values() if not each.outline), None)
        if likely is None:
            raise error
        likely = map.kinds.get(_commonest(map), likely)
        shown = stub(likely, given or "id-of-it", {"zh": "…", "en": "…"} | names)
        meant = "".join(f"\n  {plain(name)}" for name in error.suggestions)
        meant = f". Did you mean{meant}\n" if meant else ".\n"
        how = "add --new KIND --label zh=… --label en=…, or paste"
        raise click.UsageError(f"{plain(str(error))}{meant}Or is it new? Then {how}:\n{plain(shown)}")
    kinds = {each.plural: each for each in map.kinds.values()} | dict(map.kinds)
    if kind not in kinds:
        raise UnknownTerm(kind, nearest(kind, kinds) or list(map.kinds), "kind")
    if not given:
        raise click.UsageError("the new entity needs an id: --id ID, or --label en=…")
    if given in map.entities or not ID.fullmatch(given):
        why = "is taken" if given in map.entities else "is malformed"
        raise click.UsageError(f"the id {given!r} {why}: name another with --id")
    return given, kinds[kind], names


def _commonest(map: ArgumentMap) -> str:
    from collections import Counter

    kinds = Counter(entity.kind for entity in map.entities.values() if not map.kinds[entity.kind].outline)
    return min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else ""


def _said(map: ArgumentMap, said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a citation as they were typed, without those that say nothing."""
    fields: dict[str, Any] = {}
    for name, value in said.items():
        if name in ("by", "via"):
            value = [_voice(map, term) for term in value]
        elif name == "likely" and value:
            value = _voice(map, value)
        elif name in ("condition", "note"):
            value = _texts(value, f"--{name}")
        elif name == "order" and value is not None:
            value = str(value)
        elif value is True:
            value = "true"
        if value:
            fields[name] = value
    return fields


def _voice(map: ArgumentMap, term: str) -> str:
    entity: Entity | None = None if term == UNATTRIBUTED else named(map, term, text=True)
    return UNATTRIBUTED if entity is None else entity.id


def _texts(pairs: tuple[str, ...], option: str) -> dict[str, str]:
    texts = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(texts.values()):
        raise click.UsageError(f"{option} takes LANG=TEXT: zh=…")
    return texts
