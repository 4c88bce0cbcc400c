"""A concept-graph explorer: curated triples in, an interactive page and answers with receipts out.

`import conceptgraph as cg` costs next to nothing: the functions of `conceptgraph.api` are fetched when they are used.
A function may have the name of a module, and `cg.paths` is then the function, whichever was imported first; what the
module has is imported from it: `from conceptgraph.paths import Step`.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "AmbiguousTerm",
    "ArgumentMap",
    "Citation",
    "ConceptGraphError",
    "Entity",
    "InvalidMap",
    "Question",
    "Relation",
    "Selection",
    "Triple",
    "UnknownTerm",
    "check",
    "codes",
    "communities",
    "compare",
    "coverage",
    "diff",
    "export",
    "find",
    "load",
    "neighbors",
    "page",
    "paths",
    "questions",
    "rank",
    "robustness",
    "search",
    "sentence",
    "service",
    "show",
    "stats",
    "to_graph",
    "trace",
    "vocabulary",
    "who",
]

if TYPE_CHECKING:
    from conceptgraph.api import (
        AmbiguousTerm,
        ArgumentMap,
        Citation,
        ConceptGraphError,
        Entity,
        InvalidMap,
        Question,
        Relation,
        Selection,
        Triple,
        UnknownTerm,
        check,
        codes,
        communities,
        compare,
        coverage,
        diff,
        export,
        find,
        load,
        neighbors,
        page,
        paths,
        questions,
        rank,
        robustness,
        search,
        sentence,
        service,
        show,
        stats,
        to_graph,
        trace,
        vocabulary,
        who,
    )
else:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from conceptgraph import api

        globals()[name] = value = getattr(api, name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """The package, of which no function is hidden by a module of its name: Python sets a module when it is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in __all__):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
