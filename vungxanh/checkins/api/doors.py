"""What a phone must know of points to check codes without a network, and what a code leads to."""

from base64 import urlsafe_b64encode

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from vungxanh.checkins.actions.finding_doors import find_door
from vungxanh.checkins.queries.door import code_typed, entrances_of
from vungxanh.checkins.values.door import DoorPoint
from vungxanh.checkins.values.kinds import State
from vungxanh.core import clock
from vungxanh.core.access import NETWORK, OPEN, api
from vungxanh.core.errors import MissingError
from vungxanh.core.preferences import reader_language
from vungxanh.people.queries.code_keys import public_keys

router = Router(tags=["points"])
KEYS_KEPT_SECONDS = 3600


class PlaceKey(Schema):
    """An Ed25519 key of codes: its id in 8 hexadecimal digits, its 32 bytes in base64url."""

    id: str
    public: str


class PlaceKeys(Schema):
    """Every key under which a living code of a point or of a person may be signed."""

    keys: list[PlaceKey]


class EntranceOut(Schema):
    """An open door or room with a code of its own."""

    number: int
    label: str


class DoorOut(Schema):
    """A point as anybody may see it; `code` is the one that was asked for.

    `kind` is said in the asked language. `stay_minutes` stands in for a time of leaving that
    nobody told. Codes of a point hold while `state` is `registered` or `approved`.
    """

    code: str
    shown: str
    name: str
    kind: str
    address: str
    state: State
    stay_minutes: int
    entrances: list[EntranceOut]


@router.get("/keys", response=PlaceKeys, **api(needs=OPEN))
def keys(request: HttpRequest, response: HttpResponse) -> PlaceKeys:
    """The keys that prove codes of points and of persons; kept for an hour."""
    response["Cache-Control"] = f"public, max-age={KEYS_KEPT_SECONDS}"
    return PlaceKeys(
        keys=[
            PlaceKey(id=key_id.hex(), public=_text(key.public_bytes_raw()))
            for key_id, key in sorted(public_keys().items())
        ]
    )


@router.get("/{code}/door", response=DoorOut, **api(needs=OPEN))
def door(request: HttpRequest, code: str) -> DoorOut:
    """The point that a code leads to, as its page `/c/…` shows it; 404 for a code of nobody."""
    network = str(request.META.get(NETWORK, ""))
    found = find_door(code=code_typed(code), network=network, at=clock.now())
    if found is None:
        raise MissingError
    return _out(found)


def _out(point: DoorPoint) -> DoorOut:
    return DoorOut(
        code=point.code,
        shown=point.shown,
        name=point.name,
        kind=point.kind.in_language(reader_language()),
        address=point.place,
        state=point.state,
        stay_minutes=point.stay_minutes,
        entrances=[EntranceOut(number=one, label=label) for one, label in entrances_of(point)],
    )


def _text(content: bytes) -> str:
    """Base64 for addresses, without the padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()
