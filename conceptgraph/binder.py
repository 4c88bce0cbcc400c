"""Located nodes to records; every fault of shape at once.

A record that cannot be built is left out, but its id still counts as declared, so that one fault is reported once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar

from conceptgraph import progress
from conceptgraph.diagnostics import Code, Diagnostic, Located, Note, Severity
from conceptgraph.fields import CODES as FIELD_CODES
from conceptgraph.fields import MISSING_FIELD, WRONG_TYPE, Faults, Fields, shortened
from conceptgraph.model import (
    EMPTY,
    MODALITIES,
    REFERENCE_DATES,
    REFERENCE_NAMES,
    REFERENCE_TEXTS,
    REFERENCE_TYPES,
    STANCES,
    UNATTRIBUTED,
    Citation,
    Entity,
    Family,
    Kind,
    Predicate,
    Question,
    Section,
    Triple,
)
from conceptgraph.reader import Document, Mapping, Node, Scalar, Sequence
from conceptgraph.suggest import nearest, stranger

DUPLICATE_ID = Code(
    "duplicate-id",
    Severity.ERROR,
    """Two records of the map have the same id.

    An id names one entity, whatever its kind and whichever file it stands in. Merge the two records, or rename one.
    The heading of a kind is its own in the same way.
    """,
)
MALFORMED_ID = Code(
    "malformed-id",
    Severity.ERROR,
    """An id is not made of lower-case letters, digits and single dashes.

    Ids stay in addresses, file names and on the command line, so they are kept to what can be typed anywhere. The name
    that people read is the label.
    """,
)
UNKNOWN_KIND = Code(
    "unknown-kind",
    Severity.ERROR,
    """A heading of a file names no kind of entity.

    The headings are `kinds`, `families`, `predicates`, `relations`, `questions`, and the plural of each kind in the
    vocabulary. A new kind is one record under `kinds`.
    """,
)
CODES: Final = (*FIELD_CODES, DUPLICATE_ID, MALFORMED_ID, UNKNOWN_KIND)

HEADINGS: Final = ("kinds", "families", "predicates", "questions", "relations")
ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLAIN: Final[dict[str, Any]] = {
    "at": None, "via": (), "likely": None, "denied": False, "stance": STANCES[0], "modality": MODALITIES[0],
    "condition": EMPTY, "inferred": False, "order": None, "when": None, "note": EMPTY,
}  # fmt: skip
"""What a citation says where it does not say otherwise."""
_QUALIFIERS: Final = frozenset(
    (
        "in",
        "at",
        "by",
        "via",
        "likely",
        "denied",
        "stance",
        "modality",
        "condition",
        "inferred",
        "order",
        "when",
        "note",
    )
)
_LONG_FORM: Final = _QUALIFIERS | {"subject", "predicate", "object"}
_TRIPLE: Final = ("subject", "predicate", "object")

R = TypeVar("R", Kind, Family, Predicate, Entity, Question)


class Statement(NamedTuple):
    """One line of a `relations` block: a triple and the citation that argues it."""

    triple: Triple
    citation: Citation


@dataclass(slots=True)
class Records:
    """What the files hold, in their order. `declared` has the ids of records that could not be built."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    families: dict[str, Family] = field(default_factory=dict)
    predicates: dict[str, Predicate] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def bind(documents: Iterable[Document]) -> Records:
    """The records of some documents, which are taken in the order of their paths."""
    binder = _Binder()
    documents = sorted(documents, key=lambda document: document.path)
    headings = [
        (key, value) for document in documents for root in document.roots for key, value in binder.headings(root)
    ]
    for key, value in headings:
        if key.text == "kinds":
            binder.bind_all(key.text, value, binder.records.kinds, binder.kind)
    kinds = binder.kinds_by_heading()
    # a kind that could not be built, or that a broken file declares, has a heading that cannot be known
    kinds_missing = bool(binder.records.declared) or any(document.lost for document in documents)
    broken = [document.text for document in documents if document.broken]
    for key, value in progress.steps("binding records", headings):
        match key.text:
            case "kinds":
                pass
            case "families":
                binder.bind_all(key.text, value, binder.records.families, binder.family)
            case "predicates":
                binder.bind_all(key.text, value, binder.records.predicates, binder.predicate)
            case "questions":
                binder.bind_all(key.text, value, binder.records.questions, binder.question)
            case "relations":
                binder.relations(value)
            case heading if heading in kinds:
                binder.bind_all("entities", value, binder.records.entities, partial(binder.entity, kinds[heading]))
            case heading:
                sure = not kinds_missing and not any(_declares_heading(text, heading) for text in broken)
                binder.unknown_kind(key, value, [*kinds, *HEADINGS], sure)
    return binder.records


