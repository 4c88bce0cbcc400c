"""Located nodes to records, and every fault of shape at its exact place."""

import re
from textwrap import dedent

import pytest
from maps import VOCABULARY

from conceptgraph.binder import HEADINGS, Records, bind
from conceptgraph.diagnostics import Origin, Span
from conceptgraph.model import MODALITIES, STANCES, Citation, Triple
from conceptgraph.reader import parse

STANCE = f"expected one of {', '.join(STANCES)} under 'stance'"
ENTITY = "the fields are aliases, definition, label, note, reference"
QUALIFIERS = "at, by, condition, denied, in, inferred, likely, modality, note, order, stance, via, when"
KNOWN_HEADINGS = ", ".join(sorted([*HEADINGS, *re.findall(r"plural: ([a-z-]+)", VOCABULARY)]))
NOWHERE = Origin(Span("", 0, 0, 0, 0), {})


def bound(*texts: str, vocabulary: str = VOCABULARY) -> Records:
    """The records of some files, `a.yaml`, `b.yaml` and so on, with a vocabulary after them."""
    documents = [parse(dedent(text).removeprefix("\n"), f"{chr(97 + n)}.yaml") for n, text in enumerate(texts)]
    assert not any(document.diagnostics for document in documents)
    return bind([*documents, parse(vocabulary, "vocabulary.yaml")])


def faults(*texts: str, vocabulary: str = VOCABULARY) -> list[str]:
    """What was found, as `line:column code: message (help)`."""
    return [
        f"{found.span.line}:{found.span.column} {found.code}: {found.message}"
        + (f" ({found.help})" if found.help else "")
        for found in sorted(bound(*texts, vocabulary=vocabulary).diagnostics, key=lambda found: found.order)
    ]


def cited(text: str) -> list[tuple[Triple, Citation]]:
    """The statements of a text that has no faults, without their origins."""
    records = bound(text)
    assert records.diagnostics == []
    return [(triple, citation._replace(origin=NOWHERE)) for triple, citation in records.statements]


# records


def test_binds_every_field_of_an_entity() -> None:
    records = bound(
        """
        concepts:
          free-labour:
            label: {zh: 免费劳动, en: free labour, zh-Hant: 免費勞動}
            aliases: {zh: [无偿劳动, 自由劳动], en: unpaid labour}
            definition: {zh: 不付报酬的劳动}
            note: {en: our own words}
        """
    )
    assert records.diagnostics == []
    entity = records.entities["free-labour"]
    assert (entity.id, entity.kind) == ("free-labour", "concept")
    assert entity.label == {"zh": "免费劳动", "en": "free labour", "zh-Hant": "免費勞動"}
    assert entity.aliases == {"zh": ("无偿劳动", "自由劳动"), "en": ("unpaid labour",)}
    assert entity.definition == {"zh": "不付报酬的劳动"}
    assert entity.note == {"en": "our own words"}
    assert (entity.sections, entity.file) == ({}, None)


def test_keeps_the_place_of_a_record_and_of_each_of_its_fields() -> None:
    origin = bound("concepts:\n  capital:\n    label: {zh: 资本, en: capital}\n").entities["capital"].origin
    assert origin.span == Span("a.yaml", 2, 3, 2, 10)
    assert origin.part("label") == Span("a.yaml", 3, 12, 3, 33)
    assert origin.part("label.zh") == Span("a.yaml", 3, 17, 3, 19)
    assert origin.part("label.en") == Span("a.yaml", 3, 25, 3, 32)
    assert origin.part("definition") == origin.span


def test_binds_a_source_with_its_outline_in_the_order_of_the_text() -> None:
    records = bound(
        """
        sources:
          progress:
            label: {zh: 进步, en: progress}
            file: progress.txt
            sections:
              "10": {zh: 结语, en: Conclusion}
              2: {zh: 市场, opens: 市场的}
              2.10: {en: Prices}
        """
    )
    assert records.diagnostics == []
    source = records.entities["progress"]
    assert source.file == "progress.txt"
    assert [(section.id, section.title, section.opens) for section in source.sections.values()] == [
        ("10", {"zh": "结语", "en": "Conclusion"}, None),
        ("2", {"zh": "市场"}, "市场的"),
        ("2.10", {"en": "Prices"}, None),
    ]


