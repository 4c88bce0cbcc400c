"""Where the entities of a map stand on the page: the same map gives the same picture, in any process.

Entities that much is said of together stand together, in regions that lie beside each other; no two circles overlap;
the essays lie side by side. Where an entity stands follows from sums over what is said around it: a few relations more
change little in any of them, so a few lines more move little in the picture.
"""

from __future__ import annotations

import cmath
import math
import operator
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from conceptgraph import progress
from conceptgraph.model import ArgumentMap
from conceptgraph.regions import divide, landmarks

Point = tuple[float, float]

TEXT: Final = 30
"""As many relations a text is drawn with."""
MARGIN: Final = 8.5
"""How much paper an entity keeps free around its circle."""
FILLED: Final = 0.45
"""The share of a region's disc that the entities in it fill with their circles and margins."""
BORDER: Final = 34.0
"""How far regions stay apart."""
WIDER: Final = 1.2
"""How much wider than a square the picture of the regions is, as screens are."""
SMALL: Final = 8
"""Regions of fewer entities that nothing relates to another stand below the picture."""
MANY: Final = 600
"""As many regions are placed by what relates them; where there are more, the smallest stand below the picture."""
PHASE: Final = "placing entities"
ROUNDS: Final = 12
"""How often entities are drawn to what they are related to."""
_PATIENCE: Final = 4_000_000
"""About how many steps of a computation a picture of very many regions is worth."""
_EVEN: Final = 1e-6
_ROW: Final = 56.0
_CELL: Final = 110.0


class Arrangement(NamedTuple):
    """The place of each entity, and its region: a number from 0; None outside any.

    The regions of the map's landmarks come first, in the order of their ids, then communities, the largest first.
    """

    positions: dict[str, Point]
    regions: dict[str, int | None]


class _Scene(NamedTuple):
    """The entities that are not texts, by number, and what their places depend on.

    `sides` says for each how much of what is cited about it stands in which of two texts: -1 all in the first, 1 all
    in the second.
    """

    ids: list[str]
    neighbours: list[list[int]]
    rooms: list[float]
    sides: list[float]
    near: list[dict[int, float]]
    home: list[int | None]
    middles: list[str]


class _Disc(NamedTuple):
    """The place and size of a region, what of it the second text has more than the first, and who is in it."""

    centre: complex
    radius: float
    side: float
    members: list[int]


def radii(map: ArgumentMap) -> dict[str, float]:
    """How large each entity is drawn: its area grows with its relations.

    Almost everything is related to a text, so all texts are drawn in one size.
    """
    degrees = Counter(id for triple in map.relations for id in {triple.subject, triple.object})
    return {id: _radius(TEXT if id in map.sources else degrees[id]) for id in map.entities}


def _radius(degree: int) -> float:
    return round(3 + min(28.0, 2.5 * math.sqrt(degree)), 1)


def arrange(map: ArgumentMap) -> Arrangement:
    """The places of a map's entities, in pixels, y downwards.

    A text is related to most of what it says: it attracts nothing, and stands at the side where its entities are.
    What is related to nothing else stands in rows below.
    """
    scene = _scene(map)
    discs = _discs(scene)
    positions = _relaxed(scene, discs)
    _beside(positions, map)
    _below(positions, [id for id in sorted(map.entities) if id not in positions])
    home_of = dict(zip(scene.ids, scene.home, strict=True))
    return Arrangement(
        # in tenths of a pixel: a last bit that differs between machines must not show
        {id: (round(at.real, 1) + 0.0, round(at.imag, 1) + 0.0) for id, at in sorted(positions.items())},
        {id: home_of.get(id) for id in sorted(map.entities)},
    )


def _scene(map: ArgumentMap) -> _Scene:
    ids = sorted(id for id in map.entities if id not in map.sources)
    number = {id: index for index, id in enumerate(ids)}
    related: list[set[int]] = [set() for _ in ids]
    for triple in map.relations:
        one, other = number.get(triple.subject), number.get(triple.object)
        if one is not None and other is not None and one != other:
            related[one].add(other)
            related[other].add(one)
    neighbours = [sorted(each) for each in related]
    sizes = radii(map)
    division = divide(ids, neighbours, landmarks(map))
    return _Scene(
        ids,
        neighbours,
        [sizes[id] + MARGIN for id in ids],
        _sides(map, ids),
        division.near,
        [next(iter(each), None) for each in division.near],
        division.middles,
    )


