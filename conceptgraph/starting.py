"""A small map to begin with, in files whose comments teach the format."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from conceptgraph import files, schema
from conceptgraph.loader import load

FOLDER: Final = resources.files("conceptgraph") / "template"
"""The files of the small map, and in `texts` the text that it reads."""


def begin(directory: Path) -> list[Path]:
    """Lay the files of a small map, the text that it reads and its schema into a folder, which is made if need be.

    Returns:
        The files that were written.

    Raises:
        FileExistsError: there is something in the folder, or it is a file; nothing was written.
        OSError: a file cannot be written.
    """
    if directory.exists() and not (directory.is_dir() and next(directory.iterdir(), None) is None):
        raise FileExistsError(f"{directory} is not an empty folder")
    written = []
    for path, content in _template(FOLDER):
        files.replace(directory / path, content)
        written.append(directory / path)
    files.replace(directory / schema.NAME, schema.render(load(directory).require()))
    return [*written, directory / schema.NAME]


def _template(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _template(each, f"{path}{each.name}/")
        else:
            yield f"{path}{each.name}", each.read_bytes()
