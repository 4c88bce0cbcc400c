"""Wrong questions, as opposed to wrong data: the exceptions a caller of the library meets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conceptgraph.diagnostics import Diagnostic


class ConceptGraphError(Exception):
    """The base of every error that this package raises on purpose."""


class InvalidMap(ConceptGraphError):
    """A map with errors was asked a question. `diagnostics` holds what is wrong with it."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        count = len(self.diagnostics)
        super().__init__(f"the map has {count} error{'s' * (count != 1)}")
        for found in self.diagnostics[:5]:
            self.add_note(f"{found.span}: {found.message}")


class UnknownTerm(ConceptGraphError):
    """A name that nothing in the map answers to. `suggestions` holds the nearest names."""

    def __init__(self, term: str, suggestions: Sequence[str] = (), what: str = "entity") -> None:
        self.term = term
        self.suggestions = tuple(suggestions)
        super().__init__(f"no {what} is called {term!r}")
        if self.suggestions:
            self.add_note(f"did you mean: {', '.join(self.suggestions)}")


class AmbiguousTerm(ConceptGraphError):
    """A name that several entities answer to. `candidates` holds their ids."""

    def __init__(self, term: str, candidates: Sequence[str]) -> None:
        self.term = term
        self.candidates = tuple(candidates)
        super().__init__(f"{term!r} can mean {len(self.candidates)} entities")
        self.add_note(f"name one of them: {', '.join(self.candidates)}")


class UnusableId(ConceptGraphError):
    """An id that cannot be given to a record: it is malformed, or taken."""

    def __init__(self, id: str, why: str) -> None:
        self.id = id
        super().__init__(f"the id {id!r} {why}")


class FilesChanged(ConceptGraphError):
    """Files of a map are not what they were when a change to them was worked out. `paths` names them."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = tuple(paths)
        super().__init__(f"changed meanwhile: {', '.join(self.paths)}")


class RevisionError(ConceptGraphError):
    """What git has of a map cannot be had: there is no git, no repository, no such commit, or no map in it."""
