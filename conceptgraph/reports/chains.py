"""Chains with their receipts, and why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from conceptgraph.exporters.json import relation_data
from conceptgraph.model import ArgumentMap, Relation
from conceptgraph.passages import SourceText
from conceptgraph.paths import Obstacle, Path, Step
from conceptgraph.reports import Report
from conceptgraph.reports.answers import RELATION_COLUMNS, Prose, relation_rows
from conceptgraph.reports.terminal import Terminal
from conceptgraph.sentences import WORDS, entity_name, in_language


@dataclass(frozen=True)
class PathsReport(Report):
    """Chains between two entities."""

    map: ArgumentMap
    start: Sequence[str]
    end: Sequence[str]
    paths: Sequence[Path]
    texts: Mapping[str, SourceText] = field(default_factory=dict)

    columns: ClassVar[Sequence[str]] = ("path", "step", "from", "to", *RELATION_COLUMNS)

    def text(self, terminal: Terminal) -> str:
        return "\n\n".join(self._path(number, path, terminal) for number, path in enumerate(self.paths, 1))

    def _path(self, number: int, path: Path, terminal: Terminal) -> str:
        prose = Prose(self.map, terminal, self.texts)
        names = " → ".join(entity_name(self.map, id, terminal.language) for id in path.entities)
        steps = terminal.words(f"{path.length} 步", f"{path.length} step{'s' * (path.length != 1)}")
        lines = [terminal.wrapped(f"{number}. {names}  ({steps})", 0, 3)]
        for step in path.steps:
            for relation in step.relations:
                lines += prose.relation(relation, step.start, 3)
        for words, colour in self._verdict(path, terminal):
            lines.append(terminal.paint(terminal.wrapped(words, 3, 6), colour))
        return "\n".join(lines)

    def _verdict(self, path: Path, terminal: Terminal) -> Iterator[tuple[str, str]]:
        """Whether anybody argues the whole chain, and what it rests on that may not hold; each with its colour."""
        names = [entity_name(self.map, id, terminal.receipts) for id in path.voices]
        if len(names) == 1:
            yield terminal.words(f"整条链由一方主张：{names[0]}", f"argued by one voice: {names[0]}"), "green"
        else:
            listed = terminal.words("、", ", ").join(names)
            words = terminal.words(
                f"注意：没有一方主张整条链，它由 {len(names)} 方拼接而成：{listed}",
                f"nobody argues the whole chain: it is stitched from {len(names)} voices: {listed}",
            )
            yield words, "yellow"
        for doubtful, zh, en in (
            ("inferred", "第 {} 步出自编者推断", "rests on the curator's inference at step {}"),
            ("contested", "第 {} 步有争议", "crosses a contested relation at step {}"),
        ):
            steps = [str(number) for number, step in enumerate(path.steps, 1) if getattr(step, doubtful)]
            if steps:
                listed = ", ".join(steps)
                yield terminal.words("注意：" + zh.format(listed), en.format(listed)), "yellow"
        if path.weakest is not None and path.length > 1:
            weakest = path.steps[path.weakest]
            how = "contested" if weakest.contested else "inferred" if weakest.inferred else weakest.modality or ""
            word = in_language(WORDS[how], terminal.receipts)
            number = path.weakest + 1
            yield terminal.words(f"最弱的一步：第 {number} 步（{word}）", f"weakest step: {number} ({word})"), "yellow"

    def relations(self) -> list[Relation]:
        drawn = {each.triple: each for path in self.paths for step in path.steps for each in step.relations}
        return list(drawn.values())

    def rows(self) -> Iterator[tuple[object, ...]]:
        for number, path in enumerate(self.paths, 1):
            for position, step in enumerate(path.steps, 1):
                for relation in step.relations:
                    for row in relation_rows(relation):
                        yield (number, position, step.start, step.end, *row)

    def data(self) -> Any:
        return {
            "start": list(self.start),
            "end": list(self.end),
            "paths": [
                {
                    "entities": list(path.entities),
                    "length": path.length,
                    "voices": list(path.voices),
                    "contested": any(step.contested for step in path.steps),
                    "inferred": any(step.inferred for step in path.steps),
                    "weakest": path.weakest,
                    "steps": [_step_data(step) for step in path.steps],
                }
                for path in self.paths
            ],
        }


def _step_data(step: Step) -> dict[str, Any]:
    return {"start": step.start, "end": step.end, "relations": [relation_data(each) for each in step.relations]}


def obstacle_text(map: ArgumentMap, found: Obstacle, limits: Sequence[str], terminal: Terminal) -> str:
    """Why there is no chain: nothing connects the two, or the limits cut the chain that there would be."""
    if found.path is None:
        return terminal.words("没有任何链条连接二者", "nothing in the map connects the two")
    names = " → ".join(entity_name(map, id, terminal.receipts) for id in found.path.entities)
    reached = entity_name(map, found.reached, terminal.receipts)
    cut = ", ".join(str(index + 1) for index in found.cut)
    listed = " ".join(limits)
    lines = [terminal.words(f"若无 {listed}，可以走：{names}", f"without {listed} there is: {names}")]
    if found.cut:
        lines.append(
            terminal.words(
                f"最远走到 {reached}；被限制切断的是第 {cut} 步",
                f"within the limits it reaches {reached}; they cut step {cut}",
            )
        )
    return "\n".join(terminal.wrapped(line, 0, 2) for line in lines)
