"""What differs between two maps, and what follows from it."""

import itertools
import math
from pathlib import Path

import pytest
from histories import ENTITIES, RELATIONS, VOCABULARY
from hypothesis import given
from hypothesis import strategies as st
from maps import loaded

from conceptgraph.diff import CENTRAL, Changed, Difference, Field, Move, diff, sound
from conceptgraph.loader import load
from conceptgraph.measures import measure
from conceptgraph.model import ArgumentMap

BETWEENNESS = measure("betweenness")


def map_with(relations: str = RELATIONS, entities: str = ENTITIES, vocabulary: str = VOCABULARY) -> ArgumentMap:
    return loaded(entities, vocabulary, relations=relations).require()


def between(old: ArgumentMap, new: ArgumentMap) -> Difference:
    return diff(old, new, BETWEENNESS)


BASE = map_with()


def test_a_map_does_not_differ_from_itself() -> None:
    found = between(BASE, BASE)
    assert not found
    assert (found.moves.moves, found.shortcuts.found, found.support) == ((), (), ())


def test_files_lines_order_and_layout_are_no_differences(tmp_path: Path) -> None:
    (tmp_path / "everything.yaml").write_text(f"# one file\n{VOCABULARY}\n{ENTITIES}", "utf-8")
    lines = [line.strip() for line in RELATIONS.splitlines() if line.strip().startswith("- [")]
    turned = "\n".join(f"    {line}" for line in reversed(lines))
    (tmp_path / "relations.yaml").write_text(f"relations:\n- in: essay/1\n  triples:\n{turned}\n", "utf-8")
    assert not between(BASE, load(tmp_path).require())


def test_an_entity_comes_and_goes() -> None:
    more = map_with(entities=ENTITIES.replace("  e: {", "  f: {label: {zh: 己, en: sixth}}\n  e: {"))
    assert [entity.id for entity in between(BASE, more).entities.added] == ["f"]
    assert [entity.id for entity in between(more, BASE).entities.removed] == ["f"]


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        ("en: third}", "en: the third}", [Field(("label", "en"), "third", "the third")]),
        ("en: third}", "en: third}, note: {en: n}", [Field(("note", "en"), None, "n")]),
        ("zh: 丙, en: third", "en: third", [Field(("label", "zh"), "丙", None)]),
        ("en: third}", "en: third}, aliases: {en: [x, y]}", [Field(("aliases", "en"), None, each) for each in "xy"]),
        (
            '"2": {zh: 二, en: Two}',
            '"2": {zh: 二, en: Second}',
            [Field(("sections", "2", "title", "en"), "Two", "Second")],
        ),
        (
            '"1": {zh: 一, en: One}, "2": {zh: 二, en: Two}',
            '"2": {zh: 二, en: Two}, "1": {zh: 一, en: One}',
            [Field(("sections",), "1 2", "2 1")],
        ),
        ('"2": {zh: 二, en: Two}', '"2": {zh: 二, en: Two}, "3": {}', [Field(("sections", "3"), None, "")]),
    ],
)
def test_an_entity_says_something_else(old: str, new: str, fields: list[Field]) -> None:
    (changed,) = between(BASE, map_with(entities=ENTITIES.replace(old, new))).entities.changed
    assert list(changed.fields) == fields


def test_of_aliases_only_those_that_came_or_went_are_named_and_their_order_does_not_matter() -> None:
    def aliased(names: str) -> ArgumentMap:
        return map_with(entities=ENTITIES.replace("en: third}", f"en: third}}, aliases: {{en: [{names}]}}"))

    assert not between(aliased("x, y"), aliased("y, x"))
    (changed,) = between(aliased("x, y"), aliased("z, x")).entities.changed
    assert changed.fields == (Field(("aliases", "en"), "y", "z"),)


def renamed(*names: tuple[str, str]) -> ArgumentMap:
    entities, relations = ENTITIES, RELATIONS
    for old, new in names:
        entities = entities.replace(f"  {old}: {{", f"  {new}: {{")
        relations = relations.replace(f"[{old},", f"[{new},").replace(f", {old},", f", {new},")
    return map_with(relations, entities)


def told(changes: tuple[Changed[object], ...]) -> list[str]:
    return [f"{each.old.id} {each.new.id}" for each in changes]  # type: ignore[attr-defined]


def test_a_renamed_entity_is_recognised_and_its_relations_stay_what_they_were() -> None:
    found = between(BASE, renamed(("labor", "labour")))
    assert told(found.entities.renamed) == ["labor labour"]
    assert not found.entities.added
    assert not found.entities.removed
    assert not found.relations
    assert not found.moves.moves


