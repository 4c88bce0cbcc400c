"""The guide "Extend the map in ten minutes", followed step by step; the hooks and the workflow that it names."""

import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_cli import run
from test_readme import ROOT

from conceptgraph.cli import cli
from conceptgraph.starting import begin

GUIDE = (ROOT / "docs" / "extend.md").read_text("utf-8")
LESSON, COMMITS, PULLS = re.split(r"^## (?:Before each commit|On every pull request)$", GUIDE, flags=re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def served(folder: Path, *arguments: str) -> str:
    """The first words of a server, which is ended as a person ends it."""
    program = [sys.executable, "-m", "conceptgraph", "serve", "--port", "0", "--no-open", *arguments]
    with subprocess.Popen(
        program, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        server.send_signal(signal.SIGINT)
        server.communicate()
    return said


def test_every_step_of_the_lesson_works_as_shown(tmp_path: Path) -> None:
    place = 0
    for block in BLOCK.finditer(LESSON):
        language, content = block.groups()
        if language == "yaml":
            [*_, file] = re.findall(r"`(data/[\w.-]+\.yaml)`", LESSON[place : block.start()])
            (tmp_path / file).write_text(content, "utf-8")
        elif language == "text":
            file = tmp_path / "data" / "price.yaml"
            right = file.read_text("utf-8")
            file.write_text(right.replace("common-good,", "common-gods,"), "utf-8")
            assert run(tmp_path, "check").stdout == content
            file.write_text(right, "utf-8")
        else:
            for shown in content.split("$ ")[1:]:
                command, *lines = shown.splitlines()
                _, verb, *arguments = shlex.split(command)
                if verb == "serve":
                    assert "http://127.0.0.1:" in served(tmp_path, *arguments)
                    continue
                done = run(tmp_path, verb, *arguments)
                # what `--diff` shows is what is still to be done
                assert done.returncode == 0 or "--diff" in arguments, (command, done.stderr)
                if lines:
                    assert done.stdout.splitlines() == lines, command
        place = block.end()
    assert "水价" in (tmp_path / "page.html").read_text("utf-8")


def test_every_verb_that_the_guide_names_exists() -> None:
    assert set(re.findall(r"`conceptgraph ([a-z]+)", GUIDE)) <= cli.commands.keys()


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_every_hook_passes_on_a_sound_map_and_takes_another_folder(hook: dict[str, Any], tmp_path: Path) -> None:
    assert hook.keys() == {"id", "name", "description", "entry", "language", "files", "pass_filenames"}
    assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    program, *arguments = shlex.split(hook["entry"])
    assert program == "conceptgraph"
    for file in begin(tmp_path / "data"):
        assert re.search(hook["files"], file.relative_to(tmp_path).as_posix()) or file.suffix != ".yaml"
    assert run(tmp_path, *arguments).returncode == 0
    begin(tmp_path / "map")
    assert run(tmp_path, *arguments, "-i", "map").returncode == 0


def test_the_guide_names_every_hook() -> None:
    [(_, config)] = BLOCK.findall(COMMITS)
    [repo] = yaml.safe_load(config)["repos"]
    assert sorted(hook["id"] for hook in repo["hooks"]) == sorted(hook["id"] for hook in HOOKS)


def test_the_steps_of_the_workflow_run(tmp_path: Path) -> None:
    [(_, workflow)] = BLOCK.findall(PULLS)
    steps = yaml.safe_load(workflow)["jobs"]["check"]["steps"]
    begin(tmp_path / "data")
    git = ["git", "-C", tmp_path, "-c", "user.name=somebody", "-c", "user.email=somebody@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "begin"]):
        subprocess.run([*git, *arguments], check=True)
    subprocess.run([*git, "update-ref", "refs/remotes/origin/main", "HEAD"], check=True)
    (tmp_path / "data" / "more.yaml").write_text(
        "relations: [{in: well, triples: [[pump, harms, common-good, {inferred: true}]]}]", "utf-8"
    )
    for arguments in (["add", "."], ["commit", "--quiet", "--message", "more"]):
        subprocess.run([*git, *arguments], check=True)
    run(tmp_path, "schema")
    commands = [step["run"] for step in steps if step.get("run", "").startswith("conceptgraph ")]
    assert len(commands) == 3
    script = f"conceptgraph() {{ '{sys.executable}' -m conceptgraph \"$@\"; }}; set -e; {'; '.join(commands)}"
    subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={"GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"), "PATH": "/usr/bin:/bin"},
        check=True,
    )
    assert "common" in (tmp_path / "summary.md").read_text("utf-8")
