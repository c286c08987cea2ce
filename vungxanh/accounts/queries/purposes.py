"""Reading purposes of looking at persons, proposals about them, and how often they were named."""

from collections import Counter
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db.models import F

from vungxanh.accounts.models.purposes import Purpose, PurposeProposal
from vungxanh.accounts.values.purposes import (
    MANAGE,
    CampaignBasis,
    Change,
    Decision,
    LegalBasis,
    MonthOfPurpose,
    Proposal,
    PurposeSpec,
)
from vungxanh.audit.queries import counted
from vungxanh.core.clock import TZ
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import Words

SEEN, EXPORTED = "accounts.person_seen", "accounts.persons_exported"
N_MONTHS = 12


def purposes() -> tuple[PurposeSpec, ...]:
    """Every purpose that ever stood on the list, for anyone; one query."""
    return tuple(spec_of(row) for row in Purpose.objects.all())


def purposes_on(day: date) -> tuple[PurposeSpec, ...]:
    """The purposes in force on a day; one query."""
    return tuple(spec for spec in purposes() if spec.holds_on(day))


def processing_bases(day: date) -> tuple[CampaignBasis, ...]:
    """The laws in force on a day that campaigns rest on without consent, as rooms tell them."""
    rooms = (getattr(one, "processing_bases", None) for one in apps.get_app_configs())
    return tuple(basis for told_by in rooms if told_by for basis in told_by(day))


def purpose_in_force(code: str, at: datetime) -> PurposeSpec | None:
    """The purpose of a code, if it is in force at an instant; one query."""
    row = Purpose.objects.filter(code=code).first()
    spec = spec_of(row) if row else None
    return spec if spec and spec.holds_on(at.astimezone(TZ).date()) else None


def proposals(viewer: Viewer, page: object = 1) -> Page[Proposal]:
    """Proposals to change the list, those that wait first; two queries."""
    viewer.require(MANAGE)
    waits_first = F("decided_at").desc(nulls_first=True)
    rows = numbered(PurposeProposal.objects.order_by(waits_first, "-proposed_at", "-id"), page)
    lines = tuple(_proposal(row) for row in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def uses_by_month(today: date) -> tuple[MonthOfPurpose, ...]:
    """How often each purpose was named in each of the last twelve months; for anyone.

    Three queries. By purpose, newest month first; a purpose stands in every month in which it was
    in force.
    """
    months = _months(today)
    seen, exported = (_counts(event, months[-1], today) for event in (SEEN, EXPORTED))
    return tuple(
        MonthOfPurpose(month, spec.code, seen[month, spec.code], exported[month, spec.code])
        for spec in purposes()
        for month in months
        if spec.starts_on < _following(month) and (spec.ends_on is None or spec.ends_on >= month)
    )


def spec_of(row: Purpose | PurposeProposal) -> PurposeSpec:
    """The purpose that a row tells of."""
    return PurposeSpec(
        code=row.code,
        words=Words(vi=row.vi, en=row.en),
        basis=LegalBasis(row.law, row.article, row.law_on),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _proposal(row: PurposeProposal) -> Proposal:
    return Proposal(
        id=row.id,
        change=Change(row.change),
        purpose=spec_of(row),
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decision=Decision(row.decision),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _counts(event: str, since: date, until: date) -> Counter[tuple[date, str]]:
    return Counter({(one.month, one.purpose): one.n for one in counted(event, since, until)})


def _months(today: date) -> list[date]:
    """The first days of the last twelve months, this one first."""
    months = [today.replace(day=1)]
    while len(months) < N_MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months


def _following(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
