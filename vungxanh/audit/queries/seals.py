"""The chain's end, signed days, and what waits too long."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection

from vungxanh.audit.models import AuditDay, AuditSeal
from vungxanh.audit.queries.log import CAPABILITY
from vungxanh.audit.rules import DayStatement, KeptSeal, stamp
from vungxanh.audit.values import Seal
from vungxanh.core.viewer import Viewer

# A row is sealed within about a second; what waits longer has no sealer, or one that refuses it.
ALARM_SECONDS = 5
_WAITING = """
    SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(queued_at)), 0)
    FROM audit_unsealedevent
    WHERE queued_at < clock_timestamp() - make_interval(secs => %s)
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that have waited too long for their seal, and the age of the oldest in seconds."""

    n_rows: int
    seconds: float

    @property
    def is_alarming(self) -> bool:
        """Whether somebody should look."""
        return self.n_rows > 0


@dataclass(frozen=True, slots=True)
class SignedDay:
    """A day of the log: how many rows it sealed, and whether they are still here."""

    day: date
    n_rows: int
    head: str
    is_here: bool


class SealLine(NamedTuple):
    """A seal as the table has it, without the cost of a model's instance: there are millions."""

    number: int
    sealed_at: datetime
    last_position: int
    n_rows: int
    sequences: str
    digest: bytes
    tag: bytes


def waiting() -> Waiting:
    """What has been unsealed for more than ALARM_SECONDS; a number alone, for anyone.

    A row counts from its writing: one of a long transaction shows for the second after its commit.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [ALARM_SECONDS])
        n_rows, seconds = cursor.fetchone()
    return Waiting(int(n_rows), float(seconds))


def last_seal(*, viewer: Viewer) -> Seal | None:
    """The chain's newest seal."""
    viewer.require(CAPABILITY)
    last = AuditSeal.objects.filter(number__gt=0).order_by("-number").first()
    return Seal(last.last_position, bytes(last.digest).hex(), last.sealed_at) if last else None


def signed_days(*, viewer: Viewer, most: int) -> tuple[SignedDay, ...]:
    """The last signed days, newest first."""
    viewer.require(CAPABILITY)
    first = AuditSeal.objects.filter(number__gt=0).order_by("number").first()
    oldest = first.number if first else None
    return tuple(
        SignedDay(
            row.day,
            row.last_position - row.first_position + 1,
            bytes(row.head).hex(),
            oldest is not None and row.last_seal >= oldest,
        )
        for row in AuditDay.objects.order_by("-day")[:most]
    )


def kept_seal(day: date | None, *, viewer: Viewer) -> KeptSeal | None:
    """A day's statement with its signature, of the newest day where none is named."""
    viewer.require(CAPABILITY)
    chosen = AuditDay.objects.filter(day=day) if day else AuditDay.objects.order_by("-day")
    row = chosen.first()
    return as_kept(row) if row else None


def as_kept(row: AuditDay) -> KeptSeal:
    """A signed day as it stands in a file."""
    return KeptSeal(statement_of(row), bytes(row.key), bytes(row.signature))


def statement_of(row: AuditDay) -> DayStatement:
    """What is signed of a day."""
    return DayStatement(
        day=row.day,
        first_seal=row.first_seal,
        last_seal=row.last_seal,
        first_position=row.first_position,
        last_position=row.last_position,
        head=bytes(row.head),
        before=bytes(row.before),
        signed=signed_text(row.signed_at),
    )


def signed_text(at: datetime) -> str:
    """When a day was signed, as the statement says it."""
    return stamp(at).replace(" ", "T").replace("+00", "Z")


def head_of(seal: AuditSeal | SealLine) -> str:
    """The line of a seal that its digest covers."""
    return "\t".join(
        (
            str(seal.number),
            str(seal.last_position),
            str(seal.n_rows),
            stamp(seal.sealed_at),
            seal.sequences,
        )
    )
