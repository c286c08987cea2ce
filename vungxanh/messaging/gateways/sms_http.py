"""Short messages by HTTP: to a broker as JSON, and back from it as signed JSON.

The shapes stand in docs/operators/messaging.md.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Annotated, Final, TypeVar

import msgspec

from vungxanh.messaging.gateways.alphabet import LetterError, parts
from vungxanh.messaging.gateways.mail import NotSentError
from vungxanh.messaging.gateways.posting import SECONDS, Answer, Parcel, UrlError, post
from vungxanh.messaging.gateways.short_messages import (
    CameIn,
    Handed,
    Outcome,
    Receipt,
    ShortMessage,
)

SIGNATURE_HEADER: Final = "X-VX-Signature"
MOST_BODY_BYTES: Final = 16_384
# What says something of the installation or of the hour, not of this message.
_LATER: Final = {409, 425, 429}
_NOT_ADMITTED: Final = {401, 403}
_AWAY: Final = {404, 405, 408}

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
_Phone = Annotated[str, msgspec.Meta(pattern=r"^\+[1-9][0-9]{6,14}\Z")]
_When = Annotated[datetime, msgspec.Meta(tz=True)]
Shape = TypeVar("Shape", bound=msgspec.Struct)


class UnreadableError(Exception):
    """What a broker sent is not of the documented shape."""


class _Taken(msgspec.Struct, frozen=True):
    id: _Name
    parts: Annotated[int, msgspec.Meta(ge=1, le=255)] = 1


class _Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: _Name
    state: Outcome
    at: _When
    problem: Annotated[str, msgspec.Meta(max_length=64)] = ""


class _CameIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"sender": "from"}):
    id: _Name
    sender: _Phone
    to: Annotated[str, msgspec.Meta(pattern=r"^\+?[0-9]{3,15}\Z")]
    text: Annotated[str, msgspec.Meta(max_length=4096)]
    at: _When


@dataclass(frozen=True, slots=True, repr=False)
class HttpSmsGateway:
    """A broker behind an address; delivery reports and messages from phones come as webhooks."""

    url: str
    token: str
    sender: str
    authorities: str = ""
    seconds: float = SECONDS

    def send(self, message: ShortMessage) -> Handed:
        """POST it under its reference; every try carries the same Idempotency-Key."""
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Idempotency-Key": message.reference,
            "Authorization": f"Bearer {self.token}",
        }
        parcel = Parcel(self.url, as_json(message, self.sender), headers, "", self.authorities)
        try:
            answer = post(parcel, self.seconds)
        except UrlError as wrong:
            raise NotSentError("no_server") from wrong
        except (OSError, HTTPException) as failure:
            raise NotSentError("unreachable") from failure
        return _handed(answer)

    def receipts(self) -> tuple[Receipt, ...]:
        """None: they come as webhooks."""
        return ()

    def came_in(self) -> tuple[CameIn, ...]:
        """None: they come as webhooks."""
        return ()


def as_json(message: ShortMessage, sender: str) -> bytes:
    """The message as brokers and relays read it; raises NotSentError for letters it cannot hold."""
    body: dict[str, object] = {
        "reference": message.reference,
        "to": message.to,
        "text": message.text,
        "unicode": message.is_unicode,
        "sender": sender,
    }
    if message.template:
        filled = dict(message.parameters)
        body |= {"channel": "oa", "template": message.template, "parameters": filled}
    else:
        n_parts(message)
    return msgspec.json.encode(body)


def n_parts(message: ShortMessage) -> int:
    """How many short messages it takes; raises NotSentError for letters it cannot hold."""
    try:
        return len(parts(message.text, is_unicode=message.is_unicode))
    except LetterError as unknown:
        raise NotSentError("unencodable", is_final=True) from unknown


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether the header holds HMAC-SHA256 of the body in hex; never so under an empty secret."""
    wanted = hmac.digest(secret.encode(), body, hashlib.sha256).hex()
    said = signature.strip().lower().removeprefix("sha256=")
    return bool(secret) and hmac.compare_digest(wanted.encode(), said.encode())


def receipt_of(body: bytes) -> Receipt:
    """A delivery report from a webhook; raises UnreadableError."""
    found = _read(body, _Receipt)
    return Receipt(found.id, found.state, found.at.astimezone(UTC), found.problem)


def came_in_of(body: bytes) -> CameIn:
    """A message of a phone from a webhook; raises UnreadableError."""
    found = _read(body, _CameIn)
    return CameIn(found.id, found.sender, found.to, found.text, found.at.astimezone(UTC))


def _read(body: bytes, shape: type[Shape]) -> Shape:
    if len(body) > MOST_BODY_BYTES:
        raise UnreadableError
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as broken:
        raise UnreadableError from broken


def _handed(answer: Answer) -> Handed:
    if 200 <= answer.status < 300:
        return _taken(answer.body)
    if answer.status in _NOT_ADMITTED:
        raise NotSentError("not_admitted")
    if answer.status in _LATER:
        raise NotSentError("throttled")
    is_refused = 400 <= answer.status < 500 and answer.status not in _AWAY
    raise NotSentError("refused" if is_refused else "unreachable", is_final=is_refused)


def _taken(body: bytes) -> Handed:
    """An answer that cannot be read names nothing: the same reference is sent again."""
    try:
        found = _read(body, _Taken)
    except UnreadableError as unreadable:
        raise NotSentError("unreachable") from unreadable
    return Handed(found.id, found.parts)
