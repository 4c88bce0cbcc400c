"""What an editor shows with the YAML language server that VS Code, Neovim and others use, and with nothing of ours."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from editors import Editor
from test_readme import ROOT

from conceptgraph import files, schema
from conceptgraph.starting import begin

DATA = ROOT / "data"
DRAFT = """\
# yaml-language-server: $schema=map.schema.json
concepts:
  new-concept:
    label: {zh: 新概念, en: new concept}
    meaning: {zh: 无此字段, en: no such field}
relations:
  - in: alienation/3.1
    triples:
      - [user-attention, becomes, audience-commodity, {by: karl-marx, stance: reports, at: 受众商品}]
      - [new-concept, becoms, audience-commodity]
      - [user-attention, becomes, 受]
      - [user-data, b]
      - [user-attention, becomes, exploitation, {by: m, modality: h}]
  - in: p
"""


@pytest.fixture(scope="module")
def editor(npm: Path) -> Iterator[Editor]:
    with Editor([npm / ".bin" / "yaml-language-server", "--stdio"]) as editor:
        yield editor


@pytest.fixture
def draft(editor: Editor, tmp_path: Path) -> Path:
    """A file that somebody is writing beside the schema of the curated map."""
    shutil.copy(DATA / schema.NAME, tmp_path)
    file = tmp_path / "draft.yaml"
    file.write_text(DRAFT, "utf-8")
    editor.open(file)
    return file


def after(words: str) -> tuple[int, int]:
    """The line and column right behind the first occurrence of some words in the draft."""
    before = DRAFT[: DRAFT.index(words) + len(words)].split("\n")
    return len(before), len(before[-1]) + 1


@pytest.mark.parametrize("file", [file for _, file in files.found(DATA)], ids=lambda file: file.stem)
def test_nothing_is_found_in_the_curated_map(file: Path, editor: Editor) -> None:
    assert editor.open(file) == []


def test_nothing_is_found_in_a_map_that_was_just_begun(editor: Editor, tmp_path: Path) -> None:
    for file in begin(tmp_path / "map"):
        if file.suffix == ".yaml":
            assert editor.open(file) == []


def test_what_the_format_or_the_vocabulary_does_not_know_is_marked(editor: Editor, draft: Path) -> None:
    found = [(each["message"], each["range"]["start"]) for each in editor.published[draft.as_uri()]]
    line, column = (place - 1 for place in after("[new-concept, "))
    unknown = "the schema knows no such predicate; `conceptgraph schema` teaches it a new one"
    assert ("Property meaning is not allowed.", {"line": 4, "character": 4}) in found
    assert (unknown, {"line": line, "character": column}) in found
    assert [message for message, place in found if place["line"] in (2, 3, 8)] == []


def test_an_entity_is_proposed_by_its_label_and_its_id_is_written(editor: Editor, draft: Path) -> None:
    proposed = editor.complete(draft, *after("becomes, 受"))
    [found] = [item for label, item in proposed.items() if "受众商品" in label]
    assert found["textEdit"]["newText"] == "audience-commodity"
    assert found["label"] == "audience-commodity 受众商品"
    line, column = (place - 1 for place in after("becomes, 受"))
    assert found["textEdit"]["range"] == {
        "start": {"line": line, "character": column - 1},
        "end": {"line": line, "character": column},
    }


def test_predicates_voices_words_and_places_are_proposed_where_they_belong(editor: Editor, draft: Path) -> None:
    assert "becomes 变为" in editor.complete(draft, *after("[user-data, b"))
    assert {"unattributed", "karl-marx 卡尔·马克思"} <= editor.complete(draft, *after("{by: m")).keys()
    assert set(editor.complete(draft, *after("modality: h"))) >= {"hedged", "conditional"}
    assert "alienation/3.1 隐性剥削性 Hidden exploitation" in editor.complete(draft, *after("in: p"))


def test_pointing_at_an_id_shows_its_label_and_definition(editor: Editor, draft: Path) -> None:
    shown = editor.hover(draft, *after("becomes, aud"))
    assert shown.startswith("#### 受众商品 · audience commodity")
    assert "platform" in shown
    assert "Allowed Values" not in shown
    assert editor.hover(draft, *after("[user-attention, bec")).startswith("#### 变为 · becomes")
    assert editor.hover(draft, *after("in: alien")).startswith("#### 隐性剥削性 · Hidden exploitation")
    assert "#### 卡尔·马克思 · Karl Marx" in editor.hover(draft, *after("{by: ka"))


def test_pointing_at_a_field_shows_what_it_means(editor: Editor, draft: Path) -> None:
    shown = editor.hover(draft, *after("stan"))
    assert "the source's own stance" in shown
    assert "says so, and leaves it there" in shown
    assert "被界定" in editor.hover(draft, *after("conce"))
