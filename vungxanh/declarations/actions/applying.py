"""Applying what was declared: cards, what people said of themselves, care for the ill."""

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import DatabaseError, transaction

from vungxanh.core.envelope import Envelope
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.caring import open_care
from vungxanh.declarations.gateways.judging import ANSWERS_PLACE
from vungxanh.declarations.models import Declaration, Pending
from vungxanh.declarations.values.care import MINUTES, Ill
from vungxanh.declarations.values.states import ColourNumber
from vungxanh.people.actions.cards import write_cards
from vungxanh.people.actions.filling import SaidOfSelf, fill_in
from vungxanh.people.queries.reaching import reached
from vungxanh.people.values.standing import NewCard
from vungxanh.refusals import RefusalError

AT_ONCE: Final = 200
_IDENTITY: Final = ("name", "birth_year", "gender", "address", "unit")
_log = logging.getLogger(__name__)


def apply_waiting(*, at: datetime) -> int:
    """Carry out what declarations of the queue ask for; how many were applied.

    Each batch in one transaction with its place in the queue: whatever ends in between is done
    again, once. One that cannot be applied stays in the queue and keeps no other from it. Records
    people.cards_written, people.person_changed and what care records.
    """
    n_applied = 0
    tried: set[object] = set()
    while True:
        with transaction.atomic():
            batch = _batch(tried)
            if not batch:
                return n_applied
            tried |= {one.pk for one in batch}
            n_applied += _applied(batch, at)


def _batch(tried: set[object]) -> list[Pending]:
    """The oldest that nobody else applies and that this run has not tried, locked."""
    rows = Pending.objects.select_for_update(skip_locked=True).exclude(pk__in=tried)
    return list(rows.order_by("declaration_id")[:AT_ONCE])


def _applied(batch: Sequence[Pending], at: datetime) -> int:
    """The whole batch, or its parts that can be."""
    if _is_applied(batch, at):
        return len(batch)
    if len(batch) == 1:
        _log.warning("declaration %s was not applied", batch[0].pk)
        return 0
    return sum(_applied([one], at) for one in batch)


def _is_applied(batch: Sequence[Pending], at: datetime) -> bool:
    try:
        with transaction.atomic():
            _apply(batch, at)
    except (RefusalError, DatabaseError):
        return False
    return True


def _apply(batch: Sequence[Pending], at: datetime) -> None:
    rows = Declaration.objects.in_bulk([one.pk for one in batch])
    work = {one.pk: one.work for one in batch}
    persons = reached({row.person_id for row in rows.values()}, viewer=SYSTEM)
    living = [row for key, row in sorted(rows.items()) if row.person_id in persons]
    write_cards(cards=[_card(row) for row in living], by=SYSTEM, at=at)
    for row in living:
        _fill(row, persons[row.person_id].envelope, at)
        if row.is_ill:
            open_care(ill=_ill(row, work[row.pk]), at=at)
    Pending.objects.filter(pk__in=list(work)).delete()


def _card(row: Declaration) -> NewCard:
    colour = ColourNumber(row.colour).colour
    return NewCard(row.person_id, colour, row.at, row.until, f"declaration:{row.pk}")


def _ill(row: Declaration, work: Mapping[str, Any]) -> Ill:
    minutes = work.get("minutes") or MINUTES
    return Ill(row.pk, row.person_id, row.unit_id, row.received_at, int(minutes))


def _fill(row: Declaration, envelope: Envelope, at: datetime) -> None:
    """Give the register what it lacks of whoever declared."""
    answers = json.loads(envelope.open(bytes(row.answers or b""), ANSWERS_PLACE))
    said = {name: str(answers.get(name, "")) for name in _IDENTITY}
    told = SaidOfSelf(
        name=said["name"],
        birth=said["birth_year"],
        sex=said["gender"],
        address=said["address"],
        unit=said["unit"],
    )
    if told != SaidOfSelf():
        fill_in(person_id=row.person_id, said=told, by=SYSTEM, at=at)
