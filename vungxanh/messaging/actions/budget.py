"""What a day's messages cost, counted where they are taken; telling who looks after the budget."""

from collections.abc import Iterator
from datetime import date, datetime

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import F

from vungxanh.audit.actions import record
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging.actions.outbox import post
from vungxanh.messaging.actions.refusals import BadAddressError
from vungxanh.messaging.models import DayCost, Message
from vungxanh.messaging.rules import Channel, Grade
from vungxanh.messaging.values import NewMessage

TOLD_AT = (100, 80)  # per cent of the day's parts


def reserve(*, message: Message, at: datetime) -> bool:
    """Count one sending against its day, in the transaction that takes the message.

    False, and nothing counted, where the day's SMS are used up and this one can wait. Counted
    before it leaves, so that workers beside each other do not overrun the budget; a worker that
    dies leaves it counted, as the gateway may have taken it.
    """
    day = at.astimezone(clock.TZ).date()
    costs = DayCost.objects.select_for_update()
    cost, _is_new = costs.get_or_create(day=day, channel=message.channel)
    is_sms = cost.channel == Channel.SMS
    is_spent = is_sms and cost.n_parts >= settings.OUTGOING.parts_a_day
    if is_spent and Grade(message.grade).ends_with_budget:
        return False
    cost.n_messages += 1
    cost.n_parts += message.n_parts
    cost.n_dong += message.n_dong
    if is_sms:
        _tell_once(cost, at)
    cost.save(update_fields=["n_messages", "n_parts", "n_dong", "told_percent"])
    return True


def give_back(*, message: Message, at: datetime) -> None:
    """Take one sending that did not happen out of the count of the day it was taken on."""
    _change(message, at, n_messages=-1, n_parts=-message.n_parts, n_dong=-message.n_dong)


def correct(*, message: Message, n_parts: int, at: datetime) -> None:
    """Count the parts that the gateway counted, where they are not ours."""
    more = n_parts - message.n_parts
    if not more:
        return
    dong = more * settings.OUTGOING.part_dong if message.channel == Channel.SMS else 0
    _change(message, at, n_messages=0, n_parts=more, n_dong=dong)
    message.n_parts, message.n_dong = n_parts, message.n_dong + dong


def _change(message: Message, at: datetime, *, n_messages: int, n_parts: int, n_dong: int) -> None:
    day = at.astimezone(clock.TZ).date()
    DayCost.objects.filter(day=day, channel=message.channel).update(
        n_messages=F("n_messages") + n_messages,
        n_parts=F("n_parts") + n_parts,
        n_dong=F("n_dong") + n_dong,
    )


def _tell_once(cost: DayCost, at: datetime) -> None:
    """Tell of 80 and of 100 per cent, each once a day; records messaging.budget_reached."""
    limit = settings.OUTGOING.parts_a_day
    percent = cost.n_parts * 100 // limit
    reached = next((share for share in TOLD_AT if percent >= share), 0)
    if reached <= cost.told_percent:
        return
    cost.told_percent = reached
    detail: dict[str, str | int] = {"percent": reached, "parts": cost.n_parts}
    record(
        event="messaging.budget_reached",
        by=SYSTEM,
        at=at,
        subject=f"day:{cost.day}",
        detail=detail,
    )
    for email in _keepers(at):
        _post(_warning(email, cost), at)


def _warning(email: str, cost: DayCost) -> NewMessage:
    return NewMessage(
        kind="messaging.budget",
        to=email,
        about=f"day:{cost.day}",
        template="messaging.budget",
        values={
            "percent": str(cost.told_percent),
            "used": str(cost.n_parts),
            "limit": str(settings.OUTGOING.parts_a_day),
            "day": _day(cost.day),
        },
    )


def _post(message: NewMessage, at: datetime) -> None:
    """One keeper without a usable address keeps no other from being told."""
    try:
        with transaction.atomic():
            post(message=message, by=SYSTEM, at=at)
    except BadAddressError:
        return


def _keepers(at: datetime) -> Iterator[str]:
    """Addresses of who looks after the outbox: what rooms register as `message_keepers`."""
    for config in apps.get_app_configs():
        told = getattr(config, "message_keepers", None)
        yield from told(at) if told is not None else ()


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
