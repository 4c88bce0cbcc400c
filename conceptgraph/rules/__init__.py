"""One function a code over the whole map; its name is the code, its docstring is what `explain` prints.

Every module of this package is a place for rules: a function decorated with `rule` takes part by being there.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final

from conceptgraph import progress
from conceptgraph.diagnostics import Code, Diagnostic, Finding, Severity
from conceptgraph.model import ArgumentMap
from conceptgraph.passages import SourceText
from conceptgraph.rules.pieces import Piece, pieces


@dataclass(frozen=True)
class Subject:
    """What a rule looks at.

    `declared` has the ids of records that could not be built; `lost` says that there may be more of them, in a file of
    which nothing could be read. `texts` holds the texts of the sources by their ids, or is None where nobody asked to
    look at them.
    """

    map: ArgumentMap
    declared: frozenset[str] = field(default=frozenset())
    texts: Mapping[str, SourceText] | None = None
    lost: bool = False

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Every text that people wrote in the map."""
        return tuple(pieces(self.map))

    def unknown(self, id: str, records: Collection[str]) -> bool:
        """Whether an id is none of these records', nor could be."""
        return id not in records and id not in self.declared and not self.lost


Check = Callable[[Subject], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its code.

    `whole` rules are asked only of a map that was read whole, lest errors breed errors; `texts` rules only where the
    texts of the sources are at hand.
    """

    code: Code
    check: Check
    whole: bool
    texts: bool

    def asked_of(self, subject: Subject) -> bool:
        """Whether the subject has what the rule looks at."""
        return subject.texts is not None or not self.texts


_RULES: Final[dict[str, Rule]] = {}


def rule(severity: Severity, whole: bool = False, texts: bool = False) -> Callable[[Check], Check]:
    """Make a function a rule: its name, with dashes, is the code."""

    def register(check: Check) -> Check:
        code = Code(check.__name__.replace("_", "-"), severity, check.__doc__ or "")
        _RULES[code.id] = Rule(code, check, whole, texts)
        return check

    return register


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule there is, by code."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(_RULES[id] for id in sorted(_RULES))


def examine(subject: Subject, whole: bool, least: Severity = Severity.NOTE) -> Iterator[Diagnostic]:
    """What the rules find in a map; `whole` says whether all its files could be read and bound.

    Rules whose findings matter less than `least` are not asked.

    The rules that want a whole map are not asked either where another rule found an error.
    """
    for rule in progress.steps("applying rules", sorted(rules(), key=lambda rule: rule.whole)):
        if rule.code.severity >= least and (whole or not rule.whole) and rule.asked_of(subject):
            for finding in rule.check(subject):
                whole = whole and rule.code.severity is not Severity.ERROR
                yield finding.stamped(rule.code)
