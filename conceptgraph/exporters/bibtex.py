"""BibTeX, the cited works and the texts, for LaTeX: entities with a bibliographic record, under their ids."""

from __future__ import annotations

from conceptgraph.bibliography import bibtex, works
from conceptgraph.exporters import Exporter
from conceptgraph.model import ArgumentMap


def render(map: ArgumentMap) -> str:
    """The bibliography as BibTeX text, UTF-8, sorted by id."""
    return "\n".join(bibtex(entity) for entity in works(map)) or "\n"


EXPORTER = Exporter("bibtex", ".bib", "BibTeX, the works and texts, for LaTeX", render)
