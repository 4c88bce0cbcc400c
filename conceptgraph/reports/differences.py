"""What differs between two maps, as a scholar tells it: on a terminal, for a pull request, for programs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, NamedTuple, TypeVar

from conceptgraph.diff import Changed, Difference, Field, Move, Reargued, Record, Records, Shortcut, Support, Word
from conceptgraph.exporters.json import citation_data, entity_data, question_data, relation_data
from conceptgraph.model import CONTESTED, DENIED, HELD, ArgumentMap, Citation, Entity, Family, Kind, Question, Relation
from conceptgraph.reports.prose import RELATION_COLUMNS, CitingReport, Prose, relation_rows
from conceptgraph.reports.terminal import Line, Link, Terminal, plain, width
from conceptgraph.sentences import WORDS, in_language, name

T = TypeVar("T")

CAME, WENT, IS, NOW, TURNED, ROSE, FELL = "+", "−", "~", "→", "!", "↑", "↓"
_COLOURS: Final = {
    CAME: "green",
    WENT: "red",
    IS: "yellow",
    NOW: "yellow",
    TURNED: "yellow",
    ROSE: "green",
    FELL: "red",
}
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>#|~&$]")
# GitHub takes these for names, numbers, addresses and pictures also where they are escaped; a comment parts them
_SPOKEN_TO: Final = re.compile(r"(?:[@#:]|(?i:www)\.)(?=[\w/])")
_INLINE: Final = 24

FIELD_WORDS: Final = {
    "label": {"zh": "名称", "en": "label"},
    "inverse": {"zh": "反向名称", "en": "inverse label"},
    "aliases": {"zh": "别名", "en": "alias"},
    "definition": {"zh": "定义", "en": "definition"},
    "note": {"zh": "附注", "en": "note"},
    "kind": {"zh": "类型", "en": "kind"},
    "sections": {"zh": "章节", "en": "sections"},
    "title": {"zh": "标题", "en": "title"},
    "opens": {"zh": "开头", "en": "opens"},
    "file": {"zh": "文件", "en": "file"},
    "reference": {"zh": "书目", "en": "reference"},
    "ask": {"zh": "问法", "en": "asked as"},
    "query": {"zh": "查询", "en": "query"},
    "expect": {"zh": "应有", "en": "expects"},
    "family": {"zh": "关系族", "en": "family"},
    "sign": {"zh": "正负", "en": "sign"},
    "symmetric": {"zh": "对称", "en": "symmetric"},
    "opposite": {"zh": "反义", "en": "opposite"},
    "order": {"zh": "次序", "en": "order"},
    "when": {"zh": "时间", "en": "when"},
}
"""The words for the fields of records; of others, the field's own name."""


class Item(NamedTuple):
    """One thing that differs: a mark, what it is, in each language that is shown, and what stands below it.

    What is `asserted` stands out; each line below it has a mark of its own.
    """

    mark: str
    words: Sequence[Line]
    below: Sequence[tuple[str, Line]] = ()
    asserted: bool = True


class Block(NamedTuple):
    """Things that differ in one way, how many there are, and words on all of them."""

    heading: str
    size: int
    items: Iterator[Item]
    remark: str = ""


class _Past(Prose):
    """Writes what was, without links: the page shows what is."""

    def name(self, id: str, language: str | None = None) -> str:
        return _text([super().name(id, language)])

    def sentence(self, relation: Relation, language: str, start: str, whole: bool = True) -> list[str | Link]:
        return [_text(super().sentence(relation, language, start, whole))]

    def citation(self, citation: Citation) -> Line:
        return _text(super().citation(citation))


