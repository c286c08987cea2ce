"""Keepers of a point: named by its owner or by officers, taken back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.queries.acting import viewer_of_address
from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.checkins.actions.door_devices import end_devices_of
from vungxanh.checkins.actions.holding import held_living, locked, must_change, point_ref
from vungxanh.checkins.models import KEEPER_PHONES, Point, PointKeeper
from vungxanh.checkins.queries.keepers import keeper_in, standing
from vungxanh.checkins.values import keepers as told
from vungxanh.core.viewer import Viewer
from vungxanh.engines.phones import BadPhoneError, Kind, read_phone

_MOBILE = frozenset({Kind.MOBILE})


def name_keeper(*, point: Point, who: str, by: Viewer, at: datetime) -> PointKeeper:
    """Let somebody keep a point: whoever proves this number, or, as officers say, an account.

    The answer is the same whether the number is known here or not. Audit event:
    `checkins.keeper_named`.
    """
    with transaction.atomic():
        row = held_living(point.pk, by=by)
        kept = standing().filter(point=row)
        made = _account(who, by=by, at=at) if "@" in who and not by.is_citizen else _number(who)
        if made.account:
            same = kept.filter(account=made.account)
        else:
            same = kept.filter(phone_index__in=KEEPER_PHONES.digests(made.phone))
        if same.exists():
            raise told.keeper_named()
        if kept.count() >= told.MOST_KEEPERS:
            raise told.many_keepers()
        made.point, made.at, made.by = row, at, by.id
        made.save(force_insert=True)
        detail: Detail = {"way": "account" if made.account else "phone"}
        event = "checkins.keeper_named"
        record(event=event, by=by, at=at, subject=point_ref(row), detail=detail)
    return made


def end_keeper(*, point: Point, keeper_id: UUID, by: Viewer, at: datetime) -> bool:
    """Take the right back; whether it still stood. Devices that they enrolled end with it.

    Audit event: `checkins.keeper_ended`.
    """
    with transaction.atomic():
        row = locked(point.pk)
        must_change(row, by=by)
        kept = keeper_in(row, keeper_id)
        if kept is None:
            return False
        kept.ended_at, kept.ended_by = at, by.id
        kept.save(update_fields=["ended_at", "ended_by"])
        end_devices_of(bonds=kept.door_devices.all(), by=by, at=at)
        detail: Detail = {"way": "account" if kept.account else "phone"}
        record(event="checkins.keeper_ended", by=by, at=at, subject=point_ref(row), detail=detail)
    return True


def _number(who: str) -> PointKeeper:
    try:
        phone = read_phone(who)
    except BadPhoneError:
        raise told.keeper_unknown() from None
    if phone.kind not in _MOBILE:
        raise told.keeper_unknown()
    return PointKeeper(phone=phone.e164, phone_index=KEEPER_PHONES.digest(phone.e164))


def _account(who: str, *, by: Viewer, at: datetime) -> PointKeeper:
    """An account whose role keeps or owns points; any other is not told apart from none."""
    found = viewer_of_address(who.strip(), at=at)
    if found is None or not found.may(told.OWN):
        raise told.keeper_unknown()
    return PointKeeper(account=found.id)
