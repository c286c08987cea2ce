"""Passkeys: Web Authentication by django-allauth and fido2.

The challenge of a ceremony lies in the session of the request that django-allauth remembers, and
is good for one answer.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any

from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from fido2.utils import websafe_decode
from fido2.webauthn import AuthenticatorData

from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import counts_on

LONGEST_CREDENTIAL = 16_384
PARTS = ("id", "rawId", "type", "response")
# What fido2 and its parsers raise over an answer that was made up or damaged.
DAMAGED = (ValidationError, ValueError, TypeError, KeyError, IndexError, struct.error)


class NotShownError(Exception):
    """What a device answered is no proof; why is not told to anybody."""


class CopiedError(NotShownError):
    """The right key signed, but its counter went back: somebody else has a copy of it."""

    def __init__(self, known: int, said: int) -> None:
        super().__init__()
        self.known, self.said = known, said


def options_to_create(staff: Staff) -> str:
    """What a device is asked to make a passkey that signs in alone, as JSON."""
    return json.dumps(auth.begin_registration(staff, passwordless=True), default=dict)


def options_to_show(staff: Staff | None) -> str:
    """What a device is asked to prove it holds a passkey, of this account or of any, as JSON."""
    return json.dumps(auth.begin_authentication(staff), default=dict)


def add(staff: Staff, name: str, answer: str) -> None:
    """Keep the passkey that a device has made."""
    credential = _parsed(answer)
    try:
        auth.complete_registration(credential)
    except (*DAMAGED, AssertionError) as damaged:
        raise NotShownError from damaged
    finally:
        auth.clear_state()
    kept = {"name": encrypt(name), "credential": credential}
    Authenticator.objects.create(user=staff, type=Authenticator.Type.WEBAUTHN, data=kept)


def owner_of(answer: str) -> Staff:
    """Whose passkey a device says it showed; nothing is proved by that."""
    handle = _parsed(answer)["response"].get("userHandle")
    try:
        held = url_str_to_user_pk(websafe_decode(handle).decode("ascii"))
        return Staff.objects.get(pk=held)
    except (*DAMAGED, Staff.DoesNotExist) as damaged:
        raise NotShownError from damaged


def shown(staff: Staff, answer: str) -> Authenticator:
    """The account's passkey that a device has proved to hold, its holder verified by the device.

    Inside a transaction: the counter of its signatures must have gone on, and is kept.
    """
    credential = _parsed(answer)
    try:
        passkey = auth.complete_authentication(staff, credential)
        said = AuthenticatorData(websafe_decode(credential["response"]["authenticatorData"]))
    except DAMAGED as damaged:
        raise NotShownError from damaged
    finally:
        auth.clear_state()
    return _counted(passkey.pk, said.counter)


def _counted(passkey_id: int, said: int) -> Authenticator:
    """The passkey with its new count, held so that of two with one count only one passes."""
    held = Authenticator.objects.select_for_update().filter(pk=passkey_id).first()
    if held is None:
        raise NotShownError
    known = held.data.get("counter", held.wrap().authenticator_data.counter)
    if not counts_on(known, said):
        raise CopiedError(known, said)
    held.data["counter"] = said
    held.save(update_fields=["data"])
    return held


def _parsed(answer: str) -> dict[str, Any]:
    """The parts of a device's answer that are needed, and nothing that came along."""
    try:
        said = json.loads(answer) if len(answer) <= LONGEST_CREDENTIAL else None
    except ValueError as damaged:
        raise NotShownError from damaged
    if not isinstance(said, dict) or not _is_answer(said):
        raise NotShownError
    kept: dict[str, Any] = {part: said[part] for part in PARTS}
    return {**kept, "clientExtensionResults": {}}


def _is_answer(said: Mapping[str, object]) -> bool:
    response = said.get("response")
    texts = [said.get(part) for part in PARTS[:3]]
    if not isinstance(response, dict) or not all(isinstance(text, str) for text in texts):
        return False
    return all(isinstance(value, str | None) for value in response.values())
