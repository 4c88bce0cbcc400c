"""The map as one interactive page that needs nothing but a browser.

pyvis holds nodes, edges and options, and brings vis-network; template, style and scripts are those in `page/`.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from conceptgraph.bibliography import bibtex, csl, works
from conceptgraph.centrality import rank as rank_by
from conceptgraph.compare import Counterparts, Distinction, Side, compare
from conceptgraph.coverage import coverage
from conceptgraph.diagnostics import Origin
from conceptgraph.exporters import Answer, Exporter
from conceptgraph.hanzi import traditional
from conceptgraph.layout import arrange, radii
from conceptgraph.measures import MEASURES
from conceptgraph.model import ArgumentMap, Citation, Entity, Relation, Triple
from conceptgraph.passages import SourceText
from conceptgraph.pinyin import readings
from conceptgraph.sentences import WORDS
from conceptgraph.spelling import SPELLINGS

Texts = Mapping[str, SourceText]
Answers = Mapping[str, Answer]

SCRIPTS: Final = (
    "words/words.js",
    "words/zh.js",
    "words/en.js",
    "core/packed.js",
    "core/map.js",
    "core/sentences.js",
    "core/stem.js",
    "core/search.js",
    "core/selection.js",
    "core/heap.js",
    "core/paths.js",
    "core/ways.js",
    "core/lens.js",
    "core/measures.js",
    "core/look.js",
    "core/tour.js",
    "core/excerpt.js",
    "core/markdown.js",
    "core/route.js",
    "picture/glyphs.js",
    "picture/labels.js",
    "picture/lines.js",
    "picture/regions.js",
    "picture/names.js",
    "picture/drawing.js",
    "picture/paint.js",
    "picture/graph.js",
    "picture/svg.js",
    "reading/dom.js",
    "reading/citations.js",
    "reading/panel.js",
    "reading/combobox.js",
    "reading/path.js",
    "reading/outline.js",
    "reading/tour.js",
    "reading/question.js",
    "reading/overview.js",
    "reading/entity.js",
    "reading/relation.js",
    "reading/section.js",
    "reading/selection.js",
    "reading/around.js",
    "reading/measure.js",
    "reading/compare.js",
    "desk/memory.js",
    "desk/frame.js",
    "desk/legend.js",
    "desk/keys.js",
    "desk/takeaway.js",
    "desk/finder.js",
    "desk/main.js",
)
"""In the order in which they run: each adds to one object, and uses what those before it have added."""

LIVE_SCRIPTS: Final = ("core/settle.js", "desk/live.js")
LIVE_STYLES: Final = ("styles/live.css",)
"""What only the page that is served has, behind all else."""

STYLES: Final = tuple(
    f"styles/{name}.css"
    for name in ("colours", "base", "frame", "reading", "telling", "lenses", "paths", "takeaway", "media")
)

OPTIONS: Final[Mapping[str, Any]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 0,
    },
}
MEASURED: Final = 3_000
"""Up to how many entities the page has measures that count chains."""

NODE: Final = ("x", "y", "size")
PLAIN: Final = {"stance": "endorses", "modality": "asserted", "status": "held"}
"""What the page takes for granted where a citation does not say it."""


class Page(NamedTuple):
    """A page as text, and the Content-Security-Policy that it asks for."""

    text: str
    policy: str


def render(map: ArgumentMap, *, texts: Texts = MappingProxyType({}), answers: Answers = MappingProxyType({})) -> str:
    """The page as text, UTF-8. It asks nothing of the network, and shows every label as the text it is.

    Args:
        map: the argument map.
        texts: the texts of its sources, by their ids: citations then show the passages in which their anchors stand.
        answers: the answers to its named questions, by the ids of these: questions are then answered in place.
    """
    return page(map, texts=texts, answers=answers).text


def page(
    map: ArgumentMap,
    *,
    texts: Texts = MappingProxyType({}),
    answers: Answers = MappingProxyType({}),
    live: str | None = None,
) -> Page:
    """The page; with `live`, the id of this state of the map, one that its server keeps up to date."""
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
    more = live is not None
    scripts = [_vis(), *(_asset(name) for name in (*SCRIPTS, *(LIVE_SCRIPTS if more else ())))]
    style = "".join(_asset(name) for name in (*STYLES, *(LIVE_STYLES if more else ())))
    policy = (
        f"default-src 'none'; script-src {' '.join(_hash(script) for script in scripts)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'" + ("; connect-src 'self'" if more else "")
    )
    text = environment.get_template("page.html").render(
        title=_title(map),
        live=live,
        policy=policy,
        style=Markup(style),  # noqa: S704  # our own file
        scripts=[Markup(script) for script in scripts],  # noqa: S704  # our own files, and vis-network
        data=packed(payload(map, texts, answers)),
    )
    return Page(text, policy)


def payload(
    map: ArgumentMap, texts: Texts = MappingProxyType({}), answers: Answers = MappingProxyType({})
) -> dict[str, Any]:
    """What the page knows: the map in the words of the JSON export, without what is plain, and the picture."""
    arrangement = arrange(map)
    known = content(map, texts)
    entities = [_compact(**each, region=arrangement.regions[each["id"]]) for each in known["entities"]]
    return {**known, "entities": entities, **reckoned(map, answers), "network": network(map, arrangement.positions)}


def update(map: ArgumentMap, texts: Texts = MappingProxyType({})) -> dict[str, Any]:
    """What a page that shows a map must know to show this one instead: it finds places for what is new by itself."""
    bends = _bends([relation.triple for relation in _drawable(map)])
    drawn = {"sizes": list(radii(map).values()), "bends": list(bends.values())}
    return packed({**content(map, texts), "network": drawn})


def reckoned(map: ArgumentMap, answers: Answers) -> dict[str, Any]:
    """What takes time to find of a map."""
    return {"answers": _answers(map, answers), "measures": _measures(map)}


def content(map: ArgumentMap, texts: Texts) -> dict[str, Any]:
    """What the page knows of the map itself."""
    files = _files(map)
    passages = _Passages(texts)
    return {
        "files": files,
        "words": WORDS,
        "kinds": [
            _compact(id=kind.id, label=kind.label, outline=kind.outline, region=kind.region)
            for kind in map.kinds.values()
        ],
        "families": [_compact(id=family.id, label=family.label) for family in map.families.values()],
        "predicates": [
            _compact(
                id=predicate.id,
                label=predicate.label,
                inverse=predicate.inverse,
                family=predicate.family,
                symmetric=predicate.symmetric,
                opposite=predicate.opposite,
                bookkeeping=predicate.bookkeeping,
            )
            for predicate in map.predicates.values()
        ],
        "entities": [_entity(entity, files) for entity in map.entities.values()],
        "relations": [_relation(relation, files, passages) for relation in _drawable(map)],
        "passages": passages.sentences,
        "coverage": _coverage(map, texts),
        "questions": [
            _compact(id=question.id, ask=question.ask, query=question.query, expect=question.expect)
            for question in map.questions.values()
        ],
        "bibliography": {work.id: {"csl": csl(work), "bibtex": bibtex(work)} for work in works(map)},
        "search": _search(map),
        "comparisons": _comparisons(map),
    }


def packed(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the page knows, its longest lists as tables that name each field once, and ends of relations by number."""
    entities = {entity["id"]: number for number, entity in enumerate(data["entities"])}
    predicates = {predicate["id"]: number for number, predicate in enumerate(data["predicates"])}
    relations = [
        {
            "subject": entities[relation["subject"]],
            "predicate": predicates[relation["predicate"]],
            "object": entities[relation["object"]],
            "citations": len(relation["citations"]),
            "status": relation["status"],
        }
        for relation in data["relations"]
    ]
    return {
        **data,
        "entities": _table(data["entities"]),
        "relations": _table([_unplain(relation) for relation in relations]),
        "citations": _table([citation for relation in data["relations"] for citation in relation["citations"]]),
    }


