"""`POST /api/v1/declarations`: what phones declare, as a raw ASGI application beside Django.

A body in which a phone declares for its holder alone goes to the group commit, which judges a batch
in one transaction. Dependants, and whom a keeper's device read, go by threads beside it.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeVar

import msgspec
from django.conf import settings
from django.db import Error as DatabaseError

from vungxanh.checkins.queries.door_devices import kept_by_token
from vungxanh.core import clock, group_commit
from vungxanh.core.async_connections import connector
from vungxanh.core.bridge import GoneError, Receive, Scope, Send
from vungxanh.core.group_commit import GroupCommit, Limits
from vungxanh.core.limits.rule import Rate
from vungxanh.core.own_threads import OwnThreads, TooManyWaitError
from vungxanh.core.raw_asgi import body_of, language_of, send_json, send_refusal, token_of
from vungxanh.declarations.actions.declaring_for import DeclarationSender, declare_sent, made_of
from vungxanh.declarations.actions.queueing import ask_to_apply
from vungxanh.declarations.api import declaration_metrics
from vungxanh.declarations.gateways.declaration_table import DeclarationTable
from vungxanh.declarations.values.declaration_body import (
    BODY_BYTES,
    DeclarationsTold,
    SentDeclaration,
    answer_to,
    decoder,
    encoder,
)
from vungxanh.declarations.values.declared import Made, Told
from vungxanh.declarations.values.intake_refusals import (
    BodyFormError,
    NoSenderError,
    NotStoredError,
    OnlyPostError,
    TooLargeError,
    TooOftenError,
)
from vungxanh.people.actions.sender_gate import SenderGate
from vungxanh.people.values.devices import COOKIE
from vungxanh.refusals import RefusalError

PATH: Final = "/api/v1/declarations"
BODIES_OF_DEVICE: Final = Rate(60, 60)
BODIES_OF_ADDRESS: Final = Rate(6_000, 60)
"""Thousands of phones of one operator stand behind one address."""
REQUEST_SECONDS: Final = 15.0
LIMITS: Final = Limits(rows_waiting=5_000, rows_of_a_batch=200)
NUDGE_SECONDS: Final = 1.0
_COOKIE: Final = COOKIE.encode()
_KEEPER: Final = "vxd_"
Answer = TypeVar("Answer")


@dataclass(slots=True)
class Nudge:
    """Asks the worker to apply what came, once for what came within a second."""

    threads: OwnThreads
    _task: "asyncio.Task[None] | None" = None

    def nudge(self) -> None:
        """Something was kept; what fails here, or may not, the sweep of each minute does."""
        if not settings.IS_INTAKE and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._ask())

    def close(self) -> None:
        """Leave it to the sweep."""
        if self._task is not None:
            self._task.cancel()

    async def _ask(self) -> None:
        await asyncio.sleep(NUDGE_SECONDS)
        with suppress(DatabaseError, TooManyWaitError):
            await self.threads.run(ask_to_apply)


@dataclass(frozen=True, slots=True)
class Intake:
    """Where declarations go, and who may send them. `now` tells microseconds since 1970."""

    commit: GroupCommit[Made, Told]
    gate: SenderGate
    threads: OwnThreads
    nudge: Nudge
    now: Callable[[], int]

    async def take(self, token: str, body: bytes, address: str) -> DeclarationsTold:
        """Keep the declarations of a body. Raises the refusals of `intake_refusals`."""
        self._must_be_few(address)
        if token.startswith(_KEEPER):
            keeper = await self._keeper(token, address)
            return await self._others(_read(body), keeper)
        found = await self.gate.sender(token, address)
        sender = DeclarationSender(found.person_id, found.device_id)
        sent = _read(body)
        if any(one.subject.kind != "self" or one.point for one in sent):
            return await self._others(sent, await self._anew(token))
        told = await self._own(sent, sender)
        if any(one.outcome == "subject_unknown" for one in told):
            told = await self._own(sent, await self._anew(token))
        return self._answer(told)

    async def close(self) -> None:
        """Write what waits, then end."""
        await self.commit.close()
        self.nudge.close()
        self.gate.close()
        self.threads.close()

    async def _own(self, sent: Sequence[SentDeclaration], sender: DeclarationSender) -> list[Told]:
        now = datetime.fromtimestamp(self.now() / 1_000_000, UTC)
        judged = [made_of(one, sender, now=now) for one in sent]
        rows = [one for one in judged if isinstance(one, Made)]
        told = iter(await self.commit.put(rows)) if rows else iter(())
        return [one if isinstance(one, Told) else next(told) for one in judged]

    async def _others(
        self, sent: Sequence[SentDeclaration], sender: DeclarationSender
    ) -> DeclarationsTold:
        return self._answer(
            await self._run(lambda: declare_sent(sent=sent, sender=sender, at=clock.now()))
        )

    async def _anew(self, token: str) -> DeclarationSender:
        found = await self.gate.anew(token)
        return DeclarationSender(found.person_id, found.device_id)

    async def _keeper(self, token: str, address: str) -> DeclarationSender:
        """A keeper's device, asked anew each time."""
        where = self.gate.unblocked(address)
        found = await self._run(lambda: kept_by_token(token, clock.now()))
        if found is None:
            self.gate.note_bad(where)
            raise NoSenderError
        self.gate.must_be_few(found[0])
        return DeclarationSender(None, found[0], found[1])

    async def _run(self, work: Callable[[], Answer]) -> Answer:
        try:
            return await self.threads.run(work)
        except TooManyWaitError as many:
            raise NotStoredError from many

    def _must_be_few(self, address: str) -> None:
        where = self.gate.unblocked(address)
        if where and not self.gate.buckets.take(b"a" + where, BODIES_OF_ADDRESS, self.now()):
            raise TooOftenError

    def _answer(self, told: Sequence[Told]) -> DeclarationsTold:
        if any(one.is_kept for one in told):
            self.nudge.nudge()
        return answer_to(told)


