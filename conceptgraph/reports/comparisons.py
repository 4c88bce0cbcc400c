"""Two sides of the map against each other, who takes which attitude, and trees of one family's relations."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from conceptgraph.compare import Comparison, Counterparts, Distinction, Presence, Side
from conceptgraph.exporters.json import relation_data
from conceptgraph.model import HELD, Entity, Relation
from conceptgraph.reports.links import to_entity, to_section
from conceptgraph.reports.prose import RELATION_COLUMNS, CitingReport, Prose, relation_rows
from conceptgraph.reports.terminal import Line, Link, Terminal, cut, joined
from conceptgraph.sentences import WORDS, in_language, name
from conceptgraph.trace import CIRCLE, DEEPER, ELSEWHERE, Branch, Trace
from conceptgraph.who import ATTITUDES, Position

ATTITUDE_WORDS: Final[dict[str, dict[str, str]]] = {
    "argues": {"zh": "主张", "en": "argues"},
    "endorses": {"zh": "赞同他人所说", "en": "goes along with what another says"},
    "concedes": {"zh": "承认", "en": "concedes"},
    "reports": {"zh": "转述", "en": "reports"},
    "supports": {"zh": "提出理由支持", "en": "gives a reason for it"},
    "opposes": {"zh": "提出相反的看法", "en": "speaks against it"},
    "denies": {"zh": "否认", "en": "denies"},
    "rejects": {"zh": "反对", "en": "rejects"},
    "mentions": {"zh": "另有论及", "en": "relates it to something else"},
}
GOING_ON: Final[dict[str, dict[str, str]]] = {
    ELSEWHERE: {"zh": "另见别处", "en": "walked elsewhere"},
    CIRCLE: {"zh": "回到来路", "en": "a circle"},
    DEEPER: {"zh": "还有下文", "en": "goes on"},
}


@dataclass(frozen=True)
class ComparisonReport(CitingReport):
    """Two sides against each other: a block for each way in which they meet, at most `count` in each as text."""

    comparison: Comparison
    count: int | None = None

    columns: ClassVar[Sequence[str]] = ("block", "side", "entity", "first", "second", *RELATION_COLUMNS)

    def text(self, terminal: Terminal) -> str:
        found, words, prose = self.comparison, terminal.words, self.prose(terminal)
        totals = len(found.shared), *map(len, found.own)
        lines = [
            terminal.paint(
                terminal.wrapped(joined(" ⇄ ", (self._side(side, prose) for side in found.sides)), 0, 2), "bold"
            ),
            terminal.wrapped(
                words(
                    f"两边都论及的实体：{totals[0]} · 只在前者：{totals[1]} · 只在后者：{totals[2]}",
                    f"entities argued about by both: {totals[0]} · by the first only: {totals[1]} · "
                    f"by the second only: {totals[2]}",
                )
            ),
        ]
        blocks: list[tuple[str, Sequence[Any], Any]] = [
            (words("相互矛盾", "contradictions"), found.contradictions, self._pair),
            (words("论题相左", "theses that disagree"), found.disagreements, self._tie),
            (words("论题相合", "theses that agree"), found.agreements, self._tie),
            (words("论题间的其他联系", "other ties between theses"), found.ties, self._tie),
            (words("同词异义", "same words, different senses"), found.distinctions, self._distinction),
            (words("两边都论及的关系", "shared relations"), found.common, self._pair),
        ]
        for heading, members, shown in blocks:
            if members:
                lines += ["", terminal.paint(f"{heading}  {len(members)}", "cyan")]
                for member in members[: self.count]:
                    lines += shown(member, prose)
                lines += self._more(members, terminal)
        lines += self._bridges(prose)
        for side, presences in zip(found.sides, found.own, strict=True):
            lines += self._own(side, presences, prose)
        return "\n".join(lines)

    def _side(self, side: Side, prose: Prose) -> Link:
        """What a side is called in full."""
        called = name(self.map.entities[side.speaker], prose.terminal.language)
        if side.section is not None:
            titles = self.map.entities[side.speaker].sections[side.section].title
            called = f"{called} §{side.section} {in_language(titles, prose.terminal.receipts) or ''}".rstrip()
        return Link(called, to_section(side.speaker, side.section))

    def _short(self, side: Side, prose: Prose) -> Link:
        """What a side is called within a line: a text or section by its id."""
        full = self._side(side, prose)
        return full if side.source is None else full._replace(text=side.id)

    def _more(self, members: Sequence[object], terminal: Terminal) -> Iterator[str]:
        left = len(members) - len(members[: self.count])
        if left:
            yield terminal.paint(
                terminal.words(f"  另有 {left} 条（-n 0 全列）", f"  {left} more (-n 0 for all)"), "dim"
            )

    def _tie(self, relation: Relation, prose: Prose) -> Iterator[str]:
        # the first side speaks first
        start = relation.subject if relation.subject in self.comparison.theses[0] else relation.object
        yield from prose.relation(relation, start, 2)

    def _pair(self, pair: Counterparts, prose: Prose) -> Iterator[str]:
        sides = zip(self.comparison.sides, (pair.one, pair.other), strict=True)
        if pair.one.triple == pair.other.triple and pair.one.citations == pair.other.citations:
            yield from prose.relation(pair.one, pair.one.subject, 2)
            return
        for side, relation in sides:
            if side.holds(relation):
                says = prose.terminal.words("认为：", "holds that")
            elif side.opposes(relation):
                says = prose.terminal.words("不认为：", "does not hold that")
            else:
                says = prose.terminal.words("转述：", "reports that")
            yield prose.terminal.wrapped([self._short(side, prose), f" {says}"], 2, 4)
            yield from prose.relation(relation, relation.subject, 4)

    def _distinction(self, distinction: Distinction, prose: Prose) -> Iterator[str]:
        terminal = prose.terminal
        if distinction.relation is not None:
            yield from prose.relation(distinction.relation, distinction.one[0], 2)
            return
        words: Line = [f"「{distinction.word}」 ", *self._with_ids(distinction.one, prose), " ≠ "]
        yield terminal.wrapped([*words, *self._with_ids(distinction.other, prose)], 2, 4)

    def _with_ids(self, ids: Iterable[str], prose: Prose) -> list[str | Link]:
        return joined(
            ", ", (Link(f"{name(self.map.entities[id], prose.terminal.language)} ({id})", to_entity(id)) for id in ids)
        )

    def _bridges(self, prose: Prose) -> Iterator[str]:
        terminal = prose.terminal
        shared, sides = self.comparison.shared, self.comparison.sides
        if not shared:
            return
        heading = terminal.words("共有的实体，桥梁在前", "shared entities, the bridges first")
        yield ""
        yield terminal.paint(f"{heading}  {len(shared)}", "cyan")
        rows = [(*map(str, each.relations), *self._named(each, prose)) for each in shared[: self.count]]
        header = (*(cut(side.id, 14) for side in sides), *terminal.words("类型 名称", "kind name").split())
        narrower = replace(terminal, columns=terminal.columns - 2)
        yield from ("  " + line for line in narrower.table(header, rows, frozenset((0, 1))).split("\n"))
        yield from self._more(shared, terminal)

    def _named(self, presence: Presence, prose: Prose) -> tuple[str, str | Link]:
        kind = self.map.kinds[self.map.entities[presence.entity].kind]
        return name(kind, prose.terminal.receipts), prose.name(presence.entity)

    def _own(self, side: Side, presences: Sequence[Presence], prose: Prose) -> Iterator[str]:
        if not presences:
            return
        terminal = prose.terminal
        heading = terminal.words("只有 ", "only "), self._short(side, prose), terminal.words(" 论及", "")
        yield ""
        yield terminal.paint(terminal.linked((*heading, f"  {len(presences)}")), "cyan")
        yield terminal.wrapped(prose.names((each.entity for each in presences[: self.count]), " · "), 2)
        yield from self._more(presences, terminal)

    def _relations(self) -> Iterator[tuple[str, str, Relation]]:
        """The relations by block and side; both sides for what joins the two."""
        found = self.comparison
        for block, pairs in (("contradiction", found.contradictions), ("common", found.common)):
            for pair in pairs:
                yield block, found.sides[0].id, pair.one
                yield block, found.sides[1].id, pair.other
        for block, relations in (
            ("disagreement", found.disagreements),
            ("agreement", found.agreements),
            ("tie", found.ties),
        ):
            for relation in relations:
                yield block, "", relation

    def rows(self) -> Iterator[tuple[object, ...]]:
        found, blank = self.comparison, [None] * len(RELATION_COLUMNS)
        for block, id, relation in self._relations():
            for row in relation_rows(relation):
                yield (block, id, None, None, None, *row)
        for each in found.distinctions:
            if each.relation is None:
                yield ("distinction", "", each.word, " ".join(each.one), " ".join(each.other), *blank)
            else:
                for row in relation_rows(each.relation):
                    yield ("distinction", "", None, " ".join(each.one), " ".join(each.other), *row)
        for presence in found.shared:
            yield ("shared", "", presence.entity, *presence.relations, *blank)
        for side, presences in zip(found.sides, found.own, strict=True):
            for presence in presences:
                yield ("own", side.id, presence.entity, *presence.relations, *blank)

    def data(self) -> Any:
        found = self.comparison
        return {
            "sides": [side.id for side in found.sides],
            "contradictions": [_pair_data(pair) for pair in found.contradictions],
            "disagreements": [relation_data(relation) for relation in found.disagreements],
            "agreements": [relation_data(relation) for relation in found.agreements],
            "ties": [relation_data(relation) for relation in found.ties],
            "distinctions": [
                {
                    "entities": [list(each.one), list(each.other)],
                    "word": each.word,
                    "relation": relation_data(each.relation) if each.relation is not None else None,
                }
                for each in found.distinctions
            ],
            "common": [_pair_data(pair) for pair in found.common],
            "shared": [_presence_data(presence) for presence in found.shared],
            "own": [[_presence_data(presence) for presence in presences] for presences in found.own],
        }


def _pair_data(pair: Counterparts) -> list[dict[str, Any]]:
    return [relation_data(pair.one), relation_data(pair.other)]


def _presence_data(presence: Presence) -> dict[str, Any]:
    return {"entity": presence.entity, "counts": list(presence.relations)}


@dataclass(frozen=True)
class WhoReport(CitingReport):
    """Who takes which attitude to an entity, or to a relation; at most `count` relations of each voice as text."""

    subject: Entity | Relation
    positions: Sequence[Position]
    count: int | None = None

    columns: ClassVar[Sequence[str]] = ("attitude", "voice", *RELATION_COLUMNS)

    def text(self, terminal: Terminal) -> str:
        prose = self.prose(terminal)
        lines = []
        if isinstance(self.subject, Entity):
            kind = name(self.map.kinds[self.subject.kind], terminal.language)
            lines.append(terminal.paint(terminal.wrapped([prose.name(self.subject.id)]), "bold"))
            lines.append(terminal.paint(f"{kind} · {self.subject.id}", "dim"))
        else:
            lines += prose.relation(self.subject, self.subject.subject, 0, receipts=False)
        for attitude, of_attitude in itertools.groupby(self.positions, lambda each: each.attitude):
            members = list(of_attitude)
            words = in_language(ATTITUDE_WORDS[attitude], terminal.receipts) or attitude
            lines += ["", terminal.paint(f"{words}  {len(members)}", "cyan")]
            for voice, of_voice in itertools.groupby(members, lambda each: each.voice):
                lines += self._voice(voice, list(of_voice), prose)
        return "\n".join(lines)

    def _voice(self, voice: str, positions: Sequence[Position], prose: Prose) -> Iterator[str]:
        terminal = prose.terminal
        count = f"  {len(positions)}" if len(positions) > 1 else ""
        yield terminal.wrapped([prose.name(voice), count], 2, 4)
        shown = positions[: self.count]
        for relation, of_relation in itertools.groupby(shown, lambda each: each.relation):
            citations = tuple(each.citation for each in of_relation)
            if relation == self.subject:
                yield from prose.receipts(citations, 4)
                continue
            cited = relation._replace(citations=citations)
            start = self.subject.id if isinstance(self.subject, Entity) else relation.subject
            # a sentence begins with who speaks in it, else with what is asked about
            yield from prose.relation(cited, voice if relation.subject == voice else start, 4)
        left = len(positions) - len(shown)
        if left:
            words = terminal.words(f"另有 {left} 处（-n 0 全列）", f"{left} more (-n 0 for all)")
            yield terminal.paint(f"    {words}", "dim")

    def relations(self) -> Iterator[Relation]:
        yield from {each.relation.triple: each.relation for each in self.positions}.values()

    def rows(self) -> Iterator[tuple[object, ...]]:
        for each in self.positions:
            for row in relation_rows(each.relation._replace(citations=(each.citation,))):
                yield (each.attitude, each.voice, *row)

    def data(self) -> Any:
        subject = self.subject
        return {
            **({"entity": subject.id} if isinstance(subject, Entity) else {"triple": list(subject.triple)}),
            "attitudes": {
                attitude: [
                    {
                        "voice": each.voice,
                        "relation": relation_data(each.relation._replace(citations=(each.citation,))),
                    }
                    for each in self.positions
                    if each.attitude == attitude
                ]
                for attitude in ATTITUDES
            },
        }


@dataclass(frozen=True)
class TraceReport(CitingReport):
    """A tree of relations: a line a step, indented by depth; with `receipts` or texts, its citations under it."""

    trace: Trace
    receipts: bool = False

    columns: ClassVar[Sequence[str]] = ("depth", "start", "end", "goes-on", *RELATION_COLUMNS)

    @property
    def _receipts(self) -> bool:
        return self.receipts or bool(self.texts)

    def text(self, terminal: Terminal) -> str:
        prose = self.prose(terminal)
        found = self.trace
        lines = [terminal.paint(terminal.linked([prose.name(found.root)]), "bold")]
        for branch in found.branches:
            for relation in branch.relations:
                lines += self._step(branch, relation, prose)
                if self._receipts:
                    lines += prose.receipts(relation.citations, 2 * branch.depth + 4)
        depth = max((branch.depth for branch in found.branches), default=0)
        summary = terminal.words(
            f"{depth} 步之内到达 {found.reached} 个实体",
            f"{found.reached} {'entity' if found.reached == 1 else 'entities'} within {depth} step{'s' * (depth != 1)}",
        )
        if found.cut:
            summary += terminal.words("；还有更多（--depth、-n）", "; there is more (--depth, -n)")
        return "\n".join([*lines, terminal.paint(terminal.wrapped(summary), "dim")])

    def _step(self, branch: Branch, relation: Relation, prose: Prose) -> Iterator[str]:
        terminal = prose.terminal
        arrow = prose.arrow(relation, branch.start)
        for language in terminal.languages:
            # the name that the step starts from stands in the line above
            words = [f"{arrow} ", *prose.sentence(relation, language, branch.start, whole=False)]
            if language == terminal.receipts:
                words += [f"  [{mark}]" for mark in self._marks(branch, relation, terminal)]
                if not self._receipts:
                    places = dict.fromkeys(_place(each.source, each.section) for each in relation.citations)
                    words += ["  · ", *joined(", ", places)]
            lines = terminal.wrapped(words, 2 * branch.depth, 2 * branch.depth + 2)
            yield lines if relation.status == HELD else terminal.paint(lines, "yellow")
            arrow = " "

    def _marks(self, branch: Branch, relation: Relation, terminal: Terminal) -> Iterator[str]:
        if relation.status != HELD:
            yield in_language(WORDS[relation.status], terminal.receipts) or relation.status
        if all(citation.inferred for citation in relation.citations):
            yield in_language(WORDS["inferred"], terminal.receipts) or "inferred"
        if branch.goes_on in GOING_ON:
            yield in_language(GOING_ON[branch.goes_on], terminal.receipts) or branch.goes_on

    def relations(self) -> Iterator[Relation]:
        met = {relation.triple: relation for branch in self.trace.branches for relation in branch.relations}
        yield from met.values()

    def rows(self) -> Iterator[tuple[object, ...]]:
        for branch in self.trace.branches:
            for relation in branch.relations:
                for row in relation_rows(relation):
                    yield (branch.depth, branch.start, branch.end, branch.goes_on, *row)

    def data(self) -> Any:
        return {
            "entity": self.trace.root,
            "reached": self.trace.reached,
            "cut": self.trace.cut,
            "branches": [
                {
                    "depth": branch.depth,
                    "start": branch.start,
                    "end": branch.end,
                    "goes-on": branch.goes_on,
                    "relations": [relation_data(relation) for relation in branch.relations],
                }
                for branch in self.trace.branches
            ],
        }


def _place(source: str, section: str | None) -> Link:
    return Link(f"{source} §{section}" if section else source, to_section(source, section))
