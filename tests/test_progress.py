"""Words on how far a computation is, for whoever watches."""

import pytest
from maps import chain_map

from conceptgraph import progress
from conceptgraph.centrality import rank, robustness
from conceptgraph.communities import communities
from conceptgraph.measures import measure
from conceptgraph.paths import shortest_paths

Told = list[tuple[str, int, int]]
MAP = chain_map("a leads-to b", "b leads-to c", "c leads-to d", "a leads-to e", "e leads-to d")


def observed(told: Told) -> progress.Observer:
    return lambda *words: told.append(words)


def test_nobody_is_told_unless_they_watch() -> None:
    told: Told = []
    assert list(progress.steps("counting", "ab")) == ["a", "b"]
    with progress.watched(observed(told)):
        assert list(progress.steps("counting", "ab")) == ["a", "b"]
    progress.step("counting", 1)
    assert told == [("counting", 0, 2), ("counting", 1, 2), ("", 0, 0)]


def test_what_was_left_half_done_is_over_too() -> None:
    told: Told = []
    with progress.watched(observed(told)):
        for part in progress.steps("counting", "abc"):
            if part == "b":
                break
    assert told[-1] == ("", 0, 0)


def test_an_observer_can_stop_a_computation() -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with progress.watched(stop), pytest.raises(KeyboardInterrupt):
        shortest_paths(MAP, "a", "d")


@pytest.mark.parametrize(
    ("computation", "phase"),
    [
        (lambda: shortest_paths(MAP, "a", "d"), "looking for chains"),
        (lambda: rank(MAP, measure("betweenness")), "walking chains"),
        (lambda: rank(MAP, measure("closeness")), "walking chains"),
        (lambda: rank(MAP, measure("harmonic"), exact=2, starts=2), "walking chains"),
        (lambda: robustness(MAP, measure("degree")), "leaving out sources"),
        (lambda: communities(MAP), "finding communities, round"),
        (lambda: chain_map("a leads-to b"), "reading files"),
        (lambda: chain_map("a leads-to b"), "binding records"),
        (lambda: chain_map("a leads-to b"), "applying rules"),
    ],
)
def test_what_may_take_long_says_how_far_it_is_and_when_it_is_over(computation: object, phase: str) -> None:
    told: Told = []
    with progress.watched(observed(told)):
        computation()  # type: ignore[operator]
    assert phase in {words[0] for words in told}
    assert told[-1] == ("", 0, 0)
    assert all(0 <= done <= total or not total for _, done, total in told)
