"""The lenses of the page: what they select is what the command line selects, and what a reader does with them."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from pages import needs_node, opened, quiet, small, under_node

from conceptgraph.centrality import rank
from conceptgraph.compare import compare, side
from conceptgraph.exporters import html
from conceptgraph.loader import load
from conceptgraph.measures import MEASURES
from conceptgraph.model import CONTESTED, DENIED, HELD, MODALITIES, STANCES, ArgumentMap
from conceptgraph.neighbors import neighbors
from conceptgraph.selection import Selection

ROOT = Path(__file__).parents[2]
STATUSES = (HELD, CONTESTED, DENIED)


@pytest.fixture(scope="module")
def curated() -> ArgumentMap:
    return load(ROOT / "data").require()


def asked_of_node(tmp_path: Path, map: ArgumentMap, script: str, asked: object) -> Any:
    """What a script says as JSON of the page's `map` and of what is `asked`."""
    (tmp_path / "data.json").write_text(json.dumps({"data": html.payload(map), "asked": asked}), encoding="utf-8")
    reading = """
        const { data, asked } = JSON.parse(require("fs").readFileSync(process.argv[2], "utf-8"));
        const map = cg.readMap(data);
    """
    return under_node(reading + script, tmp_path / "data.json")


# --- the same as on the command line


def random_lens(map: ArgumentMap, chance: random.Random) -> dict[str, list[str]]:
    places = [f"{source.id}/{id}" for source in map.sources.values() for id in source.sections]
    voices = sorted({voice for _, said in map.citations() for voice in (*said.by, *said.via, *said.holders)})
    values = {
        "family": list(map.families),
        "status": STATUSES,
        "section": places,
        "voice": voices,
        "stance": STANCES,
        "modality": MODALITIES,
    }
    facets = chance.sample(sorted(values), chance.randint(1, 3))
    return {
        facet: sorted(chance.sample(values[facet], min(chance.randint(1, 3), len(values[facet])))) for facet in facets
    }


def selection_of(map: ArgumentMap, lens: dict[str, list[str]]) -> Selection:
    families = lens.get("family")
    return Selection(
        predicates=families and {each.id for each in map.predicates.values() if each.family in families},
        voices=lens.get("voice"),
        places=lens.get("section"),
        statuses=lens.get("status", STATUSES),
        stances=lens.get("stance"),
        modalities=lens.get("modality"),
    )


@needs_node
def test_a_lens_shows_the_relations_that_the_command_line_selects(tmp_path: Path, curated: ArgumentMap) -> None:
    chance = random.Random(5)  # noqa: S311
    lenses = [random_lens(curated, chance) for _ in range(200)]
    script = """
        const look = (lens) => ({ lens: { ...cg.emptyLens(),
            ...Object.fromEntries(Object.entries(lens).map(([facet, ids]) => [facet, new Set(ids)])) }, around: null });
        console.log(JSON.stringify(asked.map((lens) => [...cg.seenThrough(map, look(lens)).edges])));
    """
    shown = asked_of_node(tmp_path, curated, script, lenses)
    expected = [["~".join(each.triple) for each in selection_of(curated, lens).relations(curated)] for lens in lenses]
    assert shown == expected
    assert sum(map(bool, expected)) > 50


@needs_node
def test_a_neighbourhood_is_what_the_command_line_reaches(tmp_path: Path, curated: ArgumentMap) -> None:
    chance = random.Random(7)  # noqa: S311
    asked = [(chance.choice(list(curated.entities)), depth) for depth in (1, 2, 3, 4) for _ in range(8)]
    script = """
        console.log(JSON.stringify(asked.map(([id, depth]) => {
            const seen = cg.seenThrough(map, { lens: cg.emptyLens(), around: { id, depth } });
            return [[...seen.nodes].sort(), [...seen.edges]];
        })));
    """
    for (id, depth), (nodes, edges) in zip(asked, asked_of_node(tmp_path, curated, script, asked), strict=True):
        found = neighbors(curated, id, depth)
        ends = {end for each in found for end in (each.relation.subject, each.relation.object)}
        assert set(nodes) == ends | {id}
        assert set(edges) == {"~".join(triple) for triple in curated.relations if {triple[0], triple[2]} <= ends}


@needs_node
def test_the_page_ranks_as_the_command_line_does(tmp_path: Path, curated: ArgumentMap) -> None:
    script = "console.log(JSON.stringify(asked.map((id) => cg.ranking(map.measures.get(id)).slice(0, 10))));"
    rankings = asked_of_node(tmp_path, curated, script, [measure.id for measure in MEASURES])
    for measure, ranking in zip(MEASURES, rankings, strict=True):
        values = {each.entity: each.value for each in rank(curated, measure).ranks}
        assert [each["value"] for each in ranking] == [
            pytest.approx(value, rel=1e-3) for value in sorted(values.values(), reverse=True)[:10]
        ]
        assert all(each["value"] == pytest.approx(values[each["id"]], rel=1e-3) for each in ranking)


