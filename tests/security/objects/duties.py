"""Duties, a time at which one falls due, the address of a calendar."""

from datetime import time

from tests.factories.people import QUY_NHON, Colleague
from tests.security.attacks import PAYLOAD
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.duties import actions
from vungxanh.duties.models import Occurrence
from vungxanh.duties.rules import HolderKind, Schedule, SourceKind
from vungxanh.duties.values import Holder, NewDuty


def things(owner: Colleague) -> list[Thing]:
    """What Quy Nhơn owes itself, with hostile words, and its officer's calendar."""
    by, at = owner.viewer, clock.now()
    duty = NewDuty(
        title=PAYLOAD[:300],
        note=PAYLOAD,
        holder=Holder(HolderKind.UNIT, QUY_NHON),
        owed_to=QUY_NHON,
        schedule=Schedule(clock.today(), time(17)),
        source_kind=SourceKind.RULE,
        source=PAYLOAD[:300],
    )
    duty_id = actions.owe(duty=duty, by=by, at=at)
    falls_due = Occurrence.objects.get(duty_id=duty_id)
    return [
        Thing("/nghia-vu/", "duty_id", str(duty_id)),
        Thing("/viec/", "occurrence_id", str(falls_due.id)),
        Thing("/lich/", "secret", actions.make_feed(by=by, at=at), is_secret=False),
    ]