@dataclass(frozen=True)
class DifferenceReport(CitingReport):
    """What differs between two maps; `map` is the new one.

    Args:
        map: the map as it is.
        old: the map as it was.
        difference: what differs.
        count: how many things of a sort are shown as text; more than these are folded away in Markdown. None for all.
        sides: what the two maps are called.
        errors: how many errors either has: what stands in them is not known.
    """

    old: ArgumentMap
    difference: Difference
    count: int | None = None
    sides: tuple[str, str] = ("old", "new")
    errors: tuple[int, int] = (0, 0)

    columns: ClassVar[Sequence[str]] = ("what", "id", "field", "old", "new", *RELATION_COLUMNS)

    def text(self, terminal: Terminal) -> str:
        lines = [terminal.paint(terminal.wrapped(self._title, 0, 2), "bold")]
        lines += [terminal.paint(terminal.wrapped(each, 0, 2), "yellow") for each in self._warnings(terminal)]
        lines.append(terminal.wrapped(self._summary(terminal), 0, 2))
        for block in self._blocks(terminal):
            lines += ["", terminal.paint(f"{block.heading}  {block.size}", "cyan")]
            if block.remark:
                lines.append(terminal.paint(terminal.wrapped(block.remark, 2), "dim"))
            for item in itertools.islice(block.items, self.count):
                lines += _shown(item, terminal)
            left = block.size - (self.count or block.size)
            if left > 0:
                more = terminal.words(f"另有 {left} 条（-n 0 全列）", f"{left} more (-n 0 for all)")
                lines.append(terminal.paint(f"  {more}", "dim"))
        return "\n".join(lines)

    def written(self, output: str, terminal: Terminal) -> str:
        return self._markdown(terminal) if output == "markdown" else super().written(output, terminal)

    def _markdown(self, terminal: Terminal) -> str:
        """The difference as GitHub shows it in a pull request; no name or text in it is markup."""
        parts = [f"**{_escaped(self._title)}**", *map(_escaped, self._warnings(terminal))]
        parts.append(_escaped(self._summary(terminal)))
        for block in self._blocks(terminal):
            heading = f"{_escaped(block.heading)} ({block.size})"
            listed = "\n".join(_listed(item) for item in block.items)
            remark = f"{_escaped(block.remark)}\n\n" if block.remark else ""
            if self.count is not None and block.size > self.count:
                parts.append(f"<details>\n<summary>{heading}</summary>\n\n{remark}{listed}\n\n</details>")
            else:
                parts.append(f"#### {heading}\n\n{remark}{listed}")
        return "\n\n".join(parts)

    @property
    def _title(self) -> str:
        return f"{self.sides[0]} → {self.sides[1]}"

    def _warnings(self, terminal: Terminal) -> Iterator[str]:
        for side, count in zip(self.sides, self.errors, strict=True):
            if count:
                yield terminal.words(
                    f"{side} 有 {count} 个错误：出错之处不在比较之内",
                    f"{side} has {count} error{'s' * (count != 1)}: what stands in them is missing here",
                )

    def _summary(self, terminal: Terminal) -> str:
        """How much differs, in one line."""
        found, words = self.difference, terminal.words
        if not found:
            return words("没有差别", "no difference")
        cited = found.relations.reargued
        counts = [
            (words("实体", "entities"), *_counts(found.entities)),
            (
                words("关系", "relations"),
                len(found.relations.added),
                len(found.relations.removed),
                len(found.relations.restated),
            ),
            (
                words("引证", "citations"),
                sum(len(each.gained) for each in cited),
                sum(len(each.lost) for each in cited),
                sum(len(each.changed) for each in cited),
            ),
            (words("词汇", "vocabulary"), *_counts(found.vocabulary)),
            (words("问题", "questions"), *_counts(found.questions)),
        ]
        parts = []
        for what, *figures in counts:
            told = [f"{mark}{count}" for mark, count in zip((CAME, WENT, IS), figures, strict=True) if count]
            if told:
                parts.append(f"{what} {' '.join(told)}")
        for status in (CONTESTED, DENIED, HELD):
            count = len(self._turned(status))
            if count:
                word = in_language(WORDS[status], terminal.receipts)
                parts.append(words(f"{count} 条变为{word}", f"{count} became {word}"))
        return " · ".join(parts)

    def _turned(self, status: str) -> list[Reargued]:
        return [each for each in self.difference.relations.reargued if each.turned and each.new.status == status]

    # blocks

    def _blocks(self, terminal: Terminal) -> Iterator[Block]:
        found, words = self.difference, terminal.words
        now, was = self.prose(terminal), _Past(self.old, terminal, self.texts)
        for status in (CONTESTED, DENIED, HELD):
            word = in_language(WORDS[status], terminal.receipts)
            yield from _block(
                words(f"变为{word}", f"became {word}"), self._turned(status), lambda each: self._status(each, now)
            )
        relations, entities = found.relations, found.entities
        recited = [each for each in relations.reargued if each.recited]
        yield from _block(
            words("新增实体", "entities added"), entities.added, lambda each: self._entity(CAME, each, now)
        )
        yield from _block(
            words("删去实体", "entities removed"), entities.removed, lambda each: self._entity(WENT, each, was)
        )
        yield from _block(words("改了标识", "entities renamed"), entities.renamed, lambda each: _changed(each, now))
        yield from _block(words("改动实体", "entities changed"), entities.changed, lambda each: _changed(each, now))
        yield from _block(
            words("新增关系", "relations added"), relations.added, lambda each: _relation(CAME, each, now)
        )
        yield from _block(
            words("删去关系", "relations removed"), relations.removed, lambda each: _relation(WENT, each, was)
        )
        yield from _block(
            words("改了说法的关系", "relations restated"), relations.restated, lambda each: _restated(each, now, was)
        )
        yield from _block(
            words("引证的增减", "relations cited otherwise"), recited, lambda each: _recited(each, now, was)
        )
        yield from _block(
            words("论题的理由", "theses that won or lost support"),
            found.support,
            lambda each: self._support(each, now, was),
        )
        yield from self._chains(terminal, now)
        yield from self._ranks(terminal, now)
        yield from _records_block(words("词汇", "vocabulary"), found.vocabulary, now)
        yield from _records_block(words("问题", "questions"), found.questions, now)

    def _status(self, each: Reargued, prose: Prose) -> Item:
        item = _relation(TURNED, each.new, prose, receipts=False)
        language = prose.terminal.receipts
        before = in_language(WORDS[each.old.status], language)
        below: list[tuple[str, Line]] = [("", prose.terminal.words(f"原为：{before}", f"was {before}"))]
        known = {relation.triple for relation in self.old.relations.values() if relation.status != DENIED}
        against = (other for other in self.map.opposed(each.new) if other.triple not in known)
        below += [(CAME, prose.sentence(other, language, other.subject)) for other in against]
        below += [(CAME, prose.citation(citation)) for citation in each.gained]
        below += [(WENT, prose.citation(citation)) for citation in each.lost]
        return item._replace(below=below)

    def _entity(self, mark: str, entity: Entity, prose: Prose) -> Item:
        kind = name(prose.map.kinds[entity.kind], prose.terminal.receipts)
        words: Line = [prose.name(entity.id), f"  {kind} · {entity.id}"]
        definition = in_language(entity.definition, prose.terminal.receipts)
        return Item(mark, [words], [("", definition)] if definition and mark == CAME else [], asserted=False)

    def _support(self, each: Support, now: Prose, was: Prose) -> Item:
        counts = now.terminal.words(
            f"  理由 {each.counts[0]} → {each.counts[1]}", f"  reasons for it: {each.counts[0]} → {each.counts[1]}"
        )
        language = now.terminal.receipts
        below = [(CAME, now.sentence(relation, language, relation.subject)) for relation in each.gained]
        below += [(WENT, was.sentence(relation, language, relation.subject)) for relation in each.lost]
        more = each.counts[1] - each.counts[0]
        return Item(CAME if more > 0 else WENT if more else IS, [[now.name(each.thesis), counts]], below)

    def _chains(self, terminal: Terminal, prose: Prose) -> Iterator[Block]:
        found = self.difference.shortcuts
        if not found.found:
            return
        remark = terminal.words(
            f"看过的是 {found.pairs} 对实体：最居中的 {found.central} 个，与新关系的另外 {found.ends} 个端点",
            f"looked at: the {found.pairs} pairs of the {found.central} most central entities, and of {found.ends} "
            "other ends of new relations",
        )

        def item(each: Shortcut) -> Item:
            ends = prose.names((each.entities[0], each.entities[-1]), " — ")
            before = terminal.words("不通", "no path") if each.old is None else str(each.old)
            steps = terminal.words(f"  {before} → {each.length} 步", f"  {before} → {each.length} steps")
            between = prose.names(each.entities[1:-1], " → ")
            below: list[tuple[str, Line]] = [("", [terminal.words("经 ", "by way of "), *between])] if between else []
            return Item(CAME, [[*ends, steps]], below, asserted=False)

        yield from _block(terminal.words("变短的路径", "paths that got shorter"), found.found, item, remark)

    def _ranks(self, terminal: Terminal, prose: Prose) -> Iterator[Block]:
        found = self.difference.moves
        meaning = f"{found.measure.id}: {in_language(found.measure.meaning, terminal.receipts)}"
        if found.starts is not None:
            meaning += terminal.words(
                f"；估计值：链条只从 {found.starts} 个实体算起",
                f"; estimated: chains were counted from {found.starts} entities",
            )

        def item(each: Move) -> Item:
            mark = ROSE if each.new < each.old else FELL
            return Item(mark, [[f"{each.old} → {each.new}  ", prose.name(each.entity)]], asserted=False)

        yield from _block(terminal.words("名次变动", "rank changes"), found.moves, item, meaning)

    # rows and data

    def rows(self) -> Iterator[tuple[object, ...]]:
        found, blank = self.difference, (None,) * len(RELATION_COLUMNS)
        plain_rows = itertools.chain(
            _record_rows("entity", found.entities),
            _record_rows("vocabulary", found.vocabulary),
            _record_rows("question", found.questions),
            (("support", each.thesis, "reasons", *each.counts) for each in found.support),
            (
                ("shorter", f"{each.entities[0]}..{each.entities[-1]}", "length", each.old, each.length)
                for each in found.shortcuts.found
            ),
            (("rank", each.entity, found.moves.measure.id, each.old, each.new) for each in found.moves.moves),
        )
        for what, relations in (("added", found.relations.added), ("removed", found.relations.removed)):
            for relation in relations:
                yield from _cited_rows(f"relation-{what}", relation)
        for restated in found.relations.restated:
            for part in restated.fields:
                yield from _cited_rows("relation-restated", restated.new, " ".join(part.path), part.old, part.new)
        for reargued in found.relations.reargued:
            yield from _reargued_rows(reargued)
        for row in plain_rows:
            yield (*row, *blank)

    def data(self) -> Any:
        found = self.difference
        return {
            "sides": list(self.sides),
            "errors": list(self.errors),
            "entities": _records_data(found.entities, entity_data),
            "relations": {
                "added": [relation_data(each) for each in found.relations.added],
                "removed": [relation_data(each) for each in found.relations.removed],
                "restated": [
                    {"old": relation_data(each.old), "new": relation_data(each.new)}
                    for each in found.relations.restated
                ],
                "reargued": [_reargued_data(each) for each in found.relations.reargued],
            },
            "vocabulary": _records_data(found.vocabulary, _word_data),
            "questions": _records_data(found.questions, question_data),
            "support": [
                {
                    "entity": each.thesis,
                    "counts": list(each.counts),
                    "gained": [list(relation.triple) for relation in each.gained],
                    "lost": [list(relation.triple) for relation in each.lost],
                }
                for each in found.support
            ],
            "shorter": {
                "pairs": found.shortcuts.pairs,
                "paths": [
                    {
                        "start": each.entities[0],
                        "end": each.entities[-1],
                        "old": each.old,
                        "new": each.length,
                        "entities": list(each.entities),
                    }
                    for each in found.shortcuts.found
                ],
            },
            "ranks": {
                "measure": found.moves.measure.id,
                "counted-from": found.moves.starts,
                "moves": [{"entity": each.entity, "old": each.old, "new": each.new} for each in found.moves.moves],
            },
        }


