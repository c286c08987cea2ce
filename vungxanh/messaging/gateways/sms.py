"""Short messages into a folder, into memory, or by the way that the settings name."""

import atexit
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from vungxanh.core.durable import write_whole
from vungxanh.messaging.gateways.mail import NotSentError
from vungxanh.messaging.gateways.short_messages import (
    CameIn,
    Handed,
    Receipt,
    ShortMessage,
    SmsGateway,
)
from vungxanh.messaging.gateways.smpp import SmppSmsGateway
from vungxanh.messaging.gateways.smpp_session import Account
from vungxanh.messaging.gateways.sms_http import (
    HttpSmsGateway,
    UnreadableError,
    as_json,
    came_in_of,
    n_parts,
    receipt_of,
)
from vungxanh.messaging.gateways.spool import Spool

Came = TypeVar("Came")


@dataclass(frozen=True, slots=True)
class FileSmsGateway:
    """One JSON file a message, for a modem or relay of the operator's own. They are not sealed.

    Messages go to `out/<reference>.json`; `in/*.in.json` and `in/*.receipt.json` come back in the
    shapes of the webhooks.
    """

    folder: Path
    sender: str

    def send(self, message: ShortMessage) -> Handed:
        """Write one file; a repeat replaces it."""
        content, taken = as_json(message, self.sender), Handed(message.reference, n_parts(message))
        out = self.folder / "out"
        try:
            out.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(out / f"{message.reference}.json", content)
        except OSError as failure:
            raise NotSentError("unreachable") from failure
        return taken

    def receipts(self) -> Iterator[Receipt]:
        """Read `in/*.receipt.json`; each file is deleted once its report is kept."""
        return _handed_out(self.folder / "in", "*.receipt.json", receipt_of)

    def came_in(self) -> Iterator[CameIn]:
        """Read `in/*.in.json`; each file is deleted once its message is kept."""
        return _handed_out(self.folder / "in", "*.in.json", came_in_of)


@dataclass(slots=True)
class MemorySmsGateway:
    """Keeps messages for tests; fails as often as told beforehand."""

    sent: list[ShortMessage] = field(default_factory=list)
    failures: list[NotSentError] = field(default_factory=list)
    reported: list[Receipt] = field(default_factory=list)
    arrived: list[CameIn] = field(default_factory=list)

    def send(self, message: ShortMessage) -> Handed:
        """Keep it, or fail with the next failure."""
        if self.failures:
            raise self.failures.pop(0)
        taken = Handed(f"memory-{message.reference}", n_parts(message))
        self.sent.append(message)
        return taken

    def receipts(self) -> Iterator[Receipt]:
        """Hand out and forget."""
        return _emptied(self.reported)

    def came_in(self) -> Iterator[CameIn]:
        """Hand out and forget."""
        return _emptied(self.arrived)


class NoSmsGateway:
    """No way out is set: messages wait."""

    def send(self, message: ShortMessage) -> Handed:
        """Never sends."""
        raise NotSentError("no_server")

    def receipts(self) -> tuple[Receipt, ...]:
        """None."""
        return ()

    def came_in(self) -> tuple[CameIn, ...]:
        """None."""
        return ()


def sms_gateway() -> SmsGateway:
    """The way out that the installation's settings name; one SMPP session for the process."""
    said = settings.SMS
    if said.form == "http":
        return HttpSmsGateway(said.url, said.token, said.sender, said.authorities)
    if said.form == "smpp":
        account = Account(
            said.host, said.port, said.user, said.password, said.security, said.authorities
        )
        return _session_of(account, said.sender, is_payload=said.long == "payload")
    return FileSmsGateway(Path(said.folder), said.sender) if said.form == "file" else NoSmsGateway()


def oa_gateway() -> SmsGateway:
    """The broker of official accounts that the settings name."""
    said = settings.OA
    return HttpSmsGateway(said.url, said.token, said.sender) if said.url else NoSmsGateway()


@lru_cache(maxsize=1)
def _session_of(account: Account, sender: str, *, is_payload: bool) -> SmppSmsGateway:
    made = SmppSmsGateway(account, sender, Spool(settings.HOME / "smpp"), is_payload=is_payload)
    atexit.register(made.close)
    return made


def _handed_out(folder: Path, names: str, read: Callable[[bytes], Came]) -> Iterator[Came]:
    """Each file's content in the order of names; one that cannot be read is put aside by name."""
    for path in sorted(folder.glob(names)):
        try:
            found = read(path.read_bytes())
        except UnreadableError:
            path.rename(path.with_name(f"{path.name}.unreadable"))
            continue
        yield found
        path.unlink(missing_ok=True)


def _emptied(waiting: list[Came]) -> Iterator[Came]:
    while waiting:
        yield waiting[0]
        waiting.pop(0)