def _sides(map: ArgumentMap, ids: Iterable[str]) -> list[float]:
    cited = Counter(citation.source for _, citation in map.citations())
    texts = [id for id in map.sources if map.sources[id].sections] or list(map.sources)
    two = sorted(sorted((id for id in texts if cited[id]), key=lambda id: (-cited[id], id))[:2])
    if len(two) < 2:
        return [0.0 for _ in ids]
    every: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for relation, citation in map.citations():
        if citation.source in two:
            for id in {relation.subject, relation.object}:
                every[id] += 1
                second[id] += citation.source == two[1]
    return [2 * second[id] / every[id] - 1 if every[id] else 0.0 for id in ids]


def _discs(scene: _Scene) -> dict[int, _Disc]:
    """Where the regions lie, and how large they are; small ones that nothing relates to another lie in rows below."""
    members: dict[int, list[int]] = {}
    for index, home in enumerate(scene.home):
        if home is not None:
            members.setdefault(home, []).append(index)
    sums = _Sums(scene)
    sizes = sorted(members, key=lambda region: (-len(members[region]), region))
    tied = {region for pair in sums.ties for region in pair}
    drawn = [each for each in sizes[:MANY] if each in tied or len(members[each]) >= SMALL or each == sizes[0]]
    centres = _centres(sorted(drawn), scene, sums)
    radius = {
        region: math.sqrt(sum(scene.rooms[index] ** 2 for index in inside) / FILLED)
        for region, inside in members.items()
    }
    centres |= _rows(sorted(members.keys() - centres.keys()), centres, radius)
    return {
        region: _Disc(centres[region], radius[region], sums.side[region] / sums.area[region], inside)
        for region, inside in sorted(members.items())
    }


class _Sums:
    """For regions: their areas, the sides of what is in them, and how much relates two of them.

    An entity counts as far as it belongs to a region, so that one that goes over to another changes little.
    """

    def __init__(self, scene: _Scene) -> None:
        self.area: defaultdict[int, float] = defaultdict(float)
        self.side: defaultdict[int, float] = defaultdict(float)
        self.ties: defaultdict[tuple[int, int], float] = defaultdict(float)
        for near, room, side in zip(scene.near, scene.rooms, scene.sides, strict=True):
            for region, share in near.items():
                self.area[region] += share * room**2
                self.side[region] += share * room**2 * side
        for index, others in enumerate(scene.neighbours):
            for other in others:
                for one, share in scene.near[index].items():
                    for two, part in scene.near[other].items():
                        if one < two:
                            self.ties[one, two] += share * part


