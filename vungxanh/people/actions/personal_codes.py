"""Codes by which a person is known at a door: on the screen, taken along, printed."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions.refusals import (
    CodeOverError,
    CodeRevokedError,
    CodeUsedError,
    ForeignCodeError,
)
from vungxanh.people.models import Person, PrintedCard, UsedCode
from vungxanh.people.queries.code_keys import handle_key, public_keys, signing_key
from vungxanh.people.rules.handles import new_serial, read_handle, write_handle
from vungxanh.people.values import person_ref
from vungxanh.people.values.codes import Bearer, NewCard, ShownCode
from vungxanh.protocol.personal import own, signed_card
from vungxanh.protocol.personal.own import Kind, OwnCode, Validity

ON_SCREEN = timedelta(seconds=own.SCREEN_SECONDS)
OFFLINE_DAYS = timedelta(days=3)
MOST_OFFLINE = 60
CARD_LIVES = timedelta(days=365)


def screen_code(*, person_id: int, at: datetime) -> ShownCode:
    """A code for the next minute; nothing is stored of it."""
    return _code(person_id, Kind.SCREEN, new_serial(), at=at, until=at + ON_SCREEN)


def offline_codes(*, person_id: int, n: int, at: datetime) -> tuple[ShownCode, ...]:
    """Codes for days without a network, each good once within three days; nothing is stored."""
    until = at + OFFLINE_DAYS
    wanted = range(min(n, MOST_OFFLINE))
    return tuple(_code(person_id, Kind.ONE_TIME, new_serial(), at=at, until=until) for _ in wanted)


def print_card(*, person_id: int, by: Viewer, at: datetime) -> NewCard:
    """A code for paper, for a year; the person's earlier cards end.

    Records people.card_printed.
    """
    serial, until = new_serial(), at + CARD_LIVES
    with transaction.atomic():
        PrintedCard.objects.filter(person_id=person_id, revoked_at=None).update(revoked_at=at)
        row = PrintedCard.objects.create(
            person_id=person_id, serial=serial, printed_at=at, printed_by=by.id, until=until
        )
        record(event="people.card_printed", by=by, at=at, subject=person_ref(person_id))
    shown = _code(person_id, Kind.CARD, serial, at=at, until=until)
    return NewCard(row.pk, shown.text, until)


def card_again(*, person_id: int, card_id: UUID, at: datetime) -> NewCard:
    """The code of a card that lives, for whoever prints it a second time; nothing is stored.

    Raises MissingError for a card that ended, was revoked, or is somebody else's.
    """
    cards = PrintedCard.objects.filter(pk=card_id, person_id=person_id, revoked_at=None)
    card = cards.filter(until__gt=at).first()
    if card is None:
        raise MissingError
    shown = _code(person_id, Kind.CARD, card.serial, at=card.printed_at, until=card.until)
    return NewCard(card.pk, shown.text, card.until)


def revoke_card(*, person_id: int, card_id: UUID, by: Viewer, at: datetime) -> bool:
    """End a printed card at once; False where none lives. Records people.card_revoked."""
    with transaction.atomic():
        cards = PrintedCard.objects.filter(pk=card_id, person_id=person_id, revoked_at=None)
        if not cards.update(revoked_at=at):
            return False
        record(event="people.card_revoked", by=by, at=at, subject=person_ref(person_id))
    return True


def read_code(*, text: str, by: Viewer, at: datetime) -> Bearer:
    """Whose code was shown at a door, which tells nothing else of its bearer.

    A signed card beside it is not looked at. A one-time code is used up by being read. Records
    people.code_read.
    """
    code = own.read(signed_card.parts_of(text)[0], public_keys())
    if not code.verified:
        raise ForeignCodeError
    if own.validity(code, int(at.timestamp())) is not Validity.VALID:
        raise CodeOverError
    found = read_handle(code.handle, handle_key(code.key_id))
    if found is None:
        raise ForeignCodeError
    person, serial = found
    with transaction.atomic():
        _must_live(code, person, serial, at=at)
        detail = {"kind": code.kind.name.lower()}
        record(event="people.code_read", by=by, at=at, subject=person_ref(person), detail=detail)
    return Bearer(person, code.kind)


def _must_live(code: OwnCode, person: int, serial: int, *, at: datetime) -> None:
    """Refuse a card that was revoked, a code that was used, somebody who is no longer there."""
    if not Person.objects.filter(pk=person).exists():
        raise CodeRevokedError
    if code.kind is Kind.CARD:
        cards = PrintedCard.objects.filter(person_id=person, serial=serial, revoked_at=None)
        if not cards.exists():
            raise CodeRevokedError
    if code.kind is Kind.ONE_TIME:
        _use_up(code, at)


def _use_up(code: OwnCode, at: datetime) -> None:
    """Refuse a code that was used. Its signed end is part of its key, so it has one place only."""
    digest = hashlib.sha256(code.handle).digest()
    until = datetime.fromtimestamp(code.valid_until, UTC)
    # Codes used before their end was kept stand under a later one.
    if UsedCode.objects.filter(digest=digest).exists():
        raise CodeUsedError
    _, is_new = UsedCode.objects.get_or_create(digest=digest, until=until, defaults={"used_at": at})
    if not is_new:
        raise CodeUsedError


def _code(person: int, kind: Kind, serial: int, *, at: datetime, until: datetime) -> ShownCode:
    key_id, private_key = signing_key()
    text = own.write(
        kind,
        write_handle(person, serial, handle_key(key_id)),
        valid_from=int(at.timestamp()),
        valid_until=int(until.timestamp()),
        key_id=key_id,
        private_key=private_key,
    )
    return ShownCode(text, until)
