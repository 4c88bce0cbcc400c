"""Pages to try things on: a small map, its page in the browser, and the page's own functions under node."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from maps import VOCABULARY, loaded

from conceptgraph.exporters import html
from conceptgraph.model import ArgumentMap

PAGE = Path(html.__file__).parent / "page"
DESKTOP = {"width": 1280, "height": 800}

KINDS = """
kinds:
  thesis: {plural: theses, label: {zh: 论题, en: thesis}}
  oddity: {plural: oddities, label: {zh: 怪事, en: oddity}}
families: {curious: {label: {zh: 好奇, en: curious}}}
predicates:
  puzzles: {family: curious, label: {zh: 使…困惑, en: puzzles}, inverse: {zh: 因…困惑, en: is puzzled by}}
"""
SMALL = """
sources:
  early:
    label: {zh: 前文, en: The Early Text}
    definition: {zh: 讲机器, en: about machines}
    sections: {"1": {zh: 引言, en: Introduction}, "2": {zh: 正文, en: Body}}
  late:
    label: {zh: 后文, en: The Late Text}
    sections: {"1": {zh: 开篇, en: Opening}}
theorists:
  marx: {label: {zh: 马克思, en: Marx}, aliases: {en: [the Moor]}}
  harvey: {label: {zh: 哈维, en: Harvey}}
concepts:
  machine: {label: {zh: 机器, en: machine}, definition: {zh: 劳动的工具, en: a tool of labour}, aliases: {zh: [机械]}}
  leisure: {label: {zh: 闲暇, en: leisure}}
  toil: {label: {zh: 劳苦, en: toil}}
theses:
  machines-free: {label: {zh: 机器使人自由, en: machines set people free}}
oddities:
  sphinx: {label: {zh: 斯芬克斯, en: Sphinx}}
relations:
  - in: early/1
    triples:
      - [machine, leads-to, leisure, {at: 机器带来闲暇, by: marx, via: harvey, stance: rejects}]
      - [machine, prevents, toil, {denied: true, by: marx}]
      - [machine, mirrors, leisure, {modality: hedged, note: {zh: 两处相似, en: alike twice}}]
      - [marx, argues, machines-free, {at: 自由}]
  - in: early/2
    triples: [[leisure, leads-to, machine]]
  - in: late/1
    triples:
      - [toil, leads-to, leisure]
      - [machine, leads-to, toil, {inferred: true}]
      - [sphinx, puzzles, marx]
"""


def small(text: str = SMALL) -> ArgumentMap:
    return loaded(text, VOCABULARY, kinds=KINDS).require()


def data_of(text: str) -> dict[str, Any]:
    """What the page of this text knows, its tables as records."""
    [found] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    data: dict[str, Any] = json.loads(found)
    for name in ("entities", "relations", "citations"):
        names, rows = data[name]["names"], data[name]["rows"]
        data[name] = [
            {field: value for field, value in zip(names, row, strict=False) if value is not None} for row in rows
        ]
    citations = iter(data.pop("citations"))
    for relation in data["relations"]:
        relation["citations"] = [next(citations) for _ in range(relation["citations"])]
        relation["predicate"] = data["predicates"][relation["predicate"]]["id"]
        for end in ("subject", "object"):
            relation[end] = data["entities"][relation[end]]["id"]
        relation.setdefault("status", "held")
    return data


def opened(
    page: Any, tmp_path: Path, map: ArgumentMap, place: str = "", size: dict[str, int] | None = None, **more: Any
) -> Any:
    """The page of a map, open in the browser, which has no network."""
    path = tmp_path / "page.html"
    path.write_text(html.render(map, **more), encoding="utf-8", newline="\n")
    page.set_viewport_size(size or DESKTOP)
    page.context.set_offline(True)
    page.goto(path.as_uri() + (place if "lang=" in place else f"{place or '#'}&lang=en"))
    page.wait_for_function("() => window.conceptgraph.graph?.labels().length >= 0")
    return page


def quiet(page: Any) -> bool:
    """Whether the page kept its promises: nothing asked of the network, nothing wrong on the console."""
    assert page.log.console == []
    assert page.log.errors == []
    assert [url for url in page.log.requests if not url.startswith(("file:", "data:"))] == []
    return True


needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


def under_node(script: str, *arguments: object) -> Any:
    """What a script prints as JSON under node, with the page's functions that need no page in `cg`."""
    scripts = [str(PAGE / name) for name in html.SCRIPTS if name.startswith(("words/", "core/"))]
    loading = f"for (const file of {json.dumps(scripts)}) require(file);\nconst cg = globalThis.conceptgraph;\n"
    run = subprocess.run(
        ["node", "-", *map(str, arguments)],
        input=loading + script,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