def _centres(regions: Sequence[int], scene: _Scene, sums: _Sums) -> dict[int, complex]:
    """The centres of regions: what much relates is near, what little relates is far, and no two discs overlap.

    They start where the two directions that part related regions best would have them (M. E. J. Newman, "Finding
    community structure in networks using the eigenvectors of matrices", Physical Review E 74, 2006), but from left to
    right by the two texts; then majorised for stress (Gansner, Koren and North 2004), held by where they started.
    """
    count = len(regions)
    if count < 2:
        return dict.fromkeys(regions, 0j)
    rank = {region: index for index, region in enumerate(regions)}
    ties = {
        (rank[one], rank[two]): much
        for (one, two), much in sorted(sums.ties.items())
        if one in rank and two in rank and much
    }
    areas = [sums.area[region] for region in regions]
    radius = [math.sqrt(area / FILLED) for area in areas]
    across = math.sqrt(sum(areas) / FILLED)
    upright, level = _directions([scene.middles[region] for region in regions], ties)
    sides = [sums.side[region] / sums.area[region] for region in regions]
    xs = _standard(sides if max(sides) - min(sides) > _EVEN else level, areas)
    starts = [complex(0.6 * across * x, 0.5 * across * y) for x, y in zip(xs, _standard(upright, areas), strict=True)]
    degrees = [0.0] * count
    for (one, two), much in ties.items():
        degrees[one] += much
        degrees[two] += much
    whole = sum(degrees) or 1.0
    springs = []
    for one in range(count):
        for two in range(one + 1, count):
            expected = degrees[one] * degrees[two] / whole
            much = ties.get((one, two), 0.0) / expected if expected else 0.0
            length = radius[one] + radius[two] + BORDER + 1.2 * across / (1 + 1.5 * much)
            springs.append((one, two, length, across / length))
    hold = 0.3 * 2 * sum(weight for *_, weight in springs) / count
    rounds = max(10, min(200, _PATIENCE // len(springs)))
    at = starts
    for _ in progress.steps("placing regions", range(rounds)):
        at = _majorised(at, starts, hold, springs)
    at = [complex(point.real * WIDER, point.imag / WIDER) for point in at]
    for _ in range(max(1, min(20, _PATIENCE // count**2))):
        at = _parted(at, [size + BORDER / 2 for size in radius])
    return dict(zip(regions, at, strict=True))


def _directions(names: Sequence[str], ties: Mapping[tuple[int, int], float]) -> tuple[list[float], list[float]]:
    """The two leading eigenvectors of the normalised modularity matrix; the names decide which way they point."""
    count = len(names)
    degrees = [1e-9] * count
    for (one, two), much in ties.items():
        degrees[one] += much
        degrees[two] += much
    related: list[list[tuple[int, float]]] = [[] for _ in names]
    for (one, two), much in ties.items():
        weight = much / math.sqrt(degrees[one] * degrees[two])
        related[one].append((two, weight))
        related[two].append((one, weight))
    whole = sum(degrees)
    found = [[math.sqrt(degree / whole) for degree in degrees]]
    rounds = max(20, min(300, _PATIENCE // (2 * len(ties) + count)))
    for start in ([_own(name).imag for name in names], [_own(name).real for name in names]):
        vector = start
        for _ in range(rounds):
            # with half of itself added, the largest eigenvalue is the largest in size too
            vector = [
                vector[index] / 2 + sum([weight * vector[other] for other, weight in others])
                for index, others in enumerate(related)
            ]
            for known in found:
                along = _product(vector, known)
                vector = [value - along * part for value, part in zip(vector, known, strict=True)]
            length = math.hypot(*vector) or 1.0
            vector = [value / length for value in vector]
        found.append(vector if _product(vector, start) >= 0 else [-value for value in vector])
    return found[1], found[2]


def _parted(at: Sequence[complex], radius: Sequence[float]) -> list[complex]:
    """Discs that overlap, half parted, the smaller the farther; all at once: it must not matter which comes first."""
    moves = [0j] * len(at)
    for one in range(len(at)):
        for two in range(one + 1, len(at)):
            way = at[two] - at[one]
            push = radius[one] + radius[two] - abs(way)
            if push > 0:
                way *= push / (abs(way) or 1.0) / 2
                share = radius[one] ** 2 / (radius[one] ** 2 + radius[two] ** 2)
                moves[one] -= way * (1 - share)
                moves[two] += way * share
    return [point + move for point, move in zip(at, moves, strict=True)]


def _product(one: Sequence[float], other: Sequence[float]) -> float:
    return math.fsum(map(operator.mul, one, other))


def _standard(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The values around 0, at a usual distance of 1 from it."""
    whole = sum(weights)
    mean = sum(value * weight for value, weight in zip(values, weights, strict=True)) / whole
    spread = math.sqrt(sum((v - mean) ** 2 * weight for v, weight in zip(values, weights, strict=True)) / whole)
    return [(value - mean) / (spread or 1.0) for value in values]


def _own(id: str) -> complex:
    """A point of the unit disc that belongs to an id, whatever else the map has."""
    digest = zlib.crc32(id.encode())
    return cmath.rect(math.sqrt((digest >> 16) / 0x10000), math.tau * ((digest & 0xFFFF) / 0x10000 - 0.5))


def _rows(regions: Sequence[int], above: Mapping[int, complex], radius: Mapping[int, float]) -> dict[int, complex]:
    """Centres of regions in rows below the others."""
    left = min((centre.real - radius[region] for region, centre in above.items()), default=0.0)
    right = max((centre.real + radius[region] for region, centre in above.items()), default=0.0)
    top = max((centre.imag + radius[region] for region, centre in above.items()), default=0.0) + _ROW
    found: dict[int, complex] = {}
    x, high = left, 0.0
    for region in regions:
        wide = 2 * radius[region] + BORDER
        if x > left and x + wide > max(right, left + 8 * _CELL):
            x, top, high = left, top + high, 0.0
        found[region] = complex(x + wide / 2, top + wide / 2)
        x, high = x + wide, max(high, wide)
    return found


def _relaxed(scene: _Scene, discs: Mapping[int, _Disc]) -> dict[str, complex]:
    """The places of all entities in regions: near what they are related to there, and apart from all others."""
    starts = _starts(scene, discs)
    drawn = sorted(starts)
    place = {index: at for at, index in enumerate(drawn)}
    springs = [(place[one], place[two], length, weight) for one, two, length, weight in _springs(scene)]
    rooms = [scene.rooms[index] for index in drawn]
    homes = [scene.home[index] for index in drawn]
    held = [starts[index] for index in drawn]
    at = held
    for _ in progress.steps(PHASE, range(ROUNDS)):
        at, _ = _pushed(_majorised(at, held, 1.0, springs), rooms, homes)
    return dict(zip((scene.ids[index] for index in drawn), _apart(at, rooms, homes), strict=True))


def _starts(scene: _Scene, discs: Mapping[int, _Disc]) -> dict[int, complex]:
    """In its region's disc, an entity leans to the regions and the text that it has to do with; so do its neighbours.

    From the middle to the rim, as many find place as the disc has room for.
    """
    leaning: dict[int, complex] = {}
    for region, disc in discs.items():
        for index in disc.members:
            lean = complex(0.5 * (scene.sides[index] - disc.side), 0) + 0.3 * _own(scene.ids[index])
            for other, share in scene.near[index].items():
                if other != region and other in discs:
                    way = discs[other].centre - disc.centre
                    lean += 1.5 * share * way / (abs(way) or 1.0)
            leaning[index] = lean
    inside = {
        index: [other for other in scene.neighbours[index] if scene.home[other] == scene.home[index]]
        for index in leaning
    }
    at = leaning
    for _ in range(12):
        at = {
            index: 0.15 * lean + 0.85 * sum(at[other] for other in inside[index]) / len(inside[index])
            if inside[index]
            else lean
            for index, lean in leaning.items()
        }
    starts: dict[int, complex] = {}
    for disc in discs.values():
        middle = sum(at[index] for index in disc.members) / len(disc.members)
        order = sorted(disc.members, key=lambda index: (abs(at[index] - middle), index))
        rim = abs(at[order[-1]] - middle) or 1.0
        for rank, index in enumerate(order):
            way = at[index] - middle
            far = 0.2 * abs(way) / rim + 0.8 * math.sqrt((rank + 0.5) / len(order))
            starts[index] = disc.centre + 0.92 * disc.radius * far * way / (abs(way) or 1.0)
    return starts


def _springs(scene: _Scene) -> Iterator[tuple[int, int, float, float]]:
    """Two entities of a region, how far they should be from each other, and how much it matters.

    Those that are related, and, a little farther, those that both are related to a third that has few others.
    """
    rooms = scene.rooms
    for index, others in enumerate(scene.neighbours):
        inside = [other for other in others if scene.home[other] == scene.home[index] is not None]
        for other in inside:
            if index < other:
                yield index, other, 1.3 * (rooms[index] + rooms[other]), 0.4
        if len(inside) <= 12:
            for rank, one in enumerate(inside):
                known = set(scene.neighbours[one])
                for two in inside[rank + 1 :]:
                    if two not in known:
                        yield one, two, 1.8 * (rooms[one] + rooms[two]), 0.1


def _majorised(
    at: Sequence[complex], held: Sequence[complex], hold: float, springs: Iterable[tuple[int, int, float, float]]
) -> list[complex]:
    """One step nearer to where springs have their lengths and each point is where it is held."""
    sums = [hold * point for point in held]
    weights = [hold] * len(sums)
    for one, two, length, weight in springs:
        way = at[one] - at[two]
        way *= length / (abs(way) or 1.0)
        sums[one] += weight * (at[two] + way)
        sums[two] += weight * (at[one] - way)
        weights[one] += weight
        weights[two] += weight
    return [point / weight for point, weight in zip(sums, weights, strict=True)]


def _apart(points: Sequence[complex], rooms: Sequence[float], homes: Sequence[int | None] = ()) -> list[complex]:
    """The same picture with no two circles one over the other; wider only if they would not part otherwise."""
    at = list(points)
    while True:
        for _ in progress.steps(PHASE, range(200)):
            at, moved = _pushed(at, rooms, homes)
            if not moved:
                return at
        at = [1.1 * point for point in at]


def _pushed(
    points: Sequence[complex], rooms: Sequence[float], homes: Sequence[int | None] = ()
) -> tuple[list[complex], bool]:
    """Circles that overlap, pushed apart along the line between them; and whether there were any."""
    xs, ys = [point.real for point in points], [point.imag for point in points]
    cell = 2 * max(rooms, default=1.0) + BORDER
    squares: dict[tuple[int, int], list[int]] = {}
    for index, (x, y) in enumerate(zip(xs, ys, strict=True)):
        squares.setdefault((int(x // cell), int(y // cell)), []).append(index)
    moved = False
    for (column, row), here in squares.items():
        near = list(here)
        for square in ((column + 1, row - 1), (column + 1, row), (column + 1, row + 1), (column, row + 1)):
            near += squares.get(square, ())
        for rank, one in enumerate(here, 1):
            room = rooms[one]
            home = homes[one] if homes else None
            for two in near[rank:]:
                least = room + rooms[two]
                if homes and homes[two] != home:
                    least += BORDER / 2
                dx, dy = xs[two] - xs[one], ys[two] - ys[one]
                if dx >= least or -dx >= least or dy >= least or -dy >= least:
                    continue
                far = math.hypot(dx, dy)
                if far >= least:
                    continue
                moved = True
                # two in one place part by the golden angle, so that many there spread to all sides
                cos, sin = (dx / far, dy / far) if far > _EVEN else (math.cos(2.4 * one), math.sin(2.4 * one))
                push = (least - far) / 2 + 0.1
                xs[one] -= push * cos
                ys[one] -= push * sin
                xs[two] += push * cos
                ys[two] += push * sin
    return [complex(x, y) for x, y in zip(xs, ys, strict=True)], moved


def _beside(positions: dict[str, complex], map: ArgumentMap) -> None:
    """Put each text at the side of the picture that is nearer to its entities."""
    related: dict[str, set[str]] = {}
    for triple in map.relations:
        for text, other in ((triple.subject, triple.object), (triple.object, triple.subject)):
            if text in map.sources and other in positions:
                related.setdefault(text, set()).add(other)
    if not related:
        return
    xs = [at.real for at in positions.values()]
    left, right, middle = min(xs) - _CELL, max(xs) + _CELL, sum(xs) / len(xs)
    means = {text: sum(positions[id] for id in sorted(ids)) / len(ids) for text, ids in related.items()}
    taken: dict[bool, float] = {}
    for text in sorted(means, key=lambda text: (means[text].imag, text)):
        first = means[text].real <= middle
        y = max(means[text].imag, taken.get(first, -math.inf) + 2 * _ROW)
        taken[first] = y
        positions[text] = complex(left if first else right, y)


def _below(positions: dict[str, complex], ids: Iterable[str]) -> None:
    """Put what is related to nothing in rows below the picture."""
    left = min((at.real for at in positions.values()), default=0.0)
    right = max((at.real for at in positions.values()), default=0.0)
    bottom = max((at.imag for at in positions.values()), default=0.0)
    columns = max(8, int((right - left) // _CELL))
    for rank, id in enumerate(ids):
        row, column = divmod(rank, columns)
        positions[id] = complex(left + _CELL * column, bottom + _ROW * (row + 2))
