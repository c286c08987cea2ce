"""Who has to declare in an area, and how many of them did, as far as that is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from vungxanh.accounts.values import Standing, area_of
from vungxanh.checkins.queries.staff import StaffTold, points_of_kinds, staff_of_kinds
from vungxanh.declarations.models import Declaration, Obligation, Questionnaire
from vungxanh.declarations.queries.placing import known_as
from vungxanh.declarations.queries.residents import Residents, residents_of
from vungxanh.declarations.values.states import DECLARATIONS_KEPT_DAYS, Every
from vungxanh.locations.values import registry

MOST: Final = 50
"""Obligations shown at once; an area has a handful."""


@dataclass(frozen=True, slots=True)
class Compliance:
    """An obligation, how many people declared in its window, and of how many, as told by whom.

    `since` to `until` is the window. `base` is None where nobody knows how many have to.
    `n_untold` places of the group told no number of staff, so the base is too small.
    """

    id: UUID
    words: str
    unit_id: str
    form: str
    every: Every
    letter: str
    starts_on: date
    ends_on: date | None
    is_ended: bool
    since: date
    until: date
    n_declared: int
    base: Residents | None
    n_untold: int

    @property
    def n_missing(self) -> int | None:
        """How many of the base did not; never below zero, nothing where no base is known."""
        return None if self.base is None else max(0, self.base.n - self.n_declared)


def obligations_in(held: frozenset[str], scope_id: str, *, on: date) -> list[Compliance]:
    """The obligations of a unit, of what lies below it and above it; newest first.

    Four queries an obligation at most.
    """
    area = area_of(held)
    units = registry()
    rows = [
        row
        for row in Obligation.objects.order_by("-starts_on", "-id")[:500]
        if row.unit_id
        and scope_id in units.unit(row.unit_id).chain
        and area.standing(row.unit_id, units.unit(row.unit_id).path) is Standing.WHOLE
    ][:MOST]
    residents = residents_of([str(row.unit_id) for row in rows if not row.point_kinds])
    return [_compliance(row, residents.get(str(row.unit_id)), on=on) for row in rows]


def window(every: Every, starts_on: date, on: date) -> tuple[date, date]:
    """The days in which a declaration counts: the day, the week up to it, or since it began.

    Declarations are kept for some days only, so "since it began" reaches no further back.

    >>> window(Every.DAILY, date(2026, 3, 1), date(2026, 3, 9))
    (datetime.date(2026, 3, 9), datetime.date(2026, 3, 9))
    >>> window(Every.WEEKLY, date(2026, 3, 5), date(2026, 3, 9))[0]
    datetime.date(2026, 3, 5)
    """
    n_days = {Every.DAILY: 1, Every.WEEKLY: 7, Every.ONCE: DECLARATIONS_KEPT_DAYS}[every]
    return max(starts_on, on - timedelta(days=n_days - 1)), on


def _compliance(row: Obligation, living: Residents | None, *, on: date) -> Compliance:
    last = min(on, row.ends_on) if row.ends_on else on
    since, until = window(Every(row.every), row.starts_on, last)
    staff = _staff(row) if row.point_kinds else None
    base = living if staff is None else _base(staff, on)
    return Compliance(
        id=row.pk,
        words=row.words,
        unit_id=str(row.unit_id),
        form=row.form,
        every=Every(row.every),
        letter=row.letter,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_ended=row.ended_at is not None,
        since=since,
        until=until,
        n_declared=_n_declared(row, since, until),
        base=base,
        n_untold=staff.n_untold if staff else 0,
    )


def _staff(row: Obligation) -> StaffTold:
    return staff_of_kinds(row.point_kinds, known_as(str(row.unit_id)))


def _base(staff: StaffTold, on: date) -> Residents | None:
    """What premises told of their staff; nothing where none told."""
    return Residents(staff.n, staff.on or on, staff.source) if staff.n else None


def _n_declared(row: Obligation, since: date, until: date) -> int:
    """People, each once: of the unit, or who declared at one of its points."""
    forms = Questionnaire.objects.filter(code=row.form).values("id")
    known = known_as(str(row.unit_id))
    where = Q() if known is None else Q(unit_id__in=sorted(known))
    if row.point_kinds:
        where = Q(point_id__in=_points(row.point_kinds, known))
    found = Declaration.objects.filter(where, day__range=(since, until), questionnaire_id__in=forms)
    return int(found.aggregate(n=Count("person_id", distinct=True))["n"])


def _points(kinds: Iterable[str], known: frozenset[str] | None) -> list[int]:
    return points_of_kinds(kinds, known)