def _block(heading: str, members: Sequence[T], item: Callable[[T], Item], remark: str = "") -> Iterator[Block]:
    if members:
        yield Block(heading, len(members), map(item, members), remark)


def _records_block(heading: str, records: Records[Word] | Records[Question], prose: Prose) -> Iterator[Block]:
    """Records of a sort, whatever became of them, in one block."""
    items: list[Item] = []
    for mark, members in ((CAME, records.added), (WENT, records.removed)):
        items += [Item(mark, [_called(each, prose)], asserted=False) for each in members]
    items += [_changed(each, prose) for each in (*records.renamed, *records.changed)]
    yield from _block(heading, items, lambda item: item)


def _counts(records: Records[Any]) -> tuple[int, int, int]:
    return len(records.added), len(records.removed), len(records.renamed) + len(records.changed)


# items


def _relation(mark: str, relation: Relation, prose: Prose, receipts: bool = True) -> Item:
    words: list[Line] = []
    for language in prose.terminal.languages:
        said: Line = prose.sentence(relation, language, relation.subject)
        if relation.status != HELD and language == prose.terminal.receipts:
            said = [*said, f"  [{in_language(WORDS[relation.status], language)}]"]
        words.append(said)
    below = [line for each in relation.citations for line in _cited("", each, prose)] if receipts else []
    return Item(mark, words, below)


