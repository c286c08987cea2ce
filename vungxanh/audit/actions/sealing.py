"""Sealing: committed rows into the chain, each second, by one process at a time.

The order of the chain is the order of commits as far as PostgreSQL tells it: a seal holds what was
committed when its statement began and had no seal yet, so what lies in a later seal was committed
later than that instant; inside one seal rows stand in the order of writing (their sequence).
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from vungxanh.audit.actions.days import sign_days
from vungxanh.audit.models import AuditSeal
from vungxanh.audit.queries import lines
from vungxanh.audit.queries.keyring import row_tagger, seal_tagger
from vungxanh.audit.queries.seals import head_of
from vungxanh.audit.rules import GENESIS, ranges_of, seal_digest
from vungxanh.core import keys

# Sealing is one process's work at a time; whoever comes second leaves it to the first.
SEALING = 0x76785F7365616C
AT_ONCE = 20_000
_log = logging.getLogger(__name__)


def seal_due(*, at: datetime) -> int:
    """Sign the days that are over and seal all that waits; how many rows were sealed.

    In this order, so that no seal of a new day is there before the old one is signed.
    """
    sign_days(at=at)
    total = 0
    while sealed := seal_events(at=at):
        total += sealed
    return total


def seal_events(*, at: datetime) -> int:
    """One seal over the rows that wait, AT_ONCE at most; how many, zero when another is sealing.

    Writers never wait for this, and a row whose tag does not hold gets no seal: it stays in the
    queue, where the alarm sees it. All or nothing: whoever is killed in between has sealed nothing.
    """
    with transaction.atomic():
        if not _is_mine_to_seal():
            return 0
        lines.fix_formats()
        waiting = list(lines.waiting(AT_ONCE))
        keys.forget()  # a row that is here may name a key that came into use since
        rows = _true(waiting)
        if not rows:
            return 0
        last = AuditSeal.objects.order_by("-number").first()
        _following(last, rows, at).save(force_insert=True)
        _take_from_queue([sequence for sequence, _ in rows])
    return len(rows)


def _is_mine_to_seal() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALING])
        return bool(cursor.fetchone()[0])


def _true(waiting: Sequence[lines.Line]) -> list[tuple[int, bytes]]:
    tagger = row_tagger()
    true = [(number, tag) for number, tag, content in waiting if tagger.holds(content, tag)]
    if len(true) < len(waiting):
        _log.error("%d rows of the log have no true tag and get no seal", len(waiting) - len(true))
    return true


def _following(
    last: AuditSeal | None, rows: Sequence[tuple[int, bytes]], at: datetime
) -> AuditSeal:
    """The next seal; a clock that went back does not take the chain with it."""
    seal = AuditSeal(
        number=last.number + 1 if last else 1,
        sealed_at=max(at, last.sealed_at) if last else at,
        last_position=(last.last_position if last else 0) + len(rows),
        n_rows=len(rows),
        sequences=ranges_of(sequence for sequence, _ in rows),
    )
    before = bytes(last.digest) if last else GENESIS
    seal.digest = seal_digest(before, head_of(seal), b"".join(tag for _, tag in rows))
    seal.tag = seal_tagger().tag(seal.digest)
    return seal


def _take_from_queue(sequences: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_unsealedevent WHERE sequence = ANY(%s)", [sequences])
