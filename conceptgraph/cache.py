"""Maps kept between calls, so that a question need not read the YAML again.

A kept map is found by the path of its directory and used only if every byte of its files, and the program that read
them, are what they were. It may be deleted at any time. There is one file a directory, replaced whole.

Records are kept as plain tuples in Python's own format, which is several times as fast as pickled records, and cannot
name anything to be run.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import marshal
import os
import stat
import sys
import time
from pathlib import Path
from typing import Any, Final, TypeVar

from conceptgraph import __version__, collector, files
from conceptgraph.diagnostics import Origin, Span
from conceptgraph.model import (
    ArgumentMap,
    Citation,
    Entity,
    Family,
    Kind,
    Predicate,
    Question,
    Relation,
    Section,
    Triple,
)

_DIGEST: Final = 32
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

R = TypeVar("R", Kind, Family, Predicate, Section, Entity, Citation, Question)


def recall(directory: Path, digest: bytes | None) -> ArgumentMap | None:
    """The map of a directory as it was kept under this fingerprint; None where it was not."""
    kept = None if digest is None else _read(_file(directory))
    if kept is None:
        return None
    content = memoryview(kept)[2 * _DIGEST :]
    if kept[:_DIGEST] != digest or kept[_DIGEST : 2 * _DIGEST] != _hash(content):
        return None
    with collector.paused():
        return _unpacked(marshal.loads(content))  # noqa: S302 - written by this user and this program, and checked


def keep(directory: Path, map: ArgumentMap, digest: bytes | None) -> None:
    """Keep a map that was read without errors, if its files are still those of which `digest` was taken before.

    What cannot be written is not kept, without a word: the next call reads the files again.
    """
    if digest is None or digest != fingerprint(directory):
        return
    with collector.paused():
        content = marshal.dumps(_packed(map))
    with contextlib.suppress(OSError):
        _write(_file(directory), digest + _hash(content) + content)


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


def folder() -> Path:
    """Where the program keeps what it may forget."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "conceptgraph"
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "conceptgraph"


def _file(directory: Path) -> Path:
    name = hashlib.blake2b(os.fsencode(directory.resolve()), digest_size=16).hexdigest()
    return folder() / f"{name}.map"


def _read(file: Path) -> bytes | None:
    """What is in a file that this user wrote, and nobody else can have changed."""
    try:
        with file.open("rb") as stream:
            status = os.fstat(stream.fileno())
            others = stat.S_IWGRP | stat.S_IWOTH
            if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & others):
                return None
            return stream.read()
    except OSError:
        return None


def _write(file: Path, content: bytes) -> None:
    """Write a file whole, for this user alone.

    It is not waited for until it is on the disk: what a crash of the machine leaves of it does not pass for a map.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.{time.monotonic_ns()}.part")
    try:
        with os.fdopen(os.open(part, _NEW, 0o600), "wb") as stream:
            stream.write(content)
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _hash(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST).digest()


@functools.cache
def _program() -> list[tuple[str, int, int]]:
    """The names, sizes and times of the package's modules: who edits them must not get answers of the day before.

    Once a process: what it keeps was made by the modules that it started with.
    """
    folder = Path(__file__).parent
    modules = [*folder.glob("*.py"), *folder.glob("rules/*.py")]
    return sorted((module.name, module.stat().st_size, module.stat().st_mtime_ns) for module in modules)


def _packed(map: ArgumentMap) -> tuple[list[Any], ...]:
    """The records of a map as plain tuples, each with its own place, but without that of each field."""
    entities = [
        (*entity[:6], [_plain(section) for section in entity.sections.values()], *_plain(entity)[7:])
        for entity in map.entities.values()
    ]
    relations = [
        (triple[:], [_plain(citation) for citation in citations], status)
        for triple, citations, status in map.relations.values()
    ]
    return (
        [_plain(record) for record in map.kinds.values()],
        [_plain(record) for record in map.families.values()],
        [_plain(record) for record in map.predicates.values()],
        entities,
        relations,
        [_plain(record) for record in map.questions.values()],
    )


def _plain(record: R) -> tuple[Any, ...]:
    return *record[:-1], record.origin.span[:]


def _unpacked(packed: tuple[list[Any], ...]) -> ArgumentMap:
    kinds, families, predicates, entities, relations, questions = packed
    texts = [
        (*entity[:6], {section[0]: _placed(Section, section) for section in entity[6]}, *entity[7:])
        for entity in entities
    ]
    made = [
        Relation(Triple._make(triple), tuple([_placed(Citation, citation) for citation in citations]), status)
        for triple, citations, status in relations
    ]
    return ArgumentMap(
        {record[0]: _placed(Kind, record) for record in kinds},
        {record[0]: _placed(Family, record) for record in families},
        {record[0]: _placed(Predicate, record) for record in predicates},
        {record[0]: _placed(Entity, record) for record in texts},
        {relation.triple: relation for relation in made},
        {record[0]: _placed(Question, record) for record in questions},
    )


def _placed(record: type[R], plain: tuple[Any, ...]) -> R:
    return record._make((*plain[:-1], Origin(Span._make(plain[-1]), {})))
