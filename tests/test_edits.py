"""Edits of files: the right stretch, and all files or none."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptgraph import edits, files
from conceptgraph.diagnostics import Span
from conceptgraph.edits import Edit, applied, recover, rewritten, write
from conceptgraph.errors import FilesChanged


def at(line: int, column: int, end_line: int, end_column: int, path: str = "a.yaml") -> Span:
    return Span(path, line, column, end_line, end_column)


def test_edits_count_in_the_text_as_it_was() -> None:
    text = "甲: [one, two]\r\n乙: 三 # 注\n"
    made = applied(text, [Edit(at(2, 4, 2, 5), "四"), Edit(at(1, 5, 1, 8), "eleven"), Edit(at(1, 13, 1, 13), ", more")])
    assert made == "甲: [eleven, two, more]\r\n乙: 四 # 注\n"


def test_an_edit_may_take_whole_lines() -> None:
    assert applied("one\ntwo\nthree", [Edit(at(1, 1, 2, 1), ""), Edit(at(3, 6, 3, 6), "!\n")]) == "two\nthree!\n"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match=r"overlap at a\.yaml:1:3"):
        applied("abcdef", [Edit(at(1, 1, 1, 4), "x"), Edit(at(1, 3, 1, 5), "y")])


@given(st.text("ab\n\r甲", max_size=30), st.data())
def test_an_edit_leaves_everything_else(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    starts = edits.line_starts(text)

    def place(offset: int) -> tuple[int, int]:
        line = max(number for number, start in enumerate(starts) if start <= offset)
        return line + 1, offset - starts[line] + 1

    assert applied(text, [Edit(at(*place(first), *place(last)), "#")]) == text[:first] + "#" + text[last:]


def test_only_files_that_change_are_rewritten() -> None:
    texts = {"a.yaml": "one", "b.yaml": "one"}
    every = [Edit(at(1, 1, 1, 4, "a.yaml"), "one"), Edit(at(1, 1, 1, 4, "b.yaml"), "two")]
    assert rewritten(texts, every) == {"b.yaml": "two"}


def test_all_files_get_their_new_text(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfold\r\n")
    write(tmp_path, {"a.yaml": "old\r\n"}, {"a.yaml": "new\r\n", "deep/b.yaml": "乙\n"})
    assert (tmp_path / "a.yaml").read_bytes() == b"\xef\xbb\xbfnew\r\n"
    assert (tmp_path / "deep" / "b.yaml").read_text("utf-8") == "乙\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "deep"]


def test_nothing_is_written_where_a_file_has_changed_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("old")
    (tmp_path / "b.yaml").write_text("mine")
    with pytest.raises(FilesChanged, match=r"b\.yaml"):
        write(tmp_path, {"a.yaml": "old", "b.yaml": "old"}, {"a.yaml": "new", "b.yaml": "new"})
    assert [(tmp_path / name).read_text() for name in ("a.yaml", "b.yaml")] == ["old", "mine"]
    with pytest.raises(FilesChanged):
        write(tmp_path, {}, {"a.yaml": "a file that was thought not to exist"})


KILLED = """
import os, sys
from pathlib import Path
from conceptgraph import edits, files
real, left = files.replace, [int(sys.argv[2])]
def replace(path, content):
    if not left[0]:
        os._exit(9)
    left[0] -= 1
    real(path, content)
files.replace = replace
names = ["a.yaml", "b.yaml", "c.yaml"]
edits.write(Path(sys.argv[1]), dict.fromkeys(names, "old"), dict.fromkeys(names, "new"))
"""


@pytest.mark.parametrize("steps", range(8))
def test_killed_midway_it_is_all_or_nothing(tmp_path: Path, steps: int) -> None:
    """Three files into the journal, its list, three files into place: it may be killed before any of these."""
    names = ["a.yaml", "b.yaml", "c.yaml"]
    for name in names:
        (tmp_path / name).write_text("old")
    run = subprocess.run([sys.executable, "-c", KILLED, tmp_path, str(steps)], check=False)
    assert run.returncode == (9 if steps < 7 else 0)
    assert [path for path, _ in files.found(tmp_path)] == names
    recover(tmp_path)
    assert {(tmp_path / name).read_text() for name in names} == {"old" if steps < 4 else "new"}
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_recovering_without_an_interruption_does_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("one")
    recover(tmp_path)
    recover(tmp_path / "missing")
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]
