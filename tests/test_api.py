"""The functions of the library: terms by any name, answers that agree with the modules, and errors that help."""

import inspect
import pickle
import traceback
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import pytest
from maps import map_of, written

import conceptgraph as cg
from conceptgraph.cli import cli
from conceptgraph.measures import measure

MAP = map_of(
    """
    sources:
      essay: {label: {zh: 文章, en: the essay}, file: essay.txt, sections: {"1": {en: One, opens: First}}}
      other: {label: {zh: 另文, en: the other}, sections: {"1": {zh: 一, en: One}}}
    theorists:
      marx: {label: {zh: 马克思, en: Karl Marx}}
      negri: {label: {zh: 奈格里, en: Antonio Negri}}
    concepts:
      labour: {label: {zh: 劳动, en: labour}, aliases: {en: [toil]}, definition: {en: what people do}}
      value: {label: {zh: 价值, en: value}}
      wealth: {label: {zh: 财富, en: wealth}}
      rest: {label: {zh: 休息, en: rest}}
    relations:
      - in: essay/1
        triples:
          - [labour, leads-to, value, {at: 劳动导致, by: marx}]
          - [value, leads-to, wealth, {at: 价值导致}]
          - [wealth, prevents, labour, {by: negri, denied: true}]
      - in: other/1
        triples:
          - [labour, mirrors, rest]
          - [marx, argues, value]
    questions:
      what-labour-does: {ask: {zh: 劳动做什么？, en: What does labour do?}, query: show labour}
      what-rest-does: {ask: {zh: 休息做什么？, en: What does rest do?}, query: show rest}
    """
)
ESSAY = "First, labour makes value:劳动导致价值。 Then 价值导致财富。"


# verbs that write files, and those that go on until they are ended
WRITING = {"add", "fmt", "init", "lsp", "rename", "schema", "serve", "shell"}


def test_every_verb_of_the_command_line_has_a_function() -> None:
    twins = {"path": "paths", "centrality": "rank", "explain": "codes", "open": "page", "ask": "questions"}
    assert {twins.get(verb, verb) for verb in cli.commands} - WRITING <= set(cg.__all__)


@pytest.mark.parametrize("name", [name for name in cg.__all__ if inspect.isfunction(getattr(cg, name))])
def test_the_docstring_of_a_function_names_each_of_its_parameters(name: str) -> None:
    function = getattr(cg, name)
    doc = inspect.getdoc(function) or ""
    if "Parameters are those of" in doc or "Parameters and errors are those of" in doc:
        return
    listed = doc.partition("Args:")[2]
    for parameter in list(inspect.signature(function).parameters)[1:]:
        assert f"{parameter}:" in listed or parameter in doc.partition("Args:")[0], parameter


def test_the_curated_map_is_loaded_where_no_folder_is_named() -> None:
    map = cg.load()
    assert {"alienation", "progress"} <= map.sources.keys()
    assert cg.find(map, "奈格里").kind == "theorist"
    assert cg.load() == map


def test_a_map_with_errors_is_refused_and_the_error_says_where_they_are(tmp_path: Path) -> None:
    folder = written(
        tmp_path, "concepts: {a: {label: {zh: 甲, en: a}}}\nrelations: [{in: curator, triples: [[a, leads-to, aa]]}]\n"
    )
    with pytest.raises(cg.InvalidMap) as caught:
        cg.load(folder)
    shown = "".join(traceback.format_exception(caught.value))
    assert "map.yaml:2" in shown
    assert "'aa'" in shown
    found = cg.check(folder)
    assert [each.code for each in found.errors] == [each.code for each in caught.value.diagnostics]
    assert "error[unknown-reference]" in str(found)
    assert "a" in found.map.entities


def test_a_folder_or_a_language_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        cg.load(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="no language is called 'fr'"):
        cg.load(language="fr")


@pytest.mark.parametrize("term", ["labour", "劳动", "勞動", "TOIL", "concept:labour", MAP.entities["labour"]])
def test_a_term_is_any_name_or_the_entity_itself(term: str | cg.Entity) -> None:
    assert cg.find(MAP, term).id == "labour"
    assert cg.show(MAP, term).entity.id == "labour"
    assert cg.paths(MAP, term, "wealth", 1)[0].entities == ("labour", "value", "wealth")


