"""A folder to a map and everything found wrong with it."""

import gc
import json
import os
import random
import re
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conceptgraph.diagnostics import Diagnostic, Severity
from conceptgraph.errors import InvalidMap
from conceptgraph.exporters import json as json_format
from conceptgraph.files import shipped
from conceptgraph.loader import Loaded, codes, load
from conceptgraph.model import STANCES
from conceptgraph.reader import Mapping, Node, Scalar, parse

VOCABULARY = """
    kinds:
      concept: {plural: concepts, label: {zh: 概念, en: concept}}
      source: {plural: sources, outline: true, label: {zh: 来源, en: source}}
      theorist: {plural: theorists, label: {zh: 理论家, en: theorist}}
    families:
      causal: {label: {zh: 因果, en: causal}}
      intellectual: {label: {zh: 思想, en: intellectual}}
    predicates:
      argues: {label: {zh: 主张, en: argues}, inverse: {zh: 由…主张, en: is argued by}, family: intellectual}
      leads-to: {label: {zh: 导致, en: leads to}, inverse: {zh: 源于, en: results from}, family: causal}
      prevents:
        label: {zh: 阻止, en: prevents}
        inverse: {zh: 被…阻止, en: is prevented by}
        family: causal
        opposite: leads-to
      mirrors: {label: {zh: 对应于, en: mirrors}, family: causal, symmetric: true}
"""
ESSAY = """
    sources:
      alienation:
        label: {zh: 异化, en: alienation}
        sections: {"1": {zh: 引言, en: Introduction}, "3.1": {zh: 剥削, en: Exploitation}}
    theorists:
      marx: {label: {zh: 马克思, en: Marx}}
      fuchs: {label: {zh: 福克斯, en: Fuchs}, aliases: {zh: [富克斯]}}
    concepts:
      free-labour: {label: {zh: 免费劳动, en: free labour}, aliases: {zh: [无偿劳动], en: [unpaid work]}}
      capital: {label: {zh: 资本, en: capital}}
"""
CITES = """
    relations:
      - in: alienation/1
        triples:
          - [free-labour, leads-to, capital]
          - [marx, argues, free-labour, {by: fuchs}]
"""


