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
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from maps import chain_map, map_of

from conceptgraph import layout
from conceptgraph.loader import load
from conceptgraph.model import ArgumentMap, Triple

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


def related(map: ArgumentMap, pairs: list[tuple[str, str]]) -> ArgumentMap:
    """The map with more relations, between these of its entities, as another relation is cited."""
    like = next(iter(map.relations.values()))
    more = {Triple(one, like.predicate, other): like for one, other in pairs}
    relations = {**map.relations, **{triple: like._replace(triple=triple) for triple in more}}
    return replace(map, relations=dict(sorted(relations.items())))


def moves(before: layout.Arrangement, after: layout.Arrangement) -> list[float]:
    """How far each entity is from where it was, as a share of the diagonal of the picture before, sorted."""
    xs, ys = zip(*before.positions.values(), strict=True)
    diagonal = math.hypot(max(xs) - min(xs), max(ys) - min(ys))
    return sorted(math.dist(at, after.positions[id]) / diagonal for id, at in before.positions.items())


CLUSTER = chain_map(*(f"a{n} leads-to a{n + 1}" for n in range(40)))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=150))
def test_no_two_circles_overlap_in_any_map(pairs: list[tuple[int, int]]) -> None:
    map = related(CLUSTER, [(f"a{one}", f"a{other}") for one, other in pairs])
    assert overlaps(map, layout.arrange(map).positions) == []


@pytest.mark.parametrize("seed", range(3))
def test_seven_relations_more_move_little(curated: ArgumentMap, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    old = [id for id in curated.entities if id not in curated.sources]
    more = related(curated, [tuple(chance.sample(old, 2)) for _ in range(7)])
    far = moves(layout.arrange(curated), layout.arrange(more))
    assert median(far) < 0.06
    assert far[int(0.95 * len(far))] < 0.25


@pytest.mark.parametrize("seed", range(3))
def test_ten_relations_fewer_move_little_and_leave_most_in_their_region(curated: ArgumentMap, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    gone = set(chance.sample(list(curated.relations), 10))
    fewer = replace(curated, relations={triple: r for triple, r in curated.relations.items() if triple not in gone})
    before, after = layout.arrange(curated), layout.arrange(fewer)
    assert median(moves(before, after)) < 0.06
    stayed = sum(before.regions[id] == after.regions[id] for id in curated.entities)
    assert stayed > 0.9 * len(curated.entities)


def test_labels_move_nothing(curated: ArgumentMap) -> None:
    renamed = {id: entity._replace(label={"en": "x" * len(id)}) for id, entity in curated.entities.items()}
    assert layout.arrange(replace(curated, entities=renamed)) == layout.arrange(curated)


def test_three_thousand_entities_in_one_chain_of_clusters_do_not_overlap() -> None:
    names = [f"n{number:04}" for number in range(3000)]
    first = next(entity for entity in CLUSTER.entities.values() if entity.id not in CLUSTER.sources)
    big = replace(CLUSTER, entities={id: first._replace(id=id) for id in names})
    chance = random.Random(0)  # noqa: S311  # repeatable, not secret
    pairs = [(one, other) for one, other in itertools.pairwise(names)]
    pairs += [(names[n], names[n // 50 * 50 + chance.randrange(50)]) for n in range(3000)]
    map = related(big, pairs)
    arrangement = layout.arrange(map)
    assert overlaps_nearby(map, arrangement.positions) == []
    assert len(set(arrangement.regions.values())) > 20


def overlaps_nearby(map: ArgumentMap, positions: dict[str, tuple[float, float]]) -> list[tuple[str, str]]:
    """The overlaps of a large map: those of circles that stand near each other from left to right."""
    radii = layout.radii(map)
    order = sorted(positions, key=lambda id: positions[id])
    widest = 2 * max(radii.values())
    return [
        (one, other)
        for at, one in enumerate(order)
        for other in itertools.takewhile(
            lambda id, one=one: positions[id][0] - positions[one][0] < widest, order[at + 1 :]
        )
        if math.dist(positions[one], positions[other]) < radii[one] + radii[other]
    ]


def test_what_lies_beyond_the_regions_that_find_a_place_stands_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MANY", 1)
    links = [f"{letter}{n} leads-to {letter}{m}" for letter in "ab" for n in range(9) for m in range(n)]
    positions = layout.arrange(chain_map(*links, "a0 leads-to b0")).positions
    assert max(positions[f"a{n}"][1] for n in range(9)) < min(positions[f"b{n}"][1] for n in range(9))


def test_each_theme_gathers_a_region() -> None:
    map = map_of(
        """
        kinds: {theme: {plural: themes, region: true, label: {zh: 题, en: theme}}}
        sources: {essay: {label: {zh: 文, en: essay}}}
        themes: {work: {label: {zh: 劳, en: work}}, play: {label: {zh: 戏, en: play}}}
        concepts: {a: {label: {zh: a, en: a}}, b: {label: {zh: b, en: b}}, c: {label: {zh: c, en: c}}}
        relations:
          - in: essay
            triples: [[a, leads-to, work], [b, leads-to, a], [b, mirrors, work], [c, leads-to, play], [b, leads-to, c]]
        """
    )
    regions = layout.arrange(map).regions
    assert regions == {"a": 1, "b": 1, "c": 0, "essay": None, "play": 0, "work": 1}


def test_a_map_with_nothing_in_it_has_no_places() -> None:
    assert layout.arrange(ArgumentMap()) == layout.Arrangement({}, {})
