"""The page: what it holds, and what a reader in a real browser can do with it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from maps import VOCABULARY, loaded
from pages import KINDS, PAGE, SMALL, data_of, needs_node, opened, quiet, small, under_node

from conceptgraph.exporters import Answer, html
from conceptgraph.loader import load
from conceptgraph.model import ArgumentMap, Triple
from conceptgraph.passages import SourceText
from conceptgraph.sentences import sentence
from conceptgraph.spelling import SPELLINGS, stem
from conceptgraph.terms import search

ROOT = Path(__file__).parents[2]
HOSTILE = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(2)>\u2028{{ 7*7 }}{# {% %} ${1} ]]> &amp;"


# --- the file


def test_knows_the_map_in_the_words_of_the_json_export() -> None:
    data = data_of(html.render(small()))
    [relation] = [r for r in data["relations"] if (r["subject"], r["predicate"]) == ("machine", "prevents")]
    assert relation["status"] == "denied"
    [citation] = relation["citations"]
    assert citation.pop("origin").startswith("0:")
    assert citation == {"source": "early", "section": "1", "by": ["marx"], "denied": True}
    assert data["files"] == ["map.yaml"]


def test_is_a_whole_page_that_refers_to_no_other_machine() -> None:
    text = html.render(small())
    ours = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert text.startswith("<!DOCTYPE html>\n<html lang=")
    assert "<title>前文 · 后文 · conceptgraph</title>" in text
    assert '<meta name="viewport"' in text
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", ours)
    assert not re.search(r"url\(|@import", ours)


def test_the_policy_names_exactly_the_scripts_that_the_page_holds() -> None:
    text = html.render(small())
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == len(html.SCRIPTS) + 1
    assert re.findall(r"'sha256-[^']+'", policy.split("style-src")[0].replace("&#39;", "'")) == [
        html._hash(script) for script in scripts
    ]
    assert "unsafe" not in policy


def test_every_script_and_style_of_the_folder_is_in_the_page() -> None:
    styles, scripts = (*html.STYLES, *html.LIVE_STYLES), (*html.SCRIPTS, *html.LIVE_SCRIPTS)
    assert sorted(styles) == sorted(path.relative_to(PAGE).as_posix() for path in PAGE.rglob("*.css"))
    assert sorted(scripts) == sorted(path.relative_to(PAGE).as_posix() for path in PAGE.rglob("*.js"))


def test_parallel_relations_are_bent_apart() -> None:
    network = data_of(html.render(small()))["network"]
    relations = data_of(html.render(small()))["relations"]
    between = [
        bend if relation["subject"] < relation["object"] else -bend
        for bend, relation in zip(network["bends"], relations, strict=True)
        if {relation["subject"], relation["object"]} == {"machine", "leisure"}
    ]
    assert len(between) == 3
    assert len(set(between)) == 3


def test_holds_places_and_no_physics() -> None:
    network = data_of(html.render(small()))["network"]
    assert network["options"]["physics"] == {"enabled": False}
    assert all(isinstance(number, float) for node in network["nodes"] for number in node)


# --- the same sentences as the command line


@needs_node
def test_pure_functions_under_node() -> None:
    tests = sorted((ROOT / "tests" / "page").glob("*.test.js"))
    assert tests
    run = subprocess.run(["node", "--test", *tests], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout


@needs_node
@pytest.mark.parametrize("language", ["zh", "en"])
def test_sentences_read_as_on_the_command_line(language: str, tmp_path: Path) -> None:
    map = load(ROOT / "data").map
    payload = html.payload(map)
    (tmp_path / "data.json").write_text(json.dumps(payload), encoding="utf-8")
    script = """
        const [file, language] = process.argv.slice(2);
        const map = cg.readMap(JSON.parse(require("fs").readFileSync(file, "utf-8")));
        const said = map.relations.flatMap((relation) =>
            [relation.subject, relation.object].map((start) => cg.sentence(map, relation, language, start)));
        console.log(JSON.stringify(said));
    """
    said = under_node(script, tmp_path / "data.json", language)
    relations = [r for r in map.relations.values() if {r.subject, r.object} <= map.entities.keys()]
    assert said == [
        sentence(map, relation, language, start)
        for relation in relations
        for start in (relation.subject, relation.object)
    ]


# --- the same search as the command line

SEARCHES = """
    异化|異化|異化勞動|非物质劳动|非物質勞動|数字 劳动|剥削 平台|“受众商品”|feiwuzhilaodong|fwzld|feiwuzhi
    fei wu zhi lao|fwz ld|feiwuzhi ld|laodong|yihua|yh|makesi|zengzhang|zhengzhi|boxue|ptzb|lü|nv|machine|labor
    labours|labour power|alienated|alienating|organization of labor|exploited|privatization|commodities
    capitalisms|alination|automatoin
    exploitaton|audiance comodity|非物质劳东|马克斯|受众的商品|数字劳东|audiencecommodity|commodity audience|modity
    digital|ai|ＭＡＲＸ|the worker is|distance|qqqq|？！|劳动 digital|生产|K12|1844|§
