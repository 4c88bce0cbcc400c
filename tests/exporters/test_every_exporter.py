"""One suite over every export format: it is in it by being in the package."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from maps import VOCABULARY, loaded, map_of, written

from conceptgraph.exporters import exporter, names
from conceptgraph.model import ArgumentMap

HOSTILE = "</script><script>alert(1)</script>\"'&<img src=x onerror=alert(2)>{{ 7*7 }}{% x %}{# ]]>"
PARALLEL = map_of(
    """
    sources: {essay: {label: {zh: 文, en: essay}}}
    concepts: {one: {label: {zh: 甲子, en: first one}}, other: {label: {zh: 乙丑, en: second one}}}
    works:
      book: {label: {zh: 甲子, en: first one}, reference: {type: book}}
      article: {label: {zh: 乙丑, en: second one}, reference: {type: article}}
    relations:
      - in: essay
        triples:
          - [one, leads-to, other, {at: 所以如此}]
          - [one, mirrors, other]
          - [other, leads-to, one]
    """
)


BIBLIOGRAPHIES = ("bibtex", "csl")
"""The formats that have works, and no relations."""


@pytest.fixture(params=names())
def format(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_formats_are_those_of_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    missing = [name for name in names() if f"`export {name}`" not in readme]
    assert missing == []


def test_is_named_like_its_module_and_says_what_it_is(format: str) -> None:
    found = exporter(format)
    assert found.name == format
    assert found.about


def test_no_two_formats_write_the_same_file() -> None:
    suffixes = [exporter(name).suffix for name in names()]
    assert all(suffix.startswith(".") for suffix in suffixes)
    assert len(set(suffixes)) == len(suffixes)


def test_gives_the_same_text_twice_and_leaves_the_map_alone(format: str) -> None:
    before = repr(PARALLEL)
    first = exporter(format).render(PARALLEL)
    second = exporter(format).render(PARALLEL)
    assert second == first
    assert repr(PARALLEL) == before


def test_gives_the_same_text_whatever_the_hash_seed(format: str, tmp_path: Path) -> None:
    folder = written(tmp_path, "sources: {essay: {label: {zh: 文, en: essay}}}\n" + _many())
    command = [sys.executable, "-m", "conceptgraph", "export", format, "--input", str(folder), "--out", "-"]
    texts = {
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2", "3")
    }
    assert len(texts) == 1


def _many() -> str:
    ids = [f"concept-{number}" for number in range(30)]
    entities = "\n".join(f"  {id}: {{label: {{zh: {id}, en: {id}}}, aliases: {{en: [a{id}, b{id}]}}}}" for id in ids)
    triples = "\n".join(f"      - [{one}, leads-to, {other}]" for one, other in zip(ids, ids[7:], strict=False))
    return f"concepts:\n{entities}\nrelations:\n  - in: essay\n    triples:\n{triples}\n"


def test_keeps_parallel_relations(format: str) -> None:
    text = exporter(format).render(PARALLEL)
    if format == "graphml":
        assert text.count("<edge ") == 3
    elif format not in BIBLIOGRAPHIES:
        assert text.count("mirrors") >= 1
        assert text.count("leads-to") >= 2


def test_writes_chinese_as_it_is(format: str) -> None:
    text = exporter(format).render(PARALLEL)
    assert "甲子" in text
    assert "乙丑" in text


def test_lets_no_markup_of_a_label_through(format: str) -> None:
    text = json.dumps(HOSTILE)
    map = map_of(
        f"""
        sources: {{essay: {{label: {{zh: 文, en: essay}}}}}}
        concepts:
          one:
            label: {{zh: {text}, en: {text}}}
            definition: {{zh: {text}}}
            aliases: {{zh: [{text}]}}
            reference: {{type: book, title: {text}, author: [{{literal: {text}}}]}}
          other: {{label: {{zh: 乙, en: other}}}}
        relations:
          - in: essay
            triples: [[one, leads-to, other, {{note: {{zh: {text}}}}}]]
        """
    )
    written = exporter(format).render(map)
    if format == "json":
        assert json.loads(written)["entities"][1]["label"] == {"en": HOSTILE, "zh": HOSTILE}
    elif format == "csl":
        assert json.loads(written)[0]["title"] == HOSTILE
    else:
        assert "<script>alert" not in written
        assert "<img src=x" not in written


def test_an_empty_map_is_exported_too(format: str) -> None:
    assert exporter(format).render(ArgumentMap())
    assert exporter(format).render(loaded("", VOCABULARY).require())
