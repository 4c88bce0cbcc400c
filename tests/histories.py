"""Git repositories for the tests, with the files of a map in them, commit after commit."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

WHO = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
}


VOCABULARY = """
kinds:
  concept: {plural: concepts, label: {zh: 概念, en: concept}}
  source: {plural: sources, outline: true, label: {zh: 来源, en: source}}
  theorist: {plural: theorists, label: {zh: 理论家, en: theorist}}
  thesis: {plural: theses, proposition: true, label: {zh: 论题, en: thesis}}
families:
  causal: {label: {zh: 因果, en: causal}}
  stance: {label: {zh: 立场, en: stance}}
predicates:
  backs:    {family: stance, sign: 1, label: {zh: 支持, en: backs}, inverse: {zh: 由…支持, en: is backed by}}
  feeds:    {family: causal, label: {zh: 养活, en: feeds}, inverse: {zh: 由…养活, en: is fed by}, opposite: starves}
  starves:  {family: causal, label: {zh: 饿坏, en: starves}, inverse: {zh: 被…饿坏, en: is starved by}}
  mirrors:  {family: causal, symmetric: true, label: {zh: 对应于, en: mirrors}}
"""
ENTITIES = """
sources:
  essay: {label: {zh: 文章, en: the essay}, sections: {"1": {zh: 一, en: One}, "2": {zh: 二, en: Two}}}
theorists:
  ada: {label: {zh: 艾达, en: Ada}}
concepts:
  a: {label: {zh: 甲, en: first}}
  b: {label: {zh: 乙, en: second}}
  c: {label: {zh: 丙, en: third}}
  d: {label: {zh: 丁, en: fourth}}
  e: {label: {zh: 戊, en: fifth}}
  labor: {label: {zh: 劳动, en: labour}}
theses:
  t: {label: {zh: 此说, en: so it is}}
"""
RELATIONS = """
relations:
  - in: essay/1
    triples:
      - [a, feeds, b, {at: 甲养活乙}]
      - [b, feeds, c, {at: 乙养活丙}]
      - [c, feeds, d, {at: 丙养活丁}]
      - [d, feeds, e, {at: 丁养活戊}]
      - [labor, mirrors, b, {at: 劳动如乙}]
      - [a, backs, t, {at: 甲支持}]
"""
HISTORY: Sequence[Mapping[str, str | None]] = (
    {"data/vocabulary.yaml": VOCABULARY, "data/entities.yaml": ENTITIES, "data/relations.yaml": RELATIONS},
    {
        "data/entities.yaml": ENTITIES.replace("labor:", "labour:"),
        "data/relations.yaml": RELATIONS.replace("[labor,", "[labour,").replace("[a, backs", "[c, backs"),
    },
    {
        "data/vocabulary.yaml": VOCABULARY + "  joins: {family: causal, symmetric: true, label: {zh: 连, en: joins}}\n",
        "data/more.yaml": "relations: [{in: essay/2, triples: [[a, feeds, e, {at: 甲养活戊}]]}]\n",
    },
    {
        "data/entities.yaml": ENTITIES.replace("labor:", "labour:").replace(
            "en: third}", "en: third}, definition: {en: what comes after two}"
        ),
        "data/relations.yaml": RELATIONS.replace("[labor,", "[labour,")
        .replace("[a, backs", "[c, backs")
        .replace("[b, feeds", "[b, starves")
        .replace("{at: 丙养活丁}", "{at: 丙养活丁, modality: hedged}")
        + "      - [a, feeds, b, {by: ada, denied: true}]\n",
    },
)
"""Four states of a map in `data`, in which all comes to pass that can."""


def git(folder: Path, *arguments: str) -> str:
    """What git says in a folder, under a name of its own and without the settings of whoever tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in WHO.items():
            patch.setenv(name, value)
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"):
            patch.delenv(name, raising=False)
        done = subprocess.run(
            ["git", "-c", "init.defaultBranch=main", *arguments],
            cwd=folder,
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
    return done.stdout


def commit(folder: Path, *states: Mapping[str, str | None]) -> Path:
    """A repository in a folder, with a commit for each state: what its files hold, None where one is gone."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    for number, state in enumerate(states):
        for name, content in state.items():
            file = folder / name
            if content is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(content, "utf-8")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--allow-empty", "--message", f"state {number}")
    return folder
