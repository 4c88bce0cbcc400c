"""Where the entities of a map stand on the page: the same map gives the same picture, in any process.

Entities that much is said of together stand together; no two circles overlap; the essays lie side by side.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from conceptgraph.model import ArgumentMap

Point = tuple[float, float]

SEED: Final = 1844
BETWEEN: Final = 6.0
"""How much longer a relation between two regions is drawn than one within a region."""
STEP: Final = 56.0
"""The length of a relation within a region, before overlaps are removed."""
TEXT: Final = 30
"""As many relations a text is drawn with."""
SPREAD: Final = 0.85
WIDER: Final = 1.2
LARGE: Final = 2500
MARGIN: Final = 8.5
"""How much paper an entity keeps free around its circle."""
_ROW: Final = 56.0
_CELL: Final = 110.0


class Arrangement(NamedTuple):
    """The place of each entity, and its region: a number from 0, the largest region first; None outside any."""

    positions: dict[str, Point]
    regions: dict[str, int | None]


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
    ids = sorted(map.entities)
    texts = set(map.sources)
    pairs = {
        (min(r.subject, r.object), max(r.subject, r.object)): None
        for r in sorted(map.relations.values(), key=lambda relation: relation.triple)
        if r.subject != r.object and r.subject in map.entities and r.object in map.entities
    }
    rooms = {id: size + MARGIN for id, size in radii(map).items()}
    drawn = [pair for pair in pairs if texts.isdisjoint(pair)]
    pieces, regions = clusters([id for id in ids if id not in texts], drawn)
    picture = dict(pieces[0]) if pieces else {}
    _turn(picture, _witnesses(map))
    _even(picture)
    positions = _apart(picture, rooms)
    placed = {id for piece in pieces for id in piece}
    _beside(positions, sorted(texts), pairs)
    loose = [{id: (0.0, 0.0)} for id in ids if id not in placed and id not in positions]
    _below(positions, [*(_apart(piece, rooms) for piece in pieces[1:]), *loose])
    return Arrangement(_centred(positions), {id: regions.get(id) for id in ids})


def clusters(ids: Sequence[str], pairs: Collection[tuple[str, str]]) -> tuple[list[dict[str, Point]], dict[str, int]]:
    """Places for whatever a pair connects, piece by piece, the largest first; and the region of each id.

    Regions are found by modularity (Blondel et al. 2008), distances follow the length of the shortest chain (Kamada
    and Kawai 1989). Ids that no pair names get no place.
    """
    import igraph

    connected = sorted({id for pair in pairs for id in pair} & set(ids))
    if not connected:
        return [], {}
    number = {id: index for index, id in enumerate(connected)}
    graph = igraph.Graph(len(connected), sorted((number[a], number[b]) for a, b in pairs))
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311  # a picture, not a secret
    try:
        regions = graph.community_multilevel().membership
        pieces = sorted(graph.connected_components(), key=lambda piece: (-len(piece), piece))
        placed = [_piece(graph.induced_subgraph(piece), [regions[index] for index in piece]) for piece in pieces]
    finally:
        igraph.set_random_number_generator(random)
    drawn = [
        {connected[i]: point for i, point in zip(piece, points, strict=True)}
        for piece, points in zip(pieces, placed, strict=True)
    ]
    return drawn, _by_size(dict(zip(connected, regions, strict=True)))


def _piece(graph: Any, regions: Sequence[int]) -> list[Point]:
    lengths = [1.0 if regions[edge.source] == regions[edge.target] else BETWEEN for edge in graph.es]
    if graph.vcount() > LARGE:
        # all chains of a very large map would need more memory than a reader has
        points = graph.layout_fruchterman_reingold(niter=400, grid=True, weights=[1 / length for length in lengths])
    else:
        points = graph.layout_kamada_kawai(maxiter=20 * graph.vcount(), weights=lengths)
    return [(STEP * x, STEP * y) for x, y in points]


def _by_size(regions: Mapping[str, int]) -> dict[str, int]:
    """The regions, numbered from the largest; of two as large, the one whose first id comes first."""
    first: dict[int, str] = {}
    for id in sorted(regions):
        first.setdefault(regions[id], id)
    counts = Counter(regions.values())
    rank = {old: new for new, old in enumerate(sorted(first, key=lambda old: (-counts[old], first[old])))}
    return {id: rank[region] for id, region in regions.items()}


def _witnesses(map: ArgumentMap) -> dict[str, list[str]]:
    """For each text, the entities of the relations that are cited from it."""
    found: dict[str, set[str]] = {}
    for relation, citation in map.citations():
        found.setdefault(citation.source, set()).update((relation.subject, relation.object))
    return {source: sorted(found[source]) for source in sorted(found)}


def _turn(positions: dict[str, Point], witnesses: Mapping[str, Sequence[str]]) -> None:
    """Turn the picture so that the two texts most cited lie side by side, and its left is the first of them."""
    placed = {source: [positions[id] for id in ids if id in positions] for source, ids in witnesses.items()}
    most = sorted(sorted(placed, key=lambda source: (-len(placed[source]), source))[:2])
    if len(most) < 2 or not placed[most[0]] or not placed[most[1]]:
        return
    (ax, ay), (bx, by) = _middle(placed[most[0]]), _middle(placed[most[1]])
    angle = -math.atan2(by - ay, bx - ax)
    cos, sin = math.cos(angle), math.sin(angle)
    for id, (x, y) in positions.items():
        positions[id] = (x * cos - y * sin, x * sin + y * cos)


def _even(positions: dict[str, Point]) -> None:
    """Spread the crowded middle and draw in the thin rim; then a page that is wider than high, as screens are."""
    if not positions:
        return
    cx, cy = _middle(positions.values())
    rim = max(math.hypot(x - cx, y - cy) for x, y in positions.values()) or 1.0
    for id, (x, y) in positions.items():
        stretch = (max(math.hypot(x - cx, y - cy), 1e-6) / rim) ** (SPREAD - 1)
        positions[id] = (cx + WIDER * stretch * (x - cx), cy + stretch * (y - cy) / WIDER)


def _middle(points: Collection[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _apart(positions: Mapping[str, Point], given: Mapping[str, float], rounds: int = 300) -> dict[str, Point]:
    """The same picture, with circles that overlap pushed apart along the line between them."""
    ids = sorted(positions)
    xs, ys = [positions[id][0] for id in ids], [positions[id][1] for id in ids]
    rooms = [given[id] for id in ids]
    for _ in range(rounds):
        moved = False
        for i, j in _near(xs, max(rooms, default=0.0)):
            dx, dy = xs[j] - xs[i], ys[j] - ys[i]
            apart = math.hypot(dx, dy)
            push = (rooms[i] + rooms[j] - apart) / 2
            if push <= 0:
                continue
            moved = True
            # two in one place part by the golden angle, so that many there spread to all sides
            cos, sin = (dx / apart, dy / apart) if apart > 1e-6 else (math.cos(2.4 * i), math.sin(2.4 * i))
            push += 0.25
            xs[i], ys[i] = xs[i] - push * cos, ys[i] - push * sin
            xs[j], ys[j] = xs[j] + push * cos, ys[j] + push * sin
        if not moved:
            break
    return dict(zip(ids, zip(xs, ys, strict=True), strict=True))


def _near(xs: Sequence[float], widest: float) -> Iterator[tuple[int, int]]:
    """Pairs that could overlap, from left to right."""
    order = sorted(range(len(xs)), key=lambda i: (xs[i], i))
    for at, i in enumerate(order):
        for j in order[at + 1 :]:
            if xs[j] - xs[i] > 2 * widest:
                break
            yield i, j


def _beside(positions: dict[str, Point], texts: Iterable[str], pairs: Iterable[tuple[str, str]]) -> None:
    """Put each text at the side of the picture that is nearer to its entities."""
    related: dict[str, list[Point]] = {}
    for a, b in pairs:
        for text, other in ((a, b), (b, a)):
            if other in positions:
                related.setdefault(text, []).append(positions[other])
    if not positions:
        return
    left, right = min(x for x, _ in positions.values()) - _CELL, max(x for x, _ in positions.values()) + _CELL
    centre = _middle(positions.values())
    taken: dict[bool, float] = {}
    wanted = sorted((_middle(related[text])[1], text) for text in texts if related.get(text))
    for y, text in wanted:
        on_left = _middle(related[text])[0] <= centre[0]
        y = max(y, taken.get(on_left, -math.inf) + 2 * _ROW)
        taken[on_left] = y
        positions[text] = (left if on_left else right, y)


def _below(positions: dict[str, Point], pieces: Iterable[Mapping[str, Point]]) -> None:
    """Put small pieces in rows below the picture, in the middle of its width."""
    left, right = (
        min((x for x, _ in positions.values()), default=0.0),
        max((x for x, _ in positions.values()), default=0.0),
    )
    bottom = max((y for _, y in positions.values()), default=-_ROW)
    widest = max(right - left, 8 * _CELL)
    rows: list[list[Mapping[str, Point]]] = [[]]
    taken = 0.0
    for piece in pieces:
        width = _CELL + _extent([x for x, _ in piece.values()])
        if rows[-1] and taken + width > widest:
            rows.append([])
            taken = 0.0
        rows[-1].append(piece)
        taken += width
    for row in rows:
        x = (left + right - sum(_CELL + _extent([x for x, _ in piece.values()]) for piece in row)) / 2
        high = max((_extent([y for _, y in piece.values()]) for piece in row), default=0.0)
        for piece in row:
            middle = (min(y for _, y in piece.values()) + max(y for _, y in piece.values())) / 2
            start = x + _CELL / 2 - min(px for px, _ in piece.values())
            for id, (px, py) in piece.items():
                positions[id] = (start + px, bottom + _ROW + high / 2 + py - middle)
            x += _CELL + _extent([px for px, _ in piece.values()])
        bottom += _ROW + high


def _extent(values: Collection[float]) -> float:
    return max(values) - min(values)


def _centred(positions: Mapping[str, Point]) -> dict[str, Point]:
    """Around the origin, in tenths of a pixel: a last bit that differs between machines must not show."""
    if not positions:
        return {}
    cx = (min(x for x, _ in positions.values()) + max(x for x, _ in positions.values())) / 2
    cy = (min(y for _, y in positions.values()) + max(y for _, y in positions.values())) / 2
    return {id: (round(x - cx, 1) + 0.0, round(y - cy, 1) + 0.0) for id, (x, y) in sorted(positions.items())}
