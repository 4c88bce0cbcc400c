"""What a reader takes away from the page: the link, the picture, and what is being read, as files."""

from __future__ import annotations

import base64
import json
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pages import SMALL, opened, quiet, small

from conceptgraph.model import ArgumentMap

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "conceptgraph-1.schema.json").read_text("utf-8"))
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text></svg><script>alert(1)</script>\"'&]]><b>[x](y) *z*"
REFERENCE = "reference: {type: book, title: Das Kapital, author: [{family: Marx, given: Karl}], issued: 1867}"


@pytest.fixture
def shelf() -> ArgumentMap:
    """A small map with a work and a text that have bibliographic records."""
    text = SMALL.replace(
        "oddities:",
        f"works:\n  capital: {{label: {{zh: 资本论, en: Capital}}, {REFERENCE}}}\noddities:",
    ).replace(
        "triples: [[leisure, leads-to, machine]]",
        "triples: [[leisure, leads-to, machine], [marx, argues, capital]]",
    )
    return small(text.replace("definition: {zh: 讲机器", "reference: {type: webpage}\n    definition: {zh: 讲机器"))


def menu(page: Any) -> Any:
    return page.get_by_role("menu", name="Take away")


def taken(page: Any, form: str, tmp_path: Path) -> tuple[str, bytes]:
    """The name and the content of the file that one entry of the menu gives."""
    page.get_by_role("button", name="Take away").click()
    with page.expect_download() as waiting:
        menu(page).get_by_role("menuitem", name=form).click()
    file = tmp_path / "taken"
    waiting.value.save_as(file)
    return waiting.value.suggested_filename, file.read_bytes()


def focused(page: Any) -> str:
    text: str = page.evaluate("() => document.activeElement.textContent.trim()")
    return text


# --- the menu


