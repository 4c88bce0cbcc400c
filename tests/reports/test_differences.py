"""A difference as a scholar reads it: on a terminal, in a pull request, as rows."""

import re
from textwrap import dedent

import pytest
from histories import ENTITIES, RELATIONS, VOCABULARY
from hypothesis import given
from hypothesis import strategies as st
from maps import loaded

from conceptgraph.diff import diff
from conceptgraph.measures import measure
from conceptgraph.model import ArgumentMap
from conceptgraph.passages import SourceText
from conceptgraph.reports.differences import DifferenceReport, _escaped
from conceptgraph.reports.terminal import Terminal, width


def map_with(relations: str = RELATIONS, entities: str = ENTITIES) -> ArgumentMap:
    return loaded(entities, VOCABULARY, relations=relations).require()


def report(
    old: ArgumentMap, new: ArgumentMap, count: int | None = 10, errors: tuple[int, int] = (0, 0)
) -> DifferenceReport:
    return DifferenceReport(new, old, diff(old, new, measure("degree")), count, ("HEAD", "data"), errors)


BASE = map_with()
NOW = map_with(
    RELATIONS.replace("labor", "labour")
    .replace("[b, feeds", "[b, starves")
    .replace("{at: 丙养活丁}", "{at: 丙养活丁, modality: hedged}")
    .replace("[a, backs", "[c, backs")
    + "      - [a, feeds, b, {by: ada, denied: true}]\n",
    ENTITIES.replace("labor:", "labour:").replace("en: third}", "en: third}, definition: {en: what comes after two}"),
)

ENGLISH = """\
HEAD → data
entities ~2 · relations +1 −1 ~1 · citations +1 ~1 · 1 became contested

became contested  1
  ! first feeds second  [contested]
      was held
      + essay §1 One · Ada · denies it

entities renamed  1
  → labour  concept · labour  (labor → labour)

entities changed  1
  ~ third  concept · c
      + definition en: what comes after two

relations added  1
  + third backs so it is
      essay §1 One · 「甲支持」

relations removed  1
  − first backs so it is
      essay §1 One · 「甲支持」

relations restated  1
  → second starves third
      − second feeds third
      essay §1 One · 「乙养活丙」

relations cited otherwise  2
  ~ first feeds second  [contested]
      + essay §1 One · Ada · denies it
  ~ third feeds fourth
      ~ essay §1 One · 「丙养活丁」
      → essay §1 One · 「丙养活丁」 · hedged

theses that won or lost support  1
  ~ so it is  reasons for it: 1 → 1
      + third backs so it is
      − first backs so it is

paths that got shorter  3
  looked at: the 28 pairs of the 8 most central entities, and of 0 other ends of
  new relations
  + third — so it is  3 → 1 steps
  + fourth — so it is  4 → 2 steps
      by way of third
  + fifth — so it is  5 → 3 steps
      by way of fourth → third

rank changes  6
  degree: share of all other entities that it is directly related to
  ↑ 2 → 1  third
  ↓ 2 → 4  first
  ↓ 2 → 3  fourth
  ↑ 5 → 4  fifth
  ↑ 5 → 4  labour
  ↑ 5 → 4  so it is"""


def test_everything_that_differs_is_told_in_words_in_eighty_columns() -> None:
    told = report(BASE, NOW).text(Terminal())
    assert told == ENGLISH
    assert max(map(width, told.splitlines())) <= 80


def test_in_chinese_and_in_both_languages() -> None:
    told = report(BASE, NOW).text(Terminal(language="zh"))
    assert told.startswith(
        "HEAD → data\n实体 ~2 · 关系 +1 −1 ~1 · 引证 +1 ~1 · 1 条变为有争议\n\n变为有争议  1\n  ! 甲 养活 乙"
    )
    assert "\n改了标识  1\n  → 劳动  概念 · labour  (labor → labour)\n" in told
    both = report(BASE, NOW).text(Terminal(language="both"))
    assert "\n  + 丙 支持 此说\n    third backs so it is\n" in both


def test_nothing_that_differs_is_said() -> None:
    assert report(BASE, BASE).text(Terminal()) == "HEAD → data\nno difference"
    assert report(BASE, BASE).text(Terminal(language="zh")) == "HEAD → data\n没有差别"
    assert report(BASE, BASE).written("markdown", Terminal()) == "**HEAD → data**\n\nno difference"


def test_errors_of_a_side_are_said_where_its_difference_is_told() -> None:
    told = report(BASE, BASE, errors=(2, 0))
    assert "HEAD has 2 errors: what stands in them is missing here" in told.text(Terminal())
    assert "HEAD has 2 errors: what stands in them is missing here" in told.written("markdown", Terminal())


def test_long_lists_are_cut_as_text_and_folded_in_markdown() -> None:
    more = map_with(RELATIONS + "".join(f"      - [e, feeds, {id}]\n" for id in "abc"))
    text = report(BASE, more, 2).text(Terminal())
    assert (
        "relations added  3\n  + fifth feeds first\n      essay §1 One\n  + fifth feeds second\n      essay §1 One\n"
        in text
    )
    assert "\n  1 more (-n 0 for all)\n" in text
    markdown = report(BASE, more, 2).written("markdown", Terminal())
    assert (
        dedent(
            """\
        <details>
        <summary>relations added (3)</summary>

        - + **fifth feeds first**
          - essay §1 One
        - + **fifth feeds second**
          - essay §1 One
        - + **fifth feeds third**
          - essay §1 One

        </details>"""
        )
        in markdown
    )
    assert "#### relations added (3)" in report(BASE, more, 3).written("markdown", Terminal())
    assert "<details>" not in report(BASE, more, None).written("markdown", Terminal())


