"""Organisations for which accounts and devices act, as people type them: by a part of the name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from vungxanh.accounts.queries.areas import lies_in
from vungxanh.accounts.values import Area, area_of
from vungxanh.accounts.values.acting import organisations_of
from vungxanh.engines.names import fold
from vungxanh.locations.queries import organisations
from vungxanh.locations.queries.organisations import Asked

MOST = 12
MOST_READ = 200
MOST_SUGGESTED = 100


@dataclass(frozen=True, slots=True)
class Offered:
    """One organisation to choose: its id, its name, and where it lies."""

    id: UUID
    name: str
    place: str


def offered(
    text: str, *, held: frozenset[str], on: date, kinds: frozenset[str] = frozenset()
) -> tuple[Offered, ...]:
    """What a written name may mean among those of the area held, at most `MOST`; one query.

    Those that bear the very name stand alone, else those that have the words in a row.
    """
    rows = organisations.matching(Asked(text=text, on=on)).filter(_in(held), _of(kinds))
    same = fold(text)
    phrase = f" {same} "
    found = list(rows.select_related("unit")[:MOST_READ])
    meant = [one for one in found if one.folded == same]
    meant = meant or [one for one in found if phrase in f" {one.folded} "] or found
    return tuple(Offered(one.id, one.name, one.unit.name) for one in meant[:MOST])


def suggested(
    *, held: frozenset[str], on: date, kinds: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The names of those of the area held that can be typed, each once; one query."""
    rows = organisations.matching(Asked(on=on)).filter(_in(held), _of(kinds))
    return tuple(dict.fromkeys(rows.values_list("name", flat=True)[:MOST_SUGGESTED]))


def standing_in(ids: Iterable[str], *, held: frozenset[str], on: date) -> dict[str, str]:
    """Kinds of those of these organisations that exist and lie in the area held; one query."""
    rows = organisations.matching(Asked(on=on)).filter(_in(held), id__in=list(ids)).order_by()
    return {str(key): kind for key, kind in rows.values_list("id", "kind")}


def names(scopes: Iterable[str]) -> tuple[str, ...]:
    """The names of the organisations that an account acts for; no query where it has none."""
    ids = sorted(UUID(one) for one in organisations_of(scopes))
    known = organisations.names_of(ids)
    return tuple(known[one][0] for one in ids if one in known)


def _in(held: frozenset[str]) -> Q:
    """In the units held wholly: what is held in part nobody gives."""
    return lies_in(Area(area_of(held).whole))


def _of(kinds: frozenset[str]) -> Q:
    return Q(kind__in=sorted(kinds)) if kinds else Q()
