"""What the library answers: results that know their map, read as text, and show themselves in a notebook."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path as FilePath
from typing import Any, ClassVar, Final, TypeVar, overload

from conceptgraph import files, model, notebook
from conceptgraph.centrality import Ranking as RankingRecord
from conceptgraph.centrality import Service as ServiceRecord
from conceptgraph.centrality import Variant
from conceptgraph.communities import Partition as PartitionRecord
from conceptgraph.compare import Comparison as ComparisonRecord
from conceptgraph.coverage import Coverage as CoverageRecord
from conceptgraph.diff import Difference as DifferenceRecord
from conceptgraph.loader import Loaded
from conceptgraph.model import Entity, Question, Relation
from conceptgraph.neighbors import Neighbor
from conceptgraph.passages import SourceText
from conceptgraph.paths import Obstacle
from conceptgraph.paths import Path as PathRecord
from conceptgraph.reports import Report, diagnostics
from conceptgraph.reports.answers import EntityReport, NeighborsReport, RelationReport, SearchReport
from conceptgraph.reports.chains import PathsReport, obstacle_text
from conceptgraph.reports.comparisons import ComparisonReport, TraceReport, WhoReport
from conceptgraph.reports.differences import DifferenceReport
from conceptgraph.reports.prose import CitingReport
from conceptgraph.reports.rankings import CommunitiesReport, RankingReport, RobustnessReport, ServiceReport
from conceptgraph.reports.terminal import Terminal
from conceptgraph.reports.vocabulary import VocabularyReport
from conceptgraph.reports.whole import CoverageReport, QuestionsReport, StatsReport
from conceptgraph.terms import Match
from conceptgraph.trace import Trace as TraceRecord
from conceptgraph.who import Position

T_co = TypeVar("T_co", covariant=True)
A = TypeVar("A", bound="Answer")

LANGUAGES: Final = ("zh", "en", "both")
COLUMNS: Final = 80
"""How wide text is, unless told otherwise."""


@dataclass(frozen=True, repr=False)
class ArgumentMap(model.ArgumentMap):
    """A map as the library gives it: in a notebook it shows itself, and what is asked of it is answered in `language`.

    `texts` are those of its sources that are at hand, for the passages behind the anchors.
    """

    language: str = field(default="en", compare=False, kw_only=True)
    texts: Mapping[str, SourceText] = field(default_factory=dict, compare=False, kw_only=True)

    @classmethod
    def of(cls, map: model.ArgumentMap) -> ArgumentMap:
        """A map as the library gives it, of one from elsewhere."""
        return map if isinstance(map, cls) else cls(**{each.name: getattr(map, each.name) for each in fields(map)})

    def _repr_html_(self) -> str:
        return notebook.map_html(self, self.language)


@dataclass(frozen=True, repr=False)
class Answer(ABC):
    """A result and its map; results that say the same are equal, whatever their maps.

    `str()` gives the text of the command line's answer in the language of the map; long lists are cut to `shown`.
    """

    map: ArgumentMap = field(kw_only=True, compare=False)
    shown: ClassVar[int | None] = None

    @classmethod
    def of(cls: type[A], found: Any, map: ArgumentMap) -> A:
        """A result of the modules below, and its map."""
        return cls(**{each.name: getattr(found, each.name) for each in fields(found)}, map=map)

    @property
    @abstractmethod
    def report(self) -> Report:
        """The whole result as the command line prints it."""

    @property
    def brief(self) -> Report:
        """The result with long lists cut to `shown`."""
        return self.report if self.shown is None else replace(self.report, count=self.shown)  # type: ignore[type-var]

    def text(self, language: str | None = None, columns: int = COLUMNS) -> str:
        """The answer as plain text: in `zh`, `en` or `both`, in lines of at most some columns."""
        terminal = Terminal(columns, language or self.map.language)
        return self.brief.text(terminal) or terminal.words("（无）", "(nothing)")

    def written(self, output: str, language: str | None = None) -> str:
        """The answer in one of the forms of `-O`: table, json, tsv, markdown, mermaid.

        Raises:
            ValueError: it has no such form.
        """
        return self.report.written(output, Terminal(COLUMNS, language or self.map.language))

    def data(self) -> Any:
        """The answer as plain lists and dictionaries: what `-O json` prints."""
        return self.report.data()

    def rows(self) -> list[dict[str, object]]:
        """The answer as rows by the names of their columns, as a data frame takes them: what `-O tsv` prints."""
        return [dict(zip(self.report.columns, row, strict=True)) for row in self.report.rows()]

    def html(self, language: str | None = None) -> str:
        """The answer as HTML, as a notebook shows it."""
        return notebook.transcript(self.brief, language or self.map.language)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


@dataclass(frozen=True, repr=False)
class Listing(Answer, Sequence[T_co]):
    """An answer that is a sequence of `members`."""

    members: tuple[T_co, ...]

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        return self.members[index]

    def __len__(self) -> int:
        return len(self.members)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self.members)


def _report(kind: type[Report], map: ArgumentMap, **parts: Any) -> Report:
    """A report, with the texts that are at hand if it cites."""
    if issubclass(kind, CitingReport):
        parts["texts"] = map.texts
    return kind(map=map, **parts)  # type: ignore[call-arg]


@dataclass(frozen=True, repr=False)
class EntityAnswer(Answer):
    """Everything about one entity."""

    entity: Entity
    neighbors: tuple[Neighbor, ...]

    @property
    def report(self) -> Report:
        return _report(EntityReport, self.map, entity=self.entity, neighbors=self.neighbors)

    def html(self, language: str | None = None) -> str:
        return notebook.entity_html(
            self.map, self.entity, self.neighbors, language or self.map.language, self.map.texts
        )


@dataclass(frozen=True, repr=False)
class RelationAnswer(Answer):
    """Everything about one relation, and the relations that oppose it."""

    relation: Relation
    opposed: tuple[Relation, ...]

    @property
    def report(self) -> Report:
        return _report(RelationReport, self.map, relation=self.relation, opposed=self.opposed)

    def html(self, language: str | None = None) -> str:
        sentences = [(each, each.subject) for each in (self.relation, *self.opposed)]
        return notebook.relations_html(self.map, sentences, language or self.map.language, self.map.texts)


@dataclass(frozen=True, repr=False)
class Matches(Listing[Match]):
    """The entities that a search found, the best first."""

    @property
    def report(self) -> Report:
        return _report(SearchReport, self.map, matches=self.members)

    def html(self, language: str | None = None) -> str:
        return notebook.matches_html(self.map, self.members, language or self.map.language)


@dataclass(frozen=True, repr=False)
class Neighbors(Listing[Neighbor]):
    """The relations around an entity, the nearest first."""

    entity: Entity

    @property
    def report(self) -> Report:
        return _report(NeighborsReport, self.map, entity=self.entity, neighbors=self.members)

    def html(self, language: str | None = None) -> str:
        return notebook.neighbors_html(self.map, self.members, language or self.map.language, self.map.texts)


@dataclass(frozen=True, repr=False)
class Path(Answer, PathRecord):
    """A chain of steps, with who holds them."""

    @property
    def report(self) -> Report:
        ends = self.entities[0], self.entities[-1]
        return _report(PathsReport, self.map, start=ends[:1], end=ends[1:], paths=(self,))

    def text(self, language: str | None = None, columns: int = COLUMNS) -> str:
        # one chain needs no number, and none of its lines the room that a number takes
        lines = super().text(language, columns + 3).split("\n")
        return "\n".join(line[3:] for line in lines)

    def html(self, language: str | None = None) -> str:
        return notebook.path_html(self.map, self, language or self.map.language, self.map.texts)


@dataclass(frozen=True, repr=False)
class Paths(Listing[Path]):
    """The shortest chains between entities; where there is none, `obstacle` says why."""

    start: tuple[str, ...]
    end: tuple[str, ...]
    obstacle: Obstacle | None = None

    @property
    def report(self) -> Report:
        return _report(PathsReport, self.map, start=self.start, end=self.end, paths=self.members)

    def text(self, language: str | None = None, columns: int = COLUMNS) -> str:
        if self.obstacle is None:
            return super().text(language, columns)
        terminal = Terminal(columns, language or self.map.language)
        return obstacle_text(self.map, self.obstacle, [terminal.words("这些限制", "these limits")], terminal)

    def html(self, language: str | None = None) -> str:
        if self.obstacle is not None:
            return notebook.said(self.text(language))
        return notebook.stacked(each.html(language) for each in self.members)


@dataclass(frozen=True, repr=False)
class Ranking(Answer, RankingRecord):
    """Entities by a measure, the most central first."""

    shown: ClassVar[int | None] = 20

    @property
    def report(self) -> RankingReport:
        return RankingReport(map=self.map, ranking=self, count=None)

    def html(self, language: str | None = None) -> str:
        return notebook.ranking_html(self.report, self.shown, language or self.map.language)


@dataclass(frozen=True, repr=False)
class Robustness(Answer):
    """A ranking, and what becomes of it without each text and without the contested relations."""

    ranking: RankingRecord
    variants: tuple[Variant, ...]
    shown: ClassVar[int | None] = 20

    @property
    def report(self) -> Report:
        return RobustnessReport(map=self.map, ranking=self.ranking, count=None, variants=self.variants)


@dataclass(frozen=True, repr=False)
class Service(Answer, ServiceRecord):
    """The pairs that an entity serves, those that need it most first."""

    @property
    def report(self) -> Report:
        return _report(ServiceReport, self.map, service=self)


@dataclass(frozen=True, repr=False)
class Partition(Answer, PartitionRecord):
    """The communities of a map, the largest first."""

    shown: ClassVar[int | None] = 10

    @property
    def report(self) -> Report:
        return _report(CommunitiesReport, self.map, partition=self, count=None)


@dataclass(frozen=True, repr=False)
class Comparison(Answer, ComparisonRecord):
    """Two texts, sections or voices side by side."""

    shown: ClassVar[int | None] = 10

    @property
    def report(self) -> Report:
        return _report(ComparisonReport, self.map, comparison=self)


@dataclass(frozen=True, repr=False)
class Difference(Answer, DifferenceRecord):
    """What differs between a map as it was, `old`, and as it is; false where nothing does."""

    old: model.ArgumentMap = field(kw_only=True, compare=False)
    shown: ClassVar[int | None] = 10

    @property
    def report(self) -> Report:
        return _report(DifferenceReport, self.map, old=self.old, difference=self)


@dataclass(frozen=True, repr=False)
class Positions(Listing[Position]):
    """Who takes which attitude to an entity, or to a relation."""

    subject: Entity | Relation
    shown: ClassVar[int | None] = 5

    @property
    def report(self) -> Report:
        return _report(WhoReport, self.map, subject=self.subject, positions=self.members)


@dataclass(frozen=True, repr=False)
class Trace(Answer, TraceRecord):
    """What follows from an entity, or leads to it, over one family of relations."""

    @property
    def report(self) -> Report:
        return _report(TraceReport, self.map, trace=self)


@dataclass(frozen=True, repr=False)
class Coverage(Answer, CoverageRecord):
    """What the map has read of its texts, and what in it stands on little."""

    @property
    def report(self) -> Report:
        return _report(CoverageReport, self.map, coverage=self)


@dataclass(frozen=True, repr=False)
class Questions(Listing[Question]):
    """Named questions."""

    @property
    def report(self) -> Report:
        questions = {question.id: question for question in self.members}
        return _report(QuestionsReport, replace(self.map, questions=questions))


@dataclass(frozen=True, repr=False)
class Stats(Answer):
    """Counts of what is in a map, as `-O json` prints them."""

    counts: Mapping[str, Any]

    @property
    def report(self) -> Report:
        return _report(StatsReport, self.map)


@dataclass(frozen=True, repr=False)
class Vocabulary(Answer):
    """The kinds and predicates of a map, with how often each is used, as `-O json` prints them."""

    words: Mapping[str, Any]

    @property
    def report(self) -> Report:
        return _report(VocabularyReport, self.map)


@dataclass(frozen=True, repr=False)
class Checked(Loaded):
    """A map as far as it could be built, and what is wrong with it; `str()` shows the findings in their place."""

    map: ArgumentMap

    def require(self) -> ArgumentMap:
        super().require()
        return self.map

    def __str__(self) -> str:
        found = diagnostics.written(self.diagnostics, self, "full", Terminal(COLUMNS, "en"))
        return "\n\n".join(filter(None, (found, diagnostics.counted(self.diagnostics) or "nothing to report")))

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return notebook.said(str(self))


@dataclass(frozen=True, repr=False)
class Page:
    """The interactive page of a map: a notebook shows it in a frame, `save` writes it to a file.

    `content` is the whole page, `height` that of the frame in pixels.
    """

    content: str
    height: int = 640

    def save(self, file: str | FilePath) -> FilePath:
        """Write the page to a file, whole or not at all, and say where it is."""
        files.replace(FilePath(file), self.content)
        return FilePath(file)

    def __str__(self) -> str:
        return self.content

    def __repr__(self) -> str:
        return f"Page({len(self.content)} characters)"

    def _repr_html_(self) -> str:
        return notebook.page_html(self.content, self.height)
