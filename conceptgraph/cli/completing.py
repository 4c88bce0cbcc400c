"""What a shell may complete: names of the map, of its questions, and of the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

from conceptgraph.errors import ConceptGraphError

if TYPE_CHECKING:
    from conceptgraph.model import ArgumentMap, Entity, Family, Kind, Predicate

FOUND: Final = 20
"""How many entities are offered that only a search finds."""
_LISTED: Final = re.compile(r"(.*[,，、]\s*)?(.*)", re.DOTALL)


class _Named(click.ParamType[str]):
    """A name of something in the map. Whatever was typed is taken: finding what it names is for the verb.

    Of a list with commas, where `several` may be named, the last name is completed.
    """

    name = "text"

    def __init__(self, several: bool = False) -> None:
        self.several = several

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        from conceptgraph.cli.session import Session

        listed = _LISTED.fullmatch(incomplete) if self.several else None
        before, last = (listed[1] or "", listed[2]) if listed else ("", incomplete)
        try:
            map = Session.of(ctx.params.get("input"), None, ctx).glimpse()
            items = list(self.names(map, last))
        except (click.ClickException, ConceptGraphError, OSError):
            # no map, no names: a shell that waits for completions is no place for messages
            return []
        return [CompletionItem(before + item.value, help=item.help) for item in items]

    def names(self, map: ArgumentMap, incomplete: str) -> Iterable[CompletionItem]:
        raise NotImplementedError


class Term(_Named):
    """An entity, by id or by a name in any language; several may also be all entities of a kind: @theorist."""

    def names(self, map: ArgumentMap, incomplete: str) -> Iterable[CompletionItem]:
        if self.several and incomplete.startswith("@"):
            return [CompletionItem(f"@{item.value}", help=item.help) for item in _begun(map.kinds, incomplete[1:])]
        return list(_entities(map, incomplete)) or list(_found(map, incomplete))


class PredicateName(_Named):
    """A predicate."""

    def names(self, map: ArgumentMap, incomplete: str) -> Iterable[CompletionItem]:
        yield from _begun(map.predicates, incomplete)
        if self.several:
            yield from _begun(map.families, incomplete)


class FamilyName(_Named):
    """A family of predicates."""

    def names(self, map: ArgumentMap, incomplete: str) -> Iterable[CompletionItem]:
        return _begun(map.families, incomplete)


class KindName(_Named):
    """A kind of entity."""

    def names(self, map: ArgumentMap, incomplete: str) -> Iterable[CompletionItem]:
        return _begun(map.kinds, incomplete)


class Place(_Named):
    """A text, or a section of a text."""

    def names(self, map: ArgumentMap, incomplete: str) -> Iterable[CompletionItem]:
        for source in map.sources.values():
            places = {source.id: source.label} | {
                f"{source.id}/{section.id}": section.title for section in source.sections.values()
            }
            for place, title in places.items():
                if place.startswith(incomplete):
                    yield CompletionItem(place, help=" · ".join(title.values()))


class Side(_Named):
    """A text, a section or a voice: what can be compared."""

    def names(self, map: ArgumentMap, incomplete: str) -> Iterable[CompletionItem]:
        yield from Place().names(map, incomplete)
        if "/" not in incomplete:
            texts = set(map.sources)
            yield from (item for item in Term().names(map, incomplete) if item.value not in texts)


class QuestionName(_Named):
    """A named question, by its name or by its words."""

    def names(self, map: ArgumentMap, incomplete: str) -> Iterable[CompletionItem]:
        for question in map.questions.values():
            if any(text.startswith(incomplete) for text in (question.id, *question.ask.values())):
                yield CompletionItem(question.id, help=" ".join(question.ask.values()))


class CodeName(click.ParamType[str]):
    """The code of something that `check` can find; of a list with commas, where `several` may be named, the last."""

    name = "code"

    def __init__(self, several: bool = False) -> None:
        self.several = several

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        from conceptgraph.loader import codes

        listed = _LISTED.fullmatch(incomplete) if self.several else None
        before, last = (listed[1] or "", listed[2]) if listed else ("", incomplete)
        return [CompletionItem(before + code) for code in codes() if code.startswith(last)]


def _entities(map: ArgumentMap, incomplete: str) -> Iterator[CompletionItem]:
    """The entities with an id or a name that begins with what was typed."""
    from conceptgraph.terms import fold

    wanted = fold(incomplete)
    for entity in map.entities.values():
        if fold(entity.id).startswith(wanted):
            yield CompletionItem(entity.id, help=_told(entity))
            continue
        for name in entity.names:
            if fold(name).startswith(wanted):
                yield CompletionItem(_word(entity, name), help=f"{_told(entity)} · {entity.id}")


def _found(map: ArgumentMap, incomplete: str) -> Iterator[CompletionItem]:
    """The entities with a name in which a search finds what was typed, also as pinyin or initials; but for no slip."""
    from conceptgraph.terms import WAYS, search

    named = (match for match in search(map, incomplete) if match.score < WAYS.index("similar"))
    for match in islice(named, FOUND):
        name = match.entity.id if match.field == "id" else _word(match.entity, match.text)
        yield CompletionItem(name, help=f"{_told(match.entity)} · {match.entity.id}")


def _word(entity: Entity, name: str) -> str:
    # shells part words at blanks, so a name with one is completed to its id
    return entity.id if " " in name else name


def _told(entity: Entity) -> str:
    return f"{entity.kind}: {' · '.join(entity.label.values())}"


def _begun(records: Mapping[str, Kind | Family | Predicate], incomplete: str) -> Iterator[CompletionItem]:
    """The records with an id or a label that begins with what was typed."""
    for id, record in records.items():
        if any(name.startswith(incomplete) for name in (id, *record.label.values())):
            yield CompletionItem(id, help=" · ".join(record.label.values()))
