"""The verb that answers line after line: one process in which the map stays in memory."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO

import click
from click.shell_completion import CompletionItem, ShellComplete, split_arg_string

from conceptgraph.cli.completing import QuestionName, Term
from conceptgraph.cli.group import DEBUG_VARIABLE, Verbs, cli, fault
from conceptgraph.cli.session import LANGUAGES, Session, with_map
from conceptgraph.errors import ConceptGraphError
from conceptgraph.reports import OUTPUTS
from conceptgraph.reports.terminal import plain

if TYPE_CHECKING:
    from conceptgraph.model import ArgumentMap

PROGRAM: Final = "conceptgraph"
STOPPED: Final = 130
# what Chinese input methods type for the marks that part words; each takes one place, as the mark does
_HALF_WIDTH: Final = str.maketrans({"“": '"', "”": '"', "＂": '"', "\u3000": " "})
_WORD: Final = re.compile(r"""(?:"(?:\\.|[^"\\])*"?|'[^']*'?|\\.?|[^\s"'\\])+""", re.DOTALL)
_QUOTED: Final = re.compile(r"""[\s"'\\]""")


@dataclass(frozen=True)
class Kept:
    """A map in memory, and the fingerprint of its files; `stale` where they have errors, and the map is older."""

    digest: bytes | None
    map: ArgumentMap
    stale: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """Every id, label and alias, folded."""
        from conceptgraph.terms import fold

        return frozenset(fold(name) for entity in self.map.entities.values() for name in (entity.id, *entity.names))


class Found(NamedTuple):
    """What a line may be completed with: `text` stands for all that was typed from `start` on.

    `type` is plain; or file or dir, where what was typed begins a path.
    """

    text: str
    start: int
    help: str
    type: str


class Warm(Session):
    """The session of a verb that is asked in the shell: a map that was read once is read again only if it changed."""

    def __init__(self, shell: Shell, input: Path | None, language: str | None) -> None:
        super().__init__(input, language)
        self.shell = shell

    def within(self, input: Path | None, language: str | None) -> Session:
        return Warm(self.shell, input, language)

    @property
    def kept(self) -> Kept | None:
        """The map as it is in memory."""
        return self.shell.kept.get(self.directory.resolve())

    @property
    def names(self) -> frozenset[str]:
        """The names of the map; none, where it cannot be read."""
        with contextlib.suppress(click.ClickException, ConceptGraphError, OSError):
            self.glimpse()
        return frozenset() if self.kept is None else self.kept.names

    def map(self) -> ArgumentMap:
        """The map as it is in its files; while these have errors, as it was before, and that is said."""
        from conceptgraph import cache

        digest, kept = cache.fingerprint(self.directory), self.kept
        if kept is None:
            kept = Kept(digest, super().map())
        elif digest is None or digest != kept.digest:
            click.echo("the map's files have changed: they are read again", err=True)
            try:
                kept = Kept(digest, super().map())
            except click.ClickException as error:
                click.echo(f"Error: {error.format_message()}", err=True)
                kept = replace(kept, digest=digest, stale=True)
        if kept.stale:
            click.echo("this is answered from the map as it was before its files had errors", err=True)
        self.shell.kept[self.directory.resolve()] = kept
        return kept.map

    def glimpse(self) -> ArgumentMap:
        from conceptgraph import cache

        kept = self.kept
        if kept is None:
            digest = cache.fingerprint(self.directory)
            kept = self.shell.kept[self.directory.resolve()] = Kept(digest, super().glimpse())
        return kept.map


