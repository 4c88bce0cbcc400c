"""The shell on a terminal: lines that are edited, completed and remembered."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.output import Output, create_output

from conceptgraph import __version__
from conceptgraph.cli.shell import STOPPED, Shell
from conceptgraph.reports.terminal import cut, plain

MENU: Final = 8
"""The rows of the terminal that completions may take."""
_META: Final = 60


def converse(shell: Shell, output: Output | None = None) -> int:
    """Prompt for lines and answer them until the shell is left.

    Args:
        shell: what answers.
        output: where to prompt; by default the terminal, also where answers go into a file.

    Raises:
        click.UsageError: there is no map where one was asked for.
    """
    try:
        map = shell.session.map()
        click.echo(f"conceptgraph {__version__}: {len(map.entities)} entities, {len(map.relations)} relations")
    except click.UsageError:
        raise
    except click.ClickException as error:
        # whoever mends the files asks again, and then there is a map
        error.show()
    click.echo("A name, a verb or a question; help lists the verbs, Ctrl-D leaves.")
    prompts = prompting(shell, output or create_output(always_prefer_tty=True))
    while not shell.ended:
        try:
            # lines that are pasted come as one
            for line in prompts.prompt().splitlines():
                if shell.answer(line) == STOPPED or shell.ended:
                    break
        except KeyboardInterrupt:
            continue
        except EOFError:
            break
    return 0


def prompting(shell: Shell, output: Output) -> PromptSession[str]:
    """The prompt of a shell: says which map is asked, and below what is set."""
    return PromptSession(
        lambda: f"{_short(shell.session.directory)}> ",
        completer=_Completer(shell),
        complete_while_typing=True,
        complete_in_thread=True,
        auto_suggest=AutoSuggestFromHistory(),
        history=history(history_file()),
        search_ignore_case=True,
        bottom_toolbar=lambda: _toolbar(shell),
        reserve_space_for_menu=MENU,
        output=output,
    )


def history_file() -> Path:
    """Where the lines that were typed are kept."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return folder / "conceptgraph" / "history"


def history(file: Path) -> History:
    """The lines in a file that only its owner reads; where it cannot be written, those of this process."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        with file.open("ab"):
            return _FileHistory(file)
    except OSError:
        return InMemoryHistory()


class _FileHistory(FileHistory):
    def store_string(self, string: str) -> None:
        # a full disk is no reason to stop asking
        with contextlib.suppress(OSError):
            super().store_string(string)


class _Completer(Completer):
    def __init__(self, shell: Shell) -> None:
        self.shell = shell

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor
        for found in self.shell.completions(typed):
            if found.type == "plain":
                yield Completion(found.text, found.start - len(typed), display_meta=cut(plain(found.help), _META))
            else:
                yield from _paths(found.text, found.type == "dir", complete_event)


def _paths(begun: str, folders: bool, event: CompleteEvent) -> Iterator[Completion]:
    yield from PathCompleter(only_directories=folders, expanduser=True).get_completions(Document(begun), event)


def _short(directory: Path) -> str:
    """The last two parts of a folder's path: maps are often in a folder `data`."""
    return plain("/".join(directory.resolve().parts[-2:]))


def _toolbar(shell: Shell) -> str:
    state = " · ".join(f"{name} {value}" for name, value in shell.state().items())
    kept = shell.session.kept
    return f" {state}" + (
        " · its files have errors, answers are from before" if kept is not None and kept.stale else ""
    )
