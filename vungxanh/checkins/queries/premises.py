"""Premises that must have a point: how many have one, which have none, what may be theirs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from vungxanh.checkins.models import Point, Premises, PremisesList
from vungxanh.checkins.rules.matching import Place, Proposal, proposals
from vungxanh.checkins.values.activity import ACTIVE_DAYS
from vungxanh.checkins.values.areas import communes_held
from vungxanh.checkins.values.import_refusals import NoSuchPremisesError, NoSuchTableError
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.core.viewer import Viewer
from vungxanh.engines.names import fold
from vungxanh.locations.queries.organisations import tax_codes_of

MOST_COMPARED = 20_000
_FIGURES = """
SELECT p.unit_id, p.kind, count(*) FILTER (WHERE p.exempt_at IS NULL),
       count(*) FILTER (WHERE p.exempt_at IS NOT NULL),
       count(*) FILTER (WHERE p.exempt_at IS NULL AND EXISTS (
           SELECT 1 FROM checkins_point q WHERE q.premises_id = p.id AND q.state = ANY(%(living)s)
       )),
       count(*) FILTER (WHERE p.exempt_at IS NULL AND EXISTS (
           SELECT 1 FROM checkins_point q JOIN checkins_pointuse u ON u.point_id = q.id
           WHERE q.premises_id = p.id AND q.state = ANY(%(living)s)
               AND u.last_on > (SELECT max(day) FROM checkins_countedday) - %(days)s))
FROM checkins_premises p
WHERE %(communes)s::text[] IS NULL OR p.unit_id = ANY(%(communes)s)
GROUP BY 1, 2
"""
_KEYS = {
    "ten": ("same_key", "id"),
    "loai": ("kind", "same_key", "id"),
    "xa": ("unit__sort_key", "same_key", "id"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many must have a point, are exempt, of those that must how many have one and use it.

    `n_active` is of the last counted day, 0 also where no day was counted.
    """

    n_obliged: int = 0
    n_exempt: int = 0
    n_registered: int = 0
    n_active: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.n_obliged + other.n_obliged,
            self.n_exempt + other.n_exempt,
            self.n_registered + other.n_registered,
            self.n_active + other.n_active,
        )

    @property
    def is_known(self) -> bool:
        """Whether any list tells who must have a point here."""
        return self.n_obliged + self.n_exempt > 0

    @property
    def n_lacking(self) -> int:
        """How many must have a point and have none."""
        return self.n_obliged - self.n_registered


Tallies = Mapping[tuple[str, str], Tally]
"""By commune of today and kind."""


def tallies(communes: Collection[str] | None) -> Tallies:
    """The tally of each commune and kind, of all communes where none is named; one query."""
    said: dict[str, list[str] | int | None] = {
        "living": [str(one) for one in LIVING],
        "days": ACTIVE_DAYS,
        "communes": None if communes is None else sorted(communes),
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, said)
        return {(unit, kind): Tally(*counts) for unit, kind, *counts in cursor.fetchall()}


def total_of(found: Tallies) -> Tally:
    """All of them together."""
    return sum(found.values(), Tally())


def without_point(
    communes: Collection[str] | None, *, kind: str = "", order: str = "xa"
) -> QuerySet[Premises]:
    """Premises that must have a point and have none, in a stable order."""
    living = Point.objects.filter(premises=OuterRef("pk"), state__in=LIVING)
    rows = Premises.objects.filter(~Exists(living), exempt_at__isnull=True)
    rows = rows.filter(kind=kind) if kind else rows
    rows = _within(rows, communes).select_related("unit", "list", "parent")
    return rows.order_by(*_KEYS.get(order, _KEYS["xa"]))


def exempt(communes: Collection[str] | None) -> QuerySet[Premises]:
    """Premises that need no point, by name."""
    rows = _within(Premises.objects.filter(exempt_at__isnull=False), communes)
    return rows.select_related("unit").order_by("same_key", "id")


def proposed(communes: Collection[str] | None) -> tuple[Proposal, ...]:
    """Points that may be those of premises without one, but what a person said is not; 3 queries.

    Of a large area the first premises alone are compared.
    """
    lacking = list(without_point(communes).select_related(None)[:MOST_COMPARED])
    refused = {one.pk: frozenset(one.not_points) for one in lacking if one.not_points}
    free = Point.objects.filter(state__in=LIVING, premises__isnull=True)
    free = free.filter(unit__in={one.unit_id for one in lacking}).order_by()
    fields = ("id", "unit_id", "same_key", "address", "organisation_id")
    points = list(free.values_list(*fields)[: 10 * MOST_COMPARED]) if lacking else []
    codes = tax_codes_of({row[4] for row in points if row[4]})
    there = [
        Place(key, unit, name, fold(address), codes.get(owner, ""), str(owner or ""))
        for key, unit, name, address, owner in points
    ]
    found = proposals([_place(one) for one in lacking], there)
    return tuple(one for one in found if one.point not in refused.get(one.premises, ()))


def one_of(viewer: Viewer, premises_id: int) -> Premises:
    """Premises in the viewer's area; others are refused as if they were not there."""
    rows = _within(Premises.objects.filter(pk=premises_id), communes_held(viewer.units))
    found = rows.select_related("unit", "list").first()
    if found is None:
        raise NoSuchPremisesError
    return found


def known_keys(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Which pairs of commune and key of the name are on a list already; one query."""
    wanted = set(pairs)
    rows = Premises.objects.filter(
        unit__in={unit for unit, _ in wanted}, same_key__in={key for _, key in wanted}
    )
    return frozenset(rows.order_by().values_list("unit_id", "same_key")) & frozenset(wanted)


def lists_of(viewer: Viewer) -> QuerySet[PremisesList]:
    """The lists that the viewer may see: one's own, and those with premises of the own area."""
    communes = communes_held(viewer.units)
    rows = PremisesList.objects.defer("plan")
    if communes is None:
        return rows
    inside = Premises.objects.filter(list=OuterRef("pk"), unit__in=communes)
    return rows.filter(Q(by=viewer.id) | Exists(inside))


def list_of(viewer: Viewer, list_id: UUID) -> PremisesList:
    """A list that the viewer brought, or whose premises lie in the own area."""
    found = lists_of(viewer).defer(None).filter(pk=list_id).first()
    if found is None:
        raise NoSuchTableError
    return found


def own_list(viewer: Viewer, list_id: UUID) -> PremisesList:
    """A list that the viewer brought, or whose premises all lie in the own area."""
    found = list_of(viewer, list_id)
    communes = communes_held(viewer.units)
    is_own = found.by == viewer.id or communes is None
    if not is_own and Premises.objects.filter(list=found).exclude(unit__in=communes).exists():
        raise NoSuchTableError
    return found


def _within(rows: QuerySet[Premises], communes: Collection[str] | None) -> QuerySet[Premises]:
    return rows if communes is None else rows.filter(unit__in=communes)


def _place(one: Premises) -> Place:
    owner = str(one.organisation_id or "")
    return Place(one.pk, one.unit_id, one.same_key, fold(one.address), one.tax_code, owner)