def test_a_large_map_has_only_the_measures_that_are_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MEASURED", 3)
    found = {measure["id"] for measure in html.payload(small())["measures"]}
    assert found == {measure.id for measure in MEASURES if measure.estimate is None}
    assert {"degree", "pagerank"} <= found


def test_the_comparison_of_the_page_is_that_of_the_command_line(curated: ArgumentMap) -> None:
    payload = html.payload(curated)
    [found] = payload["comparisons"]
    one, other = found["sides"]
    expected = compare(curated, side(curated, one), side(curated, other))
    entities = [entity["id"] for entity in payload["entities"]]
    relations = [(each["subject"], each["predicate"], each["object"]) for each in payload["relations"]]
    assert [(entities[number], *counts) for number, *counts in found["shared"]] == [
        (each.entity, *each.relations) for each in expected.shared
    ]
    assert [[entities[number] for number, _ in own] for own in found["own"]] == [
        [each.entity for each in own] for own in expected.own
    ]
    for name in ("disagreements", "agreements", "ties"):
        assert [relations[number] for number in found[name]] == [each.triple for each in getattr(expected, name)]
    assert len(found["distinctions"]) == len(expected.distinctions)


def test_what_either_side_says_of_a_relation_is_told_by_its_citations() -> None:
    text = """
    sources:
      early: {label: {zh: 前, en: early}, sections: {"1": {zh: 一, en: one}}}
      late: {label: {zh: 后, en: late}, sections: {"1": {zh: 一, en: one}}}
    concepts: {a: {label: {zh: 甲, en: a}}, b: {label: {zh: 乙, en: b}}}
    relations:
      - {in: early/1, triples: [[a, mirrors, b], [a, leads-to, b]]}
      - {in: late/1, triples: [[b, mirrors, a], [a, leads-to, b, {denied: true}]]}
    """
    payload = html.payload(small(text))
    [found] = payload["comparisons"]

    def said(pair: list[list[list[int]]]) -> list[list[tuple[str, str]]]:
        relations = payload["relations"]
        cited = [[(relations[n], relations[n]["citations"][c]) for n, c in places] for places in pair]
        return [[(each["subject"], citation["source"]) for each, citation in places] for places in cited]

    assert [said(pair) for pair in found["contradictions"]] == [[[("a", "early")], [("a", "late")]]]
    assert [said(pair) for pair in found["common"]] == [[[("a", "early")], [("b", "late")]]]


# --- in the browser


def key(page: Any) -> Any:
    return page.get_by_role("region", name="Key")


def chip(page: Any, name: str) -> Any:
    return key(page).get_by_role("button", name=re.compile(rf"^{re.escape(name)} \d+$"))


