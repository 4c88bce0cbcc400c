"""What the page costs a browser, beside vis-network alone and beside plain pyvis with the same entities and relations.

Three maps: the curated one, and made-up ones of 1 000 entities with 2 500 relations and 10 000 with 25 000, in
communities of forty. Vis-network alone gets the same names, dots of the same sizes at the same places and straight
arrows between them, and nothing else: no physics, no page around it, no lines while it is moved. Plain pyvis gets the
same without places, and finds these itself. Each page is opened five times in turn with the others, plain pyvis once
and for a minute at most.

*Still* is when the last frame of the first sight that differs from the one before was shown, counted from the beginning
of the navigation; its ratio is the median of those of the turns. *Pan* and *zoom* are the frames a second while every
frame moves the pointer or turns the wheel a step.
"""

from __future__ import annotations

import contextlib
import json
import random
import re
import statistics
import tempfile
import time
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from conceptgraph.exporters import html
from conceptgraph.files import shipped
from conceptgraph.loader import load
from conceptgraph.model import ArgumentMap

CHROMIUM = "/usr/bin/chromium"
SIZES = ((1_000, 2_500), (10_000, 25_000))
COMMUNITY = 40
ROUNDS = 5
LIMIT = 60.0
QUIET = 0.8
"""As many seconds without another picture are still, if the page answers then."""
WORDS = (
    "劳动",
    "资本",
    "机器",
    "价值",
    "平台",
    "数据",
    "技术",
    "时间",
    "权力",
    "自由",
    "知识",
    "剥削",
    "主体",
    "生产",
    "消费",
    "进步",
    "异化",
    "解放",
    "算法",
    "共享",
)

BARE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>bare</title>
<style>html,body,#canvas{margin:0;height:100%}</style><div id="canvas"></div><script>VIS</script><script>
const {nodes, edges} = DATA;
new vis.Network(document.getElementById("canvas"), {nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges)},
  {physics: false, layout: {improvedLayout: false}, nodes: {shape: "dot"}, edges: {smooth: false, arrows: "to"},
   interaction: {hideEdgesOnDrag: true, hideEdgesOnZoom: true}}).fit({animation: false});
</script></html>"""

ANSWERS = """() => document.querySelector("canvas") && new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""

FRAMES = """async ([kind, seconds]) => {
  const canvas = document.querySelector("canvas");
  const box = canvas.getBoundingClientRect();
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  const send = (type, Event, more) => canvas.dispatchEvent(
    new Event(type, {bubbles: true, cancelable: true, view: window, ...more}));
  const pointer = (type, x, y, buttons) => send(type, PointerEvent, {
    clientX: x, clientY: y, buttons, button: type === "pointermove" ? -1 : 0,
    pointerId: 1, pointerType: "mouse", isPrimary: true});
  const step = {
    pan: (n) => pointer("pointermove", cx + 160 * Math.sin(n / 18), cy + 90 * Math.sin(n / 11), 1),
    zoom: (n) => send("wheel", WheelEvent, {
      clientX: cx, clientY: cy, deltaY: n % 40 < 20 ? -40 : 40, deltaMode: 0}),
  }[kind];
  if (kind === "pan") pointer("pointerdown", cx, cy, 1);
  const begun = performance.now();
  let frames = 0;
  await new Promise((done) => {
    const frame = () => {
      if (performance.now() - begun > 1000 * seconds) return done();
      step(frames);
      frames += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const rate = 1000 * frames / (performance.now() - begun);
  if (kind === "pan") pointer("pointerup", cx, cy, 0);
  return rate;
}"""


class Cost(NamedTuple):
    """What a page costs: seconds until it is still, frames a second in motion."""

    still: float
    pan: float
    zoom: float


def made_up(folder: Path, entities: int, relations: int) -> None:
    """Write a map whose relations mostly stay within communities, some reach the next one, and a few any."""
    chance = random.Random(entities)
    predicates = ["leads-to", "intensifies", "kind-of", "part-of", "criticises", "enables", "resists", "becomes"]
    (folder / "vocabulary.yaml").write_text((shipped() / "vocabulary.yaml").read_text("utf-8"), "utf-8")
    names = ("".join(chance.sample(WORDS, chance.randint(1, 3))) for _ in range(entities))
    lines = [f"  c{n}: {{label: {{zh: {name}{n}, en: concept {n}}}}}" for n, name in enumerate(names)]
    sections = 'sections: {"1": {zh: 一, en: One}}'
    (folder / "entities.yaml").write_text(
        "sources:\n"
        + "".join(f"  {id}: {{label: {{zh: 文章{id}, en: text {id}}}, {sections}}}\n" for id in ("early", "late"))
        + "concepts:\n"
        + "\n".join(lines)
        + "\n",
        "utf-8",
    )
    triples = set()
    while len(triples) < relations:
        # the square makes a few entities of each community the centre of many relations
        one = chance.randrange(0, entities, COMMUNITY) + int(COMMUNITY * chance.random() ** 2)
        far = chance.random()
        start = one - one % COMMUNITY
        if far > 0.86:
            start += COMMUNITY * chance.choice((-1, 1))
        if far > 0.97:
            start = chance.randrange(0, entities, COMMUNITY)
        other = (start + int(COMMUNITY * chance.random())) % entities
        if one != other:
            triples.add((one, chance.choice(predicates), other))
    blocks: dict[str, list[str]] = {"early/1": [], "late/1": []}
    for number, (one, predicate, other) in enumerate(sorted(triples)):
        place = "early/1" if one < entities * 0.55 else "late/1"
        blocks[place].append(f"      - [c{one}, {predicate}, c{other}, {{at: 第{number}处所言}}]\n")
    (folder / "relations.yaml").write_text(
        "relations:\n"
        + "".join(f"  - in: {place}\n    triples:\n{''.join(triples)}" for place, triples in blocks.items()),
        "utf-8",
    )


