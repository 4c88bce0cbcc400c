"""The program that serves a map, as a person starts it, for as long as a test needs it."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

PATIENCE = 120
"""Seconds after which a server is ended in any case."""


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    text: str


class Served:
    """`conceptgraph serve` in a process of its own, on a port that is free."""

    def __init__(self, folder: Path, *options: str, port: int = 0, **environment: str) -> None:
        editors = {"VISUAL", "EDITOR", "DISPLAY", "WAYLAND_DISPLAY"}
        clean = {name: value for name, value in os.environ.items() if name not in editors}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "conceptgraph", "serve", "-i", folder, "--port", str(port), "--no-open", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**clean, **environment},
        )
        self.end = threading.Timer(PATIENCE, self.process.kill)
        self.end.start()

    def __enter__(self) -> Self:
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        self.port = int(self.url.split(":")[2].split("/")[0])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """The exit code, and what was said on stderr and not read before."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        _, said = self.process.communicate()
        self.end.cancel()
        return self.process.returncode, said

    def asked(self, path: str = "/", method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        """What the server answers; `_` in the name of a header stands for `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        streams = answer.headers.get("content-type", "").startswith("text/event-stream")
        text = "" if streams else answer.read().decode()
        found = Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, text)
        answer.close()
        connection.close()
        return found

    def heard(self, until: str, state: str = "", **headers: str) -> dict[str, str]:
        """The data of the first events by their names, up to one of this name."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"/events?state={state}", headers=headers)
        stream = connection.getresponse()
        events: dict[str, str] = {}
        name = ""
        with closing(connection), stream:
            while until not in events:
                line = stream.readline().decode()
                assert line, f"the server ended before {until!r}: {events.keys()}"
                field, _, value = line.rstrip("\n").partition(": ")
                if field == "event":
                    name = value
                elif field == "data":
                    events[name] = value
        return events
