"""The map as one interactive page that needs nothing but a browser.

pyvis holds nodes, edges and options, and brings vis-network; template, style and scripts are those in `page/`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from conceptgraph.diagnostics import Origin
from conceptgraph.exporters import Exporter
from conceptgraph.hanzi import traditional
from conceptgraph.layout import arrange, radii
from conceptgraph.model import ArgumentMap, Citation, Entity, Relation, Triple
from conceptgraph.passages import SourceText
from conceptgraph.pinyin import readings
from conceptgraph.sentences import WORDS
from conceptgraph.spelling import SPELLINGS

Texts = Mapping[str, SourceText]

SCRIPTS: Final = (
    "words/words.js",
    "words/zh.js",
    "words/en.js",
    "core/map.js",
    "core/sentences.js",
    "core/stem.js",
    "core/search.js",
    "core/lens.js",
    "core/look.js",
    "core/route.js",
    "picture/glyphs.js",
    "picture/labels.js",
    "picture/regions.js",
    "picture/names.js",
    "picture/graph.js",
    "reading/dom.js",
    "reading/citations.js",
    "reading/panel.js",
    "reading/overview.js",
    "reading/entity.js",
    "reading/relation.js",
    "reading/section.js",
    "desk/memory.js",
    "desk/frame.js",
    "desk/legend.js",
    "desk/finder.js",
    "desk/main.js",
)
"""In the order in which they run: each adds to one object, and uses what those before it have added."""

STYLES: Final = tuple(f"styles/{name}.css" for name in ("colours", "base", "frame", "reading", "media"))

OPTIONS: Final[Mapping[str, Any]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom", "chosen": False},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.42}},
        "chosen": False,
        "hoverWidth": 0,
        "selectionWidth": 0,
        "width": 1,
    },
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hoverConnectedEdges": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 0,
    },
}
NODE: Final = ("id", "x", "y", "size")
PLAIN: Final = {"stance": "endorses", "modality": "asserted"}
"""What the page takes for granted where a citation does not say it."""


def render(map: ArgumentMap, *, texts: Texts = MappingProxyType({})) -> str:
    """The page as text, UTF-8. It asks nothing of the network, and shows every label as the text it is.

    Args:
        map: the argument map.
        texts: the texts of its sources, by their ids: citations then show the passages in which their anchors stand.
    """
    # pyvis brings IPython with it: not something the other exporters should wait for
    from jinja2 import Environment, PackageLoader
    from markupsafe import Markup

    environment = Environment(loader=PackageLoader("conceptgraph.exporters", "page"), autoescape=True)
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "sort_keys": False,
        "allow_nan": False,
        "separators": (",", ":"),
    }
    scripts = [_vis(), *(_asset(name) for name in SCRIPTS)]
    style = "".join(_asset(name) for name in STYLES)
    return environment.get_template("page.html").render(
        title=_title(map),
        style=Markup(style),  # noqa: S704  # our own file
        scripts=[Markup(script) for script in scripts],  # noqa: S704  # our own files, and vis-network
        style_hash=_hash(style),
        script_hashes=" ".join(_hash(script) for script in scripts),
        data=payload(map, texts),
    )


def payload(map: ArgumentMap, texts: Texts = MappingProxyType({})) -> dict[str, Any]:
    """What the page knows: the map in the words of the JSON export, without what is plain, and the picture."""
    arrangement = arrange(map)
    files = _files(map)
    passages = _Passages(texts)
    return {
        "files": files,
        "words": WORDS,
        "kinds": [_compact(id=kind.id, label=kind.label, outline=kind.outline) for kind in map.kinds.values()],
        "families": [_compact(id=family.id, label=family.label) for family in map.families.values()],
        "predicates": [
            _compact(
                id=predicate.id,
                label=predicate.label,
                inverse=predicate.inverse,
                family=predicate.family,
                symmetric=predicate.symmetric,
                opposite=predicate.opposite,
            )
            for predicate in map.predicates.values()
        ],
        "entities": [_entity(entity, arrangement.regions[entity.id], files) for entity in map.entities.values()],
        "relations": [_relation(relation, files, passages) for relation in _drawable(map)],
        "passages": passages.sentences,
        "questions": [
            _compact(id=question.id, ask=question.ask, query=question.query, expect=question.expect)
            for question in map.questions.values()
        ],
        "search": _search(map),
        "network": network(map, arrangement.positions),
    }


def network(map: ArgumentMap, positions: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """Nodes, edges and options as vis-network takes them, by way of pyvis."""
    from pyvis.network import Network

    # "in_line" only keeps pyvis from copying files: the page is not its page
    net = Network(directed=True, cdn_resources="in_line")
    net.options = dict(OPTIONS)
    drawable = _drawable(map)
    sizes = radii(map)
    for id in map.entities:
        x, y = positions[id]
        # a falsy label would make pyvis write the id; the page draws the labels itself
        net.add_node(id, label=" ", x=x, y=y, size=sizes[id])
    bends = _bends([relation.triple for relation in drawable])
    for relation in drawable:
        net.add_edge(relation.subject, relation.object, id="~".join(relation.triple), smooth=bends[relation.triple])
    nodes, edges, _, _, _, options = net.get_network_data()
    return {
        "nodes": [{name: node[name] for name in NODE} for node in nodes],
        # ends and id of an edge stand in the relation of the same place in the list
        "bends": [_signed(edge["smooth"]) for edge in edges],
        "options": json.loads(options),
    }


EXPORTER = Exporter("html", ".html", "HTML, one interactive page that works offline", render, more=frozenset({"texts"}))


class _Passages:
    """The sentences in which anchors stand, each once; a citation has the number of its own."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.sentences: list[str] = []
        self._numbers: dict[tuple[str, int], int] = {}

    def number(self, citation: Citation) -> int | None:
        """The place in the list of the sentence with a citation's anchor; None where no text has it."""
        text = self.texts.get(citation.source)
        found = text.passage(citation.section, citation.at) if text and citation.at else None
        if found is None:
            return None
        key = (citation.source, found.start)
        if key not in self._numbers:
            self._numbers[key] = len(self.sentences)
            self.sentences.append(found.text)
        return self._numbers[key]


