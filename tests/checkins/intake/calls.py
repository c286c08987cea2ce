"""Calls of `POST /api/v1/visits` as a server makes them, without a socket."""

import asyncio
import json
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.factories import loops
from vungxanh.checkins.api.visits import VisitsApp, visits_app
from vungxanh.core.bridge import Message
from vungxanh.core.ids import new_id

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def id_at(at: datetime) -> UUID:
    """A fresh UUIDv7 made at an instant."""
    ms = (at - EPOCH) // timedelta(milliseconds=1)
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
    app: VisitsApp, token: str, body: bytes, *, method: str = "POST", pieces: int = 1
) -> Answer:
    """One request."""
    size = -(-len(body) // pieces) or 1
    parts = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
    sent: list[Message] = []

    async def receive() -> Message:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    scope = {"type": "http", "method": method, "headers": headers, "client": ("10.0.0.9", 5)}
    await app(scope, receive, send)
    start, end = sent
    told = {key.decode(): value.decode() for key, value in start["headers"]}
    return Answer(start["status"], told, json.loads(end["body"]))


def post(token: str, *bodies: Sequence[dict[str, Any]] | bytes) -> list[Answer]:
    """All bodies at once, to an application of their own; answered, and closed."""

    async def run() -> list[Answer]:
        app = visits_app()
        calls: list[Awaitable[Answer]] = [call(app, token, _bytes(body)) for body in bodies]
        answers = await asyncio.gather(*calls)
        await app.close()
        return answers

    return loops.run(run())


def _bytes(body: Sequence[dict[str, Any]] | bytes) -> bytes:
    return body if isinstance(body, bytes) else json.dumps({"visits": list(body)}).encode()
