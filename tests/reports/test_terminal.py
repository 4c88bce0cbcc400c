"""Hyperlinks on a terminal: when there are any, where they lead, and that they take no room and let nothing through."""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from maps import map_of, written
from test_cli import MAP, run

from conceptgraph.model import Triple
from conceptgraph.reports.links import to_entity, to_file, to_path, to_relation, to_section
from conceptgraph.reports.prose import Prose
from conceptgraph.reports.terminal import Link, Terminal, shows_hyperlinks, width

LINK = re.compile("\x1b]8;;([^\x1b]+)\x1b\\\\([^\x1b]*)\x1b]8;;\x1b\\\\")
PAGE = "file:///page.html"
LINKING = Terminal(columns=20, hyperlinks=True, page=PAGE)


def unlinked(text: str) -> str:
    return LINK.sub(lambda match: match.group(2), text)


@pytest.mark.parametrize(
    ("environment", "shows"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"WT_SESSION": "d2b5"}, True),
        ({"KITTY_WINDOW_ID": "1"}, True),
        ({"VTE_VERSION": "6003"}, True),
        ({"VTE_VERSION": "5000"}, False),
        ({"VTE_VERSION": "new"}, False),
        ({"VTE_VERSION": "6003", "TMUX": "socket"}, False),
        ({"TERM": "xterm-kitty", "SSH_CONNECTION": "::1 1 ::1 2"}, False),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
        ({"TMUX": "socket", "FORCE_HYPERLINK": "1"}, True),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": ""}, True),
    ],
)
def test_hyperlinks_are_for_terminals_that_are_known_to_show_them(environment: dict[str, str], shows: bool) -> None:
    assert shows_hyperlinks(environment) is shows


def test_addresses_are_those_that_the_page_reads(tmp_path: Path) -> None:
    assert to_entity("capital") == "#node=capital"
    assert to_relation(Triple("a", "leads-to", "b")) == "#relation=a~leads-to~b"
    assert to_section("essay", "3.1") == "#section=essay/3.1"
    assert to_section("essay", None) == "#node=essay"
    assert to_path("a", "b") == "#path=a..b"
    assert to_section("essay", "\x1b]8;;#&%\n") == "#section=essay/%1B%5D8%3B%3B%23%26%25%0A"
    assert to_file(tmp_path / "甲 乙\x1b.yaml").endswith("/%E7%94%B2%20%E4%B9%99%1B.yaml")


def test_a_link_that_is_broken_into_lines_is_closed_on_each() -> None:
    text = LINKING.wrapped(["→ ", Link("alienation of labour", "#node=a"), "  · essay"], 2, 4)
    assert [unlinked(line) for line in text.split("\n")] == ["  → alienation of", "    labour  · essay"]
    assert LINK.findall(text) == [(f"{PAGE}#node=a", "alienation of"), (f"{PAGE}#node=a", "labour")]


def test_without_a_page_only_links_that_need_none_are_left() -> None:
    line = [Link("a", "#node=a"), " ", Link("b", "file:///b")]
    assert LINK.findall(Terminal(hyperlinks=True).linked(line)) == [("file:///b", "b")]
    assert Terminal(page=PAGE).linked(line) == "a b"


PARTS = st.lists(st.tuples(st.text(), st.booleans()), max_size=8)


@given(parts=PARTS, indent=st.integers(0, 8))
def test_links_change_neither_words_nor_width(parts: list[tuple[str, bool]], indent: int) -> None:
    line = [Link(text, "#node=a") if linked else text for text, linked in parts]
    shown, bare = (terminal.wrapped(line, indent) for terminal in (LINKING, Terminal(columns=20)))
    assert unlinked(shown) == bare
    assert width(shown) == width(bare)
    assert "\x1b" not in unlinked(shown)


def test_cells_of_a_table_stand_below_each_other_though_some_are_links() -> None:
    rows = [(Link("甲", "#node=a"), "1", Link("an entity with a long name", "#node=b")), ("long", "10", "c")]
    table = LINKING.table(["id", "n", "name"], rows, frozenset((1,)))
    assert unlinked(table).split("\n") == ["id     n  name", "甲     1  an entity…", "long  10  c"]
    assert LINK.findall(table) == [(f"{PAGE}#node=a", "甲"), (f"{PAGE}#node=b", "an entity…")]


