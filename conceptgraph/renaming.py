"""Another id for a record, wherever it stands."""

from __future__ import annotations

from conceptgraph.binder import ID
from conceptgraph.edits import Edit
from conceptgraph.errors import UnknownTerm, UnusableId
from conceptgraph.loader import Loaded
from conceptgraph.model import UNATTRIBUTED
from conceptgraph.references import THINGS, Occurrence, occurrences
from conceptgraph.suggest import nearest


def renamed(loaded: Loaded, old: str, new: str, what: str | None = None) -> list[Edit]:
    """The edits that give a record another id: at its key, and wherever it is referred to.

    Args:
        loaded: the map, as it was read from its files.
        old: the id that it has.
        new: the id that it is to have.
        what: which thing is meant, one of `references.THINGS`, where two have the same id.

    Raises:
        InvalidMap: the map has errors.
        UnknownTerm: nothing has the old id.
        UnusableId: the new one is malformed, or taken; or two things have the old one.
    """
    loaded.require()
    every = list(occurrences(loaded))
    things = _declared(every, old, what)
    if not things:
        known = [each.id for each in every if each.declares and what in (None, each.what)]
        raise UnknownTerm(old, nearest(old, known), what or "record")
    if len(things) > 1:
        raise UnusableId(old, f"is that of several things ({', '.join(things)}): say which is meant")
    if not ID.fullmatch(new):
        raise UnusableId(new, "is malformed: ids are made of lower-case letters, digits and single dashes")
    if new == UNATTRIBUTED:
        raise UnusableId(new, "is kept for voices without a name")
    if _declared(every, new, things[0]):
        raise UnusableId(new, "is taken")
    return [Edit(each.span, new) for each in every if (each.id, each.what) == (old, things[0])]


def _declared(every: list[Occurrence], id: str, what: str | None) -> list[str]:
    found = {each.what for each in every if each.declares and each.id == id}
    return [thing for thing in THINGS if thing in found and what in (None, thing)]
