"""Named questions, asked on the command line and checked."""

from pathlib import Path

import pytest
from maps import written
from test_cli import MAP, run

QUESTIONS = """
questions:
  what-becomes-of-labour:
    ask: {zh: 非物质劳动变成什么？, en: What becomes of immaterial labour?}
    query: neighbors immaterial-labour -p causal --direction out
    expect: [audience-commodity]
  who-holds-it:
    ask: {zh: 从奈格里到异化？, en: From Negri to alienation?}
    query: path 奈格里 "alienation"
    expect: [negri, alienation]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", MAP, questions=QUESTIONS)
    return tmp_path


def test_questions_are_listed_and_asked_by_name(folder: Path) -> None:
    assert "What becomes of immaterial labour?" in run(folder, "questions").stdout
    done = run(folder, "ask", "what-becomes-of-labour", LANG="zh_CN.UTF-8")
    assert done.stdout.startswith(
        "非物质劳动变成什么？\nconceptgraph neighbors immaterial-labour -p causal --direction out\n\n因果  1\n"
    )
    assert done.returncode == 0
    assert done.stderr == ""


def test_a_question_in_other_words_is_answered_and_it_is_said_which(folder: Path) -> None:
    asked = run(folder, "ask", "非物质劳动变成什么")
    assert (asked.stdout.splitlines()[0], asked.stderr) == ("What becomes of immaterial labour?", "")
    asked = run(folder, "ask", "what", "does", "immaterial", "labour", "become?")
    assert asked.stdout.startswith("What becomes of immaterial labour?\n")
    asked = run(folder, "ask", "从奈格里走到异化")
    assert asked.stdout.startswith("From Negri to alienation?\n")
    assert run(folder, "ask", "qqqq").returncode == 2


def test_expectations_that_hold_are_silent(folder: Path) -> None:
    done = run(folder, "check", "--questions", "--strict")
    assert (done.stdout, done.returncode) == ("", 0)


def test_an_answer_that_lacks_what_is_expected_is_an_error_at_its_place(folder: Path) -> None:
    file = folder / "data" / "questions.yaml"
    file.write_text(file.read_text("utf-8").replace("[audience-commodity]", "[audience-commodity, island]"), "utf-8")
    done = run(folder, "check", "--questions", "--format", "concise")
    assert done.stdout == "data/questions.yaml:6:34: error[question-fails] 'island' is not in the answer\n"
    assert done.returncode == 1
    assert run(folder, "check").returncode == 0


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("neighbours negri", "No such command 'neighbours'"),
        ("path negri nowhere", "no entity is called 'nowhere'"),
        ('path "negri', "No closing quotation"),
        ("path negri", "Missing argument 'END'"),
    ],
)
def test_a_query_that_cannot_be_run_is_an_error_that_says_why(folder: Path, query: str, why: str) -> None:
    extra = "questions: {broken: {ask: {zh: 问, en: ask}, query: '%s'}}"
    (folder / "data" / "extra.yaml").write_text(extra % query, "utf-8")
    done = run(folder, "check", "--questions", "--format", "concise")
    assert f"error[question-fails] the query fails: {why}" in done.stdout
    assert done.returncode == 1
