"""A point without an owner is given to a new one, who must take it on their own page."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.door_devices import end_devices_of
from vungxanh.checkins.actions.holding import locked, must_manage, point_ref
from vungxanh.checkins.actions.registering import hold_owner, must_be_few
from vungxanh.checkins.actions.reports import meet_duty
from vungxanh.checkins.models import (
    OFFER_PHONES,
    Point,
    PointChange,
    PointKeeper,
    PointOffer,
)
from vungxanh.checkins.queries.offers import may_be_given, offered_point
from vungxanh.checkins.values import text_refusals as refused
from vungxanh.checkins.values.offers import has_owner
from vungxanh.checkins.values.points import read_contact_phone
from vungxanh.core.viewer import Viewer
from vungxanh.people.queries.holders import holder_id

OWNERLESS: Final = "ownerless"


def offer_point(*, point: Point, phone: str, by: Viewer, at: datetime) -> None:
    """Offer a point without an owner to whoever has proved a number, in place of an offer before.

    The answer is the same whether the number is known here or not. Audit event:
    `checkins.point_offered`.
    """
    number = read_contact_phone(phone)
    if not number:
        raise refused.missing("contact_phone")
    with transaction.atomic():
        row = locked(point.pk)
        must_manage(by=by, unit_id=row.unit_id)
        if not may_be_given(row):
            raise has_owner()
        told = {"phone": number, "phone_index": OFFER_PHONES.digest(number), "at": at, "by": by.id}
        PointOffer.objects.update_or_create(point=row, defaults=told)
        _keep(row, "offered", by=by, at=at)
        record(event="checkins.point_offered", by=by, at=at, subject=point_ref(row))


def withdraw_offer(*, point: Point, by: Viewer, at: datetime) -> bool:
    """Take an offer back; whether one waited. Audit event: `checkins.point_offer_withdrawn`."""
    with transaction.atomic():
        row = locked(point.pk)
        must_manage(by=by, unit_id=row.unit_id)
        if not PointOffer.objects.filter(point=row).delete()[0]:
            return False
        _keep(row, "withdrawn", by=by, at=at)
        record(event="checkins.point_offer_withdrawn", by=by, at=at, subject=point_ref(row))
    return True


def take_point(*, code: str, by: Viewer, at: datetime) -> Point:
    """Become the owner of a point that was offered; the commune's duty to find one is met.

    Keepers whom a former owner named, and devices, keep it no more. Audit event:
    `checkins.point_taken`.
    """
    with transaction.atomic():
        row = locked(offered_point(by, code, at).pk)
        if not may_be_given(row) or not PointOffer.objects.filter(point=row).delete()[0]:
            raise has_owner()
        owner_id = holder_id(by) or 0
        hold_owner(owner_id)
        must_be_few(owner_id)
        row.owner_id = owner_id
        row.save(update_fields=["owner"])
        keeping = PointKeeper.objects.filter(point=row, ended_at=None)
        keeping.update(ended_at=at, ended_by=by.id)
        end_devices_of(bonds=row.door_devices.all(), by=by, at=at)
        _meet(row, at)
        _keep(row, "taken", by=by, at=at)
        record(event="checkins.point_taken", by=by, at=at, subject=point_ref(row))
    return row


def decline_point(*, code: str, by: Viewer, at: datetime) -> None:
    """Say no to an offer. Audit event: `checkins.point_offer_declined`."""
    with transaction.atomic():
        row = locked(offered_point(by, code, at).pk)
        PointOffer.objects.filter(point=row).delete()
        _keep(row, "declined", by=by, at=at)
        record(event="checkins.point_offer_declined", by=by, at=at, subject=point_ref(row))


def _meet(row: Point, at: datetime) -> None:
    """The duty to find an owner, as the history of the point names it."""
    owed = PointChange.objects.filter(point=row, action=OWNERLESS)
    for duty in owed.values_list("after__duty", flat=True):
        if duty:
            meet_duty(UUID(duty), evidence=point_ref(row), kind="", at=at)


def _keep(row: Point, action: str, *, by: Viewer, at: datetime) -> None:
    PointChange.objects.create(point=row, action=action, at=at, by=by.id)
