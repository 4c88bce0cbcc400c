"""Named questions: whether the map answers them as it should."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

from conceptgraph.diagnostics import Code, Diagnostic, Finding, Severity
from conceptgraph.model import ArgumentMap, Question

QUESTION_FAILS = Code(
    "question-fails",
    Severity.ERROR,
    """The query of a named question cannot be run, or its answer lacks what the question expects.

    A named question is a promise to the reader, and an acceptance test of the map: `query` is a question in the words
    of the command line, `expect` lists the ids that its answer must hold. Asked only with `check --questions`.
    """,
)
CODES: Final = (QUESTION_FAILS,)


def failures(map: ArgumentMap, answer: Callable[[Question], Collection[str] | str]) -> Iterator[Diagnostic]:
    """Which named questions fail. `answer` gives the ids in the answer to one, or says why there is none."""
    for question in map.questions.values():
        found = answer(question)
        if isinstance(found, str):
            yield Finding(question.origin.part("query"), f"the query fails: {found}").stamped(QUESTION_FAILS)
            continue
        for index, id in enumerate(question.expect):
            if id not in found:
                span = question.origin.part(f"expect.{index}")
                yield Finding(span, f"{id!r} is not in the answer").stamped(QUESTION_FAILS)


def likely(map: ArgumentMap, text: str, count: int = 5) -> list[Question]:
    """The named questions that a text may mean, the likeliest first: one alone if it is the name or the words of it.

    Likeness is the share of pairs of neighbouring letters that two texts have in common (Dice 1945, on bigrams), in any
    language in which the question is asked.
    """
    if text in map.questions:
        return [map.questions[text]]
    wanted = _pairs(text)
    scored = []
    for question in map.questions.values():
        likeness = [_dice(wanted, _pairs(ask)) for ask in (question.id.replace("-", " "), *question.ask.values())]
        scored.append((-max(likeness), question.id))
    scored.sort()
    if scored and scored[0][0] == -1:
        return [map.questions[scored[0][1]]]
    return [map.questions[id] for score, id in scored[:count] if score <= -0.25]


def _pairs(text: str) -> set[str]:
    letters = "".join(character for character in text.casefold() if character.isalnum())
    return {letters[index : index + 2] for index in range(len(letters) - 1)}


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def texts_in(data: Any) -> Iterator[str]:
    """Every text in an answer made of plain lists and dictionaries."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts_in(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts_in(value)