def test_what_opposes_a_relation_that_became_contested_is_named() -> None:
    text = report(BASE, map_with(RELATIONS + "      - [a, starves, b]\n")).text(Terminal())
    assert "  ! first feeds second  [contested]\n      was held\n      + first starves second\n" in text


def test_long_texts_stand_below_each_other_and_short_ones_on_one_line() -> None:
    def defined(text: str) -> ArgumentMap:
        return map_with(entities=ENTITIES.replace("en: third}", f"en: third}}, definition: {{en: {text}}}"))

    assert "      ~ definition en: old → new" in report(defined("old"), defined("new")).text(Terminal())
    long = report(defined("a" * 30), defined("b" * 30)).text(Terminal())
    assert f"      ~ definition en: {'a' * 30}\n      → {'b' * 30}" in long


def test_a_change_that_no_receipt_shows_is_told_by_its_field() -> None:
    text = report(BASE, map_with(RELATIONS.replace("{at: 甲养活乙}", "{at: 甲养活乙, order: 3}"))).text(Terminal())
    assert "      ~ essay §1 One · 「甲养活乙」\n      + order: 3" in text


def test_passages_are_shown_where_the_texts_are_at_hand() -> None:
    entities = ENTITIES.replace("sections: {", "file: essay.txt, sections: {").replace(
        "en: One}", "en: One, opens: 甲}"
    )
    more = map_with(RELATIONS + "      - [a, feeds, e, {at: 甲养活戊}]\n", entities)
    old = map_with(entities=entities)
    text = SourceText(more.sources["essay"], "甲养活戊，此处如此。")
    told = DifferenceReport(more, old, diff(old, more, measure("degree")), texts={"essay": text}).text(Terminal())
    assert "「甲养活戊」\n      甲养活戊，此处如此。" in told


def test_colours_and_links_leave_the_words_as_they_are() -> None:
    page = Terminal(colour=True, hyperlinks=True, page="file:///page.html")
    plainly = re.sub("\x1b\\[[0-9;]*m|\x1b]8;;[^\x1b]*\x1b\\\\", "", report(BASE, NOW).text(page))
    assert plainly == ENGLISH


def test_what_is_gone_leads_nowhere() -> None:
    page = Terminal(hyperlinks=True, page="file:///page.html")
    text = report(NOW, map_with(entities=ENTITIES.replace("labor:", "toil:").replace("en: labour", "en: toil"),
                                relations=RELATIONS.replace("labor", "toil"))).text(page)  # fmt: skip
    assert "#node=toil" in text
    assert "#node=labour" not in text


NASTY = [
    *("<script>alert(1)</script>", "</details>", "[a](http://x)", "![a](http://x)", "**b**", "`c`", "# d", "~~e~~"),
    *("@someone", "#12", "http://x.org", "www.x.org", "&lt;b&gt;", "$x$", ":tada:", "a|b", "a\n- b"),
]


@pytest.mark.parametrize("label", NASTY)
def test_no_label_is_markup_a_mention_or_a_link_in_markdown(label: str) -> None:
    escaped = _escaped(label)
    bare = escaped.replace("<!-- -->", "")
    assert bare.replace("\\", "") == " ".join(label.split())
    for mark in "<>*`[]|&$#":
        assert bare.count(mark) == bare.count(f"\\{mark}")
    for trigger in ("@someone", "#12", "http://", "www.x", ":tada:", "\n"):
        assert trigger not in escaped


@given(st.text())
def test_any_text_stays_on_one_line_and_opens_no_tag(text: str) -> None:
    escaped = _escaped(text)
    assert len(escaped.splitlines()) <= 1
    assert "<" not in escaped.replace("\\\\", "").replace("\\<", "").replace("<!-- -->", "")


def test_labels_of_a_map_reach_markdown_escaped() -> None:
    evil = map_with(entities=ENTITIES.replace("en: fifth}", 'en: "</details>@all"}'),
                    relations=RELATIONS + "      - [a, feeds, e]\n")  # fmt: skip
    markdown = report(BASE, evil).written("markdown", Terminal())
    assert "</details>" not in markdown
    assert "@all" not in markdown


def test_rows_have_as_many_cells_as_there_are_columns() -> None:
    rows = list(report(BASE, NOW).rows())
    assert {len(row) for row in rows} == {len(DifferenceReport.columns)}
    kinds = {row[0] for row in rows}
    assert kinds == {
        "entity-renamed", "entity-changed", "relation-added", "relation-removed", "relation-restated", "status",
        "citation-gained", "citation-changed", "support", "shorter", "rank",
    }  # fmt: skip
    back = {row[0] for row in report(NOW, BASE).rows()}
    assert {"citation-lost", "entity-renamed"} <= back


def test_a_difference_is_no_picture() -> None:
    with pytest.raises(ValueError, match="no picture"):
        report(BASE, NOW).written("mermaid", Terminal())
