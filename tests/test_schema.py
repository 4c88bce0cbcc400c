"""The JSON Schema of a map's files: what it says, held against what `check` says of the same files."""

import copy
import json
import re
import shutil
from collections.abc import Iterator
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from maps import VOCABULARY, loaded, written
from test_cli import run
from test_readme import FORMAT, ROOT

from conceptgraph import binder, fields, files, reader, schema
from conceptgraph.examples import FOLDER
from conceptgraph.loader import codes, load
from conceptgraph.model import ArgumentMap, Citation, Entity, Family, Kind, Predicate, Question
from conceptgraph.reader import Mapping, Node, Scalar, Sequence

DATA = ROOT / "data"
WHOLE_NUMBER = re.compile(r"[-+]?[0-9]+")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")

# One file with everything that the format knows.
WHOLE = """
kinds:
  thesis: {plural: theses, proposition: true, label: {zh: 论题, en: thesis}, definition: {en: what can be true}}
families:
  power: {label: {zh: 权力, en: power}, definition: {en: who does what to whom}}
predicates:
  widens:
    family: power
    sign: 1
    symmetric: false
    bookkeeping: false
    acyclic: true
    vague: false
    label: {zh: 拓宽, en: widens}
    inverse: {zh: 被…拓宽, en: is widened by}
    definition: {en: makes wider}
    opposite: prevents
    domain: [concept]
    range: concept
    same-as: ['wdt:P1']
sources:
  essay:
    label: {zh: 文章, en: essay}
    file: essay.txt
    reference:
      type: article-journal
      title: 文章
      author: [{family: 李, given: 明}, {literal: 社}]
      issued: 2024-05
      volume: 12
    sections:
      '1': {zh: 引言, en: Introduction, opens: 一、}
theorists:
  marx: {label: {zh: 马克思, en: Marx}, aliases: {zh: [卡尔], en: Karl}, note: {en: a note}}
concepts:
  labour: {label: {zh: 劳动, en: labour}, definition: {zh: 做工, en: work}}
  value: {label: {zh: 价值, en: value}}
relations:
  - in: essay/1
    triples:
      - [labour, widens, value]
      - - labour
        - leads-to
        - value
        - in: essay
          at: 原话
          by: [marx, unattributed]
          likely: marx
          via: marx
          denied: true
          stance: reports
          modality: conditional
          condition: {en: if}
          inferred: true
          order: 2
          when: 193X
          note: {en: note}
      - {subject: labour, predicate: mirrors, object: value, at: 原话}
questions:
  what: {ask: {zh: 何？, en: what?}, query: show labour, expect: [labour]}
"""


def value(node: Node) -> Any:
    """What an editor takes a piece of YAML for: numbers and truth values are no text."""
    if isinstance(node, Mapping):
        return {key.text: value(each) for key, each in node.pairs}
    if isinstance(node, Sequence):
        return [value(each) for each in node.items]
    assert isinstance(node, Scalar)
    if node.quoted:
        return node.text
    if node.text in ("", "~", "null"):
        return None
    if node.text in ("true", "false"):
        return node.text == "true"
    if WHOLE_NUMBER.fullmatch(node.text):
        return int(node.text)
    return float(node.text) if NUMBER.fullmatch(node.text) else node.text


def values(file: Path) -> list[Any]:
    return [value(root) for root in reader.read(file, file.name).roots]


def validator(map: ArgumentMap) -> Any:
    return jsonschema.Draft7Validator(schema.document(map))


def faults(file: Path, checker: Any) -> list[str]:
    return [error.message for content in values(file) for error in checker.iter_errors(content)]


# against the rules and the curated map


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(schema.document(loaded(WHOLE).require()))


@pytest.fixture(scope="module")
def curated() -> Any:
    return validator(load(DATA).require())


@pytest.mark.parametrize("name", [path for path, _ in files.found(DATA)])
def test_finds_nothing_in_the_curated_map(name: str, curated: Any) -> None:
    assert faults(DATA / name, curated) == []


