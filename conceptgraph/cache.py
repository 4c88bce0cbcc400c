"""Maps kept between calls, so that a question need not read the YAML again.

A kept map is found by the path of its directory and used only if every byte of its files, and the program that read
them, are what they were. It may be deleted at any time. There is one file a directory, replaced whole.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import sys
from pathlib import Path
from typing import Final

from conceptgraph import __version__, files
from conceptgraph.model import ArgumentMap

_DIGEST: Final = 32


def recall(directory: Path, digest: bytes | None) -> ArgumentMap | None:
    """The map of a directory as it was kept under this fingerprint; None where it was not."""
    if digest is None:
        return None
    file = _file(directory)
    try:
        if hasattr(os, "getuid") and file.stat().st_uid != os.getuid():
            # unpickling runs code: only what this user wrote is trusted
            return None
        kept = file.read_bytes()
    except OSError:
        return None
    content = kept[2 * _DIGEST :]
    if kept[:_DIGEST] != digest or kept[_DIGEST : 2 * _DIGEST] != _hash(content):
        return None
    collecting = gc.isenabled()
    gc.disable()
    try:
        map: ArgumentMap = pickle.loads(content)  # noqa: S301 - written by this user and this program, and checked
    finally:
        if collecting:
            gc.enable()
    return map


def keep(directory: Path, map: ArgumentMap, digest: bytes | None) -> None:
    """Keep a map that was read without errors, if its files are still those of which `digest` was taken before.

    What cannot be written is not kept, without a word: the next call reads the files again.
    """
    if digest is None or digest != fingerprint(directory):
        return
    content = pickle.dumps(map, protocol=5)
    with contextlib.suppress(OSError):
        files.replace(_file(directory), digest + _hash(content) + content)


def fingerprint(directory: Path) -> bytes | None:
    """A digest of every byte of a map's files and of the program; None where a file cannot be read."""
    state = hashlib.blake2b(digest_size=_DIGEST)
    state.update(f"{__version__} {sys.version} {_program()}".encode())
    try:
        for path, file in files.found(directory):
            content = files.read(file)
            state.update(f"\0{path}\0{len(content)}\0".encode())
            state.update(content)
    except OSError:
        return None
    return state.digest()


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST).digest()


def _program() -> list[tuple[str, int, int]]:
    """The names, sizes and times of the package's modules: who edits them must not get answers of the day before."""
    folder = Path(__file__).parent
    modules = [*folder.glob("*.py"), *folder.glob("rules/*.py")]
    return sorted((module.name, module.stat().st_size, module.stat().st_mtime_ns) for module in modules)


def _file(directory: Path) -> Path:
    name = hashlib.blake2b(os.fsencode(directory.resolve()), digest_size=16).hexdigest()
    return folder() / f"{name}.map"


def folder() -> Path:
    """Where the program keeps what it may forget."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "conceptgraph"
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "conceptgraph"
