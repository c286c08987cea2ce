"""The JSON API: its rooms, its errors and its document."""

import json
from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError

from vungxanh import __version__
from vungxanh.accounts.rules.devices import SCOPES, is_own
from vungxanh.checkins.api.visits import PATH as VISITS
from vungxanh.checkins.api.visits_document import visits_document
from vungxanh.config.answers import SERVER_ERROR, BadRequestError, BrokenError
from vungxanh.config.rooms import listed
from vungxanh.core import errors
from vungxanh.core.access import SignInNeededError
from vungxanh.declarations.api.declarations import PATH as DECLARE
from vungxanh.declarations.api.declarations_document import declarations_document
from vungxanh.refusals import RefusalError, Words

PUBLISHED = settings.BASE.parent / "docs" / "openapi.json"

SCHEMES: dict[str, dict[str, str]] = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "vx_session",
        "description": "The session of somebody who signed in with a browser.",
    },
    "device": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "vxd_…",
        "description": "The token of an enrolled device or program, at the addresses of its scope. "
        "It is told once, at enrolment, and lapses when nothing is heard of its holder.",
    },
    "deviceCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "vx_device",
        "description": "The same token where a browser keeps it.",
    },
    "phone": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "vxc_…",
        "description": "The token of a citizen's own phone, told once when it registers.",
    },
    "phoneCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "vx_phone",
        "description": "The same token where a browser keeps it.",
    },
}
CITIZENS = ("/api/v1/devices/me", "/api/v1/points")


class InvalidFieldError(RefusalError):
    """A field is missing or not of its type; `field` names it."""

    def __init__(self, field: str) -> None:
        words = Words(
            vi=f"Trường “{field}” còn thiếu hoặc chưa đúng dạng. Xem tài liệu API.",
            en=f"Field “{field}” is missing or malformed. See the API document.",
        )
        super().__init__("core.invalid_field", words, field=field)


api = NinjaAPI(
    title="Vùng Xanh",
    version=__version__,
    description="Figures, places and reports of an installation of Vùng Xanh. "
    'Errors: {"code", "message", "field"?}; the message follows Accept-Language (vi, en).',
    docs_url=None,
    openapi_url=None,
)
for prefix, router in cast(list[tuple[str, Router]], listed("urls", "api_urls")):
    api.add_router(prefix, router)


@api.exception_handler(RefusalError)
def refused(request: HttpRequest, error: RefusalError) -> HttpResponse:
    """Expected refusals say why."""
    return errors.answer(request, error)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first field that does not fit."""
    places = [str(part) for part in error.errors[0].get("loc", ("body",))] if error.errors else []
    return errors.answer(request, InvalidFieldError(".".join(places[1:] or places or ["body"])))


@api.exception_handler(AuthenticationError)
def stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """A call that is not open to anyone."""
    return errors.answer(request, SignInNeededError())


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Nothing there, or nothing that the caller may know of."""
    return errors.answer(request, errors.MissingError())


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON, and the framework's other complaints."""
    if error.status_code >= SERVER_ERROR:
        return errors.answer(request, BrokenError())
    return errors.answer(request, BadRequestError(is_call=True))


def schemes_at(path: str) -> tuple[str, ...]:
    """By what a call at this path that is not open to anyone may show who calls.

    >>> schemes_at("/api/v1/staff-devices/me"), schemes_at("/api/v1/nowhere")
    (('device', 'deviceCookie'), ('session',))
    """
    if is_own(path):
        return ("device", "deviceCookie")
    if path.startswith(CITIZENS):
        return ("phone", "phoneCookie")
    return (
        ("session", "device") if any(one.covers(path) for one in SCOPES.values()) else ("session",)
    )


def openapi_text() -> str:
    """The API's document as it is served and as docs/openapi.json holds it."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    schema["components"]["securitySchemes"] = SCHEMES
    for path, calls in schema["paths"].items():
        for call in (one for one in calls.values() if one.get("security")):
            call["security"] = [{name: []} for name in schemes_at(path)]
    # What stands beside Django: raw applications of config.asgi.
    schema["paths"][VISITS], schemas = visits_document()
    schema["components"]["schemas"].update(schemas)
    schema["paths"][DECLARE], schemas = declarations_document()
    schema["components"]["schemas"].update(schemas)
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def openapi_document(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/openapi.json."""
    return HttpResponse(openapi_text(), content_type="application/json; charset=utf-8")
