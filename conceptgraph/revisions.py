"""A map's folder as a git revision has it, without a touch to the work tree."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import IO, Final, cast

from conceptgraph import files
from conceptgraph.errors import RevisionError, UnknownTerm
from conceptgraph.suggest import nearest

MAX_BYTES: Final = 256 * 1024 * 1024
"""How much all files of a revision may hold; one file may hold as much as `files.MAX_BYTES`."""
_COMMIT: Final = re.compile(rb"[0-9a-f]{40,64}")
_BLOB: Final = re.compile(rb"[0-9a-f]{40,64} blob ([0-9]{1,18})\n")
_BACK: Final = re.compile(r"(.+?)[~^][~^0-9]*")
# what a hook or a tool of git says of its own repository, which need not be that of the folder
_ELSEWHERE: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_INDEX_FILE")


class Repository:
    """The git repository that a folder lies in. `prefix` is the path of the folder in it, `""` for the whole.

    Whatever names a revision reaches git as a word behind `--end-of-options`, or as the id that git gave for it; git
    is asked for objects only, and runs no filter, hook or pager.

    Raises:
        RevisionError: git is missing, or the folder is in no repository that git is willing to read.
    """

    def __init__(self, folder: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise RevisionError("git is not installed: without it, only folders can be read")
        self.program = program
        self.folder = folder.resolve()
        asked = self._ask("rev-parse", "--show-prefix")
        if asked.returncode:
            said = os.fsdecode(asked.stderr).strip().removeprefix("fatal: ").partition("\n")[0]
            raise RevisionError(f"git has no revisions of {folder}: {said}")
        self.prefix = os.fsdecode(asked.stdout).removesuffix("\n").removesuffix("/")

    def commit(self, name: str) -> str:
        """The id of the commit that a name means: HEAD~3, a branch, a tag, the beginning of an id.

        Raises:
            UnknownTerm: there is none.
            RevisionError: the history does not go back so far.
        """
        found = self._parsed(name)
        if found is not None:
            return found
        back = _BACK.fullmatch(name)
        start = None if back is None else self._parsed(back[1])
        if back is not None and start is not None:
            raise RevisionError(f"there is no {name}: {self._reach(back[1], start)}")
        raise UnknownTerm(name, nearest(name, ["HEAD", *self.names()]), "folder or git revision")

    def base(self, one: str, other: str) -> str:
        """The id of the commit from which two commits, given by id, went their ways.

        Raises:
            RevisionError: their histories have nothing in common, as far as git has them.
        """
        asked = self._ask("merge-base", one, other)
        found = asked.stdout.strip()
        if asked.returncode or not _COMMIT.fullmatch(found):
            raise RevisionError(f"{one[:7]} and {other[:7]} have no commit in common{self._shallow()}")
        return found.decode()

    def names(self) -> list[str]:
        """The names of branches and tags."""
        asked = self._ask("for-each-ref", "--count=5000", "--format=%(refname:short)")
        return os.fsdecode(asked.stdout).splitlines()

    def write(self, commit: str, into: Path) -> None:
        """Write the map's files, as a commit has them, into an empty folder.

        Links are followed within the commit.

        Raises:
            RevisionError: the commit does not have the folder, or a file of it is too large or a link to elsewhere.
        """
        listed = self._ask("ls-tree", "-r", "-z", "--full-tree", f"{commit}:{self.prefix}")
        if listed.returncode:
            raise RevisionError(f"{commit[:7]} has no folder {self.prefix or self.folder}")
        entries = (os.fsdecode(entry).partition("\t") for entry in listed.stdout.split(b"\0") if entry)
        paths = [path for entry, _, path in entries if " blob " in entry and _ours(path)]
        command = [self.program, "cat-file", "--batch", "--follow-symlinks"]
        with subprocess.Popen(  # noqa: S603 - no shell, and nothing of it was typed by anybody
            command,
            cwd=self.folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            asking, answering = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
            left = MAX_BYTES
            for path in paths:
                within = f"{self.prefix}/{path}" if self.prefix else path
                if "\n" in within:
                    raise RevisionError(f"{commit[:7]}:{within!r} cannot be read: its name has a line end")
                asking.write(os.fsencode(f"{commit}:{within}\n"))
                asking.flush()
                content = _content(answering, f"{commit[:7]}:{within}", left)
                if content is not None:
                    left -= len(content)
                    file = into.joinpath(*path.split("/"))
                    file.parent.mkdir(parents=True, exist_ok=True)
                    with file.open("xb") as stream:
                        stream.write(content)

    def _parsed(self, name: str) -> str | None:
        if name.startswith("-") or not _passable(name):
            return None
        asked = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        found = asked.stdout.strip()
        return found.decode() if not asked.returncode and _COMMIT.fullmatch(found) else None

    def _reach(self, name: str, start: str) -> str:
        """How far the history behind a commit goes."""
        counted = self._ask("rev-list", "--count", "--first-parent", start).stdout.strip()
        count = int(counted) - 1 if counted.isdigit() else 0
        return f"{name} has {count or 'no'} commit{'s' * (count != 1)} before it{self._shallow()}"

    def _shallow(self) -> str:
        shallow = self._ask("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        return ", as far as this shallow clone goes: `git fetch --unshallow` gets the rest" if shallow else ""

    def _ask(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603 - no shell; what was typed stands where git takes no options
            [self.program, *arguments],
            cwd=self.folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )


def completed(part: Path, other: Path, whole: Path, into: Path) -> None:
    """Write a map into an empty folder, of which `part` has some files, and the folder `whole` the rest.

    What only the `other` part has is no file of this map.

    Raises:
        OSError: a file cannot be read.
    """
    own = dict(files.found(part))
    elsewhere = {path for path, _ in files.found(other)}
    rest = {path: file for path, file in files.found(whole) if path not in elsewhere}
    for path, file in {**rest, **own}.items():
        target = into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files.read(file))


def _passable(name: str) -> bool:
    """Whether a name can be passed to a program at all."""
    with contextlib.suppress(UnicodeEncodeError):
        return bool(name) and b"\0" not in os.fsencode(name)
    return False


def _ours(path: str) -> bool:
    """Whether a path in a commit is that of a file of the map, and leads nowhere else on any system."""
    *folders, name = path.split("/")
    inside = not any(part == "" or part.startswith(".") for part in folders)
    foreign = os.name == "nt" and any(mark in path for mark in "\\:")
    return inside and files.belongs(name) and not foreign


def _content(stream: IO[bytes], name: str, left: int) -> bytes | None:
    """The next object that `git cat-file --batch` gives; None for a link to a folder.

    Raises:
        RevisionError: it is too large, or a link to nowhere or elsewhere.
    """
    header = stream.readline()
    found = _BLOB.fullmatch(header)
    if found is None:
        kind = header.split()[1:2]
        if kind == [b"tree"]:
            stream.read(int(header.split()[2]) + 1)
            return None
        why = "git does not have it" if kind == [b"missing"] else "it is a link that leads to no file of the revision"
        raise RevisionError(f"{name} cannot be read: {why}")
    size = int(found[1])
    if size > files.MAX_BYTES:
        raise RevisionError(f"{name} is larger than {files.MAX_BYTES // 2**20} MiB")
    if size > left:
        raise RevisionError(f"the files up to {name} are larger than {MAX_BYTES // 2**20} MiB together")
    content = stream.read(size + 1)[:-1]
    if len(content) != size:
        raise RevisionError(f"{name} cannot be read: git gave up")
    return content


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return {**kept, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
