"""Calls that citizens' phones make."""

from base64 import b64encode
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status

from vungxanh.core import clock
from vungxanh.core.access import OPEN, SELF, api, citizen_of, viewer_of
from vungxanh.people import actions
from vungxanh.people.actions.refusals import NumberNeededError
from vungxanh.people.gateways.cookies import keep_token
from vungxanh.people.gateways.phones import device_of, network_of
from vungxanh.people.queries.code_keys import public_keys
from vungxanh.people.values import Platform, Residence
from vungxanh.people.values.consents import Consenting, texts
from vungxanh.people.values.devices import NewDevice

router = Router(tags=["devices"])


class DeviceIn(Schema):
    """What a phone says of itself."""

    platform: str
    version: str = ""
    language: str = "vi"


class DeviceOut(Schema):
    """The device and its token, told this once."""

    device_id: str
    token: str


class PhoneIn(Schema):
    """The number to prove, in any form that people write.

    `consent` is the version of the text "app" (`GET /devices/consents`) that its holder agreed to
    now, in `language`; 0 where they did before.
    """

    phone: str
    consent: int = 0
    language: str = "vi"


class AskedOut(Schema):
    """The same for every number."""

    expires_in: int
    resend_in: int


class ConfirmIn(Schema):
    """The code and where its holder lives.

    An address is kept only with consent: `consent` is the version of the text "residence".
    """

    code: str
    residence: str
    address: str = ""
    consent: int = 0
    language: str = "vi"


class ConfirmedOut(Schema):
    """That the device counts as "with phone number" now, and in which commune."""

    residence: str


class SeenIn(Schema):
    """What the app says of itself when it is heard of."""

    bluetooth: bool | None = None


@router.post("", response={201: DeviceOut}, **api(needs=OPEN))
def register(request: HttpRequest, body: DeviceIn) -> Status[DeviceOut]:
    """Register a phone, anonymous."""
    device = NewDevice(body.platform, body.version, body.language)
    made = actions.register_device(device=device, by=viewer_of(request), at=clock.now())
    return Status(201, DeviceOut(device_id=str(made.id), token=made.token))


class HereIn(Schema):
    """What a browser says of itself."""

    language: str = "vi"


@router.post("/here", response={204: None}, **api(needs=OPEN))
def register_here(request: HttpRequest, body: HereIn) -> HttpResponse:
    """Register this browser, anonymous, unless it is known already.

    Its token comes in a cookie that no script reads. A page of another site gains nothing by
    calling this: browsers take no such cookie from its calls.
    """
    answer = HttpResponse(status=204)
    if not citizen_of(request).is_citizen:
        device = NewDevice(Platform.WEB, language="en" if body.language == "en" else "vi")
        made = actions.register_device(device=device, by=viewer_of(request), at=clock.now())
        keep_token(answer, made.token)
    return answer


@router.post("/me/phone", response=AskedOut, **api(needs=SELF))
def ask(request: HttpRequest, body: PhoneIn) -> AskedOut:
    """Ask for a code by message; the answer does not tell whether the number is known."""
    _agreed(request, Consenting.APP, body.consent, language=body.language)
    asked = actions.ask_code(
        device=device_of(request),
        phone=body.phone,
        network=network_of(request),
        by=citizen_of(request),
        at=clock.now(),
    )
    return AskedOut(expires_in=asked.expires_in_seconds, resend_in=asked.resend_in_seconds)


@router.post("/me/phone/confirm", response=ConfirmedOut, **api(needs=SELF))
def confirm(request: HttpRequest, body: ConfirmIn) -> ConfirmedOut:
    """Answer with the code; from now on the device counts as "with phone number"."""
    _agreed(request, Consenting.APP, 0, language=body.language)
    if body.address:
        _agreed(request, Consenting.RESIDENCE, body.consent, language=body.language)
    person = actions.confirm_code(
        device=device_of(request),
        code=body.code,
        residence=Residence(body.residence, body.address),
        by=citizen_of(request),
        at=clock.now(),
    )
    return ConfirmedOut(residence=person.residence_id or "")