def _drawable(map: ArgumentMap) -> list[Relation]:
    """The relations of which both entities and the predicate are known: all of a map without errors."""
    return [
        relation
        for relation in map.relations.values()
        if relation.subject in map.entities and relation.object in map.entities and relation.predicate in map.predicates
    ]


def _search(map: ArgumentMap) -> dict[str, Any]:
    """What the page needs to know in order to search as the command line does.

    The characters of each reading, traditional characters each with its simplified one, and how spellings vary.
    """
    names = [name for entity in map.entities.values() for name in entity.names]
    said = [text for entity in map.entities.values() for text in (*entity.definition.values(), *entity.note.values())]
    characters: dict[str, str] = {}
    for character, sounds in readings(names).items():
        for sound in sounds:
            characters[sound] = characters.get(sound, "") + character
    return {
        "pinyin": dict(sorted(characters.items())),
        "simplified": "".join(sum(sorted(traditional((*names, *said)).items()), ())),
        "spellings": SPELLINGS,
    }


def _files(map: ArgumentMap) -> list[str]:
    origins = (*(entity.origin for entity in map.entities.values()), *(said.origin for _, said in map.citations()))
    return sorted({origin.span.path for origin in origins})


def _bends(triples: Iterable[Triple]) -> dict[Triple, dict[str, Any]]:
    """How each edge is bent, so that parallel ones lie apart: to either side, as seen from the smaller id."""
    between: dict[tuple[str, str], list[Triple]] = {}
    for triple in triples:
        pair = (min(triple.subject, triple.object), max(triple.subject, triple.object))
        between.setdefault(pair, []).append(triple)
    bends: dict[Triple, dict[str, Any]] = {}
    for (first, _), parallel in between.items():
        for index, triple in enumerate(parallel):
            bend = 0.1 if len(parallel) == 1 else (index - (len(parallel) - 1) / 2) * 0.3
            if triple.subject != first:
                bend = -bend
            kind = "curvedCW" if bend >= 0 else "curvedCCW"
            bends[triple] = {"enabled": True, "type": kind, "roundness": round(abs(bend), 3)}
    return bends


def _signed(smooth: Mapping[str, Any]) -> float:
    """The bend as one number: to the right of the edge, or, negative, to the left."""
    roundness: float = smooth["roundness"]
    return roundness if smooth["type"] == "curvedCW" else -roundness


def _entity(entity: Entity, region: int | None, files: Sequence[str]) -> dict[str, Any]:
    return _compact(
        id=entity.id,
        kind=entity.kind,
        label=entity.label,
        aliases={language: list(aliases) for language, aliases in sorted(entity.aliases.items())},
        definition=entity.definition,
        note=entity.note,
        sections=[_compact(id=section.id, title=section.title) for section in entity.sections.values()],
        region=region,
        origin=_place(entity.origin, files),
    )


def _relation(relation: Relation, files: Sequence[str], passages: _Passages) -> dict[str, Any]:
    return {
        "subject": relation.subject,
        "predicate": relation.predicate,
        "object": relation.object,
        "status": relation.status,
        "citations": [_citation(citation, files, passages) for citation in relation.citations],
    }


def _citation(citation: Citation, files: Sequence[str], passages: _Passages) -> dict[str, Any]:
    record = _compact(
        source=citation.source,
        section=citation.section,
        at=citation.at,
        passage=passages.number(citation),
        by=[] if citation.own else list(citation.by),
        via=list(citation.via),
        likely=citation.likely,
        denied=citation.denied,
        stance=citation.stance,
        modality=citation.modality,
        condition=citation.condition,
        inferred=citation.inferred,
        order=citation.order,
        when=citation.when,
        note=citation.note,
        origin=_place(citation.origin, files),
    )
    return {name: value for name, value in record.items() if PLAIN.get(name) != value}


def _compact(**fields: Any) -> dict[str, Any]:
    """The fields that say something, texts by language in the order of the tags."""
    said = {name: value for name, value in fields.items() if value is not None and value is not False}
    return {
        name: dict(sorted(value.items())) if isinstance(value, Mapping) else value
        for name, value in said.items()
        if value not in ((), [], "") and not (isinstance(value, Mapping) and not value)
    }


def _place(origin: Origin, files: Sequence[str]) -> str:
    """file:line:col, where the file is a number in the list of `files`."""
    return f"{files.index(origin.span.path)}:{origin.span.line}:{origin.span.column}"


def _title(map: ArgumentMap) -> str:
    """What the texts with an outline are called; the page itself puts it in the reader's language."""
    texts = [entity for entity in map.sources.values() if entity.sections]
    names = [next(iter(dict(sorted(text.label.items(), reverse=True)).values()), text.id) for text in texts]
    return " · ".join([*names, "conceptgraph"])


def _asset(name: str) -> str:
    # read as text: as a template, a script's own braces would be parsed
    return resources.files("conceptgraph.exporters").joinpath("page", name).read_text("utf-8")


def _vis() -> str:
    text = resources.files("pyvis").joinpath("templates", "lib", "vis-9.1.2", "vis-network.min.js").read_text("utf-8")
    # a browser hashes the text after it has made every line end a line feed
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