def test_further_lenses_unfold_combine_and_count_what_the_others_leave(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    assert chip(page, "Marx").count() == 0
    key(page).get_by_role("button", name="Voices").click()
    assert chip(page, "Marx").inner_text().split() == ["Marx", "2"]
    chip(page, "Marx").click()
    page.wait_for_function("() => location.hash.includes('view=voice:marx')")
    assert chip(page, "Marx").get_attribute("aria-pressed") == "true"
    assert page.evaluate("() => document.activeElement.dataset.value") == "marx"
    assert chip(page, "causal").inner_text().split() == ["causal", "2"]
    assert chip(page, "curious").inner_text().split() == ["curious", "0"]
    chip(page, "contested").click()
    assert page.get_by_role("main").get_by_role("heading", level=1).inner_text() == "Only 2 entries, 1 relation"
    page.go_back()
    page.wait_for_function("() => !location.hash.includes('status')")
    assert page.get_by_role("main").get_by_role("heading", level=1).inner_text() == "Only 3 entries, 2 relations"
    assert quiet(page)


def test_every_lens_can_be_taken_back_alone_or_with_all_others(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#view=family:causal;section:early/1;around:machine,1;size:degree;hide")
    line = page.locator("#filtered")
    assert line.get_by_role("button", name=re.compile("^Take back")).count() == 4
    line.get_by_role("button", name="Take back: Sections, §1 Introduction").click()
    page.wait_for_function("() => location.hash.includes('view=family:causal;around:machine,1;size:degree;hide')")
    line.get_by_role("button", name="Show everything").click()
    page.wait_for_function("() => !location.hash.includes('view=')")
    assert line.is_hidden()
    assert page.get_by_role("main").get_by_role("heading", level=1).inner_text() == "A map of the argument"
    assert quiet(page)


def test_what_the_picture_shows_is_read_as_text(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#view=family:causal")
    panel = page.get_by_role("main")
    assert panel.get_by_role("heading", level=1).inner_text() == "Only 3 entries, 5 relations"
    shown = page.evaluate("() => [...conceptgraph.desk.seen.edges].sort()")
    listed = panel.locator("[data-relation]").evaluate_all("(items) => items.map((i) => i.dataset.relation).sort()")
    assert listed == shown
    assert "「机器带来闲暇」" in panel.inner_text()
    assert panel.get_by_role("link", name="Marx", exact=True).count() >= 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "heading"
    panel.get_by_role("link", name="Overview").click()
    page.wait_for_function("() => conceptgraph.desk.seen === null")
    assert panel.get_by_role("heading", level=1).inner_text() == "A map of the argument"
    assert quiet(page)


def test_without_a_lens_every_relation_is_unfolded_on_demand(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    panel = page.get_by_role("main")
    assert panel.locator("[data-relation]").count() == 0
    for summary in panel.locator("section", has_text="All relations").last.locator("summary").all():
        summary.click()
    page.wait_for_function("() => document.querySelectorAll('#page [data-relation]').length === 8")


def test_only_a_neighbourhood_is_shown_to_a_depth_and_given_up_again(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=sphinx")
    depth = page.get_by_role("main").get_by_role("group", name="Only this neighbourhood")
    depth.get_by_role("button", name="up to 2 steps away").click()
    page.wait_for_function("() => location.hash.includes('view=around:sphinx,2;hide')")
    assert page.evaluate("() => [...conceptgraph.desk.seen.nodes].sort()") == ["machines-free", "marx", "sphinx"]
    assert page.evaluate("() => document.activeElement.textContent") == "2"
    depth.get_by_role("button", name="off").click()
    page.wait_for_function("() => !location.hash.includes('around')")
    assert page.evaluate("() => conceptgraph.desk.seen") is None
    assert quiet(page)


def test_the_essays_are_compared_part_by_part(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    page.get_by_role("main").get_by_role("link", name="Compare the essays").click()
    page.wait_for_function("() => location.hash.startsWith('#compare=early..late')")
    panel = page.get_by_role("main")
    assert page.evaluate("() => conceptgraph.desk.look.colour") == "witness"
    parts = panel.get_by_role("navigation", name="Compare the essays")
    found = compare(small(), side(small(), "early"), side(small(), "late"))
    assert [text.split()[-1] for text in parts.get_by_role("link").all_inner_texts()[1:]] == [
        str(len(each)) for each in (*found.own, found.shared, (*found.contradictions, *found.disagreements))
    ]
    parts.get_by_role("link", name=re.compile("^Both")).click()
    page.wait_for_function("() => location.hash.includes('part=both')")
    assert panel.get_by_role("heading", name=re.compile("^Shared entries")).is_visible()
    assert panel.get_by_role("heading", name=re.compile("^Only")).count() == 0
    page.go_back()
    page.wait_for_function("() => !location.hash.includes('part=')")
    panel.get_by_role("link", name="Overview").click()
    page.wait_for_function("() => conceptgraph.desk.look.colour === 'kind'")
    assert quiet(page)


def test_a_measure_sizes_and_colours_with_its_meaning_and_its_ranking(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    key(page).get_by_role("button", name="Measures").click()
    key(page).get_by_role("combobox", name="Size").select_option(label="direct relations")
    page.wait_for_function("() => location.hash.includes('view=size:degree')")
    assert page.evaluate("() => document.activeElement.id") == "by-size"
    key(page).get_by_role("combobox", name="Colour").select_option("degree")
    page.wait_for_function("() => location.hash.includes('size:degree;colour:degree')")
    assert "share of all other entities that it is directly related to" in key(page).inner_text()
    assert key(page).get_by_role("list", name="Colour").get_by_role("listitem").count() >= 2
    key(page).get_by_role("link", name="Whole ranking").click()
    page.wait_for_function("() => location.hash.startsWith('#measure=degree')")
    first = page.get_by_role("main").locator(".ranking li").first
    best = rank(small(), MEASURES[0]).ranks[0]
    assert first.inner_text().split() == ["1.", best.entity, f"{best.value:.3g}"]
    page.get_by_role("button", name="Size by it").click()
    page.wait_for_function("() => !location.hash.includes('size:')")
    assert quiet(page)


def test_an_address_with_lenses_of_another_map_leads_back(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#view=kind:nonsense;around:nobody,3;size:nothing;colour:nothing")
    page.get_by_role("button", name="Show everything").click()
    page.wait_for_function("() => !location.hash.includes('view=')")
    for place in ("#compare=early..nobody", "#measure=nothing"):
        page.evaluate("(place) => { location.hash = place; }", place)
        page.wait_for_function("() => document.querySelector('h1').textContent === 'Not in this map'")
    assert quiet(page)