"""


@needs_node
def test_a_search_finds_the_same_as_on_the_command_line(tmp_path: Path) -> None:
    map = load(ROOT / "data").map
    searches = [text for line in SEARCHES.strip().split("\n") for text in line.strip().split("|")]
    (tmp_path / "data.json").write_text(json.dumps(html.payload(map)), encoding="utf-8")
    script = """
        const [file, searches] = process.argv.slice(2);
        const index = cg.searchIndex(cg.readMap(JSON.parse(require("fs").readFileSync(file, "utf-8"))));
        console.log(JSON.stringify(JSON.parse(searches).map((text) =>
            cg.search(index, text, 1000).map((hit) => [hit.entity.id, hit.field, hit.text, hit.way]))));
    """
    answers = under_node(script, tmp_path / "data.json", json.dumps(searches))
    assert len(searches) > 50
    for text, found in zip(searches, answers, strict=True):
        assert found == [[each.entity.id, each.field, each.text, each.way] for each in search(map, text)], text


@needs_node
def test_the_page_cuts_words_to_the_same_stems(tmp_path: Path) -> None:
    map = load(ROOT / "data").map
    texts = [text for entity in map.entities.values() for text in (entity.id, *entity.names)]
    texts += [text for entity in map.entities.values() for text in entity.definition.values()]
    words = {word for text in texts for word in re.findall("[a-z]+", text.lower())}
    endings = re.findall("[a-z]+", "s ed ing er ation ly ness ies isation ism ative ity y al ment")
    words |= {word + ending for word in words for ending in endings}
    words |= {"dying", "evening", "succeed", "agreed", "skies", "pasted", "generous", "yyed", "adding", "feeds"}
    (tmp_path / "words.json").write_text(json.dumps([sorted(words), SPELLINGS]), encoding="utf-8")
    script = """
        const [words, spellings] = JSON.parse(require("fs").readFileSync(process.argv[2], "utf-8"));
        console.log(JSON.stringify(words.map(cg.stemmer(spellings))));
    """
    stems = under_node(script, tmp_path / "words.json")
    assert dict(zip(sorted(words), stems, strict=True)) == {word: stem(word) for word in words}


# --- in the browser


def test_opens_still_with_names_that_do_not_overlap(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, load(ROOT / "data").map)
    page.wait_for_function("() => conceptgraph.graph.labels().length > 20")
    names = page.evaluate("() => conceptgraph.graph.labels()")
    assert {name["rank"] for name in names} >= set(range(20))
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            apart = a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"] or a["y"] + a["h"] <= b["y"]
            assert apart or b["y"] + b["h"] <= a["y"], (a, b)
    before = page.locator("#canvas canvas").screenshot()
    page.wait_for_timeout(300)
    assert page.locator("#canvas canvas").screenshot() == before
    assert quiet(page)


def test_an_entity_reads_with_its_relations_and_their_citations(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=machine")
    panel = page.get_by_role("main")
    assert panel.get_by_role("heading", level=1).inner_text() == "machine"
    assert "a tool of labour" in panel.inner_text()
    assert "机器" in panel.inner_text()
    assert "机械" in panel.inner_text()
    said = panel.locator(".relation", has_text="machine leads to leisure")
    assert "Marx (through Harvey)" in said.inner_text()
    assert "「机器带来闲暇」" in said.inner_text()
    assert "§1 Introduction" in said.inner_text()
    assert "contested" in said.inner_text()
    assert panel.locator(".relation", has_text="machine results from leisure").count() == 1
    assert said.locator("[data-origin]").first.get_attribute("data-origin").startswith("map.yaml:")
    assert quiet(page)


def test_a_contested_relation_shows_both_sides(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#relation=machine~leads-to~leisure")
    panel = page.get_by_role("main")
    assert "machine leads to leisure" in panel.get_by_role("heading", level=1).inner_text()
    held = panel.locator("section", has=page.get_by_role("heading", name="For it", exact=True)).inner_text()
    against = panel.locator("section", has=page.get_by_role("heading", name="Against it", exact=True)).inner_text()
    assert "Marx" in held
    assert "Marx" not in against
    assert "The Early Text" in against


def test_search_finds_labels_aliases_and_ids_whatever_the_case_and_width(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    for text, found in [
        ("机械", "machine"),
        ("ＭＡＲＸ", "Marx"),
        ("the moor", "Marx"),
        ("闲暇", "leisure"),
        ("machines-f", "machines set people free"),
        ("機器", "machine"),
        ("jiqi", "machine"),
        ("mks", "Marx"),
        ("mashines", "machine"),
    ]:
        page.keyboard.press("/")
        page.get_by_role("combobox").fill(text)
        assert found in page.get_by_role("option").first.inner_text()
        page.keyboard.press("Escape")
        assert page.get_by_role("combobox").input_value() == ""
        assert page.locator("#results").is_hidden()


def test_results_stand_under_their_kinds_and_say_what_they_were_found_by(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    page.keyboard.press("/")
    page.keyboard.type("jiqi")
    groups = page.get_by_role("listbox").get_by_role("group")
    assert groups.count() == 2
    assert page.get_by_role("group", name="concept").get_by_role("option").first.inner_text().split()[-1] == "pinyin"
    assert page.get_by_role("group", name="thesis").get_by_role("option").count() == 1
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", selected=True).inner_text().startswith("machines set people free")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.startsWith('#node=machines-free')")
    assert quiet(page)


def test_the_keyboard_alone_leads_from_the_start_to_a_relation(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    page.keyboard.press("/")
    page.keyboard.type("machin")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.startsWith('#node=machine&')")
    # the address changes at once, the page after it
    page.wait_for_function("() => document.activeElement.id === 'heading'")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.classList.contains('predicate')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.startsWith('#relation=machine~')")
    assert page.locator("#page .citation").count() >= 1
    assert quiet(page)


def test_back_and_forward_walk_the_links_and_keep_the_language(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    heading = page.get_by_role("main").get_by_role("heading", level=1)
    page.evaluate("() => { location.hash = '#node=machine'; }")
    page.locator("#page .relation a.name", has_text="toil").first.click()
    page.wait_for_function("() => location.hash.startsWith('#node=toil')")
    page.get_by_role("button", name="中文").click()
    assert heading.inner_text() == "劳苦"
    page.go_back()
    page.wait_for_function("() => location.hash.startsWith('#node=machine')")
    assert heading.inner_text() == "机器"
    assert page.evaluate("() => document.documentElement.lang") == "zh-Hans"
    page.go_forward()
    page.wait_for_function("() => location.hash.startsWith('#node=toil')")
    assert heading.inner_text() == "劳苦"


def test_the_key_counts_filters_and_shows_the_way_back(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    key = page.get_by_role("region", name="Key")
    entry = key.get_by_role("button", name=re.compile("^theorist"))
    assert entry.inner_text().split() == ["theorist", "2"]
    entry.click()
    assert key.get_by_role("button", name=re.compile("^theorist")).get_attribute("aria-pressed") == "true"
    assert "Only 2 entries" in page.locator("#filtered").inner_text()
    page.get_by_role("button", name="Hide the rest").click()
    assert page.get_by_role("button", name="Fade the rest").is_visible()
    page.get_by_role("button", name="Show everything").click()
    assert page.locator("#filtered").is_hidden()
    assert quiet(page)


def test_a_click_on_a_node_and_on_an_edge_selects(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    corner = page.locator("#canvas").bounding_box()
    place = page.evaluate("() => conceptgraph.graph.placeOf('sphinx')")
    page.mouse.click(corner["x"] + place["x"], corner["y"] + place["y"])
    page.wait_for_function("() => location.hash.startsWith('#node=sphinx')")
    page.wait_for_timeout(600)
    place = page.evaluate(
        """() => {
            const { graph, along } = conceptgraph;
            const { curve } = graph.drawn().faint.edges.find(({ key }) => key === "sphinx~puzzles~marx");
            const [x, y] = along(curve, 0.45);
            return graph.network.canvasToDOM({ x, y });
        }"""
    )
    page.mouse.click(corner["x"] + place["x"], corner["y"] + place["y"])
    page.wait_for_function("() => location.hash.startsWith('#relation=sphinx~puzzles~marx')")


ASKED = """
questions:
  what: {ask: {zh: 机器做什么？, en: What do machines do?}, query: neighbors machine, expect: [leisure]}
  who: {ask: {zh: 谁要紧？, en: Who matters?}, query: centrality, expect: [marx]}
