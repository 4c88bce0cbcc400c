"""The page that is served, in a real browser: it follows the files, and its reader stays where they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from maps import written
from pages import DESKTOP, KINDS, SMALL
from playwright.sync_api import expect
from serving import Served

WAIT = 60_000
NEWCOMER = """
concepts: {newcomer: {label: {zh: 新人, en: newcomer}}}
relations: [{in: early, triples: [[newcomer, mirrors, toil], [machine, leads-to, newcomer]]}]
"""
SLIP = """
concepts: {newcomer: {label: {zh: 新人, en: newcomer}}}
relations: [{in: early, triples: [[newcomer, mirrors, tiol]]}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "my map"
    folder.mkdir()
    return written(folder, SMALL, kinds=KINDS)


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    with Served(folder) as server:
        yield server


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=WAIT)
    yield
    expect.set_options(timeout=5_000)


def save(folder: Path, text: str) -> None:
    """As many editors save: a new file, renamed over the old one."""
    part = folder / ".more.yaml.part"
    part.write_text(text, "utf-8")
    part.replace(folder / "more.yaml")


def visited(page: Any, served: Served, place: str = "#lang=en") -> Any:
    page.set_viewport_size(DESKTOP)
    page.goto(served.url + place)
    page.wait_for_function("() => window.conceptgraph.desk.edit", timeout=WAIT)
    return page


def quiet(page: Any, served: Served) -> bool:
    """Whether nothing went wrong, and nothing was asked of anybody else."""
    assert page.log.console == []
    assert page.log.errors == []
    own = ("data:", served.url.split("#")[0])
    assert [url for url in page.log.requests if not url.startswith(own)] == []
    return True


def knows(page: Any, id: str) -> None:
    page.wait_for_function("(id) => conceptgraph.desk.map.entities.has(id)", arg=id, timeout=WAIT)


def test_a_save_is_followed_and_the_reader_stays_where_they_are(page: Any, served: Served, folder: Path) -> None:
    page = visited(page, served, "#node=machine&view=family:causal&lang=zh")
    page.set_viewport_size({"width": 1000, "height": 420})
    page.evaluate("() => { document.getElementById('panel').scrollTop = 120; window.same = true; }")
    page.evaluate("() => conceptgraph.graph.zoom(1.2)")
    page.wait_for_timeout(700)
    asked = """() => ({
        address: location.href, scroll: document.getElementById("panel").scrollTop, lang: document.documentElement.lang,
        places: [...conceptgraph.desk.map.entities.keys()].slice(0, 4).map((id) => conceptgraph.graph.placeOf(id)),
        heading: document.querySelector("h1").textContent,
    })"""
    before = page.evaluate(asked)
    save(folder, NEWCOMER)
    knows(page, "newcomer")
    expect(page.get_by_role("link", name="新人").first).to_be_visible()
    page.wait_for_timeout(50)
    assert page.evaluate(asked) == before
    assert page.evaluate("() => window.same")
    assert before["scroll"] == 120
    expect(page.locator("#live")).to_contain_text("图已重新读入：10 个条目")
    assert quiet(page, served)


def test_the_focus_and_what_is_unfolded_stay(page: Any, served: Served, folder: Path) -> None:
    page = visited(page, served)
    page.locator("summary", has_text="Sections").first.click()
    page.get_by_role("link", name="leisure").first.focus()
    text = "() => [document.activeElement.textContent, document.querySelectorAll('details[open]').length]"
    before = page.evaluate(text)
    save(folder, NEWCOMER)
    knows(page, "newcomer")
    assert page.evaluate(text) == before
    assert before[1] >= 1


def test_who_types_in_the_panel_is_not_interrupted(page: Any, served: Served, folder: Path) -> None:
    page = visited(page, served, "#path=machine..&lang=en")
    field = page.locator("#page").get_by_role("combobox").nth(1)
    field.focus()
    page.keyboard.type("newc")
    save(folder, NEWCOMER)
    knows(page, "newcomer")
    expect(field).to_have_value("newc")
    expect(field).to_be_focused()
    page.keyboard.type("omer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("newcomer")
    assert quiet(page, served)


def test_answers_and_measures_follow(page: Any, served: Served, folder: Path) -> None:
    page = visited(page, served)
    save(
        folder,
        NEWCOMER + "questions: {who: {ask: {zh: 谁？, en: Who?}, query: path newcomer toil, expect: [newcomer]}}\n",
    )
    knows(page, "newcomer")
    page.wait_for_function(
        "() => conceptgraph.desk.map.measures.get('degree').values.has('newcomer')"
        " && conceptgraph.desk.map.questions.some((each) => each.answer)",
        timeout=WAIT,
    )
    assert quiet(page, served)


def test_faults_are_shown_over_the_last_good_map_until_they_are_mended(page: Any, served: Served, folder: Path) -> None:
    page = visited(page, served, "#node=toil&lang=en")
    expect(page.get_by_role("alert")).to_be_hidden()
    save(folder, SLIP)
    expect(page.get_by_role("alert")).to_contain_text("1 error · what you see is the map as it was before")
    strip = page.locator("section", has=page.get_by_role("alert"))
    expect(strip.get_by_text("error[unknown-reference] no entity has the id 'tiol'")).to_be_visible()
    expect(strip.locator("mark")).to_have_text("tiol")
    expect(strip.get_by_text("did you mean 'toil'?")).to_be_visible()
    column = SLIP.splitlines()[2].index("tiol") + 1
    link = strip.get_by_role("link", name=f"more.yaml:3:{column}")
    path = (folder / "more.yaml").resolve().as_uri().removeprefix("file://")
    assert link.get_attribute("href") == f"vscode://file{path}:3:{column}"
    expect(page.get_by_role("heading", name="toil", level=1)).to_be_visible()
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("alert")).to_contain_text("1 处错误 · 眼前仍是改坏之前的图")
    save(folder, NEWCOMER)
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.get_by_role("link", name="新人").first).to_be_visible()
    assert quiet(page, served)


