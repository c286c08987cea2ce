"""What cannot be stored now is said to be not stored, and when to send it again."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from psycopg import AsyncConnection

from tests.checkins.intake.calls import Answer, as_sent, call, scan
from tests.factories import loops
from vungxanh.checkins.api import visits
from vungxanh.checkins.api.visits import VisitsApp, visits_app
from vungxanh.checkins.gateways.scan_table import ScanTable
from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.values.scans import Outcome, ScanRow
from vungxanh.core.bridge import Message
from vungxanh.core.group_commit import GroupCommit, Limits
from vungxanh.core.remembered import Remembered
from vungxanh.people.values.devices import Registered
from vungxanh.people.values.senders import Sender

pytestmark = pytest.mark.django_db(transaction=True)
NOT_STORED = (503, "checkins.scans_not_stored", "5")


async def away() -> AsyncConnection[Any]:
    raise psycopg.OperationalError("nobody listens there")


def answered(
    token: str, body: bytes, *, commit: GroupCommit[ScanRow, Outcome] | None = None
) -> tuple[int, str, str]:
    """Status, code and when to come again, with another way to the database."""

    async def run() -> Answer:
        made = visits_app()
        app = VisitsApp(replace(made.intake, commit=commit or made.intake.commit))
        answer = await call(app, token, body)
        await app.close()
        return answer

    told = loops.run(run())
    return told.status, told.body["code"], told.headers["retry-after"]


def test_a_full_queue_is_said_to_be_not_stored(
    phone: Registered, point: Point, now: datetime
) -> None:
    full = GroupCommit[ScanRow, Outcome](ScanTable(), away, Limits(rows_waiting=1))
    body = as_sent([scan(point.code, now) for _ in range(2)])
    assert answered(phone.token, body, commit=full) == NOT_STORED


def test_a_database_that_is_away_is_said_to_be_not_stored(
    phone: Registered, point: Point, now: datetime
) -> None:
    gone = GroupCommit[ScanRow, Outcome](ScanTable(), away)
    assert answered(phone.token, as_sent([scan(point.code, now)]), commit=gone) == NOT_STORED
    assert not Scan.objects.exists()


def test_a_phone_that_cannot_be_looked_up_is_not_said_to_be_unknown(
    phone: Registered, point: Point, now: datetime
) -> None:
    def lost(tokens: object) -> dict[str, Sender]:
        raise OperationalError

    async def run() -> Answer:
        made = visits_app()
        gate = replace(made.intake.gate, senders=Remembered(lost))
        app = VisitsApp(replace(made.intake, gate=gate))
        answer = await call(app, phone.token, as_sent([scan(point.code, now)]))
        made.intake.gate.close()
        await app.close()
        return answer

    told = loops.run(run())
    assert (told.status, told.body["code"], told.headers["retry-after"]) == NOT_STORED


def test_what_was_sent_before_the_end_is_stored_and_answered(
    phone: Registered, point: Point, now: datetime
) -> None:
    async def run() -> Answer:
        app = visits_app()
        await call(app, phone.token, b'{"visits": []}')  # who sends is known from here
        await call(app, phone.token, as_sent([scan(point.code, now)]))
        waiting = asyncio.create_task(call(app, phone.token, as_sent([scan(point.code, now)])))
        while not app.intake.commit.rows_waiting:
            await asyncio.sleep(0)
        await app.close()
        return await waiting

    assert loops.run(run()).body["stored"] == 1
    assert Scan.objects.count() == 2


def test_whoever_asks_again_too_soon_is_told_when(
    phone: Registered, point: Point, now: datetime
) -> None:
    wrong = "vxc_" + "0" * 32 + "_" + "A" * 43
    body = as_sent([scan(point.code, now)])

    async def told(address: str, other: str) -> list[tuple[int, str]]:
        made = visits_app()
        app = VisitsApp(replace(made.intake, now=lambda: 0))  # nothing refills meanwhile
        for _ in range(121):
            await call(app, wrong, body, address=address)
        answers = [await call(app, wrong, body, address=one) for one in (address, other)]
        await app.close()
        return [(one.status, one.headers.get("retry-after", "")) for one in answers]

    blocked, free = (429, "60"), (401, "")
    assert loops.run(told("10.0.0.9", "10.0.0.8")) == [blocked, free]
    assert loops.run(told("2001:db8:1:2::1", "2001:db8:1:2:ffff::2")) == [blocked, blocked]
    assert loops.run(told("127.0.0.1", "::1")) == [free, free]


async def sent_raw(app: VisitsApp, token: str, *parts: Message) -> list[Message]:
    """What is answered to a body of which no more than these parts come."""
    coming, sent = list(parts), list[Message]()

    async def receive() -> Message:
        if not coming:
            await asyncio.Event().wait()
        return coming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"authorization", f"Bearer {token}".encode())]
    scope = {"type": "http", "method": "POST", "headers": headers, "client": ("10.0.0.9", 5)}
    await app(scope, receive, send)
    return sent


def part(body: bytes) -> Message:
    return {"type": "http.request", "body": body, "more_body": True}


def test_a_body_that_does_not_end_is_answered_in_time(
    phone: Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "REQUEST_SECONDS", 0.05)

    async def run() -> list[Message]:
        app = visits_app()
        sent = await sent_raw(app, phone.token, part(b'{"visits": ['))
        await app.close()
        return sent

    assert loops.run(run())[0]["status"] == 503


def test_who_hangs_up_before_the_end_of_a_body_leaves_nothing(
    phone: Registered, point: Point, now: datetime
) -> None:
    async def run() -> list[Message]:
        app = visits_app()
        body = as_sent([scan(point.code, now)])
        sent = await sent_raw(app, phone.token, part(body), {"type": "http.disconnect"})
        await app.close()
        return sent

    assert loops.run(run()) == []
    assert not Scan.objects.exists()


def test_what_was_said_to_be_not_stored_and_is_there_all_the_same_is_a_duplicate_later(
    phone: Registered, point: Point, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = connection.get_connection_params()
    kept = {"dbname", "user", "host", "port", "password", "options"}
    given = {key: said[key] for key in kept & said.keys()}
    body = as_sent([scan(point.code, now)])

    async def run() -> list[Answer]:
        app = visits_app()
        await call(app, phone.token, as_sent([scan("000000001", now), scan(point.code, now)]))
        with psycopg.connect(**given) as other:
            other.execute("LOCK TABLE checkins_scan IN ACCESS EXCLUSIVE MODE")
            monkeypatch.setattr(visits, "REQUEST_SECONDS", 0.2)
            first = await call(app, phone.token, body)
        monkeypatch.undo()
        second = await call(app, phone.token, body)
        await app.close()
        return [first, second]

    first, second = loops.run(run())
    assert (first.status, first.body["code"]) == NOT_STORED[:2]
    assert second.body == {"stored": 0, "duplicate": 1, "refused": []}
    assert Scan.objects.count() == 2