def test_a_relation_links_its_names_its_predicate_and_the_sections() -> None:
    map = map_of(
        """
        sources: {essay: {label: {en: essay}, sections: {"1": {en: One}}}}
        concepts: {a: {label: {en: dog}}, b: {label: {en: animal}}}
        relations: [{in: essay/1, triples: [[a, kind-of, b, {by: unattributed}]]}]
        """
    )
    relation = map.relations[Triple("a", "kind-of", "b")]
    prose = Prose(map, Terminal(language="zh", hyperlinks=True, page=""))
    assert LINK.findall("\n".join(prose.relation(relation, "a", 0))) == [
        ("#node=a", "dog"),
        ("#relation=a~kind-of~b", "是"),
        ("#node=b", "animal"),
        ("#relation=a~kind-of~b", "的一种"),
        ("#section=essay/1", "essay §1 One"),
    ]
    assert prose.name("unattributed") == "未署名的引文"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", MAP)
    (tmp_path / "graphs").mkdir()
    (tmp_path / "graphs" / "argument-map.html").touch()
    return tmp_path


def on_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """What a command prints on a terminal of 80 columns, of which nothing more is known."""
    pytest.importorskip("termios", reason="this system has no pseudo-terminals")
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    known = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "conceptgraph", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env={**known, "LANG": "C.UTF-8", "TERM": "xterm-256color", **environment},
    )
    os.close(theirs)
    printed = b""
    with os.fdopen(ours, "rb", buffering=0) as stream:
        try:
            while chunk := stream.read(65536):
                printed += chunk
        except OSError:
            # how Linux says that the other end is closed
            pass
    process.wait()
    return printed.decode().replace("\r\n", "\n")


def test_show_and_path_end_with_the_link_to_the_page_where_names_are_none(folder: Path) -> None:
    page = to_file(folder / "graphs" / "argument-map.html")
    for question, part in (
        (("show", "受众商品"), "#node=audience-commodity"),
        (("show", "negri", "argues", "immaterial-labour"), "#relation=negri~argues~immaterial-labour"),
        (("path", "negri", "alienation"), "#path=negri..alienation"),
    ):
        shown = on_terminal(folder, *question)
        assert shown.endswith(f"\n\x1b[2m{page}{part}\x1b[0m\n")
        assert "\x1b]8" not in shown
        assert on_terminal(folder, *question, NO_COLOR="1").endswith(f"\n{page}{part}\n")
        assert page not in run(folder, *question).stdout
    assert page not in on_terminal(folder, "neighbors", "negri")


def test_where_the_terminal_can_names_are_links_and_nothing_else_changes(folder: Path) -> None:
    page = to_file(folder / "graphs" / "argument-map.html")
    shown = on_terminal(folder, "path", "negri", "alienation", FORCE_HYPERLINK="1")
    assert (f"{page}#node=negri", "Antonio Negri") in LINK.findall(shown)
    assert (f"{page}#path=negri..alienation", "1.") in LINK.findall(shown)
    plainly = re.sub("\x1b\\[[0-9;]*m", "", unlinked(shown))
    assert plainly == run(folder, "path", "negri", "alienation").stdout
    assert "\x1b]8" not in on_terminal(folder, "path", "negri", "alienation", FORCE_HYPERLINK="1", NO_COLOR="1")
    assert "\x1b]8" not in run(folder, "path", "negri", "alienation", FORCE_HYPERLINK="1").stdout


def test_there_is_no_link_to_a_page_that_is_missing_or_that_of_another_map(folder: Path) -> None:
    elsewhere = folder / "else" / "where"
    elsewhere.mkdir(parents=True)
    written(elsewhere, MAP)
    assert "file:" not in on_terminal(folder, "show", "negri", "-i", "else/where")
    assert "file:" in on_terminal(folder, "show", "negri", "-i", "data")
    (folder / "graphs" / "argument-map.html").unlink()
    assert "file:" not in on_terminal(folder, "show", "negri")
    assert "file:" not in on_terminal(folder, "show", "negri", FORCE_HYPERLINK="1")


def test_a_diagnostic_links_to_its_file(folder: Path) -> None:
    file = folder / "data" / "extra.yaml"
    file.write_text("concepts: {lonely: {label: {zh: 孤, en: lonely}}}", "utf-8")
    for arguments in (("check",), ("check", "--format", "concise")):
        shown = on_terminal(folder, *arguments, FORCE_HYPERLINK="1")
        assert LINK.findall(shown) == [(to_file(file), "data/extra.yaml:1:12")]
    file.write_text("[", "utf-8")
    assert LINK.findall(on_terminal(folder, "show", "negri", FORCE_HYPERLINK="1"))[0][0] == to_file(file)
    assert "\x1b" not in on_terminal(folder, "check", "--format", "github", FORCE_HYPERLINK="1")
