"""The garbage collector, kept out of the way of what makes many records."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def paused(settle: bool = False) -> Iterator[None]:
    """Collect nothing inside the block: the collector would walk the growing map again and again, and free nothing.

    With `settle`, what there is at the end is taken to stay, and not walked later either. This is for a program to say,
    not for a library: it goes for the whole process.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if settle:
            gc.freeze()
        if collecting:
            gc.enable()
