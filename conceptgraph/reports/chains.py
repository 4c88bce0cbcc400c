"""Chains with their receipts, and why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from conceptgraph.exporters.json import relation_data
from conceptgraph.model import ArgumentMap, Relation
from conceptgraph.paths import Obstacle, Path, Step
from conceptgraph.reports.links import to_path
from conceptgraph.reports.prose import RELATION_COLUMNS, CitingReport, Prose, relation_rows
from conceptgraph.reports.terminal import Line, Link, Terminal
from conceptgraph.sentences import WORDS, entity_name, in_language


@dataclass(frozen=True)
class PathsReport(CitingReport):
    """Chains between two entities."""

    start: Sequence[str]
    end: Sequence[str]
    paths: Sequence[Path]

    columns: ClassVar[Sequence[str]] = ("path", "step", "start", "end", *RELATION_COLUMNS)

    def text(self, terminal: Terminal) -> str:
        prose = self.prose(terminal)
        return "\n\n".join(self._path(number, path, prose) for number, path in enumerate(self.paths, 1))

    def _path(self, number: int, path: Path, prose: Prose) -> str:
        terminal = prose.terminal
        names = prose.names(path.entities, " → ")
        steps = terminal.words(f"{path.length} 步", f"{path.length} step{'s' * (path.length != 1)}")
        address = to_path(path.entities[0], path.entities[-1])
        lines = [terminal.wrapped([Link(f"{number}.", address), " ", *names, f"  ({steps})"], 0, 3)]
        for step in path.steps:
            for relation in step.relations:
                lines += prose.relation(relation, step.start, 3)
        for words, colour in self.verdict(path, prose):
            lines.append(terminal.paint(terminal.wrapped(words, 3, 6), colour))
        return "\n".join(lines)

    def verdict(self, path: Path, prose: Prose) -> Iterator[tuple[Line, str]]:
        """Whether anybody argues the whole chain, and what it rests on that may not hold; each with its colour."""
        terminal, count = prose.terminal, len(path.voices)
        names = prose.names(path.voices, terminal.words("、", ", "), terminal.receipts)
        if count == 1:
            yield [terminal.words("整条链由一方主张：", "argued by one voice: "), *names], "green"
        else:
            words = terminal.words(
                f"注意：没有一方主张整条链，它由 {count} 方拼接而成：",
                f"nobody argues the whole chain: it is stitched from {count} voices: ",
            )
            yield [words, *names], "yellow"
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

    @property
    def address(self) -> str | None:
        return to_path(self.paths[0].entities[0], self.paths[0].entities[-1]) if self.paths else None

    def chains(self) -> list[tuple[str, ...]]:
        return [path.entities for path in self.paths]

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