def test_an_unknown_term_comes_with_what_was_probably_meant() -> None:
    with pytest.raises(cg.UnknownTerm) as caught:
        cg.neighbors(MAP, "labuor")
    assert caught.value.__notes__ == ["did you mean: labour"]
    assert isinstance(caught.value, cg.ConceptGraphError)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: cg.rank(MAP, "betwenness"), "no measure is called 'betwenness'"),
        (lambda: cg.diff(MAP, MAP, "betwenness"), "no measure is called 'betwenness'"),
        (lambda: cg.rank(MAP, kind="concpt"), "no kind is called 'concpt'"),
        (lambda: cg.paths(MAP, "@people", "value"), "no kind is called 'people'"),
        (lambda: cg.neighbors(MAP, "labour", selection=cg.Selection(statuses="hold")), "no status is called 'hold'"),
        (lambda: cg.rank(MAP, selection=cg.Selection(places=["esay"])), "no text or section is called 'esay'"),
        (lambda: cg.trace(MAP, "labour", "casual"), "no predicate or family is called 'casual'"),
        (lambda: cg.show(MAP, "labour", "leadsto", "value"), "no predicate is called 'leadsto'"),
        (lambda: cg.show(MAP, "value", "leads-to", "labour"), "no relation is called 'value leads-to labour'"),
        (lambda: cg.compare(MAP, "essay", "rest"), "no text, section or voice is called 'rest'"),
    ],
)
def test_a_wrong_name_of_any_sort_is_an_unknown_term(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(cg.UnknownTerm, match=message) as caught:
        ask()
    assert caught.value.suggestions


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: cg.neighbors(MAP, "labour", direction="up"), "no direction is called 'up'"),
        (lambda: cg.trace(MAP, "labour", "causal", direction="both"), "no direction is called 'both'"),
        (lambda: cg.compare(MAP, "essay", "文章"), "both are essay"),
        (lambda: cg.service(MAP, "labour", "degree"), "degree counts no chains"),
        (lambda: cg.coverage(MAP), "no text is at hand"),
    ],
)
def test_what_no_name_can_mend_is_a_value_error(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ask()


def test_a_selection_takes_any_names_and_one_alone_as_it_is() -> None:
    selection = cg.Selection(predicates="因果", voices="马克思", places=["essay/1"], statuses=["held", "contested"])
    assert [str(each) for each in cg.neighbors(MAP, "labour", selection=selection)] == ["labour leads-to value"]
    assert len(cg.neighbors(MAP, "labour", selection=cg.Selection(places={"other"}))) == 1


def test_chains_begin_and_end_at_several_terms_and_pass_what_they_must() -> None:
    theorists = cg.paths(MAP, "@theorist", ["wealth", "财富"], 1)
    assert theorists.start == ("marx", "negri")
    assert theorists.end == ("wealth",)
    assert theorists[0].entities == ("marx", "value", "wealth")
    assert cg.paths(MAP, "rest", "wealth", through="value")[0].entities == ("rest", "labour", "value", "wealth")
    assert not cg.paths(MAP, "rest", "wealth", avoid=["value"])


def test_where_there_is_no_chain_the_answer_says_why() -> None:
    found = cg.paths(MAP, "rest", "wealth", selection=cg.Selection(predicates="因果"))
    assert not found
    assert found.obstacle is not None
    assert found.obstacle.cut == (0,)
    assert "without these limits there is: rest → labour → value → wealth" in str(found)


def test_answers_are_those_of_the_modules() -> None:
    from conceptgraph.centrality import rank
    from conceptgraph.neighbors import neighbors
    from conceptgraph.terms import search
    from conceptgraph.trace import trace

    assert list(cg.neighbors(MAP, "labour", 2)) == neighbors(MAP, "labour", 2)
    assert list(cg.search(MAP, "laodong")) == search(MAP, "laodong")
    for kind in ("theorist", "theorists", "理论家"):
        assert cg.rank(MAP, "degree", kind=kind).ranks == rank(MAP, measure("degree"), kind="theorist").ranks
    causal = cg.Selection({"leads-to", "prevents"}, statuses=("held", "contested", "denied"))
    assert cg.trace(MAP, "labour", "causal").branches == trace(MAP, "labour", causal).branches
    assert [each.id for each in cg.questions(MAP)] == ["what-labour-does", "what-rest-does"]
    assert [each.id for each in cg.questions(MAP, "What does rest do?")] == ["what-rest-does"]
    assert {each.voice for each in cg.who(MAP, "labour", "导致", "value")} == {"marx", "essay"}
    assert [side.id for side in cg.compare(MAP, "essay", "other").sides] == ["essay", "other"]
    assert [str(each) for each in cg.diff(MAP, cg.ArgumentMap()).relations.removed] == [
        str(each) for each in MAP.relations
    ]
    assert not cg.diff(MAP, MAP, "degree")
    assert cg.show(MAP, "rest", "mirrors", "labour").relation.triple == ("labour", "mirrors", "rest")
    assert cg.codes()["unknown-reference"].severity.name == "ERROR"
    assert (cg.stats(MAP).counts["entities"], cg.stats(MAP).counts["relations"]) == (8, 5)
    assert cg.to_graph(MAP).number_of_edges() == len(MAP.relations)


EVERY_ANSWER = [
    cg.show(MAP, "labour"),
    cg.show(MAP, "labour", "leads-to", "value"),
    cg.search(MAP, "labour"),
    cg.neighbors(MAP, "labour"),
    cg.paths(MAP, "labour", "wealth"),
    cg.paths(MAP, "labour", "wealth")[0],
    cg.rank(MAP),
    cg.robustness(MAP, "degree"),
    cg.service(MAP, "value"),
    cg.communities(MAP),
    cg.compare(MAP, "essay", "other"),
    cg.diff(MAP, replace(MAP, relations=dict(list(MAP.relations.items())[1:]))),
    cg.who(MAP, "labour"),
    cg.trace(MAP, "labour", "causal"),
    cg.questions(MAP),
    cg.stats(MAP),
    cg.vocabulary(MAP),
]


@pytest.mark.parametrize("answer", EVERY_ANSWER, ids=lambda answer: type(answer).__name__)
def test_every_answer_is_frozen_reads_as_text_and_can_be_kept(answer: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        answer.map = None
    kept = pickle.loads(pickle.dumps(answer))  # noqa: S301 - our own
    assert kept == answer
    assert str(kept) == str(answer) == repr(answer) != ""
    assert answer.text("zh") != answer.text("en")
    for row in answer.rows():
        assert list(row) == list(answer.report.columns)
    assert answer.data() is not None


def test_answers_speak_the_language_that_the_map_was_loaded_in(tmp_path: Path) -> None:
    text = """
    sources: {essay: {label: {zh: 文章, en: the essay}}}
    concepts:
      a: {label: {zh: 甲, en: first}}
      b: {label: {zh: 乙, en: second}}
    relations: [{in: essay, triples: [[a, leads-to, b]]}]
    """
    folder = written(tmp_path, text)
    assert str(cg.paths(cg.load(folder, language="zh"), "a", "b")[0]).splitlines()[:2] == [
        "甲 → 乙  (1 步)",
        "→ 甲 导致 乙",
    ]
    assert "→ first leads to second" in str(cg.paths(cg.load(folder), "a", "b"))
    both = str(cg.paths(cg.load(folder, language="both"), "a", "b"))
    assert "甲 导致 乙" in both
    assert "first leads to second" in both


def test_with_the_texts_at_hand_answers_show_passages_and_how_much_was_read(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "essay.txt").write_text(ESSAY, "utf-8")
    folder = written(
        tmp_path,
        """
        sources: {essay: {label: {zh: 文章, en: the essay}, file: essay.txt, sections: {"1": {zh: 一, opens: First}}}}
        concepts: {a: {label: {zh: 甲, en: a}}, b: {label: {zh: 乙, en: b}}}
        relations: [{in: essay/1, triples: [[a, leads-to, b, {at: 劳动导致}]]}]
        """,
    )
    map = cg.load(folder, sources=tmp_path / "texts")
    assert "makes value:劳动导致价值" in str(cg.paths(map, "a", "b"))
    assert "makes value:劳动导致价值" in cg.show(map, "a").html()
    assert [section.covered for section in cg.coverage(map).sections] == [1]
    assert "§1" in str(cg.coverage(map))


def test_a_map_is_exported_as_text_and_to_a_file(tmp_path: Path) -> None:
    text = cg.export(MAP, "graphml", tmp_path / "map.graphml")
    assert (tmp_path / "map.graphml").read_text("utf-8") == text
    with pytest.raises(LookupError, match="no format is called 'gexf'"):
        cg.export(MAP, "gexf")


def test_the_records_read_as_text_too() -> None:
    path = cg.paths(MAP, "labour", "wealth")[0]
    assert str(path.steps[0]) == "labour leads-to value"
    assert str(path.steps[0].relations[0].citations[0]) == "essay/1 「劳动导致」"
    assert str(MAP.entities["labour"]) == "劳动 labour (labour)"
    assert str(MAP.questions["what-rest-does"]) == "休息做什么？ What does rest do? (what-rest-does)"
    assert str(MAP) == "ArgumentMap(8 entities, 5 relations, 2 questions)"
    assert str(cg.rank(MAP, "degree").ranks[0]) == "1. value 0.6000"
    assert (
        str(cg.who(MAP, "labour", "leads-to", "value")[0])
        == "marx argues: labour leads-to value (essay/1 「劳动导致」)"
    )