def test_neighbours_may_be_renamed_together() -> None:
    found = between(BASE, renamed(("a", "alpha"), ("b", "beta"), ("labor", "labour"), ("t", "theta")))
    assert told(found.entities.renamed) == ["a alpha", "b beta", "labor labour", "t theta"]
    assert not found.relations


def test_a_voice_or_a_text_may_be_renamed() -> None:
    said = RELATIONS.replace("{at: 甲养活乙}", "{by: ada}")
    now = map_with(said.replace("by: ada", "by: lovelace").replace("essay/", "text/"),
                   ENTITIES.replace("ada:", "lovelace:").replace("essay:", "text:"))  # fmt: skip
    found = between(map_with(said), now)
    assert told(found.entities.renamed) == ["ada lovelace", "essay text"]
    assert not found.relations


def test_a_renamed_entity_may_also_say_something_else() -> None:
    now = map_with(RELATIONS.replace("labor", "labour"), ENTITIES.replace(
        "labor: {label: {zh: 劳动, en: labour}", "labour: {label: {zh: 劳动, en: labour}, note: {en: n}"))  # fmt: skip
    (changed,) = between(BASE, now).entities.renamed
    assert changed.fields == (Field(("note", "en"), None, "n"),)


@pytest.mark.parametrize(
    ("entities", "relations"),
    [
        # another name, another kind, nothing in common, and two that it could be
        (ENTITIES.replace("labor: {label: {zh: 劳动, en: labour}}", "work: {label: {zh: 劳动, en: work}}"), "work"),
        (ENTITIES.replace("  labor: {label: {zh: 劳动, en: labour}}\n", "").replace(
            "theorists:\n", "theorists:\n  work: {label: {zh: 劳动, en: labour}}\n"), "work"),
        (ENTITIES.replace("labor:", "work:"), ""),
        (ENTITIES.replace("labor: {", "toil: {label: {zh: 劳动, en: labour}}\n  work: {"), "work"),
    ],
)  # fmt: skip
def test_what_is_not_plainly_the_same_has_not_been_renamed(entities: str, relations: str) -> None:
    changed = RELATIONS.replace("[labor,", f"[{relations},") if relations else RELATIONS.replace("[labor, m", "[c, m")
    found = between(BASE, map_with(changed, entities))
    assert not found.entities.renamed
    assert [entity.id for entity in found.entities.removed] == ["labor"]


def test_a_renamed_predicate_is_recognised() -> None:
    found = between(
        BASE, map_with(RELATIONS.replace("feeds", "nourishes"), vocabulary=VOCABULARY.replace("feeds:", "nourishes:"))
    )
    assert told(found.vocabulary.renamed) == ["feeds nourishes"]
    assert not found.relations
    assert not found.vocabulary.added


def test_vocabulary_and_questions_are_part_of_the_map() -> None:
    now = map_with(
        vocabulary=VOCABULARY.replace("sign: 1", "sign: -1"),
        entities=ENTITIES + "questions: {q: {ask: {en: what?}, query: show a}}\n",
    )
    found = between(BASE, now)
    (changed,) = found.vocabulary.changed
    assert (changed.new.id, changed.fields) == ("backs", (Field(("sign",), "1", "-1"),))
    assert [question.id for question in found.questions.added] == ["q"]


def test_a_relation_comes_and_goes() -> None:
    more = map_with(RELATIONS + "      - [a, feeds, d]\n")
    assert [str(each) for each in between(BASE, more).relations.added] == ["a feeds d"]
    assert [str(each) for each in between(more, BASE).relations.removed] == ["a feeds d"]


def test_a_symmetric_relation_is_the_same_from_either_end() -> None:
    assert not between(BASE, map_with(RELATIONS.replace("labor, mirrors, b", "b, mirrors, labor")))


def test_a_relation_whose_predicate_or_direction_changed_is_restated() -> None:
    found = between(
        BASE, map_with(RELATIONS.replace("b, feeds, c", "b, starves, c").replace("d, feeds, e", "e, feeds, d"))
    )
    assert [(str(each.old), str(each.new)) for each in found.relations.restated] == [
        ("b feeds c", "b starves c"),
        ("d feeds e", "e feeds d"),
    ]
    assert found.relations.restated[0].fields == (Field(("predicate",), "feeds", "starves"),)
    assert not found.relations.added
    assert not found.shortcuts.found


def test_where_two_relations_took_the_place_of_one_nothing_is_guessed() -> None:
    now = map_with(RELATIONS.replace("[b, feeds, c,", "[b, starves, c]\n      - [b, mirrors, c,"))
    found = between(BASE, now).relations
    assert (len(found.added), len(found.removed), found.restated) == (2, 1, ())


CITED = "{at: 甲养活乙}"