def test_binds_every_field_of_a_predicate() -> None:
    text = """
        predicates:
          privatises:
            label: {zh: 私有化, en: privatises}
            inverse: {zh: 被…私有化, en: is privatised by}
            family: causal
            sign: -1
            opposite: leads-to
            domain: [theorist, work]
            range: concept
            same-as: ['cito:x']
            definition: {en: takes from all}
            bookkeeping: true
            acyclic: true
            vague: true
        """
    records = bound(text)
    assert records.diagnostics == []
    predicate = records.predicates["privatises"]
    assert (predicate.family, predicate.sign, predicate.symmetric) == ("causal", -1, False)
    assert (predicate.opposite, predicate.domain, predicate.range) == ("leads-to", ("theorist", "work"), ("concept",))
    assert (predicate.same_as, predicate.bookkeeping) == (("cito:x",), True)
    assert (predicate.acyclic, predicate.vague) == (True, True)
    assert predicate.inverse == {"zh": "被…私有化", "en": "is privatised by"}


def test_a_symmetric_predicate_is_its_own_inverse() -> None:
    predicate = bound("predicates:\n  meets: {family: causal, symmetric: true, label: {en: meets}}\n").predicates[
        "meets"
    ]
    assert predicate.inverse == predicate.label == {"en": "meets"}


def test_binds_a_question() -> None:
    question = bound(
        """
        questions:
          what-of-leisure:
            ask: {zh: 闲暇呢？, en: What of leisure?}
            query: neighbors leisure --depth 2
            expect: [capital, free-labour]
        """
    ).questions["what-of-leisure"]
    assert (question.ask["en"], question.query) == ("What of leisure?", "neighbors leisure --depth 2")
    assert question.expect == ("capital", "free-labour")
    assert question.origin.part("expect.1") == Span("a.yaml", 5, 23, 5, 34)


def test_a_new_kind_is_one_record_and_its_plural_a_heading_in_every_file() -> None:
    records = bound("machines:\n  loom: {}\n", "kinds:\n  machine: {plural: machines, label: {en: machine}}\n")
    assert records.diagnostics == []
    assert records.entities["loom"].kind == "machine"


@pytest.mark.parametrize("heading", ["concepts", *HEADINGS])
def test_a_heading_may_stand_over_nothing(heading: str) -> None:
    assert faults(f"{heading}:\n") == []


def test_scalars_that_look_like_something_else_stay_text() -> None:
    records = bound('concepts:\n  no: {label: {zh: null, en: 1.10}, definition: {en: 2020-01-01, zh: "~"}}\n')
    assert records.diagnostics == []
    assert records.entities["no"].label == {"zh": "null", "en": "1.10"}
    assert records.entities["no"].definition == {"en": "2020-01-01", "zh": "~"}


# relations


def test_the_common_case_needs_only_a_place_and_an_anchor() -> None:
    [(triple, citation)] = cited(
        "relations:\n  - in: alienation/3.1\n    triples:\n      - [a, leads-to, b, {at: 私有化}]\n"
    )
    assert triple == ("a", "leads-to", "b")
    assert citation == Citation(
        source="alienation", section="3.1", at="私有化", by=("alienation",), via=(), likely=None, denied=False,
        stance="endorses", modality="asserted", condition={}, inferred=False, order=None, when=None, note={},
        origin=NOWHERE,
    )  # fmt: skip


