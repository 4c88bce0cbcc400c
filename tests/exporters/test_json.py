"""The JSON export against its published schema, and back."""

import json
from pathlib import Path

import jsonschema
from maps import map_of

from conceptgraph.exporters import exporter
from conceptgraph.files import shipped
from conceptgraph.loader import load

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "conceptgraph-1.schema.json").read_text("utf-8"))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_curated_map_fits_the_schema() -> None:
    document = json.loads(exporter("json").render(load(shipped()).require()))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)


def test_says_everything_that_a_citation_says() -> None:
    map = map_of(
        """
        sources:
          essay:
            label: {zh: 文, en: essay}
            file: essay.txt
            reference: {type: article, title: 文, author: [{family: 李, given: 明}, {literal: 编辑部}], issued: 2024}
            sections: {"1": {zh: 引言, en: Introduction, opens: 一、引言}}
        theorists: {marx: {label: {zh: 马克思, en: Marx}}, harvey: {label: {zh: 哈维, en: Harvey}}}
        concepts:
          a:
            label: {zh: 甲, en: a}
            aliases: {zh: [甲子, 甲丑]}
            definition: {zh: 第一, en: the first}
            note: {en: a note}
          b: {label: {zh: 乙, en: b}}
        relations:
          - in: essay/1
            triples:
              - subject: a
                predicate: leads-to
                object: b
                at: 因此
                by: [unattributed]
                likely: marx
                via: [harvey]
                denied: true
                stance: concedes
                modality: conditional
                condition: {zh: 若不改变, en: unless it changes}
                inferred: true
                order: 2
                when: 2018/2020
                note: {en: ours}
        questions:
          why: {ask: {zh: 为何, en: why}, query: neighbors a, expect: [b]}
        """
    )
    document = json.loads(exporter("json").render(map))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert document["format"] == "conceptgraph/1"
    assert document["entities"][0] == {
        "id": "a",
        "kind": "concept",
        "label": {"en": "a", "zh": "甲"},
        "aliases": {"zh": ["甲子", "甲丑"]},
        "definition": {"en": "the first", "zh": "第一"},
        "note": {"en": "a note"},
    }
    (essay,) = (entity for entity in document["entities"] if entity["id"] == "essay")
    assert essay["file"] == "essay.txt"
    assert essay["reference"] == {
        "type": "article",
        "author": [{"family": "李", "given": "明"}, {"literal": "编辑部"}],
        "issued": "2024",
        "title": "文",
    }
    assert essay["sections"] == [{"id": "1", "title": {"en": "Introduction", "zh": "引言"}, "opens": "一、引言"}]
    assert document["relations"] == [
        {
            "subject": "a",
            "predicate": "leads-to",
            "object": "b",
            "status": "denied",
            "citations": [
                {
                    "source": "essay",
                    "section": "1",
                    "at": "因此",
                    "by": ["unattributed"],
                    "via": ["harvey"],
                    "likely": "marx",
                    "denied": True,
                    "stance": "concedes",
                    "modality": "conditional",
                    "condition": {"en": "unless it changes", "zh": "若不改变"},
                    "inferred": True,
                    "order": 2,
                    "when": "2018/2020",
                    "note": {"en": "ours"},
                }
            ],
        }
    ]
    assert document["questions"] == [
        {"id": "why", "ask": {"en": "why", "zh": "为何"}, "query": "neighbors a", "expect": ["b"]}
    ]
