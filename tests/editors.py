"""An editor's side of the Language Server Protocol, as far as the tests need one."""

import json
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PATIENCE = 120
"""Seconds after which a server that does not answer is ended, and its test fails."""


class Editor:
    """A language server and the files that are open in it. Places are line and column from 1, as in diagnostics."""

    def __init__(self, command: Sequence[str | Path], settings: dict[str, Any] | None = None) -> None:
        self.settings = settings or {}
        self.number = 0
        self.published: dict[str, list[Any]] = {}
        self.server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.end = threading.Timer(PATIENCE, self.server.kill)
        self.end.start()

    def __enter__(self) -> Self:
        client = {
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["plaintext"]}},
                "hover": {"contentFormat": ["markdown"]},
            },
            "workspace": {"configuration": True},
        }
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": client})
        self.tell("initialized", {})
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        try:
            self.ask("shutdown", None)
            self.tell("exit", None)
            self.server.wait(PATIENCE)
        finally:
            self.end.cancel()
            self.server.kill()
            self.server.communicate()

    def open(self, file: Path, text: str | None = None) -> list[Any]:
        """Open a file, with its own text or another, and wait for what is found in it."""
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1}
        self.tell("textDocument/didOpen", {"textDocument": {**document, "text": text or file.read_text("utf-8")}})
        while file.as_uri() not in self.published:
            self.receive()
        return self.published[file.as_uri()]

    def complete(self, file: Path, line: int, column: int) -> dict[str, Any]:
        """What is proposed at a place, by its label."""
        answer = self.ask("textDocument/completion", self.place(file, line, column))
        return {item["label"]: item for item in answer["items"]}

    def hover(self, file: Path, line: int, column: int) -> str:
        """What is shown of the thing at a place."""
        answer = self.ask("textDocument/hover", self.place(file, line, column))
        text: str = answer["contents"]["value"] if answer else ""
        return text

    def place(self, file: Path, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": file.as_uri()}, "position": {"line": line - 1, "character": column - 1}}

    def ask(self, method: str, params: Any) -> Any:
        self.number += 1
        number = self.number
        self.send({"id": number, "method": method, "params": params})
        while True:
            answer = self.receive()
            if answer.get("id") == number and "method" not in answer:
                assert "error" not in answer, answer["error"]
                return answer["result"]

    def tell(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin is not None
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.server.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The next message; what the server asks of the editor is answered at once."""
        assert self.server.stdout is not None
        length = 0
        while header := self.server.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(self.server.stdout.read(length))
        if "method" in message and "id" in message:
            asked = message["method"] == "workspace/configuration"
            sections = [item.get("section") for item in message["params"]["items"]] if asked else []
            result = [self.settings.get(section, {}) for section in sections] if asked else None
            self.send({"id": message["id"], "result": result})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message
