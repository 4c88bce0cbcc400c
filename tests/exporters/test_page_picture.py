"""The picture: what is seen of a map at every distance, and what the pointer does with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from maps import VOCABULARY, loaded
from pages import DESKTOP, KINDS, opened, quiet, small

from conceptgraph.loader import load
from conceptgraph.model import ArgumentMap

ROOT = Path(__file__).parents[2]
STILL = """() => new Promise((done) => {
    const frame = requestAnimationFrame;
    frame(() => setTimeout(() => frame(() => frame(() => done(true))), 200));
})"""

Box = dict[str, float]


@pytest.fixture(scope="module")
def curated() -> ArgumentMap:
    return load(ROOT / "data").map


@pytest.fixture(autouse=True)
def _without_motion(page: Any) -> None:
    page.emulate_media(reduced_motion="reduce")


def drawn(page: Any) -> Any:
    """What is drawn once the view has come to rest."""
    page.wait_for_function(STILL)
    return page.evaluate(
        """() => {
            const { view, titles, faint, bright, labels, sayings, rings } = conceptgraph.graph.drawn();
            const keys = ({ edges }) => edges.map(({ key }) => key);
            const ids = ({ nodes }) => nodes.map(({ id }) => id);
            return { view, titles, labels, sayings, rings, edges: keys(faint), nodes: ids(faint),
                     lit: { edges: keys(bright), nodes: ids(bright) } };
        }"""
    )


def zoomed(page: Any, factor: float, place: str | None = None) -> Any:
    page.evaluate(
        """([factor, id]) => {
            const { graph } = conceptgraph;
            const at = id && graph.network.DOMtoCanvas(graph.placeOf(id));
            graph.zoom(factor, at ?? undefined);
        }""",
        [factor, place],
    )
    return drawn(page)


def apart(a: Box, b: Box) -> bool:
    return (
        a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"] or a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"]
    )


def point(page: Any, id: str) -> tuple[float, float]:
    corner = page.locator("#canvas").bounding_box()
    place = page.evaluate("(id) => conceptgraph.graph.placeOf(id)", id)
    return corner["x"] + place["x"], corner["y"] + place["y"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_twenty_most_important_names_are_seen_whole_and_apart(
    page: Any, tmp_path: Path, curated: ArgumentMap, language: str
) -> None:
    opened(page, tmp_path, curated, f"#lang={language}", DESKTOP)
    drawn(page)
    names = page.evaluate("() => conceptgraph.graph.labels()")
    canvas = page.locator("#canvas").bounding_box()
    first = [name for name in names if name["rank"] < 20]
    assert len(first) == 20
    for name in first:
        assert name["x"] >= 0
        assert name["y"] >= 0
        assert name["x"] + name["w"] <= canvas["width"]
        assert name["y"] + name["h"] <= canvas["height"]
        assert all(apart(name, other) for other in names if other["id"] != name["id"])
    assert quiet(page)


def test_regions_have_names_in_the_language_of_the_reader_until_one_comes_near(
    page: Any, tmp_path: Path, curated: ArgumentMap
) -> None:
    opened(page, tmp_path, curated)
    said = [line for title in drawn(page)["titles"] for line in title["lines"]]
    assert len(said) >= 8
    assert all(line.isascii() or "·" in line or "’" in line or line.endswith("…") for line in said), said
    page.get_by_role("button", name="中文").click()
    said = [line for title in drawn(page)["titles"] for line in title["lines"]]
    assert not any(line.isascii() for line in said)
    assert zoomed(page, 4)["titles"] == []


def test_names_and_then_what_lines_say_come_as_one_zooms_in(page: Any, tmp_path: Path, curated: ArgumentMap) -> None:
    opened(page, tmp_path, curated)
    whole = drawn(page)
    assert whole["sayings"] == []
    near = zoomed(page, 2)
    assert len(near["labels"]) > len(whole["labels"])
    nearer = zoomed(page, 2)
    assert len(nearer["sayings"]) > 10
    assert len(nearer["nodes"]) < len(whole["nodes"])
    labels = nearer["labels"]
    assert all(apart(a, b) for i, a in enumerate(labels) for b in labels[i + 1 :])
    for saying in nearer["sayings"]:
        middle = {"x": saying["x"], "y": saying["y"], "w": 0, "h": 0}
        assert all(apart(middle, label) for label in labels), saying
    assert quiet(page)


def test_after_every_movement_the_picture_is_drawn_sharp(page: Any, tmp_path: Path, curated: ArgumentMap) -> None:
    opened(page, tmp_path, curated)
    canvas = page.locator("#canvas canvas")
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 450, box["y"] + 250)
    page.mouse.down()
    page.mouse.move(box["x"] + 250, box["y"] + 350, steps=8)
    page.mouse.up()
    for _ in range(5):
        page.mouse.wheel(0, -200)
    page.mouse.move(box["x"] - 5, box["y"] - 5)
    drawn(page)
    moved = canvas.screenshot()
    page.evaluate("() => conceptgraph.graph.refresh()")
    drawn(page)
    assert canvas.screenshot() == moved


def test_pointing_at_a_node_lights_what_is_around_it(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    drawn(page)
    page.mouse.move(*point(page, "sphinx"))
    page.wait_for_function("() => conceptgraph.graph.drawn().bright.nodes.length")
    lit = drawn(page)["lit"]
    assert sorted(lit["nodes"]) == ["marx", "sphinx"]
    assert lit["edges"] == ["sphinx~puzzles~marx"]
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.hover()
    page.wait_for_function("() => !conceptgraph.graph.drawn().bright.nodes.length")
    assert quiet(page)


def test_a_node_can_be_chosen_by_its_name(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    # the picture is fitted once more when all around it has found its size
    still = """() => {
        const places = JSON.stringify(conceptgraph.graph.labels());
        return window.before === (window.before = places);
    }"""
    page.wait_for_function(still, polling=250)
    [label] = [label for label in drawn(page)["labels"] if label["id"] == "sphinx"]
    corner = page.locator("#canvas").bounding_box()
    page.mouse.click(corner["x"] + label["x"] + label["w"] / 2, corner["y"] + label["y"] + label["h"] / 2)
    page.wait_for_function("() => location.hash.startsWith('#node=sphinx')")
    assert len(drawn(page)["rings"]) == 1


def test_a_lens_that_hides_leaves_nothing_else_to_point_at(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#view=kind:theorist;hide")
    seen = drawn(page)
    assert seen["nodes"] == []
    assert sorted(seen["lit"]["nodes"]) == ["harvey", "marx"]
    found = page.evaluate("(id) => conceptgraph.graph.at(conceptgraph.graph.placeOf(id))", "sphinx")
    assert found is None


def test_nodes_take_the_sizes_and_colours_that_are_asked_for(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    drawn(page)
    nodes = page.evaluate(
        """async () => {
            const { map } = conceptgraph.desk;
            const place = document.createElement("div");
            Object.assign(place.style, { position: "fixed", width: "700px", height: "300px" });
            document.body.append(place);
            const asked = { language: "en", colour: "kind", sizes: new Map([["marx", 33]]), tint: () => "#123456" };
            const drawing = { nodes: [...map.entities].map((_, i) => [40 * i, 0, 7]), bends: map.relations.map(() => 0),
                              options: {} };
            const graph = conceptgraph.showGraph(place, map, drawing, () => asked, { select() {}, hover() {} });
            graph.open();
            return graph.drawn().faint.nodes.map(({ id, r, look }) => [id, r, look.colours[0]]);
        }"""
    )
    assert ["marx", 33, "#123456"] in nodes
    assert ["harvey", 7, "#123456"] in nodes
    assert quiet(page)


def test_where_lines_are_left_out_the_reader_is_told_so_until_all_are_there(page: Any, tmp_path: Path) -> None:
    count = 320
    concepts = "\n".join(f"  c{n}: {{label: {{zh: 概念{n}, en: concept {n}}}}}" for n in range(count))
    triples = "\n".join(
        f"      - [c{n}, leads-to, c{(n + step) % count}]" for n in range(count) for step in range(1, 15)
    )
    sources = 'sources:\n  essay: {label: {zh: 文, en: essay}, sections: {"1": {zh: 一, en: One}}}'
    text = f"{sources}\nconcepts:\n{concepts}\nrelations:\n  - in: essay/1\n    triples:\n{triples}\n"
    opened(page, tmp_path, loaded(text, VOCABULARY, kinds=KINDS).require())
    note = page.get_by_text("of 4,480 lines")
    assert "4,000 of 4,480" in note.inner_text()
    page.get_by_role("button", name="中文").click()
    assert "4,480" in page.get_by_text("放大可见其余").inner_text()
    zoomed(page, 6, "c0")
    assert page.get_by_text("放大可见其余").count() == 0 or page.get_by_text("放大可见其余").is_hidden()
    assert quiet(page)