# A schema sees one file at a time, and not the texts; what else is not its own to see is said by `check`.
SHAPES = {
    "anchor-too-long",
    "malformed-id",
    "missing-field",
    "unknown-field",
    "unknown-kind",
    "unknown-predicate",
    # where it could not be an id at all
    "unknown-reference",
    "wrong-type",
}
NO_YAML = {"duplicate-key", "forbidden-character", "not-utf8", "unreadable-file", "yaml-feature", "yaml-syntax"}
"""What an editor reports by itself, or cannot open."""


@pytest.mark.parametrize("code", sorted(codes().keys() - NO_YAML))
@pytest.mark.parametrize("which", ["bad", "good"])
def test_finds_in_the_examples_of_a_rule_what_is_a_matter_of_shape(code: str, which: str, tmp_path: Path) -> None:
    with as_file(FOLDER) as here:
        for name in ("base.yaml", f"{code}/{which}.yaml"):
            shutil.copy(here / name, tmp_path)
    found = faults(tmp_path / f"{which}.yaml", validator(load(tmp_path).map))
    assert bool(found) == (which == "bad" and code in SHAPES), found


# against the binder, slip by slip


def flow(content: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(content, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {flow(each)}" for key, each in content.items()) + "}"
    if isinstance(content, list):
        return "[" + ", ".join(map(flow, content)) + "]"
    return "" if content is None else json.dumps(content, ensure_ascii=False)


def places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every value below one."""
    pairs = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, each in pairs:
        yield (*path, key)
        yield from places(each, (*path, key))


def slips(whole: Any) -> Iterator[tuple[str, Any]]:
    """The same content with one thing put wrong."""
    for path in places(whole):
        for wrong in ("word", "", 7, None, [], ["word"], [[]], {}, {"word": "x"}, "colour: added", "gone"):
            changed = copy.deepcopy(whole)
            parent = changed
            for key in path[:-1]:
                parent = parent[key]
            if wrong == "colour: added":
                if not isinstance(parent[path[-1]], dict):
                    continue
                parent[path[-1]]["colour"] = "blue"
            elif wrong == "gone":
                del parent[path[-1]]
            elif (wrong is None and isinstance(parent, list)) or (wrong == "" and len(path) == 1):
                # nothing is no item of a list; and under a heading, nothing may be said with quotes
                continue
            else:
                parent[path[-1]] = wrong
            yield f"{'/'.join(map(str, path))}: {wrong!r}", changed


FIELD_CODES = {code.id for code in fields.CODES} | {binder.MALFORMED_ID.id}


def test_finds_whatever_slip_of_shape_the_binder_finds_and_no_more(tmp_path: Path) -> None:
    [content] = [value(root) for root in reader.read(written(tmp_path, WHOLE) / "map.yaml", "map.yaml").roots]
    checker = validator(load(tmp_path).require())
    missed, invented = [], []
    for slip, changed in slips(content):
        (tmp_path / "map.yaml").write_text(flow(changed), "utf-8")
        found = load(tmp_path).errors
        valid = checker.is_valid(changed)
        if valid and any(each.code in FIELD_CODES for each in found):
            missed.append(f"{slip}: {[each.message for each in found]}")
        if not valid and not found:
            invented.append(slip)
    assert (missed, invented) == ([], [])


@pytest.mark.parametrize(
    ("record", "definition"),
    [
        (Kind, "kind"),
        (Family, "family"),
        (Predicate, "predicate"),
        (Question, "question"),
        (Entity, "source"),
        (Citation, "citation"),
    ],
)
def test_knows_every_field_of_a_record(record: Any, definition: str) -> None:
    known = schema.document(ArgumentMap())["definitions"][definition]["properties"].keys()
    # what a record is called and where it stands is no field; `in` names source and section
    other = {"id", "kind", "origin", "source", "section"}
    assert known - {"in"} == {field.replace("_", "-") for field in record._fields} - other


def test_says_of_a_field_what_the_format_guide_says() -> None:
    definitions = schema.document(ArgumentMap())["definitions"]
    for first, definition, defaults in (("in", "citation", 1), ("label", "predicate", 1), ("type", "reference", 0)):
        table = FORMAT[FORMAT.index(f"| `{first}`") :].partition("\n\n")[0]
        for row in table.splitlines():
            names, *_, meaning = (cell.strip() for cell in row.strip("|").split("|"))
            for name in re.findall(r"`([\w-]+)`", names):
                said = definitions[definition]["properties"][name].get("description")
                if defaults or said:
                    assert said == meaning.replace("`", ""), name


# what it says of this map


def test_names_the_places_predicates_and_entities_of_the_map() -> None:
    definitions = schema.document(loaded(WHOLE).require())["definitions"]
    listed = {name: [each["body"] for each in definitions[name]["defaultSnippets"]] for name in ("id", "place")}
    assert listed == {"id": ["essay", "labour", "marx", "value"], "place": ["essay", "essay/1"]}
    predicates = {each["body"]: each for each in definitions["predicate-id"]["defaultSnippets"]}
    assert predicates["leads-to"]["label"] == "leads-to 导致"
    assert predicates["leads-to"]["description"] == "← 源于 · results from"
    assert predicates["mirrors"]["description"] == ""


def test_a_new_entity_is_no_fault_and_a_new_predicate_is_one() -> None:
    checker = validator(loaded(WHOLE).require())
    block = {"in": "new-essay/7", "triples": [["new", "leads-to", "newer", {"by": "newest"}]]}
    assert checker.is_valid({"relations": [block]})
    block["triples"][0][1] = "leads"  # type: ignore[index]
    assert not checker.is_valid({"relations": [block]})


def test_the_same_map_gives_the_same_bytes_whatever_the_files(tmp_path: Path) -> None:
    head, relations = WHOLE.split("relations:\n")
    one = written(tmp_path, WHOLE)
    (tmp_path / "two").mkdir()
    two = written(tmp_path / "two", f"relations:\n{relations}", VOCABULARY, a=head)
    assert schema.render(load(two).require()) == schema.render(load(two).require())
    assert schema.render(load(two).require()) == schema.render(loaded(WHOLE).require())
    assert one.is_dir()


# the files


def test_the_curated_map_has_its_schema_and_every_file_names_it() -> None:
    assert (DATA / schema.NAME).read_text("utf-8") == schema.render(load(DATA).require()), "run `make docs`"
    for _, file in files.found(DATA):
        assert file.read_text("utf-8").splitlines()[0] == schema.line(file, DATA / schema.NAME), file


def test_the_line_of_a_file_leads_from_it_to_the_schema() -> None:
    line = schema.line(Path("data/essays/progress/1.yaml"), Path("data/map.schema.json"))
    assert line == "# yaml-language-server: $schema=../../map.schema.json"


# the verb


def test_the_verb_writes_beside_the_map_and_says_which_files_do_not_name_it(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    done = run(tmp_path, "schema", "-i", ".")
    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "wrote map.schema.json",
        "map.yaml does not name it; let it begin with: # yaml-language-server: $schema=map.schema.json",
        "vocabulary.yaml does not name it; let it begin with: # yaml-language-server: $schema=map.schema.json",
    ]
    assert run(tmp_path, "schema", "-i", ".", "-o", "-").stdout == (tmp_path / "map.schema.json").read_text("utf-8")


def test_the_verb_says_whether_the_schema_is_fresh(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    missing = run(tmp_path, "schema", "-i", ".", "--check")
    assert (missing.returncode, missing.stderr) == (1, "map.schema.json is missing: run `conceptgraph schema`\n")
    run(tmp_path, "schema", "-i", ".")
    assert run(tmp_path, "schema", "-i", ".", "--check").returncode == 0
    (tmp_path / "more.yaml").write_text("concepts: {more: {label: {zh: 多, en: more}}}", "utf-8")
    assert run(tmp_path, "schema", "-i", ".", "--check").stderr.startswith("map.schema.json is stale")


def test_the_verb_writes_nothing_for_a_broken_map_or_beside_the_map_of_the_program(tmp_path: Path) -> None:
    broken = written(tmp_path, WHOLE.replace("family: power", "family: might"))
    assert run(broken, "schema", "-i", ".").returncode == 1
    assert not (broken / schema.NAME).exists()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    refused = run(elsewhere, "schema")
    assert refused.returncode == 2
    assert "say where to write with -o" in refused.stderr
