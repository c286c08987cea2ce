"""Somebody at a door is known by their number: a code by message, which they read out.

The answer to who asks is the same for every number, and the register is not read before the code is
right. The message says that the code is for the door, and for nothing else.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core import keys, limits
from vungxanh.core.index_places import held_keys
from vungxanh.core.keys import Use
from vungxanh.core.prepared import Statement
from vungxanh.core.sealed import unseal_text
from vungxanh.core.viewer import Viewer
from vungxanh.engines.phones import Phone
from vungxanh.messaging.values import Channel, NewMessage
from vungxanh.people.actions.personal_codes import offline_codes
from vungxanh.people.actions.proving import post_code, take_limits, to_mobile
from vungxanh.people.actions.refusals import TooManyCodesError, WrongCodeError
from vungxanh.people.actions.subjects import persons_of
from vungxanh.people.models import DOOR_PROVED, DoorProof
from vungxanh.people.rules import codes
from vungxanh.people.rules.places_said import unlinked
from vungxanh.people.rules.proof_limits import HOUR
from vungxanh.people.values import person_ref
from vungxanh.people.values.at_doors import DoorAsked
from vungxanh.people.values.codes import ShownCode
from vungxanh.people.values.subjects import FoundSubject, ShownSubject

OF_DEVICE: Final = 120
"""How many codes one device may ask for in an hour: one person in half a minute."""
_LONGEST_PLACE: Final = 30


def ask_door_code(
    *, device: UUID, number: str, place: str, network: str, by: Viewer, at: datetime
) -> DoorAsked:
    """Send a code to the number of somebody who stands at a door.

    Records people.door_code_asked; the message leaves when the transaction has committed.
    """
    phone = to_mobile(text=number)
    wait = limits.take("door-code-device", str(device), n=OF_DEVICE, per_seconds=HOUR, at=at)
    if wait:
        raise TooManyCodesError(wait.seconds)
    take_limits(number=phone, network=network, at=at)
    proof, code = _new_proof(device, phone, at)
    with transaction.atomic():
        proof.save(force_insert=True)
        post_code(message=_message(proof, code, place), by=by, at=at)
        record(event="people.door_code_asked", by=by, at=at, subject=_ref(device))
    return DoorAsked(proof.pk, int(codes.LIVES.total_seconds()))


def confirm_door_code(
    *, device: UUID, asked: UUID, code: str, by: Viewer, at: datetime
) -> ShownCode:
    """Answer with the code that somebody read out: a one-time code of theirs, as if they showed it.

    Whoever is not known yet is begun with the number as said. Records people.door_code_proved, or
    people.door_code_refused with the try kept.
    """
    with transaction.atomic():
        number = _answered(device, asked, codes.typed_code(code), at=at)
        shown = None if number is None else _shown(number, device, by=by, at=at)
        if shown is None:
            record(event="people.door_code_refused", by=by, at=at, subject=_ref(device))
    if shown is None:
        raise WrongCodeError
    return shown


def _shown(number: str, device: UUID, *, by: Viewer, at: datetime) -> ShownCode | None:
    asked = ShownSubject("phone", number, at, None, device)
    [found] = persons_of(asked=[asked], at=at)
    if not isinstance(found, FoundSubject):
        return None
    person = found.person_id
    record(event="people.door_code_proved", by=by, at=at, subject=person_ref(person))
    return offline_codes(person_id=person, n=1, at=at)[0]


def _new_proof(device: UUID, phone: Phone, at: datetime) -> tuple[DoorProof, str]:
    code = codes.new_code()
    proof = DoorProof(
        device_id=device,
        number=phone.e164,
        number_index=DOOR_PROVED.digest(phone.e164),
        asked_at=at,
        until=at + codes.LIVES,
    )
    proof.code_digest = codes.code_digest(code, _code_keys()[0], str(proof.pk))
    return proof, code


def _message(proof: DoorProof, code: str, place: str) -> NewMessage:
    return NewMessage(
        kind="people.door_code",
        channel=Channel.SMS,
        to=proof.number,
        template="people.door_code",
        values={
            "code": code,
            "minutes": str(int(codes.LIVES.total_seconds() // 60)),
            "place": unlinked(place)[:_LONGEST_PLACE],
        },
        language="vi",
        about=f"door-proof:{proof.pk}",
        until=proof.until,
    )


_TRIED: Final = Statement("""
UPDATE people_doorproof SET n_tries = n_tries + 1
WHERE id = %(asked)s AND device_id = %(device)s AND until > %(at)s AND n_tries < %(most)s
RETURNING number, code_digest
""")


def _answered(device: UUID, asked: UUID, code: str, *, at: datetime) -> str | None:
    """The number whose code this is; the row goes with it. A wrong try is counted."""
    digests = [codes.code_digest(code, key, str(asked)) for key in _code_keys()]
    tried = {"asked": asked, "device": device, "at": at, "most": codes.MOST_TRIES}
    for number, digest in _TRIED.rows(**tried):
        if bytes(digest) in digests:
            DoorProof.objects.filter(pk=asked).delete()
            return unseal_text(bytes(number), "people_doorproof.number")
    return None


def _code_keys() -> list[bytes]:
    """Under each index key held, the current one first: codes outlive a change."""
    ring = keys.ring(Use.INDEX)
    return [keys.derived(ring.keys[key_id], "people.door_code") for key_id in held_keys()]


def _ref(device: UUID) -> str:
    return f"device:{device}"
