"""Rows against their tags: those of seals, and those outside of any."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from vungxanh.audit.models import AuditEvent, AuditSeal, UnsealedEvent
from vungxanh.audit.queries import lines
from vungxanh.audit.queries.keyring import row_tagger
from vungxanh.audit.rules import Fault, in_ranges
from vungxanh.audit.rules.faults import DamageError
from vungxanh.core.clock import day_start

Range = tuple[int, int]
# Ranges of sequences nearer than this are read as one.
_GAP = 1000
_EVERYTHING = 2**31
_ID_OF_MILLISECOND = 80  # bits of a UUID version 7 behind its time
_COUNTS = """
    SELECT count(*), count(DISTINCT id),
           (SELECT count(*) FROM audit_unsealedevent JOIN audit_auditevent USING (sequence))
    FROM audit_auditevent
"""
_REPEATED = """
    SELECT max(sequence) FROM audit_auditevent GROUP BY id HAVING count(*) > 1 LIMIT 1
"""


class Rows:
    """The tags of the rows in some ranges, and which of them do not hold."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._tagger = row_tagger()
        self._tags: dict[int, bytes] = {}
        self._wrong: set[int] = set()
        lines.fix_formats()
        for first, last in joined(ranges, _GAP):
            tags, wrong = lines.checked(first, last, self._tagger)
            self._tags.update(tags)
            self._wrong |= wrong

    def tags(self, ranges: Sequence[Range], *, seal: int, day: date) -> bytes:
        """The tags of one seal's rows, in order and without anything between them."""
        found: list[bytes] = []
        try:
            for first, last in ranges:
                found += map(self._tags.__getitem__, range(first, last + 1))
        except KeyError as missing:
            row = missing.args[0]
            raise DamageError(Fault.ROW_REMOVED, day=day, seal=seal, row=row) from None
        if self._wrong:
            self._refuse_wrong(ranges, seal, day)
        return lines.unprinted(found)

    def _refuse_wrong(self, ranges: Sequence[Range], seal: int, day: date) -> None:
        here = [row for row in sorted(self._wrong) if any(a <= row <= b for a, b in ranges)]
        if here:
            is_ours = self._tagger.knows(lines.unprinted([self._tags[here[0]]]))
            fault = Fault.ROW_CHANGED if is_ours else Fault.KEY_UNKNOWN
            raise DamageError(fault, day=day, seal=seal, row=here[0])


def check_outside_of_seals(n_sealed: int, purged: date | None) -> None:
    """Raise for a row that no seal holds and that does not wait for one, or is there twice."""
    tagger = row_tagger()
    lines.fix_formats()
    for sequence, tag, content in lines.waiting(_EVERYTHING):
        if not tagger.holds(content, tag):
            raise DamageError(Fault.ROW_INSERTED, row=sequence)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        n_rows, n_ids, n_waiting = cursor.fetchone()
    if n_rows != n_sealed + n_waiting:
        _name_the_stranger()
    if n_rows != n_ids:
        _name_the_repeated()
    _check_nothing_came_back(purged)


def joined(ranges: Sequence[Range], gap: int) -> list[Range]:
    """Ranges in order, those together that lie nearer than `gap`.

    >>> joined([(9, 9), (1, 3), (5, 6)], 3)
    [(1, 6), (9, 9)]
    """
    found: list[Range] = []
    for first, last in sorted(ranges):
        if found and first - found[-1][1] < gap:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _check_nothing_came_back(purged: date | None) -> None:
    """A copy of a row that was let go carries the time of its making in its id."""
    if purged is None:
        return
    earliest = UUID(int=int(day_start(purged).timestamp() * 1000) << _ID_OF_MILLISECOND)
    back = AuditEvent.objects.filter(id__lt=earliest).order_by("id").first()
    if back:
        raise DamageError(Fault.ROW_REPEATED, row=back.sequence)


def _name_the_repeated() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_REPEATED)
        raise DamageError(Fault.ROW_REPEATED, row=cursor.fetchone()[0])


def _name_the_stranger() -> None:
    """Find the row that neither a seal nor the queue knows; only a damaged log comes here."""
    sealed = joined([r for text in _sealed_ranges() for r in in_ranges(text)], 1)
    starts = [first for first, _ in sealed]
    waiting = set(UnsealedEvent.objects.values_list("sequence", flat=True))
    rows = AuditEvent.objects.order_by("sequence").values_list("sequence", flat=True)
    for sequence in rows.iterator():
        place = bisect_right(starts, sequence) - 1
        if sequence not in waiting and (place < 0 or sealed[place][1] < sequence):
            raise DamageError(_outside(sequence), row=sequence)
    raise DamageError(Fault.ROW_REPEATED)


def _sealed_ranges() -> list[str]:
    seals = AuditSeal.objects.filter(number__gt=0).order_by("number")
    return list(seals.values_list("sequences", flat=True))


def _outside(sequence: int) -> Fault:
    _, tag, content = next(iter(lines.between(sequence, sequence)))
    return Fault.ROW_UNQUEUED if row_tagger().holds(content, tag) else Fault.ROW_INSERTED