"""
ANSWERED = {
    "what": Answer((Triple("machine", "leads-to", "leisure"),), (("machine", "leisure"),), ()),
    "who": Answer((), (), (("marx", 0.5),)),
}


@pytest.mark.parametrize(
    "place",
    [
        "",
        "#node=machine",
        f"#node={quote(HOSTILE)}",
        "#relation=machine~leads-to~leisure",
        "#section=early/1",
        "#section=early/1&as=list",
        "#tour=early&step=1",
        "#question=what",
        "#question=who",
        "#path=toil..leisure&number=2&chain=1&alone=yes",
        "#path=toil..leisure&avoid=machine&by=marx&in=early/1&stance=rejects",
        f"#path={quote(HOSTILE)}..leisure",
        "#compare=early..late",
        "#measure=degree&view=size:degree;colour:degree",
        "#view=kind:concept;section:early/1;voice:marx;around:machine,2",
        f"#view=kind:{quote(HOSTILE, safe='')};hide",
    ],
)
def test_hostile_text_stays_text_in_every_field(page: Any, tmp_path: Path, place: str) -> None:
    poison = json.dumps(HOSTILE)
    opening = SMALL.replace("en: Introduction}", "en: Introduction, opens: 引言}") + ASKED
    text = re.sub(r"(?<=[ {[])(zh|en): [^,}\]\[{]+(?=[,}])", lambda match: f"{match[1]}: {poison}", opening)
    text = re.sub(r"(zh|en): \[[^\]]+\]", lambda match: f"{match[1]}: [{poison}]", text)
    kinds = re.sub(r"(zh|en): [^,}]+(?=[,}])", lambda match: f"{match[1]}: {poison}", KINDS)
    vocabulary = re.sub(r"(zh|en): [^,}]+(?=[,}])", lambda match: f"{match[1]}: {poison}", VOCABULARY)
    map = loaded(text, vocabulary, kinds=kinds).map
    assert len(map.entities) == 9
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    told = SourceText(map.sources["early"], f"引言\n{HOSTILE}机器带来闲暇。\n")
    opened(page, tmp_path, map, place, texts={"early": told}, answers=ANSWERED)
    if place.startswith("#relation"):
        assert "<img src=x onerror=alert(2)>" in page.get_by_role("blockquote").first.inner_text()
    page.keyboard.press("/")
    page.keyboard.type("script")
    assert "<img src=x onerror=alert(2)>" in page.get_by_role("listbox").inner_text()
    page.get_by_role("button", name="中文").click()
    corner = page.locator("#canvas").bounding_box()
    page.mouse.move(corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2, steps=8)
    assert page.locator("img, #page script, #key script").count() == 0
    assert "49" not in page.locator("#page h1").inner_text()
    assert quiet(page)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (820, 1180), (1920, 1080)])
def test_fits_the_screen(page: Any, tmp_path: Path, width: int, height: int) -> None:
    opened(page, tmp_path, small(), "#node=machine", {"width": width, "height": height})
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_role("main").get_by_role("heading", level=1).is_visible()
    assert page.locator("#canvas").bounding_box()["height"] > 200


def test_the_scheme_follows_the_system_and_the_reader(page: Any, tmp_path: Path) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page, tmp_path, small())
    colour = "() => getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(colour)
    page.locator("#theme").click()
    assert page.evaluate(colour) != dark
    page.locator("#theme").click()
    assert page.evaluate(colour) == dark


def test_a_map_with_nothing_in_it_opens(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, ArgumentMap())
    assert quiet(page)


def test_a_link_to_what_is_not_there_says_so(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=nobody")
    assert "nobody" in page.get_by_role("main").inner_text()
    assert quiet(page)
