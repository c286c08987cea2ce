"""Reports that a poster was tampered with, and photos, as officers of the area see them."""

from uuid import UUID

from vungxanh.accounts.queries import Place, authorised, readable
from vungxanh.checkins.models import Entrance, Photo, TamperReport
from vungxanh.checkins.values.inspections import INSPECT, TAMPERS, ReportLine, Tamper
from vungxanh.core import files
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import registry

OPEN, HANDLED = "open", "handled"


def reports(viewer: Viewer, *, is_open: bool = True, page: object = 1) -> Page[ReportLine]:
    """Reports of the viewer's area, the oldest open first; four queries whatever their number."""
    viewer.require(INSPECT)
    found = TamperReport.objects.select_related("point")
    found = found.filter(readable(viewer, ref="tamper_reports", unit="point__unit"))
    found = found.filter(state=OPEN if is_open else HANDLED)
    order = ("at", "id") if is_open else ("-handled_at", "-id")
    rows: Page[TamperReport] = numbered(found.order_by(*order), page)
    return Page(_lines(list(rows)), rows.number, rows.n_pages, rows.n_rows)


def report_for(report_id: UUID, *, viewer: Viewer) -> ReportLine:
    """One report of the viewer's area; MissingError for any other."""
    return _lines([found_report(report_id, viewer=viewer)])[0]


def found_report(report_id: UUID, *, viewer: Viewer, acting: bool = False) -> TamperReport:
    """The row of a report of the viewer's area, to read or to act on it."""
    rows = TamperReport.objects.select_related("point__unit")
    return authorised(
        rows.filter(pk=report_id).first(),
        viewer=viewer,
        needs=INSPECT,
        unit=lambda row: row.point.unit,
        acting=acting,
        kind="tamper_report",
    )


def photo_for(photo_id: UUID, *, viewer: Viewer) -> bytes:
    """A photo of the viewer's area; MissingError for any other."""
    related = ("report__point__unit", "inspection__point__unit", "inspection__premises__unit")
    row = authorised(
        Photo.objects.select_related(*related).filter(pk=photo_id).first(),
        viewer=viewer,
        needs=INSPECT,
        unit=_unit_of,
        kind="photo",
    )
    return files.open_file(row.file_id)


def _unit_of(row: Photo) -> Place:
    """Where a photo was taken."""
    said = row.report or row.inspection
    place = getattr(said, "point", None) or getattr(said, "premises", None)
    if place is None:
        raise MissingError
    unit: Place = place.unit
    return unit


def _lines(rows: list[TamperReport]) -> tuple[ReportLine, ...]:
    photos: dict[UUID, list[UUID]] = {row.pk: [] for row in rows}
    taken = Photo.objects.filter(report__in=list(photos)).order_by("at", "id")
    for photo_id, report_id in taken.values_list("pk", "report_id"):
        photos[report_id].append(photo_id)
    points = {row.point_id for row in rows}
    labels = {
        (point, number): label
        for point, number, label in Entrance.objects.filter(point__in=points).values_list(
            "point_id", "number", "label"
        )
    }
    return tuple(_line(row, labels, tuple(photos[row.pk])) for row in rows)


def _line(
    row: TamperReport, labels: dict[tuple[int, int], str], photos: tuple[UUID, ...]
) -> ReportLine:
    return ReportLine(
        id=row.pk,
        point_id=row.point_id,
        point_name=row.point.name,
        point_code=row.point.code,
        unit=registry().unit(row.point.unit_id).name,
        entrance=labels.get((row.point_id, row.entrance), ""),
        what=TAMPERS[Tamper(row.what)],
        note=row.note,
        at=row.at,
        is_open=row.state == OPEN,
        handled_at=row.handled_at,
        outcome=row.outcome,
        photos=photos,
    )
