"""Two texts, sections or voices against each other."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
from maps import loaded, map_of, written
from test_cli import run

from conceptgraph.cli import cli
from conceptgraph.compare import Comparison, Counterparts, Side, compare, side
from conceptgraph.errors import AmbiguousTerm, UnknownTerm
from conceptgraph.model import ArgumentMap, Relation

VOCABULARY = """
kinds:
  concept: {plural: concepts, label: {zh: 概念, en: concept}}
  source: {plural: sources, outline: true, label: {zh: 来源, en: source}}
  theorist: {plural: theorists, label: {zh: 理论家, en: theorist}}
  thesis: {plural: theses, proposition: true, label: {zh: 论题, en: thesis}}
families:
  causal: {label: {zh: 因果, en: causal}}
  stance: {label: {zh: 立场, en: stance}}
  records: {label: {zh: 记录, en: records}}
predicates:
  argues:     {family: records, label: {zh: 主张, en: argues}, inverse: {zh: 由…主张, en: is argued by}}
  names:      {family: records, bookkeeping: true, label: {en: names}, inverse: {en: is named by}}
  feeds:      {family: causal, label: {zh: 养活, en: feeds}, inverse: {zh: 由…养活, en: is fed by}, opposite: starves}
  starves:    {family: causal, label: {zh: 饿坏, en: starves}, inverse: {zh: 被…饿坏, en: is starved by}}
  resembles:  {family: causal, symmetric: true, label: {zh: 相似于, en: resembles}}
  backs:      {family: stance, sign: 1, label: {zh: 支持, en: backs}, inverse: {zh: 得到…支持, en: is backed by}}
  fights:     {family: stance, sign: -1, label: {zh: 反对, en: fights}, inverse: {zh: 受…反对, en: is fought by}}
  denounces:  {family: stance, sign: -1, label: {zh: 谴责, en: denounces}, inverse: {zh: 受…谴责, en: is denounced by}}
  differs:    {family: stance, symmetric: true, label: {zh: 不同于, en: differs from}}
  bears-on:   {family: stance, label: {zh: 关系到, en: bears on}, inverse: {zh: 为…所关, en: is borne on by}}
"""
MAP = """
sources:
  red: {label: {zh: 红文, en: the red text}, sections: {"1": {en: One}, "2": {en: Two}, "2.1": {en: Two and a bit}}}
  blue: {label: {zh: 蓝文, en: the blue text}, sections: {"1": {en: One}}}
  editor: {label: {zh: 编者, en: the editor}}
theorists:
  ada: {label: {zh: 艾达, en: Ada}}
  bob: {label: {zh: 鲍勃, en: Bob}}
concepts:
  hub: {label: {zh: 枢纽, en: hub}}
  side-road: {label: {zh: 岔路, en: side road}}
  a: {label: {zh: 甲, en: a}}
  b: {label: {zh: 乙, en: b}}
  c: {label: {zh: 丙, en: c}}
  red-work: {label: {zh: 红色劳动, en: Work}}
  blue-work: {label: {zh: 蓝色劳动, en: toil}, aliases: {en: [WORK]}}
  red-hole: {label: {zh: 红洞, en: red hole}}
  blue-hole: {label: {zh: 蓝洞, en: blue hole}}
  booklet: {label: {zh: 小册子, en: booklet}}
theses:
  red-one: {label: {zh: 红一, en: red one}}
  red-two: {label: {zh: 红二, en: red two}}
  blue-one: {label: {zh: 蓝一, en: blue one}}
  blue-two: {label: {zh: 蓝二, en: blue two}}
  straw: {label: {zh: 草人, en: straw man}}
