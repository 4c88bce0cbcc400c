"""What the shell may complete: names of the map, of its questions, and of the rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from conceptgraph.errors import ConceptGraphError

if TYPE_CHECKING:
    from conceptgraph.model import ArgumentMap


class _Named(click.ParamType[str]):
    """A name of something in the map. Whatever was typed is taken: finding what it names is for the verb."""

    name = "text"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        from conceptgraph import cache
        from conceptgraph.cli.session import Session

        session = Session(ctx.params.get("input"), None)
        try:
            kept = cache.recall(session.directory, cache.fingerprint(session.directory))
            return list(self.names(kept or session.load().require(), incomplete))
        except (click.ClickException, ConceptGraphError, OSError):
            # no map, no names: a shell that waits for completions is no place for messages
            return []

    def names(self, map: ArgumentMap, incomplete: str) -> Iterable[CompletionItem]:
        raise NotImplementedError


class Term(_Named):
    """An entity, by id or by a name in any language."""

    def names(self, map: ArgumentMap, incomplete: str) -> Iterable[CompletionItem]:
        from conceptgraph.terms import fold

        wanted = fold(incomplete)
        for entity in map.entities.values():
            label = " · ".join(entity.label.values())
            if fold(entity.id).startswith(wanted):
                yield CompletionItem(entity.id, help=label)
            for name in entity.names:
                # shells part words at blanks, so a name with one is completed to its id
                if fold(name).startswith(wanted) and not fold(entity.id).startswith(wanted):
                    yield CompletionItem(entity.id if " " in name else name, help=f"{entity.id} · {label}")


class QuestionName(_Named):
    """A named question."""

    def names(self, map: ArgumentMap, incomplete: str) -> Iterable[CompletionItem]:
        for question in map.questions.values():
            if question.id.startswith(incomplete):
                yield CompletionItem(question.id, help=" ".join(question.ask.values()))


class CodeName(click.ParamType[str]):
    """The code of something that `check` can find."""

    name = "code"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        from conceptgraph.loader import codes

        return [CompletionItem(code) for code in codes() if code.startswith(incomplete)]
