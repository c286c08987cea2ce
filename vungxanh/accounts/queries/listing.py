"""The accounts, invitations and requests for help that an administrator or colleague may see."""

from datetime import datetime
from functools import lru_cache

from django.db.models import Q, QuerySet

from vungxanh.accounts.models import EMAIL_INDEX, Invitation, Staff
from vungxanh.accounts.queries.staff import ref_of
from vungxanh.accounts.rules import specs
from vungxanh.accounts.values import MANAGE, InvitationLine, StaffLine, Wanted, area_of
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import TREES, registry


def staff_list(wanted: Wanted, *, viewer: Viewer, page: object = 1) -> Page[StaffLine]:
    """One page of the accounts all whose units lie in the viewer's area, newest first.

    Two queries, whatever is asked for.
    """
    viewer.require(MANAGE)
    found = Staff.objects.filter(in_reach(viewer.units)).order_by("-created_at", "-id")
    rows = numbered(_chosen(found, wanted), page)
    return Page(tuple(map(_line, rows)), rows.number, rows.n_pages, rows.n_rows)


def invitations(*, viewer: Viewer, at: datetime) -> tuple[InvitationLine, ...]:
    """The invitations into the viewer's area that nobody has used or withdrawn; one query."""
    viewer.require(MANAGE)
    waiting = Invitation.objects.filter(in_reach(viewer.units), used_at=None, withdrawn_at=None)
    return tuple(
        InvitationLine(
            id=row.id,
            email=row.email,
            roles=tuple(spec.words for spec in specs(row.roles)),
            units=tuple(row.units),
            made_at=row.made_at,
            expires_at=row.expires_at,
            is_open=row.expires_at > at,
        )
        for row in waiting.order_by("-made_at", "-id")
    )


def in_reach(held: frozenset[str]) -> Q:
    """A condition on an array of units: that all of them lie in an area, and that there is one."""
    if any(one.endswith(":vn") for one in held):
        return Q()
    return Q(units__contained_by=sorted(units_within(held)), units__len__gt=0)


@lru_cache(maxsize=256)
def units_within(held: frozenset[str]) -> frozenset[str]:
    """Every unit of either era that lies wholly in an area; no query."""
    whole = area_of(held).whole
    known = (unit for tree in TREES for unit in registry().units(tree))
    return frozenset(unit.id for unit in known if not whole.isdisjoint(unit.chain)) | whole


def _chosen(found: "QuerySet[Staff]", wanted: Wanted) -> "QuerySet[Staff]":
    if wanted.email:
        found = found.filter(email_index__in=EMAIL_INDEX.digests(wanted.email))
    if wanted.role:
        found = found.filter(roles__contains=[wanted.role])
    if wanted.unit and not wanted.unit.endswith(":vn"):
        found = found.filter(units__overlap=sorted(units_within(frozenset({wanted.unit}))))
    return found


def _line(staff: Staff) -> StaffLine:
    return StaffLine(
        ref=ref_of(staff),
        id=staff.pk,
        name=staff.name,
        email=staff.email,
        roles=tuple(spec.words for spec in specs(staff.roles)),
        units=tuple(staff.units),
        is_active=staff.is_active,
        is_demo=staff.is_demo,
        ends_at=staff.ends_at,
        last_login=staff.last_login,
    )
