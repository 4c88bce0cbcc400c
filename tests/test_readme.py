"""The README and the guides, executed: commands run, shown answers are real, tables match the program."""

import json
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from histories import HISTORY, commit
from maps import loaded
from serving import Served
from test_cli import run

import conceptgraph
from conceptgraph.cli import cli
from conceptgraph.diagnostics import Severity
from conceptgraph.exporters import names
from conceptgraph.files import shipped
from conceptgraph.loader import load
from conceptgraph.measures import MEASURES

ROOT = Path(__file__).parents[1]
ESSAYS = ROOT.parent / "shared" / "essays"
README = (ROOT / "README.md").read_text("utf-8")
LIBRARY = (ROOT / "docs" / "library.md").read_text("utf-8")
FORMAT = (ROOT / "docs" / "format.md").read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


SHOWN = [
    (command, lines)
    for block in blocks(README, "console")
    for command, *lines in (part.splitlines() for part in block.split("$ ")[1:])
]


@pytest.mark.parametrize(("command", "lines"), SHOWN, ids=[command for command, _ in SHOWN])
def test_every_command_of_the_readme_runs_and_answers_as_shown(command: str, lines: list[str]) -> None:
    program, *arguments = shlex.split(command)
    if program == "make":
        rules = subprocess.run(["make", "--dry-run", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
        assert rules.stdout
        return
    done = run(ROOT, *arguments)
    assert done.returncode == 0, done.stderr
    if lines:
        assert done.stdout.splitlines() == [line for line in lines if line]


def test_the_tables_name_every_verb_format_and_measure() -> None:
    verbs = set(re.findall(r"^\| `([a-z]+)", README, re.MULTILINE)) - {"export"}
    assert verbs | {"export"} == set(cli.commands)
    assert set(re.findall(r"`export ([a-z]+)`", README)) == set(names())
    sentence = re.search(r"a ranking by ([^|]*), with its meaning", README)
    assert sentence is not None
    assert set(re.findall(r"[a-z-]+", sentence.group(1))) - {"or"} == {measure.id for measure in MEASURES}


EXAMPLES = [
    (name, line.strip())
    for name, verb in sorted(cli.commands.items())
    for line in (verb.epilog or "").splitlines()
    if line.strip().startswith("conceptgraph ") or "| conceptgraph " in line
]


def test_the_help_of_every_verb_has_two_examples() -> None:
    assert [name for name in cli.commands if [verb for verb, _ in EXAMPLES].count(name) < 2] == []


def greeted(arguments: list[str]) -> bytes:
    """What a language server answers to an editor that comes and goes."""
    said = b""
    for number, method in enumerate(("initialize", "shutdown", "exit")):
        params = {"processId": None, "rootUri": None, "capabilities": {}} if method == "initialize" else None
        request = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        if method == "exit":
            del request["id"]
        body = json.dumps(request).encode()
        said += b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    command = [sys.executable, "-m", "conceptgraph", *arguments]
    return subprocess.run(command, input=said, capture_output=True, check=True, timeout=60).stdout


@pytest.mark.parametrize("command", [command for _, command in EXAMPLES])
def test_the_examples_of_the_help_run(command: str, tmp_path: Path) -> None:
    if " | " in command:
        # as a person types it, but for where the program is
        program = f"conceptgraph() {{ '{sys.executable}' -m conceptgraph \"$@\"; }}; {command}"
        piped = subprocess.run(["bash", "-c", program], capture_output=True, cwd=tmp_path, check=True)
        assert piped.stdout
        return
    _, *arguments = shlex.split(command)
    if "../shared/essays" in arguments:
        if not ESSAYS.is_dir():
            pytest.skip("the essays do not lie beside the checkout")
        arguments[arguments.index("../shared/essays")] = str(ESSAYS)
    if arguments[0] == "diff":
        commit(tmp_path, *HISTORY)
    if arguments[0] == "lsp":
        assert b'"hoverProvider": true' in greeted(arguments)
        return
    if arguments[0] == "serve":
        # it goes on until it is ended, as a person ends it
        with Served(shipped(), *arguments[1:]) as server:
            assert server.asked().status == 200
            code, said = server.stop(signal.SIGINT)
        assert code == 0, said
        return
    done = run(tmp_path, *arguments, DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 0, done.stderr
    assert done.stdout or done.stderr


def test_the_extension_of_the_readme_fits_the_curated_map(tmp_path: Path) -> None:
    (extension,) = blocks(README, "yaml")
    for file in shipped().rglob("*.yaml"):
        copy = tmp_path / file.relative_to(shipped())
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    (tmp_path / "extension.yaml").write_text(extension, "utf-8")
    assert [str(each) for each in load(tmp_path).diagnostics if each.severity > Severity.NOTE] == []
    slip = extension.replace("exploits, user-attention]", "exploits, 受众商品]")
    (tmp_path / "extension.yaml").write_text(slip, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "conceptgraph", "check", "-i", str(tmp_path)],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    shown = blocks(README, "text")[0]
    assert done.stdout == shown.replace("data/extension.yaml", str(tmp_path / "extension.yaml"))


def test_the_example_map_of_the_format_guide_is_a_map() -> None:
    entities = """
    theorists: {fuchs: {label: {zh: 福克斯, en: Fuchs}}}
    concepts:
      platforms: {label: {zh: 平台, en: platforms}}
      user-data: {label: {zh: 用户数据, en: user data}}
      exploitation: {label: {zh: 剥削, en: exploitation}}
      autonomy: {label: {zh: 自主, en: autonomy}}
      user-attention: {label: {zh: 用户注意力, en: user attention}}
    relations: [{in: essay, triples: [[user-attention, becomes, audience-commodity, {inferred: true}]]}]
    """
    vocabulary = """
    kinds:
      concept: {plural: concepts, label: {zh: 概念, en: concept}}
      source: {plural: sources, outline: true, label: {zh: 来源, en: source}}
      theorist: {plural: theorists, label: {zh: 理论家, en: theorist}}
    families: {power: {label: {zh: 权力, en: power}}}
    predicates:
      privatises: {family: power, label: {zh: 私有化, en: privatises}, inverse: {zh: 被…私有化, en: is privatised by}}
      promotes: {family: power, label: {zh: 促进, en: promotes}, inverse: {zh: 由…促进, en: is promoted by}}
      becomes: {family: power, label: {zh: 变为, en: becomes}, inverse: {zh: 由…变来, en: was}}
      prevents: {family: power, label: {zh: 阻止, en: prevents}, inverse: {zh: 被…阻止, en: is prevented by}}
    """
    guide = "---\n".join(blocks(FORMAT, "yaml"))
    found = loaded(entities, vocabulary, guide=guide).diagnostics
    assert [str(each) for each in found if each.severity > Severity.NOTE] == []


def test_the_format_guide_names_every_field() -> None:
    from conceptgraph.model import Citation, Predicate

    fields = set(re.findall(r"`([a-z-]+)`", FORMAT))
    citation = set(Citation._fields) - {"source", "section", "origin"}
    predicate = {field.replace("_", "-") for field in Predicate._fields} - {"id", "definition", "origin"}
    assert (citation | predicate) - fields == set()


def test_the_code_of_the_library_guide_runs_and_answers_as_shown(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks(LIBRARY, "python"):
        exec(block, names)  # noqa: S102 - our own documentation
    printed = capsys.readouterr().out
    (shown,) = blocks(LIBRARY, "text")
    assert printed.startswith(shown)
    assert "user-attention → audience-commodity → exploitation" in printed
    assert "用户注意力 变为 受众商品" in printed
    assert (tmp_path / "argument-map.html").is_file()


def test_the_library_guide_lists_every_function() -> None:
    listed = re.findall(r"^\| `([a-z_]+)\(", LIBRARY.partition("## Every function")[2], re.MULTILINE)
    assert set(listed) == {name for name in conceptgraph.__all__ if name.islower()}


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    for file in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+)\)", file.read_text("utf-8")):
            assert link.startswith("https://") or (file.parent / link).exists(), f"{file.name}: {link}"
