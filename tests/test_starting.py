"""A small map to begin with: it is sound, whole and taught by its comments, and is laid only where there is nothing."""

import shlex
from pathlib import Path
from typing import Any

import pytest
from test_cli import run

from conceptgraph import files, schema
from conceptgraph.diagnostics import Severity
from conceptgraph.loader import load
from conceptgraph.model import CONTESTED
from conceptgraph.rules.completeness import LANGUAGES
from conceptgraph.starting import begin


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    begin(tmp_path / "data")
    return tmp_path / "data"


def test_lays_the_files_the_text_and_the_schema(tmp_path: Path) -> None:
    names = ["questions.yaml", "texts/well.txt", "vocabulary.yaml", "well.yaml", "map.schema.json"]
    assert begin(tmp_path / "new" / "map") == [tmp_path / "new" / "map" / name for name in names]


def test_takes_an_empty_folder(tmp_path: Path) -> None:
    assert begin(tmp_path)[-1].is_file()


@pytest.mark.parametrize("name", ["mine.yaml", ".hidden"])
def test_refuses_a_folder_with_anything_in_it_and_leaves_it_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine", "utf-8")
    with pytest.raises(FileExistsError, match="is not an empty folder"):
        begin(tmp_path)
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [(name, "mine")]


def test_refuses_a_file(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("mine", "utf-8")
    refused = run(tmp_path, "init", "data")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.endswith("Error: data is not an empty folder\n")
    assert file.read_text("utf-8") == "mine"


def test_nothing_but_notes_is_found_in_it(begun: Path) -> None:
    assert [str(each) for each in load(begun, begun / "texts").diagnostics if each.severity > Severity.NOTE] == []
    done = run(begun.parent, "check", "--strict", "--questions", "--sources", "data/texts")
    assert (done.returncode, done.stdout) == (0, "")


def test_it_shows_what_the_format_can_say(begun: Path) -> None:
    map = load(begun).require()
    told = [citation for _, citation in map.citations()]
    assert CONTESTED in {relation.status for relation in map.relations.values()}
    assert {citation.stance for citation in told} == {"endorses", "reports", "concedes", "rejects"}
    assert any(citation.inferred for citation in told)
    assert any(citation.note for citation in told)
    assert {"hedged", "normative"} <= {citation.modality for citation in told}
    assert all(kind.label.keys() >= set(LANGUAGES) for kind in map.kinds.values())
    for _, file in files.found(begun):
        assert "#" in file.read_text("utf-8").partition("\n")[2]


def test_it_is_laid_out_as_fmt_would_and_names_its_schema(begun: Path) -> None:
    assert run(begun.parent, "fmt", "--check").returncode == 0
    assert run(begun.parent, "schema", "--check").returncode == 0
    for _, file in files.found(begun):
        assert file.read_text("utf-8").splitlines()[0] == schema.line(file, begun / schema.NAME)


def test_says_what_was_written_and_what_to_do_next_and_that_works(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "my map")
    assert done.returncode == 0
    assert "wrote my map/well.yaml" in done.stderr
    commands = [line.strip() for line in done.stderr.splitlines() if line.startswith("  conceptgraph ")]
    assert commands == [
        "conceptgraph check --strict --questions -i 'my map'",
        "conceptgraph path 水泵公司 商品 -i 'my map'",
        "conceptgraph serve -i 'my map'",
    ]
    for command in commands[:2]:
        assert run(tmp_path, *shlex.split(command)[1:]).returncode == 0
    assert run(tmp_path, "stats", "-i", "my map").stdout
    assert "-i" not in run(tmp_path, "init", "data").stderr


def test_its_page_opens(begun: Path, page: Any) -> None:
    done = run(begun.parent, "export", "html", "--sources", "data/texts", "-o", "page.html")
    assert done.returncode == 0, done.stderr
    page.goto((begun.parent / "page.html").as_uri() + "#node=village-well")
    page.get_by_text("合力挖了一口井").first.wait_for()
    assert (page.log.errors, page.log.console) == ([], [])
