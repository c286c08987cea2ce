"""The signatures of days: each true, each going on from the one before, under our own key."""

from collections.abc import Sequence
from datetime import date

from vungxanh.audit.models import AuditDay, AuditEvent, AuditSeal
from vungxanh.audit.queries import lines
from vungxanh.audit.queries.keyring import row_tagger, signing_keys
from vungxanh.audit.queries.seals import as_kept
from vungxanh.audit.rules import GENESIS, Fault, KeptSeal, public_key
from vungxanh.audit.rules.faults import DamageError

_PURGED = "audit.day_purged"
_PREFIX = "day:"


def check(days: Sequence[AuditDay], kept: KeptSeal | None) -> None:
    """Raise for the first day that is not as it was signed, or missing between others."""
    own = {public_key(secret) for secret in signing_keys()}
    seal, position, head = 0, 0, older_head()
    for day in days:
        _check_signature(day, own)
        if day.first_seal != seal + 1 or day.first_position != position + 1:
            raise DamageError(Fault.DAY_MISSING, day=day.day, seal=seal + 1)
        if bytes(day.before) != head:
            raise DamageError(Fault.DAY_CHANGED, day=day.day)
        seal, position, head = day.last_seal, day.last_position, bytes(day.head)
    if kept:
        _check_kept(days, kept, own)


def older_head() -> bytes:
    """What the first seal goes on from: nothing, or the head of a chain of an earlier form."""
    older = AuditSeal.objects.filter(number=0).first()
    return bytes(older.digest) if older else GENESIS


def last_purged() -> date | None:
    """The last day whose rows were let go, as a true row of the log says; all before it went too.

    A row that says so without a true tag is no proof: then the seals of that day are missing.
    """
    tagger = row_tagger()
    lines.fix_formats()
    proven = [
        sequence for sequence, tag, content in lines.of_event(_PURGED) if tagger.holds(content, tag)
    ]
    subjects = AuditEvent.objects.filter(sequence__in=proven).values_list("subject", flat=True)
    days = [date.fromisoformat(subject.removeprefix(_PREFIX)) for subject in subjects]
    return max(days, default=None)


def _check_signature(day: AuditDay, own: set[bytes]) -> None:
    if bytes(day.key) not in own:
        raise DamageError(Fault.KEY_UNKNOWN, day=day.day)
    if not as_kept(day).is_true:
        raise DamageError(Fault.DAY_CHANGED, day=day.day)


def _check_kept(days: Sequence[AuditDay], kept: KeptSeal, own: set[bytes]) -> None:
    said = kept.statement
    if kept.key not in own:
        raise DamageError(Fault.KEY_UNKNOWN, day=said.day)
    here = {day.day: day for day in days}.get(said.day)
    if here and as_kept(here).statement != said:
        raise DamageError(Fault.SEAL_DIFFERS, day=said.day, seal=said.last_seal)
    if here is None and days and days[-1].day > said.day:
        raise DamageError(Fault.DAY_MISSING, day=said.day)
