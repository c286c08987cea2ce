"""Exporting lists of persons: asking, approving, making the file, opening it, forgetting it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from vungxanh.accounts.actions.exported import while_files_are_made
from vungxanh.accounts.actions.purposes import for_purpose
from vungxanh.accounts.actions.refusals import AccountRefusalError
from vungxanh.accounts.models import PersonExport
from vungxanh.accounts.models.exports import KEPT
from vungxanh.accounts.queries.exports import (
    approvable,
    n_alone,
    own_export,
    person_list,
    state_at,
)
from vungxanh.accounts.queries.glass import BETWEEN, covers
from vungxanh.accounts.queries.purposes import purpose_in_force
from vungxanh.accounts.rules.exports import (
    APPROVAL_HOLDS,
    MOST_ROWS,
    OPENS_FOR,
    needs_second,
    number_words,
)
from vungxanh.accounts.values.exports import (
    APPROVE,
    EXPORT,
    ExportAsked,
    ExportState,
    PersonList,
    Row,
)
from vungxanh.accounts.values.printed import PrintedList, document_of
from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.core import files
from vungxanh.core.clock import TZ
from vungxanh.core.errors import MissingError
from vungxanh.core.models import StoredFile
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.documents.formats import Format
from vungxanh.documents.formats import write as printed_as
from vungxanh.documents.made import MadeFile
from vungxanh.refusals import Words


class ExportTooLongError(AccountRefusalError):
    """More rows than an export may have."""

    def __init__(self, n_rows: int) -> None:
        words = Words(
            vi=f"Danh sách có {n_rows} người, chỉ xuất được đến {MOST_ROWS}. Chia nhỏ ra.",
            en=f"The list has {n_rows} people; at most {MOST_ROWS} can be exported. Split it.",
        )
        super().__init__("accounts.export_too_long", words, field="list_id")


class ExportGrownError(AccountRefusalError):
    """The list has more rows than were approved."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Danh sách đã dài thêm sau khi được duyệt. Xin xuất lại để duyệt số mới.",
            en="The list has grown since it was approved. Ask for the export again.",
        )
        super().__init__("accounts.export_grown", words)


class ExportClosedError(AccountRefusalError):
    """The file is gone, or the export is not at this step."""

    status = 410

    def __init__(self) -> None:
        words = Words(
            vi="Tệp này không mở được nữa: đã quá 24 giờ, hoặc việc xuất chưa được duyệt. Xin xuất "
            "lại nếu còn cần.",
            en="This file cannot be opened: its 24 hours are over, or the export is not approved. "
            "Ask again if it is still needed.",
        )
        super().__init__("accounts.export_closed", words)


@dataclass(frozen=True, slots=True)
class _Making:
    """An export on its way to a file: for which viewer, from which list, when."""

    row: PersonExport
    listed: PersonList
    looking: Viewer
    at: datetime


def ask_export(*, asked: ExportAsked, language: str, by: Viewer, at: datetime) -> UUID:
    """Export the officer's own open list; a second officer must approve over 200 rows in 24 hours.

    Records accounts.persons_exported with the file, or accounts.export_asked while it waits.
    Somebody else's list, or one of another area, is not there.
    """
    by.require(EXPORT)
    looking, listed = for_purpose(by, asked.purpose, at), person_list(asked.resource)
    n_rows = listed.count(looking, asked.list_id)
    area = listed.units(looking, asked.list_id)
    if not covers(by.units, area):
        raise MissingError
    if n_rows > MOST_ROWS:
        raise ExportTooLongError(n_rows)
    with transaction.atomic():
        _one_at_a_time(by)
        taken = n_alone(by, at)
        row = _asked(asked, area, n_rows, language=language, by=by, at=at)
        if needs_second(n_rows, n_alone=taken):
            _record("accounts.export_asked", row, by=looking, at=at)
        else:
            _make(_Making(row, listed, looking, at))
    return row.id


def decide_export(*, export_id: UUID, approve: bool, by: Viewer, at: datetime) -> None:
    """Approve or refuse an export that another officer asked for.

    Records accounts.export_approved or accounts.export_refused. The own one, and one of persons
    outside the officer's area, are not there.
    """
    by.require(APPROVE)
    with transaction.atomic():
        row = approvable(by, at).select_for_update().filter(id=export_id).first()
        if row is None:
            raise MissingError
        row.state = ExportState.APPROVED if approve else ExportState.REFUSED
        row.decided_by, row.decided_at = by.id, at
        row.save(update_fields=["state", "decided_by", "decided_at"])
        event = "accounts.export_approved" if approve else "accounts.export_refused"
        _record(event, row, by=by, at=at)


def make_export(*, export_id: UUID, by: Viewer, at: datetime) -> None:
    """Make the file of the own export that was approved; records accounts.persons_exported."""
    with transaction.atomic():
        row = _own_locked(by, export_id)
        if state_at(row, at) is not ExportState.APPROVED:
            raise ExportClosedError
        listed, looking = person_list(row.resource), for_purpose(by, row.purpose, at)
        if not covers(by.units, listed.units(looking, row.list_id)):
            raise MissingError
        _make(_Making(row, listed, looking, at))


