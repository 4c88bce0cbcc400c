"""A map's folder as it is now: read again after every save, and told to whoever waits."""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from conceptgraph import collector, files
from conceptgraph.diagnostics import Diagnostic, Severity, Span
from conceptgraph.exporters import Answer, html
from conceptgraph.loader import Loaded, load
from conceptgraph.model import ArgumentMap
from conceptgraph.passages import SourceText, source_texts
from conceptgraph.reader import lines_of
from conceptgraph.reports.diagnostics import counted
from conceptgraph.reports.terminal import plain

T = TypeVar("T")

STEP: Final = 60
"""How many milliseconds a save must be over before the map is read: editors write in bursts, or by several renames."""
LOOK: Final = 1000
"""After how many milliseconds the files are looked at although nothing was heard.

Nobody is told of what lies behind a link, on some network drives, or in a folder that took the place of another.
"""
LISTED: Final = 100
"""Up to how many diagnostics are shown."""
BEFORE: Final = 60
AROUND: Final = 160
"""How much of a long line is shown before a span, and of all else."""


class Good(NamedTuple):
    """A map without errors: `id` differs whenever its page would, `told` is what the page must know to follow it."""

    id: str
    map: ArgumentMap
    texts: Mapping[str, SourceText]
    told: str


class Reading(NamedTuple):
    """What a folder held when it was read: the map if it had no errors, and what was wrong, as the page is told it.

    `places` has the spans of the faults by their places as text, `files` the texts of the sources that were looked for.
    """

    good: Good | None
    faults: str
    places: Mapping[str, Span]
    files: Sequence[Path]
    summary: str


class State(NamedTuple):
    """The last map without errors, if there was one; what is slow to find of it, once found; and the last reading."""

    good: Good | None
    reckoned: str | None
    reading: Reading


NOTHING: Final = ArgumentMap({}, {}, {}, {}, {}, {})


class Live:
    """The state of a folder, kept up to date by `follow`; all of it runs in one event loop but for what is slow.

    Args:
        directory: the folder with the map's files.
        sources: the folder with the texts, if passages are to be shown and anchors looked up.
        answers: answers the named questions of a map.
        say: is told in one line what was read.
    """

    def __init__(
        self,
        directory: Path,
        sources: Path | None,
        answers: Callable[[ArgumentMap], Mapping[str, Answer]],
        say: Callable[[str], object],
    ) -> None:
        self.directory = directory
        self.sources = sources
        self.answers = answers
        self.say = say
        self.state = State(None, None, Reading(None, _json(_faults(None, [])), {}, (), ""))
        self.change = asyncio.Event()
        """Set as soon as the state is another; there is a new one then."""
        self.ended = False
        self._page: tuple[str, html.Page] | None = None
        self._rendering = asyncio.Lock()

    async def follow(self) -> None:
        """Read the map, and read it again whenever its files have changed, for ever."""
        before: object = None
        reckoning: asyncio.Task[None] | None = None
        async for _ in _glances([self.directory, *([self.sources] if self.sources else [])]):
            texts = self.state.reading.files
            now = await aside(partial(_signature, self.directory, texts))
            if now == before:
                continue
            new = await self._read()
            # what texts there are is only known now: those that were not looked at may have changed meanwhile
            before = now if self.state.reading.files == texts else None
            if new and (reckoning is None or reckoning.done()):
                reckoning = asyncio.create_task(self._reckon())

    async def page(self) -> html.Page:
        """The page of the last map without errors, as `export html` writes it; without any, a page of nothing."""
        while not self.state.reading.summary and not self.ended:
            await self.change.wait()
        async with self._rendering:
            good = self.state.good
            id = "" if good is None else good.id
            if self._page is None or self._page[0] != id:
                self._page = id, await aside(partial(self._rendered, good))
            return self._page[1]

    def end(self) -> None:
        """Tell whoever waits that nothing will change any more."""
        self.ended = True
        self._tell()

    def span(self, place: str) -> Span | None:
        """The span that begins at a place, `file:line:column`, at which a record of the map or a fault stands."""
        found = self.state.reading.places.get(place)
        if found is None and self.state.good is not None:
            map = self.state.good.map
            origins = (
                *(entity.origin for entity in map.entities.values()),
                *(citation.origin for _, citation in map.citations()),
            )
            found = next((origin.span for origin in origins if str(origin.span) == place), None)
        return found

    async def _read(self) -> bool:
        """Read the files; whether there is another map without errors."""
        reading = await aside(partial(read, self.directory, self.sources))
        good, last = reading.good, self.state.good
        new = good is not None and (last is None or good.id != last.id)
        known = (reading.summary, reading.faults) == (self.state.reading.summary, self.state.reading.faults)
        self.state = State(good, None, reading) if new else self.state._replace(reading=reading)
        if new or not known:
            self._tell()
            self.say(reading.summary)
        return new

    async def _reckon(self) -> None:
        """Find what is slow, of one map after the other until there is no newer one."""
        while (good := self.state.good) is not None and self.state.reckoned is None:
            reckoned = await aside(partial(_reckoned, good, self.answers))
            if self.state.good is good:
                self.state = self.state._replace(reckoned=reckoned)
                self._tell()

    def _rendered(self, good: Good | None) -> html.Page:
        with collector.paused():
            if good is None:
                return html.page(NOTHING, live="")
            return html.page(good.map, texts=good.texts, answers=self.answers(good.map), live=good.id)

    def _tell(self) -> None:
        self.change.set()
        self.change = asyncio.Event()