@router.post("/me/seen", response={204: None}, **api(needs=SELF))
def seen(request: HttpRequest, body: SeenIn) -> Status[None]:
    """Tell that the app is alive, and what it says of its Bluetooth."""
    if body.bluetooth is not None:
        device = device_of(request)
        actions.note_bluetooth(device_id=device.pk, is_on=body.bluetooth, at=clock.now())
    return Status(204, None)


class ConsentOut(Schema):
    """One text that people are asked to agree to, in both languages."""

    purpose: str
    version: int
    name: dict[str, str]
    text: dict[str, str]
    data: dict[str, str]
    who: dict[str, str]
    ends: dict[str, str]


@router.get("/consents", response=list[ConsentOut], **api(needs=OPEN))
def consents(request: HttpRequest) -> list[ConsentOut]:
    """The texts in force; nothing is agreed to by silence."""
    return [
        ConsentOut(
            purpose=str(one.purpose),
            version=one.version,
            name=one.name.as_dict(),
            text=one.text.as_dict(),
            data=one.data.as_dict(),
            who=one.who.as_dict(),
            ends=one.ends.as_dict(),
        )
        for one in texts().values()
    ]


class ConsentIn(Schema):
    """That the holder agrees to the text `version` of a purpose, read in `language`."""

    purpose: Consenting
    version: int
    language: str = "vi"


@router.post("/me/consents", response={204: None}, **api(needs=SELF))
def give(request: HttpRequest, body: ConsentIn) -> Status[None]:
    """Agree to a text, perhaps before there was a network; another version is refused."""
    actions.give_own_consent(
        purpose=body.purpose,
        version=body.version,
        language="en" if body.language == "en" else "vi",
        by=citizen_of(request),
        at=clock.now(),
    )
    return Status(204, None)


def _agreed(request: HttpRequest, purpose: Consenting, version: int, *, language: str) -> None:
    """Record what was agreed to now, and refuse without consent or a law in force."""
    device, at = device_of(request), clock.now()
    if version:
        said = "en" if language == "en" else "vi"
        by = citizen_of(request)
        actions.give_consent(
            device=device, purpose=purpose, version=version, language=said, by=by, at=at
        )
    actions.must_have_ground(device=device, purpose=purpose, at=at)


class CodesIn(Schema):
    """How many codes to take along."""

    n: int = 30


class CodeOut(Schema):
    """One code that is good once."""

    text: str
    until: datetime


class KeyOut(Schema):
    """A key that doors know codes by: its id in hexadecimal digits, 32 bytes in base64."""

    id: str
    public_key: str


@router.post("/me/codes", response=list[CodeOut], **api(needs=SELF))
def codes(request: HttpRequest, body: CodesIn) -> list[CodeOut]:
    """Codes for days without a network, each good once within three days."""
    person = device_of(request).person
    if person is None:
        raise NumberNeededError
    made = actions.offline_codes(person_id=person.pk, n=max(1, body.n), at=clock.now())
    return [CodeOut(text=one.text, until=one.until) for one in made]


@router.get("/code-keys", response=list[KeyOut], **api(needs=OPEN))
def code_keys(request: HttpRequest) -> list[KeyOut]:
    """The keys under which living codes are signed, for doors without a network."""
    return [
        KeyOut(id=key_id.hex(), public_key=b64encode(key.public_bytes_raw()).decode())
        for key_id, key in public_keys().items()
    ]


@router.delete("/me", response={204: None}, **api(needs=SELF))
def leave(request: HttpRequest) -> Status[None]:
    """Let this device go; its token no longer opens."""
    device = device_of(request)
    actions.end_device(device_id=device.pk, by=citizen_of(request), at=clock.now())
    return Status(204, None)