class Shell:
    """Lines, answered one after the other; what `lang`, `output` and `input` set stays from line to line."""

    def __init__(self, input: Path | None, language: str | None) -> None:
        self.settings: dict[str, Any] = {"input": input, "lang": language, "output": None}
        self.kept: dict[Path, Kept] = {}
        self.ended = False
        self.group = Verbs(
            name="",
            help="Type a verb with its options, as on the command line but without the program's name. A line that "
            "begins with no verb is a question if it ends with ? or has the words of a named one, a name to show if an "
            "entity has it, else something to search for.",
            context_settings=cli.context_settings,
        )
        for purpose, names in cli.purposes.items():
            self.group.add(purpose, *(cli.commands[name] for name in names if name != shell.name))
        self.group.add("Of the shell", *_WORDS)
        # known, though not offered: whoever types it is told where they are
        self.group.add_command(shell)

    @property
    def session(self) -> Warm:
        """A session with what has been set, on the terminal as it is now."""
        return Warm(self, self.settings["input"], self.settings["lang"])

    def answer(self, line: str) -> int:
        """Answer a line, and give the exit code; an error of whatever kind becomes a message on stderr."""
        heard = _Heard(sys.stderr)
        try:
            with contextlib.redirect_stderr(heard):
                code = self._answer(line)
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            usage = "" if context is None else f"\n{context.get_usage()}"
            click.echo(f"Error: {error.format_message()}{usage}", err=True)
            return error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("stopped", err=True)
            return STOPPED
        except BrokenPipeError:
            raise
        except OSError as error:
            click.echo(f"Error: {plain(str(error))}", err=True)
            return 1
        except Exception as error:
            if os.environ.get(DEBUG_VARIABLE):
                raise
            click.echo(fault(error), err=True)
            return 1
        if code and not heard.anything:
            click.echo(f"exit code {code}", err=True)
        return code

    def _answer(self, line: str) -> int:
        line = _bare(line)
        if not line or line.startswith("#"):
            return 0
        if line.split()[0] not in self.group.commands and not line.startswith("-"):
            return self._answer_freely(line)
        words = split(line)
        try:
            return self._run(words)
        except click.UsageError as error:
            joined = _joined(words, self.session.names)
            if joined == words:
                raise
            try:
                code = self._run(joined)
            except click.UsageError:
                raise error from None
            self._say(joined)
            return code

    def _answer_freely(self, line: str) -> int:
        """Answer a line without a verb: as a question, as the name of an entity, or as a search."""
        from conceptgraph.suggest import nearest
        from conceptgraph.terms import fold

        try:
            words = split(line)
        except click.UsageError:
            # in a text without a verb, an apostrophe is one
            words = line.split()
        options = next((at for at, word in enumerate(words) if at and re.match("--?[A-Za-z]", word)), len(words))
        text = " ".join(words[:options])
        session = self.session
        if _asks(session.map(), text):
            verb = "ask"
        elif fold(text) in session.names:
            verb = "show"
        else:
            verb = "search"
        asked = [verb, text, *words[options:]]
        self._say(asked)
        code = self._run(asked)
        if code and (meant := nearest(words[0], self.group.commands)):
            click.echo(f"no verb is called {plain(words[0])!r}. Did you mean {' or '.join(meant)}?", err=True)
        return code

    def _run(self, words: list[str]) -> int:
        code = self.group.main(words, prog_name="", standalone_mode=False, **self._context())
        return code if isinstance(code, int) else 0

    def _context(self) -> dict[str, Any]:
        """What every verb is run with: the session, and as defaults what has been set."""
        chosen = {name: value for name, value in self.settings.items() if value is not None}
        defaults = {
            name: {each.name: chosen[each.name] for each in verb.params if each.name in chosen}
            for name, verb in cli.commands.items()
        }
        return {"obj": self.session, "default_map": defaults}

    def _say(self, words: list[str]) -> None:
        click.echo(self.session.terminal.paint(f"read as: {' '.join(map(_quoted, words))}", "dim"), err=True)

    def state(self) -> dict[str, str]:
        """What is set, in words."""
        session = self.session
        return {
            "input": plain(str(session.directory)),
            "lang": session.terminal.language,
            "output": self.settings["output"] or OUTPUTS[0],
        }

    def completions(self, text: str) -> Iterator[Found]:
        """What a line that is typed thus far may go on with."""
        from conceptgraph.terms import fold

        typed = text.translate(_HALF_WIDTH)
        pieces = [(_value(match.group()), match.start()) for match in _WORD.finditer(typed)]
        if not pieces or _WORD.fullmatch(typed, pieces[-1][1]) is None:
            pieces.append(("", len(typed)))
        if pieces[0][0] == PROGRAM and len(pieces) > 1:
            del pieces[0]
        words = [word for word, _ in pieces]
        names, offered = self.session.names, set[str]()
        # a name of several words without quotes is completed as a whole
        for count in range(min(len(words), 4), 0, -1):
            before, incomplete, start = words[:-count], " ".join(words[-count:]), pieces[-count][1]
            if count > 1 and not any(name.startswith(fold(incomplete)) for name in names):
                continue
            for item in self._items(before, incomplete):
                if item.value in offered:
                    continue
                offered.add(item.value)
                yield Found(_quoted(item.value), start, item.help or "", item.type)

    def _items(self, before: list[str], incomplete: str) -> Iterator[CompletionItem]:
        if before and before[0] not in self.group.commands:
            return
        yield from ShellComplete(self.group, self._context(), "", "").get_completions(list(before), incomplete)
        if not before and incomplete.strip("-"):
            context = click.Context(self.group, **self._context())
            for names in (Term(), QuestionName()):
                yield from names.shell_complete(context, click.Argument(["term"]), incomplete)


