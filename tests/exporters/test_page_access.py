"""The page for those who do not see it, do not point at it, or hold it on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pages import PAGE, SMALL, opened, quiet, small

from conceptgraph.exporters import Answer, html
from conceptgraph.loader import load
from conceptgraph.model import ArgumentMap, Triple
from conceptgraph.passages import SourceText

ROOT = Path(__file__).parents[2]
PHONE = {"width": 390, "height": 844}

QUESTIONS = """
questions:
  what-do-machines-do:
    ask: {zh: 机器做什么？, en: What do machines do?}
    query: neighbors machine
    expect: [leisure]
  who-matters: {ask: {zh: 谁要紧？, en: Who matters?}, query: centrality, expect: [marx]}
  what-is-not-answered: {ask: {zh: 为什么？, en: Why?}, query: neighbors toil, expect: [toil]}
"""
ANSWERS = {
    "what-do-machines-do": Answer((Triple("machine", "leads-to", "leisure"),), (("machine", "leisure"),), ()),
    "who-matters": Answer((), (), (("marx", 0.512345), ("machine", 0.25))),
}
TEXT = "引言\n人们说机器带来闲暇，并且说得很轻松。最后谈到自由。\n正文\n闲暇又使人造出机器。\n"

# Every state that an address asks for.
PLACES = {
    "home": "",
    "entity": "node=machine",
    "thesis": "node=machines-free",
    "source": "node=early",
    "relation, contested, with its passage": "relation=machine~leads-to~leisure",
    "relation, denied": "relation=machine~prevents~toil",
    "section as text": "section=early/1",
    "section line by line": "section=early/1&as=list",
    "tour": "tour=early&step=2",
    "question with chains": "question=what-do-machines-do",
    "question with a ranking": "question=who-matters",
    "question without an answer": "question=what-is-not-answered",
    "path, empty": "path=..",
    "path, one end": "path=machine..",
    "path, found": "path=toil..leisure&number=2",
    "path, one chain alone": "path=toil..leisure&number=2&chain=1&alone=yes",
    "path, cut by conditions": "path=toil..leisure&avoid=machine&stance=rejects",
    "comparison": "compare=early..late",
    "part of a comparison": "compare=early..late&part=both",
    "measure": "measure=degree",
    "sizes and colours by a measure": "measure=degree&view=size:degree;colour:degree",
    "lens, the rest faded": "node=machine&view=kind:concept;family:causal",
    "lens, the rest hidden": "view=kind:concept;hide",
    "lens that shows nothing": "view=kind:theorist;status:denied",
    "many lenses": "view=kind:concept;section:early/1;voice:marx;stance:rejects;around:machine,2;hide",
    "neighbourhood": "node=machine&view=around:machine,2;hide",
    "missing": "node=nobody",
}
FACETS = ("section", "voice", "stance", "modality", "basis", "measure")


def everything() -> tuple[ArgumentMap, dict[str, Any]]:
    """A small map with everything, and what its page is rendered with."""
    sections = 'sections: {"1": {zh: 引言, en: Introduction, opens: 引言}, "2": {zh: 正文, en: Body, opens: 正文}}'
    text = SMALL.replace('sections: {"1": {zh: 引言, en: Introduction}, "2": {zh: 正文, en: Body}}', sections)
    map = small(text + QUESTIONS)
    return map, {"texts": {"early": SourceText(map.sources["early"], TEXT)}, "answers": ANSWERS}


@pytest.fixture(scope="module")
def curated() -> ArgumentMap:
    return load(ROOT / "data").require()


def visit(page: Any, place: str, language: str = "en") -> None:
    """Go to an address of the page that is open, without another load."""
    page.evaluate(
        """(hash) => new Promise((done) => {
            location.hash = hash;
            setTimeout(() => requestAnimationFrame(() => done()));
        })""",
        f"#{place}&lang={language}",
    )


# --- what axe-core finds

AXE = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, any, all, none }) =>
            `${id}: ${target.join(" ")}: ${[...any, ...all, ...none].map(({ message }) => message).join("; ")}`));
}"""


