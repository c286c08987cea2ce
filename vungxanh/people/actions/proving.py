"""Proving that somebody holds a telephone number: a code by message, and its answer.

The answer to who asks is the same whether the number is known or not, and the register is not even
read. What is limited is limited by number, by prefix, by network and by day.
"""

from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction

from vungxanh.audit.actions import record
from vungxanh.core import clock, keys, limits
from vungxanh.core.index_places import held_keys
from vungxanh.core.keys import Use
from vungxanh.core.prepared import Statement, store
from vungxanh.core.sealed import unseal_text
from vungxanh.core.viewer import Viewer
from vungxanh.engines.phones import Kind, Phone, read_phone
from vungxanh.messaging.actions import BudgetSpentError, TooManyTodayError, post
from vungxanh.messaging.values import Channel, NewMessage
from vungxanh.people.actions.joining import hold_number
from vungxanh.people.actions.refusals import (
    CodeTooSoonError,
    NoMoreMessagesError,
    NotMobileError,
    TooManyCodesError,
    WrongCodeError,
)
from vungxanh.people.actions.residence import known_residence
from vungxanh.people.models import Device, Person, PhoneProof
from vungxanh.people.models.phones import PROVED
from vungxanh.people.rules import codes
from vungxanh.people.rules.proof_limits import limited
from vungxanh.people.values import Residence
from vungxanh.people.values.devices import Asked, device_ref

COUNTED = timedelta(days=1)


def ask_code(*, device: Device, phone: str, network: str, by: Viewer, at: datetime) -> Asked:
    """Send a code to a number for a device; what was sent before no longer counts.

    Records people.code_asked; the message leaves when the transaction has committed.
    """
    number = to_mobile(text=phone)
    take_limits(number=number, network=network, at=at)
    with transaction.atomic():
        n_sent = _refuse_too_soon(device, at)
        proof, code = _new_proof(device, number, at)
        store(proof)
        _send(proof, code, language=device.language, by=by, at=at)
        record(event="people.code_asked", by=by, at=at, subject=device_ref(device.pk))
    waits = codes.next_code_at(n_sent + 1, at) - at
    return Asked(int(codes.LIVES.total_seconds()), int(waits.total_seconds()))


def confirm_code(
    *, device: Device, code: str, residence: Residence, by: Viewer, at: datetime
) -> Person:
    """Answer with the code: the number is proved, and counts in the commune at once.

    Records people.phone_proved, or people.code_refused with the try kept.
    """
    home = Residence(known_residence(residence.unit), residence.address)
    answer = partial(_answer, device, code, home, by=by, at=at)
    try:
        person = answer()
    except IntegrityError:
        # Another phone proved the same new number in the same instant: now it is known.
        person = answer()
    if person is None:
        raise WrongCodeError
    return person


def _answer(
    device: Device, code: str, home: Residence, *, by: Viewer, at: datetime
) -> Person | None:
    """One transaction: the try is kept, and what follows from the right code."""
    with transaction.atomic():
        proved = _answered(device, codes.typed_code(code), at)
        if proved is None:
            record(event="people.code_refused", by=by, at=at, subject=device_ref(device.pk))
            return None
        number = read_phone(proved)
        return hold_number(device=device, number=number, residence=home, by=by, at=at)


def to_mobile(*, text: str) -> Phone:
    """The number of a text; NotMobileError for one that takes no messages."""
    number = read_phone(text)
    if number.kind is not Kind.MOBILE:
        raise NotMobileError
    return number


def take_limits(*, number: Phone, network: str, at: datetime) -> None:
    """Before the transaction: what is rolled back would not be counted."""
    for limit, key in limited(number.e164, network):
        wait = limits.take(limit.name, key, n=limit.n, per_seconds=limit.per_seconds, at=at)
        if wait:
            raise TooManyCodesError(wait.seconds)


RECENT = Statement("""
SELECT count(*), max(asked_at) FROM people_phoneproof
WHERE device_id = %(device)s AND asked_at > %(since)s
""")


def _refuse_too_soon(device: Device, at: datetime) -> int:
    """How many codes the device had within a day; refused while the wait for the next one runs."""
    [(n_asked, newest)] = RECENT.rows(device=device.pk, since=at - COUNTED)
    if n_asked and at < (next_at := codes.next_code_at(n_asked, newest)):
        raise CodeTooSoonError(next_at, at)
    return int(n_asked)


def _new_proof(device: Device, number: Phone, at: datetime) -> tuple[PhoneProof, str]:
    code = codes.new_code()
    proof = PhoneProof(
        device=device,
        number=number.e164,
        number_index=PROVED.digest(number.e164),
        asked_at=at,
        until=at + codes.LIVES,
    )
    proof.code_digest = codes.code_digest(code, _code_keys()[0], str(device.pk))
    return proof, code


def _send(proof: PhoneProof, code: str, *, language: str, by: Viewer, at: datetime) -> None:
    message = NewMessage(
        kind="people.code",
        channel=Channel.SMS,
        to=proof.number,
        template="people.otp",
        values={"code": code, "minutes": str(int(codes.LIVES.total_seconds() // 60))},
        language=language,
        about=f"proof:{proof.pk}",
        until=proof.until,
    )
    post_code(message=message, by=by, at=at)


def post_code(*, message: NewMessage, by: Viewer, at: datetime) -> None:
    """Put a message with a code into the outbox, or say why none leaves."""
    try:
        post(message=message, by=by, at=at)
    except BudgetSpentError as spent:
        raise NoMoreMessagesError from spent
    except TooManyTodayError as enough:
        raise TooManyCodesError(_until_midnight(at)) from enough


def _until_midnight(at: datetime) -> int:
    tomorrow = clock.day_start(at.astimezone(clock.TZ).date() + COUNTED)
    return int((tomorrow - at).total_seconds())


ANSWER = Statement("""
UPDATE people_phoneproof AS proof SET
  n_tries = n_tries + 1,
  ended_at = CASE WHEN code_digest = ANY(%(digests)s::bytea[]) THEN %(at)s::timestamptz END
WHERE id = (
  SELECT id FROM people_phoneproof WHERE device_id = %(device)s
  ORDER BY asked_at DESC, id DESC LIMIT 1 FOR UPDATE
) AND ended_at IS NULL AND until > %(at)s AND n_tries < %(most)s
RETURNING number, ended_at
""")


def _answered(device: Device, code: str, at: datetime) -> str | None:
    """The number that the device's newest code proves, if this is it; a wrong try is counted.

    The digest is keyed: what its comparison in the database takes tells nothing about the code.
    """
    digests = [codes.code_digest(code, key, str(device.pk)) for key in _code_keys()]
    asked = {"digests": digests, "at": at, "device": device.pk, "most": codes.MOST_TRIES}
    for number, ended_at in ANSWER.rows(**asked):
        return unseal_text(number, "people_phoneproof.number") if ended_at else None
    return None


def _code_keys() -> list[bytes]:
    """Under each index key held, the current one first: codes outlive a change."""
    ring = keys.ring(Use.INDEX)
    return [keys.derived(ring.keys[key_id], "people.code") for key_id in held_keys()]
