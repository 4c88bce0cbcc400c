"""CSL-JSON, the cited works and the texts, for reference managers: entities with a bibliographic record."""

from __future__ import annotations

import json

from conceptgraph.bibliography import csl, works
from conceptgraph.exporters import Exporter
from conceptgraph.model import ArgumentMap


def render(map: ArgumentMap) -> str:
    """The bibliography as CSL-JSON text, UTF-8 as it is, sorted by id."""
    return json.dumps([csl(entity) for entity in works(map)], ensure_ascii=False, indent=1) + "\n"


EXPORTER = Exporter("csl", ".csl.json", "CSL-JSON, the works and texts, for Zotero and pandoc", render)
