"""Naming the law that a campaign rests on where nobody is asked for consent."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.clock import TZ
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions.refusals import BadBasisError
from vungxanh.people.models import ProcessingBasis
from vungxanh.people.values.rights import NewBasis

MANAGE = "purposes.manage"


def write_basis(*, basis: NewBasis, by: Viewer, at: datetime) -> UUID:
    """Write down a campaign's law with its days; it stands on the public page from its first day.

    Records people.basis_written.
    """
    by.require(MANAGE)
    said = {
        "vi": basis.words.vi,
        "en": basis.words.en,
        "law": basis.law,
        "article": basis.article,
    }
    for field, text in said.items():
        if not text.strip():
            raise BadBasisError(field)
    if basis.ends_on < basis.starts_on:
        raise BadBasisError("ends_on")
    row = ProcessingBasis(
        **said,
        law_on=basis.law_on,
        starts_on=basis.starts_on,
        ends_on=basis.ends_on,
        written_at=at,
        written_by=by.id,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        record(event="people.basis_written", by=by, at=at, subject=f"basis:{row.pk}")
    return UUID(str(row.pk))


def end_basis(*, basis_id: UUID, ends_on: date, by: Viewer, at: datetime) -> None:
    """Let a campaign's basis end on an earlier day, today at the earliest; never prolongs.

    Records people.basis_ended.
    """
    by.require(MANAGE)
    with transaction.atomic():
        row = ProcessingBasis.objects.select_for_update().filter(pk=basis_id).first()
        if row is None:
            raise MissingError
        earliest = max(row.starts_on, at.astimezone(TZ).date())
        if not earliest <= ends_on <= row.ends_on:
            raise BadBasisError("ends_on")
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        record(event="people.basis_ended", by=by, at=at, subject=f"basis:{row.pk}")
