"""What `POST /api/v1/declarations` says of itself in the API's document, beside django-ninja."""

from typing import Any, Final

import msgspec

from vungxanh.core.errors import as_dict, status_of
from vungxanh.declarations.values.declaration_body import DeclarationsTold, SentDeclarations
from vungxanh.declarations.values.declared import Refusal
from vungxanh.declarations.values.intake_refusals import (
    BodyFormError,
    NoSenderError,
    NotStoredError,
    OnlyPostError,
    TooLargeError,
    TooOftenError,
)

_REFUSALS: Final = (
    BodyFormError("declarations[0].at"),
    NoSenderError(),
    OnlyPostError(),
    TooLargeError(),
    TooOftenError(),
    NotStoredError(),
)
_ABOUT: Final = (
    "At most 50 declarations, judged and durable when answered. A phone shows its token in the "
    "header, or in the cookie of a page of this site. It declares for its holder (`self`) and for "
    "a `companion`, the number of a dependant, once the holder agreed; a device that keeps the "
    "`point` declares for whoever it read. `answers` are by question of the named version, "
    "which must be published. A declaration that is sent again under its id counts as `duplicate` "
    "and is told its outcome. One that is refused names its code, with `faults` by question, and "
    "need not be sent again as it is: "
    + ", ".join(sorted(f"`{one}`" for one in Refusal))
    + ". With `form_retired` and `form_unknown`, `in_use` is the version of that form to ask for "
    "at `/api/v1/questionnaires/` and declare on, null where the form is in use no more. "
    "A refusal of the whole body keeps nothing; 429 and 503 say in Retry-After when to send it "
    "again, under the same ids."
)


def declarations_document() -> tuple[dict[str, Any], dict[str, Any]]:
    """The call, and the schemas of its body and answer by name."""
    (body, told), schemas = msgspec.json.schema_components(
        (SentDeclarations, DeclarationsTold), ref_template="#/components/schemas/{name}"
    )
    call = {
        "operationId": "declarations_declare",
        "summary": "Send health declarations",
        "description": _ABOUT,
        "tags": ["declarations"],
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
