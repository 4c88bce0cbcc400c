"""Chains on the page: the same as on the command line, and found by a person with keyboard, mouse or finger."""

from __future__ import annotations

import itertools
import json
import random
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from maps import chain_map
from pages import needs_node, opened, quiet, small, under_node

from conceptgraph.diagnostics import Span
from conceptgraph.exporters import html
from conceptgraph.files import shipped
from conceptgraph.loader import load
from conceptgraph.model import MODALITIES, STANCES, ArgumentMap
from conceptgraph.paths import WORK, Obstacle, obstacle, shortest_paths
from conceptgraph.paths import Path as Chain
from conceptgraph.selection import Selection

SELECTING = {
    "predicate": "predicates",
    "by": "voices",
    "in": "places",
    "status": "statuses",
    "stance": "stances",
    "modality": "modalities",
}
ANSWER = """
const { readFileSync } = require("node:fs");
const { data, asked, work } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const map = cg.readMap(data);
const plain = (path) =>
  path && {
    entities: path.entities,
    steps: path.steps.map(({ start, end, relations, contested, inferred, modality }) => [
      [start, end, contested, inferred, modality],
      relations.map((relation) => [relation.key, relation.citations.map((said) => said.origin)]),
    ]),
    voices: path.voices,
    weakest: path.weakest,
  };
const sets = (selection) => Object.fromEntries(Object.entries(selection).map(([name, ids]) => [name, new Set(ids)]));
const answers = asked.map((question) => {
  question.selection = sets(question.selection);
  const { paths, cut } = cg.shortestPaths(map, question, work);
  const why = cg.obstacle(map, question);
  return { paths: paths.map(plain), cut, why: { ...why, path: plain(why.path) } };
});
console.log(JSON.stringify(answers));
"""


def on_the_page(data: dict[str, Any], asked: list[dict[str, Any]], folder: Path, work: int = WORK) -> Any:
    """What a page with these data answers to questions for chains."""
    file = folder / "asked.json"
    file.write_text(json.dumps({"data": data, "asked": asked, "work": work}), encoding="utf-8")
    return under_node(ANSWER, file)


def on_the_command_line(map: ArgumentMap, asked: dict[str, Any], work: int = WORK) -> dict[str, Any]:
    """What the command line answers to one of them, in the same words."""
    limits = {name: asked[name] for name in ("directed", "avoid")}
    limits["selection"] = Selection(**{SELECTING[name]: set(ids) for name, ids in asked["selection"].items()})
    found = shortest_paths(
        map,
        asked["starts"],
        asked["ends"],
        asked["count"],
        max_length=asked["maxLength"],
        through=asked["through"],
        work=work,
        **limits,
    )
    why = obstacle(map, asked["starts"], asked["ends"], **limits)
    return {"paths": [written(path) for path in found], "cut": found.cut, "why": reason(why)}


def written(path: Chain) -> dict[str, Any]:
    return {
        "entities": list(path.entities),
        "steps": [
            [
                [step.start, step.end, step.contested, step.inferred, step.modality],
                [
                    ["~".join(each.triple), [spot(said.origin.span) for said in each.citations]]
                    for each in step.relations
                ],
            ]
            for step in path.steps
        ],
        "voices": list(path.voices),
        "weakest": path.weakest,
    }


def spot(span: Span) -> str:
    return f"{span.path}:{span.line}:{span.column}"


def reason(why: Obstacle) -> dict[str, Any]:
    return {"path": why.path and written(why.path), "cut": list(why.cut), "reached": why.reached}