def _table(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The names of the fields, the most frequent first, and a row a record, which ends with the last that is said."""
    counts = Counter(name for record in records for name in record)
    names = sorted(counts, key=lambda name: (-counts[name], name))
    rows = [[record.get(name) for name in names] for record in records]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return {"names": names, "rows": rows}


def network(map: ArgumentMap, positions: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """The picture, by way of pyvis: [x, y, size] of each entity, the bend of each relation, vis-network's options."""
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node

    # "in_line" only keeps pyvis from copying files: the page is not its page
    net = Network(directed=True, cdn_resources="in_line")
    net.options = dict(OPTIONS)
    sizes = radii(map)
    bends = _bends([relation.triple for relation in _drawable(map)])
    # add_node and add_edge look through all that there are each time: minutes, in a map of ten thousand entities
    for id in map.entities:
        x, y = positions[id]
        net.nodes.append(Node(id, "custom", label=" ", x=x, y=y, size=sizes[id]).options)
    for triple, bend in bends.items():
        net.edges.append(Edge(triple.subject, triple.object, directed=True, roundness=bend).options)
    nodes, edges, _, _, _, options = net.get_network_data()
    return {
        # what they are called stands in the entity, or the relation, of the same place in its list
        "nodes": [[node[name] for name in NODE] for node in nodes],
        "bends": [edge["roundness"] for edge in edges],
        "options": json.loads(options),
    }


EXPORTER = Exporter(
    "html", ".html", "HTML, one interactive page that works offline", render, more=frozenset({"texts", "answers"})
)


def _coverage(map: ArgumentMap, texts: Texts) -> dict[str, dict[str, tuple[int, int]]]:
    """By text and section, how many sentences carry an anchor, and how many there are; of texts that are at hand."""
    read: dict[str, dict[str, tuple[int, int]]] = {}
    for section in coverage(map, texts).sections if texts else ():
        read.setdefault(section.source, {})[section.section] = (section.covered, len(section.sentences))
    return read


def _answers(map: ArgumentMap, answers: Answers) -> dict[str, dict[str, Any]]:
    """The answers by the ids of their questions; a relation is its place in the list of all."""
    places = {relation.triple: index for index, relation in enumerate(_drawable(map))}
    return {
        id: _compact(
            relations=[places[triple] for triple in answer.relations if triple in places],
            chains=answer.chains,
            ranks=[(entity, float(f"{value:.4g}")) for entity, value in answer.ranks],
        )
        for id, answer in sorted(answers.items())
    }


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


def _measures(map: ArgumentMap) -> list[dict[str, Any]]:
    """The measures with a value for each entity of the map, in its order, to four digits; None for the texts.

    Those that count chains are left out where that would take long.
    """
    quick = [each for each in MEASURES if each.estimate is None or len(map.entities) <= MEASURED]
    rankings = [(each, {rank.entity: rank.value for rank in rank_by(map, each).ranks}) for each in quick]
    return [
        {
            "id": measure.id,
            "label": dict(measure.label),
            "meaning": dict(measure.meaning),
            "values": [_figure(values.get(id)) for id in map.entities],
        }
        for measure, values in rankings
    ]


def _figure(value: float | None) -> float | None:
    """Four digits of a value; what the computation leaves of nothing is nothing."""
    return None if value is None else 0 if abs(value) < 1e-12 else float(f"{value:.4g}")


def _comparisons(map: ArgumentMap) -> list[dict[str, Any]]:
    """Each two texts with an outline against each other. Entities and relations are numbers in the lists of the page.

    What a side says of a relation is a list of the places of its citations: relation, and citation in it.
    """
    entities = {id: number for number, id in enumerate(map.entities)}
    relations = {relation.triple: number for number, relation in enumerate(_drawable(map))}
    places = {
        id(citation): (number, position)
        for number, relation in enumerate(_drawable(map))
        for position, citation in enumerate(relation.citations)
    }

    def pairs(counterparts: Iterable[Counterparts]) -> list[list[list[tuple[int, int]]]]:
        return [
            [[places[id(citation)] for citation in relation.citations] for relation in (each.one, each.other)]
            for each in counterparts
        ]

    def distinction(each: Distinction) -> dict[str, Any]:
        return _compact(
            one=[entities[id] for id in each.one],
            other=[entities[id] for id in each.other],
            word=each.word,
            relation=relations[each.relation.triple] if each.relation else None,
        )

    result = []
    for one, other in itertools.combinations((text.id for text in map.sources.values() if text.sections), 2):
        found = compare(map, Side(one, one), Side(other, other))
        ties = {"disagreements": found.disagreements, "agreements": found.agreements, "ties": found.ties}
        result.append(
            {
                "sides": [one, other],
                "contradictions": pairs(found.contradictions),
                **{name: [relations[each.triple] for each in listed] for name, listed in ties.items()},
                "distinctions": [distinction(each) for each in found.distinctions],
                "common": pairs(found.common),
                "shared": [[entities[each.entity], *each.relations] for each in found.shared],
                "own": [[[entities[each.entity], sum(each.relations)] for each in own] for own in found.own],
                # the first side speaks first
                "first": sorted(entities[id] for id in found.theses[0]),
            }
        )
    return result


def _files(map: ArgumentMap) -> list[str]:
    origins = (*(entity.origin for entity in map.entities.values()), *(said.origin for _, said in map.citations()))
    return sorted({origin.span.path for origin in origins})


def _bends(triples: Sequence[Triple]) -> dict[Triple, float]:
    """How far each edge is bent to the left, in shares of its length, so that parallel ones lie apart."""
    between: dict[tuple[str, str], list[Triple]] = {}
    for triple in triples:
        pair = (min(triple.subject, triple.object), max(triple.subject, triple.object))
        between.setdefault(pair, []).append(triple)
    bends = dict.fromkeys(triples, 0.0)
    for (first, _), parallel in between.items():
        for index, triple in enumerate(parallel):
            # a line of its own is bent a little; those of a pair to either side, as seen from the smaller id
            bend = 0.1 if len(parallel) == 1 else (index - (len(parallel) - 1) / 2) * 0.25
            bends[triple] = round(bend if triple.subject == first else -bend, 3)
    return bends


def _entity(entity: Entity, files: Sequence[str]) -> dict[str, Any]:
    return _compact(
        id=entity.id,
        kind=entity.kind,
        label=entity.label,
        aliases={language: list(aliases) for language, aliases in sorted(entity.aliases.items())},
        definition=entity.definition,
        note=entity.note,
        sections=[
            _compact(id=section.id, title=section.title, opens=section.opens) for section in entity.sections.values()
        ],
        file=entity.file,
        reference=entity.reference,
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
    return _unplain(record)


def _unplain(record: Mapping[str, Any]) -> dict[str, Any]:
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