def of_files(files: dict[str, str | bytes]) -> Loaded:
    """What a folder with these files holds, with the vocabulary among them unless they have one of their own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {"vocabulary.yaml": VOCABULARY, **files}.items():
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else dedent(content).removeprefix("\n").encode())
        return load(folder)


def line(found: Diagnostic) -> str:
    """`file:line:column code: message (help)`."""
    return f"{found.span} {found.code}: {found.message}" + (f" ({found.help})" if found.help else "")


def faults(files: dict[str, str | bytes]) -> list[str]:
    """The errors and warnings; notes about predicates that a small map does not use are left out."""
    return [line(found) for found in of_files(files).diagnostics if found.severity > Severity.NOTE]


def places(files: dict[str, str | bytes]) -> list[str]:
    """The same, as `file:line:column code`."""
    return [" ".join(fault.split(": ")[0].split()) for fault in faults(files)]


# everything at once


def test_finds_all_faults_of_all_files_in_one_run() -> None:
    found = faults(
        {
            "essay.yaml": ESSAY,
            "a/relations.yaml": """
                relations:
                  - in: alienation/3.2
                    triples:
                      - [免费劳动, leads-to, captial, {at: 甲, stance: yes}]
                      - [free-labour, leads-to, capital, {by: [marx, zizek], at: 一二三四五六七八九十一二三四五六七}]
                      - [marx, cause, marx]
                """,
            "b.yaml": """
                concepts:
                  Leisure: {label: {zh: 闲暇, en: leisure}}
                  leisure: {label: {zh: 闲暇}, colour: red}
                  capital: {label: {zh: 资本, en: capital}}
                machines:
                  loom: {}
                """,
            "c.yaml": "concepts:\n  x: {label: {zh: 甲, en: x}\n  y: {}\n",
            "d.yaml": "concepts:\n  数: 1\n".encode("gbk"),
        }
    )
    section = "unknown-section: 'alienation' has no section '3.2' (its sections are 1, 3.1)"
    headings = "concepts, families, kinds, predicates, questions, relations, sources, theorists"
    few = "keep the few words that carry the claim"
    entity = "the fields are aliases, definition, label, note, reference"
    comma = "a comma or a closing bracket is missing before this place"
    assert found == [
        f"a/relations.yaml:2:9 {section}",
        f"a/relations.yaml:2:9 {section}",
        f"a/relations.yaml:2:9 {section}",
        "a/relations.yaml:4:10 unknown-reference: no entity has the id '免费劳动' (did you mean 'free-labour'?)",
        "a/relations.yaml:4:26 unknown-reference: no entity has the id 'captial' (did you mean 'capital'?)",
        f"a/relations.yaml:4:51 wrong-type: expected one of {', '.join(STANCES)} under 'stance', found 'yes'",
        "a/relations.yaml:5:54 unknown-reference: no entity has the id 'zizek'",
        f"a/relations.yaml:5:66 anchor-too-long: the anchor has 17 characters, 16 is the most ({few})",
        "a/relations.yaml:6:16 unknown-predicate: no predicate has the id 'cause'",
        "a/relations.yaml:6:23 self-relation: 'marx' is related to itself",
        "b.yaml:2:3 malformed-id: malformed id 'Leisure' (write 'leisure')",
        "b.yaml:3:20 missing-label: 'leisure' has no label in en (add label: {zh: …, en: …})",
        f"b.yaml:3:30 unknown-field: unknown field 'colour' ({entity})",
        f"b.yaml:5:1 unknown-kind: no kind is listed under 'machines' (the headings are {headings})",
        f"c.yaml:3:3 yaml-syntax: expected ',' or '}}', but got '<scalar>' ({comma})",
        "d.yaml:2:3 not-utf8: not UTF-8 (save the file with the encoding UTF-8)",
        "essay.yaml:10:3 duplicate-id: the id 'capital' stands twice",
    ]


def test_findings_come_by_place_and_point_into_texts_that_are_at_hand() -> None:
    loaded = of_files({"b.yaml": "x: 1\ny: 2\n", "a.yaml": "z: 3\n", "c/d.yaml": "[\n"})
    assert [str(found.span) for found in loaded.errors] == ["a.yaml:1:1", "b.yaml:1:1", "b.yaml:2:1", "c/d.yaml:2:1"]
    assert sorted(loaded.texts) == ["a.yaml", "b.yaml", "c/d.yaml", "vocabulary.yaml"]
    assert loaded.texts["a.yaml"] == "z: 3\n"


def test_a_map_with_errors_answers_no_questions() -> None:
    loaded = of_files({"a.yaml": "x: 1\ny: 2\n"})
    with pytest.raises(InvalidMap, match=r"(?m)^the map has 2 errors$") as raised:
        loaded.require()
    assert raised.value.diagnostics == loaded.errors


def test_a_map_with_warnings_and_notes_does() -> None:
    loaded = of_files({"essay.yaml": ESSAY})
    assert {found.severity for found in loaded.diagnostics} == {Severity.WARNING, Severity.NOTE}
    assert loaded.errors == ()
    assert loaded.require() is loaded.map


def test_every_code_is_explained_once() -> None:
    assert list(codes()) == sorted(codes())
    for id, code in codes().items():
        assert code.id == id
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", id)
        assert code.doc.strip()


# one fault is one finding

CAPITAL = "{label: {zh: 资本, en: capital}}"


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("essay", "[无偿劳动]", "[无偿劳动", "9:91 yaml-syntax"),
        ("essay", "sources:", "sources: [", "3:10 yaml-syntax"),
        ("essay", CAPITAL, "资本", "10:12 wrong-type"),
        ("essay", CAPITAL, "{label: 资本}", "10:20 wrong-type"),
        ("essay", CAPITAL, "{label: {中文: 资本, en: capital}}", "10:21 unknown-field"),
        ("essay", "资本", '"资\\e本"', "10:25 forbidden-character"),
        ("essay", "capital: {", "capital: &c {", "10:12 yaml-feature"),
        ("essay", "concepts:", "concept:", "8:1 unknown-kind"),
        ("essay", "sources:", "texts:", "1:1 unknown-kind"),
        ("essay", "theorists:", "concepts:", "8:1 duplicate-key"),
        ("cites", "in: alienation/1", "in: [alienation/1]", "2:9 wrong-type"),
        ("vocabulary", "families:", "families: [", "7:3 yaml-syntax"),
        ("vocabulary", "kinds:", "kinds: [", "3:3 yaml-syntax"),
        ("vocabulary", "plural: concepts, ", "", "2:3 missing-field"),
        ("vocabulary", "plural: concepts", "plural: []", "2:21 wrong-type"),
        ("vocabulary", ", family: intellectual", "", "9:3 missing-field"),
        ("vocabulary", ", family: intellectual", ", family: [a]", "9:88 wrong-type"),
        ("vocabulary", "{zh: 主张, en: argues}", "主张", "9:19 wrong-type"),
        ("vocabulary", "{zh: 由…主张, en: is argued by}", "由…主张", "9:50 wrong-type"),
        ("vocabulary", "{label: {zh: 思想, en: intellectual}}", "思想", "7:17 wrong-type"),
    ],
)
def test_an_error_breeds_no_errors(file: str, old: str, new: str, fault: str) -> None:
    files: dict[str, str | bytes] = {"essay.yaml": ESSAY, "cites.yaml": CITES, "vocabulary.yaml": VOCABULARY}
    before = files[f"{file}.yaml"]
    assert isinstance(before, str)
    assert before.count(old) == 1
    files[f"{file}.yaml"] = before.replace(old, new)
    assert places(files) == [f"{file}.yaml:{fault}"]


@pytest.mark.parametrize("file", ["essay", "vocabulary"])
@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_a_file_in_another_encoding_breeds_no_errors(file: str, encoding: str) -> None:
    files = {"essay.yaml": ESSAY, "cites.yaml": CITES, "vocabulary.yaml": VOCABULARY}
    data = dedent(files[f"{file}.yaml"]).encode(encoding)
    found = places({**files, f"{file}.yaml": data})
    assert [re.sub(r":\d+:\d+", "", each) for each in found] == [f"{file}.yaml not-utf8"]


def test_a_file_that_cannot_be_read_breeds_no_errors(tmp_path: Path) -> None:
    (tmp_path / "cites.yaml").write_text(dedent(CITES), encoding="utf-8")
    (tmp_path / "essay.yaml").write_text(dedent(ESSAY), encoding="utf-8")
    (tmp_path / "vocabulary.yaml").symlink_to("gone.yaml")
    assert [line(found) for found in load(tmp_path).diagnostics] == [
        "vocabulary.yaml:1:1 unreadable-file: no such file or directory"
    ]


def test_an_alias_is_refused_once_wherever_it_stands() -> None:
    found = places(
        {
            "essay.yaml": ESSAY,
            "x.yaml": """
                concepts:
                  leisure: {label: *a}
                  <<: *b
                  *c : {label: {zh: 甲, en: c}}
                relations:
                  - in: *d
                    triples:
                      - [*e, leads-to, capital]
                      - [free-labour, leads-to, capital, {by: [*f], denied: *g}]
                      - *h
                """,
        }
    )
    assert found == [
        "x.yaml:2:20 yaml-feature",
        "x.yaml:3:3 yaml-feature",
        "x.yaml:3:7 yaml-feature",
        "x.yaml:4:3 yaml-feature",
        "x.yaml:6:9 yaml-feature",
        "x.yaml:8:10 yaml-feature",
        "x.yaml:9:48 yaml-feature",
        "x.yaml:9:61 yaml-feature",
        "x.yaml:10:9 yaml-feature",
    ]


def test_a_fault_hides_no_fault_of_another_record() -> None:
    found = faults(
        {
            "essay.yaml": ESSAY,
            "cites.yaml": CITES
            + "          - [free-labour, leads-to, *gone]\n          - [free-labour, leads-to, gone]\n",
        }
    )
    assert found == [
        "cites.yaml:6:33 yaml-feature: maps have no aliases (write the value out)",
        "cites.yaml:7:33 unknown-reference: no entity has the id 'gone'",
    ]


def test_the_id_of_a_predicate_does_not_pass_for_an_entity() -> None:
    found = faults({"essay.yaml": ESSAY, "cites.yaml": CITES + "          - [free-labour, leads-to, prevents]\n"})
    assert found == ["cites.yaml:6:33 unknown-reference: no entity has the id 'prevents'"]


# what was probably meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("capitals", "'capital'"),
        ("资本", "'capital'"),
        ("无偿劳动", "'free-labour'"),
        ("免费的劳动", "'free-labour'"),
        ("unpaid work", "'free-labour'"),
        ("Unpaid-Work", "'free-labour'"),
        ("Marx", "'marx'"),
        ("富克斯", "'fuchs'"),
        ("劳动", "'free-labour'"),
    ],
)
def test_suggests_the_id_behind_a_slip_a_label_or_an_alias(written: str, meant: str) -> None:
    found = faults({"essay.yaml": ESSAY, "cites.yaml": CITES + f"          - [{written}, leads-to, capital]\n"})
    assert found == [f"cites.yaml:6:10 unknown-reference: no entity has the id '{written}' (did you mean {meant}?)"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("lead-to", "leads-to"), ("导致", "leads-to"), ("results in", None), ("mirror", "mirrors"), ("对应", "mirrors")],
)
def test_suggests_predicates_by_id_and_by_label(written: str, meant: str | None) -> None:
    found = faults({"essay.yaml": ESSAY, "cites.yaml": CITES + f"          - [marx, {written}, capital]\n"})
    help = f" (did you mean '{meant}'?)" if meant else ""
    assert found == [f"cites.yaml:6:16 unknown-predicate: no predicate has the id '{written}'{help}"]


def test_suggests_sources_families_and_kinds_too() -> None:
    found = faults(
        {
            "essay.yaml": ESSAY,
            "cites.yaml": CITES,
            "x.yaml": """
                predicates:
                  p:
                    label: {zh: 甲, en: p}
                    inverse: {zh: 乙, en: q}
                    family: 因果
                    domain: [concepts, 理论家]
                    opposite: 阻止
                relations:
                  - in: 异化/1
                    triples: [[marx, argues, capital]]
                  - in: marx
                    triples: [[marx, p, capital]]
                """,
        }
    )
    assert found == [
        "x.yaml:5:13 unknown-reference: no family has the id '因果' (did you mean 'causal'?)",
        "x.yaml:6:14 unknown-reference: no kind has the id 'concepts' (did you mean 'concept'?)",
        "x.yaml:6:24 unknown-reference: no kind has the id '理论家' (did you mean 'theorist'?)",
        "x.yaml:7:15 unknown-predicate: no predicate has the id '阻止' (did you mean 'prevents'?)",
        "x.yaml:9:9 unknown-reference: no entity has the id '异化' (did you mean 'alienation'?)",
        "x.yaml:11:9 unknown-reference: 'marx' is a theorist, not a text that the map reads",
    ]


# the map


def test_the_same_triple_stated_in_several_files_is_one_relation_in_the_order_of_the_text() -> None:
    map = of_files(
        {
            "essay.yaml": ESSAY,
            "a.yaml": "relations:\n  - {in: alienation/3.1, triples: [[free-labour, leads-to, capital, {at: 乙}]]}\n",
            "b.yaml": """
                relations:
                  - in: alienation/1
                    triples:
                      - [free-labour, leads-to, capital, {at: 丙}]
                      - [free-labour, leads-to, capital, {at: 丙, by: marx, stance: rejects}]
                      - [marx, argues, free-labour]
                      - [fuchs, argues, free-labour, {denied: true}]
                """,
        }
    ).require()
    assert [(" ".join(triple), relation.status) for triple, relation in map.relations.items()] == [
        ("free-labour leads-to capital", "contested"),
        ("fuchs argues free-labour", "denied"),
        ("marx argues free-labour", "held"),
    ]
    citations = map.relations["free-labour", "leads-to", "capital"].citations
    assert [(citation.place, citation.at, citation.by, str(citation.origin.span)) for citation in citations] == [
        ("alienation/1", "丙", ("alienation",), "b.yaml:4:9"),
        ("alienation/1", "丙", ("marx",), "b.yaml:5:9"),
        ("alienation/3.1", "乙", ("alienation",), "a.yaml:2:36"),
    ]


def test_the_sections_of_a_source_keep_the_order_of_the_text() -> None:
    text = 'sources:\n  s: {label: {zh: 文, en: s}, sections: {"2": {}, "10": {}, "1": {}}}\n'
    assert list(of_files({"s.yaml": text}).require().entities["s"].sections) == ["2", "10", "1"]


# the folder


def test_reads_every_yaml_file_below_the_folder_and_no_other(tmp_path: Path) -> None:
    for name in (
        "a.yaml",
        "b.yml",
        "c/d/e.yaml",
        "folder.yaml/f.yaml",
        "多.yaml",
        "g.yaml.bak",
        "h.txt",
        ".i.yaml",
        ".j/k.yaml",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    assert sorted(load(tmp_path).texts) == ["a.yaml", "b.yml", "c/d/e.yaml", "folder.yaml/f.yaml", "多.yaml"]


def test_follows_links_to_files_and_none_to_folders(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    data = tmp_path / "data"
    elsewhere.mkdir()
    data.mkdir()
    (elsewhere / "a.yaml").write_text("concepts:")
    (data / "file.yaml").symlink_to(elsewhere / "a.yaml")
    (data / "loop").symlink_to(data)
    (data / "more").symlink_to(elsewhere)
    assert list(load(data).texts) == ["file.yaml"]


def test_an_empty_folder_is_an_empty_map(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert (loaded.diagnostics, loaded.map.entities, loaded.map.relations) == ((), {}, {})


@pytest.mark.parametrize("name", ["missing", "file.yaml"])
def test_what_is_no_folder_is_a_wrong_question(name: str, tmp_path: Path) -> None:
    (tmp_path / "file.yaml").touch()
    with pytest.raises(NotADirectoryError, match="no such folder: "):
        load(tmp_path / name)


def test_a_named_pipe_among_the_files_makes_nobody_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert [line(found) for found in load(tmp_path).diagnostics] == [
        "pipe.yaml:1:1 unreadable-file: not a regular file"
    ]


@pytest.mark.parametrize("enabled", [True, False])
def test_leaves_the_garbage_collector_as_it_was(enabled: bool, tmp_path: Path) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        load(tmp_path)
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_many_faults_take_no_long_time() -> None:
    start = time.monotonic()
    entities = "".join(f"  concept-{n}: {{label: {{zh: 概念{n}, en: concept {n}}}}}\n" for n in range(3000))
    triples = "".join(f"      - [concpet-{n}, leeds-to, 念概{n}]\n" for n in range(3000))
    files: dict[str, str | bytes] = {
        "x.yaml": f"concepts:\n{entities}relations:\n  - in: alienation\n    triples:\n{triples}"
    }
    assert len(of_files({"essay.yaml": ESSAY, **files}).errors) == 9000
    assert time.monotonic() - start < 30


# same data, same bytes


def exported(files: dict[str, str | bytes]) -> str:
    return json_format.EXPORTER.render(of_files(files).require())


def contents(node: Node) -> Any:
    """A node as dictionaries, lists and texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: contents(value) for key, value in node.pairs}
    return [contents(item) for item in node.items]


