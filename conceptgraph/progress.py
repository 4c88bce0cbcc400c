"""How far a long computation has come, told to whoever watches; nobody does unless asked to."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator
from contextvars import ContextVar
from typing import Final, TypeAlias, TypeVar

T = TypeVar("T")

Observer: TypeAlias = Callable[[str, int, int], object]
"""Called with what is being done, how many parts of it are done, and how many there are: 0 where nobody knows.

Where nothing is being done any more, the first is empty.
"""

_observer: Final[ContextVar[Observer | None]] = ContextVar("observer", default=None)


def step(phase: str, done: int, total: int = 0) -> None:
    """Say that `done` of the `total` parts of a phase are done."""
    observer = _observer.get()
    if observer is not None:
        observer(phase, done, total)


def over() -> None:
    """Say that what was being done is over."""
    step("", 0)


def steps(phase: str, parts: Collection[T]) -> Iterator[T]:
    """The parts one by one, saying before each how many are done, and behind the last that it is over."""
    total = len(parts)
    try:
        for done, part in enumerate(parts):
            step(phase, done, total)
            yield part
    finally:
        over()


@contextlib.contextmanager
def watched(observer: Observer) -> Iterator[None]:
    """Tell an observer what the computations inside the block say. What it raises stops the computation."""
    token = _observer.set(observer)
    try:
        yield
    finally:
        _observer.reset(token)