def _restated(each: Changed[Relation], now: Prose, was: Prose) -> Item:
    item = _relation(NOW, each.new, now)
    language = was.terminal.receipts
    return item._replace(below=[(WENT, was.sentence(each.old, language, each.old.subject)), *item.below])


def _cited(mark: str, citation: Citation, prose: Prose) -> Iterator[tuple[str, Line]]:
    yield mark, prose.citation(citation)
    passage = prose.passage(citation)
    if passage is not None:
        yield "", passage


def _recited(each: Reargued, now: Prose, was: Prose) -> Item:
    item = _relation(IS, each.new, now, receipts=False)
    below = [line for citation in each.gained for line in _cited(CAME, citation, now)]
    below += [line for citation in each.lost for line in _cited(WENT, citation, was)]
    for changed in each.changed:
        told = was.citation(changed.old), now.citation(changed.new)
        if _text(told[0]) != _text(told[1]):
            below += [(IS, told[0]), (NOW, told[1])]
        else:
            # what differs is nothing that a receipt shows
            below += [(IS, told[1]), *(line for part in changed.fields for line in _field(part, now.terminal))]
    return item._replace(below=below)


def _changed(each: Changed[Any], prose: Prose) -> Item:
    words = list(_called(each.new, prose))
    if each.old.id != each.new.id:
        words.append(f"  ({each.old.id} → {each.new.id})")
    below = [line for part in each.fields for line in _field(part, prose.terminal)]
    return Item(NOW if each.old.id != each.new.id else IS, [words], below, asserted=False)


