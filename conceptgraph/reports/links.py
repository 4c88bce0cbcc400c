"""Addresses: of a file, and of what the exported page shows, by the part behind its #."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from conceptgraph.model import Triple


def to_file(file: Path) -> str:
    """The address of a file on this machine."""
    return file.resolve().as_uri()


def to_entity(id: str) -> str:
    """Where the page shows an entity."""
    return _part("node", id)


def to_relation(triple: Triple) -> str:
    """Where the page shows a relation."""
    return _part("relation", "~".join(triple))


def to_section(source: str, section: str | None) -> str:
    """Where the page shows what a section of a text says, or the text as a whole."""
    return _part("section", f"{source}/{section}") if section else to_entity(source)


def to_path(start: str, end: str) -> str:
    """Where the page shows the chains between two entities."""
    return _part("path", f"{start}..{end}")


def _part(view: str, value: str) -> str:
    return f"#{view}={quote(value)}"
