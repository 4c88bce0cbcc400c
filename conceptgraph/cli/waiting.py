"""What a terminal shows while a long computation runs: one line on stderr, gone before the answer comes."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TextIO

from conceptgraph import progress

if TYPE_CHECKING:
    from threading import Thread

DELAY: Final = 0.5
"""How many seconds something must take for the line to appear: what is short should not flicker."""
_EVERY: Final = 0.1
_ERASE: Final = "\r\x1b[K"


@contextlib.contextmanager
def shown() -> Iterator[None]:
    """Show on stderr, if that is a terminal, how far the computations inside the block are."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    line = Line(sys.stderr, DELAY)
    try:
        with progress.watched(line):
            yield
    finally:
        line.close()


class Line:
    """Draws what it was told last, again and again, in a thread: computations speak seldom, or very often."""

    def __init__(self, stream: TextIO, delay: float) -> None:
        # what is short pays for no thread
        from threading import Event, Lock

        self.stream = stream
        self.delay = delay
        self.told: tuple[str, int, int] | None = None
        self.since = self.until = 0.0
        self.drawn = False
        self.lock = Lock()
        self.closed = Event()
        self.thread: Thread | None = None

    def __call__(self, phase: str, done: int, total: int) -> None:
        if not phase:
            self._erase()
            return
        # one thing right behind another is one long wait
        if self.told is None and time.monotonic() - self.until > _EVERY:
            self.since = time.monotonic()
        self.told = phase, done, total
        if self.thread is None:
            from threading import Thread

            self.thread = Thread(target=self._draw_on, daemon=True)
            self.thread.start()

    def close(self) -> None:
        """Leave the terminal as it was found."""
        self.closed.set()
        if self.thread is not None:
            self.thread.join()
        self._erase()

    def _draw_on(self) -> None:
        while not self.closed.wait(_EVERY):
            with self.lock:
                if self.told is not None and time.monotonic() - self.since >= self.delay:
                    self._write(_ERASE + said(*self.told)[: shutil.get_terminal_size().columns - 1])
                    self.drawn = True

    def _erase(self) -> None:
        with self.lock:
            self.told, self.until = None, time.monotonic()
            if self.drawn:
                self._write(_ERASE)
                self.drawn = False

    def _write(self, text: str) -> None:
        # a terminal that is gone is no reason to stop
        with contextlib.suppress(OSError, ValueError):
            self.stream.write(text)
            self.stream.flush()


def said(phase: str, done: int, total: int) -> str:
    """How far something is, in words: `reading files: 3 of 23`."""
    return f"{phase}: {done:,} of {total:,}" if total else f"{phase}: {done:,}" if done else f"{phase} …"
