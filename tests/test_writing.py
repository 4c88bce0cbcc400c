"""The verbs that write: what they change, what they refuse, and that nothing is written halfway."""

import subprocess
import sys
from pathlib import Path

import pytest
from maps import written
from test_cli import run

from conceptgraph.edits import write
from conceptgraph.files import JOURNAL
from conceptgraph.loader import load

MAP = """\
sources:
  essay:
    label: {zh: 文, en: essay}
    file: essay.txt
    sections:
      '1': {zh: 一, en: one}
      '2': {zh: 二, en: two}
theorists:
  negri:
    label: {zh: 奈格里, en: Negri}
concepts:
  attention:
    label: {zh: 注意力, en: attention}
  exploitation:
    label: {zh: 剥削, en: exploitation}
relations:
  - in: essay/1
    triples:
      - [attention, leads-to, exploitation, {at: 注意}]  # the first
      - [negri, argues, attention]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", MAP)
    run(tmp_path, "fmt")
    return tmp_path


def text(folder: Path) -> str:
    return (folder / "data" / "map.yaml").read_text("utf-8")


def test_files_are_laid_out_or_only_looked_at(folder: Path) -> None:
    assert run(folder, "fmt", "--check").returncode == 0
    sloppy = text(folder).replace("label: {zh: 文, en: essay}", 'label:  {zh: "文",en: essay }')
    (folder / "data" / "map.yaml").write_text(sloppy, "utf-8")
    done = run(folder, "fmt", "--check")
    assert (done.returncode, done.stdout) == (1, "data/map.yaml\n")
    assert done.stderr == "1 of 2 files would be laid out anew\n"
    done = run(folder, "fmt", "--diff", "data/map.yaml")
    assert done.returncode == 1
    assert "+    label: {zh: 文, en: essay}\n" in done.stdout
    assert text(folder) == sloppy
    done = run(folder, "fmt")
    assert (done.returncode, done.stdout) == (0, "data/map.yaml\n")
    assert text(folder) != sloppy


def test_a_file_with_errors_of_syntax_is_left_alone_and_the_others_are_not(folder: Path) -> None:
    (folder / "data" / "a.yaml").write_text("concepts: {a: [\n")
    (folder / "data" / "b.yaml").write_text("concepts:   {}\n")
    done = run(folder, "fmt", "data")
    assert done.returncode == 1
    assert "error[yaml-syntax]" in done.stdout
    assert (folder / "data" / "a.yaml").read_text() == "concepts: {a: [\n"
    assert (folder / "data" / "b.yaml").read_text() == "concepts: {}\n"


def test_a_citation_is_added_by_any_names_and_its_line_is_said(folder: Path) -> None:
    before = text(folder)
    command = ["add", "注意力", "对应于", "Exploitation", "--in", "essay/1", "--at", "一, 二", "--by", "奈格里"]
    command += ["--inferred", "--note", "zh=注", "--note", "en=n"]
    line = "[attention, mirrors, exploitation, {by: negri, at: '一, 二', inferred: true, note: {zh: 注, en: n}}]"
    done = run(folder, *command, "--dry-run")
    assert f"+      - {line}\n" in done.stdout
    assert text(folder) == before
    done = run(folder, *command)
    assert done.returncode == 0, done.stderr
    number = before.count("\n") + 1
    assert done.stdout == f"data/map.yaml:{number}: - {line}\n"
    assert text(folder) == f"{before}      - {line}\n"
    assert run(folder, "fmt", "--check").returncode == 0


def test_what_check_would_find_is_shown_and_nothing_is_written(folder: Path) -> None:
    before = text(folder)
    for command, code in (
        (["注意力", "leads-to", "剥削", "--at", "注意"], "duplicate-citation"),
        (["注意力", "leads-to", "注意力"], "self-relation"),
        (["注意力", "mirrors", "剥削", "--at", "一二三四五六七八九十一二三四五六七"], "anchor-too-long"),
    ):
        done = run(folder, "add", *command, "--in", "essay/1")
        assert done.returncode == 1
        assert f"[{code}]" in done.stdout
        assert "nothing was written" in done.stderr
    (folder / "texts").mkdir()
    (folder / "texts" / "essay.txt").write_text("注意力如何变成剥削", "utf-8")
    done = run(folder, "add", "注意力", "mirrors", "剥削", "--in", "essay", "--at", "不在此处", "--sources", "texts")
    assert "[anchor-not-found]" in done.stdout
    assert text(folder) == before


def test_an_unknown_term_gets_suggestions_and_a_stub(folder: Path) -> None:
    done = run(folder, "add", "注意力", "leads-to", "注意力经济", "--in", "essay/1", "--label", "en=attention economy")
    assert done.returncode == 2
    assert "注意力" in done.stderr
    assert "  attention-economy:\n    label: {zh: 注意力经济, en: attention economy}" in done.stderr
    done = run(folder, "add", "注意力", "no-such", "剥削", "--in", "essay/1")
    assert (done.returncode, "no predicate is called" in done.stderr) == (2, True)
    done = run(folder, "add", "注意力", "leads-to", "剥削", "--in", "essay/3")
    assert (done.returncode, "no text or section" in done.stderr) == (2, True)


def test_a_new_entity_is_written_with_the_citation(folder: Path) -> None:
    command = ["add", "注意力", "leads-to", "注意力经济", "--in", "essay/2", "--at", "经济", "--new", "concept"]
    done = run(folder, *command, "--label", "en=attention economy")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "  attention-economy:\n    label: {zh: 注意力经济, en: attention economy}\n\nrelations:" in text(folder)
    assert text(folder).endswith(
        "  - in: essay/2\n    triples:\n      - [attention, leads-to, attention-economy, {at: 经济}]\n"
    )
    assert load(folder / "data").errors == ()
    done = run(folder, *command)
    assert (done.returncode, "nothing new" in done.stderr) == (2, True)


def test_a_citation_goes_to_the_file_that_is_named(folder: Path) -> None:
    (folder / "data" / "more.yaml").write_text("# more\n")
    done = run(folder, "add", "注意力", "mirrors", "剥削", "--in", "essay/1", "--inferred", "--file", "more.yaml")
    assert done.returncode == 0, done.stderr
    added = (folder / "data" / "more.yaml").read_text("utf-8")
    block = "  - in: essay/1\n    triples:\n      - [attention, mirrors, exploitation, {inferred: true}]\n"
    assert added == f"# more\n\nrelations:\n{block}"
    done = run(folder, "add", "注意力", "mirrors", "剥削", "--in", "essay/2", "--file", "mroe.yaml")
    assert (done.returncode, "more.yaml" in done.stderr) == (2, True)


def test_an_id_is_renamed_in_every_file(folder: Path) -> None:
    (folder / "data" / "more.yaml").write_text("relations: [{in: essay, triples: [[attention, mirrors, negri]]}]\n")
    before = text(folder)
    done = run(folder, "rename", "attention", "heed", "--diff")
    assert "+      - [heed, leads-to, exploitation, {at: 注意}]  # the first\n" in done.stdout
    assert text(folder) == before
    done = run(folder, "rename", "attention", "heed")
    assert done.returncode == 0, done.stderr
    assert "data/more.yaml:1: relations: [{in: essay, triples: [[heed, mirrors, negri]]}]\n" in done.stdout
    assert text(folder) == before.replace("attention:", "heed:").replace("[attention", "[heed").replace(
        ", attention]", ", heed]"
    )
    for new in ("exploitation", "Heed"):
        assert run(folder, "rename", "heed", new).returncode == 2


def test_a_map_with_errors_is_not_written_to(folder: Path) -> None:
    (folder / "data" / "broken.yaml").write_text("concepts: {a: [\n")
    before = text(folder)
    for command in (["rename", "attention", "heed"], ["add", "negri", "argues", "exploitation", "--in", "essay/1"]):
        done = run(folder, *command)
        assert (done.returncode, "the map has errors" in done.stderr) == (1, True)
    assert text(folder) == before


def test_what_has_one_right_answer_is_mended(folder: Path) -> None:
    sloppy = text(folder).replace("zh: 剥削,", "zh: 剥削Ａ ,") + "      - [negri, argues, attention]\n"
    (folder / "data" / "map.yaml").write_text(sloppy, "utf-8")
    assert "(2 fixable with --fix)" in run(folder, "check").stderr
    done = run(folder, "check", "--fix", "--diff")
    assert "+    label: {zh: 剥削A, en: exploitation}\n" in done.stdout
    assert "-      - [negri, argues, attention]\n" in done.stdout
    assert text(folder) == sloppy
    done = run(folder, "check", "--fix")
    assert "[duplicate-citation]" not in done.stdout
    assert text(folder).count("argues") == 1
    assert run(folder, "fmt", "--check").returncode == 0
    assert run(folder, "check", "--diff").returncode == 2


KILLED = """
import os, sys
from conceptgraph import files
from conceptgraph.cli import main
real, left = files.replace, [int(sys.argv.pop(1))]
def replace(path, content):
    if not left[0]:
        os._exit(9)
    left[0] -= 1
    real(path, content)
