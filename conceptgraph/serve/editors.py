"""Which editor opens a place of the map's files, and how it is told the line."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from conceptgraph.diagnostics import Span

PLACE: Final = "{file}:{line}:{column}"
LINK: Final = "vscode://file" + PLACE
"""Where no other editor is named: a link that the browser hands to Visual Studio Code."""

_FORK: Final = ("--goto", PLACE)
_PLUS: Final = ("+{line}:{column}", "{file}")
_VIM: Final = ("+call cursor({line},{column})", "{file}")
_JETBRAINS: Final = ("--line", "{line}", "--column", "{column}", "{file}")
WINDOWED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "code": _FORK,
        "code-insiders": _FORK,
        "codium": _FORK,
        "cursor": _FORK,
        "windsurf": _FORK,
        "subl": (PLACE,),
        "zed": (PLACE,),
        "gvim": _VIM,
        "mvim": _VIM,
        "emacsclient": _PLUS,
        "gedit": _PLUS,
        "gnome-text-editor": _PLUS,
        "kate": ("--line", "{line}", "--column", "{column}", "{file}"),
        "mate": ("--line", "{line}:{column}", "{file}"),
        "idea": _JETBRAINS,
        "pycharm": _JETBRAINS,
        "notepad++": ("-n{line}", "-c{column}", "{file}"),
    }
)
"""The arguments that open a place, by the name of the program: editors that have a window of their own."""


class Editor(NamedTuple):
    """A link that the browser follows, or a command that the server runs; {file}, {line}, {column} stand in either."""

    link: str | None = None
    command: tuple[str, ...] = ()


def editor(named: str | None, environment: Mapping[str, str]) -> Editor:
    """The editor that is meant.

    Args:
        named: a link with `{file}`, a command with or without it, or `vscode`; None for `$VISUAL`, then `$EDITOR`, if
            it has a window, else a link to Visual Studio Code.
        environment: the variables of the environment.

    Raises:
        ValueError: nobody knows how the named command opens a line.
    """
    if named is not None:
        return _named(named)
    for variable in ("VISUAL", "EDITOR"):
        try:
            return _named(environment[variable])
        except (KeyError, ValueError):
            # an editor of the terminal has no window to open
            continue
    return Editor(link=LINK)


def _named(text: str) -> Editor:
    if text == "vscode":
        return Editor(link=LINK)
    if re.match(r"[a-z][a-z0-9+.-]*://", text):
        if "{file}" not in text:
            raise ValueError(f"the link {text!r} has no {{file}} in it")
        return Editor(link=text)
    # a path of Windows is full of what elsewhere is an escape
    try:
        words = [word.strip("\"'") for word in shlex.split(text, posix=False)]
    except ValueError:
        raise ValueError(f"a quotation mark is not closed in the editor {text!r}") from None
    if not words:
        raise ValueError("no editor is named")
    if "{file}" in text:
        return Editor(command=tuple(words))
    program = re.split(r"[/\\]", words[0])[-1].lower().removesuffix(".exe").removesuffix(".cmd")
    if program not in WINDOWED:
        known = ", ".join(sorted(WINDOWED))
        raise ValueError(
            f"how {program!r} opens a line in a window is not known: name vscode, one of {known}, or a command with "
            "{file}, {line} and {column} in it"
        )
    return Editor(command=(*words, *WINDOWED[program]))


def command(editor: Editor, directory: Path, span: Span) -> list[str]:
    """The words of the command that opens a span of a map's folder; no shell reads them."""
    values = {"{file}": str(directory / span.path), "{line}": str(span.line), "{column}": str(span.column)}
    # in one go: what a file is called must not be filled in itself
    return [re.sub(r"\{(?:file|line|column)\}", lambda found: values[found.group()], word) for word in editor.command]


def folder_address(directory: Path) -> str:
    """The map's folder as the beginning of a path in a link."""
    return directory.as_uri().removeprefix("file://").rstrip("/") + "/"