def test_the_short_and_the_long_form_say_the_same() -> None:
    short, long = cited(
        """
        relations:
          - in: alienation/3.1
            triples:
              - [a, leads-to, b, {at: 私有化, by: [hardt, negri], via: harvey, denied: true, stance: rejects,
                                  modality: conditional, condition: {zh: 若}, inferred: true, order: 2, when: 193X,
                                  likely: marx, note: {en: ours}}]
              - subject: a
                predicate: leads-to
                object: b
                at: 私有化
                by: [hardt, negri]
                via: harvey
                denied: true
                stance: rejects
                modality: conditional
                condition: {zh: 若}
                inferred: true
                order: 2
                when: 193X
                likely: marx
                note: {en: ours}
        """
    )
    assert short == long
    assert short[1] == Citation(
        source="alienation", section="3.1", at="私有化", by=("hardt", "negri"), via=("harvey",), likely="marx",
        denied=True, stance="rejects", modality="conditional", condition={"zh": "若"}, inferred=True, order=2,
        when="193X", note={"en": "ours"}, origin=NOWHERE,
    )  # fmt: skip


def test_a_line_may_name_a_place_of_its_own() -> None:
    places = [
        citation.place
        for _, citation in cited(
            """
            relations:
              - in: alienation/3.1
                triples:
                  - [a, leads-to, b]
                  - [a, leads-to, b, {in: progress}]
                  - {subject: a, predicate: leads-to, object: b, in: progress/2}
              - triples:
                  - [a, leads-to, b, {in: alienation/1}]
            """
        )
    ]
    assert places == ["alienation/3.1", "progress", "progress/2", "alienation/1"]


def test_keeps_the_place_of_every_part_of_a_triple() -> None:
    text = "relations:\n  - in: alienation/3.1\n    triples:\n      - [资本, leads-to, b, {by: [marx, fuchs], at: x}]\n"
    [(_, citation)] = bound(text).statements
    assert citation.origin.span == Span("a.yaml", 4, 9, 4, 54)
    assert {
        part: citation.origin.part(part)[1:] for part in ("subject", "predicate", "object", "by.1", "at", "in")
    } == {
        "subject": (4, 10, 4, 12),
        "predicate": (4, 14, 4, 22),
        "object": (4, 24, 4, 25),
        "by.1": (4, 39, 4, 44),
        "at": (4, 51, 4, 52),
        "in": (2, 9, 2, 23),
    }