relations:
  - in: red/1
    triples:
      - [red, argues, red-one]
      - [red, argues, red-two]
      - [red, names, booklet]
      - [hub, feeds, a, {at: 一}]
      - [hub, feeds, b]
      - [hub, feeds, side-road]
      - [hub, resembles, c]
      - [red-work, feeds, red-hole]
      - [ada, argues, straw, {by: ada, stance: rejects}]
  - in: red/2.1
    triples:
      - [a, feeds, b, {denied: true}]
      - [b, feeds, side-road, {by: ada, stance: reports}]
  - in: blue/1
    triples:
      - [blue, argues, blue-one]
      - [blue, argues, blue-two]
      - [blue, names, booklet]
      - [hub, starves, a, {at: 二}]
      - [c, resembles, hub, {denied: true}]
      - [hub, feeds, b]
      - [a, feeds, b]
      - [b, feeds, side-road, {denied: true}]
      - [blue-work, feeds, blue-hole]
      - [blue-one, fights, straw]
      - [ada, feeds, hub, {by: [ada, bob]}]
      - [hub, feeds, c, {by: ada}]
      - [hub, feeds, c, {by: bob, denied: true}]
  - in: editor
    triples:
      - [blue-one, backs, red-one]
      - [red-two, differs, blue-one]
      - [red-two, fights, blue-two]
      - [blue-two, bears-on, red-one]
      - [red-hole, differs, blue-hole]