def test_a_map_that_is_broken_from_the_start_comes_alive_when_it_is_mended(page: Any, folder: Path) -> None:
    save(folder, SLIP)
    with Served(folder) as served:
        page = visited(page, served)
        expect(page.get_by_role("alert")).to_contain_text("1 error · the map appears as soon as it has no errors")
        expect(page.get_by_role("heading", level=1)).to_be_hidden()
        save(folder, NEWCOMER)
        expect(page.get_by_role("alert")).to_be_hidden()
        expect(page.get_by_role("heading", name="A map of the argument")).to_be_visible()
        knows(page, "newcomer")
        assert quiet(page, served)


def test_warnings_wait_to_be_unfolded(page: Any, served: Served, folder: Path) -> None:
    page = visited(page, served)
    save(folder, "concepts: {lonely: {label: {zh: 孤单, en: lonely}}}\n")
    expect(page.get_by_role("alert")).to_contain_text("1 warning")
    finding = page.get_by_text("warning[isolated-entity]")
    expect(finding).to_be_hidden()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(finding).to_be_visible()


def test_an_entity_that_is_gone_is_said_to_be_gone(page: Any, folder: Path) -> None:
    save(folder, NEWCOMER)
    with Served(folder) as served:
        page = visited(page, served, "#node=newcomer&lang=en")
        expect(page.get_by_role("heading", name="newcomer", level=1)).to_be_visible()
        (folder / "more.yaml").unlink()
        expect(page.get_by_role("heading", name="Not in this map")).to_be_visible()
        assert quiet(page, served)


def test_entities_relations_and_citations_lead_into_the_editor(page: Any, served: Served, folder: Path) -> None:
    page = visited(page, served, "#relation=marx~argues~machines-free&lang=en")
    lines = (folder / "map.yaml").read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "argues" in line)
    links = page.locator("#page").get_by_role("link", name=f"Open map.yaml:{number}:")
    assert links.count() == 2
    path = (folder / "map.yaml").resolve().as_uri().removeprefix("file://")
    assert links.first.get_attribute("href").startswith(f"vscode://file{path}:{number}:")
    page.goto(served.url + "#node=machine&lang=en")
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("  machine:"))
    expect(page.get_by_role("link", name=f"Open map.yaml:{number}:3 in the editor").last).to_be_visible()


def test_a_command_opens_the_place_and_says_so(page: Any, folder: Path, tmp_path: Path) -> None:
    with Served(folder, "--editor", f"cp '{{file}}' {tmp_path / 'opened'}") as served:
        page = visited(page, served, "#node=machine&lang=en")
        page.get_by_role("button", name="in the editor").last.click()
        expect(page.locator("#live")).to_contain_text("is open in the editor")
        page.wait_for_timeout(200)
        assert (tmp_path / "opened").read_text("utf-8") == (folder / "map.yaml").read_text("utf-8")
        assert quiet(page, served)


def test_two_readers_each_stay_at_their_own_place(page: Any, browser: Any, served: Served, folder: Path) -> None:
    one = visited(page, served, "#node=toil&lang=en")
    context = browser.new_context()
    other = visited(context.new_page(), served, "#node=machine&lang=zh")
    save(folder, NEWCOMER)
    for reader, name, heading in ((one, "newcomer", "toil"), (other, "新人", "机器")):
        expect(reader.get_by_role("link", name=name).first).to_be_visible()
        expect(reader.get_by_role("heading", level=1)).to_have_text(heading)
    context.close()


def test_a_server_that_ends_says_so_on_the_page_and_one_that_is_back_is_followed(page: Any, folder: Path) -> None:
    with Served(folder) as served:
        page = visited(page, served, "#node=toil&lang=en")
        port = served.port
    expect(page.get_by_role("alert")).to_contain_text("The server has ended")
    save(folder, NEWCOMER)
    with Served(folder, port=port) as served:
        assert served.port == port
        expect(page.get_by_role("link", name="newcomer").first).to_be_visible()
        expect(page.get_by_role("alert")).to_be_hidden()


def test_the_strip_is_within_reach_on_a_phone(page: Any, served: Served, folder: Path) -> None:
    page = visited(page, served)
    page.set_viewport_size({"width": 390, "height": 844})
    save(folder, SLIP)
    strip = page.locator("section", has=page.get_by_role("alert"))
    expect(strip.get_by_text("unknown-reference")).to_be_visible()
    box = strip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
