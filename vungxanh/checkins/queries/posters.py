"""What stands on posters: the codes of points that hold, and the jobs that print them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from vungxanh.accounts.queries import may_read
from vungxanh.checkins.models import Entrance, Point, PointCode, PosterJob
from vungxanh.checkins.queries.search import walked
from vungxanh.checkins.values.asked import Asked
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.values.posters import OPEN_STATES, PRINT, Named, PosterLook
from vungxanh.core.clock import TZ
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.documents.posters import Poster
from vungxanh.protocol.places import links, short_codes

MOST_JOBS = 50


@dataclass(frozen=True, slots=True)
class Sheet:
    """A poster to be printed: the number of its issue, and what its file is named after."""

    issue: int
    poster: Poster
    named: Named
    address: str


def good_issues(points: Iterable[int], at: datetime) -> list[int]:
    """The newest code that holds of each open entrance of living points, in the points' order."""
    order = {point: place for place, point in enumerate(points)}
    rows = _good(at).filter(point__in=order)
    newest = rows.order_by("point_id", "entrance", "-id").distinct("point_id", "entrance")
    found = newest.values_list("point_id", "entrance", "id")
    return [issue for point, _, issue in sorted(found, key=lambda row: (order[row[0]], row[1]))]


def sheets_of(issues: Sequence[int], look: PosterLook, *, at: datetime) -> list[Sheet]:
    """What is to be printed of these issues, without those that no longer hold; two queries."""
    rows = _good(at).filter(pk__in=issues).select_related("point__unit__parent")
    found = {row.pk: row for row in rows.defer("point__contact_name", "point__contact_phone")}
    labels = _labels(found.values())
    return [
        _sheet(row, labels.get((row.point_id, row.entrance), ""), look)
        for row in (found[one] for one in issues if one in found)
    ]


def points_in(viewer: Viewer, asked: Asked, *, most: int) -> list[int]:
    """The living points of the viewer's area that a filter finds, at most so many."""
    return [row.pk for row in walked(viewer, asked, most=most) if row.state in LIVING]


def points_with(viewer: Viewer, codes: Sequence[str]) -> dict[str, int]:
    """The points of the viewer's area with these codes; one query."""
    rows = Point.objects.filter(code__in=codes).select_related("unit")
    rows = rows.defer("contact_name", "contact_phone")
    return {row.code: row.pk for row in rows if may_read(viewer, row.unit, ref=f"point:{row.pk}")}


def jobs_of(viewer: Viewer) -> tuple[PosterJob, ...]:
    """The viewer's own jobs, the newest first; one query."""
    return tuple(PosterJob.objects.filter(by=viewer.id).defer("asked")[:MOST_JOBS])


def job_for(viewer: Viewer, job_id: UUID) -> PosterJob:
    """One of the viewer's own jobs; those of others are not there."""
    found = PosterJob.objects.filter(pk=job_id, by=viewer.id).first()
    if found is None or not viewer.may(PRINT):
        raise MissingError
    return found


def next_job() -> PosterJob | None:
    """The oldest job that is not over."""
    return PosterJob.objects.filter(state__in=OPEN_STATES).order_by("at", "id").first()


def _good(at: datetime) -> "QuerySet[PointCode]":
    closed = Entrance.objects.filter(
        point=OuterRef("point"), number=OuterRef("entrance"), closed_at__isnull=False
    )
    return PointCode.objects.filter(
        ~Exists(closed),
        Q(ends_at__isnull=True) | Q(ends_at__gt=at),
        point__state__in=LIVING,
        revoked_at__isnull=True,
    )


def _labels(codes: Iterable[PointCode]) -> Mapping[tuple[int, int], str]:
    rows = Entrance.objects.filter(point__in={one.point_id for one in codes})
    return {
        (point, number): label
        for point, number, label in rows.values_list("point_id", "number", "label")
    }


def _sheet(row: PointCode, label: str, look: PosterLook) -> Sheet:
    point, unit = row.point, row.point.unit
    parent = unit.parent.name if unit.parent and unit.parent.parent_id else ""
    address = ", ".join(part for part in (point.address, unit.name, parent) if part)
    code = short_codes.shown(point.code)
    poster = Poster(
        name=point.name,
        address=address,
        code=code,
        url=links.write(look.site, row.payload),
        issued_on=row.issued_at.astimezone(TZ).date(),
        entrance=label,
        copies=look.copies,
        language=look.language,
        is_invented=point.is_invented,
    )
    return Sheet(row.pk, poster, Named(unit.name, point.name, code, row.entrance), address)
