"""Reports that a poster was tampered with: written down by anybody, handled by the commune."""

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.checkins.actions.codes import rotate_codes
from vungxanh.checkins.actions.photos import keep_photos, read_photos
from vungxanh.checkins.models import Entrance, Point, TamperReport
from vungxanh.checkins.queries.reports import OPEN, found_report
from vungxanh.checkins.rules.letters import plain_text
from vungxanh.checkins.values import refusals
from vungxanh.checkins.values.door_refusals import NoWordsError, ReportHandledError
from vungxanh.checkins.values.inspections import (
    LONGEST_NOTE,
    LONGEST_REASON,
    TamperSaid,
)
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.core.clock import TZ
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.duties.actions import meet, owe
from vungxanh.duties.queries import for_duty
from vungxanh.duties.values import Holder, HolderKind, NewDuty, Pace, Schedule, SourceKind, State

DUTY: Final = "checkins.tamper"
ROLE: Final = "commune_officer"
DAY_ENDS: Final = time(17, 0)
_SOURCE: Final = "Báo bảng mã của điểm kiểm soát có vấn đề"


def report_poster(*, point_id: int, said: TamperSaid, by: Viewer, at: datetime) -> UUID:
    """Write a report down; the commune owes a look until the end of the next day.

    Anybody may, and who is not asked. Photos are made anew first. Further reports of a point that
    wait already add no duty. Audit event: `checkins.poster_reported`.
    """
    photos = read_photos(said.photos)
    note = plain_text(said.note)[:LONGEST_NOTE]
    with transaction.atomic():
        point = Point.objects.select_for_update().filter(pk=point_id).first()
        if point is None:
            raise refusals.NoSuchPointError
        row = TamperReport.objects.create(
            point=point,
            entrance=_entrance(point, said.entrance),
            what=said.what,
            note=note,
            at=at,
            by="" if by.id == "public" else by.id,
        )
        keep_photos(photos, by=by, at=at, report=row)
        row.duty = _duty_of(point, row, at=at)
        row.save(update_fields=["duty"])
        detail: Detail = {"what": str(row.what), "photos": len(photos)}
        record(event="checkins.poster_reported", by=by, at=at, subject=_ref(row), detail=detail)
    return row.pk


def handle_report(
    *, report_id: UUID, outcome: str, rotates: bool = False, by: Viewer, at: datetime
) -> int:
    """Say what was found and done, perhaps with new codes that end the former at once.

    The duty is met once no report of the point waits. How many codes are new. Audit event:
    `checkins.poster_report_handled`.
    """
    words = plain_text(outcome)[:LONGEST_REASON]
    if not words:
        raise NoWordsError
    with transaction.atomic():
        found = found_report(report_id, viewer=by, acting=True)
        row = TamperReport.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if row.state != OPEN:
            raise ReportHandledError
        n_codes = _rotated(row, by=by, at=at) if rotates else 0
        row.state, row.handled_at, row.handled_by, row.outcome = "handled", at, by.id, words
        row.save(update_fields=["state", "handled_at", "handled_by", "outcome"])
        others = TamperReport.objects.filter(duty=row.duty, state=OPEN)
        if row.duty is not None and not others.exists():
            meet_duty(row.duty, evidence=_ref(row), kind=DUTY, at=at)
        event, detail = "checkins.poster_report_handled", {"codes": n_codes}
        record(event=event, by=by, at=at, subject=_ref(row), detail=detail)
    return n_codes


def meet_duty(duty_id: UUID, *, evidence: str, kind: str, at: datetime) -> None:
    """Meet what is still owed of a duty of this room."""
    for one in for_duty(duty_id, viewer=SYSTEM, at=at):
        if one.state is State.OPEN:
            meet(occurrence_id=one.id, evidence=evidence, by=SYSTEM, at=at, kind=kind)


def commune_owes(
    unit_id: str, *, title: str, until: date, words: tuple[str, str, str], role: str = ROLE
) -> NewDuty:
    """A duty of the officers of a unit; `words` are its kind, key and source."""
    kind, key, source = words
    return NewDuty(
        title=title[:300],
        holder=Holder(HolderKind.UNIT, unit_id, role),
        owed_to=unit_id,
        schedule=Schedule(until, DAY_ENDS),
        source_kind=SourceKind.RULE,
        source=source,
        kind=kind,
        key=key,
        pace=Pace.DAYS,
    )


def _duty_of(point: Point, row: TamperReport, *, at: datetime) -> UUID:
    """The duty of reports of the point that wait, else a new one."""
    waiting = TamperReport.objects.filter(point=point, state=OPEN, duty__isnull=False)
    standing = waiting.values_list("duty", flat=True).first()
    if standing is not None:
        return UUID(str(standing))
    until = at.astimezone(TZ).date() + timedelta(days=1)
    title = f"Xem bảng mã bị báo ở {point.name} ({point.code})"
    words = (DUTY, f"{DUTY}:{row.pk}", _SOURCE)
    return owe(
        duty=commune_owes(point.unit_id, title=title, until=until, words=words), by=SYSTEM, at=at
    )


def _entrance(point: Point, number: int) -> int:
    """The entrance that was named, if it is one of the point's."""
    known = Entrance.objects.filter(point=point, number=number, closed_at=None).exists()
    return number if known else 0


def _rotated(row: TamperReport, *, by: Viewer, at: datetime) -> int:
    point = Point.objects.get(pk=row.point_id)
    if point.state not in LIVING:
        raise refusals.not_living()
    return len(rotate_codes(point=point, until=at.astimezone(TZ).date(), by=by, at=at))


def _ref(row: TamperReport) -> str:
    return f"tamper_report:{row.pk}"