class DeclarationsApp:
    """The ASGI application."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake

    async def close(self) -> None:
        """Write what waits, then end."""
        await self.intake.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                told = await self._told(scope, receive)
        except GoneError:
            return
        except RefusalError as refusal:
            await self._refuse(scope, send, refusal)
        except (group_commit.NotStoredError, TimeoutError, DatabaseError):
            await self._refuse(scope, send, NotStoredError())
        else:
            declaration_metrics.note_told(told)
            await send_json(send, 200, encoder.encode(told))

    async def _refuse(self, scope: Scope, send: Send, refusal: RefusalError) -> None:
        declaration_metrics.note_refused(refusal.code)
        await send_refusal(send, refusal, language_of(scope))

    async def _told(self, scope: Scope, receive: Receive) -> DeclarationsTold:
        if scope["method"] != "POST":
            raise OnlyPostError
        body = await body_of(scope, receive, most=BODY_BYTES)
        if body is None:
            raise TooLargeError
        token = token_of(scope, cookie=_COOKIE)
        if not token:
            raise NoSenderError
        address = str((scope.get("client") or ("",))[0])
        return await self.intake.take(token, body, address)


def _read(body: bytes) -> list[SentDeclaration]:
    try:
        return decoder.decode(body).declarations
    except (msgspec.MsgspecError, RecursionError) as fault:
        raise BodyFormError(str(fault)) from fault


def _now() -> int:
    return time.time_ns() // 1000


def declarations_app() -> DeclarationsApp:
    """The application over the tables, as a server runs it."""
    connect = connector("vungxanh intake of declarations")
    watch = declaration_metrics.note_commit
    commit = GroupCommit[Made, Told](DeclarationTable(), connect, LIMITS, watch=watch)
    declaration_metrics.watch_waiting(lambda: commit.rows_waiting)
    threads = OwnThreads("declaring for others")
    gate = SenderGate(BODIES_OF_DEVICE, NoSenderError, TooOftenError, _now)
    return DeclarationsApp(Intake(commit, gate, threads, Nudge(threads), _now))
