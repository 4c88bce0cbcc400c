"""What the map is as a whole: counts, its questions, and how much of the texts it has read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from conceptgraph.coverage import Coverage, SectionCoverage
from conceptgraph.exporters.json import question_data
from conceptgraph.model import ArgumentMap, Question, Relation
from conceptgraph.reports import Report
from conceptgraph.reports.links import to_entity, to_relation, to_section
from conceptgraph.reports.prose import Prose
from conceptgraph.reports.terminal import Link, Terminal, joined, plain, width
from conceptgraph.sentences import WORDS, Labelled, in_language, name


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
        result: dict[str, Any] = {f"by-{what}": {} for what in ("kind", "family", "status", "source")}
        for what, id, count in self.rows():
            if id:
                result[f"by-{what}"][id] = count
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
class AskedReport(Report):
    """A named question, the query that it stands for, and what that answers; None where it finds nothing."""

    map: ArgumentMap
    question: Question
    answer: Report | None

    columns: ClassVar[Sequence[str]] = ()

    def text(self, terminal: Terminal) -> str:
        question = self.question
        asked = [in_language(question.ask, language) or question.id for language in terminal.languages]
        lines = [terminal.paint(terminal.wrapped(words), "bold") for words in asked]
        lines.append(terminal.paint(plain(f"conceptgraph {question.query}"), "dim"))
        return "\n".join(lines) + (f"\n\n{self.answer.text(terminal)}" if self.answer else "")

    @property
    def address(self) -> str | None:
        return self.answer.address if self.answer else None

    def relations(self) -> Iterable[Relation] | None:
        return self.answer.relations() if self.answer else ()

    def rows(self) -> Iterable[Sequence[object]]:
        return self.answer.rows() if self.answer else ()

    def data(self) -> Any:
        return {"question": question_data(self.question), "answer": self.answer.data() if self.answer else None}

    def written(self, output: str, terminal: Terminal) -> str:
        # a table for programs is that of the answer, with its columns
        rows = output in ("tsv", "markdown")
        return self.answer.written(output, terminal) if rows and self.answer else super().written(output, terminal)


@dataclass(frozen=True)
class CoverageReport(Report):
    """How much of the texts the map has read: a strip a section, and what has not been read."""

    map: ArgumentMap
    coverage: Coverage

    columns: ClassVar[Sequence[str]] = ("source", "section", "line", "opening", "anchors")

    def text(self, terminal: Terminal) -> str:
        lines: list[str] = []
        source, prose = None, Prose(self.map, terminal)
        for section in self.coverage.sections:
            if section.source != source:
                source = section.source
                lines += ["", terminal.paint(terminal.linked([prose.name(source)]), "bold")]
            lines += self._strip(section, terminal)
            for each in section.sentences:
                if not each.anchors:
                    where = terminal.words(f"第 {each.line} 行", f"line {each.line}")
                    lines.append(plain(f"         {where}: {each.opening}…"))
        lines += self._weak(terminal)
        return "\n".join(lines).strip("\n")

    def _strip(self, section: SectionCoverage, terminal: Terminal) -> Iterator[str]:
        number = Link(f"§{section.section}", to_section(section.source, section.section))
        count = f"{section.covered}/{len(section.sentences)}"
        gap = " " * (6 - len(number.text))
        head = terminal.linked(["  ", number, f"{gap}{section.share:4.0%} {count:>6}  "])
        strip = "".join("█" if each.anchors else "░" for each in section.sentences)
        room = terminal.columns - width(head)
        for start in range(0, max(len(strip), 1), room):
            yield (head if start == 0 else " " * width(head)) + strip[start : start + room]

    def _weak(self, terminal: Terminal) -> Iterator[str]:
        found = self.coverage
        relations = [Link(" ".join(triple), to_relation(triple)) for triple in found.unanchored]
        for words, links in (
            (terminal.words("只有一处引证的实体", "entities with a single witness"), _by_id(found.single_witness)),
            (terminal.words("没有锚点的关系", "relations without an anchor"), relations),
            (terminal.words("没有支持的论题", "theses that nothing supports"), _by_id(found.unsupported)),
        ):
            yield ""
            yield terminal.paint(f"{words}: {len(links)}", "bold")
            if links:
                yield terminal.wrapped(joined(", ", links), 2)

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


def _by_id(entities: Iterable[str]) -> list[Link]:
    return [Link(id, to_entity(id)) for id in entities]
