"""Dates by levels 0 and 1 of EDTF: the examples of the specification, and what people write instead."""

import pytest
from maps import loaded


def said(when: str) -> str | None:
    """What is found about a date: the help, or nothing."""
    text = f"""
    sources: {{essay: {{label: {{zh: 文, en: essay}}}}}}
    concepts: {{a: {{label: {{zh: 甲, en: a}}}}, b: {{label: {{zh: 乙, en: b}}}}}}
    relations: [{{in: essay, triples: [[a, leads-to, b, {{when: "{when}"}}]]}}]
    """
    found = [each for each in loaded(text).diagnostics if each.code == "malformed-date"]
    return found[0].help if found else None


@pytest.mark.parametrize(
    "when",
    [
        "1985-04-12",
        "1985-04",
        "1985",
        "0000",
        "1985-04-12T23:20:30",
        "1985-04-12T23:20:30Z",
        "1985-04-12T23:20:30-04",
        "1985-04-12T23:20:30+04:30",
        "1964/2008",
        "2004-06/2006-08",
        "2004-02-01/2005-02-08",
        "2004-02-01/2005-02",
        "2005/2006-02",
        "Y170000002",
        "Y-170000002",
        "2001-21",
        "1984?",
        "2004-06~",
        "2004-06-11%",
        "201X",
        "20XX",
        "2004-XX",
        "1985-04-XX",
        "1985-XX-XX",
        "1985-04-12/..",
        "1985-04/..",
        "../1985-04-12",
        "1985/",
        "/1985-04",
        "1984~/2004-06",
        "2004-06-XX/2004-07-03",
        "-1985",
        "2000-02-29",
        "193X/1940",
    ],
)
def test_takes_what_the_specification_takes(when: str) -> None:
    assert said(when) is None


@pytest.mark.parametrize(
    "when",
    [
        "85",
        "198",
        "1985-13",
        "1985-00",
        "1985-04-31",
        "1900-02-29",
        "1985-04-12T24:00:00",
        "1985-04T10:00:00",
        "Y1985",
        "2001-25",
        "19X5",
        "?1984",
        "../..",
        "/",
        "1985//",
        "hello",
        "1985-04-12T23:20",
        "1985/1984-13",
        "2020/2018",
        "1950/193X",
        "１９８５",
    ],
)
def test_refuses_the_rest(when: str) -> None:
    assert said(when) == "dates are 1867, 1867-09, 193X, 2018/2020"


@pytest.mark.parametrize(
    ("when", "meant"),
    [
        ("1930s", "193X"),
        ("1930年代", "193X"),
        ("约1930年", "1930~"),
        ("c. 1930", "1930~"),
        ("2018-2020", "2018/2020"),
        ("2018年至2020年", "2018/2020"),
        ("1867年", "1867"),
        ("1867年9月", "1867-09"),
        ("1867.9", "1867-09"),
        ("1985-4", "1985-04"),
        ("1867-9-14", "1867-09-14"),
        ("1867/10/4", "1867-10-04"),
        ("1867年9月4日", "1867-09-04"),
    ],
)
def test_says_how_edtf_says_it(when: str, meant: str) -> None:
    assert said(when) == f"write {meant!r}"
