"""`conceptgraph diff`: folders, revisions and ranges, what git hands over, and what goes wrong."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from histories import ENTITIES, HISTORY, RELATIONS, VOCABULARY, WHO, commit, git
from test_cli import run

from conceptgraph.cli import cli

GUIDE = (Path(__file__).parents[1] / "docs" / "reviewing.md").read_text("utf-8")
UNCHANGED = "no difference\n"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository around the test's folder, and no settings of whoever tests."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)
    for name in [name for name in os.environ if name.startswith("GIT_DIFF")]:
        monkeypatch.delenv(name)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository with four states of a map, one commit each."""
    folder = tmp_path / "history"
    folder.mkdir()
    return commit(folder, *HISTORY)


def answered(folder: Path, *arguments: str, **environment: str) -> str:
    done = run(folder, "diff", *arguments, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_revision_is_held_against_the_map_as_it_stands(history: Path) -> None:
    told = answered(history, "HEAD~3")
    assert told.startswith("HEAD~3 → data\nentities ~2 · relations +2 −1 ~1 · citations +1 ~1")
    (history / "data" / "more.yaml").unlink()
    assert "relations −1" in answered(history, "HEAD")


def test_two_revisions_and_a_range_say_the_same(history: Path) -> None:
    two = answered(history, "HEAD~3", "HEAD~1")
    assert two.startswith("HEAD~3 → HEAD~1\n")
    assert answered(history, "HEAD~3..HEAD~1") == two
    assert answered(history, "HEAD~3..").partition("\n")[2] == answered(history, "HEAD~3", "HEAD").partition("\n")[2]


def test_three_dots_say_what_a_branch_changed_since_it_left(history: Path) -> None:
    git(history, "checkout", "--quiet", "-b", "side", "HEAD~1")
    commit(history, {"data/side.yaml": "relations: [{in: essay/2, triples: [[a, feeds, d]]}]\n"})
    assert "\nrelations +1\n" in answered(history, "main...")
    assert "\nrelations +1\n" in answered(history, "main...side")
    assert "\nrelations +1\n" not in answered(history, "main..side")


def test_two_folders_need_no_git(history: Path, tmp_path: Path) -> None:
    shutil.copytree(history / "data", tmp_path / "one")
    shutil.copytree(history / "data", tmp_path / "other")
    (tmp_path / "other" / "more.yaml").unlink()
    assert "relations removed  1" in answered(tmp_path, "one", "other", PATH="")
    assert answered(tmp_path, "one", "one", PATH="").endswith(UNCHANGED)


def test_a_folder_and_a_revision_may_be_mixed_and_the_folder_comes_first(history: Path, tmp_path: Path) -> None:
    shutil.copytree(history / "data", tmp_path / "copy")
    assert answered(history, "HEAD", str(tmp_path / "copy")).endswith(UNCHANGED)
    git(history, "branch", "data", "HEAD~3")
    assert answered(history, "data").endswith(UNCHANGED)
    assert not answered(history, "refs/heads/data").endswith(UNCHANGED)


def test_the_map_may_lie_anywhere_in_its_repository_and_be_asked_from_anywhere(history: Path, tmp_path: Path) -> None:
    git(history, "mv", "data", "deeper")
    commit(history, {"deeper/more.yaml": None})
    told = answered(tmp_path, "HEAD", "-i", str(history / "deeper"))
    assert told.endswith(UNCHANGED)
    done = run(tmp_path, "diff", "HEAD~1", "-i", str(history / "deeper"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "has no folder deeper" in done.stderr


def test_the_exit_code_tells_of_differences_where_it_is_asked_to(history: Path) -> None:
    assert run(history, "diff", "HEAD").returncode == 0
    assert run(history, "diff", "HEAD", "--exit-code").returncode == 0
    assert run(history, "diff", "HEAD~1").returncode == 0
    assert run(history, "diff", "HEAD~1", "--exit-code").returncode == 1


def test_the_measure_and_the_language_are_those_that_were_asked_for(history: Path) -> None:
    assert "\n名次变动" in answered(history, "HEAD~3", "--lang", "zh", "-m", "degree")
    assert json.loads(answered(history, "HEAD~3", "-m", "closeness", "-O", "json"))["ranks"]["measure"] == "closeness"


def test_errors_of_a_side_are_shown_with_their_place_and_what_holds_together_is_compared(history: Path) -> None:
    commit(history, {"data/slip.yaml": "relations:\n  - in: essay/1\n    triples:\n      - [a, feeds, dd]\n"})
    commit(history, {"data/slip.yaml": None, "data/more.yaml": None})
    done = run(history, "diff", "HEAD~1", "HEAD")
    assert done.returncode == 1
    assert done.stderr.startswith("HEAD~1:data/slip.yaml:4:20: error[unknown-reference]")
    assert "HEAD~1 has 1 error: what stands in them is missing here\nrelations −1\n" in done.stdout
    assert json.loads(run(history, "diff", "HEAD~1", "HEAD", "-O", "json").stdout)["errors"] == [1, 0]


def test_of_many_errors_the_first_are_shown_and_the_rest_counted(history: Path) -> None:
    slips = "".join(f"      - [a, feeds, z{number}]\n" for number in range(8))
    (history / "data" / "slip.yaml").write_text(f"relations:\n  - in: essay/1\n    triples:\n{slips}", "utf-8")
    done = run(history, "diff", "HEAD")
    assert done.stderr.count("error[unknown-reference]") == 5
    assert done.stderr.endswith("data: 3 more errors\n")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("HAED",), 2, "no folder or git revision is called 'HAED'. Did you mean\n  HEAD"),
        (("HEAD~9",), 1, "there is no HEAD~9: HEAD has 3 commits before it"),
        (("HEAD~1..HAED",), 2, "no folder or git revision is called 'HAED'"),
        (("data/more.yaml", "data"), 2, "a map is a folder: say `git difftool --dir-diff`"),
        (("/dev/null",), 2, "a map is a folder"),
        (("--", "--upload-pack=touch x"), 2, "no folder or git revision is called '--upload-pack=touch x'"),
        ((".git", "data"), 2, "no YAML file in .git"),
        (("HEAD", "-O", "mermaid"), 2, "no picture"),
    ],
)
def test_wrong_questions_get_messages(history: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    done = run(history, "diff", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_a_repository_and_without_git_folders_can_still_be_compared(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name, text in {"vocabulary": VOCABULARY, "entities": ENTITIES, "relations": RELATIONS}.items():
        (tmp_path / "data" / f"{name}.yaml").write_text(text, "utf-8")
    assert "not a git repository" in run(tmp_path, "diff", "HEAD").stderr
    done = run(tmp_path, "diff", "HEAD", PATH="")
    assert (done.returncode, done.stderr) == (1, "Error: git is not installed: without it, only folders can be read\n")
    assert answered(tmp_path, "data", "data", PATH="").endswith(UNCHANGED)


def test_an_escape_in_a_name_does_not_reach_the_terminal(history: Path) -> None:
    assert "\x1b" not in run(history, "diff", "\x1b[31mred").stderr
    (history / "\x1b[31m").mkdir()
    shutil.copytree(history / "data", history / "\x1b[31m", dirs_exist_ok=True)
    assert "\x1b" not in answered(history, "\x1b[31m")


def test_nothing_is_left_behind(history: Path, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    answered(history, "HEAD~3", "HEAD", TMPDIR=str(tmp_path / "tmp"))
    assert list((tmp_path / "tmp").iterdir()) == []
    assert git(history, "status", "--porcelain") == ""


@pytest.fixture
def configured(tmp_path: Path) -> dict[str, str]:
    """An environment in which git has the configuration of the guide, and finds the program."""
    (settings,) = re.findall(r"^```ini\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    (tmp_path / "gitconfig").write_text(settings, "utf-8")
    program = tmp_path / "bin" / "conceptgraph"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m conceptgraph "$@"\n', "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return {
        **os.environ,
        "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "80",
    }


def git_says(folder: Path, environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("where", [".", "data"])
@pytest.mark.parametrize("revisions", [("HEAD~3",), ("HEAD~3", "HEAD"), ("HEAD~1", "HEAD"), ("HEAD", "HEAD~2")])
def test_git_difftool_tells_what_the_verb_tells(
    history: Path, configured: dict[str, str], where: str, revisions: tuple[str, ...]
) -> None:
    tool = "difftool", "--dir-diff", "--tool", "conceptgraph"
    shown = git_says(history / where, configured, *tool, *revisions)
    assert shown.startswith("old → new\n")
    assert shown.partition("\n")[2] == answered(history, *revisions).partition("\n")[2]


def test_git_difftool_tells_of_a_change_outside_the_map_that_it_is_none(
    history: Path, configured: dict[str, str]
) -> None:
    commit(history, {"notes.yaml": "x"})
    shown = git_says(history, configured, "difftool", "--dir-diff", "--tool", "conceptgraph", "HEAD~1")
    assert shown.endswith(UNCHANGED)


def test_git_knows_the_verb_by_the_alias_of_the_guide(history: Path, configured: dict[str, str]) -> None:
    assert git_says(history, configured, "argument", "HEAD~3", "HEAD") == answered(history, "HEAD~3", "HEAD")


def test_the_commands_of_the_guide_are_commands(history: Path, tmp_path: Path) -> None:
    commands = re.findall(r"^conceptgraph diff ([^#>\n]+)", GUIDE, re.MULTILINE)
    assert len(commands) > 4
    git(history, "tag", "v1", "HEAD~2")
    git(history, "tag", "v2", "HEAD~1")
    shutil.copytree(history / "data", tmp_path / "their-map")
    for command in commands:
        assert answered(history, *command.split())


def test_branches_tags_and_folders_are_completed(history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(history, "tag", "main-reading")
    monkeypatch.chdir(history)
    items = ShellComplete(cli, {}, "conceptgraph", "_C").get_completions(["diff"], "main")
    assert [(item.value, item.type) for item in items] == [
        ("main", "dir"),
        ("main", "plain"),
        ("main-reading", "plain"),
    ]
    monkeypatch.setenv("PATH", "")
    items = ShellComplete(cli, {}, "conceptgraph", "_C").get_completions(["diff"], "main")
    assert [(item.value, item.type) for item in items] == [("main", "dir")]