def curated() -> Iterator[dict[str, object]]:
    """The curated map, record by record, each under the heading that it has in whatever file."""
    for file in sorted(shipped().rglob("*.yaml")):
        for heading, content in contents(parse(file.read_text("utf-8"), file.name).roots[0]).items():
            if heading == "relations":
                for block in content:
                    for triple in block["triples"]:
                        yield {heading: [{**block, "triples": [triple]}]}
            else:
                for id, record in content.items():
                    yield {heading: {id: record}}


@given(st.randoms(use_true_random=False), st.integers(1, 6), st.sampled_from([".yaml", ".yml"]))
@settings(max_examples=10, deadline=None)
def test_the_bytes_do_not_depend_on_which_file_a_record_stands_in(
    shuffled: random.Random, files: int, suffix: str
) -> None:
    records = list(RECORDS)
    shuffled.shuffle(records)
    contents: dict[str, str | bytes] = {"vocabulary.yaml": VOCABULARY}
    for n in range(files):
        documents = [yaml.safe_dump(record, allow_unicode=True, sort_keys=False) for record in records[n::files]]
        contents[f"{shuffled.randrange(10**6)}/{n}{suffix}"] = "---\n".join(documents)
    assert exported(contents) == EXPECTED


RECORDS: list[dict[str, object]] = [
    {
        "sources": {
            "alienation": {
                "label": {"zh": "异化", "en": "alienation"},
                "sections": {"2": {"zh": "乙"}, "1": {"zh": "甲"}},
            }
        }
    },
    {"sources": {"progress": {"label": {"en": "progress", "zh": "进步"}}}},
    {"theorists": {"marx": {"label": {"zh": "马克思", "en": "Marx"}}}},
    {"concepts": {"labour": {"label": {"zh": "劳动", "en": "labour"}, "aliases": {"zh": ["工作", "做工"]}}}},
    {"concepts": {"capital": {"label": {"zh": "资本", "en": "capital"}}}},
    {"questions": {"why": {"ask": {"zh": "何", "en": "why"}, "query": "path labour capital", "expect": ["labour"]}}},
    *(
        {"relations": [{"in": place, "triples": [["labour", predicate, "capital", qualifiers]]}]}
        for place in ("alienation/1", "alienation/2", "alienation", "progress")
        for predicate in ("leads-to", "prevents", "mirrors")
        for qualifiers in (
            {},
            {"at": "甲"},
            {"at": "甲", "order": "0"},
            {"at": "甲", "by": ["marx", "progress"]},
            {"at": "甲", "by": "unattributed", "likely": "marx"},
            {"at": "甲", "by": "unattributed", "likely": "progress"},
            {"at": "甲", "modality": "conditional", "condition": {"zh": "若"}},
            {"at": "甲", "modality": "conditional", "condition": {"zh": "倘"}},
            {"at": "甲", "inferred": "true"},
            {"at": "甲", "when": "193X"},
            {"at": "甲", "when": "1940"},
            {"at": "甲", "note": {"zh": "注"}},
            {"denied": "true", "via": "marx"},
        )
    ),
]
EXPECTED = exported({f"{n}.yaml": yaml.safe_dump(record, sort_keys=False) for n, record in enumerate(RECORDS)})


