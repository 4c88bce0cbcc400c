"""What verbs answer with `-O json`, against the published schema: each verb by its own examples, and some more."""

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from click.testing import CliRunner
from histories import HISTORY, commit
from maps import VOCABULARY, written
from referencing import Registry, Resource
from test_readme import ESSAYS, EXAMPLES

from conceptgraph.cli import cli
from conceptgraph.diagnostics import Severity
from conceptgraph.model import ArgumentMap
from conceptgraph.reports.terminal import Terminal
from conceptgraph.reports.whole import StatsReport
from conceptgraph.terms import FIELDS, WAYS
from conceptgraph.trace import ENDINGS
from conceptgraph.who import ATTITUDES

DOCS = Path(__file__).parents[2] / "docs"
EXPORT, ANSWERS = (
    json.loads((DOCS / f"{name}-1.schema.json").read_text("utf-8")) for name in ("conceptgraph", "answers")
)
REGISTRY: Any = Registry().with_resource("conceptgraph-1.schema.json", Resource.from_contents(EXPORT))
VERBS = [verb["$ref"].removeprefix("#/$defs/") for verb in ANSWERS["anyOf"]]

MAP = """
sources:
  essay:
    label: {zh: 一篇文章, en: an essay}
    file: essay.txt
    sections: {"1": {zh: 引言, en: Introduction, opens: 一、引言}}
theorists:
  negri: {label: {zh: 奈格里, en: Antonio Negri}}
concepts:
  labour: {label: {zh: 劳动, en: labour}, aliases: {zh: [活劳动]}}
  alienation: {label: {zh: 异化, en: alienation}}
  exodus: {label: {zh: 出走, en: exodus}}
relations:
  - in: essay/1
    triples:
      - [negri, argues, labour, {by: negri, at: 奈格里提出}]
      - [labour, leads-to, alienation, {inferred: true}]
      - [labour, prevents, alienation, {by: negri, stance: rejects}]
questions:
  found: {ask: {en: found?}, query: show labour}
  nothing: {ask: {en: nothing?}, query: neighbors exodus}
"""
FAULTS = """
concepts:
  labour: {label: {zh: 劳动, en: toil}}
relations: [{in: essay/1, triples: [[labour, leads-to, alienation], [labuor, leads-to, alienation]]}]
"""

# of the curated map
MORE = [
    "show alienation",
    "show immaterial-labour produces value",
    "search 解药",
    "search alienaton -n 2",
    "search 没有这样的词",
    "neighbors audience-commodity --depth 2",
    "path 马克思 剥削 -n 5",
    "path user-attention exploitation --max-length 1",
    "path @theorist 剥削，异化 -n 2",
    "trace 剥削 --family causal --direction in --depth 1",
    "who exploitation",
    "who immaterial-labour produces value",
    "compare alienation progress",
    "compare alienation/3 negri",
    "centrality --robust -n 3 --kind theorist",
    "centrality -m pagerank --in progress",
    "communities -n 0",
]
# of the small one
SMALL = [
    "ask found",
    "ask nothing",
    "check --notes",
    "coverage --sources .",
    "neighbors exodus",
    "path negri alienation",
    "show labour leads-to alienation",
    "stats",
]


def form(verb: click.Command) -> list[str]:
    """The option by which a verb answers in JSON; empty where it has none."""
    for option in verb.params:
        if isinstance(option, click.Option) and "json" in getattr(option.type, "choices", ()):
            return [option.opts[-1], "json"]
    return []


def verb(command: str) -> str:
    return command.removeprefix("conceptgraph ").partition(" ")[0]


