"""The way in for e-mail: an IMAP mailbox, a folder of `.eml` files, memory.

A mail is put away only after whoever keeps it has returned, so a program that dies in between
finds it again: it is then known by its content.
"""

import imaplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from django.conf import settings
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from vungxanh.documents.mails import MOST_BYTES

SECONDS: Final = 20
SEEN: Final = "\\Seen"


class NotReadError(Exception):
    """The mailbox cannot be read; `problem` is "unreachable" or "refused"."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Arrived:
    """One mail as it lies in the mailbox; `raw` is None where it is too large to be taken."""

    n_bytes: int
    raw: bytes | None


Keeper = Callable[[Arrived], None]


class InboxGateway(Protocol):
    """Hands out what waits, the oldest first, and puts away what was kept."""

    def each(self, keep: Keeper, *, at_most: int) -> int:
        """Call `keep` for at most so many mails; returns how many. Raises NotReadError."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class ImapInbox:
    """A mailbox of a mail server; `security` is "tls", "starttls" or "none".

    Mails that were read are marked as seen and stay where they are: the office keeps its mailbox.
    """

    host: str
    port: int
    user: str
    password: str
    folder: str
    security: str

    def each(self, keep: Keeper, *, at_most: int) -> int:
        """Read what is not seen yet, without marking it until it is kept."""
        with self._opened() as box:
            waiting = sorted(box.uids("UNSEEN"), key=int)[:at_most]
            for uid in waiting:
                keep(_fetched(box, uid))
                box.flag([uid], SEEN, value=True)
        return len(waiting)

    @contextmanager
    def _opened(self) -> Iterator[BaseMailBox]:
        kinds: dict[str, Callable[..., BaseMailBox]] = {
            "tls": MailBox,
            "starttls": MailBoxStartTls,
            "none": MailBoxUnencrypted,
        }
        try:
            box = kinds[self.security](self.host, self.port, timeout=SECONDS)
        except (OSError, imaplib.IMAP4.error) as failure:
            raise NotReadError("unreachable") from failure
        try:
            box.login(self.user, self.password, initial_folder=self.folder)
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as failure:
            box.client.shutdown()
            said_no = isinstance(failure, MailboxLoginError | MailboxFolderSelectError)
            raise NotReadError("refused" if said_no else "unreachable") from failure
        try:
            yield box
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as failure:
            raise NotReadError("unreachable") from failure
        finally:
            _leave(box)


@dataclass(frozen=True, slots=True)
class FolderInbox:
    """Whole `.eml` files in a folder, from a relay of the operator's own; deleted once kept."""

    folder: Path

    def each(self, keep: Keeper, *, at_most: int) -> int:
        """Read the files in the order of their time."""
        try:
            found = sorted(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        except OSError as failure:
            raise NotReadError("unreachable") from failure
        for path in found[:at_most]:
            n_bytes = path.stat().st_size
            keep(Arrived(n_bytes, path.read_bytes() if n_bytes <= MOST_BYTES else None))
            path.unlink()
        return len(found[:at_most])


@dataclass(slots=True)
class MemoryInbox:
    """Mails for tests."""

    waiting: list[bytes] = field(default_factory=list)

    def each(self, keep: Keeper, *, at_most: int) -> int:
        """Hand out and forget."""
        n_kept = 0
        while self.waiting and n_kept < at_most:
            keep(Arrived(len(self.waiting[0]), self.waiting[0]))
            self.waiting.pop(0)
            n_kept += 1
        return n_kept


def inbox_gateway() -> InboxGateway | None:
    """The way in that the installation's settings name; None where there is none."""
    said = settings.INBOX
    if said.form == "imap":
        return ImapInbox(said.host, said.port, said.user, said.password, said.folder, said.security)
    return FolderInbox(Path(said.folder)) if said.form == "file" else None


def _fetched(box: BaseMailBox, uid: str) -> Arrived:
    """One mail, its size asked for before its bytes."""
    client: Any = box.client
    n_bytes = _size(client.uid("FETCH", uid, "(RFC822.SIZE)")[1])
    if n_bytes > MOST_BYTES:
        return Arrived(n_bytes, None)
    answer = client.uid("FETCH", uid, "(BODY.PEEK[])")[1]
    parts = [part[1] for part in answer if isinstance(part, tuple)]
    return Arrived(n_bytes, parts[0] if parts else b"")


def _size(answer: list[Any]) -> int:
    """The number after RFC822.SIZE; 0 where the server says none."""
    text = b" ".join(part for part in answer if isinstance(part, bytes)).decode("ascii", "replace")
    digits = text.rpartition("RFC822.SIZE ")[2].split(")")[0].split(" ")[0]
    return int(digits) if digits.isdigit() else 0


def _leave(box: BaseMailBox) -> None:
    try:
        box.logout()
    except (OSError, imaplib.IMAP4.error, ImapToolsError):
        return  # the server has gone already
