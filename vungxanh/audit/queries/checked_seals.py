"""Every seal with its rows, in chunks: tags, ranges, digests, and the heads that were signed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from vungxanh.audit.models import AuditDay, AuditSeal
from vungxanh.audit.queries import checked_days, checked_rows
from vungxanh.audit.queries.keyring import seal_tagger
from vungxanh.audit.queries.seals import SealLine, head_of
from vungxanh.audit.rules import TAG_BYTES, Fault, KeptSeal, in_ranges, seal_digest
from vungxanh.audit.rules.faults import DamageError
from vungxanh.core.clock import TZ

# Rows in memory at a time: some 5 MB.
CHUNK_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Start:
    """A place in the chain: the last seal's number, its last row's position and its digest."""

    number: int
    position: int
    digest: bytes


Heads = Mapping[int, tuple[bytes, Fault, date]]


def beginning() -> Start:
    """Before the first seal."""
    return Start(0, 0, checked_days.older_head())


def check(
    start: Start,
    ends: Mapping[int, AuditDay],
    *,
    kept: KeptSeal | None,
    progress: Callable[[int], None],
) -> Start:
    """Raise for the first seal or row that does not hold, else say where the chain ends."""
    heads = {number: (bytes(day.head), Fault.DAY_CHANGED, day.day) for number, day in ends.items()}
    if kept:
        said = kept.statement
        heads[said.last_seal] = (said.head, Fault.SEAL_DIFFERS, said.day)
    at, last_signed, day = start, max(ends, default=0), None
    _check_older()
    for chunk in _chunks(start.number):
        rows = checked_rows.Rows([r for seal in chunk for r in in_ranges(seal.sequences)])
        for seal in chunk:
            at = _following(at, seal, rows)
            _check_head(at, heads)
            day = _check_day_is_signed(seal, day, last_signed)
        progress(at.position - start.position)
    return at


def _chunks(after: int) -> Iterator[list[SealLine]]:
    chunk: list[SealLine] = []
    n_rows = 0
    seals = AuditSeal.objects.filter(number__gt=after).order_by("number")
    lines = seals.values_list(*SealLine._fields)
    for seal in map(SealLine._make, lines.iterator(chunk_size=2000)):
        chunk.append(seal)
        n_rows += seal.n_rows
        if n_rows >= CHUNK_ROWS:
            yield chunk
            chunk, n_rows = [], 0
    if chunk:
        yield chunk


def _following(at: Start, seal: SealLine, rows: checked_rows.Rows) -> Start:
    day, number = _day(seal), seal.number
    if seal.number != at.number + 1:
        raise DamageError(Fault.SEAL_MISSING, day=day, seal=at.number + 1)
    _check_tag(seal)
    tags = rows.tags(in_ranges(seal.sequences), seal=number, day=day)
    digest = bytes(seal.digest)
    if at.position + seal.n_rows != seal.last_position or seal.n_rows * TAG_BYTES != len(tags):
        raise DamageError(Fault.SEAL_CHANGED, day=day, seal=number)
    if seal_digest(at.digest, head_of(seal), tags) != digest:
        raise DamageError(Fault.ROWS_MOVED, day=day, seal=number)
    return Start(seal.number, seal.last_position, digest)


def _check_tag(seal: AuditSeal | SealLine) -> None:
    tagger, tag = seal_tagger(), bytes(seal.tag)
    if not tagger.holds(bytes(seal.digest), tag):
        fault = Fault.SEAL_CHANGED if tagger.knows(tag) else Fault.KEY_UNKNOWN
        raise DamageError(fault, day=_day(seal), seal=seal.number)


def _check_older() -> None:
    """The head of an earlier chain is tagged like a seal."""
    older = AuditSeal.objects.filter(number=0).first()
    if older:
        _check_tag(older)


def _check_head(at: Start, heads: Heads) -> None:
    if at.number not in heads:
        return
    head, fault, day = heads[at.number]
    if head != at.digest:
        raise DamageError(fault, day=day, seal=at.number)


def _check_day_is_signed(seal: SealLine, before: date | None, last_signed: int) -> date:
    """A day is signed before the next begins, so an unsigned one followed by another lost it."""
    day = _day(seal)
    if before and day > before and seal.number - 1 > last_signed:
        raise DamageError(Fault.DAY_MISSING, day=before, seal=seal.number - 1)
    return day


def _day(seal: AuditSeal | SealLine) -> date:
    return seal.sealed_at.astimezone(TZ).date()