# faults of shape


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the file
        ("- a\n", ["1:1 wrong-type: expected headings such as `concepts:` or `relations:`, found a list"]),
        ("concepts\n", ["1:1 wrong-type: expected headings such as `concepts:` or `relations:`, found 'concepts'"]),
        ("concept:\n  a: {}\n", ["1:1 unknown-kind: no kind is listed under 'concept' (did you mean 'concepts'?)"]),
        ("relation: []\n", ["1:1 unknown-kind: no kind is listed under 'relation' (did you mean 'relations'?)"]),
        (
            "理论:\n  a: {}\n",
            [f"1:1 unknown-kind: no kind is listed under '理论' (the headings are {KNOWN_HEADINGS})"],
        ),
        # its records
        ("concepts: [a]\n", ["1:11 wrong-type: expected records, each under its id, found a list"]),
        ("concepts: ''\n", []),
        ("concepts:\n  a:\n", ["2:5 wrong-type: expected the fields of a record, found nothing"]),
        ("concepts:\n  a: 异化\n", ["2:6 wrong-type: expected the fields of a record, found '异化'"]),
        ("concepts:\n  a: [b]\n", ["2:6 wrong-type: expected the fields of a record, found a list"]),
        ("concepts:\n  Free_Labour: {}\n", ["2:3 malformed-id: malformed id 'Free_Labour' (write 'free-labour')"]),
        ("concepts:\n  a--b: {}\n", ["2:3 malformed-id: malformed id 'a--b' (write 'a-b')"]),
        ("concepts:\n  a b: {}\n", ["2:3 malformed-id: malformed id 'a b' (write 'a-b')"]),
        (
            "concepts:\n  异化: {}\n",
            ["2:3 malformed-id: malformed id '异化' (use lower-case letters, digits and dashes)"],
        ),
        (
            "concepts:\n  с-1: {}\n",
            ["2:3 malformed-id: malformed id 'с-1' (use lower-case letters, digits and dashes)"],
        ),
        ("concepts:\n  １: {}\n", ["2:3 malformed-id: malformed id '１' (use lower-case letters, digits and dashes)"]),
        (
            "theorists:\n  unattributed: {}\n",
            ["2:3 duplicate-id: the id 'unattributed' is kept for voices without a name"],
        ),
        ("concepts:\n  a: {}\n  a: {}\n", ["3:3 duplicate-key: the key 'a' stands twice"]),
        ("concepts:\n  a: {}\nworks:\n  a: {}\n", ["4:3 duplicate-id: the id 'a' stands twice"]),
        # their fields
        (
            "concepts:\n  a: {lable: {zh: 异化}}\n",
            ["2:7 unknown-field: unknown field 'lable' (did you mean 'label'?)"],
        ),
        (
            "concepts:\n  a: {colour: red}\n",
            [f"2:7 unknown-field: unknown field 'colour' ({ENTITY})"],
        ),
        (
            "concepts:\n  a: {sections: {}}\n",
            [f"2:7 unknown-field: unknown field 'sections' ({ENTITY})"],
        ),
        (
            "concepts:\n  a: {label: 异化}\n",
            ["2:14 wrong-type: expected text by language under 'label', found '异化' (write {zh: …, en: …})"],
        ),
        ("concepts:\n  a: {label: {zh: [异化]}}\n", ["2:19 wrong-type: expected text under 'label', found a list"]),
        ("concepts:\n  a: {label: {zh: '  '}}\n", ["2:19 wrong-type: expected text under 'label', found '  '"]),
        ("concepts:\n  a: {label: {zh: }}\n", ["2:19 wrong-type: expected text under 'label', found nothing"]),
        (
            "concepts:\n  a: {label: {中文: 异化}}\n",
            ["2:15 unknown-field: '中文' is not a language tag (tags are zh, en, zh-Hant, …)"],
        ),
        ("concepts:\n  a: {label: {zh: 甲, zh: 乙}}\n", ["2:22 duplicate-key: the key 'zh' stands twice"]),
        (
            "concepts:\n  a: {aliases: {zh: [甲, [乙]]}}\n",
            ["2:25 wrong-type: expected text under 'aliases', found a list"],
        ),
        (
            "sources:\n  s: {sections: [a]}\n",
            ["2:17 wrong-type: expected sections, each under its number, found a list"],
        ),
        (
            "sources:\n  s: {sections: {1: 引言}}\n",
            ["2:21 wrong-type: expected a title by language, {zh: …, en: …}, found '引言'"],
        ),
        (
            "predicates:\n  p: {family: causal, sign: plus, symmetric: yes}\n",
            [
                "2:29 wrong-type: expected one of -1, 0, 1 under 'sign', found 'plus'",
                "2:46 wrong-type: expected true or false under 'symmetric', found 'yes' (write true)",
            ],
        ),
        (
            "predicates:\n  p: {family: causal, sign: 2}\n",
            ["2:29 wrong-type: expected one of -1, 0, 1 under 'sign', found '2'"],
        ),
        ("predicates:\n  p: {}\n", ["2:3 missing-field: the field 'family' is missing"]),
        ("kinds:\n  k: {}\n", ["2:3 missing-field: the field 'plural' is missing"]),
        (
            "questions:\n  q: {}\n",
            ["2:3 missing-field: the field 'ask' is missing", "2:3 missing-field: the field 'query' is missing"],
        ),
        # relations
        ("relations: a\n", ["1:12 wrong-type: expected a list of blocks, each with `in` and `triples`, found 'a'"]),
        ("relations:\n  - a\n", ["2:5 wrong-type: expected a block with `in` and `triples`, found 'a'"]),
        ("relations:\n  - in: x\n", ["2:5 missing-field: the field 'triples' is missing"]),
        ("relations:\n  - {in: x, triples: a}\n", ["2:22 wrong-type: expected a list of triples, found 'a'"]),
        (
            "relations:\n  - {in: x, tripels: [], triples: []}\n",
            ["2:13 unknown-field: unknown field 'tripels' (did you mean 'triples'?)"],
        ),
        (
            "relations:\n  - {in: x, triples: [a]}\n",
            ["2:23 wrong-type: expected a triple, [subject, predicate, object], found 'a'"],
        ),
        (
            "relations:\n  - {in: x, triples: [[a, b]]}\n",
            [
                "2:23 wrong-type: a triple is [subject, predicate, object] with or without {…}, found 2 items",
            ],
        ),
        (
            "relations:\n  - {in: x, triples: [[a, b, c, d]]}\n",
            ["2:33 wrong-type: expected qualifiers such as {at: …}, found 'd'"],
        ),
        (
            "relations:\n  - {in: x, triples: [[a, [b], '']]}\n",
            [
                "2:27 wrong-type: expected the id of the predicate, found a list",
                "2:32 wrong-type: expected the id of the object, found ''",
            ],
        ),
        (
            "relations:\n  - {triples: [[a, b, c]]}\n",
            ["2:16 missing-field: it is not said where this is argued (add `in: source/section` to the block)"],
        ),
        (
            "relations:\n  - in: x\n    triples:\n      - {subject: a, at: y}\n",
            ["4:9 missing-field: the field 'object' is missing", "4:9 missing-field: the field 'predicate' is missing"],
        ),
        (
            "relations:\n  - {in: x, triples: [[a, b, c, {att: y}]]}\n",
            ["2:34 unknown-field: unknown field 'att' (did you mean 'at'?)"],
        ),
        (
            "relations:\n  - {in: x, triples: [[a, b, c, {subject: y}]]}\n",
            [f"2:34 unknown-field: unknown field 'subject' (the fields are {QUALIFIERS})"],
        ),
        (
            "relations:\n  - {in: x, triples: [[a, b, c, {stance: reject, modality: maybe}]]}\n",
            [
                f"2:42 wrong-type: {STANCE}, found 'reject' (did you mean 'rejects'?)",
                f"2:60 wrong-type: expected one of {', '.join(MODALITIES)} under 'modality', found 'maybe'",
            ],
        ),
        (
            "relations:\n  - {in: x, triples: [[a, b, c, {denied: True, inferred: 1, order: first}]]}\n",
            [
                "2:42 wrong-type: expected true or false under 'denied', found 'True' (write true)",
                "2:58 wrong-type: expected true or false under 'inferred', found '1' (write true)",
                "2:68 wrong-type: expected a whole number under 'order', found 'first'",
            ],
        ),
        (
            "relations:\n  - {in: x, triples: [[a, b, c, {at: , by: [a, {}], note: 甲}]]}\n",
            [
                "2:38 wrong-type: expected text under 'at', found nothing",
                "2:48 wrong-type: expected text under 'by', found a mapping",
                "2:59 wrong-type: expected text by language under 'note', found '甲' (write {zh: …, en: …})",
            ],
        ),
    ],
)
def test_says_what_is_wrong_and_exactly_where(text: str, expected: list[str]) -> None:
    assert faults(text) == expected


