"""The canonical form of a file: one layout, every comment, the same meaning."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from maps import VOCABULARY, written

from conceptgraph import formatting, reader
from conceptgraph.files import shipped
from conceptgraph.formatting import formatted, scalar
from conceptgraph.loader import load
from conceptgraph.model import Citation, Entity, Family, Kind, Predicate, Question


def canonical(text: str) -> str:
    """The canonical form of a text, which is its own canonical form."""
    once = formatted(reader.parse(dedent(text), "a.yaml"))
    assert formatted(reader.parse(once, "a.yaml")) == once
    return once


def shaped(before: str, after: str) -> None:
    assert canonical(before) == dedent(after).lstrip("\n")


def test_spaces_indentation_and_quotes_are_made_one() -> None:
    shaped(
        """
        concepts:

            a:
                label:   {  zh : "甲",en: 'a name' , fr: "it's"}
                aliases: {zh: [ '996',   "乙, 丙" ] }
        relations:
        -   in:  essay/1


            triples:
            -   [ a ,leads-to,b,{at:  x}   ]
        """,
        """
        concepts:
          a:
            label: {zh: 甲, en: a name, fr: it's}
            aliases: {zh: ['996', '乙, 丙']}

        relations:
          - in: essay/1

            triples:
              - [a, leads-to, b, {at: x}]
        """,
    )


def test_fields_stand_in_the_order_of_the_format() -> None:
    shaped(
        """
        concepts:
          a:
            # what else there is to say
            note: {en: n}
            mystery: 1
            # how it is called
            label: {en: a}
        relations:
          - triples:
              - at: x  # the words
                object: b
                by: c
                subject: a
                predicate: leads-to
              - [a, leads-to, b, {note: {en: n}, at: x, by: c}]
            in: essay
        predicates:
          leads-to: {label: {en: leads to}, family: causal}
        """,
        """
        concepts:
          a:
            # how it is called
            label: {en: a}
            # what else there is to say
            note: {en: n}
            mystery: 1

        relations:
          - in: essay
            triples:
              - subject: a
                predicate: leads-to
                object: b
                by: c
                at: x  # the words
              - [a, leads-to, b, {by: c, at: x, note: {en: n}}]

        predicates:
          leads-to: {family: causal, label: {en: leads to}}
        """,
    )


def test_comments_stay_with_what_they_stand_by() -> None:
    shaped(
        """
        # the file


        # the concepts
        concepts: # all of them
           # first
           a:    # named so
              label: {en: a} # short
           #b:
           #   label: {en: b}

           # last
           c: {label: {en: c}}
             # closes c's heading, being indented

        # the relations
        relations:
          - # a place
            in: essay
            triples:
              - [a, leads-to, c]
              # - [c, leads-to, a]
          # the next place
          - in: essay/2
            triples: []
        # the end
        """,
        """
        # the file

        # the concepts
        concepts:  # all of them
          # first
          a:  # named so
            label: {en: a}  # short
          #b:
          #   label: {en: b}

          # last
          c: {label: {en: c}}
          # closes c's heading, being indented

        # the relations
        relations:
          # a place
          - in: essay
            triples:
              - [a, leads-to, c]
              # - [c, leads-to, a]
          # the next place
          - in: essay/2
            triples: []
        # the end
        """,
    )


def test_an_empty_heading_keeps_the_comments_under_it() -> None:
    text = "concepts:  # none yet\n  # write them here\n\nrelations:\n  # and these here\n"
    assert canonical(text) == text
    assert canonical("\n # nothing but this \n\n\n") == "# nothing but this\n"
    assert canonical("") == ""


def test_what_has_comments_within_its_brackets_is_written_in_lines() -> None:
    shaped(
        """
        concepts:
          a: {label: {zh: 甲}, # its name
              # and its definition
              definition: {en: d}}   # done
        relations:
          - in: essay
            triples:
              - [a, leads-to,   # why
                 b, {at: x
                 # the end
                 }]
        """,
        """
        concepts:
          a:  # done
            label: {zh: 甲}  # its name
            # and its definition
            definition: {en: d}

        relations:
          - in: essay
            triples:
              - subject: a
                predicate: leads-to  # why
                object: b
                at: x
                # the end
        """,
    )


def test_what_is_too_wide_is_broken() -> None:
    words = "word " * 30
    shaped(
        f"""
        concepts:
          a:
            label: {{zh: {"字" * 60}, en: {"w" * 60}}}
            definition: {{en: '{words}, end'}}
        questions:
          q:
            expect: [{"first-id, " * 13}last-id]
        relations:
          - in: essay
            triples:
              - [{"s" * 40}, leads-to, {"o" * 40}, {{at: x, note: {{en: a long note}}}}]
        """,
        f"""
        concepts:
          a:
            label:
              zh: {"字" * 60}
              en: {"w" * 60}
            definition:
              en: {("word " * 22).strip()}
                {("word " * 8)}, end

        questions:
          q:
            expect: [{("first-id, " * 10).strip()}
              {"first-id, " * 3}last-id]

        relations:
          - in: essay
            triples:
              - subject: {"s" * 40}
                predicate: leads-to
                object: {"o" * 40}
                at: x
                note: {{en: a long note}}
        """.replace(" , end", " , end"),
    )


def test_records_in_braces_form_a_table() -> None:
    shaped(
        f"""
        families:
          causal: {{label: {{zh: 因果, en: causal}}, definition: {{en: '{"long " * 30}'}}}}
          # of the mind
          intellectual:   {{label: {{en: intellectual}}}}

          power: {{label: {{en: power}}}}
          in-lines:
            label: {{en: in lines}}
        """,
        f"""
        families:
          causal:       {{label: {{zh: 因果, en: causal}}, definition: {{en: '{"long " * 30}'}}}}
          # of the mind
          intellectual: {{label: {{en: intellectual}}}}

          power: {{label: {{en: power}}}}
          in-lines:
            label: {{en: in lines}}
        """,
    )


def test_texts_in_blocks_keep_their_lines() -> None:
    shaped(
        """
        concepts:
          a:
             definition:
                zh: |
                   一

                     二  #不是注释
                en: >-   # folded
                   one
                   two


             note: {en: n}
        """,
        """
        concepts:
          a:
            definition:
              zh: |
                一

                  二  #不是注释
              en: >-  # folded
                one
                two

            note: {en: n}
        """,
    )


def test_documents_of_one_file_stay_apart() -> None:
    assert canonical("---\n# one\na: 1\n# end\n---\n# two\nb:   2\n...\n") == "# one\na: 1\n# end\n---\n# two\nb: 2\n"


def test_line_ends_become_those_of_unix() -> None:
    assert canonical("a: 1\r\n\r\n\r\nb: 2 # c\r\n") == "a: 1\n\nb: 2  # c\n"


@pytest.mark.parametrize(
    "text", ["a: [1", "a: *b\n", "a:\t\x07\n", "%YAML 1.2\n---\na:   1\n", f"? {'x' * 2000}\n:   1\n"]
)
def test_what_cannot_be_laid_out_safely_is_left_alone(text: str) -> None:
    assert formatted(reader.parse(text, "a.yaml")) == text


@pytest.mark.parametrize(
    ("text", "in_line", "in_braces"),
    [
        ("plain words", "plain words", "plain words"),
        ("one, two", "one, two", "'one, two'"),
        ("it's", "it's", "it's"),
        ("a: b", "'a: b'", "'a: b'"),
        ("skos:broader", "skos:broader", "'skos:broader'"),
        ("# not a comment", "'# not a comment'", "'# not a comment'"),
        ("- dash", "'- dash'", "'- dash'"),
        ("'quoted'", "'''quoted'''", "'''quoted'''"),
        ("two\nlines", '"two\\nlines"', '"two\\nlines"'),
        ("<<", "'<<'", "'<<'"),
        ("", "''", "''"),
        ("3.1", "'3.1'", "'3.1'"),
        ("2018-01-01", "'2018-01-01'", "'2018-01-01'"),
        ("no", "'no'", "'no'"),
        ("怎样？ why?", "怎样？ why?", "'怎样？ why?'"),
    ],
)
def test_quotes_stand_where_they_are_needed(text: str, in_line: str, in_braces: str) -> None:
    assert scalar(text, flow=False, quoted=True) == in_line
    assert scalar(text, flow=True, quoted=True) == in_braces


TEXTS = st.text(st.sampled_from("ab1.0-:,#'\"[]{}!&*?|>%@`~ \\中文，é𝄞"), max_size=200)


@given(TEXTS, st.booleans())
def test_every_text_is_read_back_as_it_was(text: str, flow: bool) -> None:
    value = scalar(text, flow=flow, quoted=True)
    (root,) = reader.parse(f"a: [{value}]\n" if flow else f"a: {value}\n", "a.yaml").roots
    node = root.pairs[0][1]  # type: ignore[union-attr]
    assert (node.items[0] if flow else node).text == text  # type: ignore[union-attr]


RECORDS = st.dictionaries(
    st.from_regex(r"[a-z]{1,12}", fullmatch=True),
    st.fixed_dictionaries({"label": st.dictionaries(st.sampled_from(["zh", "en"]), TEXTS, min_size=1)}),
    min_size=1,
    max_size=3,
)


def sloppy(records: dict[str, dict[str, dict[str, str]]], draw: st.DataObject) -> str:
    """Records as one writes them in haste: any indentation, spacing, quotes, blank lines."""

    def space(least: int = 0) -> str:
        return " " * draw.draw(st.integers(least, 3))

    outer, inner = space(1), space(1)
    lines = ["concepts:" + space()]
    for id, record in records.items():
        lines += [f"{outer}{id}{space()}:{space()}"]
        for name, texts in record.items():
            pairs = [f"{key}:{space(1)}{json.dumps(text, ensure_ascii=False)}{space()}" for key, text in texts.items()]
            lines.append(f"{outer}{inner}{name}:{space(1)}{{{space()}{f',{space()}'.join(pairs)}}}{space()}")
    return "\n".join(lines) + "\n" * draw.draw(st.integers(0, 3))


@given(RECORDS, st.data())
def test_however_it_is_spaced_it_is_laid_out_alike(
    records: dict[str, dict[str, dict[str, str]]], data: st.DataObject
) -> None:
    one, other = canonical(sloppy(records, data)), canonical(sloppy(records, data))
    assert one == other
    assert max(map(len, one.splitlines())) <= 120 or " " not in max(one.splitlines(), key=len).strip().replace(": ", "")


YAML = st.lists(
    st.sampled_from(["a:", "b: ", "- ", "[", "]", "{", "}", ", ", "x", "'y z'", '"q"', " # c\n", "\n", "\n  ", "\n    ",
                     "|\n", ">\n", "? ", "---\n", "\n\n", "# d", "\r\n"]),
    max_size=25,
).map("".join)  # fmt: skip


@given(YAML)
def test_whatever_can_be_read_keeps_its_meaning_and_its_comments(text: str) -> None:
    document = reader.parse(text, "a.yaml")
    once = reader.parse(formatted(document), "a.yaml")
    assert formatting._meaning(once) == formatting._meaning(document)
    assert formatted(once) == once.text


def test_every_field_of_a_record_has_its_place() -> None:
    headings = {"kinds": Kind, "families": Family, "predicates": Predicate, "questions": Question, "entity": Entity}
    for heading, record in headings.items():
        fields = {name.replace("_", "-") for name in record._fields} - {"id", "kind", "origin"}
        assert fields == set(formatting.ORDERS[heading])
    assert set(Citation._fields) - {"source", "section", "origin"} == set(formatting.CITATION) - {"in"}


def test_a_map_means_the_same_after_it_was_laid_out(tmp_path: Path) -> None:
    text = """
    sources: {essay: {label: {zh: 文, en: "essay" }, sections: {"1": {zh: 一}}}}
    concepts:
        a: {label: {zh: "甲",en: a}}
        b:
          definition: {en: the second,
             zh: 乙也}
          label: {zh: 乙,en: b}
    relations:
    - triples:
      - [ b,leads-to , a, {denied: true,at: 甚多}]
      in: essay/1
    """
    folder = written(tmp_path, text)
    before = load(folder).require()
    for name in ("map", "vocabulary"):
        file = folder / f"{name}.yaml"
        file.write_text(formatted(reader.read(file, file.name)), "utf-8")
    assert "        b" not in (folder / "map.yaml").read_text("utf-8")
    after = load(folder).require()
    assert records(after) == records(before)


def records(map: object) -> object:
    """A map without the places where its records stand."""
    if isinstance(map, tuple) and hasattr(map, "_replace"):
        return {name: records(value) for name, value in map._asdict().items() if name != "origin"}
    if isinstance(map, dict):
        return {key: records(value) for key, value in map.items()}
    if isinstance(map, tuple):
        return [records(each) for each in map]
    if hasattr(map, "relations"):
        return [
            records(getattr(map, each)) for each in ("kinds", "families", "predicates", "entities", "questions")
        ] + [
            records(map.relations)  # type: ignore[union-attr]
        ]
    return map


@pytest.mark.parametrize("path", [file.relative_to(shipped()).as_posix() for file in sorted(shipped().rglob("*.yaml"))])
def test_the_curated_map_is_in_canonical_form(path: str) -> None:
    """Run `conceptgraph fmt` after editing."""
    document = reader.read(shipped() / path, path)
    assert formatted(document) == document.text


def test_the_vocabulary_of_the_tests_is_laid_out_as_a_table() -> None:
    assert "\n  argues:  {family" in canonical(VOCABULARY)
