"""What gateways call: delivery reports, and SMS of phones. Open to anyone who can sign."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from vungxanh.core import clock
from vungxanh.core.access import OPEN, api
from vungxanh.core.errors import MissingError
from vungxanh.messaging import actions
from vungxanh.messaging.gateways import (
    SIGNATURE_HEADER,
    UnreadableError,
    came_in_of,
    is_signed,
    receipt_of,
)
from vungxanh.refusals import RefusalError, Words

router = Router(tags=["messaging"])
Read = TypeVar("Read")
SIGNED = (
    "The header X-VX-Signature is the HMAC-SHA256 of the body in hex, under the secret that the "
    "installation shares with its gateway; 401 otherwise, 404 where there is no such secret. A "
    "repeat changes nothing."
)


class BadSignatureError(RefusalError):
    """A call that the gateway did not sign."""

    status = 401

    def __init__(self) -> None:
        words = Words(
            vi="Chữ ký của lời gọi không đúng. Kiểm tra mã bí mật ở cả hai phía.",
            en="The call's signature is wrong. Check the secret on both sides.",
        )
        super().__init__("messaging.bad_signature", words)


class BadReportError(RefusalError):
    """A signed call that is not of the documented shape."""

    def __init__(self) -> None:
        words = Words(
            vi="Nội dung lời gọi không đúng dạng. Xem tài liệu API.",
            en="The call is not of the documented shape. See the API document.",
        )
        super().__init__("messaging.bad_report", words)


class TakenOut(Schema):
    """How many of what was sent were new."""

    taken: int


@router.post(
    "/receipts",
    response=TakenOut,
    url_name="messaging-receipts",
    description=SIGNED,
    **api(needs=OPEN),
)
def receipts(request: HttpRequest) -> TakenOut:
    """One delivery report; on a message that nobody here sent it changes nothing."""
    found = _signed(request, receipt_of)
    return TakenOut(taken=actions.take_receipts(receipts=[found], at=clock.now()))


@router.post(
    "/incoming",
    response=TakenOut,
    url_name="messaging-incoming",
    description=SIGNED,
    **api(needs=OPEN),
)
def incoming(request: HttpRequest) -> TakenOut:
    """One SMS of a phone; a repeat of the same `id` is taken once."""
    found = _signed(request, came_in_of)
    return TakenOut(taken=actions.take_in(came=[found], at=clock.now()))


def _signed(request: HttpRequest, read: Callable[[bytes], Read]) -> Read:
    secret = settings.SMS.webhook_secret
    if not secret:
        raise MissingError
    if not is_signed(request.body, request.headers.get(SIGNATURE_HEADER, ""), secret):
        raise BadSignatureError
    try:
        return read(request.body)
    except UnreadableError as unreadable:
        raise BadReportError from unreadable