"""


@pytest.fixture(scope="module")
def map() -> ArgumentMap:
    return loaded(MAP, VOCABULARY).require()


@pytest.fixture(scope="module")
def texts(map: ArgumentMap) -> Comparison:
    return compare(map, side(map, "red"), side(map, "blue"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", MAP, VOCABULARY)
    return tmp_path


def told(relation: Relation) -> str:
    return " ".join(relation.triple)


def pairs(found: tuple[Counterparts, ...]) -> list[tuple[str, str]]:
    return [(told(pair.one), told(pair.other)) for pair in found]


def test_a_side_is_a_text_a_section_or_a_voice(map: ArgumentMap) -> None:
    assert side(map, "red") == Side("red", "red")
    assert side(map, "蓝文") == Side("blue", "blue")
    assert side(map, "red/2.1") == Side("red", "red", "2.1")
    assert side(map, "艾达") == Side("ada")
    assert [each.id for each in (side(map, "red/2"), side(map, "bob"))] == ["red/2", "bob"]


def test_a_side_that_nobody_cites_is_unknown(map: ArgumentMap) -> None:
    for name, suggested in (("red/7", "red/1"), ("hub", "ada"), ("blu", "blue")):
        with pytest.raises(UnknownTerm) as caught:
            side(map, name)
        assert suggested in caught.value.suggestions
    double = map_of(
        """
        sources: {essay: {label: {en: essay}}}
        concepts: {a: {label: {en: same}}, b: {label: {en: same}}}
        relations: [{in: essay, triples: [[a, mirrors, b]]}]
        """
    )
    with pytest.raises(AmbiguousTerm):
        side(double, "same")


def test_a_text_comes_before_a_concept_that_has_its_id_as_a_label() -> None:
    map = map_of(
        """
        sources: {alienation: {label: {en: essay}}}
        concepts: {estrangement: {label: {en: alienation}}, b: {label: {en: b}}}
        relations: [{in: alienation, triples: [[estrangement, mirrors, b]]}]
        """
    )
    assert side(map, "alienation").source == "alienation"


def test_contradictions_are_denials_and_opposites_with_the_citations_of_their_side(texts: Comparison) -> None:
    assert pairs(texts.contradictions) == [
        ("a feeds b", "a feeds b"),
        ("hub feeds a", "hub starves a"),
        ("hub resembles c", "c resembles hub"),
    ]
    opposite = texts.contradictions[1]
    assert [[each.at for each in relation.citations] for relation in (opposite.one, opposite.other)] == [["一"], ["二"]]


def test_what_a_text_only_reports_is_no_contradiction_of_its_own(texts: Comparison) -> None:
    assert ("b feeds side-road", "b feeds side-road") not in pairs(texts.contradictions)
    assert pairs(texts.common) == [("b feeds side-road", "b feeds side-road"), ("hub feeds b", "hub feeds b")]


def test_theses_agree_disagree_and_are_tied_whoever_says_so(texts: Comparison) -> None:
    assert [told(each) for each in texts.agreements] == ["blue-one backs red-one"]
    assert [told(each) for each in texts.disagreements] == ["red-two fights blue-two", "red-two differs blue-one"]
    assert [told(each) for each in texts.ties] == ["blue-two bears-on red-one"]


def test_a_thesis_that_a_text_rejects_or_only_speaks_against_is_not_its_own(texts: Comparison) -> None:
    assert texts.theses == ({"red-one", "red-two"}, {"blue-one", "blue-two"})


def test_same_words_in_different_senses_share_a_name_or_are_set_apart(texts: Comparison) -> None:
    assert [(each.one, each.other, each.word) for each in texts.distinctions] == [
        (("red-work",), ("blue-work",), "Work"),
        (("red-hole",), ("blue-hole",), None),
    ]


def test_a_name_of_many_is_one_finding() -> None:
    shared = ", ".join(f"c{number}: {{label: {{en: Same}}}}" for number in range(40))
    triples = [f"[c{number}, mirrors, c{number + 1}]" for number in range(39) if number != 19]
    map = map_of(
        f"""
        sources: {{red: {{label: {{en: red}}}}, blue: {{label: {{en: blue}}}}}}
        concepts: {{{shared}}}
        relations:
          - {{in: red, triples: [{", ".join(triples[:19])}]}}
          - {{in: blue, triples: [{", ".join(triples[19:])}]}}
        """
    )
    (found,) = compare(map, side(map, "red"), side(map, "blue")).distinctions
    assert (len(found.one), len(found.other), found.word) == (20, 20, "Same")


def test_bridges_are_ranked_by_the_side_where_they_have_fewer_relations(texts: Comparison) -> None:
    # hub: red feeds a, b, side-road, resembles c; blue starves a, resembles c, feeds b, feeds c, ada feeds hub
    # b: red from hub, a, to side-road; blue from hub, a, to side-road
    assert [(each.entity, each.relations) for each in texts.shared] == [
        ("hub", (4, 5)),
        ("b", (3, 3)),
        ("a", (2, 2)),
        ("c", (1, 2)),
        ("side-road", (2, 1)),
        ("ada", (1, 1)),
        ("straw", (1, 1)),
    ]


def test_what_is_only_named_is_argued_about_by_nobody_and_texts_do_not_count(texts: Comparison) -> None:
    listed = {each.entity for presences in (texts.shared, *texts.own) for each in presences}
    assert listed.isdisjoint({"booklet", "red", "blue"})
    assert [(each.entity, each.relations) for each in texts.own[0]] == [
        ("red-hole", (1, 0)),
        ("red-work", (1, 0)),
        ("red-one", (0, 0)),
        ("red-two", (0, 0)),
    ]


def test_a_section_has_all_below_it(map: ArgumentMap) -> None:
    found = compare(map, side(map, "red/1"), side(map, "red/2"))
    assert [each.entity for each in found.shared] == ["b", "a", "side-road"]
    assert [each.entity for each in found.own[1]] == []


def test_voices_share_what_they_hold_jointly_and_contradict_each_other(map: ArgumentMap) -> None:
    found = compare(map, side(map, "ada"), side(map, "bob"))
    assert pairs(found.contradictions) == [("hub feeds c", "hub feeds c")]
    assert pairs(found.common) == [("ada feeds hub", "ada feeds hub")]
    # a voice is no entity of its own side
    assert [each.entity for each in found.shared] == ["hub", "c"]
    assert [each.entity for each in found.own[1]] == ["ada"]


def test_a_voice_and_the_text_that_rejects_it_contradict_each_other(map: ArgumentMap) -> None:
    found = compare(map, side(map, "ada"), side(map, "red"))
    assert ("ada argues straw", "ada argues straw") in pairs(found.contradictions)


def test_what_one_side_is_to_the_other_the_other_is_to_the_one(map: ArgumentMap, texts: Comparison) -> None:
    turned = compare(map, side(map, "blue"), side(map, "red"))
    assert {(b, a) for a, b in pairs(turned.contradictions)} == set(pairs(texts.contradictions))
    assert turned.agreements == texts.agreements
    assert turned.own == tuple(
        tuple(type(each)(each.entity, each.relations[::-1]) for each in own) for own in texts.own[::-1]
    )


def test_the_answer_begins_with_the_contradictions_and_their_receipts(folder: Path) -> None:
    done = run(folder, "compare", "red", "blue", "-n", "1")
    assert done.stderr == ""
    assert done.stdout == dedent(
        """\
        the red text ⇄ the blue text
        entities argued about by both: 7 · by the first only: 4 · by the second only: 4

        contradictions  3
          red does not hold that
            → a feeds b  [contested]
                red §2.1 Two and a bit · denies it
          blue holds that
            → a feeds b  [contested]
                blue §1 One
          2 more (-n 0 for all)

        theses that disagree  2
          → red two fights blue two
              editor
          1 more (-n 0 for all)

        theses that agree  1
          ← red one is backed by blue one
              editor

        other ties between theses  1
          ← red one is borne on by blue two
              editor

        same words, different senses  2
          「Work」 Work (red-work) ≠ toil (blue-work)
          1 more (-n 0 for all)

        shared relations  2
          red reports that
            → b feeds side road  [contested]
                red §2.1 Two and a bit · Ada · reported
          blue does not hold that
            → b feeds side road  [contested]
                blue §1 One · denies it
          1 more (-n 0 for all)

        shared entities, the bridges first  7
          red  blue  kind     name
            4     5  concept  hub
          6 more (-n 0 for all)

        only red  4
          red hole
          3 more (-n 0 for all)

        only blue  4
          blue hole
          3 more (-n 0 for all)
        """
    )
    everything = run(folder, "compare", "red", "blue", "-n", "0").stdout
    assert "more (" not in everything
    assert "side road" in everything


def test_the_answer_is_in_chinese_too(folder: Path) -> None:
    shown = run(folder, "compare", "red/1", "艾达", "--lang", "zh").stdout
    assert shown.startswith("红文 §1 One ⇄ 艾达\n两边都论及的实体：")
    assert "相互矛盾  1\n" in shown


def test_wrong_sides_are_wrong_usage(folder: Path) -> None:
    assert run(folder, "compare", "red", "红文").stderr.endswith("Error: both are red\n")
    for arguments in (("red", "red"), ("red", "hub"), ("red", "blue/9"), ("red", "nothing")):
        assert run(folder, "compare", *arguments).returncode == 2, arguments


def test_json_and_tsv_hold_all_that_was_found(folder: Path) -> None:
    data = json.loads(run(folder, "compare", "red", "blue", "-O", "json").stdout)
    assert data["sides"] == ["red", "blue"]
    assert data["shared"][0] == {"entity": "hub", "counts": [4, 5]}
    assert [len(data[block]) for block in ("contradictions", "disagreements", "agreements", "ties")] == [3, 2, 1, 1]
    header, *rows = run(folder, "compare", "red", "blue", "-O", "tsv").stdout.splitlines()
    assert {row.count("\t") for row in rows} == {header.count("\t")}
    assert {row.split("\t")[0] for row in rows} == {
        *("contradiction", "disagreement", "agreement", "tie", "distinction", "common", "shared", "own")
    }


def test_no_line_is_wider_than_the_terminal() -> None:
    from conceptgraph.reports.terminal import width

    curated = [("compare", "alienation", "progress", "-n", "0"), ("who", "immaterial-labour", "-n", "0")]
    curated += [("trace", "capital", "--family", "causal", "--depth", "9")]
    for arguments in curated:
        for language in ("zh", "en", "both"):
            shown = run(Path(__file__).parent, *arguments, "--lang", language).stdout
            assert [line for line in shown.splitlines() if width(line) > 80] == [], (arguments, language)


@pytest.mark.parametrize("verb", ["compare", "who", "trace"])
def test_the_examples_of_the_help_run(verb: str) -> None:
    import shlex

    lines = (cli.commands[verb].epilog or "").splitlines()
    examples = [line.strip() for line in lines if line.strip().startswith("conceptgraph ")]
    assert len(examples) >= 2
    shown = run(Path(__file__).parent, verb, "--help").stdout
    for example in examples:
        assert example in shown
        done = run(Path(__file__).parent, *shlex.split(example)[1:])
        assert done.returncode == 0, done.stderr
        assert done.stdout
