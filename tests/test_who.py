"""Who argues something, and who reports, concedes, denies or rejects it."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
from maps import loaded, written
from test_cli import run
from test_compare import VOCABULARY

from conceptgraph.model import ArgumentMap, Triple
from conceptgraph.selection import Selection
from conceptgraph.who import ATTITUDES, Position, who_argues, who_holds

MAP = """
sources:
  red: {label: {zh: 红文, en: the red text}, sections: {"1": {en: One}}}
  blue: {label: {zh: 蓝文, en: the blue text}}
theorists:
  ada: {label: {zh: 艾达, en: Ada}}
  bob: {label: {zh: 鲍勃, en: Bob}}
  cy: {label: {zh: 赛, en: Cy}}
concepts:
  bread: {label: {zh: 面包, en: bread}}
  people: {label: {zh: 人, en: people}}
theses:
  thesis: {label: {zh: 论题, en: the thesis}}
  reason: {label: {zh: 理由, en: a reason}}
relations:
  - in: red/1
    triples:
      - [ada, argues, thesis, {by: ada, via: cy, at: 艾达说}]
      - [bob, argues, thesis, {by: bob, stance: rejects}]
      - [cy, argues, thesis]
      - [reason, backs, thesis, {by: bob, stance: reports}]
      - [bread, denounces, thesis]
      - [thesis, bears-on, bread]
      - [bread, feeds, people, {by: ada, stance: concedes, at: 面包}]
  - in: blue
    triples:
      - [blue, argues, thesis, {denied: true}]
      - [bob, denounces, thesis, {by: bob}]
      - [bread, feeds, people, {by: bob, denied: true, stance: rejects}]
      - [bread, feeds, people, {by: cy, denied: true}]
      - [bread, starves, people, {by: ada}]
