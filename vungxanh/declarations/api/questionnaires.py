"""Questionnaires as programs fetch them: our own JSON, or FHIR R4."""

import json
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from ninja import Query, Router

from vungxanh.core.access import OPEN, api
from vungxanh.declarations.queries.forms import public_version
from vungxanh.declarations.values.forms import FormVersion, split_name
from vungxanh.declarations.values.states import FormState
from vungxanh.engines.forms import to_data
from vungxanh.engines.forms.fhir import to_fhir

router = Router(tags=["declarations"])
FHIR_TYPE = "application/fhir+json"
_SECONDS = 60
_SECONDS_OF_A_VERSION = 3600
_BODY = {"schema": {"type": "object"}}
_ANSWERS = {
    "responses": {
        200: {
            "description": "The questionnaire",
            "content": {"application/json": _BODY, FHIR_TYPE: _BODY},
        },
        304: {"description": "The caller holds it already"},
    }
}
_OPEN = api(needs=OPEN)


class Form(StrEnum):
    """How a questionnaire is written."""

    JSON = "json"
    FHIR = "fhir"


@router.get("/{name}", auth=None, openapi_extra={**_OPEN["openapi_extra"], **_ANSWERS})
def one(
    request: HttpRequest,
    name: str,
    written: Annotated[Form, Query(alias="format")] = Form.JSON,
) -> HttpResponse:
    """`general` in the version in use, or `general@2` in that one, whether in use or retired.

    Ours is the data that vungxanh/engines/forms/README.md describes; with `format=fhir` an R4
    `Questionnaire`, from which ours can be read again without loss. Ask with `If-None-Match`.
    """
    found = public_version(name)
    body = _body(found, written)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    held = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse
    if etag in held or "*" in held:
        response = HttpResponseNotModified()
    else:
        is_fhir = written is Form.FHIR
        response = HttpResponse(body, content_type=FHIR_TYPE if is_fhir else "application/json")
    is_moving = split_name(name)[1] is None
    seconds = _SECONDS if is_moving else _SECONDS_OF_A_VERSION
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={seconds}"
    response["Content-Location"] = f"/api/v1/questionnaires/{found.name}"
    return response


def _body(found: FormVersion, written: Form) -> bytes:
    if written is Form.FHIR:
        status = "retired" if found.state is FormState.RETIRED else "active"
        data = to_fhir(found.form, status=status)
    else:
        data = to_data(found.form)
    return json.dumps(data, ensure_ascii=False).encode()
