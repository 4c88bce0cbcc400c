"""Passages on the page: the sentences behind the anchors, where the texts were at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pages import data_of, opened, quiet, small

from conceptgraph.exporters import exporter, html
from conceptgraph.model import ArgumentMap
from conceptgraph.passages import SourceText

TEXT = "引言\n这是开头。人们说**机器带来\n闲暇**，并且说得很轻松。最后谈到自由。\n"


def told() -> tuple[ArgumentMap, dict[str, SourceText]]:
    map = small(
        """
        sources: {early: {label: {zh: 前文, en: early}, sections: {"1": {zh: 引言, en: Introduction, opens: 引言}}}}
        concepts: {machine: {label: {zh: 机器, en: machine}}, leisure: {label: {zh: 闲暇, en: leisure}}}
        relations:
          - in: early/1
            triples:
              - [machine, leads-to, leisure, {at: 机器带来闲暇}]
              - [leisure, mirrors, machine, {at: 说得很轻松}]
              - [leisure, leads-to, machine, {at: 自由}]
        """
    )
    return map, {"early": SourceText(map.sources["early"], TEXT)}


def test_a_sentence_is_told_once_and_named_by_the_citations_that_stand_in_it() -> None:
    map, known = told()
    data = data_of(html.render(map, texts=known))
    assert data["passages"] == ["最后谈到自由。", "人们说机器带来闲暇，并且说得很轻松。"]
    found = [(each["subject"], each["predicate"], each["citations"][0]["passage"]) for each in data["relations"]]
    assert found == [("leisure", "leads-to", 0), ("leisure", "mirrors", 1), ("machine", "leads-to", 1)]


def test_without_texts_there_are_no_passages() -> None:
    assert data_of(html.render(small()))["passages"] == []


def test_the_anchor_is_marked_in_its_passage(page: Any, tmp_path: Path) -> None:
    map, known = told()
    opened(page, tmp_path, map, "#relation=machine~leads-to~leisure", texts=known)
    quote = page.get_by_role("main").get_by_role("blockquote")
    assert quote.inner_text() == "人们说机器带来闲暇，并且说得很轻松。"
    assert quote.locator("mark").inner_text() == "机器带来闲暇"
    assert quiet(page)


@pytest.mark.parametrize("format", ["json", "graphml"])
def test_formats_without_passages_say_so_by_taking_none(format: str) -> None:
    assert "texts" not in exporter(format).more