class _Binder(Faults):
    def __init__(self) -> None:
        super().__init__()
        self.records = Records(diagnostics=self.diagnostics)
        self.first: dict[tuple[str, str], Scalar] = {}

    # what a file holds

    def headings(self, root: Node) -> Iterator[tuple[Scalar, Node]]:
        if isinstance(root, Scalar) and not root.text:
            return
        if not isinstance(root, Mapping):
            self.wrong_type(root, "headings such as `concepts:` or `relations:`")
            return
        yield from self.pairs(root, every=True)

    def unknown_kind(self, key: Scalar, value: Node, known: list[str], sure: bool) -> None:
        if sure:
            near = nearest(key.text, known, 1)
            help = f"did you mean {near[0]!r}?" if near else "the headings are " + ", ".join(sorted(known))
            self.report(UNKNOWN_KIND, key.span, f"no kind is listed under {shortened(key.text)!r}", help)
        if isinstance(value, Mapping):
            self.records.declared.update(id.text for id, _ in value.pairs)

    def bind_all(self, space: str, node: Node, into: dict[str, R], build: Callable[[str, Fields], R | None]) -> None:
        """Bind the records of one heading, whose keys are their ids; an id is unique in its `space`."""
        if not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and not node.text):
                self.wrong_type(node, "records, each under its id")
            return
        for key, value in self.pairs(node):
            record = self.bind_one(space, key, value, build)
            if record is None:
                self.records.declared.add(key.text)
            else:
                into.setdefault(key.text, record)

    def bind_one(self, space: str, key: Scalar, value: Node, build: Callable[[str, Fields], R | None]) -> R | None:
        if not ID.fullmatch(key.text):
            near = re.sub(r"[^a-z0-9]+", "-", key.text.lower()).strip("-")
            odd = stranger(key.text)
            help = f"write {shortened(near)!r}" if near and not odd else "use lower-case letters, digits and dashes"
            notes = () if odd is None else (Note(odd),)
            self.report(MALFORMED_ID, key.span, f"malformed id {shortened(key.text)!r}", help, *notes)
            return None
        if key.text == UNATTRIBUTED:
            self.report(DUPLICATE_ID, key.span, f"the id {key.text!r} is kept for voices without a name")
            return None
        if not isinstance(value, Mapping):
            self.wrong_type(value, "the fields of a record")
            return None
        first = self.first.setdefault((space, key.text), key)
        if first is not key:
            note = Note("first here", first.span)
            self.report(DUPLICATE_ID, key.span, f"the id {shortened(key.text)!r} stands twice", None, note)
        return build(key.text, Fields(self, value, key)) if value.whole else None

    # the vocabulary

    def kinds_by_heading(self) -> dict[str, Kind]:
        kinds: dict[str, Kind] = {}
        for kind in self.records.kinds.values():
            first = kinds.setdefault(kind.plural, kind)
            span = kind.origin.part("plural")
            if kind.plural in HEADINGS:
                self.report(DUPLICATE_ID, span, f"the heading {kind.plural!r} is not for a kind of entity")
            elif first is not kind:
                note = Note("first here", first.origin.part("plural"))
                self.report(DUPLICATE_ID, span, f"the heading {shortened(kind.plural)!r} stands twice", None, note)
        return kinds

    def kind(self, id: str, fields: Fields) -> Kind | None:
        kind = Kind(
            id,
            fields.text("plural", required=True) or "",
            fields.texts_by_language("label"),
            fields.texts_by_language("definition"),
            fields.flag("outline"),
            fields.flag("proposition"),
            fields.flag("region"),
            fields.origin,
        )
        fields.close()
        return kind if kind.plural else None

    def family(self, id: str, fields: Fields) -> Family:
        family = Family(id, fields.texts_by_language("label"), fields.texts_by_language("definition"), fields.origin)
        fields.close()
        return family

    def predicate(self, id: str, fields: Fields) -> Predicate | None:
        symmetric = fields.flag("symmetric")
        label = fields.texts_by_language("label")
        inverse = fields.texts_by_language("inverse")
        predicate = Predicate(
            id,
            label,
            inverse or (label if symmetric else EMPTY),
            fields.text("family", required=True) or "",
            fields.integer("sign", choices=(-1, 0, 1)) or 0,
            symmetric,
            fields.flag("bookkeeping"),
            fields.flag("acyclic"),
            fields.flag("vague"),
            fields.text("opposite"),
            fields.text_list("domain"),
            fields.text_list("range"),
            fields.text_list("same-as"),
            fields.texts_by_language("definition"),
            fields.origin,
        )
        fields.close()
        return predicate if predicate.family else None

    def question(self, id: str, fields: Fields) -> Question | None:
        question = Question(
            id,
            fields.texts_by_language("ask", required=True),
            fields.text("query", required=True) or "",
            fields.text_list("expect"),
            fields.origin,
        )
        fields.close()
        return question if question.ask and question.query else None

    # entities

    def entity(self, kind: Kind, id: str, fields: Fields) -> Entity:
        entity = Entity(
            id,
            kind.id,
            fields.texts_by_language("label"),
            fields.lists_by_language("aliases"),
            fields.texts_by_language("definition"),
            fields.texts_by_language("note"),
            self.sections(fields.take("sections")) if kind.outline else {},
            fields.text("file") if kind.outline else None,
            self.reference(fields),
            fields.origin,
        )
        fields.close()
        return entity

    def reference(self, record: Fields) -> dict[str, Any]:
        """The bibliographic record of an entity; the places of its fields are those of the entity's."""
        node = record.take("reference")
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            self.wrong_type(node, "a bibliographic record, {type: book, title: …}")
            return {}
        fields = Fields(self, node, node)
        values: dict[str, Any] = {"type": fields.text("type", required=True, choices=REFERENCE_TYPES)}
        for role in REFERENCE_NAMES:
            if role in fields.nodes:
                values[role] = self.names(fields.take(role))
        for name in (*REFERENCE_DATES, *REFERENCE_TEXTS):
            values[name] = fields.text(name)
        fields.close()
        record.parts.update({f"reference.{name}": part for name, part in fields.parts.items()})
        return {name: value for name, value in values.items() if value} if values["type"] else {}

    def names(self, node: Node | None) -> list[dict[str, str]]:
        """People by family and given name, bodies by a literal one."""
        expected = "names, [{family: …, given: …}] or [{literal: …}]"
        if not isinstance(node, Sequence):
            if node is not None:
                self.wrong_type(node, expected)
            return []
        names = []
        for item in node.items:
            if not isinstance(item, Mapping):
                self.wrong_type(item, expected)
                continue
            fields = Fields(self, item, item)
            whole = "literal" in fields.nodes
            texts = {name: fields.text(name) for name in (("literal",) if whole else ("family", "given"))}
            fields.close()
            if not whole and texts["family"] is None:
                self.report(MISSING_FIELD, item.span, "the field 'family' is missing")
            names.append({name: text for name, text in texts.items() if text})
        return [name for name in names if name]

    def sections(self, node: Node | None) -> dict[str, Section]:
        result: dict[str, Section] = {}
        if node is None:
            return result
        if not isinstance(node, Mapping):
            self.wrong_type(node, "sections, each under its number")
            return result
        for key, value in self.pairs(node):
            if not isinstance(value, Mapping):
                self.wrong_type(value, "a title by language, {zh: …, en: …}")
                continue
            fields = Fields(self, value, key)
            opens = fields.text("opens")
            result[key.text] = Section(key.text, fields.rest_by_language(), opens, fields.origin)
        return result

    # relations

    def relations(self, node: Node) -> None:
        if not isinstance(node, Sequence):
            if not (isinstance(node, Scalar) and not node.text):
                self.wrong_type(node, "a list of blocks, each with `in` and `triples`")
            return
        for block in node.items:
            if not isinstance(block, Mapping):
                self.wrong_type(block, "a block with `in` and `triples`")
                continue
            fields = Fields(self, block, block)
            place = fields.scalar("in")
            triples = fields.take("triples", required=block.whole)
            fields.close()
            if triples is None:
                continue
            if not isinstance(triples, Sequence):
                self.wrong_type(triples, "a list of triples")
                continue
            for item in triples.items:
                self.statement(item, place, placed=not block.whole or "in" in fields.nodes)

    def statement(self, node: Node, place: Scalar | None, placed: bool) -> None:
        """Bind one triple, in its short form `[subject, predicate, object, {…}]` or as a mapping.

        `placed` says that the block may well name a place, though none that could be read.
        """
        parts: dict[str, Located] = {}
        if isinstance(node, Sequence):
            items = node.items
            if not 3 <= len(items) <= 4:
                message = f"a triple is [subject, predicate, object] with or without {{…}}, found {len(items)} items"
                self.report(WRONG_TYPE, node.span, message)
                return
            names: list[Node] = items[:3]
            qualifiers = items[3] if len(items) == 4 else None
            if qualifiers is not None and not isinstance(qualifiers, Mapping):
                self.wrong_type(qualifiers, "qualifiers such as {at: …}")
                return
            fields = Fields(self, qualifiers, node, _QUALIFIERS)
        elif isinstance(node, Mapping):
            fields = Fields(self, node, node, _LONG_FORM)
            taken = [fields.take(name, required=node.whole) for name in _TRIPLE]
            names = [name for name in taken if name is not None]
            if len(names) < 3:
                fields.close()
                return
        else:
            self.wrong_type(node, "a triple, [subject, predicate, object]")
            return
        texts = []
        for part, name in zip(_TRIPLE, names, strict=True):
            if isinstance(name, Scalar) and name.text:
                parts[part] = name
                texts.append(name.text)
            else:
                self.wrong_type(name, f"the id of the {part}")
        citation = self.citation(fields, place, placed, parts)
        if citation is not None and len(texts) == 3:
            self.records.statements.append(Statement(Triple(*texts), citation))

    def citation(
        self, fields: Fields, place: Scalar | None, placed: bool, parts: dict[str, Located]
    ) -> Citation | None:
        inside = fields.scalar("in") or place
        fields.parts.update(parts)
        if inside is None:
            if fields.whole and not placed and "in" not in fields.nodes:
                message = "it is not said where this is argued"
                self.report(MISSING_FIELD, fields.origin.span, message, "add `in: source/section` to the block")
            fields.close()
            return None
        source, _, section = inside.text.partition("/")
        fields.parts["in"] = inside
        origin = fields.origin
        told = {name: value for name in fields.nodes if (value := self.qualifier(name, fields)) is not None}
        fields.close()
        by = told.pop("by", None) or (source,)
        return Citation(source=source, section=section or None, by=by, origin=origin, **{**_PLAIN, **told})

    def qualifier(self, name: str, fields: Fields) -> Any:
        """The value of one qualifier of a citation; None where it is none, or cannot be read."""
        match name:
            case "at" | "likely" | "when":
                return fields.text(name)
            case "by" | "via":
                return fields.text_list(name)
            case "denied" | "inferred":
                return fields.flag(name)
            case "stance":
                return fields.text(name, choices=STANCES)
            case "modality":
                return fields.text(name, choices=MODALITIES)
            case "condition" | "note":
                return fields.texts_by_language(name)
            case "order":
                return fields.integer(name)
            case _:
                return None


def _declares_heading(text: str, heading: str) -> bool:
    return re.search(rf"""\bplural["']?\s*:\s*["']?{re.escape(heading)}(?![\w-])""", text) is not None