def test_the_menu_is_walked_with_the_keyboard_and_left_where_it_was_entered(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=machine")
    address = page.url
    button = page.get_by_role("button", name="Take away")
    button.focus()
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert focused(page) == "Copy link"
    for key, expected in (
        ("ArrowDown", "Picture, PNG"),
        ("ArrowUp", "Copy link"),
        ("ArrowUp", "Print"),
        ("ArrowDown", "Copy link"),
        ("End", "Print"),
        ("Home", "Copy link"),
        ("w", "Works, BibTeX"),
        ("w", "Works, CSL-JSON"),
        ("w", "Works, BibTeX"),
    ):
        page.keyboard.press(key)
        assert focused(page) == expected
    page.keyboard.press("Escape")
    assert not menu(page).is_visible()
    assert focused(page).startswith("Take away")
    assert page.url == address
    page.keyboard.press("ArrowUp")
    assert focused(page) == "Print"
    page.keyboard.press("Tab")
    assert not menu(page).is_visible()
    assert quiet(page)


def test_a_click_beside_the_menu_closes_it(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=machine")
    page.get_by_role("button", name="Take away").click()
    page.get_by_role("heading", level=1).click(position={"x": 5, "y": 5})
    assert not menu(page).is_visible()


def test_on_a_phone_the_menu_fits_into_the_sheet(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=machine", size={"width": 390, "height": 844})
    page.get_by_role("button", name="Take away").click()
    box = menu(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 844


def test_the_menu_speaks_the_language_of_the_reader(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#lang=zh")
    page.get_by_role("button", name="带走").click()
    names = page.get_by_role("menuitem").all_inner_texts()
    assert names[0] == "复制链接"
    assert len(names) == 8


@pytest.mark.parametrize(
    "place", ["", "#node=machine", "#view=kind:concept", "#path=machine..marx", "#section=early/1"]
)
def test_copying_the_link_is_one_click(page: Any, tmp_path: Path, place: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, tmp_path, small(), place)
    page.get_by_role("button", name="Copy link").first.click()
    page.get_by_role("status").get_by_text("copied").wait_for(state="attached")
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    assert quiet(page)


def test_the_page_can_be_printed(page: Any, tmp_path: Path) -> None:
    page.add_init_script("window.print = () => { window.printed = true; };")
    opened(page, tmp_path, small())
    page.get_by_role("button", name="Take away").click()
    page.get_by_role("menuitem", name="Print").click()
    assert page.evaluate("() => window.printed")


# --- the picture


def test_the_svg_says_what_is_drawn_and_stands_alone(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=machine")
    name, content = taken(page, "Picture, SVG", tmp_path)
    assert name == "conceptgraph-machine.svg"
    root = ET.fromstring(content)  # noqa: S314 - our own file
    assert root.find(f"{SVG}title").text == "machine"  # type: ignore[union-attr]
    assert page.url in (root.find(f"{SVG}desc").text or "")  # type: ignore[union-attr]
    said = [text.text for text in root.iter(f"{SVG}text")]
    for word in ("machine", "leisure", "toil", "The Early Text", "concept", "causal", "contested", "denied"):
        assert word in said
    titles = {title.text for title in root.iter(f"{SVG}title")}
    assert "machine leads to leisure" in titles
    assert not any("href" in name and not value.startswith("#") for each in root.iter() for name, value in each.items())
    assert quiet(page)


def test_the_svg_looks_as_the_canvas_does(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=machine")
    page.locator("#canvas").wait_for()
    # what lies over the canvas is no part of the picture
    page.evaluate("() => { document.getElementById('zoom').hidden = true; }")
    canvas = page.locator("#canvas").screenshot()
    _, content = taken(page, "Picture, SVG", tmp_path)
    (tmp_path / "alone.svg").write_bytes(content)
    width, height = struct.unpack(">II", canvas[16:24])
    page.set_viewport_size({"width": width, "height": height + 400})
    page.goto((tmp_path / "alone.svg").as_uri())
    alone = page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": height})
    assert quiet(page)
    page.goto("about:blank")
    differing = page.evaluate(DIFFERING, [base64.b64encode(each).decode() for each in (canvas, alone)])
    assert differing < 0.02


DIFFERING = """async (pictures) => {
  const [one, other] = await Promise.all(pictures.map(async (text) => {
    const image = new Image();
    image.src = "data:image/png;base64," + text;
    await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data;
  }));
  let count = 0;
  for (let i = 0; i < one.length; i += 4)
    if ([0, 1, 2].some((part) => Math.abs(one[i + part] - other[i + part]) > 48)) count += 1;
  return count / (one.length / 4);
}"""
"""Which share of the points of two pictures of one size differs more than the edge of a line may."""


def test_the_png_is_twice_as_sharp_as_the_screen(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#lang=zh")
    page.get_by_role("button", name="带走").click()
    with page.expect_download() as waiting:
        page.get_by_role("menuitem", name="图，PNG").click()
    assert waiting.value.suggested_filename == "conceptgraph-论证之图.png"
    waiting.value.save_as(tmp_path / "taken.png")
    content = (tmp_path / "taken.png").read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    box = page.locator("#canvas").bounding_box()
    assert abs(width - 2 * box["width"]) <= 2
    # the key and the address stand below
    assert height > 2 * box["height"] + 100
    assert quiet(page)


def test_the_picture_says_through_which_lens_it_was_seen(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#view=kind:concept,thesis;colour:witness")
    _, content = taken(page, "Picture, SVG", tmp_path)
    said = [text.text for text in ET.fromstring(content).iter(f"{SVG}text")]  # noqa: S314 - our own file
    assert "Kinds: concept, thesis" in said


# --- what is being read


def test_the_markdown_is_what_the_panel_says_with_its_citations(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#relation=machine~leads-to~leisure")
    name, content = taken(page, "Text, Markdown", tmp_path)
    assert name == "conceptgraph-machine-leads-to-leisure.md"
    assert (
        content.decode()
        == f"""# machine leads to leisure

leisure results from machine

Relation · causal · contested

## 1 citation

- machine leads to leisure \\(contested\\)
  - The Early Text §1 Introduction 「机器带来闲暇」 · Marx \\(through Harvey\\) · rejected by the text

## Texts cited

- The Early Text

<{page.url}>
"""
    )
    assert quiet(page)


def test_the_json_has_the_records_of_the_export(page: Any, tmp_path: Path, shelf: ArgumentMap) -> None:
    opened(page, tmp_path, shelf, "#section=early/2")
    name, content = taken(page, "Data, JSON", tmp_path)
    assert name == "conceptgraph-2-Body.json"
    document = json.loads(content)
    assert document["link"] == page.url
    for record, kind in [(each, "entity") for each in document["entities"]] + [
        (each, "relation") for each in document["relations"]
    ]:
        shape = {"$ref": f"#/$defs/{kind}", "$defs": SCHEMA["$defs"], "unevaluatedProperties": False}
        jsonschema.Draft202012Validator(shape).validate(record)
    triples = [(each["subject"], each["predicate"], each["object"]) for each in document["relations"]]
    assert triples == [("leisure", "leads-to", "machine"), ("marx", "argues", "capital")]
    assert [each["id"] for each in document["entities"]] == ["capital", "early", "leisure", "machine", "marx"]
    assert document["entities"][0]["reference"]["title"] == "Das Kapital"
    assert quiet(page)


def test_the_records_are_those_of_the_export_to_the_letter(page: Any, tmp_path: Path, shelf: ArgumentMap) -> None:
    from conceptgraph.exporters import exporter

    whole = json.loads(exporter("json").render(shelf))
    opened(page, tmp_path, shelf)
    _, content = taken(page, "Data, JSON", tmp_path)
    document = json.loads(content)
    assert document["entities"] == whole["entities"]
    assert sorted(map(json.dumps, document["relations"])) == sorted(map(json.dumps, whole["relations"]))


def test_the_cited_works_are_taken_as_bibtex_and_csl(page: Any, tmp_path: Path, shelf: ArgumentMap) -> None:
    opened(page, tmp_path, shelf, "#node=marx")
    name, content = taken(page, "Works, BibTeX", tmp_path)
    assert name == "conceptgraph-Marx.bib"
    assert content.decode().startswith("@book{capital,\n  author = {Marx, Karl},\n  title = {{Das Kapital}},\n")
    assert "@misc{early,\n  title = {{The Early Text}},\n}\n" in content.decode().replace("前文", "The Early Text")
    name, content = taken(page, "Works, CSL-JSON", tmp_path)
    assert name == "conceptgraph-Marx.csl.json"
    assert [(each["id"], each["type"]) for each in json.loads(content)] == [("capital", "book"), ("early", "webpage")]
    assert quiet(page)


def test_where_there_are_no_works_it_is_said(page: Any, tmp_path: Path) -> None:
    opened(page, tmp_path, small(), "#node=machine")
    page.get_by_role("button", name="Take away").click()
    page.get_by_role("menuitem", name="Works, BibTeX").click()
    page.get_by_role("status").get_by_text("Nothing here has bibliographic data.").wait_for(state="attached")
    assert quiet(page)


@pytest.mark.parametrize("form", ["Picture, SVG", "Picture, PNG", "Text, Markdown", "Data, JSON"])
def test_no_label_gets_out_of_its_place(page: Any, tmp_path: Path, form: str) -> None:
    map = small(SMALL.replace("en: machine}", f"en: {json.dumps(HOSTILE)}}}"))
    opened(page, tmp_path, map, "#node=machine")
    name, content = taken(page, form, tmp_path)
    assert name.startswith("conceptgraph-text-svg-script-alert-1")
    if form.endswith("SVG"):
        root = ET.fromstring(content)  # noqa: S314 - our own file
        assert root.find(f"{SVG}title").text == HOSTILE  # type: ignore[union-attr]
        assert list(root.iter(f"{SVG}script")) == []
        (tmp_path / "alone.svg").write_bytes(content)
        page.goto((tmp_path / "alone.svg").as_uri())
    elif form.endswith("Markdown"):
        assert "<script>" not in content.decode()
        assert "[x](y)" not in content.decode()
    elif form.endswith("JSON"):
        assert HOSTILE in [each["label"]["en"] for each in json.loads(content)["entities"]]
    assert quiet(page)
