"""What is central, whom it serves, and what belongs together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from conceptgraph.centrality import Rank, Ranking, Service, Variant
from conceptgraph.communities import Community, Member, Partition
from conceptgraph.measures import Measure
from conceptgraph.model import ArgumentMap
from conceptgraph.reports import Report
from conceptgraph.reports.prose import Prose
from conceptgraph.reports.terminal import Terminal, cut
from conceptgraph.sentences import in_language, name

_NO_PLACE: Final = "–"


def _meaning(measure: Measure, terminal: Terminal) -> str:
    return "\n".join(
        terminal.wrapped(f"{measure.id}: {in_language(measure.meaning, language)}") for language in terminal.languages
    )


@dataclass(frozen=True)
class RankingReport(Report):
    """A ranking, with what its measure means."""

    map: ArgumentMap
    ranking: Ranking
    count: int | None

    columns: ClassVar[Sequence[str]] = ("place", "id", "kind", "zh", "en", "value")

    @property
    def _ranks(self) -> Sequence[Rank]:
        return self.ranking.ranks[: self.count]

    def ranks(self) -> list[tuple[str, float]]:
        return [(rank.entity, rank.value) for rank in self._ranks]

    def text(self, terminal: Terminal) -> str:
        prose = Prose(self.map, terminal)
        rows = [
            (
                str(rank.place),
                f"{rank.value:.4f}",
                name(self.map.kinds[self.map.entities[rank.entity].kind], terminal.receipts),
                prose.name(rank.entity),
            )
            for rank in self._ranks
        ]
        header = terminal.words("名次 值 类型 名称", "rank value kind name").split()
        return f"{self.head(terminal)}\n\n{terminal.table(header, rows, frozenset((0, 1)))}".rstrip()

    def head(self, terminal: Terminal) -> str:
        """The meaning of the measure, and what must be known of its values."""
        lines, starts = [_meaning(self.ranking.measure, terminal)], self.ranking.starts
        if starts is not None:
            size = self.ranking.size
            words = terminal.words(
                f"估计值：链条只从 {size} 个实体中的 {starts} 个算起",
                f"estimated: of {size} entities, chains were counted from {starts}",
            )
            lines.append(terminal.paint(terminal.wrapped(words), "yellow"))
        if self.ranking.ranks and not any(rank.value for rank in self.ranking.ranks):
            words = terminal.words(
                "所有值都是 0：这里没有可以排名的", "every value is 0: there is nothing to rank here"
            )
            lines.append(terminal.paint(terminal.wrapped(words), "yellow"))
        return "\n".join(lines)

    def rows(self) -> Iterator[tuple[object, ...]]:
        for rank in self._ranks:
            yield self._row(rank)

    def _row(self, rank: Rank) -> tuple[object, ...]:
        entity = self.map.entities[rank.entity]
        return rank.place, entity.id, entity.kind, entity.label.get("zh"), entity.label.get("en"), rank.value

    def data(self) -> Any:
        return {
            "measure": self.ranking.measure.id,
            "meaning": dict(self.ranking.measure.meaning),
            "size": self.ranking.size,
            "counted-from": self.ranking.starts,
            "ranks": [self._rank_data(rank) for rank in self._ranks],
        }

    def _rank_data(self, rank: Rank) -> dict[str, Any]:
        return {"place": rank.place, "entity": rank.entity, "value": rank.value}


@dataclass(frozen=True)
class RobustnessReport(RankingReport):
    """A ranking, and beside each entity its rank without each of the texts and without what is contested."""

    variants: Sequence[Variant]

    columns: ClassVar[Sequence[str]] = (*RankingReport.columns, "without", "place-without")

    def text(self, terminal: Terminal) -> str:
        prose = Prose(self.map, terminal)
        rows = [
            (
                str(rank.place),
                f"{rank.value:.4f}",
                *(str(variant.places.get(rank.entity, _NO_PLACE)) for variant in self.variants),
                prose.name(rank.entity),
            )
            for rank in self._ranks
        ]
        contested = terminal.words("争议", "contested")
        header = [
            *terminal.words("名次 值", "rank value").split(),
            *(cut(f"−{variant.source or contested}", 12) for variant in self.variants),
            terminal.words("名称", "name"),
        ]
        words = terminal.words(
            f"−X：去掉只有 X 引述的关系之后的名次；−{contested}：去掉有争议的关系之后的名次；{_NO_PLACE}：没有名次",
            f"−X: the rank without the relations that only X is cited for; −{contested}: without those that are "
            f"contested; {_NO_PLACE}: no rank is left",
        )
        table = terminal.table(header, rows, frozenset(range(len(header) - 1)))
        return f"{self.head(terminal)}\n{terminal.wrapped(words)}\n\n{table}".rstrip()

    def rows(self) -> Iterator[tuple[object, ...]]:
        for rank in self._ranks:
            for variant in self.variants:
                yield *self._row(rank), variant.source or "contested", variant.places.get(rank.entity)

    def _rank_data(self, rank: Rank) -> dict[str, Any]:
        places = {variant.source: variant.places.get(rank.entity) for variant in self.variants}
        contested = places.pop(None, None)
        return {**super()._rank_data(rank), "place-without": places, "place-without-contested": contested}


@dataclass(frozen=True)
class ServiceReport(Report):
    """The pairs that an entity serves."""

    map: ArgumentMap
    service: Service

    columns: ClassVar[Sequence[str]] = ("one", "other", "share", "length")

    def text(self, terminal: Terminal) -> str:
        service, prose = self.service, Prose(self.map, terminal)
        who = prose.name(service.entity)
        heading = [
            terminal.words("", "The pairs that most need "),
            who,
            terminal.words(" 最为这些成对的实体所需：", ":"),
        ]
        lines = [_meaning(service.measure, terminal), "", terminal.wrapped(heading)]
        if service.starts is not None:
            words = terminal.words(
                f"只从最近的 {service.starts} 个实体找起", f"searched from the nearest {service.starts} entities only"
            )
            lines.append(terminal.paint(terminal.wrapped(words), "yellow"))
        for pair in service.pairs:
            steps = terminal.words(f"{pair.length} 步", f"{pair.length} steps")
            names = prose.names((pair.one, pair.other), " — ")
            lines.append(terminal.wrapped([f"{pair.share:4.0%} · {steps} · ", *names], 2, 9))
        return "\n".join(lines)

    def rows(self) -> Iterator[tuple[object, ...]]:
        for pair in self.service.pairs:
            yield pair.one, pair.other, pair.share, pair.length

    def data(self) -> Any:
        return {
            "measure": self.service.measure.id,
            "meaning": dict(self.service.measure.meaning),
            "entity": self.service.entity,
            "searched-from": self.service.starts,
            "pairs": [dict(zip(self.columns, row, strict=True)) for row in self.rows()],
        }


@dataclass(frozen=True)
class CommunitiesReport(Report):
    """The communities of a map, each named by its central members."""

    map: ArgumentMap
    partition: Partition
    count: int | None

    columns: ClassVar[Sequence[str]] = ("community", "size", "id", "kind", "zh", "en", "links")
    naming: ClassVar[int] = 3

    def _members(self, community: Community) -> Sequence[Member]:
        return community.members[: self.count]

    def text(self, terminal: Terminal) -> str:
        communities = self.partition.communities
        total = sum(len(community.members) for community in communities)
        many = len(communities) != 1
        figures = f"{self.partition.modularity:.3f}", f"{self.partition.resolution:g}"
        head = terminal.words(
            f"{total} 个实体分为 {len(communities)} 个社群，模块度 {figures[0]}（分辨率 {figures[1]}）",
            f"{len(communities)} communit{'ies' if many else 'y'} of {total} entities, "
            f"modularity {figures[0]} at resolution {figures[1]}",
        )
        if self.partition.alone:
            count = len(self.partition.alone)
            head += terminal.words(f"；另有 {count} 个不属于任何社群", f"; {count} more in none")
        parts, prose = [terminal.wrapped(head)], Prose(self.map, terminal)
        for number, community in enumerate(communities, 1):
            size = terminal.words(f"{len(community.members)} 个实体", f"{len(community.members)} entities")
            title = prose.names((member.entity for member in community.members[: self.naming]), " · ")
            lines = [terminal.paint(terminal.wrapped([f"{number}. ", *title, f"  ({size})"], 0, 3), "bold")]
            others = [member.entity for member in self._members(community)[self.naming :]]
            if others:
                lines.append(terminal.wrapped(prose.names(others, terminal.words("、", ", ")), 3))
            parts.append("\n".join(lines))
        return "\n\n".join(parts)

    def rows(self) -> Iterator[tuple[object, ...]]:
        for number, community in enumerate(self.partition.communities, 1):
            for member in self._members(community):
                entity = self.map.entities[member.entity]
                label = entity.label
                size = len(community.members)
                yield number, size, entity.id, entity.kind, label.get("zh"), label.get("en"), member.links

    def data(self) -> Any:
        return {
            "modularity": self.partition.modularity,
            "alone": list(self.partition.alone),
            "resolution": self.partition.resolution,
            "communities": [
                {
                    "name": [member.entity for member in community.members[: self.naming]],
                    "size": len(community.members),
                    "members": [{"entity": each.entity, "links": each.links} for each in self._members(community)],
                }
                for community in self.partition.communities
            ],
        }
