"""The group of all verbs: where wrong questions become messages."""

from __future__ import annotations

from typing import Any, Final

import click

from conceptgraph import __version__
from conceptgraph.cli.waiting import shown
from conceptgraph.errors import AmbiguousTerm, UnknownTerm
from conceptgraph.reports.terminal import plain

DEBUG_VARIABLE: Final = "CONCEPTGRAPH_DEBUG"


class Verbs(click.Group):
    """A group that turns wrong questions into messages, and lists its verbs by purpose."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.purposes: dict[str, list[str]] = {}

    def add(self, purpose: str, *verbs: click.Command) -> None:
        """Add verbs that serve one purpose, in the order in which the help is to list them."""
        for verb in verbs:
            self.add_command(verb)
            self.purposes.setdefault(purpose, []).append(verb.name or "")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        width = max(map(len, self.commands))
        for purpose, names in self.purposes.items():
            with formatter.section(purpose):
                limit = formatter.width - width - 6
                verbs = [(name.ljust(width), self.commands[name].get_short_help_str(limit)) for name in names]
                formatter.write_dl(verbs)

    def invoke(self, context: click.Context) -> Any:
        try:
            with shown():
                return super().invoke(context)
        except UnknownTerm as error:
            meant = "".join(f"\n  {plain(name)}" for name in error.suggestions)
            raise click.UsageError(plain(str(error)) + (f". Did you mean{meant}" if meant else ".")) from None
        except AmbiguousTerm as error:
            candidates = "".join(f"\n  {id}" for id in error.candidates)
            raise click.UsageError(f"{plain(str(error))}; name one of them:{candidates}") from None


def fault(error: Exception) -> str:
    """The message for an error that no verb raises on purpose."""
    what = plain(f"{type(error).__name__}: {error}")
    return f"Error: a fault of the program, not yours: {what} ({DEBUG_VARIABLE}=1 shows where)"


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="TERM is an id, a label or an alias, in any language: 马克思, audience commodity, immaterial-labour.",
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
def cli() -> None:
    """Explore an argument map: ask for entities, for chains of argued relations, for what is central.

    The map is a folder of YAML files: --input, else ./data, else $CONCEPTGRAPH_DATA, else the map that comes with
    the program.
    """
