"""Coming and leaving as the page of a point takes it: one form, one visit, however often sent."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from vungxanh.checkins.actions.scanning import ScanSender, keep_scans
from vungxanh.checkins.values.own_visits import Passing
from vungxanh.checkins.values.scan_body import SentScan, Subject
from vungxanh.checkins.values.scan_refusals import NotKeptError
from vungxanh.checkins.values.scans import Refusal
from vungxanh.core.ids import made_at, told_again
from vungxanh.people.values.senders import Sender

_FRESH: Final = timedelta(minutes=5)


def note_passing(*, said: Passing, sender: Sender, at: datetime) -> None:
    """Keep that the holder of a browser came or left, and those with them.

    Durable when it returns. Raises NotKeptError where it is not kept.
    """
    who = [Subject(), *(Subject("companion", f"+{n + 1}") for n in range(said.n_companions))]
    made = _made(said.form, at)
    sent = [
        SentScan(
            id=told_again(made, f"{sender.device_id}:{said.form}:{said.way}:{one.value}".encode()),
            point=said.code,
            direction=said.way,
            at=at,
            means="scan",
            entrance=said.entrance,
            subject=one,
        )
        for one in who
    ]
    citizen = ScanSender(sender.person_id, sender.device_id, frozenset())
    told = keep_scans(sent=sent, sender=citizen, at=at)
    # The second press of a button says the same at another time.
    faults = [one.code for one in told.refused if one.code != Refusal.ID_REUSED]
    if faults:
        raise NotKeptError(faults[0])


def _made(form: UUID, at: datetime) -> datetime:
    """When the form was made; of one that lay open for long, a time that is one for minutes."""
    made = made_at(form) if form.version == 7 else at
    if abs(at - made) < _FRESH:
        return made
    return at - (at - datetime.min.replace(tzinfo=at.tzinfo)) % _FRESH