def test_the_short_and_the_long_form_give_the_same_bytes() -> None:
    short = {"in": "alienation/1", "triples": [["marx", "argues", "capital", {"at": "甲", "by": "marx"}]]}
    long = {
        "triples": [
            {
                "subject": "marx",
                "predicate": "argues",
                "object": "capital",
                "at": "甲",
                "by": "marx",
                "in": "alienation/1",
            }
        ]
    }
    with_short, with_long = (
        exported({"essay.yaml": ESSAY, "x.yaml": yaml.safe_dump({"relations": [block]})}) for block in (short, long)
    )
    assert with_short == with_long


# anything at all


@given(
    zh=st.text(min_size=1),
    en=st.text(min_size=1),
    alias=st.text(min_size=1),
    style=st.sampled_from([None, "'", '"', "|", ">"]),
)
def test_any_text_in_a_label_survives_or_is_reported(zh: str, en: str, alias: str, style: str | None) -> None:
    record = {"concepts": {"any": {"label": {"zh": zh, "en": en}, "aliases": {"zh": [alias]}}}}
    loaded = of_files({"x.yaml": yaml.safe_dump(record, allow_unicode=True, default_style=style)})
    reported = {found.code for found in loaded.errors}
    if reported:
        empty = not all(text.strip() for text in (zh, en, alias))
        assert "forbidden-character" in reported or (empty and reported == {"wrong-type"})
    else:
        [entity] = json.loads(json_format.EXPORTER.render(loaded.require()))["entities"]
        assert entity["label"] == {"zh": zh.strip(), "en": en.strip()}
        assert entity["aliases"] == {"zh": [alias]}


