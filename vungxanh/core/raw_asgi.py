"""Requests and answers of applications that stand beside Django: bytes in, JSON out."""

from collections.abc import Mapping
from typing import Final

import msgspec

from vungxanh.core.bridge import GoneError, Receive, Scope, Send
from vungxanh.core.errors import as_dict, status_of
from vungxanh.core.same_origin import is_same_origin
from vungxanh.refusals import RefusalError

_BEARER: Final = b"Bearer "
_HEADERS: Final = (
    (b"content-type", b"application/json; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)


async def body_of(scope: Scope, receive: Receive, *, most: int) -> bytes | None:
    """The whole body, or None for one of more than `most` bytes. Raises `GoneError`."""
    announced = header(scope, b"content-length")
    if announced.isdigit() and int(announced) > most:
        return None
    received = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneError
        received += message.get("body", b"")
        if len(received) > most:
            return None
        more = message.get("more_body", False)
    return bytes(received)


def header(scope: Scope, name: bytes) -> bytes:
    """The value of a header in small letters; empty where it was not sent."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value)
    return b""


def token_of(scope: Scope, *, cookie: bytes) -> str:
    """The token of a request: in its header, or what a browser keeps for a page of ours.

    Empty where there is none; no other page may send by a cookie.
    """
    said = header(scope, b"authorization")
    shown = said.removeprefix(_BEARER) if said.startswith(_BEARER) else _kept(scope, cookie)
    return shown.decode("latin-1").strip()


def _kept(scope: Scope, cookie: bytes) -> bytes:
    host = header(scope, b"host").decode("latin-1")
    is_ours = is_same_origin(
        fetch_site=header(scope, b"sec-fetch-site").decode("latin-1"),
        origin=header(scope, b"origin").decode("latin-1"),
        own=f"{scope.get('scheme', '')}://{host}",
    )
    parts = header(scope, b"cookie").split(b";") if is_ours else ()
    named = (one.strip().partition(b"=") for one in parts)
    return next((value for name, _, value in named if name == cookie), b"")


def language_of(scope: Scope) -> str:
    """ "en" where the reader's first language is English, else "vi"."""
    return "en" if header(scope, b"accept-language").lower().startswith(b"en") else "vi"


async def send_json(
    send: Send, status: int, content: bytes, *, more: Mapping[bytes, bytes] | None = None
) -> None:
    """An answer that no cache keeps."""
    length = (b"content-length", str(len(content)).encode())
    headers = [*_HEADERS, length, *(more or {}).items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def send_refusal(send: Send, refusal: RefusalError, language: str) -> None:
    """A refusal as `{code, message, field?, where?}`, with when to come again and how to ask."""
    said = {b"retry-after": "retry_after_seconds", b"allow": "allow"}
    found = {name: getattr(refusal, attribute, None) for name, attribute in said.items()}
    more = {name: str(value).encode() for name, value in found.items() if value is not None}
    content = msgspec.json.encode(as_dict(refusal, language))
    await send_json(send, status_of(refusal), content, more=more)