def test_a_stance_that_is_only_a_little_like_its_contrary_is_not_taken_for_it() -> None:
    assert faults("relations:\n  - {in: x, triples: [[a, b, c, {stance: agrees}]]}\n") == [
        "2:42 wrong-type: expected one of endorses, reports, concedes, rejects under 'stance', found 'agrees'"
    ]


def test_a_second_record_of_an_id_names_the_first() -> None:
    records = bound("concepts:\n  a: {label: {zh: 甲}}\n", "works:\n  a: {label: {zh: 乙}}\n")
    [found] = records.diagnostics
    assert (str(found.span), found.code) == ("b.yaml:2:3", "duplicate-id")
    assert [(note.message, str(note.span)) for note in found.notes] == [("first here", "a.yaml:2:3")]
    assert records.entities["a"].label == {"zh": "甲"}


def test_an_id_may_name_an_entity_and_a_predicate() -> None:
    assert faults("concepts:\n  leads-to: {}\n  causal: {}\n  concept: {}\n") == []


def test_both_of_two_equal_headings_are_read() -> None:
    records = bound("concepts:\n  a: {}\nconcepts:\n  b: {lable: x}\n")
    assert [f"{found.span.line}:{found.span.column} {found.code}" for found in records.diagnostics] == [
        "3:1 duplicate-key",
        "4:7 unknown-field",
    ]
    assert list(records.entities) == ["a", "b"]


