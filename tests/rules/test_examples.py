"""Every code has a bad and a good example; each is read together with `base.yaml` and the text in `texts/`.

A bad example marks what is found by a comment right below the line: carets under the exact place, drawn by display
width (a Chinese character is two columns wide), then the code. Where the place begins in the first column, the `#`
stands for the first caret. A finding that spans several lines is marked to the end of its first line.

    - [资本, leads-to, alienated-labour]
#      ^^^^ unknown-reference

Put a folder with `bad.yaml` and `good.yaml` beside the others, and it is tested.
"""

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from importlib.resources import as_file
from pathlib import Path

import pytest

from conceptgraph.examples import FOLDER, example
from conceptgraph.files import MAX_BYTES
from conceptgraph.loader import Loaded, codes, load

CODES = sorted(codes())
IN_WORDS = {"unreadable-file"}
ASKED_ONLY = {"question-fails"}
LOADED = [code for code in CODES if code not in IN_WORDS | ASKED_ONLY]
ENCODINGS = {"not-utf8": "gbk"}
MARK = re.compile(r"#( *)(\^+) ([a-z0-9-]+)")

# One finding: line, column, end column, code.
Place = tuple[int, int, int, str]


def with_base(folder: Path, *examples: str) -> Loaded:
    """What is found in the base map, read together with some example files."""
    with as_file(FOLDER) as here:
        for name in ("base.yaml", *examples):
            shutil.copy(here / name, folder)
        return load(folder, here / "texts")


def places(found: Loaded) -> list[Place]:
    """What was found, as marks would say it."""
    return [
        (
            place.line,
            place.column,
            place.end_column if place.end_line == place.line else len(line_of(found, place.path, place.line)) + 1,
            diagnostic.code,
        )
        for diagnostic in found.diagnostics
        for place in [diagnostic.span]
    ]


def asked(folder: Path) -> list[tuple[int, int, str]]:
    """Line, column and code of what the command line finds when it asks the named questions, too."""
    command = [
        sys.executable,
        "-m",
        "conceptgraph",
        "check",
        "-i",
        folder,
        "--questions",
        "--notes",
        "--format",
        "concise",
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    found = re.findall(r"bad\.yaml:(\d+):(\d+): \w+\[([a-z0-9-]+)\]", done.stdout)
    assert len(found) == len(done.stdout.splitlines()), done.stdout + done.stderr
    return [(int(line), int(column), code) for line, column, code in found]


def line_of(found: Loaded, path: str, line: int) -> str:
    return found.texts[path].split("\n")[line - 1]


def marked(text: str) -> list[Place]:
    """The places that the marks of an example point to."""
    result = []
    number, line = 0, ""
    for index, content in enumerate(text.split("\n"), 1):
        if mark := MARK.fullmatch(content):
            spaces, carets, code = mark.groups()
            left = len(spaces) + 1 if spaces else 0
            right = len(spaces) + 1 + len(carets)
            result.append((number, column(line, left), column(line, right), code))
        else:
            number, line = index, content
    return result


def column(line: str, width: int) -> int:
    """The column, in characters from 1, that begins at a display width."""
    widths = [0]
    for character in line:
        widths.append(widths[-1] + (2 if unicodedata.east_asian_width(character) in "WF" else 1))
    return widths.index(width) + 1


def test_every_code_has_its_folder_and_every_folder_its_code() -> None:
    with as_file(FOLDER) as here:
        assert sorted(path.name for path in here.iterdir() if path.is_dir() and path.name != "texts") == CODES


def test_nothing_is_found_in_the_base_alone(tmp_path: Path) -> None:
    assert with_base(tmp_path).diagnostics == ()


@pytest.mark.parametrize("code", LOADED)
def test_finds_what_the_bad_example_marks_and_nothing_else(code: str, tmp_path: Path) -> None:
    found = with_base(tmp_path, f"{code}/bad.yaml")
    expected = marked((tmp_path / "bad.yaml").read_text(ENCODINGS.get(code, "utf-8")))
    assert {mark[-1] for mark in expected} == {code}
    assert places(found) == expected
    assert {diagnostic.span.path for diagnostic in found.diagnostics} == {"bad.yaml"}
    assert {diagnostic.severity for diagnostic in found.diagnostics} == {codes()[code].severity}


@pytest.mark.parametrize("code", LOADED)
def test_finds_nothing_in_the_good_example(code: str, tmp_path: Path) -> None:
    assert with_base(tmp_path, f"{code}/good.yaml").diagnostics == ()


@pytest.mark.parametrize("code", sorted(ASKED_ONLY))
def test_finds_what_the_bad_example_marks_when_the_questions_are_asked(code: str, tmp_path: Path) -> None:
    assert with_base(tmp_path, f"{code}/bad.yaml").diagnostics == ()
    expected = [(line, column, code) for line, column, _, code in marked((tmp_path / "bad.yaml").read_text("utf-8"))]
    assert sorted(asked(tmp_path)) == expected


@pytest.mark.parametrize("code", sorted(ASKED_ONLY))
def test_finds_nothing_in_the_good_example_when_the_questions_are_asked(code: str, tmp_path: Path) -> None:
    assert with_base(tmp_path, f"{code}/good.yaml").diagnostics == ()
    assert asked(tmp_path) == []


@pytest.mark.parametrize("kind", ["dangling link", "loop of links", "named pipe", "larger than 16 MiB"])
def test_finds_an_unreadable_file_and_nothing_else(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    match kind:
        case "dangling link":
            file.symlink_to("moved-away.yaml")
        case "loop of links":
            file.symlink_to(file)
        case "named pipe":
            os.mkfifo(file)
        case _:
            with file.open("wb") as stream:
                stream.truncate(MAX_BYTES + 1)
    assert places(with_base(tmp_path)) == [(1, 1, 1, "unreadable-file")]


@pytest.mark.parametrize("code", CODES)
def test_the_examples_are_short_and_fit_on_a_screen(code: str) -> None:
    for text in example(code):
        assert len(text.splitlines()) <= 12
        assert max(len(line) for line in text.splitlines()) <= 100


@pytest.mark.parametrize("code", CODES)
def test_the_documentation_of_a_code_is_a_sentence_and_then_advice(code: str) -> None:
    first, *rest = codes()[code].doc.strip().split("\n")
    assert first.endswith(".")
    assert len(first) <= 120
    assert not rest or rest[0] == ""


def test_refuses_an_example_that_is_not_there() -> None:
    with pytest.raises(LookupError, match="there is no example of 'no-such-code'"):
        example("no-such-code")
