"""`POST /api/v1/visits`: the scans of phones, as a raw ASGI application beside Django.

Decoded, judged by what is remembered of tokens and points, put to the group commit, and answered
after its COMMIT. Only tokens and points that nobody sent lately are asked of the database.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

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
from vungxanh.core import clock
from vungxanh.core.async_connections import connector
from vungxanh.core.bridge import GoneError, Receive, Scope, Send
from vungxanh.core.group_commit import GroupCommit, NotStoredError
from vungxanh.core.limits.addresses import counted_address
from vungxanh.core.limits.local import Buckets
from vungxanh.core.limits.rule import Rate, Wait
from vungxanh.core.raw_asgi import body_of, header, language_of, send_json, send_refusal
from vungxanh.core.remembered import Remembered
from vungxanh.core.same_origin import is_same_origin
from vungxanh.people.actions.senders import senders
from vungxanh.people.values.devices import COOKIE
from vungxanh.people.values.senders import Sender
from vungxanh.refusals import RefusalError

PATH: Final = "/api/v1/visits"
BODIES_OF_DEVICE: Final = Rate(600, 60)
BAD_TOKENS_OF_ADDRESS: Final = Rate(120, 60)
REQUEST_SECONDS: Final = 15.0
_BEARER: Final = b"Bearer "
_COOKIE: Final = COOKIE.encode()
_KEEPER: Final = "vxd_"


@dataclass(frozen=True, slots=True)
class Intake:
    """Where scans go, and what is remembered of who sends them and of points.

    `now` tells microseconds since 1970.
    """

    commit: GroupCommit[ScanRow, Outcome]
    senders: Remembered[str, Sender]
    points: Remembered[str, KnownPoint]
    now: Callable[[], int]
    buckets: Buckets
    others: OthersKeeper

    async def take(self, token: str, body: bytes, address: str) -> ScansTold:
        """Keep the scans of a body. Raises the refusals of `scan_refusals`."""
        if token.startswith(_KEEPER):
            return await self.others.keep(_read(body), await self._keeper(token, address))
        sender = await self._sender(token, address)
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
            return await self.others.keep(sent, await self._holder(token))
        told = iter(await self.commit.put(rows)) if rows else iter(())
        outcomes = [one if isinstance(one, Refusal) else next(told) for one in judged]
        return told_of(sent, outcomes)

    async def _sender(self, token: str, address: str) -> Sender:
        tick = asyncio.get_running_loop().time
        sender = self.senders.known(token, tick())
        if sender is None:
            where = self._unblocked(address)
            await self.senders.learn([token])
            sender = self.senders.known(token, tick())
            if sender is None:
                self._note_bad(where)
                raise NoSenderError
        self._must_be_few(sender.device_id)
        return sender

    async def _holder(self, token: str) -> ScanSender:
        """Whose a phone is now: somebody may have turned out to be another within the minute."""
        await self.senders.learn([token])
        sender = self.senders.known(token, asyncio.get_running_loop().time())
        if sender is None:
            raise NoSenderError
        return ScanSender(sender.person_id, sender.device_id)

    async def _keeper(self, token: str, address: str) -> ScanSender:
        """A keeper's device. What was taken away is out at once: nothing of it is remembered."""
        where = self._unblocked(address)
        keeper = await self.others.keeper(token)
        if keeper is None:
            self._note_bad(where)
            raise NoSenderError
        self._must_be_few(keeper.device_id)
        return keeper

    def _must_be_few(self, device_id: UUID) -> None:
        if not self.buckets.take(device_id.bytes, BODIES_OF_DEVICE, self.now()):
            raise ScansTooOftenError

    def _unblocked(self, address: str) -> bytes:
        """What an address is counted by. Refuses one that tried too many tokens."""
        where = counted_address(address).encode()
        blocked = self.buckets.blocked(where, self.now())
        if blocked:
            raise ScansTooOftenError(blocked.seconds)
        return where

    def _note_bad(self, address: bytes) -> None:
        """Whoever tries many tokens waits before the database is asked again."""
        if not address:
            return
        now = self.now()
        if not self.buckets.take(address, BAD_TOKENS_OF_ADDRESS, now):
            self.buckets.block(address, now, Wait(BAD_TOKENS_OF_ADDRESS.per_seconds))

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
        self.intake.senders.close()
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
        token = header(scope, b"authorization")
        shown = token.removeprefix(_BEARER) if token.startswith(_BEARER) else _by_cookie(scope)
        address = str((scope.get("client") or ("",))[0])
        return await self.intake.take(shown.decode("latin-1").strip(), body, address)


def _by_cookie(scope: Scope) -> bytes:
    """The token that a browser keeps for the page of ours which sends; no other page may send."""
    host = header(scope, b"host").decode("latin-1")
    is_ours = is_same_origin(
        fetch_site=header(scope, b"sec-fetch-site").decode("latin-1"),
        origin=header(scope, b"origin").decode("latin-1"),
        own=f"{scope.get('scheme', '')}://{host}",
    )
    parts = header(scope, b"cookie").split(b";") if is_ours else ()
    for one in parts:
        name, _, value = one.strip().partition(b"=")
        if name == _COOKIE:
            return value
    raise NoSenderError


def _read(body: bytes) -> list[SentScan]:
    try:
        return decoder.decode(body).visits
    except (msgspec.MsgspecError, RecursionError) as fault:
        raise ScanFormError(str(fault)) from fault


def visits_app() -> VisitsApp:
    """The application over the table, as a server runs it."""
    connect = connector("vungxanh intake of visits")
    commit = GroupCommit[ScanRow, Outcome](ScanTable(), connect, watch=visit_metrics.note_commit)
    visit_metrics.watch_waiting(lambda: commit.rows_waiting)
    intake = Intake(
        commit=commit,
        senders=Remembered(lambda tokens: senders(tokens=tokens, at=clock.now())),
        points=Remembered(known_points),
        now=lambda: time.time_ns() // 1000,
        buckets=Buckets(),
        others=OthersKeeper(),
    )
    return VisitsApp(intake)
