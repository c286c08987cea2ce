"""What a keeper's device asks beside its work: keys to seal to, a code to somebody's number."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from vungxanh.checkins.api.keeper import keeping_open
from vungxanh.checkins.queries.door_keys import door_keys
from vungxanh.core import clock
from vungxanh.core.access import NETWORK, OPEN, SIGNED_IN, api
from vungxanh.people.actions.door_proving import ask_door_code, confirm_door_code

router = Router(tags=["keeper"])
KEYS_KEPT_SECONDS = 3600
BEHIND = timedelta(days=1)  # a device whose clock is behind seals to a key that was just made


class DoorKeyOut(Schema):
    """A key of P-256 to seal to (HPKE), an uncompressed point in base64url.

    `signature` is Ed25519 by the key of codes `signed_by`, over `vungxanh.doorkey`, the four bytes
    of `id`, the 65 of `public` and `until` in unix seconds as eight bytes, big-endian.
    """

    id: str
    public: str
    begins: datetime = Field(serialization_alias="from")
    until: datetime
    signed_by: str
    signature: str


class DoorKeysOut(Schema):
    """The keys that doors seal to; a door takes the one that ends last."""

    keys: list[DoorKeyOut]


class NumberIn(Schema):
    """The number of somebody at the door, in any form that people write."""

    number: str = Field(max_length=40)


class AskedOut(Schema):
    """The same for every number; the code holds for so many seconds."""

    asked: UUID
    seconds: int


class CodeIn(Schema):
    """The code that somebody read out."""

    asked: UUID
    code: str = Field(max_length=20)


class SubjectOut(Schema):
    """Somebody as a door reads them."""

    kind: str
    value: str


class ProvedOut(Schema):
    """A one-time code of theirs, which the device seals as one that it scanned."""

    subject: SubjectOut


@router.get("/keys", response=DoorKeysOut, by_alias=True, **api(needs=OPEN))
def keys(request: HttpRequest, response: HttpResponse) -> DoorKeysOut:
    """The keys to which doors seal what they read; kept for an hour."""
    response["Cache-Control"] = f"public, max-age={KEYS_KEPT_SECONDS}"
    return DoorKeysOut(
        keys=[
            DoorKeyOut(
                id=one.id,
                public=_text(one.public),
                begins=one.made_at - BEHIND,
                until=one.until,
                signed_by=one.signed_by,
                signature=_text(one.signature),
            )
            for one in door_keys(clock.now())
        ]
    )


@router.post("/phone", url_name="checkins-keeper_phone", response=AskedOut, **api(needs=SIGNED_IN))
def phone(request: HttpRequest, body: NumberIn) -> AskedOut:
    """Send a code to the number of somebody who has none to show."""
    kept = keeping_open(request)
    asked = ask_door_code(
        device=kept.device_id,
        number=body.number,
        place=kept.door.name,
        network=str(request.META.get(NETWORK, "")),
        by=kept.by,
        at=clock.now(),
    )
    return AskedOut(asked=asked.id, seconds=asked.seconds)


@router.post(
    "/phone/confirm",
    url_name="checkins-keeper_phone_confirm",
    response=ProvedOut,
    **api(needs=SIGNED_IN),
)
def confirm(request: HttpRequest, body: CodeIn) -> ProvedOut:
    """Answer with the code that they read out; five tries within five minutes."""
    kept, at = keeping_open(request), clock.now()
    shown = confirm_door_code(
        device=kept.device_id, asked=body.asked, code=body.code, by=kept.by, at=at
    )
    return ProvedOut(subject=SubjectOut(kind="vungxanh.person", value=shown.text))


def _text(content: bytes) -> str:
    """Base64 for addresses, without the padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()