"""


@pytest.fixture(scope="module")
def map() -> ArgumentMap:
    return loaded(MAP, VOCABULARY).require()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", MAP, VOCABULARY)
    return tmp_path


def told(found: list[Position]) -> list[str]:
    return [f"{each.attitude} {each.voice}: {' '.join(each.relation.triple)}" for each in found]


def test_attitudes_to_a_thesis(map: ArgumentMap) -> None:
    assert told(who_argues(map, "thesis")) == [
        "argues ada: ada argues thesis",
        "argues bob: bob argues thesis",
        # the text says that Cy argues it: it reports that
        "argues cy: cy argues thesis",
        "endorses red: ada argues thesis",
        "reports cy: ada argues thesis",
        "reports red: cy argues thesis",
        "supports bob: reason backs thesis",
        "opposes bob: bob denounces thesis",
        "opposes blue: bob denounces thesis",
        "opposes red: bread denounces thesis",
        "denies blue: blue argues thesis",
        "rejects red: bob argues thesis",
        "mentions red: thesis bears-on bread",
    ]


def test_attitudes_to_one_relation_and_who_holds_its_opposite(map: ArgumentMap) -> None:
    relation = map.relations[Triple("bread", "feeds", "people")]
    assert told(who_holds(map, relation)) == [
        "argues ada: bread feeds people",
        # who rejects a denial argues, who goes along with one denies
        "argues blue: bread feeds people",
        "concedes red: bread feeds people",
        "opposes ada: bread starves people",
        "opposes blue: bread starves people",
        "denies bob: bread feeds people",
        "denies cy: bread feeds people",
        "denies blue: bread feeds people",
    ]


def test_attitudes_to_what_is_said_of_a_concept(map: ArgumentMap) -> None:
    assert told(who_argues(map, "people")) == [
        "argues ada: bread feeds people",
        "argues ada: bread starves people",
        "argues blue: bread feeds people",
        "endorses blue: bread starves people",
        "concedes red: bread feeds people",
        "denies bob: bread feeds people",
        "denies cy: bread feeds people",
        "denies blue: bread feeds people",
    ]


def test_a_selection_chooses_relations_and_citations(map: ArgumentMap) -> None:
    chosen = Selection(places={"red"}, predicates={"feeds"})
    assert told(who_argues(map, "people", chosen)) == [
        "argues ada: bread feeds people",
        "concedes red: bread feeds people",
    ]
    assert who_argues(map, "people", Selection(predicates={"argues"})) == []


def test_whoever_a_predicate_makes_speak_argues_by_a_voice_without_a_name() -> None:
    vocabulary = VOCABULARY.replace("argues:     {family: records,", "argues: {family: records, {ends},").replace(
        "{ends}", "domain: [concept, source, theorist], range: [thesis]"
    )
    text = """
    sources: {red: {label: {en: the red text}}}
    concepts: {pamphlet: {label: {en: a pamphlet}}, bread: {label: {en: bread}}}
    theses: {thesis: {label: {en: the thesis}}}
    relations:
      - in: red
        triples: [[pamphlet, argues, thesis, {by: unattributed}], [bread, bears-on, thesis, {by: unattributed}]]
    """
    assert told(who_argues(loaded(text, vocabulary).require(), "thesis")) == [
        "argues pamphlet: pamphlet argues thesis",
        "argues unattributed: pamphlet argues thesis",
        "endorses red: pamphlet argues thesis",
        "mentions unattributed: bread bears-on thesis",
    ]


def test_every_attitude_has_words() -> None:
    from conceptgraph.reports.comparisons import ATTITUDE_WORDS

    assert tuple(ATTITUDE_WORDS) == ATTITUDES
    assert all({"zh", "en"} <= words.keys() for words in ATTITUDE_WORDS.values())


def test_the_answer_is_grouped_by_attitude_with_place_and_anchor(folder: Path) -> None:
    done = run(folder, "who", "bread", "feeds", "people")
    assert done.stdout == dedent(
        """\
        → bread feeds people  [contested]

        argues  2
          Ada
            red §1 One · 「面包」 · Ada · conceded
          the blue text
            blue · Bob · denies it · rejected by the text

        concedes  1
          the red text
            red §1 One · 「面包」 · Ada · conceded

        speaks against it  2
          Ada
            → bread starves people  [contested]
                blue · Ada
          the blue text
            → bread starves people  [contested]
                blue · Ada

        denies  3
          Bob
            blue · Bob · denies it · rejected by the text
          Cy
            blue · Cy · denies it
          the blue text
            blue · Cy · denies it
        """
    )
    shown = run(folder, "who", "论题", "--lang", "zh").stdout
    assert shown.startswith(
        "论题\n论题 · thesis\n\n主张  3\n  艾达\n    → 艾达 主张 论题\n        red §1 One · 「艾达说」"
    )


def test_each_voice_shows_as_many_as_it_is_asked_for(folder: Path) -> None:
    shown = run(folder, "who", "people", "-n", "1").stdout
    assert "  Ada  2\n    ← people is fed by bread  [contested]\n" in shown
    assert "    1 more (-n 0 for all)\n" in shown
    assert "more (" not in run(folder, "who", "people", "-n", "0").stdout


def test_json_and_tsv_hold_every_position(folder: Path) -> None:
    data = json.loads(run(folder, "who", "thesis", "-O", "json").stdout)
    assert data["entity"] == "thesis"
    assert tuple(data["attitudes"]) == ATTITUDES
    assert [each["voice"] for each in data["attitudes"]["opposes"]] == ["bob", "blue", "red"]
    header, *rows = run(folder, "who", "thesis", "-O", "tsv").stdout.splitlines()
    assert len(rows) == 13
    assert {row.count("\t") for row in rows} == {header.count("\t")}
    assert json.loads(run(folder, "who", "bread", "feeds", "people", "-O", "json").stdout)["triple"] == [
        *("bread", "feeds", "people")
    ]


def test_questions_without_an_answer_fail(folder: Path) -> None:
    done = run(folder, "who", "thesis", "--in", "blue", "-p", "feeds")
    assert (done.stdout, done.stderr, done.returncode) == ("", "nobody says anything of thesis\n", 1)
    assert run(folder, "who", "people", "feeds", "bread").returncode == 1
    assert run(folder, "who", "bread", "feeds").returncode == 2
    assert run(folder, "who", "bread", "feed", "people").returncode == 2
