"""How a device is heard of: a token in a header, or in a cookie that no script of a page reads."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from vungxanh.accounts.rules.devices import MARK
from vungxanh.accounts.values.devices import Granted
from vungxanh.core import limits
from vungxanh.refusals import RefusalError

COOKIE = "vx_device"
VALID_UNTIL = "VX-Valid-Until"
VALID_SECONDS = "VX-Valid-Seconds"  # the same for a device whose own clock is wrong
BEARER = "Bearer "
# Guessing a code of 120 bits is hopeless; this keeps table and processor from being tried.
TRIES_OF_ADDRESS = 60
TRIES_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Contact:
    """How a device was heard of in one request, and until when it holds; or why it is refused."""

    token: str
    by_cookie: bool
    valid_until: datetime
    refusal: RefusalError | None = None


def contact_of(request: HttpRequest) -> Contact | None:
    """How a device was heard of in this request; None where no token was shown."""
    contact = getattr(request, "device_contact", None)
    return contact if isinstance(contact, Contact) else None


def shown_token(request: HttpRequest) -> tuple[str, bool]:
    """The token that a request carries, and whether in the cookie; the header goes first."""
    header = request.headers.get("Authorization", "")
    if header.startswith(f"{BEARER}{MARK}_"):
        return header.removeprefix(BEARER).strip(), False
    return request.COOKIES.get(COOKIE, ""), True


def answered(response: HttpResponse, contact: Contact, at: datetime) -> HttpResponse:
    """The answer with what the device must know: until when it holds, or that it no longer does."""
    if contact.refusal:
        if contact.by_cookie:
            drop_token(response)
        return response
    lives = contact.valid_until - at
    response.headers[VALID_UNTIL] = contact.valid_until.isoformat(timespec="seconds")
    response.headers[VALID_SECONDS] = str(int(lives.total_seconds()))
    if contact.by_cookie and COOKIE not in response.cookies:
        _set_cookie(response, contact.token, lives)
    return response


def keep_token(response: HttpResponse, granted: Granted, at: datetime) -> None:
    """Give a browser its token; the cookie ends when the token does."""
    _set_cookie(response, granted.token, granted.valid_until - at)


def drop_token(response: HttpResponse) -> None:
    """Take the token out of a browser."""
    response.delete_cookie(COOKIE, samesite="Strict")


def limit_tries(request: HttpRequest, at: datetime) -> None:
    """Refuse an address that tries codes by the dozen."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    limits.require("enrol", address, n=TRIES_OF_ADDRESS, per_seconds=TRIES_SECONDS, at=at)


def _set_cookie(response: HttpResponse, token: str, lives: timedelta) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(lives.total_seconds()),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