@pytest.mark.parametrize(
    ("now", "fields"),
    [
        ("{at: 甲养活乙, modality: hedged}", [("modality", "asserted", "hedged")]),
        ("{at: 甲养活乙, by: ada, stance: reports}", [("by", "essay", "ada"), ("stance", "endorses", "reports")]),
        ("{at: 甲养活着乙}", [("at", "甲养活乙", "甲养活着乙")]),
        ("{}", [("at", "甲养活乙", None)]),
        ("{at: 甲养活乙, order: 2}", [("order", None, "2")]),
        ("{at: 甲养活乙, denied: true}", [("denied", None, "true")]),
    ],
)
def test_a_citation_of_one_place_that_says_something_else_has_changed(
    now: str, fields: list[tuple[str, str | None, str | None]]
) -> None:
    (reargued,) = between(BASE, map_with(RELATIONS.replace(CITED, now))).relations.reargued
    (changed,) = reargued.changed
    assert [("".join(each.path), each.old, each.new) for each in changed.fields] == fields
    assert not reargued.gained
    assert not reargued.lost


def test_citations_are_gained_and_lost() -> None:
    more = map_with(RELATIONS + "      - [a, feeds, b, {by: ada, at: 如艾达所言}]\n")
    (gained,) = between(BASE, more).relations.reargued
    (lost,) = between(more, BASE).relations.reargued
    assert [each.at for each in gained.gained] == [each.at for each in lost.lost] == ["如艾达所言"]
    assert (gained.lost, gained.changed, gained.turned) == ((), (), False)


def test_who_speaks_together_does_so_in_any_order_and_who_reports_whom_does_not() -> None:
    two = ENTITIES.replace("ada: {", "bob: {label: {zh: 鲍勃, en: Bob}}\n  ada: {")

    def citing(how: str) -> ArgumentMap:
        return map_with(RELATIONS.replace(CITED, how), two)

    assert not between(citing("{by: [ada, bob]}"), citing("{by: [bob, ada]}"))
    (reargued,) = between(citing("{by: ada, via: [bob, ada]}"), citing("{by: ada, via: [ada, bob]}")).relations.reargued
    assert reargued.changed[0].fields == (Field(("via",), "bob ada", "ada bob"),)


def test_a_citation_that_stands_twice_and_then_once_is_lost_once() -> None:
    twice = map_with(RELATIONS + "      - [a, feeds, b, {at: 甲养活乙}]\n")
    (reargued,) = between(twice, BASE).relations.reargued
    assert (len(reargued.lost), len(reargued.gained)) == (1, 0)


def test_a_denial_makes_a_relation_contested_and_so_does_an_opposite_one() -> None:
    denied = between(BASE, map_with(RELATIONS + "      - [a, feeds, b, {by: ada, denied: true}]\n")).relations
    (reargued,) = denied.reargued
    assert (reargued.old.status, reargued.new.status, reargued.turned, reargued.recited) == (
        "held",
        "contested",
        True,
        True,
    )
    opposed = between(BASE, map_with(RELATIONS + "      - [a, starves, b]\n")).relations
    (reargued,) = opposed.reargued
    assert (reargued.new.status, reargued.turned, reargued.recited) == ("contested", True, False)


def test_a_thesis_wins_and_loses_support() -> None:
    now = map_with(RELATIONS.replace("[a, backs", "[b, backs") + "      - [c, backs, t]\n")
    (support,) = between(BASE, now).support
    assert (support.thesis, support.counts) == ("t", (1, 2))
    assert [str(each) for each in support.gained] == ["b backs t", "c backs t"]
    assert [str(each) for each in support.lost] == ["a backs t"]


def test_a_new_relation_shortens_the_way_between_others() -> None:
    # a → b → c → d → e, with t behind a, and labor behind b; now a → e, too
    found = between(BASE, map_with(RELATIONS + "      - [a, feeds, e]\n")).shortcuts
    ways = {frozenset((each.entities[0], each.entities[-1])): (each.old, each.length) for each in found.found}
    assert ways == {
        frozenset(("a", "e")): (4, 1),
        frozenset(("t", "e")): (5, 2),
        frozenset(("a", "d")): (3, 2),
        frozenset(("t", "d")): (4, 3),
        frozenset(("b", "e")): (3, 2),
        frozenset(("labor", "e")): (4, 3),
    }
    assert [each.length for each in found.found[:2]] in ([1, 2], [2, 1])
    (way,) = (each.entities for each in found.found if each.old == 5)
    assert way in (("t", "a", "e"), ("e", "a", "t"))
    # all of the eight entities are central enough
    assert (found.central, found.ends, found.pairs) == (8, 0, math.comb(8, 2))


