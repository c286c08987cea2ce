"""Reading broken glass: what is open now, one's own openings, those to be reviewed."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from vungxanh.accounts.models.glass import BrokenGlass
from vungxanh.accounts.models.staff import Staff
from vungxanh.accounts.rules import ROLES
from vungxanh.accounts.values import STAFF, Standing, area_of, era_of
from vungxanh.accounts.values.glass import REVIEW, GlassLine, Opening, Verdict
from vungxanh.core.clock import TZ, day_start
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import BadUnitIdError, Unit, UnitId, UnknownUnitError, registry
from vungxanh.messaging.queries import is_address
from vungxanh.refusals import Words

MANAGE = "accounts.manage"
BETWEEN = ","


def opening_of(staff_ref: str, at: datetime) -> Opening | None:
    """What a member of staff has opened by breaking the glass and may still read; one query."""
    found = open_glass(staff_ref, at).only("id", "unit", "purpose", "until").first()
    if found is None:
        return None
    names = (unit_words(found.unit),)
    return Opening(found.id, frozenset({found.unit}), found.purpose, found.until, names)


def open_glass(staff_ref: str, at: datetime) -> QuerySet[BrokenGlass]:
    """The opening of a member of staff that is open at an instant: one row or none."""
    standing = BrokenGlass.objects.filter(by=staff_ref, ended_at__isnull=True)
    return standing.filter(opened_at__lte=at, until__gt=at)


def own_openings(viewer: Viewer, page: object = 1) -> Page[GlassLine]:
    """The viewer's own openings, newest first; two queries."""
    return _lines(BrokenGlass.objects.filter(by=viewer.id), page)


def to_review(viewer: Viewer, page: object = 1) -> Page[GlassLine]:
    """Openings that the viewer looks after, those not reviewed yet first; three queries.

    Of officers whose units lie in the viewer's area, and those of which the viewer was told; never
    the viewer's own.
    """
    viewer.require(REVIEW)
    found = reviewable(viewer).order_by("verdict", "-opened_at", "-id")
    return _lines(found, page)


def n_waiting(viewer: Viewer) -> int:
    """How many openings wait for the viewer's review; two queries, none without the right."""
    if not viewer.may(REVIEW):
        return 0
    return reviewable(viewer).filter(verdict=Verdict.OPEN).count()


def reviewable(viewer: Viewer) -> QuerySet[BrokenGlass]:
    """The openings that the viewer may review; one query for the areas, made at once."""
    others = BrokenGlass.objects.exclude(by=viewer.id)
    areas = others.order_by().values_list("area", flat=True).distinct()
    mine = [area for area in areas if covers(viewer.units, area.split(BETWEEN))]
    return others.filter(Q(area__in=mine) | Q(told__contains=[viewer.id]))


def n_unsettled(staff_ref: str, at: datetime) -> int:
    """How many openings of this day in Vietnam nobody has found justified; one query."""
    since = day_start(at.astimezone(TZ).date())
    today = BrokenGlass.objects.filter(by=staff_ref, opened_at__gte=since)
    return today.exclude(verdict=Verdict.JUSTIFIED).count()


def supervisors(viewer: Viewer, at: datetime) -> list[Staff]:
    """Who is told when the viewer breaks the glass; at most two queries.

    Those who may review and whose area covers the viewer's units; if there is nobody,
    administrators. Never the viewer, nor an account that is closed or that no message can reach.
    """
    near = [
        one for one in _holders(REVIEW, viewer, at) if covers(frozenset(one.units), viewer.units)
    ]
    return near or _holders(MANAGE, viewer, at)


def covers(held: frozenset[str], units: Iterable[str]) -> bool:
    """Whether units lie wholly in the area of who holds others; false for no unit at all."""
    area, found = area_of(held), [unit_known(one) for one in units if one]
    return bool(found) and all(
        one is not None and area.standing(one.id, one.path) is Standing.WHOLE for one in found
    )


def is_outside(viewer: Viewer, unit: Unit) -> bool:
    """Whether no part of a unit lies in the viewer's own area; no query."""
    return area_of(viewer.units).standing(unit.id, unit.path) is Standing.NONE


def unit_known(unit_id: str) -> Unit | None:
    """A unit of the package, None where it knows none of that id; no query."""
    try:
        return registry().unit(UnitId(unit_id))
    except (BadUnitIdError, UnknownUnitError):
        return None


def unit_words(unit_id: str) -> Words:
    """A unit's name with its era, the id where it is not known; no query."""
    unit, era = unit_known(unit_id), era_of(unit_id)
    name = unit.name if unit else unit_id
    return Words(f"{name} ({era.vi})", f"{name} ({era.en})") if unit else Words(name, name)


def _holders(capability: str, viewer: Viewer, at: datetime) -> list[Staff]:
    roles = [role for role, spec in ROLES.items() if capability in spec.capabilities]
    found = Staff.objects.filter(is_active=True, roles__overlap=roles)
    standing = found.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))
    others = (one for one in standing if f"{STAFF}{one.pk}" != viewer.id)
    return [one for one in others if is_address(one.email)]


def _lines(found: QuerySet[BrokenGlass], page: object) -> Page[GlassLine]:
    rows = numbered(found, page)
    lines = tuple(_line(row) for row in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def _line(row: BrokenGlass) -> GlassLine:
    return GlassLine(
        id=row.id,
        by=row.by,
        unit=row.unit,
        purpose=row.purpose,
        reason=row.reason,
        opened_at=row.opened_at,
        until=row.until,
        ended_at=row.ended_at,
        verdict=Verdict(row.verdict),
        reviewed_by=row.reviewed_by,
        reviewed_at=row.reviewed_at,
        note=row.note,
    )


def names(refs: Iterable[str]) -> dict[str, str]:
    """Names of staff by reference; one query. For pages on which they may be read."""
    ids = {ref.removeprefix(STAFF) for ref in refs if ref.startswith(STAFF)}
    return {f"{STAFF}{one.pk}": one.name for one in Staff.objects.filter(pk__in=ids)}
