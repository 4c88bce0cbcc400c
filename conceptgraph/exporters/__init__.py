"""One module a format, found by being there.

Each module has an `EXPORTER`; its `render` is pure: the same map gives the same bytes, and the map is left alone.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from conceptgraph.model import Triple


class Answer(NamedTuple):
    """What a named question is answered with: relations, chains of entities, and entities ranked by a value."""

    relations: tuple[Triple, ...]
    chains: tuple[tuple[str, ...], ...]
    ranks: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One way to write the map to a file: `name` as the command line takes it, and `about` in one phrase.

    `render(map)` gives the whole text. What else it can show, it takes by name: `more` says which of `texts` (the texts
    of the sources by their ids, for the passages behind the anchors) and `answers` (to named questions, by their ids).
    """

    name: str
    suffix: str
    about: str
    render: Callable[..., str]
    more: frozenset[str] = frozenset()


def names() -> list[str]:
    """The formats there are. Asking for them imports none of them."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.ispkg)


def exporter(name: str) -> Exporter:
    """The exporter of a format.

    Raises:
        LookupError: there is no such format.
    """
    if name not in names():
        raise LookupError(f"no format is called {name!r}: there are {', '.join(names())}")
    found: Exporter = importlib.import_module(f"{__name__}.{name}").EXPORTER
    return found
