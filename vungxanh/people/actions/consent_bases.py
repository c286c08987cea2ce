"""Naming the law that a campaign rests on where nobody is asked for consent: by two persons."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.actions import refuse_forbidden_words
from vungxanh.accounts.values.purposes import MANAGE, Decision
from vungxanh.audit.actions import record
from vungxanh.core.clock import TZ
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions.refusals import BadBasisError, BasisDecidedError, OwnBasisError
from vungxanh.people.models import ProcessingBasis
from vungxanh.people.values.rights import NewBasis


def propose_basis(*, basis: NewBasis, by: Viewer, at: datetime) -> UUID:
    """Propose a campaign's law with its days; another administrator decides.

    Records people.basis_proposed.
    """
    by.require(MANAGE)
    columns = _columns(basis)
    _refuse_incomplete(basis, columns, _today(at))
    refuse_forbidden_words(*columns.values())
    row = ProcessingBasis(
        **columns,
        covers=basis.covers or "",
        law_on=basis.said.basis.law_on,
        starts_on=basis.said.starts_on,
        ends_on=basis.said.ends_on,
        written_at=at,
        written_by=by.id,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        _record("people.basis_proposed", row, by=by, at=at)
    return UUID(str(row.pk))


def decide_basis(*, basis_id: UUID, approve: bool, by: Viewer, at: datetime) -> None:
    """Approve or refuse what another administrator proposed; it holds from its first day.

    Records people.basis_approved or people.basis_refused.
    """
    by.require(MANAGE)
    with transaction.atomic():
        row = _waiting(basis_id)
        if row.written_by == by.id:
            raise OwnBasisError
        if approve and row.ends_on < _today(at):
            raise BasisDecidedError
        if approve:
            row.starts_on = max(row.starts_on, _today(at))
        _decide(row, Decision.APPROVED if approve else Decision.REFUSED, by=by, at=at)


def withdraw_basis(*, basis_id: UUID, by: Viewer, at: datetime) -> None:
    """Take the own proposal back while it waits; records people.basis_withdrawn."""
    by.require(MANAGE)
    with transaction.atomic():
        row = _waiting(basis_id)
        if row.written_by != by.id:
            raise MissingError
        _decide(row, Decision.WITHDRAWN, by=by, at=at)


def end_basis(*, basis_id: UUID, ends_on: date, by: Viewer, at: datetime) -> None:
    """Let a basis in force end on an earlier day, today at the earliest; never prolongs.

    One administrator is enough: it only gives people their choice back. Records people.basis_ended.
    """
    by.require(MANAGE)
    with transaction.atomic():
        row = ProcessingBasis.objects.select_for_update().filter(pk=basis_id).first()
        if row is None:
            raise MissingError
        if row.decision != Decision.APPROVED:
            raise BasisDecidedError
        earliest = max(row.starts_on, _today(at))
        if not earliest <= ends_on <= row.ends_on:
            raise BadBasisError("ends_on")
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        _record("people.basis_ended", row, by=by, at=at)


def _columns(basis: NewBasis) -> dict[str, str]:
    said = basis.said
    texts = {
        "campaign": said.campaign,
        "vi": said.words.vi,
        "en": said.words.en,
        "law": said.basis.law,
        "article": said.basis.article,
    }
    return {name: text.strip() for name, text in texts.items()}


def _refuse_incomplete(basis: NewBasis, columns: dict[str, str], today: date) -> None:
    for field, text in columns.items():
        if not text:
            raise BadBasisError(field)
    if basis.said.starts_on < today:
        raise BadBasisError("starts_on")
    if basis.said.ends_on < basis.said.starts_on:
        raise BadBasisError("ends_on")


def _waiting(basis_id: UUID) -> ProcessingBasis:
    row = ProcessingBasis.objects.select_for_update().filter(pk=basis_id).first()
    if row is None:
        raise MissingError
    if row.decision != Decision.WAITING:
        raise BasisDecidedError
    return row


_DECIDED = {
    Decision.APPROVED: "people.basis_approved",
    Decision.REFUSED: "people.basis_refused",
    Decision.WITHDRAWN: "people.basis_withdrawn",
}


def _decide(row: ProcessingBasis, decision: Decision, *, by: Viewer, at: datetime) -> None:
    row.decision, row.decided_by, row.decided_at = decision, by.id, at
    row.save(update_fields=["starts_on", "decision", "decided_by", "decided_at"])
    _record(_DECIDED[decision], row, by=by, at=at)


def _record(event: str, row: ProcessingBasis, *, by: Viewer, at: datetime) -> None:
    record(event=event, by=by, at=at, subject=f"basis:{row.pk}", detail={"covers": row.covers})


def _today(at: datetime) -> date:
    return at.astimezone(TZ).date()