def test_what_nothing_connected_is_connected() -> None:
    found = between(BASE, map_with(RELATIONS + "      - [ada, mirrors, e]\n")).shortcuts.found
    assert found[0].old is None
    assert ("ada", "e") in [each.entities for each in found] or ("e", "ada") in [each.entities for each in found]
    assert all(each.old is None for each in found)


def test_no_new_relation_no_shorter_way_and_nothing_to_look_at() -> None:
    found = between(BASE, map_with(RELATIONS.replace("      - [c, feeds, d, {at: 丙养活丁}]\n", ""))).shortcuts
    assert (found.found, found.pairs) == ((), 0)


def test_ends_of_new_relations_are_looked_at_beside_the_most_central() -> None:
    ids = [f"n{number:03}" for number in range(CENTRAL + 30)]
    concepts = "concepts:\n" + "\n".join(f"  {id}: {{label: {{zh: {id}, en: {id}}}}}" for id in ids)
    chain = "\n".join(f"      - [{one}, feeds, {other}]" for one, other in itertools.pairwise(ids))
    relations = f"relations:\n  - in: essay\n    triples:\n{chain}\n"
    entities = f"sources: {{essay: {{label: {{zh: 文, en: essay}}}}}}\n{concepts}\n"
    more = f"{relations}      - [{ids[0]}, feeds, {ids[2]}]\n"
    found = between(map_with(relations, entities), map_with(more, entities)).shortcuts
    # the first of a chain is as far from its middle as can be
    assert (found.central, found.ends) == (CENTRAL, 2)
    assert ("n000", "n002") in [tuple(sorted((each.entities[0], each.entities[-1]))) for each in found.found]


def test_places_change_and_the_farthest_move_by_ratio_stands_first() -> None:
    now = map_with(RELATIONS + "      - [a, feeds, d]\n")
    moves = between(BASE, now).moves
    assert moves.measure.id == "betweenness"
    assert [move.way for move in moves.moves] == sorted((move.way for move in moves.moves), reverse=True)
    assert Move("x", 5, 2).way > Move("x", 105, 102).way
    assert Move("x", 2, 5).way == pytest.approx(Move("x", 5, 2).way)
    by_degree = {move.entity: (move.old, move.new) for move in diff(BASE, now, measure("degree")).moves.moves}
    # before: b 3, then a c d 2; now: a b d 3, then c
    assert by_degree == {"a": (2, 1), "d": (2, 1), "c": (2, 4)}


def test_ids_of_followed_consequences_are_those_of_the_new_map() -> None:
    relations = RELATIONS.replace("labor", "labour") + "      - [labour, feeds, e]\n"
    found = between(BASE, map_with(relations, ENTITIES.replace("labor:", "labour:")))
    assert ("e", "labour") in [tuple(sorted((each.entities[0], each.entities[-1]))) for each in found.shortcuts.found]
    assert "labor" not in {move.entity for move in found.moves.moves}


def test_of_a_map_with_errors_what_holds_together_is_compared() -> None:
    broken = loaded(ENTITIES, VOCABULARY, relations=RELATIONS + "      - [a, feeds, nobody]\n      - [a, fells, b]\n")
    assert {each.code for each in broken.errors} == {"unknown-reference", "unknown-predicate"}
    assert not between(BASE, sound(broken.map))


LINES = [line for line in RELATIONS.splitlines() if line.strip().startswith("- [")] + [
    "      - [a, starves, b]", "      - [c, mirrors, labor, {by: ada}]", "      - [e, backs, t, {denied: true}]",
    "      - [a, feeds, b, {by: ada, at: 又说}]",
]  # fmt: skip


@given(st.sets(st.sampled_from(LINES)), st.sets(st.sampled_from(LINES)))
def test_what_one_direction_calls_added_the_other_calls_removed(one: set[str], other: set[str]) -> None:
    maps = [map_with("relations:\n  - in: essay/1\n    triples:\n" + "\n".join(sorted(lines)) + "\n") if lines else
            map_with("relations: []\n") for lines in (one, other)]  # fmt: skip
    there, back = between(*maps), between(*reversed(maps))
    assert there.relations.added == back.relations.removed
    restated = [(each.old.triple, each.new.triple) for each in there.relations.restated]
    assert sorted(restated) == sorted((each.new.triple, each.old.triple) for each in back.relations.restated)
    assert [each.gained for each in there.relations.reargued] == [each.lost for each in back.relations.reargued]
    assert {(each.entity, each.old, each.new) for each in there.moves.moves} == {
        (each.entity, each.new, each.old) for each in back.moves.moves
    }
    assert bool(there) == bool(back) == (one != other)
