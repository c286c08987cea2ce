"""What `POST /api/v1/visits` says of itself in the API's document, beside django-ninja."""

from typing import Any, Final

import msgspec

from vungxanh.checkins.values.scan_body import ScansTold, SentScans
from vungxanh.checkins.values.scan_refusals import (
    NoSenderError,
    OnlyPostError,
    ScanFormError,
    ScansNotStoredError,
    ScansTooLargeError,
    ScansTooOftenError,
)
from vungxanh.checkins.values.scans import Refusal
from vungxanh.core.errors import as_dict, status_of

_REFUSALS: Final = (
    ScanFormError("visits[0].at"),
    NoSenderError(),
    OnlyPostError(),
    ScansTooLargeError(),
    ScansTooOftenError(),
    ScansNotStoredError(),
)
_ABOUT: Final = (
    "At most 100 readings of codes, durable when answered. A phone shows its token in the header, "
    "or in the cookie of a page of this site. It tells of its holder (`self`) and of a "
    "`companion`: the number of a dependant, or `+1` to `+20` for those without a phone. A device "
    "that keeps the point tells of everybody whose code, card or number it read and, with `of`, of "
    "those who came along with them. A visit that is sent again under its id counts as "
    "`duplicate`. One that is refused names its code and need not be sent again: "
    + ", ".join(sorted(f"`{one}`" for one in Refusal))
    + ". A refusal of the whole body keeps nothing; 429 and 503 say in Retry-After when to send it "
    "again, under the same ids."
)


def visits_document() -> tuple[dict[str, Any], dict[str, Any]]:
    """The call, and the schemas of its body and answer by name."""
    (body, told), schemas = msgspec.json.schema_components(
        (SentScans, ScansTold), ref_template="#/components/schemas/{name}"
    )
    call = {
        "operationId": "checkins_visits",
        "summary": "Send visits",
        "description": _ABOUT,
        "tags": ["visits"],
        "security": [{"phone": []}],
        "requestBody": {"required": True, "content": _json(body)},
        "responses": {"200": {"description": "OK", "content": _json(told)}, **_refused()},
    }
    return {"post": call}, schemas


def _refused() -> dict[str, Any]:
    return {
        str(status_of(one)): {
            "description": one.code,
            "content": {"application/json": {"example": as_dict(one, "en")}},
        }
        for one in _REFUSALS
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
