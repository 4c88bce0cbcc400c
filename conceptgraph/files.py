"""Files: found in a fixed order, read within bounds, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 16 * 1024 * 1024
VOCABULARY: Final = "vocabulary.yaml"
"""The file by which a folder is known to hold a map."""
JOURNAL: Final = ".conceptgraph-change"
"""The folder in the map's own in which a change lies until every file has it. Hidden, so it is no part of the map."""
_SUFFIXES: Final = (".yaml", ".yml")


def found(directory: Path) -> Iterator[tuple[str, Path]]:
    """The YAML files below a directory, each with its path relative to it, in the order of these paths.

    Links to folders are not followed, so a loop of links ends; hidden files and folders are passed over.
    """
    files = {}
    for folder, folders, names in os.walk(directory):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if belongs(name):
                file = Path(folder, name)
                files[file.relative_to(directory).as_posix()] = file
    return iter(sorted(files.items()))


def belongs(name: str) -> bool:
    """Whether a file of this name is one of a map's: YAML, and not hidden."""
    return name.lower().endswith(_SUFFIXES) and not name.startswith(".")


def shipped() -> Path:
    """The curated map that comes with the program: inside the installed package, or beside it in a checkout."""
    installed = Path(__file__).parent / "data"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "data"


def read(file: Path) -> bytes:
    """What is in a file.

    Raises:
        OSError: it cannot be read, is not a regular file (reading a pipe would wait for ever), or is larger than
            `MAX_BYTES`.
    """
    status = file.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError("not a regular file")
    if status.st_size > MAX_BYTES:
        raise OSError(f"larger than {MAX_BYTES // 2**20} MiB")
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def replace(path: Path, content: str | bytes) -> None:
    """Write text, as UTF-8, or bytes to a temporary neighbour of a file, flush it, and rename it over the file.

    A crash leaves the old file whole. Folders that are missing are made; a link is followed, not replaced; the file's
    permissions stay, those of a new one are the usual ones.
    """
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o7777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