async def aside(work: Callable[[], T]) -> T:
    """The result of some work in a thread that nobody waits for when the program ends."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(act: Callable[..., None], outcome: Any) -> None:
        if not future.done():
            act(outcome)

    def run() -> None:
        try:
            act, outcome = future.set_result, work()
        except BaseException as error:  # noqa: BLE001 - raised where the result is awaited
            act, outcome = future.set_exception, error  # type: ignore[assignment]
        # the loop may be closed by now
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, act, outcome)

    threading.Thread(target=run, daemon=True).start()
    return await future


def read(directory: Path, sources: Path | None) -> Reading:
    """What a folder holds; that it cannot be read is a fault, too."""
    with collector.paused():
        try:
            loaded = load(directory, sources)
            if not loaded.texts:
                raise FileNotFoundError(f"no YAML file in {directory}")
            texts = source_texts(loaded.map.sources.values(), sources) if sources else {}
        except (OSError, UnicodeDecodeError) as error:
            summary = plain(str(error))
            return Reading(None, _json(_faults(summary, [])), {}, (), summary)
        # errors first: a long list is cut
        grave = [found for found in loaded.diagnostics if found.severity > Severity.NOTE]
        grave.sort(key=lambda found: (-found.severity, found.order))
        listed = grave[:LISTED]
        spans = [span for found in listed for span in (found.span, *(note.span for note in found.notes)) if span]
        map = loaded.map
        return Reading(
            None if loaded.errors else _good(loaded, texts),
            _json(_faults(None, grave, [_fault(found, loaded) for found in listed])),
            {str(span): span for span in spans},
            [sources / source.file for source in map.sources.values() if source.file] if sources else (),
            f"{len(map.entities)} entities, {len(map.relations)} relations: {counted(grave) or 'nothing to report'}",
        )


def _faults(summary: str | None, found: Sequence[Diagnostic], listed: Sequence[object] = ()) -> dict[str, Any]:
    """What the page is told of what is wrong: `summary`, if the folder could not be read; how much, and what of it."""
    errors = sum(each.severity is Severity.ERROR for each in found)
    return {
        "summary": summary,
        "errors": errors,
        "warnings": len(found) - errors,
        "listed": listed,
        "more": len(found) - len(listed),
    }


def _good(loaded: Loaded, texts: Mapping[str, SourceText]) -> Good:
    told = _json(html.update(loaded.map, texts))
    return Good(hashlib.blake2b(told.encode(), digest_size=16).hexdigest(), loaded.map, texts, told)


def _reckoned(good: Good, answers: Callable[[ArgumentMap], Mapping[str, Answer]]) -> str:
    with collector.paused():
        return _json(html.reckoned(good.map, answers(good.map)))


def _fault(found: Diagnostic, loaded: Loaded) -> dict[str, Any]:
    return {
        "severity": str(found.severity),
        "code": found.code,
        "message": plain(found.message),
        "help": None if found.help is None else plain(found.help),
        **_placed(found.span, loaded.texts),
        "notes": [
            {"message": plain(note.message), **(_placed(note.span, loaded.texts) if note.span else {})}
            for note in found.notes
        ],
    }


def _placed(span: Span, texts: Mapping[str, str]) -> dict[str, Any]:
    """The place of a span, and the line that it begins on in three parts: before, within and behind it."""
    lines: Sequence[str] = lines_of(texts.get(span.path, ""))
    line = lines[span.line - 1] if 0 < span.line <= len(lines) else ""
    start = span.column - 1
    end = max(span.end_column - 1 if span.end_line == span.line else len(line), start + 1)
    before, within, behind = line[:start], line[start:end], line[end:]
    if len(before) > BEFORE:
        before = "…" + before[-BEFORE:]
    if len(within) > AROUND:
        within, behind = within[:AROUND] + "…", ""
    if len(behind) > AROUND:
        behind = behind[:AROUND] + "…"
    return {"place": str(span), "line": span.line, "excerpt": [plain(part) for part in (before, within, behind)]}


async def _glances(folders: Sequence[Path]) -> AsyncIterator[None]:
    """Whenever something in the folders may have changed; now and then in any case, and first of all at once."""
    from watchfiles import awatch

    while True:
        yield
        watched = [_identity(folder) for folder in folders]
        try:
            changes = awatch(
                *folders, watch_filter=None, step=STEP, debounce=10 * STEP, rust_timeout=LOOK, yield_on_timeout=True
            )
            async with aclosing(changes):
                async for _ in changes:
                    yield
                    if [_identity(folder) for folder in folders] != watched:
                        break
        except OSError:
            # a folder is not there, or the system watches no more of them
            await asyncio.sleep(LOOK / 1000)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _signature(directory: Path, texts: Iterable[Path]) -> object:
    """What differs whenever a file of the map, or a text, has changed; no file is read."""
    seen = [*(file for _, file in files.found(directory)), *texts]
    return _identity(directory), [(str(file), _stamp(file)) for file in seen]


def _stamp(file: Path) -> tuple[int, ...] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
