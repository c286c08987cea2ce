"""The laws that campaigns rest on where nobody is asked for consent."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from vungxanh.accounts.values.purposes import MANAGE, CampaignBasis, Decision, LegalBasis
from vungxanh.core.clock import TZ
from vungxanh.core.viewer import Viewer
from vungxanh.people.models import ProcessingBasis
from vungxanh.people.values.consents import Consenting
from vungxanh.people.values.rights import Basis
from vungxanh.refusals import Words

if TYPE_CHECKING:
    from django.db.models import QuerySet


def bases(viewer: Viewer) -> tuple[Basis, ...]:
    """Every one that was ever proposed, those that wait first, then the newest; one query."""
    viewer.require(MANAGE)
    rows = ProcessingBasis.objects.order_by("-written_at", "-id")
    return tuple(sorted(map(_basis, rows), key=lambda one: one.decision is not Decision.WAITING))


def told_on(day: date) -> tuple[CampaignBasis, ...]:
    """Those in force on a day, for anyone; one query."""
    return tuple(_said(row) for row in _in_force(day))


def covered_on(at: datetime) -> frozenset[Consenting]:
    """What need not be asked for at an instant, since a basis in force stands in; one query."""
    covers = _in_force(at.astimezone(TZ).date()).values_list("covers", flat=True)
    return frozenset(Consenting(code) for code in covers if code)


def _in_force(day: date) -> "QuerySet[ProcessingBasis]":
    return ProcessingBasis.objects.filter(
        decision=Decision.APPROVED, starts_on__lte=day, ends_on__gte=day
    )


def _basis(row: ProcessingBasis) -> Basis:
    return Basis(
        id=row.pk,
        said=_said(row),
        covers=Consenting(row.covers) if row.covers else None,
        written_by=row.written_by,
        written_at=row.written_at,
        decision=Decision(row.decision),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _said(row: ProcessingBasis) -> CampaignBasis:
    return CampaignBasis(
        campaign=row.campaign,
        words=Words(vi=row.vi, en=row.en),
        basis=LegalBasis(row.law, row.article, row.law_on),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
