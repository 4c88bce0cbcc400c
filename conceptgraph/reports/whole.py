"""What the map is as a whole: counts, its questions, and how much of the texts it has read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from conceptgraph.coverage import Coverage
from conceptgraph.exporters.json import question_data
from conceptgraph.model import ArgumentMap
from conceptgraph.reports import Report
from conceptgraph.reports.terminal import Terminal, plain
from conceptgraph.sentences import WORDS, Labelled, entity_name, in_language, name


@dataclass(frozen=True)
class StatsReport(Report):
    """Counts."""

    map: ArgumentMap

    columns: ClassVar[Sequence[str]] = ("what", "id", "count")

    def rows(self) -> Iterator[tuple[str, str, int]]:
        map = self.map
        yield "entities", "", len(map.entities)
        yield from self._counts("kind", Counter(entity.kind for entity in map.entities.values()))
        yield "relations", "", len(map.relations)
        families = (map.predicates[relation.predicate].family for relation in map.relations.values())
        yield from self._counts("family", Counter(families))
        yield from self._counts("status", Counter(relation.status for relation in map.relations.values()))
        yield "citations", "", sum(len(relation.citations) for relation in map.relations.values())
        yield from self._counts("source", Counter(citation.source for _, citation in map.citations()))
        yield "predicates", "", len(map.predicates)
        yield "questions", "", len(map.questions)

    def _counts(self, what: str, counter: Counter[str]) -> Iterator[tuple[str, str, int]]:
        for id, count in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])):
            yield what, id, count

    def text(self, terminal: Terminal) -> str:
        words = {
            "entities": terminal.words("实体", "entities"),
            "relations": terminal.words("关系", "relations"),
            "citations": terminal.words("引证", "citations"),
            "predicates": terminal.words("谓词", "predicates"),
            "questions": terminal.words("问题", "questions"),
        }
        lines = []
        for what, id, count in self.rows():
            if not id:
                lines.append(terminal.paint(f"{count:6}  {words[what]}", "bold"))
            else:
                lines.append(f"{count:10}  {self._name(what, id, terminal)}")
        return "\n".join(lines)

    def _name(self, what: str, id: str, terminal: Terminal) -> str:
        if what == "status":
            return in_language(WORDS[id], terminal.receipts) or id
        tables: dict[str, Mapping[str, Labelled]] = {
            "kind": self.map.kinds,
            "family": self.map.families,
            "source": self.map.entities,
        }
        record = tables[what].get(id)
        return name(record, terminal.language) if record is not None else id

    def data(self) -> Any:
        result: dict[str, Any] = {}
        for what, id, count in self.rows():
            if id:
                result.setdefault(f"by {what}", {})[id] = count
            else:
                result[what] = count
        return result


@dataclass(frozen=True)
class QuestionsReport(Report):
    """The named questions."""

    map: ArgumentMap

    columns: ClassVar[Sequence[str]] = ("id", "zh", "en", "query")

    def text(self, terminal: Terminal) -> str:
        lines = []
        for question in self.map.questions.values():
            lines.append(terminal.paint(question.id, "bold"))
            asked = [in_language(question.ask, language) or "" for language in terminal.languages]
            lines += [terminal.wrapped(words, 2) for words in asked]
        return "\n".join(lines)

    def rows(self) -> Iterator[tuple[object, ...]]:
        for question in self.map.questions.values():
            yield question.id, question.ask.get("zh"), question.ask.get("en"), question.query

    def data(self) -> Any:
        return [question_data(question) for question in self.map.questions.values()]


@dataclass(frozen=True)
class CoverageReport(Report):
    """How much of the texts the map has read: a strip a section, and what has not been read."""

    map: ArgumentMap
    coverage: Coverage

    columns: ClassVar[Sequence[str]] = ("source", "section", "line", "opening", "anchors")

    def text(self, terminal: Terminal) -> str:
        lines: list[str] = []
        source = None
        for section in self.coverage.sections:
            if section.source != source:
                source = section.source
                lines += ["", terminal.paint(entity_name(self.map, source, terminal.language), "bold")]
            count = f"{section.covered}/{len(section.sentences)}"
            strip = "".join("█" if each.anchors else "░" for each in section.sentences)
            lines += self._strip(f"  §{section.section:<5}{section.share:4.0%} {count:>6}  ", strip, terminal)
            for each in section.sentences:
                if not each.anchors:
                    where = terminal.words(f"第 {each.line} 行", f"line {each.line}")
                    lines.append(plain(f"         {where}: {each.opening}…"))
        lines += self._weak(terminal)
        return "\n".join(lines).strip("\n")

    def _strip(self, head: str, strip: str, terminal: Terminal) -> Iterator[str]:
        room = terminal.columns - len(head)
        for start in range(0, max(len(strip), 1), room):
            yield (head if start == 0 else " " * len(head)) + strip[start : start + room]

    def _weak(self, terminal: Terminal) -> Iterator[str]:
        for words, found in (
            (terminal.words("只有一处引证的实体", "entities with a single witness"), self.coverage.single_witness),
            (terminal.words("没有锚点的关系", "relations without an anchor"), self.coverage.unanchored),
            (terminal.words("没有支持的论题", "theses that nothing supports"), self.coverage.unsupported),
        ):
            yield ""
            yield terminal.paint(f"{words}: {len(found)}", "bold")
            if found:
                listed = ", ".join(" ".join(each) if isinstance(each, tuple) else each for each in found)
                yield terminal.wrapped(listed, 2)

    def rows(self) -> Iterator[tuple[object, ...]]:
        for section in self.coverage.sections:
            for each in section.sentences:
                yield section.source, section.section, each.line, each.opening, each.anchors

    def data(self) -> Any:
        return {
            "sections": [
                {
                    "source": section.source,
                    "section": section.section,
                    "sentences": len(section.sentences),
                    "covered": section.covered,
                    "uncovered": [
                        {"line": each.line, "opening": each.opening} for each in section.sentences if not each.anchors
                    ],
                }
                for section in self.coverage.sections
            ],
            "single-witness": list(self.coverage.single_witness),
            "unanchored": [list(triple) for triple in self.coverage.unanchored],
            "unsupported": list(self.coverage.unsupported),
        }