def maps() -> dict[str, ArgumentMap]:
    """The maps that are measured, by what the table calls them."""
    found = {"curated": load(shipped()).require()}
    for entities, relations in SIZES:
        with tempfile.TemporaryDirectory() as name:
            made_up(Path(name), entities, relations)
            found[f"{entities:,} / {relations:,}"] = load(Path(name)).require()
    return found


def pages(map: ArgumentMap, folder: Path) -> dict[str, Path]:
    """The pages of a map: ours, vis-network alone with the same circles at the same places, and plain pyvis."""
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node

    ours = html.render(map)
    [data] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', ours, re.DOTALL)
    places = dict(zip(map.entities, json.loads(data)["network"]["nodes"], strict=True))
    edges = [{"from": relation.subject, "to": relation.object} for relation in map.relations.values()]
    names = {id: next(iter(entity.label.values()), id) for id, entity in map.entities.items()}
    nodes = [{"id": id, "label": names[id], "x": x, "y": y, "size": size} for id, (x, y, size) in places.items()]
    vis = resources.files("pyvis").joinpath("templates", "lib", "vis-9.1.2", "vis-network.min.js").read_text("utf-8")
    bare = BARE.replace("DATA", json.dumps({"nodes": nodes, "edges": edges}, separators=(",", ":"))).replace("VIS", vis)
    # add_edge looks through all edges each time: at this size that alone would take minutes
    net = Network(directed=True, cdn_resources="in_line")
    net.nodes = [Node(id, "dot", label=name).options for id, name in names.items()]
    net.node_ids = list(map.entities)
    net.edges = [Edge(relation.subject, relation.object, directed=True).options for relation in map.relations.values()]
    texts = {"ours": ours, "vis-network": bare, "pyvis": net.generate_html()}
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, "utf-8", newline="\n")
    return {name: folder / f"{name}.html" for name in texts}


def still(page: Page, path: Path, limit: float) -> float | None:
    """Seconds from the beginning of the navigation to the last frame that differs; None if there is no end to it."""
    session = page.context.new_cdp_session(page)
    shown: list[tuple[float, str]] = []

    def frame(event: Mapping[str, Any]) -> None:
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})
        if not shown or shown[-1][1] != event["data"]:
            shown.append((event["metadata"]["timestamp"], event["data"]))

    session.on("Page.screencastFrame", frame)
    session.send("Page.startScreencast", {"format": "jpeg", "quality": 70, "everyNthFrame": 1})
    end = time.monotonic() + limit
    page.goto(path.as_uri(), wait_until="commit")
    with contextlib.suppress(TimeoutError):
        while time.monotonic() < end:
            known = len(shown)
            # a page that is at work shows nothing new either: only one that answers can be still
            for wait in (0, QUIET):
                page.wait_for_timeout(1000 * wait)
                page.wait_for_function(ANSWERS, timeout=1000 * max(end - time.monotonic(), 1))
            if known and len(shown) == known:
                session.send("Page.stopScreencast")
                return shown[-1][0] - float(page.evaluate("() => performance.timeOrigin")) / 1000
    return None


def measured(browser: Browser, path: Path, *, limit: float = LIMIT) -> Cost | None:
    """What one page costs in a browser window of its own; None if it is not still in time."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    try:
        page = context.new_page()
        seconds = still(page, path, limit)
        if seconds is None:
            return None
        pan, zoom = (float(page.evaluate(FRAMES, [kind, 2])) for kind in ("pan", "zoom"))
        return Cost(seconds, pan, zoom)
    finally:
        context.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        print(f"{'':<18}{'':<14}{'still s':>9}{'ratio':>8}{'pan fps':>9}{'zoom fps':>10}{'size MB':>9}")
        for title, map in maps().items():
            folder = Path(name) / str(len(map.entities))
            folder.mkdir()
            files = pages(map, folder)
            costs: dict[str, list[Cost | None]] = {name: [] for name in files}
            for turn in range(ROUNDS):
                for page, path in files.items():
                    if page != "pyvis" or turn == 0:
                        costs[page].append(measured(browser, path))
            for page, path in files.items():
                print(f"{title:<18}{page:<14}{_row(costs, page)}{path.stat().st_size / 1e6:>9.2f}", flush=True)
        browser.close()


def _row(costs: Mapping[str, list[Cost | None]], page: str) -> str:
    found = [cost for cost in costs[page] if cost]
    if not found:
        return f"{f'not still in {LIMIT:.0f} s':>36}"
    middle = Cost(*(statistics.median(values) for values in zip(*found, strict=True)))
    pairs = [
        one.still / other.still for one, other in zip(costs[page], costs["vis-network"], strict=False) if one and other
    ]
    return f"{middle.still:>9.2f}{statistics.median(pairs):>8.2f}{middle.pan:>9.0f}{middle.zoom:>10.0f}"


if __name__ == "__main__":
    main()