def asked_at_random(map: ArgumentMap, count: int) -> list[dict[str, Any]]:
    """Questions with every option, alone and together."""
    chance = random.Random(1971)  # noqa: S311 - examples, not secrets
    ids = list(map.entities)
    places = [*map.sources, *(f"{text.id}/{section}" for text in map.sources.values() for section in text.sections)]
    known = {
        "predicate": list(map.predicates),
        "by": list(map.sources) + [id for id, entity in map.entities.items() if entity.kind == "theorist"],
        "in": places,
        "status": ["held", "contested", "denied"],
        "stance": list(STANCES),
        "modality": list(MODALITIES),
    }

    def some(of: list[str], likely: float, most: int) -> list[str]:
        return chance.sample(of, chance.randint(1, min(most, len(of)))) if chance.random() < likely else []

    selections = [{name: some(of, 0.12, len(of)) for name, of in known.items()} for _ in range(count)]
    return [
        {
            "starts": some(ids, 0.2, 9) or [chance.choice(ids)],
            "ends": some(ids, 0.2, 9) or [chance.choice(ids)],
            "count": chance.choice([1, 2, 3, 5, 12]),
            "directed": chance.random() < 0.3,
            "maxLength": chance.choice([None, None, None, 2, 3, 5]),
            "avoid": some(ids, 0.25, 5),
            "through": some(ids, 0.15, 2),
            "selection": {name: chosen for name, chosen in selection.items() if chosen},
        }
        for selection in selections
    ]


@pytest.fixture(scope="module")
def curated() -> ArgumentMap:
    return load(shipped()).require()


@pytest.fixture(scope="module")
def data(curated: ArgumentMap) -> dict[str, Any]:
    """What the page of the curated map knows."""
    return html.payload(curated)


@needs_node
def test_the_page_finds_the_chains_of_the_command_line(
    curated: ArgumentMap, data: dict[str, Any], tmp_path: Path
) -> None:
    asked = asked_at_random(curated, 250)
    answers = on_the_page(data, asked, tmp_path)
    expected = [on_the_command_line(curated, question) for question in asked]
    for question, answer, wanted in zip(asked, answers, expected, strict=True):
        assert answer == wanted, question
    # the options neither leave everything nor nothing
    assert 80 < sum(bool(answer["paths"]) for answer in answers) < 230


@needs_node
def test_of_very_many_equal_chains_the_page_finds_the_same_and_gives_up_where_the_command_line_does(
    tmp_path: Path,
) -> None:
    layers = [["start"], *([f"l{layer}n{number}" for number in range(5)] for layer in range(5)), ["end"]]
    map = chain_map(
        *(f"{one} leads-to {other}" for here, next in itertools.pairwise(layers) for one in here for other in next)
    )
    plain = {"starts": ["start"], "ends": ["end"], "directed": False, "avoid": [], "selection": {}}
    asked = [
        {**plain, "count": 40, "maxLength": None, "through": []},
        {**plain, "count": 100, "maxLength": 8, "through": ["l2n2"]},
    ]
    for work, given_up in ((WORK, False), (400, True)):
        answers = on_the_page(html.payload(map), asked, tmp_path, work)
        assert answers == [on_the_command_line(map, question, work) for question in asked]
        assert all(answer["cut"] == given_up for answer in answers)