def test_two_kinds_cannot_share_a_heading() -> None:
    records = bound("kinds:\n  idea: {plural: ideas}\n  notion: {plural: ideas}\n")
    [found] = records.diagnostics
    assert (found.code, found.message) == ("duplicate-id", "the heading 'ideas' stands twice")
    assert str(found.span) == "a.yaml:3:20"
    assert [(note.message, str(note.span)) for note in found.notes] == [("first here", "a.yaml:2:18")]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_kind_cannot_take_a_heading_of_the_format(heading: str) -> None:
    assert faults(f"kinds:\n  idea: {{plural: {heading}}}\n") == [
        f"2:18 duplicate-id: the heading '{heading}' is not for a kind of entity"
    ]


def test_a_message_does_not_grow_with_what_was_written() -> None:
    endless = "x" * 10_000
    for text in (
        f"? {endless}_\n: a\n",
        f"concepts:\n  ? {endless}_\n  : {{}}\n",
        f"concepts:\n  a: {endless}\n",
        f"concepts:\n  a:\n    ? {endless}\n    : b\n",
        f"concepts:\n  a:\n    label:\n      ? {endless}\n      : b\n",
        f"? {endless}\n: a\n? {endless}\n: b\n",
        f"kinds:\n  a: {{plural: {endless}}}\n  b: {{plural: {endless}}}\n",
    ):
        found = bound(text).diagnostics
        assert found
        assert max(len(each.message) for each in found) < 120
        assert max(len(each.help or "") for each in found) < 120


# one fault is one finding


def test_the_id_of_a_record_that_cannot_be_built_counts_as_declared() -> None:
    records = bound("concepts:\n  a: nonsense\n  b: {}\nconcpets:\n  c: {}\npredicates:\n  p: {}\n")
    assert records.declared == {"a", "c", "p"}


def test_a_place_that_cannot_be_read_is_reported_once_for_the_block() -> None:
    text = "relations:\n  - in: [alienation]\n    triples:\n      - [a, b, c]\n      - [d, e, f]\n"
    assert faults(text) == ["2:9 wrong-type: expected text under 'in', found a list"]


def test_a_place_that_cannot_be_read_is_reported_once_for_the_line() -> None:
    text = "relations:\n  - triples:\n      - [a, b, c, {in: {}}]\n"
    assert faults(text) == ["3:24 wrong-type: expected text under 'in', found a mapping"]


def test_a_kind_that_cannot_be_built_leaves_its_heading_in_peace() -> None:
    assert faults("kinds:\n  machine: {label: {en: machine}}\nmachines:\n  loom: {}\n") == [
        "2:3 missing-field: the field 'plural' is missing"
    ]


def test_a_mapping_that_broke_off_is_not_blamed_for_what_it_lacks() -> None:
    for text in (
        "questions:\n  q:\n    ask: {zh: 何}\n    query: [\n",
        "relations:\n  - in: x\n    triples: [[a, b, c], [d\n",
        "relations:\n  - triples:\n      - [a, b, c]\n      - [d, e\n    in: x\n",
        "relations:\n  - in: x\n    triples:\n      - subject: a\n        object: [\n",
    ):
        document = parse(text, "x.yaml")
        assert document.broken
        assert bind([document]).diagnostics == []
