"""Bibliographic records, as reference managers and LaTeX read them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from maps import loaded, map_of

from conceptgraph import bibliography
from conceptgraph.files import shipped
from conceptgraph.loader import load
from conceptgraph.model import REFERENCE_DATES, REFERENCE_NAMES, REFERENCE_TEXTS, Entity


def work(reference: str, label: str = "{zh: 《资本论》, en: Capital}") -> Entity:
    """A work with this bibliographic record."""
    return map_of(f"works: {{capital: {{label: {label}, reference: {reference}}}}}").entities["capital"]


def fields_of(entry: str) -> dict[str, str]:
    """The fields of an entry of BibTeX that has one on each line."""
    return dict(re.findall(r"^  ([a-z]+) = (.*),$", entry, re.MULTILINE))


def test_a_book_with_all_that_a_title_page_says() -> None:
    capital = work(
        "{type: book, title: Das Kapital, author: [{family: Marx, given: Karl}], publisher: Otto Meissner,"
        " publisher-place: Hamburg, issued: 1867-09-14, volume: '1', language: de}"
    )
    assert bibliography.csl(capital) == {
        "id": "capital",
        "type": "book",
        "title": "Das Kapital",
        "author": [{"family": "Marx", "given": "Karl"}],
        "issued": {"date-parts": [[1867, 9, 14]]},
        "publisher": "Otto Meissner",
        "publisher-place": "Hamburg",
        "volume": "1",
        "language": "de",
    }
    assert bibliography.bibtex(capital) == (
        "@book{capital,\n"
        "  author = {Marx, Karl},\n"
        "  title = {{Das Kapital}},\n"
        "  publisher = {Otto Meissner},\n"
        "  address = {Hamburg},\n"
        "  volume = {1},\n"
        "  year = {1867},\n"
        "  month = sep,\n"
        "  langid = {german},\n"
        "}\n"
    )


def test_an_article_stands_in_its_journal_and_a_chapter_in_its_book() -> None:
    article = "{type: article-journal, container-title: 期刊, issue: '4', page: 11-29, DOI: 10.1/a_b, issued: 2024}"
    assert fields_of(bibliography.bibtex(work(article))) == {
        "title": "{{《资本论》}}",
        "journal": "{期刊}",
        "number": "{4}",
        "pages": "{11--29}",
        "year": "{2024}",
        "doi": "{10.1/a_b}",
    }
    chapter = bibliography.bibtex(work("{type: chapter, container-title: A Book}"))
    assert chapter.startswith("@incollection{capital,\n")
    assert fields_of(chapter)["booktitle"] == "{A Book}"


def test_a_work_without_a_title_of_its_own_goes_by_its_label_in_its_language() -> None:
    assert bibliography.csl(work("{type: document, language: en-GB}"))["title"] == "Capital"
    assert bibliography.csl(work("{type: document, language: zh}"))["title"] == "《资本论》"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1867", {"date-parts": [[1867]]}),
        ("1857-08/1858", {"date-parts": [[1857, 8], [1858]]}),
        ("1844~", {"date-parts": [[1844]], "circa": True}),
        ("193X", {"literal": "193X"}),
        ("1990/..", {"literal": "1990/.."}),
    ],
)
def test_dates_are_what_csl_knows_or_literal(written: str, expected: dict[str, Any]) -> None:
    record = work(f"{{type: book, issued: '{written}'}}")
    assert bibliography.csl(record)["issued"] == expected


def test_people_and_bodies_are_written_so_that_no_name_is_taken_apart() -> None:
    names = "[{family: Hardt, given: Michael}, {literal: Marx and Engels Institute}, {family: 'Smith, Jr.'}]"
    entry = bibliography.bibtex(work(f"{{type: book, author: {names}}}"))
    assert fields_of(entry)["author"] == "{Hardt, Michael and {Marx and Engels Institute} and {Smith, Jr.}}"


def test_no_sign_of_a_title_is_taken_for_a_command() -> None:
    title = r"50% of {all} \input{x} & ~^#$_<b>|"
    entry = fields_of(bibliography.bibtex(work(f"{{type: book, title: '{title}'}}")))
    assert entry["title"] == (
        r"{{50\% of \textbraceleft{}all\textbraceright{} \textbackslash{}input\textbraceleft{}x\textbraceright{} \& "
        r"\textasciitilde{}\textasciicircum{}\#\$\_\textless{}b\textgreater{}\textbar{}}}"
    )


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1), st.sampled_from(["title", "URL", "page", "issued"]))
def test_any_text_leaves_an_entry_with_balanced_braces_on_lines_of_its_own(text: str, field: str) -> None:
    entity = work("{type: webpage}")._replace(reference={"type": "webpage", field: text, "author": [{"literal": text}]})
    entry = bibliography.bibtex(entity)
    depth = 0
    for character in entry:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert all(line.endswith(",") for line in entry.split("\n")[:-2])


def test_a_record_that_is_none_is_said_to_be() -> None:
    text = """
    works:
      a: {label: {zh: 甲, en: a}, reference: Capital}
      b: {label: {zh: 乙, en: b}, reference: {title: Capital}}
      c: {label: {zh: 丙, en: c}, reference: {type: bock}}
      d: {label: {zh: 丁, en: d}, reference: {type: book, author: Marx, tittle: Capital}}
      e: {label: {zh: 戊, en: e}, reference: {type: book, author: [{given: Karl}], issued: 1867年}}
    """
    found = [each for each in loaded(text).diagnostics if each.code in ("wrong-type", "missing-field", "unknown-field")]
    assert [(each.code, each.help) for each in found] == [
        ("wrong-type", None),
        ("missing-field", None),
        ("wrong-type", "did you mean 'book'?"),
        ("wrong-type", None),
        ("unknown-field", "did you mean 'title'?"),
        ("missing-field", None),
    ]
    [dated] = [each for each in loaded(text).diagnostics if each.code == "malformed-date"]
    assert dated.help == "write '1867'"


def test_the_works_of_the_curated_map_have_what_their_type_needs() -> None:
    works = bibliography.works(load(shipped()).require())
    assert len(works) >= 9
    for each in works:
        item = bibliography.csl(each)
        known = {"id", "type", *REFERENCE_NAMES, *REFERENCE_DATES, *REFERENCE_TEXTS}
        assert set(item) <= known, f"{each.id} has fields that CSL does not know"
        assert item["title"]
        if item["type"] == "book":
            assert item["author"], f"{each.id} is a book without an author: `reference` in its record says who wrote it"
            assert item["issued"]["date-parts"], f"{each.id} is a book without a year"
