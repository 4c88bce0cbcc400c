"""What the page tells in order: sections as running text, the tour, and questions answered in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pages import SMALL, opened, quiet, small

from conceptgraph.exporters import Answer, html
from conceptgraph.model import ArgumentMap, Triple
from conceptgraph.passages import SourceText

QUESTIONS = """
questions:
  what-do-machines-do:
    ask: {zh: 机器做什么？, en: What do machines do?}
    query: neighbors machine
    expect: [leisure]
  who-matters:
    ask: {zh: 谁要紧？, en: Who matters?}
    query: centrality
    expect: [marx]
"""
ANSWERS = {
    "what-do-machines-do": Answer((Triple("machine", "leads-to", "leisure"),), (("machine", "leisure"),), ()),
    "who-matters": Answer((), (), (("marx", 0.512345), ("machine", 0.25))),
}


@pytest.fixture
def asked() -> ArgumentMap:
    return small(SMALL + QUESTIONS)


def heading(page: Any) -> str:
    text: str = page.get_by_role("main").get_by_role("heading", level=1).inner_text()
    return " ".join(text.split())


# --- a section


def test_a_section_reads_as_running_text_that_hides_no_denial_and_no_voice(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#section=early/1")
    text = " ".join(page.get_by_role("main").inner_text().split())
    assert "machine leads to leisure (Marx (through Harvey), rejected by the text) contested" in text
    assert "machine prevents toil (Marx, denies it) denied" in text
    assert "machine mirrors leisure (hedged)" in text
    assert quiet(page)


def test_a_section_reads_line_by_line_on_demand_and_back(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#section=early/1")
    panel = page.get_by_role("main")
    panel.get_by_role("link", name="Line by line").click()
    page.wait_for_function("() => location.hash.includes('as=list')")
    assert panel.get_by_text("「机器带来闲暇」").is_visible()
    page.go_back()
    page.wait_for_function("() => !location.hash.includes('as=list')")
    assert panel.get_by_text("「机器带来闲暇」").count() == 0


def test_a_section_stands_beside_its_passages_where_the_text_is_at_hand(page: Any, tmp_path: Path) -> None:
    text = SMALL.replace("{zh: 引言, en: Introduction}", "{zh: 引言, en: Introduction, opens: 引言}")
    map = small(text)
    texts = {"early": SourceText(map.sources["early"], "引言。\n人们说机器带来闲暇，因而谈到自由。\n")}
    opened(page, tmp_path, map, "#section=early/1", texts=texts)
    quote = page.get_by_role("main").get_by_role("blockquote")
    assert quote.first.inner_text() == "人们说机器带来闲暇，因而谈到自由。"
    assert page.locator("mark").all_inner_texts()[0] == "机器带来闲暇"


def test_the_outline_counts_the_sentences_that_were_read(page: Any, tmp_path: Path) -> None:
    map = small(SMALL.replace("{zh: 引言, en: Introduction}", "{zh: 引言, en: Introduction, opens: 引言}"))
    texts = {"early": SourceText(map.sources["early"], "引言。\n机器带来闲暇。没有人读这一句。自由。\n")}
    opened(page, tmp_path, map, "#node=early", texts=texts)
    outline = page.get_by_role("listitem").filter(has_text="Introduction")
    assert "2 of 4 sentences read" in outline.inner_text()


# --- the tour


def test_the_tour_tells_an_essay_step_by_step(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=early")
    page.get_by_role("main").get_by_role("link", name="Step through it").first.click()
    page.wait_for_function("() => location.hash.startsWith('#tour=early')")
    panel = page.get_by_role("main")
    assert heading(page) == "machine leads to leisure"
    assert panel.get_by_text("Step 1 of 5").is_visible()
    panel.get_by_role("link", name="On →").click()
    page.wait_for_function("() => location.hash.includes('step=2')")
    assert heading(page) == "machine prevents toil"
    assert "denied" in panel.inner_text()
    page.go_back()
    page.wait_for_function("() => location.hash.includes('step=1')")
    assert heading(page) == "machine leads to leisure"
    assert quiet(page)


def test_arrow_keys_walk_the_tour_and_page_keys_its_sections(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#tour=early")
    for key, step in (("ArrowRight", 2), ("ArrowLeft", 1), ("PageDown", 5), ("ArrowRight", 5), ("PageUp", 1)):
        page.keyboard.press(key)
        page.wait_for_function(f"() => document.getElementById('page').innerText.includes('Step {step} of 5')")


def test_the_picture_grows_with_the_tour(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#tour=early&step=2")
    lit = page.evaluate(
        "() => [...conceptgraph.views.tour.lit(conceptgraph.desk, conceptgraph.parseRoute(location.hash)).edges]"
    )
    assert lit == ["machine~leads-to~leisure", "machine~prevents~toil"]


def test_the_tour_goes_on_by_itself_until_it_is_told_to_wait(page: Any, tmp_path: Path) -> None:
    page.clock.install()
    opened(page, tmp_path, small(), "#tour=early&step=1")
    page.get_by_role("button", name="Go on by itself").click()
    page.clock.run_for(6500)
    page.wait_for_function("() => location.hash.includes('step=2')")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(20000)
    assert "step=2" in page.url


@pytest.mark.parametrize("place", ["#tour=nobody", "#tour=machine", "#tour=early&step=x", "#tour=early&step=-3"])
def test_a_tour_that_there_is_not_says_so_or_begins(page: Any, tmp_path: Path, place: str) -> None:
    opened(page, tmp_path, small(), place)
    assert heading(page) in ("Not in this map", "machine leads to leisure")
    assert quiet(page)


# --- questions


def test_a_question_is_answered_in_place(page: Any, tmp_path: Path, asked: ArgumentMap) -> None:
    opened(page, tmp_path, asked, answers=ANSWERS)
    page.get_by_role("link", name="What do machines do?").click()
    page.wait_for_function("() => location.hash.startsWith('#question=')")
    panel = page.get_by_role("main")
    assert heading(page) == "What do machines do?"
    assert "machine → leisure" in panel.get_by_role("list").first.inner_text()
    assert "machine leads to leisure" in " ".join(panel.inner_text().split())
    assert "conceptgraph ask what-do-machines-do" in panel.inner_text()
    assert quiet(page)


def test_a_ranking_is_a_list_with_its_values(page: Any, tmp_path: Path, asked: ArgumentMap) -> None:
    opened(page, tmp_path, asked, "#question=who-matters", answers=ANSWERS)
    items = page.get_by_role("main").get_by_role("list").get_by_role("listitem")
    assert [" ".join(text.split()) for text in items.all_inner_texts()] == ["Marx 0.5123", "machine 0.25"]


def test_without_answers_a_question_says_where_they_are(page: Any, tmp_path: Path, asked: ArgumentMap) -> None:
    opened(page, tmp_path, asked, "#question=who-matters")
    panel = page.get_by_role("main")
    assert "the terminal does" in panel.inner_text()
    assert panel.get_by_role("link", name="Marx").is_visible()


def test_an_answer_names_relations_by_their_places(asked: ArgumentMap) -> None:
    data = html.payload(asked, answers=ANSWERS)
    [place] = data["answers"]["what-do-machines-do"]["relations"]
    relation = data["relations"][place]
    assert (relation["subject"], relation["predicate"], relation["object"]) == ("machine", "leads-to", "leisure")