@given(st.binary(max_size=200))
@settings(deadline=timedelta(seconds=5))
def test_no_bytes_in_a_file_raise_or_hang(data: bytes) -> None:
    loaded = of_files({"any.yaml": data})
    assert {found.span.path for found in loaded.errors} <= {"any.yaml"}


NAMES = st.sampled_from(
    [
        "label",
        "zh",
        "en",
        "in",
        "triples",
        "by",
        "at",
        "subject",
        "free-labour",
        "leads-to",
        "1",
        "",
        "异化",
        "plural",
        "<<",
    ]
)
HEADING = st.sampled_from(["kinds", "families", "predicates", "questions", "relations", "concepts", "sources", "other"])
TREES = st.recursive(
    NAMES | st.none(), lambda tree: st.lists(tree, max_size=5) | st.dictionaries(NAMES, tree, max_size=4)
)


@given(st.dictionaries(HEADING, TREES, max_size=4), st.integers(0, 400))
@settings(deadline=timedelta(seconds=5))
def test_no_shape_of_data_raises_whole_or_broken_off(content: dict[str, object], length: int) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, default_flow_style=None)
    for part in (text, text[:length]):
        loaded = of_files({"any.yaml": part})
        for found in loaded.diagnostics:
            assert found.code in codes()
            assert found.severity is codes()[found.code].severity
            assert 1 <= found.span.line <= loaded.texts[found.span.path].count("\n") + 2
        json_format.EXPORTER.render(loaded.map)


def test_the_curated_map_gives_the_same_bytes_from_one_file_that_runs_backwards() -> None:
    records = list(curated())[::-1]
    documents = [yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=1000) for record in records]
    backwards = of_files({"vocabulary.yaml": "", "all.yaml": "---\n".join(documents)})
    expected = load(shipped())
    assert json_format.EXPORTER.render(backwards.map) == json_format.EXPORTER.render(expected.map)
    assert len(backwards.diagnostics) == len(expected.diagnostics)