@needs_node
def test_the_command_that_the_page_shows_gives_the_chains_that_it_shows(data: dict[str, Any], tmp_path: Path) -> None:
    addresses = [
        ("antonio-negri..user-attention,exploitation", {"number": "2"}),
        ("@theorist..exploitation", {"by": "alienation", "avoid": "workers,@thesis", "directed": "yes"}),
        ("alienation..exploitation", {"in": "alienation/3", "status": "held,contested", "max-length": "4"}),
        ("exploitation..antonio-negri", {"predicate": "causal,argues", "stance": "endorses,reports"}),
        ("user-attention..exploitation", {"through": "capitalists,digital-platforms", "modality": "asserted,hedged"}),
    ]
    (tmp_path / "asked.json").write_text(json.dumps([data, addresses]), encoding="utf-8")
    script = """
        const [data, addresses] = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
        const map = cg.readMap(data);
        console.log(JSON.stringify(addresses.map(([value, options]) => {
          const asked = cg.chainsAsked(map, value, options);
          return [
            asked.unknown,
            cg.commandLine(map, asked),
            cg.shortestPaths(map, asked.question).paths.map((path) => path.entities),
          ];
        })));
    """
    shown = under_node(script, tmp_path / "asked.json")
    for unknown, command, chains in shown:
        assert unknown == []
        program, *words = shlex.split(command)
        assert program == "conceptgraph"
        run = subprocess.run(
            [sys.executable, "-m", program, *words, "-O", "json", "-i", str(shipped())],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        answer = json.loads(run.stdout)
        assert [path["entities"] for path in answer["paths"]] == chains, command


# --- in the browser


def place(page: Any, start: str) -> None:
    page.wait_for_function("(start) => decodeURIComponent(location.hash).startsWith(start)", arg=start)


def chains(page: Any) -> list[str]:
    """The names along each chain that is shown."""
    return [
        " ".join(text.split()) for text in page.get_by_role("main").get_by_role("heading", level=3).all_inner_texts()
    ]


def test_the_keyboard_alone_leads_from_the_start_to_a_path(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    page.keyboard.press("p")
    place(page, "#path=..")
    assert page.evaluate("() => document.activeElement.id") == "path-from"
    page.keyboard.type("machin")
    page.keyboard.press("Enter")
    place(page, "#path=machine..&")
    # the second field waits
    page.wait_for_function("() => document.activeElement.id === 'path-to'")
    page.keyboard.type("toil")
    page.keyboard.press("Tab")
    place(page, "#path=machine..toil")
    page.wait_for_function("() => document.activeElement.id === 'path-results'")
    assert page.get_by_role("heading", level=1).inner_text() == "From machine to toil"
    assert page.locator("#live").inner_text() == page.locator("#path-results").inner_text()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.id") == "path-alone-1":
            break
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.includes('chain=1&alone=yes')")
    # the button has kept the focus
    assert page.evaluate("() => document.activeElement.id") == "path-alone-1"
    assert page.get_by_role("button", name="alone", pressed=True).count() == 1
    page.keyboard.press("Escape")
    place(page, "#lang=en")
    assert quiet(page)


def test_a_chain_shows_its_receipts_and_what_in_it_may_not_hold(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#path=toil..leisure&number=2")
    assert chains(page) == ["1. toil → leisure", "2. toil → machine → leisure"]
    first, second = page.get_by_role("listitem").filter(has=page.get_by_role("heading", level=3)).all()
    assert "argued by one voice: The Late Text" in first.inner_text()
    text = " ".join(second.inner_text().split())
    assert "nobody argues the whole chain: it is stitched from" in text
    assert "rests on the curator’s inference at step 1" in text
    assert "weakest step: 1 (" in text
    assert "← toil results from machine" in text
    assert "「机器带来闲暇」" in text
    # what is walked against its direction says so
    assert second.get_by_role("img", name="against the asserted direction").count() >= 1
    assert "conceptgraph path toil leisure -n 2" in page.locator("main").inner_text()
    page.get_by_role("combobox", name="How many").select_option("1")
    page.wait_for_function("() => location.hash.includes('number=1')")
    assert len(chains(page)) == 1
    page.get_by_role("button", name="3 more").click()
    page.wait_for_function("() => location.hash.includes('number=4')")
    assert page.get_by_text("There are no more chains.").is_visible()
    assert quiet(page)


def test_a_chain_is_lit_in_place_or_shown_alone(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#path=toil..leisure&number=2")

    def lit() -> list[str]:
        light = "() => { const view = conceptgraph.parseRoute(location.hash);"
        light += " return [...conceptgraph.views.path.lit(conceptgraph.desk, view).nodes].sort(); }"
        nodes: list[str] = page.evaluate(light)
        return nodes

    assert lit() == ["leisure", "machine", "toil"]
    page.get_by_role("button", name="in place").first.click()
    page.wait_for_function("() => location.hash.includes('chain=1')")
    assert lit() == ["leisure", "toil"]
    names = {label["id"] for label in page.evaluate("() => conceptgraph.graph.labels()")}
    assert names == {"leisure", "toil"}
    page.get_by_role("link", name="Light all chains").click()
    page.wait_for_function("() => !location.hash.includes('chain=')")
    page.go_back()
    page.wait_for_function("() => location.hash.includes('chain=1')")
    assert page.get_by_role("button", name="in place", pressed=True).count() == 1
    assert quiet(page)


def test_conditions_are_in_the_address_and_where_they_cut_every_chain_the_page_says_which(
    page: Any, tmp_path: Path
) -> None:
    opened(page, tmp_path, small(), "#path=toil..leisure")
    page.get_by_text("Conditions").click()
    page.get_by_role("group", name="Avoid").get_by_role("combobox").fill("machin")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.includes('avoid=machine')")
    page.get_by_role("group", name="Stance").get_by_label("rejected by the text").check()
    page.wait_for_function("() => location.hash.includes('stance=rejects')")
    assert page.get_by_role("group", name="Avoid").get_by_role("button", name="Drop “machine”").is_visible()
    assert page.get_by_role("heading", name="No chain").is_visible()
    text = " ".join(page.locator("main").inner_text().split())
    assert "conceptgraph path toil leisure --avoid machine --stance rejects" in text
    page.get_by_role("link", name="Drop all conditions").click()
    page.wait_for_function("() => !location.hash.includes('avoid')")
    assert quiet(page)


def test_the_obstacle_names_the_steps_that_are_cut_and_the_condition_to_drop(page: Any, tmp_path: Path) -> None:
    map = chain_map("a leads-to b", "c leads-to b", "c leads-to d")
    opened(page, tmp_path, map, "#path=a..d&directed=yes")
    text = " ".join(page.locator("main").inner_text().split())
    assert "Without these conditions there is: a → b → c → d" in text
    assert "Within them it reaches b" in text
    assert "cut by the conditions: b → c" in text
    page.get_by_role("link", name="Drop “Walk relations only as they are asserted”, and there is a chain").click()
    page.wait_for_function("() => !location.hash.includes('directed')")
    assert chains(page) == ["1. a → b → c → d"]
    page.goto(page.url.split("#")[0] + "#path=a..essay&in=nowhere&lang=en")
    assert page.get_by_text("The link asks for “nowhere”").is_visible()
    assert quiet(page)


def test_an_entity_leads_to_its_paths_and_a_click_in_the_picture_fills_the_other_end(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=marx")
    page.get_by_role("link", name="Paths to here").click()
    place(page, "#path=..marx")
    assert page.get_by_text("click a dot in the picture").is_visible()
    spot = page.evaluate("() => conceptgraph.graph.labels().find((label) => label.id === 'toil')")
    canvas = page.locator("#canvas").bounding_box()
    # beside every dot and name: nothing is chosen, and the question is not lost
    page.mouse.click(canvas["x"] + 3, canvas["y"] + canvas["height"] - 3)
    page.mouse.click(canvas["x"] + spot["x"] + spot["w"] / 2, canvas["y"] + spot["y"] + spot["h"] / 2)
    place(page, "#path=toil..marx")
    page.get_by_role("button", name="Swap the two ends").click()
    place(page, "#path=marx..toil")
    # once both ends are there, a click opens what is clicked
    page.wait_for_timeout(600)
    spot = page.evaluate("() => conceptgraph.graph.labels().find((label) => label.id === 'toil')")
    page.mouse.click(canvas["x"] + spot["x"] + spot["w"] / 2, canvas["y"] + spot["y"] + spot["h"] / 2)
    place(page, "#node=toil")
    assert quiet(page)


def test_an_end_may_be_a_whole_kind_and_is_emptied_by_hand(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#path=sphinx..")
    to = page.get_by_role("combobox", name="To")
    to.fill("theor")
    page.get_by_role("option", name="any theorist").click()
    place(page, "#path=sphinx..@theorist")
    assert page.get_by_role("heading", level=1).inner_text() == "From Sphinx to any theorist"
    assert chains(page)
    to.fill("")
    page.keyboard.press("Enter")
    place(page, "#path=sphinx..&")
    assert quiet(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_path_finder_fits_a_phone(page: Any, tmp_path: Path, language: str) -> None:
    opened(page, tmp_path, small(), f"#path=toil..leisure&lang={language}", {"width": 390, "height": 844})
    page.locator("#path-conditions").click()
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert page.get_by_role("main").evaluate("(panel) => panel.scrollWidth <= panel.clientWidth")
    link = page.locator(".bar").get_by_role("link", name={"zh": "路径", "en": "Path"}[language], exact=True)
    assert link.bounding_box()["height"] >= 24
    assert quiet(page)
