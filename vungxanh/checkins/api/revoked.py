"""The list of codes that no longer hold, as phones and doors fetch it.

A list never changes: by its number it may be kept for ever. The newest is asked for by its ETag.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags
from ninja import Router

from vungxanh.checkins.models import RevocationList
from vungxanh.checkins.queries.revocations import list_numbered, newest_list
from vungxanh.checkins.values.door_refusals import NoListYetError
from vungxanh.core.access import OPEN, api
from vungxanh.core.errors import MissingError

router = Router(tags=["points"])
MEDIA_TYPE = "application/octet-stream"
_BINARY = {
    "responses": {
        200: {
            "description": "The signed list",
            "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
        },
        304: {"description": "The caller holds the newest list already"},
    }
}
_OPEN = api(needs=OPEN)
_EXTRA = {**_OPEN["openapi_extra"], **_BINARY}


@router.get("/revoked", auth=None, openapi_extra=_EXTRA)
def newest(request: HttpRequest) -> HttpResponse:
    """The newest list of revoked codes; `Content-Location` names its number.

    Ask at most once a minute, with `If-None-Match`. Bytes: vungxanh/protocol/places/revocations.py.
    """
    found = newest_list()
    if found is None:
        raise NoListYetError
    return _answer(request, found, "public, max-age=60")


@router.get("/revoked/{number}", auth=None, openapi_extra=_EXTRA)
def numbered(request: HttpRequest, number: int) -> HttpResponse:
    """One list by its number; it never changes."""
    found = list_numbered(number) if 0 < number < 2**63 else None
    if found is None:
        raise MissingError
    return _answer(request, found, "public, max-age=31536000, immutable")


def _answer(request: HttpRequest, found: RevocationList, cache: str) -> HttpResponse:
    etag = f'"{found.pk}-{found.digest[:16]}"'
    held = parse_etags(request.headers.get("If-None-Match", ""))
    is_held = etag in held or "*" in held
    response: HttpResponse
    if is_held:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(bytes(found.content), content_type=MEDIA_TYPE)
    response["ETag"] = etag
    response["Cache-Control"] = cache
    response["Last-Modified"] = http_date(found.built_at.timestamp())
    response["Content-Location"] = f"/api/v1/points/revoked/{found.pk}"
    return response
