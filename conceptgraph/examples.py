"""A bad and a good example of everything that `check` can find, for `explain`."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

FOLDER: Final = files("conceptgraph.rules") / "examples"
"""A folder for each code, and what all examples are read with: `base.yaml`, and the text of its source in `texts`."""


def example(code: str) -> tuple[str, str]:
    """The bad and the good example of a code. A comment with carets below a line of the bad one marks what is found.

    Raises:
        LookupError: there is no example of this code.
    """
    return _text(code, "bad"), _text(code, "good")


def _text(code: str, which: str) -> str:
    # a file that cannot be read is shown in words, not in YAML
    for name in (f"{which}.yaml", f"{which}.txt"):
        file: Traversable = FOLDER / code / name
        if file.is_file():
            return file.read_bytes().decode("utf-8", "replace")
    raise LookupError(f"there is no example of {code!r}")