def answer(folder: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    arguments = shlex.split(command.removeprefix("conceptgraph "))
    if arguments[0] == "diff":
        folder = folder / "history"
        if not folder.exists():
            folder.mkdir()
            commit(folder, *HISTORY)
    monkeypatch.chdir(folder)
    if "../shared/essays" in arguments:
        if not ESSAYS.is_dir():
            pytest.skip("the essays do not lie beside the checkout")
        arguments[arguments.index("../shared/essays")] = str(ESSAYS)
    done = CliRunner().invoke(cli, [*arguments, *form(cli.commands[arguments[0]])])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return json.loads(done.stdout)


def validator(definition: str, cls: Any = jsonschema.Draft202012Validator) -> Any:
    return cls(ANSWERS, registry=REGISTRY).evolve(schema={"$ref": f"#/$defs/{definition}"})


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", MAP, VOCABULARY)
    (tmp_path / "essay.txt").write_text("一、引言。奈格里提出此说。劳动如此。", "utf-8")
    return tmp_path


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(ANSWERS)


def test_every_verb_that_answers_in_json_has_the_definition_of_its_name_and_a_row_in_the_guide() -> None:
    assert sorted(VERBS) == sorted(name for name, verb in cli.commands.items() if form(verb))
    guide = (DOCS / "json.md").read_text("utf-8")
    assert [verb for verb in VERBS if f"| `{verb}" not in guide] == []


COMMANDS = [command for verb, command in EXAMPLES if form(cli.commands[verb])] + MORE


@pytest.mark.parametrize("command", COMMANDS)
def test_answers_of_the_curated_map_fit(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    validator(verb(command)).validate(answer(tmp_path, command, monkeypatch))


@pytest.mark.parametrize("command", SMALL)
def test_answers_of_a_small_map_fit(command: str, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    validator(verb(command)).validate(answer(small, command, monkeypatch))


def test_faults_fit(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "data" / "faults.yaml").write_text(FAULTS, "utf-8")
    found = answer(small, "check", monkeypatch)
    validator("check").validate(found)
    assert {"duplicate-id", "unknown-reference"} <= {each["code"] for each in found}


def test_an_empty_map_has_all_counts() -> None:
    validator("stats").validate(json.loads(StatsReport(ArgumentMap()).written("json", Terminal())))


def described(schema: Any) -> Iterator[tuple[int, str]]:
    """Every field that a schema describes: by the place of its description, and its name."""
    if isinstance(schema, dict):
        yield from ((id(schema["properties"]), name) for name in schema.get("properties", ()))
        for part in schema.values():
            yield from described(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from described(part)


def test_no_field_is_described_that_never_occurs(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set()
    plainly = jsonschema.Draft202012Validator.VALIDATORS["properties"]

    def recorded(validator: Any, properties: Any, instance: Any, schema: Any) -> Iterator[Any]:
        seen.update((id(properties), name) for name in properties if name in instance)
        yield from plainly(validator, properties, instance, schema)

    recording = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"properties": recorded})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for folder, commands in ((elsewhere, COMMANDS), (small, SMALL)):
        for command in commands:
            if "../shared/essays" not in command:
                validator(verb(command), recording).validate(answer(folder, command, monkeypatch))
    (small / "data" / "faults.yaml").write_text(FAULTS, "utf-8")
    validator("check", recording).validate(answer(small, "check", monkeypatch))
    names = {name for place, name in described(ANSWERS) if (place, name) not in seen}
    assert names == set()


def test_the_schema_is_strict(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ("show labour", "path negri alienation", "show labour leads-to alienation"):
        data = answer(small, command, monkeypatch)
        with pytest.raises(jsonschema.ValidationError):
            validator(verb(command)).validate({**data, "more": 1})
        data.popitem()
        with pytest.raises(jsonschema.ValidationError):
            validator(verb(command)).validate(data)


def test_the_schema_knows_the_words_of_the_program() -> None:
    found = ANSWERS["$defs"]["search"]["items"]["properties"]
    assert (sorted(found["field"]["enum"]), found["way"]["enum"]) == (sorted(FIELDS), list(WAYS))
    branch = ANSWERS["$defs"]["trace"]["properties"]["branches"]["items"]["properties"]
    assert branch["goes-on"]["enum"] == list(ENDINGS)
    assert ANSWERS["$defs"]["who"]["properties"]["attitudes"]["required"] == list(ATTITUDES)
    assert ANSWERS["$defs"]["diagnostic"]["properties"]["severity"]["enum"] == [str(each) for each in Severity]
