"""The passages behind the anchors, in every answer that cites."""

import json
from pathlib import Path

import pytest
from maps import written
from test_cli import run

MAP = """
sources:
  red: {label: {en: the red text}, file: red.txt, sections: {"1": {en: One, opens: 一、}}}
  blue: {label: {en: the blue text}, file: blue.txt}
theorists: {ada: {label: {en: Ada}}}
concepts:
  bread: {label: {en: bread}}
  people: {label: {en: people}}
relations:
  - {in: red/1, triples: [[bread, leads-to, people, {by: ada, at: 面包养人}]]}
  - {in: blue, triples: [[bread, leads-to, people, {denied: true, at: 面包不养人}]]}
"""
RED, BLUE = "有人说面包养人。", "其实面包不养人。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", MAP)
    (tmp_path / "red.txt").write_text(f"一、起。{RED}止。", "utf-8")
    (tmp_path / "blue.txt").write_text(f"起。{BLUE}止。", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "question",
    [
        ("show", "bread"),
        ("show", "bread", "leads-to", "people"),
        ("neighbors", "people"),
        ("path", "bread", "people"),
        ("who", "people"),
        ("who", "bread", "leads-to", "people"),
        ("trace", "bread", "--family", "causal", "--status", "contested"),
        ("compare", "red", "blue"),
    ],
    ids=" ".join,
)
def test_answers_show_the_passages_where_the_texts_are_at_hand(folder: Path, question: tuple[str, ...]) -> None:
    lines = [line.strip() for line in run(folder, *question, "--sources", ".").stdout.splitlines()]
    for passage, place in ((RED, "red §1 One · 「面包养人」"), (BLUE, "blue · 「面包不养人」")):
        assert passage in lines
        assert lines[lines.index(passage) - 1].startswith(place)
    assert RED not in run(folder, *question).stdout


def test_a_text_that_is_missing_takes_nothing_else_away(folder: Path) -> None:
    (folder / "blue.txt").unlink()
    done = run(folder, "compare", "red", "blue", "--sources", ".")
    assert RED in done.stdout
    assert "「面包不养人」" in done.stdout
    assert done.returncode == 0


def test_the_json_is_the_same_with_and_without_the_texts(folder: Path) -> None:
    with_texts, without = (
        run(folder, "who", "people", "-O", "json", *more).stdout for more in (("--sources", "."), ())
    )
    assert json.loads(with_texts) == json.loads(without)
