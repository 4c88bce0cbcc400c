"""Small maps for the tests, written as the files that people write."""

from __future__ import annotations

import tempfile
from pathlib import Path
from textwrap import dedent

from conceptgraph.loader import Loaded, load
from conceptgraph.model import ArgumentMap

VOCABULARY = """
kinds:
  concept: {plural: concepts, label: {zh: 概念, en: concept}}
  source: {plural: sources, outline: true, label: {zh: 来源, en: source}}
  theorist: {plural: theorists, label: {zh: 理论家, en: theorist}}
  work: {plural: works, label: {zh: 著作, en: work}}
families:
  causal: {label: {zh: 因果, en: causal}}
  intellectual: {label: {zh: 思想, en: intellectual}}
  structure: {label: {zh: 结构, en: structure}}
predicates:
  argues:    {family: intellectual, label: {zh: 主张, en: argues}, inverse: {zh: 由…主张, en: is argued by}}
  kind-of:   {family: structure, label: {zh: 是…的一种, en: is a kind of}, inverse: {zh: 的一种是, en: has as a kind}}
  leads-to:
    family: causal
    label: {zh: 导致, en: leads to}
    inverse: {zh: 源于, en: results from}
    opposite: prevents
  mirrors:   {family: structure, symmetric: true, label: {zh: 对应于, en: mirrors}}
  prevents:
    family: causal
    sign: -1
    label: {zh: 阻止, en: prevents}
    inverse: {zh: 被…阻止, en: is prevented by}
    opposite: leads-to
"""


def loaded(text: str, vocabulary: str = VOCABULARY, **files: str) -> Loaded:
    """A map read from a folder with a vocabulary, a file of this text, and more files by their names."""
    with tempfile.TemporaryDirectory() as folder:
        return load(written(Path(folder), text, vocabulary, **files))


def written(folder: Path, text: str, vocabulary: str = VOCABULARY, **files: str) -> Path:
    """The folder, with the files of a map in it."""
    for name, content in {"vocabulary": vocabulary, "map": text, **files}.items():
        (folder / f"{name}.yaml").write_text(dedent(content), encoding="utf-8")
    return folder


def map_of(text: str) -> ArgumentMap:
    """The map of a text that has no errors."""
    return loaded(text).require()


def chain_map(*links: str) -> ArgumentMap:
    """A map of links like `a leads-to b`, all argued by the text `essay`."""
    triples = [link.split() for link in links]
    ids = sorted({id for subject, _, object in triples for id in (subject, object)} - {"essay"})
    entities = "\n".join(f"  {id}: {{label: {{zh: {id}, en: {id}}}}}" for id in ids)
    lines = "\n".join(f"      - [{', '.join(triple)}]" for triple in triples)
    return map_of(
        f"sources:\n  essay: {{label: {{zh: 文, en: essay}}}}\nconcepts:\n{entities}\n"
        f"relations:\n  - in: essay\n    triples:\n{lines}\n"
    )
