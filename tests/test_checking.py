"""The verbs `check` and `explain`: what is chosen, what is passed over, and the list of all codes."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from maps import written

from conceptgraph.cli import cli
from conceptgraph.cli.checking import FORMATS
from conceptgraph.loader import codes

DOCS = Path(__file__).parents[1] / "docs"
FAULTY = """
sources: {essay: {label: {zh: 文, en: essay}}}
concepts:
  a: {label: {zh: 甲, en: a}}
  b: {label: {zh: 乙}}
  c: {label: {zh: 丙, en: c}} # conceptgraph: ignore[isolated-entity]
relations: [{in: essay, triples: [[a, leads-to, b]]}]
"""


def check(folder: Path, *arguments: str, text: str = FAULTY) -> Result:
    command = ["check", "-i", str(written(folder, text)), "--format", "concise", *arguments]
    return CliRunner().invoke(cli, command)


def passes(folder: Path, *arguments: str) -> bool:
    command = ["check", "-i", str(written(folder, FAULTY)), *arguments]
    return not CliRunner().invoke(cli, command, standalone_mode=False).return_value


def found(result: Result) -> set[str]:
    return set(re.findall(r"\[([a-z0-9-]+)\]", result.stdout))


def test_finds_everything_unless_told_otherwise(tmp_path: Path) -> None:
    result = check(tmp_path, "--notes")
    assert found(result) == {"missing-label", "unused-predicate"}
    assert passes(tmp_path)


def test_selects_codes_by_option_and_by_list(tmp_path: Path) -> None:
    assert found(check(tmp_path, "--notes", "--select", "unused-predicate")) == {"unused-predicate"}
    both = {"missing-label", "unused-predicate"}
    assert found(check(tmp_path, "--notes", "--select", "unused-predicate，missing-label")) == both
    assert found(check(tmp_path, "--notes", "--select", "unused-predicate", "--select", "missing-label")) == both


def test_ignores_codes_and_ignoring_goes_first(tmp_path: Path) -> None:
    assert found(check(tmp_path, "--notes", "--ignore", "missing-label")) == {"unused-predicate"}
    assert found(check(tmp_path, "--select", "missing-label", "--ignore", "missing-label")) == set()


def test_what_is_passed_over_fails_nothing_and_is_not_counted(tmp_path: Path) -> None:
    assert not passes(tmp_path, "--strict")
    assert passes(tmp_path, "--strict", "--ignore", "missing-label")
    result = check(tmp_path, "--ignore", "missing-label,unused-predicate")
    assert result.stderr.endswith("1 relations: nothing to report\n")


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_refuses_a_code_that_is_none_and_names_the_nearest(option: str, tmp_path: Path) -> None:
    result = check(tmp_path, option, "missing-label,missing-lable")
    assert result.exit_code == 2
    assert "no rule is called 'missing-lable'" in result.stderr
    assert "missing-label" in result.stderr


@pytest.mark.parametrize(
    ("code", "option"),
    [("anchor-not-found", "--sources"), ("source-file-missing", "--sources"), ("question-fails", "--questions")],
)
def test_refuses_to_select_what_nobody_looks_for(code: str, option: str, tmp_path: Path) -> None:
    result = check(tmp_path, "--select", code)
    assert result.exit_code == 2
    assert f"{code} is looked for only with {option}" in result.stderr
    assert check(tmp_path, "--ignore", code).exit_code == 0


@pytest.mark.parametrize("form", FORMATS)
def test_an_ignored_finding_is_ignored_in_every_format(form: str, tmp_path: Path) -> None:
    kept = FAULTY.replace(" # conceptgraph: ignore[isolated-entity]", "")
    arguments = ("--select", "isolated-entity", "--format", form)
    result = check(tmp_path, *arguments)
    assert "'c' takes part" not in result.stdout
    assert "'c' takes part in no relation" in check(tmp_path, *arguments, text=kept).stdout


def test_sarif_is_written_where_nothing_is_found(tmp_path: Path) -> None:
    result = check(tmp_path, "--select", "missing-field", "--format", "sarif")
    (run,) = json.loads(result.stdout)["runs"]
    assert run["results"] == []


def test_explain_lists_every_code_with_its_severity() -> None:
    result = CliRunner().invoke(cli, ["explain", "-O", "tsv"])
    rows = [line.split("\t") for line in result.stdout.splitlines()[1:]]
    assert {code: severity for code, severity, _ in rows} == {id: str(code.severity) for id, code in codes().items()}


def test_explain_says_what_one_is_as_json() -> None:
    said = json.loads(CliRunner().invoke(cli, ["explain", "self-relation", "-O", "json"]).stdout)
    assert (said["code"], said["severity"]) == ("self-relation", "error")
    assert "[capital, leads-to, capital, " in said["bad"]


def test_the_guide_lists_every_code() -> None:
    table = CliRunner().invoke(cli, ["explain", "-O", "markdown"]).stdout
    guide = (DOCS / "checks.md").read_text("utf-8")
    assert guide.endswith(f"## All codes\n\n{table}"), "docs/checks.md ends with `conceptgraph explain -O markdown`"


def test_the_guide_names_every_format() -> None:
    row = re.search(r"^\| `--format` \|.*$", (DOCS / "checks.md").read_text("utf-8"), re.MULTILINE)
    assert row is not None
    assert set(FORMATS) <= set(re.findall(r"`([a-z]+)`", row.group()))


def test_the_example_of_the_guide_ignores_what_it_says(tmp_path: Path) -> None:
    guide = (DOCS / "checks.md").read_text("utf-8")
    example = re.search(r"^```yaml\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    assert example is not None
    result = check(tmp_path, text=example.group(1))
    assert found(result) == set()
