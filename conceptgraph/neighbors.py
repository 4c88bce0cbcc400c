"""The relations around an entity."""

from __future__ import annotations

from dataclasses import dataclass, replace

from conceptgraph.model import CONTESTED, DENIED, HELD, ArgumentMap, Relation
from conceptgraph.selection import Selection


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A relation reached from an entity: `depth` steps away (1 is next to it), met at `start`, leading to `end`."""

    depth: int
    start: str
    end: str
    relation: Relation

    def __str__(self) -> str:
        return str(self.relation)


def neighbors(
    map: ArgumentMap,
    entity: str,
    depth: int = 1,
    *,
    direction: str = "both",
    selection: Selection | None = None,
) -> list[Neighbor]:
    """The relations up to `depth` steps away from an entity, given by id, the nearest first.

    Denied relations are listed too, unless statuses are selected, since what is denied of an entity is worth knowing;
    but nothing is reached through them, nor through a text that the map reads.

    Args:
        map: the argument map.
        entity: the id of the entity in the middle.
        depth: how far to go.
        direction: `out` for relations asserted of the entity, `in` for those asserted to it, or `both`.
        selection: which relations to list; None means all.
    """
    if selection is None:
        selection = Selection()
    if selection.statuses is None:
        selection = replace(selection, statuses=(HELD, CONTESTED, DENIED))
    selected = {relation.triple: relation for relation in selection.relations(map)}
    found: list[Neighbor] = []
    seen = {entity}
    listed = set()
    edge = [entity]
    for distance in range(1, depth + 1):
        reached: dict[str, None] = {}
        for start in edge:
            for incident in map.incident.get(start, ()):
                relation = selected.get(incident.triple)
                if relation is None:
                    continue
                outward = relation.subject == start
                symmetric = map.predicates[relation.predicate].symmetric
                if not symmetric and direction != "both" and outward != (direction == "out"):
                    continue
                end = relation.object if outward else relation.subject
                if relation.triple not in listed:
                    listed.add(relation.triple)
                    found.append(Neighbor(distance, start, end, relation))
                if end not in seen and end not in map.sources and relation.status != DENIED:
                    reached[end] = None
        seen.update(reached)
        edge = list(reached)
    return found
