"""The server of the live page: to this machine alone, and to no page but its own."""

from __future__ import annotations

import asyncio
import errno
import json
import secrets
import shutil
import socket
import subprocess
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from conceptgraph.serve.editors import Editor, command, folder_address
from conceptgraph.serve.live import Live, State

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ADDRESS: Final = "127.0.0.1"
TRIED: Final = 50
"""How many ports are tried, from the one that is asked for on."""
TOKEN: Final = "x-conceptgraph-token"  # noqa: S105 - the name of the header
LARGEST: Final = 4096
"""How many bytes the name of a place may have."""
ALIVE: Final = 15.0
"""After how many seconds without news the page is told that the server is there."""

HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def listening(port: int) -> socket.socket:
    """A socket that listens on a port of this machine alone: the one asked for, or the next that is free.

    Raises:
        OSError: the port may not be used, or neither it nor those behind it are free.
    """
    for number in range(port, min(port + TRIED, 65536)) if port else (0,):
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
                found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                # without it, a port stays taken for a minute after its server has ended
                found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((ADDRESS, number))
            found.listen()
            return found
        except OSError as error:
            found.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES) or (error.errno == errno.EACCES and number < 1024):
                raise
    raise OSError(errno.EADDRINUSE, f"no port is free from {port} on")


def serve(live: Live, editor: Editor, listener: socket.socket) -> None:
    """Serve the page of a folder, and follow its files, until the process is interrupted or told to end."""
    app = application(live, editor, listener.getsockname()[1])
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        ws="none",
        loop="asyncio",
        http="h11",
        lifespan="on",
        timeout_graceful_shutdown=2,
    )
    _Server(config, live).run([listener])


class _Server(uvicorn.Server):
    """Ends at the first Ctrl-C: to end it is no failure, and pages that wait for news do not hold it up."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self.live = live

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's signature
        self.force_exit = self.should_exit
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.live.end()
        await super().shutdown(sockets)


def application(live: Live, editor: Editor, port: int) -> ASGIApp:
    """The page at `/`, news of the map at `/events`, and `/open`, which opens a place of the map in the editor."""
    token = secrets.token_urlsafe()

    async def page(_: Request) -> Response:
        found = await live.page()
        policy = f"{found.policy}; frame-ancestors 'none'"
        return Response(found.text, media_type="text/html", headers={"content-security-policy": policy})

    async def events(request: Request) -> Response:
        known = request.headers.get("last-event-id") or request.query_params.get("state", "")
        greeting = {"token": token, "link": editor.link, "folder": folder_address(live.directory.resolve())}
        return StreamingResponse(_news(live, known, greeting), media_type="text/event-stream")

    async def open_(request: Request) -> Response:
        if not secrets.compare_digest(request.headers.get(TOKEN, "").encode(), token.encode()):
            return PlainTextResponse("not of this page", 403)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return PlainTextResponse("too long", 413)
        # what comes from outside is only compared with the places that the map has
        span = live.span(body.decode("utf-8", "replace"))
        if span is None or not editor.command:
            return PlainTextResponse("no such place", 404)
        try:
            _start(command(editor, live.directory.resolve(), span))
        except OSError as error:
            live.say(f"{editor.command[0]} cannot be started: {error.strerror}")
            return PlainTextResponse("the editor cannot be started", 500)
        return Response(status_code=204)

    async def failed(_: Request, error: Exception) -> Response:
        live.say(f"a fault of the program: {type(error).__name__}: {error}")
        return PlainTextResponse("a fault of the program", 500)

    @asynccontextmanager
    async def following(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(live.follow())
        task.add_done_callback(lambda done: _report(done, live))
        yield
        task.cancel()
        await asyncio.wait([task])

    app = Starlette(
        routes=[Route("/", page), Route("/events", events), Route("/open", open_, methods=["POST"])],
        exception_handlers={Exception: failed},
        lifespan=following,
    )
    app.router.redirect_slashes = False
    return _Guard(app, {f"{ADDRESS}:{port}", f"localhost:{port}"})


def _report(done: asyncio.Task[None], live: Live) -> None:
    error = None if done.cancelled() else done.exception()
    if error is not None:
        live.say(f"a fault of the program, the page no longer follows: {type(error).__name__}: {error}")


def _start(words: list[str]) -> None:
    """Start a program that lives on when this one ends; what it says is its own matter."""
    process = subprocess.Popen(  # noqa: S603 - the curator's own editor, on a file of the map, and no shell
        # Windows looks for nothing but .exe by itself
        [shutil.which(words[0]) or words[0], *words[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()


async def _news(live: Live, known: str, greeting: dict[str, Any]) -> AsyncIterator[str]:
    """What a page must know to follow the map, one event after the other; `known` is the id of the map it shows.

    `hello`, how its editor is reached; `map`, the map if it is another; `reckoned`, what is found of it later;
    `faults`, what is wrong with the files now.
    """
    yield "retry: 1000\n\n" + _event("hello", json.dumps(greeting))
    told, complete, faults = known, known, ""
    while not live.ended:
        change, state = live.change, live.state
        for event in _due(state, told, complete, faults):
            yield event
        good, reading = state.good, state.reading
        told = good.id if good else told
        complete = told if good and state.reckoned is not None else complete
        faults = reading.faults if reading.summary else faults
        try:
            await asyncio.wait_for(change.wait(), ALIVE)
        except TimeoutError:
            yield ":\n\n"


def _due(state: State, told: str, complete: str, faults: str) -> list[str]:
    """The events that a page has not had."""
    good, reckoned, reading = state
    due = []
    if good and good.id != told:
        due.append(_event("map", f'{{"id":"{good.id}","map":{good.told}}}'))
    if good and good.id != complete and reckoned is not None:
        due.append(f"id: {good.id}\n" + _event("reckoned", f'{{"id":"{good.id}","reckoned":{reckoned}}}'))
    if reading.faults != faults and reading.summary:
        due.append(_event("faults", reading.faults))
    return due


def _event(name: str, data: str) -> str:
    # JSON has no line ends of its own
    return f"event: {name}\ndata: {data}\n\n"


class _Guard:
    """Lets through what this machine's browser asks of this very server, and gives every answer the same headers.

    A page of another site can make the browser ask, by its own name for this address (DNS rebinding) or by ours; the
    browser says so in Host, Origin and Sec-Fetch-Site.
    """

    def __init__(self, app: ASGIApp, hosts: set[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope)
        answer: Callable[[Scope, Receive, Send], Awaitable[None]] = self.app if refused is None else refused
        await answer(scope, receive, sending)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        hosts, origin, site = headers.getlist("host"), headers.get("origin"), headers.get("sec-fetch-site")
        if len(hosts) != 1 or hosts[0] not in self.hosts:
            return PlainTextResponse("this server has another name", 421)
        if origin is not None and origin != f"http://{hosts[0]}":
            return PlainTextResponse("not for other sites", 403)
        if scope["method"] == "POST" and origin is None:
            return PlainTextResponse("not for other sites", 403)
        # a link may lead to the page from anywhere; what the page itself asks for, nobody else may
        if scope["path"] != "/" and site not in (None, "same-origin", "none"):
            return PlainTextResponse("not for other sites", 403)
        return None
