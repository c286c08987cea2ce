"""Calls of `POST /api/v1/visits` as a server makes them, without a socket."""

import asyncio
import json
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.factories import loops
from vungxanh.checkins.api.visits import visits_app
from vungxanh.core.bridge import Asgi, Message
from vungxanh.core.ids import new_id

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Body = Sequence[dict[str, Any]] | bytes


def microseconds(at: datetime) -> int:
    """An instant as whole microseconds since 1970."""
    return (at - EPOCH) // timedelta(microseconds=1)


def id_at(at: datetime) -> UUID:
    """A fresh UUIDv7 made at an instant."""
    ms = microseconds(at) // 1000
    return UUID(int=ms << 80 | new_id().int & ((1 << 80) - 1))


def scan(point: str, at: datetime, **said: Any) -> dict[str, Any]:
    """One scan as a phone sends it."""
    plain = {
        "id": str(id_at(at)),
        "point": point,
        "direction": "in",
        "at": at.isoformat(),
        "means": "scan",
    }
    return plain | said


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and JSON of an answer."""

    status: int
    headers: dict[str, str]
    body: Any


async def call(
    app: Asgi,
    token: str,
    body: bytes,
    *,
    method: str = "POST",
    pieces: int = 1,
    address: str = "10.0.0.9",
    said: Mapping[str, str] | None = None,
) -> Answer:
    """One request; `said` are headers beside the token's."""
    size = -(-len(body) // pieces) or 1
    parts = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
    sent: list[Message] = []

    async def receive() -> Message:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    headers += [(name.encode(), value.encode()) for name, value in (said or {}).items()]
    scope = {
        "type": "http",
        "scheme": "http",
        "method": method,
        "headers": headers,
        "client": (address, 5),
    }
    await app(scope, receive, send)
    start, end = sent
    told = {key.decode(): value.decode() for key, value in start["headers"]}
    return Answer(start["status"], told, json.loads(end["body"]))


def post(token: str, *bodies: Body) -> list[Answer]:
    """All bodies of one phone at once, to an application of their own; answered, and closed."""
    return post_all([(token, body) for body in bodies])


def post_all(sent: Sequence[tuple[str, Body]]) -> list[Answer]:
    """All bodies of several phones at once."""

    async def run() -> list[Answer]:
        app = visits_app()
        calls: list[Awaitable[Answer]] = [call(app, token, as_sent(body)) for token, body in sent]
        answers = await asyncio.gather(*calls)
        await app.close()
        return answers

    return loops.run(run())


def as_sent(body: Body) -> bytes:
    """The bytes of a body."""
    return body if isinstance(body, bytes) else json.dumps({"visits": list(body)}).encode()
