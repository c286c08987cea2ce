"""The phone's token where a browser keeps it: no script of a page reads it."""

from django.conf import settings
from django.http import HttpResponse

from vungxanh.people.rules.devices import SILENT_FOR
from vungxanh.people.values.devices import COOKIE as COOKIE


def keep_token(response: HttpResponse, token: str) -> None:
    """Give a browser its token."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(SILENT_FOR.total_seconds()),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def drop_token(response: HttpResponse) -> None:
    """Take the token out of a browser."""
    response.delete_cookie(COOKIE, samesite="Lax")