def split(line: str) -> list[str]:
    """The words of a line, parted and quoted as in a POSIX shell; “ ” quote, too.

    Raises:
        click.UsageError: a quotation mark is not closed, or nothing stands behind the last backslash.
    """
    lexer = shlex.shlex(line.translate(_HALF_WIDTH), posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    if sys.platform == "win32":
        lexer.escape = ""  # it parts the folders of a path
    try:
        return [str(Path(word).expanduser()) if word.startswith("~") else word for word in lexer]
    except ValueError as error:
        what = "nothing stands behind the last \\" if "escaped" in str(error) else "a quotation mark is not closed"
        raise click.UsageError(f'{what}; a text with \' in it is quoted as "…"') from None


def _bare(line: str) -> str:
    """A line without what it carries along when it was copied: the program's name, and a prompt before it."""
    line = line.strip("\ufeff \t\r\n\u3000").removeprefix("$ ").lstrip()
    first, *rest = line.split(maxsplit=1)[:2] or [""]
    return "".join(rest) if first == PROGRAM else line


def _value(piece: str) -> str:
    """What a word means that is quoted in whole or in part, and may not be finished."""
    return "".join(split_arg_string(piece))


def _quoted(word: str) -> str:
    """A word as it is to be typed."""
    return shlex.quote(word) if not word or _QUOTED.search(word) else word


def _joined(words: list[str], names: frozenset[str]) -> list[str]:
    """The words of a line, those that together are a name as one."""
    from conceptgraph.terms import fold

    longest = max((name.count(" ") for name in names), default=0) + 1
    joined, at = words[:1], 1
    while at < len(words):
        end = at + 1
        for until in range(min(at + longest, len(words)), at + 1, -1):
            if not any(word.startswith("-") for word in words[at:until]) and fold(" ".join(words[at:until])) in names:
                end = until
                break
        joined.append(" ".join(words[at:end]))
        at = end
    return joined


def _asks(map: ArgumentMap, text: str) -> bool:
    """Whether a text is a question that a named one answers."""
    from conceptgraph.questions import likely

    words = text.rstrip("?？")
    asked = {
        name.rstrip("?？") for question in map.questions.values() for name in (question.id, *question.ask.values())
    }
    return words in asked or (words != text and bool(likely(map, text)))


class _Heard:
    """A stream that remembers whether anything was written to it."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.anything = False

    def write(self, text: str) -> int:
        self.anything = True
        return self.stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class _VerbName(click.ParamType[str]):
    """A verb of the shell."""

    name = "verb"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        verbs = ctx.find_root().command
        return [item for item in verbs.shell_complete(ctx.find_root(), incomplete) if not item.value.startswith("-")]


@click.command(name="help", short_help="List the verbs, or explain one.")
@click.argument("verb", required=False, type=_VerbName())
@click.pass_context
def _help(context: click.Context, verb: str | None) -> None:
    """List the verbs, or explain one."""
    root = context.find_root()
    group: Verbs = context.obj.shell.group
    if verb is None:
        formatter = root.make_formatter()
        group.format_help_text(root, formatter)
        group.format_commands(root, formatter)
        click.echo(formatter.getvalue().strip("\n"))
        return
    _, command, _ = group.resolve_command(root, [verb])
    if command is not None:
        click.echo(command.get_help(click.Context(command, info_name=verb, parent=root)))


def _setting(name: str, values: click.ParamType[Any], help: str) -> click.Command:
    """A verb that sets an option for the lines to come, or says what is set."""

    @click.pass_obj
    def keep(session: Warm, value: Any) -> None:
        shell = session.shell
        if value is None:
            click.echo(shell.state()[name])
            return
        before = shell.settings[name]
        shell.settings[name] = value
        try:
            shell.session.map()
        except click.UsageError:
            # there is no map: the one before stays
            shell.settings[name] = before
            raise

    argument = click.Argument(["value"], type=values, required=False)
    return click.Command(name, params=[argument], callback=keep, help=help)


@click.pass_obj
def _end(session: Warm) -> None:
    session.shell.ended = True


_WORDS: Final = (
    _help,
    _setting("lang", click.Choice(LANGUAGES), "Set the language of answers; alone, say which it is."),
    _setting("output", click.Choice(OUTPUTS), "Set the form of answers; alone, say which it is."),
    _setting("input", click.Path(path_type=Path), "Set the folder with the map; alone, say which it is."),
    click.Command("quit", callback=_end, help="Leave the shell; so does Ctrl-D."),
    click.Command("exit", callback=_end, help="Leave the shell."),
)


@click.command(
    short_help="Ask line after line: history, completion, one warm map.",
    epilog="""\b
Examples:
  echo 异化 | conceptgraph shell --lang zh
  printf 'output tsv\\nsearch fwzld\\n' | conceptgraph shell
""",
)
@with_map
def shell(input: Path | None, lang: str | None) -> int:
    """Ask line after line, in one process that keeps the map in memory.

    Every verb answers as on the command line, and lines that are copied from there may begin with the program's name. A
    line that begins with no verb is a question if it ends with ? or has the words of a named one, a name to show if an
    entity has it, else something to search for. Names of several words need no quotes where only one reading makes
    sense. `lang`, `output` and `input` set what stays until it is set anew; `help` lists everything.

    On a terminal, verbs, options and names are completed as they are typed, names also from their pinyin or initials;
    Ctrl-R searches the history, → takes what is suggested from it, Ctrl-C clears the line or stops an answer, Ctrl-D
    leaves. Otherwise the lines of stdin are answered, # begins a comment, and the exit code is 1 if any line failed.

    Files of the map that change are read again. While they have errors, these are shown, and answers come from the map
    as it was before.
    """
    if click.get_current_context().find_object(Session) is not None:
        raise click.UsageError("this is the shell already: type a verb, or help")
    asked = Shell(input, lang)
    if sys.stdin.isatty():
        from conceptgraph.cli.prompt import converse

        return converse(asked)
    return _answer_all(asked, sys.stdin)


def _answer_all(shell: Shell, lines: TextIO) -> int:
    """Answer lines that nobody types; 1 if any failed."""
    if isinstance(lines, io.TextIOWrapper):
        lines.reconfigure(errors="replace")
    failed = False
    for number, line in enumerate(lines, 1):
        code = shell.answer(line)
        if code == STOPPED:
            return STOPPED
        if code:
            failed = True
            click.echo(f"line {number} failed: {plain(line.strip())}", err=True)
        # whoever feeds the lines may wait for each answer
        sys.stdout.flush()
        if shell.ended:
            break
    return int(failed)