def violations(page: Any, npm: Path) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate((npm / "axe-core" / "axe.min.js").read_text("utf-8"))
    found: list[str] = page.evaluate(AXE)
    return found


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [("en", "light", None), ("zh", "dark", PHONE)],
)
def test_axe_finds_nothing_wrong_wherever_an_address_leads(
    page: Any, tmp_path: Path, npm: Path, language: str, scheme: str, size: dict[str, int] | None
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    map, more = everything()
    opened(page, tmp_path, map, f"#&lang={language}", size, **more)
    found = {}
    for name, place in PLACES.items():
        visit(page, place, language)
        # what is unfolded on demand has its faults too
        page.evaluate("() => { for (const each of document.querySelectorAll('#page details')) each.open = true; }")
        page.wait_for_timeout(0)
        found[name] = violations(page, npm)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert quiet(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_in_what_a_reader_opens(page: Any, tmp_path: Path, npm: Path, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    map, more = everything()
    opened(page, tmp_path, map, **more)
    found = {}
    page.keyboard.press("/")
    for text in ("mach", "zzzzzz"):
        page.get_by_role("combobox").fill(text)
        found[f"search for {text}"] = violations(page, npm)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Take away").click()
    found["take-away menu"] = violations(page, npm)
    page.keyboard.press("Escape")
    for facet in FACETS:
        page.locator(f'#key [data-unfolds="{facet}"]').click()
        found[f"lens {facet}"] = violations(page, npm)
    visit(page, "path=..")
    page.get_by_role("combobox", name="From").fill("mach")
    found["path, choosing an end"] = violations(page, npm)
    visit(page, "path=toil..leisure")
    page.locator("#path-conditions").click()
    page.get_by_role("group", name="Avoid").get_by_role("combobox").fill("mach")
    found["path, choosing a condition"] = violations(page, npm)
    page.locator("#key .fold").click()
    found["key folded"] = violations(page, npm)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert quiet(page)


@pytest.mark.parametrize(("place", "size"), [("", None), ("node=alienation&view=kind:concept", PHONE)])
def test_axe_finds_nothing_wrong_on_the_curated_map(
    page: Any, tmp_path: Path, npm: Path, curated: ArgumentMap, place: str, size: dict[str, int] | None
) -> None:
    page.emulate_media(reduced_motion="reduce")
    opened(page, tmp_path, curated, f"#{place}&lang=zh", size)
    assert violations(page, npm) == []
    assert quiet(page)


# --- colours


def luminance(colour: str) -> float:
    """The relative luminance of #rrggbb, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def palette(theme: str) -> dict[str, str]:
    """The colours of a theme by the names of their custom properties; the dark one changes those of the light."""
    text = (PAGE / "styles" / "colours.css").read_text("utf-8")
    light, dark = [
        dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r"\{(.*?)\}", text, re.DOTALL)
    ]
    return light if theme == "light" else light | dark


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_what_it_is_written_on(theme: str) -> None:
    colours = palette(theme)
    grounds = ("paper", "leaf", "wash")
    inks = ("ink", "soft", "muted", "accent", "contested", "denied", "fine", "warning")
    pairs = [(ink, ground) for ink in inks for ground in grounds] + [("paper", "ink"), ("paper", "soft")]
    regions = sorted(name.removeprefix("region-") for name in colours if name.startswith("region-"))
    assert len(regions) == 5
    pairs += [(f"title-{number}", f"region-{number}") for number in regions]
    pairs += [("ink", f"region-{number}") for number in regions]
    faint = {pair: round(contrast(*map(colours.get, pair)), 2) for pair in pairs}
    assert {pair: value for pair, value in faint.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_shapes_and_strokes_stand_out_from_what_they_are_drawn_on(theme: str) -> None:
    colours = palette(theme)
    drawn = [
        name
        for name in colours
        if name.startswith(("essay-", "family-", "kind-", "scale-", "spare-"))
        or name in {"both", "neither", "contested", "denied", "focus", "muted"}
    ]
    assert len(drawn) > 30
    grounds = ["paper", "leaf", *(f"region-{number}" for number in range(1, 6))]
    pairs = [(name, ground) for name in drawn for ground in grounds]
    faint = {pair: round(contrast(*map(colours.get, pair)), 2) for pair in pairs}
    assert {pair: value for pair, value in faint.items() if value < 3} == {}


# --- where nothing can be drawn


def test_where_nothing_can_be_drawn_the_page_is_read_as_text(page: Any, tmp_path: Path) -> None:
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    map, more = everything()
    (tmp_path / "page.html").write_text(html.render(map, **more), encoding="utf-8", newline="\n")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((tmp_path / "page.html").as_uri() + "#lang=en")
    main = page.get_by_role("main")
    assert page.get_by_text("This browser draws no pictures here").is_visible()
    assert page.get_by_role("button", name="Zoom in").is_hidden()
    page.keyboard.press("/")
    page.keyboard.type("machin")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.startsWith('#node=machine&')")
    main.get_by_role("link", name="leads to").first.click()
    page.wait_for_function("() => location.hash.startsWith('#relation=')")
    page.get_by_role("button", name=re.compile("^concept")).click()
    page.get_by_role("button", name="Hide the rest").click()
    page.get_by_role("link", name=re.compile("^Only ")).click()
    assert "machine leads to leisure" in " ".join(main.inner_text().split())
    page.get_by_role("button", name="Show everything").click()
    for place in PLACES.values():
        visit(page, place)
        assert main.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="中文").click()
    assert page.get_by_text("旁边的文字里都有").is_visible()
    page.locator("#theme").click()
    page.locator("#take-away").click()
    assert page.get_by_role("menuitem", name="PNG").count() == 0
    assert page.get_by_role("menuitem", name="Markdown").count() == 1
    assert quiet(page)


# --- the keyboard

FOCUSED = """() => {
    const active = document.activeElement;
    const style = getComputedStyle(active);
    const { width, height, top, bottom } = active.getBoundingClientRect();
    return {
        name: active === document.body ? "" : active.getAttribute("aria-label") ?? active.textContent.trim(),
        ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: width > 0 && height > 0 && bottom > 0 && top < innerHeight,
    };
}"""


def focus(page: Any) -> str:
    """The name of what has the focus, which must be seen, with a ring around it."""
    found = page.evaluate(FOCUSED)
    assert found["name"], "the focus is lost"
    assert found["ringed"], found
    assert found["seen"], found
    name: str = " ".join(found["name"].split())
    return name


def walk(page: Any, name: str, key: str = "Tab") -> None:
    """Press a key until what has the focus begins with a name."""
    passed: list[str] = []
    for _ in range(150):
        page.keyboard.press(key)
        # past the last stop of the page the focus is the browser's own, and comes back
        if page.evaluate("() => document.activeElement === document.body"):
            continue
        passed.append(focus(page))
        if passed[-1].startswith(name):
            return
    pytest.fail(f"no {name} among {passed}")


def arrive(page: Any, start: str) -> None:
    """Wait until the page has followed to an address."""
    followed = "(start) => decodeURIComponent(conceptgraph.formatRoute(conceptgraph.desk.route)).startsWith(start)"
    page.wait_for_function(followed, arg=start)


def test_the_keyboard_alone_leads_through_the_whole_page_and_back(page: Any, tmp_path: Path) -> None:
    map, more = everything()
    opened(page, tmp_path, map, **more)
    page.keyboard.press("Tab")
    assert focus(page) == "Skip to the text"
    page.keyboard.press("Enter")
    overview = focus(page)
    page.keyboard.press("/")
    page.keyboard.type("machin")
    page.keyboard.press("Enter")
    arrive(page, "#node=machine&")
    assert focus(page) == "machine"
    walk(page, "leads to")
    page.keyboard.press("Enter")
    arrive(page, "#relation=machine~leads-to~leisure")
    assert focus(page) == "machine leads to leisure"
    walk(page, "§1 Introduction")
    page.keyboard.press("Enter")
    arrive(page, "#section=early/1")
    assert focus(page) == "Introduction"
    walk(page, "Step through it")
    page.keyboard.press("Enter")
    arrive(page, "#tour=early&step=1")
    first = focus(page)
    page.keyboard.press("ArrowRight")
    arrive(page, "#tour=early&step=2")
    assert focus(page) != first
    page.keyboard.press("Escape")
    arrive(page, "#lang=en")
    assert focus(page) == overview
    page.keyboard.press("p")
    arrive(page, "#path=..")
    page.keyboard.type("toil")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'path-to'")
    page.keyboard.type("leis")
    page.keyboard.press("Enter")
    arrive(page, "#path=toil..leisure")
    page.wait_for_function("() => document.activeElement.id === 'path-results'")
    focus(page)
    page.keyboard.press("Escape")
    arrive(page, "#lang=en")
    assert focus(page) == overview
    assert quiet(page)


def test_lenses_are_put_on_and_taken_off_with_the_keyboard_and_the_focus_stays(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small())
    walk(page, "theorist")
    page.keyboard.press("Space")
    assert focus(page).startswith("theorist")
    assert page.get_by_role("button", name=re.compile("^theorist"), pressed=True).count() == 1
    page.keyboard.press("Space")
    assert focus(page).startswith("theorist")
    assert page.get_by_role("button", name=re.compile("^theorist"), pressed=True).count() == 0
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.wait_for_function("() => !location.hash.includes('view=')")
    assert focus(page)
    visit(page, "view=kind:concept;status:contested")
    page.get_by_role("main").get_by_role("button", name=re.compile("^Take back")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => !location.hash.includes('kind:concept')")
    assert focus(page)
    visit(page, "node=machine")
    walk(page, "up to 2 steps away")
    page.keyboard.press("Space")
    page.wait_for_function("() => location.hash.includes('around:machine,2')")
    assert page.evaluate("() => document.activeElement.id") == "depth-2"
    assert quiet(page)


def test_no_stop_holds_the_keyboard_fast(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=sphinx")
    for key in ("Tab", "Shift+Tab"):
        page.evaluate("() => document.activeElement.blur()")
        stops = []
        # past the last stop of the page the focus is the browser's own
        while len(stops) < 120 and (not stops or page.evaluate("() => document.activeElement !== document.body")):
            page.keyboard.press(key)
            if page.evaluate("() => document.activeElement !== document.body"):
                stops.append(focus(page))
        assert 30 < len(stops) < 120
    assert quiet(page)


# --- motion, colours of the system, paper


def test_nothing_moves_by_itself_for_who_asked_for_that(page: Any, tmp_path: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    opened(page, tmp_path, small(), size=PHONE)
    page.locator("#grip").click()
    moving = "() => document.getAnimations().length"
    assert page.evaluate(moving) == 0
    visit(page, "node=sphinx")
    view = "() => { const { x, y } = conceptgraph.graph.network.getViewPosition(); return [x, y]; }"
    before = page.evaluate(view)
    page.wait_for_timeout(250)
    assert page.evaluate(view) == before
    assert page.evaluate(moving) == 0
    assert quiet(page)


def test_the_colours_of_the_system_leave_what_is_pressed_and_focused_visible(page: Any, tmp_path: Path) -> None:
    page.emulate_media(forced_colors="active")
    opened(page, tmp_path, small(), "#view=kind:concept")
    outline = "(each) => getComputedStyle(each).outlineStyle"
    for pressed in page.get_by_role("button", pressed=True).all():
        assert pressed.evaluate(outline) != "none", pressed.inner_text()
    page.keyboard.press("/")
    page.keyboard.type("mach")
    assert page.get_by_role("option", selected=True).evaluate(outline) != "none"
    assert quiet(page)


def test_paper_shows_all_that_is_read_and_nothing_to_press(page: Any, tmp_path: Path) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    map, more = everything()
    opened(page, tmp_path, map, "#relation=machine~leads-to~leisure", **more)
    panel = page.get_by_role("main")
    assert "人们说机器带来闲暇" in panel.inner_text()
    assert panel.evaluate("(each) => each.scrollHeight <= each.clientHeight")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert luminance(hex_of(page.evaluate("() => getComputedStyle(document.body).color"))) < 0.1
    assert [
        each.inner_text() for each in page.get_by_role("button").all() if not each.get_attribute("data-facet")
    ] == []
    assert page.get_by_role("combobox").count() == 0
    assert page.pdf().startswith(b"%PDF")
    assert quiet(page)


def hex_of(colour: str) -> str:
    """rgb(1, 2, 3) as #010203."""
    return "#" + "".join(f"{int(number):02x}" for number in re.findall(r"\d+", colour)[:3])
