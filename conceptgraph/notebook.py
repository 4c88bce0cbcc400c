"""Results as HTML for notebooks: styled in place, in the notebook's own colours, and without any script.

Texts become HTML by `Markup.format` alone, which escapes them; the page, which has scripts, stands in a frame that
keeps them from the notebook.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from conceptgraph.model import HELD, ArgumentMap, Citation, Entity, Relation
from conceptgraph.neighbors import Neighbor
from conceptgraph.passages import SourceText
from conceptgraph.paths import Path
from conceptgraph.reports import Report
from conceptgraph.reports.chains import PathsReport
from conceptgraph.reports.prose import Prose
from conceptgraph.reports.rankings import RankingReport
from conceptgraph.reports.terminal import Line, Link, Terminal, plain
from conceptgraph.sentences import (
    WORDS,
    Segment,
    entity_name,
    in_language,
    name,
    place,
    remarks,
    segments,
    voice,
)
from conceptgraph.terms import Match

QUESTIONS: Final = 6
"""How many questions a map shows itself with."""
LISTED: Final = 100
"""How many sentences or names are listed at most; the result itself has all."""
WIDTH: Final = 100

# colours that can be read on white and on black alike
_COLOURS: Final = {"green": "#2f9e44", "yellow": "#d9780f", "red": "#e8590c", "cyan": "#1c8f9e", "blue": "#3b82d6"}
_BOX: Final = "max-width:52em;line-height:1.5;text-align:left;overflow-wrap:break-word"
_FAINT: Final = "opacity:.78"
_SMALL: Final = "font-size:.88em;opacity:.78"
_LINE: Final = "1px solid rgba(128,128,128,.35)"
_TABLE: Final = "border-collapse:collapse;margin:.3em 0;border:0;font-size:inherit;line-height:inherit"
_CELL: Final = "text-align:left;padding:.15em .8em .15em 0;vertical-align:top;background:none;border:0"
_NUMBER: Final = _CELL.replace("left", "right") + ";font-variant-numeric:tabular-nums;white-space:nowrap"
_ANSI: Final = re.compile("\x1b\\[([0-9;]*)m")
_PAINTED: Final = {"31": "red", "32": "green", "33": "yellow", "34": "blue", "36": "cyan"}


def map_html(map: ArgumentMap, language: str) -> str:
    """What a map is about: its texts, how much is in it, and the questions to begin with."""
    terminal = Terminal(WIDTH, language)
    citations = [citation for _, citation in map.citations()]
    texts = [source for source in map.sources.values() if source.sections]
    counts = (
        _counted(len(map.entities), "个实体", "entity", "entities", terminal),
        _counted(len(map.relations), "条关系", "relation", "relations", terminal),
        _counted(len(citations), "处引证", "citation", "citations", terminal),
        _counted(len(map.questions), "个问题", "question", "questions", terminal),
    )
    rows = [
        (
            _strong(name(text, language)),
            _counted(len(text.sections), "节", "section", "sections", terminal),
            _counted(sum(each.source == text.id for each in citations), "处引证", "citation", "citations", terminal),
            _code(text.id),
        )
        for text in texts
    ]
    asked = [
        Markup("<li>{} {}</li>").format(_in_languages(question.ask, terminal), _code(question.id))
        for question in itertools.islice(map.questions.values(), QUESTIONS)
    ]
    more = len(map.questions) - len(asked)
    parts = [
        _heading(" · ".join(counts)),
        _table((), rows, numbers=(1, 2)),
    ]
    if asked:
        parts.append(_div(_div(terminal.words("问一问", "Questions to ask"), _FAINT), "margin-top:.6em"))
        parts.append(Markup('<ul style="margin:.2em 0;padding-left:1.4em">{}</ul>').format(_joined(asked)))
    if more > 0:
        parts.append(_more(more, terminal))
    return _boxed(parts)


def path_html(map: ArgumentMap, path: Path, language: str, texts: Mapping[str, SourceText]) -> str:
    """A chain: its sentences with their receipts, and whether anybody argues the whole of it."""
    terminal = Terminal(WIDTH, language)
    steps = terminal.words(f"{path.length} 步", f"{path.length} step{'s' * (path.length != 1)}")
    names = Markup(" → ").join(_strong(entity_name(map, id, language)) for id in path.entities)
    parts = [Markup('<div>{} <span style="{}">({})</span></div>').format(names, _FAINT, steps)]
    sentences = [(relation, step.start) for step in path.steps for relation in step.relations]
    parts.append(_sentences(map, sentences, language, texts))
    prose = Prose(map, terminal)
    ends = path.entities[0], path.entities[-1]
    for words, colour in PathsReport(map=map, start=ends[:1], end=ends[1:], paths=(path,)).verdict(path, prose):
        parts.append(_div(_words(words), f"border-left:3px solid {_COLOURS[colour]};padding-left:.6em;margin:.2em 0"))
    return _boxed(parts)


def ranking_html(report: RankingReport, count: int | None, language: str) -> str:
    """A ranking: what its measure means, and a bar for each value."""
    map, ranking = report.map, report.ranking
    terminal = Terminal(WIDTH, language)
    shown = ranking.ranks[:count]
    greatest = max((rank.value for rank in shown), default=0.0)
    rows = []
    for rank in shown:
        entity = map.entities[rank.entity]
        length = 8 * rank.value / greatest if greatest > 0 else 0
        bar = Markup('<div style="width:{:.2f}em;height:.8em;margin-top:.35em;background:{}"></div>').format(
            max(length, 0), _COLOURS["blue"]
        )
        kind = name(map.kinds[entity.kind], terminal.receipts)
        rows.append(
            (rank.place, bar, f"{rank.value:.4f}", name(entity, language), kind, _code(entity.id)),
        )
    header = terminal.words("名次||值|名称|类型|标识", "rank||value|name|kind|id").split("|")
    parts = [_div(line, _FAINT) for line in report.head(terminal).split("\n")]
    parts.append(_table(header, rows, numbers=(0, 2)))
    if len(ranking.ranks) > len(shown):
        parts.append(_more(len(ranking.ranks) - len(shown), terminal))
    return _boxed(parts)


def entity_html(
    map: ArgumentMap, entity: Entity, neighbors: Sequence[Neighbor], language: str, texts: Mapping[str, SourceText]
) -> str:
    """Everything about one entity: what it is called, what it means, and its relations by family."""
    terminal = Terminal(WIDTH, language)
    labels = " · ".join(dict.fromkeys(entity.label.values())) or entity.id
    kind = name(map.kinds[entity.kind], language)
    parts = [
        Markup('<div>{} <span style="{}">{}</span> {}</div>').format(
            _strong(labels), _FAINT, _text(kind), _code(entity.id)
        )
    ]
    parts += [_div(_in_languages(text, terminal)) for text in (entity.definition, entity.note) if text]
    aliases = [alias for each in entity.aliases.values() for alias in each]
    if aliases:
        parts.append(_div(terminal.words("又作：", "also: ") + " · ".join(aliases), _FAINT))
    parts += [
        _div(f"§{section.id} {in_language(section.title, terminal.receipts) or ''}", _FAINT)
        for section in entity.sections.values()
    ]
    parts += _by_family(map, neighbors, language, texts)
    return _boxed(parts)


def neighbors_html(
    map: ArgumentMap, neighbors: Sequence[Neighbor], language: str, texts: Mapping[str, SourceText]
) -> str:
    """Relations around an entity, by distance and family."""
    terminal = Terminal(WIDTH, language)
    parts: list[Markup] = []
    for depth, each in itertools.groupby(neighbors, lambda neighbor: neighbor.depth):
        if depth > 1:
            parts.append(_heading(terminal.words(f"第 {depth} 步", f"depth {depth}")))
        parts += _by_family(map, list(each), language, texts)
    return _boxed(parts or [_none(terminal)])


def relations_html(
    map: ArgumentMap, sentences: Sequence[tuple[Relation, str]], language: str, texts: Mapping[str, SourceText]
) -> str:
    """Relations with their receipts, each as a sentence that begins with an entity."""
    return _boxed([_sentences(map, sentences, language, texts)])


def matches_html(map: ArgumentMap, matches: Sequence[Match], language: str) -> str:
    """Entities that a search found."""
    terminal = Terminal(WIDTH, language)
    rows = [
        (
            name(match.entity, language),
            "" if match.field in ("id", "label") else match.text,
            name(map.kinds[match.entity.kind], terminal.receipts),
            _code(match.entity.id),
        )
        for match in matches[:LISTED]
    ]
    parts = [_table((), rows) if rows else _none(terminal)]
    if len(matches) > LISTED:
        parts.append(_more(len(matches) - LISTED, terminal))
    return _boxed(parts)


def transcript(report: Report, language: str) -> str:
    """A result as the command line prints it on a wide terminal, in its colours."""
    terminal = Terminal(WIDTH, language, colour=True)
    return _preformatted(_coloured(report.text(terminal) or terminal.words("（无）", "(nothing)")))


def said(text: str) -> str:
    """A plain text, in its own lines."""
    return _preformatted(Markup("{}").format(text))


def stacked(parts: Iterable[str]) -> str:
    """HTML made here, one part below the other."""
    line = Markup('<hr style="max-width:52em;margin:.8em 0;border:0;border-top:{}">').format(_LINE)
    return str(line.join(Markup(part) for part in parts))  # noqa: S704 - made here


def page_html(page: str, height: int) -> str:
    """A whole page in a frame of its own, which keeps its scripts from the notebook."""
    frame = Markup(
        '<iframe srcdoc="{}" sandbox="allow-scripts allow-downloads" title="conceptgraph" '
        'style="width:100%;height:{:d}px;border:{}"></iframe>'
    )
    return str(frame.format(page, height, _LINE))


def _by_family(
    map: ArgumentMap, neighbors: Sequence[Neighbor], language: str, texts: Mapping[str, SourceText]
) -> Iterator[Markup]:
    for family in map.families.values():
        of_family = [each for each in neighbors if map.predicates[each.relation.predicate].family == family.id]
        if of_family:
            yield _heading(f"{name(family, language)}  {len(of_family)}")
            yield _sentences(map, [(each.relation, each.start) for each in of_family], language, texts)


def _sentences(
    map: ArgumentMap, sentences: Sequence[tuple[Relation, str]], language: str, texts: Mapping[str, SourceText]
) -> Markup:
    terminal = Terminal(WIDTH, language)
    parts = [_sentence(map, relation, start, terminal, texts) for relation, start in sentences[:LISTED]]
    if len(sentences) > LISTED:
        parts.append(_more(len(sentences) - LISTED, terminal))
    return _joined(parts)


def _sentence(
    map: ArgumentMap, relation: Relation, start: str, terminal: Terminal, texts: Mapping[str, SourceText]
) -> Markup:
    arrow = Prose(map, terminal).arrow(relation, start)
    lines = []
    for language in terminal.languages:
        words = Markup(" ").join(_segment(each) for each in segments(map, relation, language, start))
        if relation.status != HELD and language == terminal.receipts:
            words += Markup(' <span style="color:{}">[{}]</span>').format(
                _COLOURS["yellow"], _text(in_language(WORDS[relation.status], language) or relation.status)
            )
        lines.append(_div(Markup("{} {}").format(arrow, words)))
    lines += [_citation(map, citation, terminal.receipts, texts) for citation in relation.citations]
    return _div(_joined(lines), "margin:.35em 0 .35em .2em")


def _segment(segment: Segment) -> Markup:
    if segment.entity is None:
        return _text(segment.text)
    return Markup('<strong title="{}">{}</strong>').format(segment.entity, _text(segment.text))


def _citation(map: ArgumentMap, citation: Citation, language: str, texts: Mapping[str, SourceText]) -> Markup:
    """A receipt: where, on which words, who, and what is not plain about it; and the passage, where it is at hand."""
    parts = [place(map, citation, language, short=True)]
    if citation.at is not None:
        parts.append(f"「{citation.at}」")
    if not citation.own:
        parts.append(voice(map, citation, language))
    parts += remarks(citation, language)
    note = in_language(citation.note, language)
    if note:
        parts.append(note)
    receipt = _div(" · ".join(parts), f"{_SMALL};padding-left:1.6em")
    text = texts.get(citation.source)
    passage = text.passage(citation.section, citation.at) if text is not None and citation.at else None
    if passage is None:
        return receipt
    style = f"{_SMALL};margin:.1em 0 .3em 1.6em;padding-left:.8em;border-left:{_LINE}"
    return receipt + _div(passage.text, style)


def _coloured(text: str) -> Markup:
    """A text for a terminal, its colours as styles."""
    result, pieces = Markup(), _ANSI.split(text)
    for codes, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        # the text is that of a report, which shows control characters instead of obeying them
        styles = ["font-weight:bold"] * ("1" in codes.split(";")) + [_FAINT] * ("2" in codes.split(";"))
        styles += [f"color:{_COLOURS[_PAINTED[code]]}" for code in codes.split(";") if code in _PAINTED]
        if piece:
            result += Markup('<span style="{}">{}</span>').format(";".join(styles), piece) if styles else piece
    return result


def _boxed(parts: Iterable[Markup]) -> str:
    return str(_div(_joined(parts), _BOX))


def _preformatted(content: Markup) -> str:
    style = "white-space:pre-wrap;background:none;border:0;margin:0;line-height:1.45"
    return str(Markup('<pre style="{}">{}</pre>').format(style, content))


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup().join(parts)


def _text(text: str) -> Markup:
    """A text of the map, whose control characters are shown: they could turn what stands behind them round."""
    return Markup("{}").format(plain(text))


def _div(content: str | Markup, style: str = "") -> Markup:
    shown = content if isinstance(content, Markup) else _text(content)
    return Markup('<div style="{}">{}</div>').format(style, shown) if style else Markup("<div>{}</div>").format(shown)


def _heading(text: str) -> Markup:
    return _div(_strong(text), f"margin-top:.6em;border-bottom:{_LINE}")


def _strong(text: str) -> Markup:
    return Markup("<strong>{}</strong>").format(_text(text))


def _code(id: str) -> Markup:
    return Markup('<code style="{};background:none;color:inherit">{}</code>').format(_SMALL, _text(id))


def _words(line: Line) -> str:
    parts = (line,) if isinstance(line, str) else line
    return "".join(part.text if isinstance(part, Link) else part for part in parts)


def _in_languages(text: Mapping[str, str], terminal: Terminal) -> Markup:
    each = dict.fromkeys(in_language(text, language) or "" for language in terminal.languages)
    return Markup("<br>").join(_text(words) for words in each)


def _counted(number: int, zh: str, one: str, many: str, terminal: Terminal) -> str:
    return f"{number} {terminal.words(zh, one if number == 1 else many)}"


def _more(count: int, terminal: Terminal) -> Markup:
    return _div(terminal.words(f"另有 {count} 个", f"… {count} more"), _SMALL)


def _none(terminal: Terminal) -> Markup:
    return _div(terminal.words("（无）", "(nothing)"), _FAINT)


def _table(header: Sequence[str], rows: Sequence[Sequence[object]], numbers: Sequence[int] = ()) -> Markup:
    def cells(row: Sequence[object], tag: str) -> Markup:
        return _joined(
            Markup('<{0} style="{1}">{2}</{0}>').format(
                tag,
                _NUMBER if index in numbers else _CELL,
                cell if isinstance(cell, Markup) else _text(str(cell)),
            )
            for index, cell in enumerate(row)
        )

    head = Markup("<thead><tr>{}</tr></thead>").format(cells(header, "th")) if header else Markup()
    body = _joined(Markup("<tr>{}</tr>").format(cells(row, "td")) for row in rows)
    return Markup('<table style="{}">{}<tbody>{}</tbody></table>').format(_TABLE, head, body)