files.replace = replace
main()
"""


@pytest.mark.parametrize("steps", range(6))
def test_renaming_that_is_killed_midway_is_finished_or_has_not_begun(folder: Path, steps: int) -> None:
    """Two files into the journal, its list, two files into place."""
    (folder / "data" / "more.yaml").write_text("relations: [{in: essay, triples: [[attention, mirrors, negri]]}]\n")
    command = [sys.executable, "-c", KILLED, str(steps), "rename", "attention", "heed", "-i", "data"]
    killed = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert killed.returncode == (9 if steps < 5 else 0), killed.stderr
    for verb in (["show", "negri"], ["check"]):
        assert run(folder, *verb).returncode == 0
    assert not (folder / "data" / JOURNAL).exists()
    ids = set(load(folder / "data").require().entities)
    assert ids >= {"negri", "heed" if steps >= 3 else "attention"}
    assert not {"heed", "attention"} <= ids


def test_an_interrupted_change_is_finished_before_anything_is_asked(folder: Path) -> None:
    journal = folder / "data" / JOURNAL
    journal.mkdir()
    (journal / "0").write_text(text(folder).replace("zh: 注意力", "zh: 关注"), "utf-8")
    (journal / "files.json").write_text('["map.yaml"]')
    assert "关注" in run(folder, "show", "attention", "--lang", "zh").stdout
    assert not journal.exists()


def test_a_file_that_changes_meanwhile_is_not_overwritten(folder: Path) -> None:
    from conceptgraph.errors import FilesChanged

    with pytest.raises(FilesChanged):
        write(folder / "data", {"map.yaml": "what it was"}, {"map.yaml": "what it is to be"})