def open_export(*, export_id: UUID, by: Viewer, at: datetime) -> MadeFile:
    """The file of the own export, within its 24 hours; records accounts.export_downloaded.

    To whoever works elsewhere by now it is not there.
    """
    with transaction.atomic():
        row = _own_locked(by, export_id)
        if state_at(row, at) is not ExportState.READY or row.file_id is None:
            raise ExportClosedError
        looking = for_purpose(by, row.purpose, at)
        if not covers(by.units, row.area.split(BETWEEN)):
            raise MissingError
        PersonExport.objects.filter(pk=row.pk).update(n_downloads=F("n_downloads") + 1)
        _record("accounts.export_downloaded", row, by=looking, at=at)
        stored = StoredFile.objects.get(pk=row.file_id)
        content = files.open_file(row.file_id)
    return MadeFile(content, stored.media_type, file_name(row))


def file_name(row: PersonExport) -> str:
    """What the file of an export is called."""
    return f"{number_words(row.number)}.{row.form}"


def forget_exports(*, at: datetime) -> int:
    """Delete files whose 24 hours are over, and rows past their retention; returns how many.

    Records accounts.exports_forgotten when a file went. The bytes go with the file store's sweep.
    """
    closed = PersonExport.objects.filter(file__isnull=False, opens_until__lte=at)
    with transaction.atomic():
        stored = list(closed.values_list("file_id", flat=True))
        closed.update(state=ExportState.GONE, file=None, subjects=None)
        StoredFile.objects.filter(pk__in=stored).delete()
        if stored:
            detail = {"files": len(stored)}
            subject = "exports"
            record(
                event="accounts.exports_forgotten", by=SYSTEM, at=at, subject=subject, detail=detail
            )
    _void(at)
    old = PersonExport.objects.filter(asked_at__lt=at - KEPT.period, file__isnull=True)
    return len(stored) + int(old.delete()[0])


def _void(at: datetime) -> None:
    """What was asked for or approved and not used in time is gone."""
    before = at - APPROVAL_HOLDS
    PersonExport.objects.filter(state=ExportState.WAITING, asked_at__lte=before).update(
        state=ExportState.GONE
    )
    PersonExport.objects.filter(state=ExportState.APPROVED, decided_at__lte=before).update(
        state=ExportState.GONE
    )


def _one_at_a_time(by: Viewer) -> None:
    """Two requests at once do not both find the same rows left; the lock goes with them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"export {by.id}"])


def _asked(
    asked: ExportAsked,
    area: frozenset[str],
    n_rows: int,
    *,
    language: str,
    by: Viewer,
    at: datetime,
) -> PersonExport:
    return PersonExport.objects.create(
        resource=asked.resource,
        list_id=asked.list_id,
        purpose=asked.purpose,
        form=asked.form,
        language=language,
        by=by.id,
        area=BETWEEN.join(sorted(area)),
        n_rows=n_rows,
        asked_at=at,
        state=ExportState.WAITING,
    )


def _own_locked(by: Viewer, export_id: UUID) -> PersonExport:
    row = own_export(by, export_id)
    return PersonExport.objects.select_for_update().get(pk=row.pk)


def _make(making: _Making) -> None:
    """Write the file, keep it sealed and record what left: inside the caller's transaction."""
    row, at = making.row, making.at
    while_files_are_made()
    rows = list(making.listed.rows(making.looking, row.list_id))
    if len(rows) > row.n_rows:
        raise ExportGrownError
    row.n_rows = len(rows)
    form, name = Format(row.form), file_name(row)
    content = printed_as(document_of(_printed(making, rows)), form)
    row.file = files.keep(content, name=name, media_type=form.media_type, by=making.looking, at=at)
    whose = making.listed.subject
    row.subjects = sorted({whose(one) for one in rows}) if whose else None
    row.state, row.made_at, row.opens_until = ExportState.READY, at, at + OPENS_FOR
    row.save(update_fields=["n_rows", "file", "subjects", "state", "made_at", "opens_until"])
    _record("accounts.persons_exported", row, by=making.looking, at=at)


def _printed(making: _Making, rows: Sequence[Row]) -> PrintedList:
    row, listed = making.row, making.listed
    spec = purpose_in_force(row.purpose, making.at)
    if spec is None:
        raise MissingError
    keys = [key for key, _ in listed.columns]
    basis = f"{spec.basis.article}, {spec.basis.law}"
    return PrintedList(
        title=listed.title.in_language(row.language),
        number=number_words(row.number),
        officer=making.looking.name,
        made_at=f"{making.at.astimezone(TZ):%H:%M %d/%m/%Y}",
        purpose=spec.words.in_language(row.language),
        basis=basis,
        headers=tuple(words.in_language(row.language) for _, words in listed.columns),
        rows=tuple(tuple(one.get(key, "") for key in keys) for one in rows),
        language=row.language,
    )


def _record(event: str, row: PersonExport, *, by: Viewer, at: datetime) -> None:
    detail: Detail = {"rows": row.n_rows, "resource": row.resource, "form": str(row.form)}
    record(event=event, by=by, at=at, subject=f"export:{row.pk}", detail=detail)
