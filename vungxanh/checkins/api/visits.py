"""`POST /api/v1/visits`: the scans of phones, as a raw ASGI application beside Django.

Decoded, judged by what is remembered of tokens and points, put to the group commit, and answered
after its COMMIT. Only tokens and points that nobody sent lately are asked of the database.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from django.db import Error as DatabaseError

from vungxanh.checkins.actions.scanning import ScanSender
from vungxanh.checkins.api import visit_metrics
from vungxanh.checkins.api.others import OthersKeeper
from vungxanh.checkins.gateways.scan_table import ScanTable
from vungxanh.checkins.queries.known_points import known_points
from vungxanh.checkins.values.scan_body import (
    BODY_BYTES,
    ScansTold,
    SentScan,
    decoder,
    encoder,
)
from vungxanh.checkins.values.scan_judging import kept, short_code
from vungxanh.checkins.values.scan_judging import told as told_of
from vungxanh.checkins.values.scan_refusals import (
    NoSenderError,
    OnlyPostError,
    ScanFormError,
    ScansNotStoredError,
    ScansTooLargeError,
    ScansTooOftenError,
)
from vungxanh.checkins.values.scans import KnownPoint, Outcome, Refusal, ScanRow
from vungxanh.core.async_connections import connector
from vungxanh.core.bridge import GoneError, Receive, Scope, Send
from vungxanh.core.group_commit import GroupCommit, NotStoredError
from vungxanh.core.limits.rule import Rate
from vungxanh.core.raw_asgi import body_of, language_of, send_json, send_refusal, token_of
from vungxanh.core.remembered import Remembered
from vungxanh.people.actions.sender_gate import SenderGate
from vungxanh.people.values.devices import COOKIE
from vungxanh.refusals import RefusalError

PATH: Final = "/api/v1/visits"
BODIES_OF_DEVICE: Final = Rate(600, 60)
REQUEST_SECONDS: Final = 15.0
_COOKIE: Final = COOKIE.encode()
_KEEPER: Final = "vxd_"


@dataclass(frozen=True, slots=True)
class Intake:
    """Where scans go, and what is remembered of who sends them and of points.

    `now` tells microseconds since 1970.
    """

    commit: GroupCommit[ScanRow, Outcome]
    gate: SenderGate
    points: Remembered[str, KnownPoint]
    now: Callable[[], int]
    others: OthersKeeper

    async def take(self, token: str, body: bytes, address: str) -> ScansTold:
        """Keep the scans of a body. Raises the refusals of `scan_refusals`."""
        if token.startswith(_KEEPER):
            return await self.others.keep(_read(body), await self._keeper(token, address))
        sender = await self.gate.sender(token, address)
        sent = _read(body)
        points = await self._points(sent)
        now = self.now()
        judged = [
            kept(
                scan,
                person_id=sender.person_id,
                device_id=sender.device_id,
                point=points.get(scan.point),
                now=now,
            )
            for scan in sent
        ]
        rows = [one for one in judged if isinstance(one, ScanRow)]
        if len(rows) < len(judged) and Refusal.SUBJECT_NOT_ALLOWED in judged:
            holder = await self.gate.anew(token)
            return await self.others.keep(sent, ScanSender(holder.person_id, holder.device_id))
        told = iter(await self.commit.put(rows)) if rows else iter(())
        outcomes = [one if isinstance(one, Refusal) else next(told) for one in judged]
        return told_of(sent, outcomes)

    async def _keeper(self, token: str, address: str) -> ScanSender:
        """A keeper's device. What was taken away is out at once: nothing of it is remembered."""
        where = self.gate.unblocked(address)
        keeper = await self.others.keeper(token)
        if keeper is None:
            self.gate.note_bad(where)
            raise NoSenderError
        self.gate.must_be_few(keeper.device_id)
        return keeper

    async def _points(self, sent: Sequence[SentScan]) -> dict[str, KnownPoint]:
        """The points of a body by their codes as they were sent."""
        tick = asyncio.get_running_loop().time
        codes = {one: code for one in {scan.point for scan in sent} if (code := short_code(one))}
        now = tick()
        missing = [code for code in codes.values() if self.points.known(code, now) is None]
        if missing:
            await self.points.learn(missing)
            now = tick()
        found = {one: self.points.known(code, now) for one, code in codes.items()}
        return {one: point for one, point in found.items() if point is not None}


class VisitsApp:
    """The ASGI application."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake

    async def close(self) -> None:
        """Write what waits, then end."""
        await self.intake.commit.close()
        self.intake.gate.close()
        self.intake.points.close()
        self.intake.others.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                told = await self._told(scope, receive)
        except GoneError:
            return
        except RefusalError as refusal:
            await self._refuse(scope, send, refusal)
        except (NotStoredError, TimeoutError, DatabaseError):
            await self._refuse(scope, send, ScansNotStoredError())
        else:
            visit_metrics.note_told(told)
            await send_json(send, 200, encoder.encode(told))

    async def _refuse(self, scope: Scope, send: Send, refusal: RefusalError) -> None:
        visit_metrics.note_refused(refusal.code)
        await send_refusal(send, refusal, language_of(scope))

    async def _told(self, scope: Scope, receive: Receive) -> ScansTold:
        if scope["method"] != "POST":
            raise OnlyPostError
        body = await body_of(scope, receive, most=BODY_BYTES)
        if body is None:
            raise ScansTooLargeError
        token = token_of(scope, cookie=_COOKIE)
        if not token:
            raise NoSenderError
        address = str((scope.get("client") or ("",))[0])
        return await self.intake.take(token, body, address)


def _read(body: bytes) -> list[SentScan]:
    try:
        return decoder.decode(body).visits
    except (msgspec.MsgspecError, RecursionError) as fault:
        raise ScanFormError(str(fault)) from fault


def _now() -> int:
    return time.time_ns() // 1000


def visits_app() -> VisitsApp:
    """The application over the table, as a server runs it."""
    connect = connector("vungxanh intake of visits")
    commit = GroupCommit[ScanRow, Outcome](ScanTable(), connect, watch=visit_metrics.note_commit)
    visit_metrics.watch_waiting(lambda: commit.rows_waiting)
    intake = Intake(
        commit=commit,
        gate=SenderGate(BODIES_OF_DEVICE, NoSenderError, ScansTooOftenError, _now),
        points=Remembered(known_points),
        now=_now,
        others=OthersKeeper(),
    )
    return VisitsApp(intake)
