"""Places on the page: the same for the same map, apart from each other, the essays on their sides."""

from __future__ import annotations

import itertools
import json
import math
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from maps import chain_map, map_of

from conceptgraph import layout
from conceptgraph.loader import load
from conceptgraph.model import ArgumentMap

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def curated() -> ArgumentMap:
    return load(DATA).map


def overlaps(map: ArgumentMap, positions: dict[str, tuple[float, float]]) -> list[tuple[str, str]]:
    radii = layout.radii(map)
    return [
        (one, other)
        for one, other in itertools.combinations(sorted(positions), 2)
        if math.dist(positions[one], positions[other]) < radii[one] + radii[other]
    ]


def test_every_entity_has_a_place_and_no_two_circles_overlap(curated: ArgumentMap) -> None:
    arrangement = layout.arrange(curated)
    assert arrangement.positions.keys() == curated.entities.keys() == arrangement.regions.keys()
    assert all(math.isfinite(number) for point in arrangement.positions.values() for number in point)
    assert overlaps(curated, arrangement.positions) == []


def test_is_the_same_whatever_the_order_of_the_records(curated: ArgumentMap) -> None:
    entities, relations = reversed(curated.entities.items()), reversed(curated.relations.items())
    assert layout.arrange(replace(curated, entities=dict(entities), relations=dict(relations))) == layout.arrange(
        curated
    )


def test_is_the_same_in_any_process() -> None:
    script = (
        "import sys, json; from conceptgraph.layout import arrange; from conceptgraph.loader import load;"
        "print(json.dumps(arrange(load(sys.argv[1]).map)))"
    )
    written = {
        subprocess.run(
            [sys.executable, "-c", script, DATA],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(written) == 1
    assert len(json.loads(written.pop())) == 2


def test_leaves_the_random_numbers_of_others_alone(curated: ArgumentMap) -> None:
    before = random.getstate()
    layout.arrange(curated)
    assert random.getstate() == before


def test_what_is_said_together_stands_together() -> None:
    triangles = [f"{a}{n} leads-to {b}{n}" for n in (1, 2) for a, b in ("ab", "bc", "ca", "ad", "bd", "cd")]
    map = chain_map(*triangles, "a1 leads-to a2")
    positions, regions = layout.arrange(map)
    assert regions["a1"] == regions["d1"] != regions["a2"] == regions["d2"]
    assert math.dist(positions["b1"], positions["c1"]) < math.dist(positions["b1"], positions["c2"])


def test_the_text_first_by_id_is_on_the_left_of_the_other() -> None:
    map = map_of(
        """
        sources: {early: {label: {zh: 甲, en: early}}, late: {label: {zh: 乙, en: late}}}
        concepts:
          a: {label: {zh: a, en: a}}
          b: {label: {zh: b, en: b}}
          c: {label: {zh: c, en: c}}
          d: {label: {zh: d, en: d}}
        relations:
          - {in: early, triples: [[a, leads-to, b], [early, argues, a], [early, argues, b]]}
          - {in: late, triples: [[b, leads-to, c], [c, leads-to, d], [late, argues, c], [late, argues, d]]}
        """
    )
    positions = layout.arrange(map).positions
    assert positions["early"][0] < positions["a"][0] < positions["d"][0] < positions["late"][0]


def test_what_nothing_is_said_of_stands_below_the_picture() -> None:
    map = map_of(
        """
        sources: {essay: {label: {zh: 文, en: essay}}}
        concepts: {a: {label: {zh: a, en: a}}, b: {label: {zh: b, en: b}}, lonely: {label: {zh: c, en: c}}}
        relations: [{in: essay, triples: [[a, leads-to, b]]}]
        """
    )
    positions = layout.arrange(map).positions
    assert positions["lonely"][1] > max(positions["a"][1], positions["b"][1])


def test_a_map_with_nothing_in_it_has_no_places() -> None:
    assert layout.arrange(ArgumentMap()) == layout.Arrangement({}, {})
