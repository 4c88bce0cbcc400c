"""The line that a terminal shows while something takes long."""

import io
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conceptgraph.cli import waiting
from conceptgraph.cli.waiting import Line, said

SLOW = """
import sys, time
from conceptgraph import progress
from conceptgraph.cli import waiting
waiting.DELAY = {delay}
with waiting.shown():
    for _ in progress.steps("counting", range({parts})):
        time.sleep(0.2)
    print("answer")
"""


def on_a_terminal(program: str) -> tuple[str, str]:
    """What a program writes to its output, which is none, and to the terminal that its errors go to."""
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
        encoding="utf-8",
    )
    output, _ = done.communicate()
    os.close(theirs)
    shown = b""
    # a terminal whose other end is closed is at its end, which Linux calls an error
    try:
        while more := os.read(ours, 4096):
            shown += more
    except OSError:
        pass
    os.close(ours)
    return output, shown.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no pty")
def test_what_takes_long_is_shown_on_the_terminal_and_gone_before_the_answer() -> None:
    output, shown = on_a_terminal(SLOW.format(delay=0, parts=3))
    assert output == "answer\n"
    assert "counting: " in shown
    assert "of 3" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.skipif(sys.platform == "win32", reason="no pty")
def test_what_is_short_shows_nothing() -> None:
    assert on_a_terminal(SLOW.format(delay=60, parts=1)) == ("answer\n", "")


def test_nothing_is_shown_where_stderr_is_no_terminal() -> None:
    program = SLOW.format(delay=0, parts=1)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")
    assert (done.stdout, done.stderr) == ("answer\n", "")


def test_a_dumb_terminal_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "dumb")
    with waiting.shown():
        assert waiting.progress._observer.get() is None


def test_a_stop_inside_leaves_the_terminal_clean() -> None:
    program = SLOW.format(delay=0, parts=3).replace('print("answer")', "raise KeyboardInterrupt")
    _, shown = on_a_terminal(program)
    assert "\r\x1b[K" in shown
    assert "counting" not in shown.rpartition("\x1b[K")[2]


def test_one_thing_right_behind_another_is_one_wait() -> None:
    line = Line(io.StringIO(), delay=60)
    line("reading", 0, 2)
    began = line.since
    line("", 0, 0)
    line("binding", 0, 2)
    assert line.since == began
    line("", 0, 0)
    line.until -= 1
    line("binding", 0, 2)
    assert line.since > began
    line.close()


def test_a_terminal_that_is_gone_is_no_reason_to_stop(tmp_path: Path) -> None:
    stream = (tmp_path / "gone").open("w")
    stream.close()
    line = Line(stream, delay=0)
    line("reading", 0, 2)
    assert line.thread is not None
    time.sleep(0.15)
    line.close()
    assert not line.thread.is_alive()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (("reading files", 3, 23), "reading files: 3 of 23"),
        (("looking for chains", 1200, 0), "looking for chains: 1,200"),
        (("finding communities", 0, 0), "finding communities …"),
    ],
)
def test_says_how_far_it_is(told: tuple[str, int, int], expected: str) -> None:
    assert said(*told) == expected
