"""Enrolled devices: the door by which their tokens come in, and the calls by which they live."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status

from vungxanh.accounts.actions import devices as actions
from vungxanh.accounts.gateways.device_contact import (
    Contact,
    answered,
    contact_of,
    keep_token,
    limit_tries,
    shown_token,
)
from vungxanh.accounts.queries import devices as queries
from vungxanh.accounts.rules import devices as rules
from vungxanh.accounts.values import STAFF
from vungxanh.accounts.values.devices import Granted
from vungxanh.core import clock
from vungxanh.core.access import ENROLLED, OPEN, SIGNED_IN, api, viewer_of
from vungxanh.core.errors import answer
from vungxanh.core.preferences import reader_language
from vungxanh.core.same_origin import is_own_call
from vungxanh.core.viewer import PUBLIC, Viewer

router = Router(tags=["staff-devices"])
ENROL = "/api/v1/staff-devices/enrol"


class DeviceMiddleware:
    """Lets enrolled devices in: at the addresses of their scope, and nowhere else.

    A view that enrols the browser at hand puts what it was granted at `ENROLLED` of the request.

    Comes after the sessions of staff, which go first but at a device's own addresses. A token that
    is wrong, revoked or lapsed is refused; only the device's own page says so itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the device behind the request, if one may be there, and pass the request on."""
        at = clock.now()
        contact = _contact(request, at) if _may_be_device(request) else None
        request.device_contact = contact  # type: ignore[attr-defined]
        if contact is None:
            return _with_token(request, self.get_response(request), at)
        if contact.refusal and not request.path.startswith(rules.OWN_PAGE):
            return answered(answer(request, contact.refusal), contact, at)
        return answered(self.get_response(request), contact, at)


def _with_token(request: HttpRequest, response: HttpResponse, at: datetime) -> HttpResponse:
    """Let a browser keep the token of the device that a view of another room enrolled it as."""
    granted = request.META.get(ENROLLED)
    if isinstance(granted, Granted):
        keep_token(response, granted, at)
    return response


def _may_be_device(request: HttpRequest) -> bool:
    """Whether a device may be somebody here; a session of staff goes first elsewhere."""
    if rules.is_own(request.path):
        return True
    is_staff = viewer_of(request).id.startswith(STAFF)
    return request.path.startswith("/api/") and request.path != ENROL and not is_staff


def _contact(request: HttpRequest, at: datetime) -> Contact | None:
    """How a device was heard of; sets the request's viewer. None where no token is shown."""
    token, by_cookie = shown_token(request)
    if not token:
        return None
    row = queries.device_with(token)
    if row is None or not queries.is_live(row, at):
        _set_viewer(request, PUBLIC)
        return Contact(token, by_cookie, at, actions.refuse_device(token=token, at=at))
    valid_until = queries.note_contact(row, token, at)
    if not by_cookie or is_own_call(request):
        # No page elsewhere can make a browser send this header, or say that it is of this site.
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    is_somebody = rules.covers(row.scope, request.path)
    _set_viewer(request, queries.viewer_of_device(row) if is_somebody else PUBLIC)
    return Contact(token, by_cookie, valid_until)


def _set_viewer(request: HttpRequest, viewer: Viewer) -> None:
    request.viewer = viewer  # type: ignore[attr-defined]


class EnrolIn(Schema):
    """The secret of an enrolment link, as it stands on the page of the officer."""

    secret: str


class GrantedOut(Schema):
    """A token, told once; null where a browser keeps it in its cookie.

    It lapses at `valid_until` unless the device is heard of before.
    """

    device_id: UUID
    token: str | None
    valid_until: datetime


class OwnDeviceOut(Schema):
    """A device as it sees itself; a contact moves `valid_until` on."""

    device_id: UUID
    name: str
    kind: str
    scope: str
    scope_words: str
    unit: str
    unit_name: str
    valid_until: datetime


@router.post("/enrol", response={201: GrantedOut}, **api(needs=OPEN))
def enrol(request: HttpRequest, body: EnrolIn) -> Status[GrantedOut]:
    """Take up an enrolment: the secret of the link for a token. A secret works once, 10 minutes."""
    at = clock.now()
    limit_tries(request, at)
    granted = actions.enrol_device(code=body.secret, at=at)
    return Status(201, _granted(granted, granted.token))


@router.get("/me", response=OwnDeviceOut, **api(needs=SIGNED_IN))
def me(request: HttpRequest) -> OwnDeviceOut:
    """What the calling device is, may do, and until when; calling it counts as a contact.

    The token is sent as `Authorization: Bearer vxd_…`.
    """
    own = queries.own_device(viewer_of(request))
    return OwnDeviceOut(
        device_id=own.id,
        name=own.name,
        kind=own.kind,
        scope=own.scope,
        scope_words=own.scope_words.in_language(reader_language()),
        unit=own.unit,
        unit_name=own.unit_name,
        valid_until=own.valid_until,
    )


@router.post("/me/token", response=GrantedOut, **api(needs=SIGNED_IN))
def change_token(request: HttpRequest, response: HttpResponse) -> GrantedOut:
    """Give the calling device a new token; the old one holds until the new one is first used."""
    at = clock.now()
    granted = actions.change_token(by=viewer_of(request), at=at)
    contact = contact_of(request)
    if contact and contact.by_cookie:
        keep_token(response, granted, at)
        return _granted(granted, None)
    return _granted(granted, granted.token)


def _granted(granted: Granted, token: str | None) -> GrantedOut:
    return GrantedOut(device_id=granted.device_id, token=token, valid_until=granted.valid_until)
