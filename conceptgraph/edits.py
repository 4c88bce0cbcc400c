"""Changes to the files of a map: stretches of text replaced, and all files written or none."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from conceptgraph import files
from conceptgraph.diagnostics import Span
from conceptgraph.errors import FilesChanged
from conceptgraph.reader import line_starts

_LIST: Final = "files.json"
_BOM: Final = b"\xef\xbb\xbf"


class Edit(NamedTuple):
    """A stretch of a file, and the text that is to stand there instead. An empty stretch is a place to insert at."""

    span: Span
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text of a file with all edits made. Spans count in the text as it was.

    Raises:
        ValueError: two edits overlap.
    """
    starts = line_starts(text)
    pieces = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit.span[1:]):
        _, line, column, end_line, end_column = edit.span
        first, last = starts[line - 1] + column - 1, starts[end_line - 1] + end_column - 1
        if first < position:
            raise ValueError(f"two edits overlap at {edit.span}")
        pieces += [text[position:first], edit.text]
        position = last
    return "".join([*pieces, text[position:]])


def rewritten(texts: Mapping[str, str], edits: Iterable[Edit]) -> dict[str, str]:
    """The new text of each file that the edits change, by its path; `texts` has the old ones."""
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(edit.span.path, []).append(edit)
    new = {path: applied(texts[path], mine) for path, mine in sorted(by_file.items())}
    return {path: text for path, text in new.items() if text != texts[path]}


def write(directory: Path, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Give files below a map's folder new texts: all of them, or none, whatever interrupts.

    The new texts are first laid down in a journal; once that is complete, the files are replaced one by one. Whoever
    comes after an interruption finishes the change by `recover`, or drops what had not yet begun.

    Args:
        directory: the map's folder.
        old: the text that each file is believed to have; a file that is not in it must not exist.
        new: the new texts by path, relative to the folder.

    Raises:
        FilesChanged: a file has another text than it is believed to have; nothing was written.
        OSError: a file cannot be read or written.
    """
    with _alone(directory):
        _recover(directory)
        content = {}
        for path, text in new.items():
            before = _content(directory / path)
            if (None if before is None else before.removeprefix(_BOM).decode("utf-8", "replace")) != old.get(path):
                raise FilesChanged([path])
            content[path] = (_BOM if before is not None and before.startswith(_BOM) else b"") + text.encode()
        journal = directory / files.JOURNAL
        journal.mkdir()
        for number, data in enumerate(content.values()):
            files.replace(journal / str(number), data)
        # from here on the change is made, by us or by whoever comes after
        files.replace(journal / _LIST, json.dumps(list(content)))
        _recover(directory)


def recover(directory: Path) -> None:
    """Finish a change of files that was interrupted; without one, this looks at one name and does nothing.

    Raises:
        OSError: a file cannot be read or written.
    """
    if (directory / files.JOURNAL).is_dir():
        with _alone(directory):
            _recover(directory)


def _recover(directory: Path) -> None:
    journal = directory / files.JOURNAL
    if not journal.is_dir():
        return
    if (journal / _LIST).is_file():
        for number, path in enumerate(json.loads((journal / _LIST).read_text("utf-8"))):
            # one that is gone has been moved to its place before the interruption
            with contextlib.suppress(FileNotFoundError):
                files.replace(directory / path, (journal / str(number)).read_bytes())
        (journal / _LIST).unlink()
    shutil.rmtree(journal)


def _content(file: Path) -> bytes | None:
    try:
        return files.read(file)
    except FileNotFoundError:
        return None


@contextlib.contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Keep other processes from changing the files of a map at the same time, where the system can."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
