"""Verbs for whoever begins to write: a first map, the schema that an editor reads, the vocabulary."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from conceptgraph import files
from conceptgraph.cli.session import Session, with_map, with_output


@click.command(
    short_help="Lay a small map into a folder, to begin with.",
    epilog="""\b
Examples:
  conceptgraph init my-map
  conceptgraph init data
""",
)
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Lay a small map into a new or empty folder: files whose comments teach the format.

    It is whole: every verb answers from it, `check --strict --questions` passes, and its page opens. Replace it bit by
    bit.
    """
    from conceptgraph.starting import begin

    try:
        written = begin(directory)
    except FileExistsError as error:
        raise click.UsageError(str(error)) from None
    for file in written:
        click.echo(f"wrote {file}", err=True)
    # a folder of this name is the map of whoever stands beside it
    options = "" if directory == Path("data") else f" -i {shlex.quote(str(directory))}"
    click.echo("Now read the comments in its files, change something, and ask:", err=True)
    for verb in ("check --strict --questions", "path 水泵公司 商品", "serve"):
        click.echo(f"  conceptgraph {verb}{options}", err=True)


@click.command(
    short_help="Write the JSON Schema by which editors complete ids.",
    epilog="""\b
Examples:
  conceptgraph schema -o -
  conceptgraph schema --check
""",
)
@with_map
@click.option("-o", "--out", metavar="FILE", help="Where to write, - for stdout; by default beside the map's files.")
@click.option("--check", "compare", is_flag=True, help="Write nothing; fail if the file is not what would be written.")
def schema(input: Path | None, lang: str | None, out: str | None, compare: bool) -> int:
    """Write the JSON Schema of the map's files, with the ids and labels of the map in it.

    An editor with a YAML language server (VS Code, Neovim, Emacs, Helix) then completes ids by their labels, shows what
    is behind an id, and marks what is wrong, in each file that begins with a line such as

    \b
      # yaml-language-server: $schema=map.schema.json
    """
    from conceptgraph.schema import NAME, line, render

    session = Session.of(input, lang)
    text = render(session.map())
    if out == "-":
        click.echo(text, nl=False)
        return 0
    file = Path(out) if out is not None else session.directory / NAME
    if compare:
        fresh = file.is_file() and file.read_bytes() == text.encode()
        mend = "" if fresh else ": run `conceptgraph schema`"
        click.echo(f"{file} is {'up to date' if fresh else 'stale' if file.exists() else 'missing'}{mend}", err=True)
        return int(not fresh)
    if out is None and input is None and session.directory == files.shipped():
        raise click.UsageError("this map comes with the program: say where to write with -o")
    files.replace(file, text)
    click.echo(f"wrote {file}", err=True)
    for each in _unnamed(session.directory):
        click.echo(f"{each} does not name it; let it begin with: {line(each, file)}", err=True)
    return 0


def _unnamed(directory: Path) -> Iterator[Path]:
    """The files of a map that name no schema to editors."""
    for _, file in files.found(directory):
        if b"yaml-language-server:" not in files.read(file):
            yield file


@click.command(
    short_help="List kinds and predicates, and how often each is used.",
    epilog="""\b
Examples:
  conceptgraph vocabulary --lang both
  conceptgraph vocabulary -O tsv
""",
)
@with_map
@with_output
def vocabulary(input: Path | None, lang: str | None, output: str) -> None:
    """List the kinds of entities, and the predicates by family, with how often each is used."""
    from conceptgraph.reports.vocabulary import VocabularyReport

    session = Session.of(input, lang)
    session.show(VocabularyReport(session.map()), output)
