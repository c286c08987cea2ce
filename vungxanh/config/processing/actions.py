"""Writes: state what only people know, freeze a paper, correct a breach notice, note it as sent."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db import connection, transaction

from vungxanh.audit.actions import record
from vungxanh.config.processing import queries, terms
from vungxanh.config.processing import refusals as refuse
from vungxanh.config.processing.models import Paper, Statement
from vungxanh.config.processing.papers import (
    Cover,
    breach_paper,
    dossier_paper,
    register_paper,
)
from vungxanh.config.processing.reading import configured
from vungxanh.config.processing.tables import counted, pointing_models
from vungxanh.config.processing.values import (
    FIRST_DOSSIER,
    UPDATED_EVERY_MONTHS,
    Configured,
    Kind,
    PaperLine,
    SaidOfBreach,
    Stated,
    months_later,
)
from vungxanh.core.clock import TZ
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import Viewer
from vungxanh.documents import content
from vungxanh.documents.content import Letter, Stamp
from vungxanh.documents.formats import Format, write
from vungxanh.locations.values import Unit

LONGEST_REASON = 300
_WRITERS = {Kind.REGISTER: register_paper, Kind.DOSSIER: dossier_paper}


def state(*, stated: Stated, by: Viewer, at: datetime) -> UUID:
    """Put a new statement in the place of the one in force; older ones stay.

    The first day of processing begins the duty to hand in the dossier, until there is one. Records
    config.processing_stated.
    """
    unit, today = queries.own_unit(by), _day(at)
    if stated.began_on is not None and stated.began_on > today:
        raise refuse.began_later()
    with transaction.atomic():
        _hold(f"processing:stated:{unit.id}")
        row = Statement(unit_id=unit.id, written_at=at, written_by=by.id)
        row.said = msgspec.json.encode(stated).decode()
        row.duty = _first_duty(unit, stated, at=at)
        row.save(force_insert=True)
        _record("config.processing_stated", row.pk, unit, by=by, at=at)
    return row.pk


def draft(*, kind: Kind, by: Viewer, at: datetime) -> tuple[Letter, Configured]:
    """The register or the dossier as it would be frozen now, and what it was read from."""
    unit, found = queries.own_unit(by), configured(_day(at))
    last = queries.latest(unit.id, kind)
    cover = _cover(unit, last.version + 1 if last else 1, at=at)
    return _WRITERS[kind](cover, found), found


def freeze(*, kind: Kind, by: Viewer, at: datetime) -> UUID:
    """Freeze the register or the dossier as its next version.

    A dossier meets the duty that waited for it and begins the one to update it in six months.
    Records config.paper_frozen.
    """
    unit = queries.own_unit(by)
    with transaction.atomic():
        series = f"{kind}:{unit.id}"
        _hold(series)
        before = queries.latest(unit.id, kind)
        document, found = draft(kind=kind, by=by, at=at)
        row = _row(kind, unit, series, by=by, at=at)
        row.version = before.version + 1 if before else 1
        _fill(row, document, found)
        if kind is Kind.DOSSIER:
            row.duty = _following(unit, row, before, at=at)
        row.save(force_insert=True)
        _record("config.paper_frozen", row.pk, unit, by=by, at=at)
    return row.pk


def draft_breach(
    *,
    said: SaidOfBreach,
    by: Viewer,
    at: datetime,
    corrects: PaperLine | None = None,
    reason: str = "",
) -> tuple[Letter, Configured]:
    """The notice as it would be frozen now."""
    found = configured(_day(at))
    cover = _cover(queries.own_unit(by), corrects.version + 1 if corrects else 1, at=at)
    rows = counted(said.tables)
    return breach_paper(cover, said, rows=rows, found=found, reason=reason), found


def notice(
    *, said: SaidOfBreach, by: Viewer, at: datetime, corrects: UUID | None = None, reason: str = ""
) -> UUID:
    """Freeze a breach notice, or with `corrects` its next version, which gives a reason.

    The first one begins the duty to send it within 72 hours of finding. Records
    config.breach_noticed or config.breach_corrected.
    """
    unit, why = queries.own_unit(by), " ".join(reason.split())
    _must_be_sound(said, corrects=corrects, reason=why, at=at)
    with transaction.atomic():
        before = _newest(corrects, by=by) if corrects else None
        document, found = draft_breach(said=said, by=by, at=at, corrects=before, reason=why)
        series = before.series if before else f"{Kind.BREACH}:{new_id()}"
        row = _row(Kind.BREACH, unit, series, by=by, at=at)
        row.version, row.reason = (before.version + 1, why) if before else (1, "")
        row.found_at, row.said = said.found_at, msgspec.json.encode(said).decode()
        _fill(row, document, found)
        row.duty = _notice_duty(unit, row, before, at=at)
        row.save(force_insert=True)
        event = "config.breach_corrected" if before else "config.breach_noticed"
        _record(event, row.pk, unit, by=by, at=at)
    return row.pk


def mark_sent(*, paper_id: UUID, by: Viewer, at: datetime) -> None:
    """Note that the newest version went to the authority; its duty is met.

    Records config.paper_sent.
    """
    with transaction.atomic():
        row = queries.paper_row(paper_id, viewer=by, acting=True)
        _hold(row.series)
        row.refresh_from_db()
        _must_be_newest(row)
        if row.sent_at is not None:
            raise refuse.sent_already()
        row.sent_at, row.sent_by = at, by.id
        row.save(update_fields=["sent_at", "sent_by"])
        if row.kind == Kind.BREACH:
            terms.met(row.duty, evidence=f"paper:{row.pk}", at=at)
        detail: dict[str, str | int] = {"kind": row.kind, "version": row.version}
        record(event="config.paper_sent", by=by, at=at, subject=f"paper:{row.pk}", detail=detail)


def hand_out(*, paper_id: UUID, ending: Format, by: Viewer, at: datetime) -> bytes:
    """One frozen paper as a file, the same bytes each time. Records config.paper_downloaded."""
    document = queries.document(paper_id, viewer=by)
    detail = {"format": ending.value}
    with transaction.atomic():
        record(
            event="config.paper_downloaded",
            by=by,
            at=at,
            subject=f"paper:{paper_id}",
            detail=detail,
        )
    return write(document, ending)


def forget(*, at: datetime) -> int:
    """Statements that were replaced too long ago, and papers past their time; how many went."""
    return sum(int(rows.delete()[0]) for rows in queries.past(at))


def _cover(unit: Unit, version: int, *, at: datetime) -> Cover:
    return Cover(queries.stated(unit.id), unit.name, _day(at), version)


def _row(kind: Kind, unit: Unit, series: str, *, by: Viewer, at: datetime) -> Paper:
    return Paper(kind=kind, unit_id=unit.id, series=series, made_at=at, made_by=by.id)


def _fill(row: Paper, document: Letter, found: Configured) -> None:
    """Put the stamped document into its row."""
    stamp = Stamp(
        version=row.version,
        made_at=row.made_at.astimezone(TZ).replace(microsecond=0),
        software=found.software,
        corrects=row.version - 1 if row.kind == Kind.BREACH else 0,
    )
    row.digest, row.configured = content.digest(document), found.digest
    row.content = content.freeze(content.stamped(document, stamp)).decode()


def _must_be_sound(said: SaidOfBreach, *, corrects: UUID | None, reason: str, at: datetime) -> None:
    if said.found_at > at:
        raise refuse.found_later()
    known = {model._meta.label for model in pointing_models()}
    if not said.tables or not known.issuperset(said.tables):
        raise refuse.unknown_table()
    if corrects and not 0 < len(reason) <= LONGEST_REASON:
        raise refuse.reason_needed()


def _newest(paper_id: UUID, *, by: Viewer) -> PaperLine:
    """The version to be corrected, held until the transaction ends."""
    row = queries.paper_row(paper_id, viewer=by, acting=True)
    _hold(row.series)
    _must_be_newest(row)
    return queries.line(row)


def _must_be_newest(row: Paper) -> None:
    if Paper.objects.filter(series=row.series, version__gt=row.version).exists():
        raise refuse.corrected_already()


def _first_duty(unit: Unit, stated: Stated, *, at: datetime) -> UUID | None:
    """The duty of the first dossier: a new one where another day is stated."""
    last = queries.newest_statement(unit.id)
    standing = last.duty if last else None
    before = queries.read_stated(last).began_on if last else None
    if queries.latest(unit.id, Kind.DOSSIER) or (standing and before == stated.began_on):
        return standing
    terms.ended(standing, at=at)
    due_on = FIRST_DOSSIER + stated.began_on if stated.began_on else None
    return terms.owe_dossier(unit.id, due_on, at=at) if due_on else None


def _following(unit: Unit, row: Paper, before: PaperLine | None, *, at: datetime) -> UUID:
    """Meet what waited for this dossier, and owe the next."""
    last = queries.newest_statement(unit.id)
    waited = before.duty if before else last.duty if last else None
    terms.met(waited, evidence=f"paper:{row.pk}", at=at)
    due_on = months_later(_day(at), UPDATED_EVERY_MONTHS)
    return terms.owe_dossier(unit.id, due_on, at=at)


def _notice_duty(unit: Unit, row: Paper, before: PaperLine | None, *, at: datetime) -> UUID | None:
    """The duty to send it; a correction goes on with the duty that is open."""
    if row.found_at is None:
        return None
    if before is None:
        return terms.owe_notice(unit.id, row, at=at)
    if before.found_at == row.found_at or before.sent_at is not None:
        return before.duty
    terms.ended(before.duty, at=at)
    return terms.owe_notice(unit.id, row, at=at)


def _record(event: str, row_id: UUID, unit: Unit, *, by: Viewer, at: datetime) -> None:
    subject = f"{'statement' if event.endswith('stated') else 'paper'}:{row_id}"
    record(event=event, by=by, at=at, subject=subject, detail={"unit": str(unit.id)})


def _hold(series: str) -> None:
    """One writer of a series at a time; the lock goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [series])


def _day(at: datetime) -> date:
    return at.astimezone(TZ).date()