def _called(record: Record, prose: Prose) -> Sequence[str | Link]:
    """What a record is called, its sort, and its id."""
    if isinstance(record, Question):
        asked = in_language(record.ask, prose.terminal.receipts) or record.id
        return [f"{asked}  {record.id}"]
    if isinstance(record, Entity):
        kind = name(prose.map.kinds[record.kind], prose.terminal.receipts)
        return [prose.name(record.id), f"  {kind} · {record.id}"]
    called = name(record, prose.terminal.language)
    return [f"{called}  {_sort(record, prose.terminal)} · {record.id}"]


def _sort(record: Word, terminal: Terminal) -> str:
    if isinstance(record, Kind):
        return terminal.words("类型", "kind")
    return terminal.words("关系族", "family") if isinstance(record, Family) else terminal.words("谓词", "predicate")


def _field(part: Field, terminal: Terminal) -> Iterator[tuple[str, Line]]:
    """A field on one line, or, where it is long, what it said and says on a line each."""
    words = (in_language(FIELD_WORDS.get(each, {}), terminal.receipts) or each for each in part.path)
    called = " ".join(words)
    if part.old is not None and part.new is not None:
        if max(map(width, (part.old, part.new))) <= _INLINE:
            yield IS, f"{called}: {part.old} → {part.new}"
            return
        yield IS, f"{called}: {part.old}"
        yield NOW, part.new
    elif part.new is not None:
        yield CAME, f"{called}: {part.new}".rstrip(": ")
    else:
        yield WENT, f"{called}: {part.old}".rstrip(": ")


