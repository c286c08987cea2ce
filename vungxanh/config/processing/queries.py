"""Statements and frozen papers of the viewer's own unit."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from vungxanh.accounts.queries import authorised
from vungxanh.accounts.values import Standing, area_of
from vungxanh.config.processing.models import PAPER_KEPT, REPLACED_KEPT, Paper, Statement
from vungxanh.config.processing.values import (
    FIRST_DOSSIER,
    KIND_WORDS,
    MANAGE,
    UPDATED_EVERY_MONTHS,
    Kind,
    PaperLine,
    SaidOfBreach,
    Stated,
    months_later,
)
from vungxanh.core.clock import TZ
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.documents.content import Letter, thaw
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit
from vungxanh.reports.values import Verified


def own_unit(viewer: Viewer) -> Unit:
    """The highest unit that the viewer looks after; whoever has none finds nothing."""
    viewer.require(MANAGE)
    area = area_of(viewer.units)
    held = [locations.unit(unit_id) for unit_id in sorted(viewer.units)]
    whole = [one for one in held if area.standing(one.id, one.path) is Standing.WHOLE]
    if not whole:
        raise MissingError
    return min(whole, key=lambda one: (len(one.path), one.id))


def newest_statement(unit_id: str) -> Statement | None:
    """The statement in force; one query."""
    return Statement.objects.filter(unit_id=unit_id).first()


def stated(unit_id: str) -> Stated:
    """What is stated now; blanks where nobody has stated anything."""
    row = newest_statement(unit_id)
    return read_stated(row) if row else Stated()


def read_stated(row: Statement) -> Stated:
    """What one statement says."""
    return msgspec.json.decode(row.said, type=Stated)


def statements(unit_id: str) -> tuple[Statement, ...]:
    """All of them, the newest first; one query."""
    return tuple(Statement.objects.filter(unit_id=unit_id)[:50])


def papers(unit_id: str, kind: Kind) -> tuple[PaperLine, ...]:
    """Frozen papers of one sort, the newest first; one query."""
    return tuple(line(row) for row in _rows().filter(unit_id=unit_id, kind=kind)[:100])


def latest(unit_id: str, kind: Kind) -> PaperLine | None:
    """The newest paper of one sort."""
    found = papers(unit_id, kind)
    return found[0] if found else None


def paper(paper_id: UUID, *, viewer: Viewer) -> PaperLine:
    """One paper of the viewer's area; MissingError for any other."""
    return line(paper_row(paper_id, viewer=viewer))


def document(paper_id: UUID, *, viewer: Viewer) -> Letter:
    """The frozen document of a paper."""
    found = thaw(paper_row(paper_id, viewer=viewer).content.encode())
    if not isinstance(found, Letter):
        raise MissingError
    return found


def chain(series: str) -> tuple[PaperLine, ...]:
    """All versions of one series, the newest first; one query."""
    return tuple(line(row) for row in _rows().filter(series=series).order_by("-version"))


def verified(code: str) -> Iterator[Verified]:
    """What anyone with a paper may learn of it by its check code; two queries."""
    digits = code.replace("-", "").lower()
    found = list(Paper.objects.filter(digest__startswith=digits).defer("content", "said"))
    later = Paper.objects.filter(series__in=[row.series for row in found]).order_by("version")
    newest = {row.series: row for row in later.defer("content", "said")}
    for row in found:
        last = newest[row.series]
        is_last = last.version == row.version
        yield Verified(
            title=KIND_WORDS[Kind(row.kind)].vi,
            as_of=row.made_at,
            edition=row.version,
            frozen_at=row.made_at,
            corrected_by_edition=None if is_last else last.version,
            corrected_at=None if is_last else last.made_at,
            is_renewed=row.kind != Kind.BREACH,
        )


def said_of(paper_id: UUID, *, viewer: Viewer) -> SaidOfBreach:
    """What was typed of a breach."""
    row = paper_row(paper_id, viewer=viewer)
    if not row.said:
        raise MissingError
    return msgspec.json.decode(row.said, type=SaidOfBreach)


def paper_row(paper_id: UUID, *, viewer: Viewer, acting: bool = False) -> Paper:
    """The row of a paper that the viewer looks after; to act, all of its unit must be theirs."""
    row = _rows().filter(pk=paper_id).first()
    return authorised(
        row, viewer=viewer, needs=MANAGE, unit=lambda one: one.unit, acting=acting, kind="paper"
    )


def dossier_due_on(unit_id: str) -> date | None:
    """By when the next dossier is due: from the last one, else from first processing."""
    last = latest(unit_id, Kind.DOSSIER)
    if last is not None:
        return months_later(_day(last.made_at), UPDATED_EVERY_MONTHS)
    began_on = stated(unit_id).began_on
    return began_on + FIRST_DOSSIER if began_on else None


def line(row: Paper) -> PaperLine:
    """A row as pages show it."""
    return PaperLine(
        id=row.pk,
        kind=Kind(row.kind),
        unit_id=row.unit_id,
        series=row.series,
        version=row.version,
        digest=row.digest,
        configured=row.configured,
        made_at=row.made_at,
        made_by=row.made_by,
        found_at=row.found_at,
        sent_at=row.sent_at,
        reason=row.reason,
        duty=row.duty,
    )


def _rows() -> "QuerySet[Paper]":
    return Paper.objects.select_related("unit")


def _day(at: datetime) -> date:
    return at.astimezone(TZ).date()


def past(at: datetime) -> tuple[QuerySet[Statement], QuerySet[Paper]]:
    """Statements that were replaced too long ago, and papers past their time."""
    newer = Statement.objects.filter(
        unit=OuterRef("unit"), written_at__lt=at - REPLACED_KEPT.period
    ).filter(Q(written_at__gt=OuterRef("written_at")) | _same_instant_later())
    replaced = Statement.objects.filter(Exists(newer))
    return replaced, Paper.objects.filter(made_at__lt=at - PAPER_KEPT.period)


def _same_instant_later() -> Q:
    return Q(written_at=OuterRef("written_at"), pk__gt=OuterRef("pk"))
