"""Serving: who is answered, what is opened, how it starts and ends. What its reader sees is in test_page_live.py."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from maps import written
from pages import KINDS, SMALL
from serving import Served

from conceptgraph.diagnostics import Span
from conceptgraph.exporters import html
from conceptgraph.serve.editors import WINDOWED, Editor, command, editor
from conceptgraph.serve.live import read
from conceptgraph.serve.server import listening


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("map") / ".", SMALL, kinds=KINDS)


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with Served(folder) as server:
        yield server


# --- who is answered


def test_the_page_asks_for_nothing_but_its_own_server(served: Served) -> None:
    page = served.asked()
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "; connect-src 'self'; frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cross-origin-opener-policy"] == "same-origin"
    assert page.headers["cross-origin-resource-policy"] == "same-origin"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "server" not in page.headers
    assert "access-control-allow-origin" not in page.headers


def test_the_page_is_that_of_the_export_and_holds_no_path_of_this_machine(served: Served, folder: Path) -> None:
    def data(text: str) -> str:
        [found] = re.findall(r'<script type="application/json" id="data"[^>]*>(.*?)</script>', text, re.DOTALL)
        return found

    text = served.asked().text
    good = read(folder, None).good
    assert good is not None
    assert data(text) == data(html.render(good.map))
    assert str(folder) not in text


def test_the_exported_page_is_as_strict_as_ever() -> None:
    from pages import small

    text = html.render(small())
    assert "connect-src" not in text
    assert "EventSource" not in text
    assert "data-state" not in text


@pytest.mark.parametrize("path", ["/", "/events", "/open", "/nothing"])
@pytest.mark.parametrize("host", ["example.com", "127.0.0.1", "127.0.0.1:1", "localhost", "", "[::1]:{port}"])
def test_another_host_is_not_answered(served: Served, path: str, host: str) -> None:
    answer = served.asked(path, Host=host.format(port=served.port))
    assert answer.status in (400, 421)
    assert "<script" not in answer.text


def test_localhost_is_this_machine_too(served: Served) -> None:
    assert served.asked(Host=f"localhost:{served.port}").status == 200


@pytest.mark.parametrize("path", ["/", "/events", "/open"])
@pytest.mark.parametrize("origin", ["http://example.com", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1"])
def test_another_origin_is_not_answered(served: Served, path: str, origin: str) -> None:
    assert served.asked(path, Origin=origin.format(port=served.port)).status == 403


def test_a_page_of_another_site_hears_no_news(served: Served) -> None:
    assert served.asked("/events", Sec_Fetch_Site="cross-site").status == 403
    assert served.asked("/events", Sec_Fetch_Site="same-site").status == 403
    assert served.asked("/events", Sec_Fetch_Site="same-origin").status == 200
    assert served.asked("/", Sec_Fetch_Site="cross-site").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/map.yaml",
        "/data",
        "/index.html",
        "//",
        "/../map.yaml",
        "/%2e%2e/map.yaml",
        "/..%2f..%2fetc/passwd",
        "/events/",
    ],
)
def test_there_is_no_path_but_its_own(served: Served, path: str) -> None:
    answer = served.asked(path)
    assert answer.status == 404
    assert "concepts" not in answer.text
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize(("path", "method"), [("/", "POST"), ("/", "PUT"), ("/events", "DELETE"), ("/open", "GET")])
def test_each_path_knows_its_method(served: Served, path: str, method: str) -> None:
    assert served.asked(path, method, Origin=served.url.rstrip("/")).status == 405


def test_what_is_no_request_is_refused_without_a_word(folder: Path) -> None:
    with Served(folder) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(b"\x16\x03\x01 nonsense\r\n\r\n")
            assert b"400" in connection.recv(1000)
        assert server.asked().status == 200
        _, said = server.stop()
    assert "Traceback" not in said
    assert "Invalid" not in said


def test_it_listens_on_the_loopback_only() -> None:
    with listening(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert listener.family == socket.AF_INET


# --- starting and ending


def test_a_port_that_is_taken_gives_way_to_the_next(folder: Path) -> None:
    with listening(0) as taken:
        port = taken.getsockname()[1]
        with Served(folder, port=port) as server:
            assert server.port > port
            assert server.asked().status == 200
            _, said = server.stop()
    assert f"port {port} is taken: {server.port} is used" in said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_though_pages_wait_for_news(folder: Path, how: signal.Signals) -> None:
    with Served(folder) as server, socket.create_connection(("127.0.0.1", server.port)) as waiting:
        waiting.sendall(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        assert waiting.recv(100).startswith(b"HTTP/1.1 200")
        server.heard("faults")
        code, said = server.stop(how)
        waiting.settimeout(10)
        while waiting.recv(100_000):
            pass
    assert code == 0
    assert "Traceback" not in said
    assert "relations: nothing to report" in said


def test_it_ends_at_once_when_interrupted_while_it_reads(folder: Path) -> None:
    with Served(folder) as server:
        code, said = server.stop(signal.SIGINT)
    assert code == 0
    assert "Traceback" not in said


def test_the_language_that_is_asked_for_is_in_the_address(folder: Path) -> None:
    with Served(folder, "--lang", "zh") as server:
        assert server.url.endswith("/#lang=zh")


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    server = Served(tmp_path / "nowhere")
    code, said = server.stop(signal.SIGCONT)
    assert code == 2
    assert "no such folder" in said


def test_an_editor_without_a_window_is_wrong_usage(folder: Path) -> None:
    server = Served(folder, "--editor", "nano")
    code, said = server.stop(signal.SIGCONT)
    assert code == 2
    assert "'nano'" in said


# --- news


def events_state(served: Served) -> str:
    [state] = re.findall(r'data-state="(\w+)"', served.asked().text)
    return state


def test_a_page_that_is_up_to_date_is_sent_no_map(served: Served) -> None:
    assert served.heard("faults", events_state(served)).keys() == {"hello", "faults"}


def test_a_page_that_lost_the_server_and_finds_it_again_is_told_what_it_missed(served: Served) -> None:
    state = events_state(served)
    assert "map" in served.heard("faults", "older")
    # the browser says what it had last, whatever the address says
    assert "map" not in served.heard("faults", "older", **{"Last-Event-ID": state})


def heard_entities(server: Served) -> list[str]:
    packed = json.loads(server.heard("map")["map"])["map"]["entities"]
    return [row[packed["names"].index("id")] for row in packed["rows"]]


def eventually(check: Callable[[], bool]) -> None:
    """Wait until something is true; that it stays false is what the time limit of the server finds out."""
    until = time.monotonic() + 60
    while not check():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.05)


MORE = """\
concepts: {newcomer: {label: {zh: 新人, en: newcomer}}}
relations: [{in: early, triples: [[newcomer, mirrors, toil]]}]
"""


def in_place(file: Path) -> None:
    file.write_text(MORE, "utf-8")


def by_rename(file: Path) -> None:
    part = file.with_name(f".{file.name}.part")
    part.write_text(MORE, "utf-8")
    part.replace(file)


def in_a_burst(file: Path) -> None:
    for length in range(0, len(MORE), 7):
        file.write_text(MORE[:length], "utf-8")
    file.with_name("4913").touch()
    file.with_name("4913").unlink()
    by_rename(file)


def in_a_new_folder(file: Path) -> None:
    folder = file.parent / "more" / "and-more"
    folder.mkdir(parents=True)
    in_place(folder / file.name)


def with_the_folder_replaced(file: Path) -> None:
    copy = file.parent.with_name("copy")
    shutil.copytree(file.parent, copy)
    in_place(copy / file.name)
    file.parent.rename(file.parent.with_name("old"))
    copy.rename(file.parent)


def behind_a_link(file: Path) -> None:
    outside = file.parent.with_name("outside.yaml")
    outside.write_text("concepts: {}\n", "utf-8")
    file.symlink_to(outside)
    in_place(outside)


@pytest.mark.parametrize(
    "save", [in_place, by_rename, in_a_burst, in_a_new_folder, with_the_folder_replaced, behind_a_link]
)
def test_a_save_is_noticed_however_the_editor_does_it(tmp_path: Path, save: Callable[[Path], None]) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    written(folder, SMALL, kinds=KINDS)
    with Served(folder) as server:
        assert "newcomer" not in heard_entities(server)
        save(folder / "more.yaml")
        eventually(lambda: "newcomer" in heard_entities(server))
        # and what comes after it
        (folder / "last.yaml").write_text("concepts: {last: {label: {zh: 末, en: last}}}\n", "utf-8")
        eventually(lambda: "last" in heard_entities(server))


def test_a_file_that_is_deleted_takes_what_it_held_with_it(tmp_path: Path) -> None:
    written(tmp_path, SMALL, kinds=KINDS, more=MORE)
    with Served(tmp_path) as server:
        assert "newcomer" in heard_entities(server)
        (tmp_path / "more.yaml").unlink()
        eventually(lambda: "newcomer" not in heard_entities(server))


def test_faults_are_told_with_their_places_beside_the_last_good_map(tmp_path: Path) -> None:
    written(tmp_path, SMALL, kinds=KINDS)
    with Served(tmp_path) as server:
        before = heard_entities(server)
        (tmp_path / "more.yaml").write_text("relations: [{in: early, triples: [[toil, mirrors, tiol]]}]\n", "utf-8")
        eventually(lambda: json.loads(server.heard("faults")["faults"])["errors"] == 1)
        assert heard_entities(server) == before
        [fault] = json.loads(server.heard("faults")["faults"])["listed"]
        shutil.rmtree(tmp_path)
        eventually(lambda: "no such folder" in (json.loads(server.heard("faults")["faults"])["summary"] or ""))
    assert fault["code"] == "unknown-reference"
    assert fault["place"] == "more.yaml:1:51"
    assert fault["excerpt"] == ["relations: [{in: early, triples: [[toil, mirrors, ", "tiol", "]]}]"]
    assert "toil" in fault["help"]


def test_texts_are_read_again_too(tmp_path: Path) -> None:
    folder, texts = tmp_path / "map", tmp_path / "texts"
    folder.mkdir()
    texts.mkdir()
    text = SMALL.replace("  early:\n", "  early:\n    file: early.txt\n").replace("en: Introduction", "opens: 引言")
    written(folder, text.replace(", {at: 自由}", ""), kinds=KINDS)
    (texts / "early.txt").write_text("引言\n\n机器带来闲暇，人人知道。\n\n", "utf-8")
    with Served(folder, "--sources", str(texts)) as server:
        eventually(lambda: "人人知道" in server.heard("faults").get("map", ""))
        (texts / "early.txt").write_text("引言\n\n机器带来闲暇，谁不知道。\n\n", "utf-8")
        eventually(lambda: "谁不知道" in server.heard("faults").get("map", ""))


def test_long_lines_and_lists_are_cut(tmp_path: Path) -> None:
    written(tmp_path, SMALL, kinds=KINDS)
    triples = ", ".join(["[toil, mirrors, tiol]"] * 300)
    (tmp_path / "more.yaml").write_text(f"relations: [{{in: early, triples: [{triples}]}}]\n", "utf-8")
    faults = json.loads(read(tmp_path, None).faults)
    assert len(faults["listed"]) == 100
    assert faults["more"] == faults["errors"] + faults["warnings"] - 100
    assert max(len(part) for fault in faults["listed"] for part in fault["excerpt"]) <= 161


# --- the editor


@pytest.fixture
def opening(folder: Path, tmp_path: Path) -> Iterator[tuple[Served, Path]]:
    """A server whose editor writes down what it is asked to open, and where."""
    notes = tmp_path / "opened"
    script = tmp_path / "editor.py"
    script.write_text("import sys; open(sys.argv[1], 'a').write('|'.join(sys.argv[2:]) + '\\n')", "utf-8")
    with Served(folder, "--editor", f"{sys.executable} {script} {notes} {{line}} {{column}} {{file}}") as server:
        yield server, notes


def test_opens_the_place_of_a_record_in_the_editor(opening: tuple[Served, Path], folder: Path) -> None:
    server, notes = opening
    token = json.loads(server.heard("faults")["hello"])["token"]
    good = read(folder, None).good
    assert good is not None
    span = good.map.entities["machine"].origin.span
    own = {"Origin": server.url.rstrip("/"), "X-Conceptgraph-Token": token}
    assert server.asked("/open", "POST", str(span), **own).status == 204
    eventually(lambda: notes.is_file() and notes.read_text("utf-8").endswith("\n"))
    assert notes.read_text("utf-8") == f"{span.line}|{span.column}|{(folder / 'map.yaml').resolve()}\n"
    for place in ("map.yaml:1:1", "../map.yaml:3:3", "/etc/passwd:1:1", "", "$(touch x):1:1", "map.yaml"):
        assert server.asked("/open", "POST", place, **own).status == 404
    assert server.asked("/open", "POST", "x" * 100_000, **own).status == 413
    wrong = [
        {**own, "X-Conceptgraph-Token": "guess"},
        {"Origin": own["Origin"]},
        {"X-Conceptgraph-Token": token},
        {**own, "Origin": "http://example.com"},
        {**own, "Sec-Fetch-Site": "cross-site"},
    ]
    for headers in wrong:
        assert server.asked("/open", "POST", str(span), **headers).status == 403
    assert notes.read_text("utf-8").count("\n") == 1


def test_an_editor_that_cannot_be_started_is_said(folder: Path) -> None:
    with Served(folder, "--editor", "no-such-editor {file}") as server:
        token = json.loads(server.heard("faults")["hello"])["token"]
        good = read(folder, None).good
        assert good is not None
        place = str(good.map.entities["machine"].origin.span)
        own = {"Origin": server.url.rstrip("/"), "X-Conceptgraph-Token": token}
        assert server.asked("/open", "POST", place, **own).status == 500
        _, said = server.stop()
    assert "no-such-editor cannot be started" in said


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("code --wait", ["code", "--wait", "--goto", "/m a p/{line}.yaml:7:3"]),
        ("subl", ["subl", "/m a p/{line}.yaml:7:3"]),
        ("/usr/bin/gvim", ["/usr/bin/gvim", "+call cursor(7,3)", "/m a p/{line}.yaml"]),
        ("emacsclient -n", ["emacsclient", "-n", "+7:3", "/m a p/{line}.yaml"]),
        (r'"C:\Program Files\Code\code.exe"', [r"C:\Program Files\Code\code.exe", "--goto", "/m a p/{line}.yaml:7:3"]),
        ("mine -l {line} '{file}'", ["mine", "-l", "7", "/m a p/{line}.yaml"]),
    ],
)
def test_every_editor_is_told_the_line_in_its_own_way(named: str, words: list[str]) -> None:
    span = Span("{line}.yaml", 7, 3, 7, 9)
    assert command(editor(named, {}), Path("/m a p"), span) == words


def test_the_editor_of_the_environment_is_used_if_it_has_a_window() -> None:
    link = Editor(link="vscode://file{file}:{line}:{column}")
    assert editor(None, {}) == link
    assert editor(None, {"VISUAL": "vim", "EDITOR": "nano -w"}) == link
    assert editor(None, {"VISUAL": "vim", "EDITOR": "subl -w"}).command[:2] == ("subl", "-w")
    assert editor("vscode", {"EDITOR": "subl"}) == link
    assert editor("idea://open?file={file}&line={line}", {}).link == "idea://open?file={file}&line={line}"


@pytest.mark.parametrize("named", ["vim", "", "idea://open", "'", "rm -rf"])
def test_an_editor_that_nobody_knows_is_refused(named: str) -> None:
    with pytest.raises(ValueError, match=r"editor|link|window"):
        editor(named, {})


def test_every_known_editor_is_told_the_file_and_the_line() -> None:
    for words in WINDOWED.values():
        assert "{file}" in " ".join(words)
        assert "{line}" in " ".join(words)