def _shown(item: Item, terminal: Terminal) -> Iterator[str]:
    """An item as lines of a terminal."""
    mark = f"{item.mark} "
    for words in item.words:
        lines = terminal.wrapped([mark, *_parts(words)], 2 if mark else 4, 4)
        # the mark is coloured once the line is broken: what breaks lines counts no colours
        yield lines.replace(item.mark, terminal.paint(item.mark, "bold", _COLOURS[item.mark]), 1) if mark else lines
        mark = ""
    for sign, line in item.below:
        yield terminal.paint(terminal.wrapped([f"{sign} " if sign else "", *_parts(line)], 6, 8), "dim")


def _listed(item: Item) -> str:
    """An item as a member of a Markdown list, with a list below it."""
    words = " / ".join(_escaped(_text(each)) for each in item.words)
    lines = [f"- {item.mark} {f'**{words}**' if item.asserted else words}"]
    lines += [f"  - {f'{sign} ' if sign else ''}{_escaped(_text(line))}" for sign, line in item.below]
    return "\n".join(lines)


def _parts(line: Line) -> Sequence[str | Link]:
    return [line] if isinstance(line, str) else line


def _text(line: Line) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in _parts(line))


def _escaped(text: str) -> str:
    """A text on one line that Markdown, and what GitHub makes of it, take for text."""
    escaped = _MARKUP.sub(r"\\\g<0>", " ".join(plain(text).split()))
    return _SPOKEN_TO.sub(r"\g<0><!-- -->", escaped)


# rows


def _record_rows(what: str, records: Records[Any]) -> Iterator[tuple[object, ...]]:
    for change, members in (("added", records.added), ("removed", records.removed)):
        for record in members:
            yield f"{what}-{change}", record.id, None, None, None
    for each in records.renamed:
        yield f"{what}-renamed", each.new.id, "id", each.old.id, each.new.id
    for each in (*records.renamed, *records.changed):
        for part in each.fields:
            yield f"{what}-changed", each.new.id, " ".join(part.path), part.old, part.new


def _cited_rows(what: str, relation: Relation, *change: object) -> Iterator[tuple[object, ...]]:
    """A row for each citation of a relation."""
    for row in relation_rows(relation):
        yield (what, None, *(change or (None, None, None)), *row)


def _reargued_rows(each: Reargued) -> Iterator[tuple[object, ...]]:
    if each.turned:
        rest = [None] * (len(RELATION_COLUMNS) - 4)
        yield ("status", None, "status", each.old.status, each.new.status, *each.new.triple, each.new.status, *rest)
    for change, citations in (("gained", each.gained), ("lost", each.lost)):
        yield from _cited_rows(f"citation-{change}", each.new._replace(citations=citations))
    for changed in each.changed:
        now = each.new._replace(citations=(changed.new,))
        for part in changed.fields:
            yield from _cited_rows("citation-changed", now, " ".join(part.path), part.old, part.new)


# data


def _records_data(records: Records[Any], data: Callable[[Any], Any]) -> dict[str, Any]:
    return {
        "added": [data(each) for each in records.added],
        "removed": [data(each) for each in records.removed],
        "renamed": [_changed_data(each) for each in records.renamed],
        "changed": [_changed_data(each) for each in records.changed],
    }


def _changed_data(each: Changed[Any]) -> dict[str, Any]:
    return {"old": each.old.id, "new": each.new.id, "fields": _fields_data(each.fields)}


def _word_data(record: Word) -> dict[str, Any]:
    sort = "kind" if isinstance(record, Kind) else "family" if isinstance(record, Family) else "predicate"
    return {"sort": sort, "id": record.id}


def _reargued_data(each: Reargued) -> dict[str, Any]:
    return {
        "triple": list(each.new.triple),
        "status": {"old": each.old.status, "new": each.new.status},
        "gained": [citation_data(citation) for citation in each.gained],
        "lost": [citation_data(citation) for citation in each.lost],
        "changed": [
            {
                "old": citation_data(changed.old),
                "new": citation_data(changed.new),
                "fields": _fields_data(changed.fields),
            }
            for changed in each.changed
        ],
    }


def _fields_data(fields: Sequence[Field]) -> list[dict[str, Any]]:
    return [{"field": list(part.path), "old": part.old, "new": part.new} for part in fields]
