"""The list of codes that no longer hold: the newest, how old it is, and what it is made from."""

from datetime import datetime, timedelta
from typing import Final

import numpy as np
from django.db import connection
from django.db.models import Q
from psycopg import sql

from vungxanh.checkins.models import PointCode, RevocationList
from vungxanh.checkins.values.revoked import ListFacts, Numbers
from vungxanh.people.queries.code_keys import public_keys
from vungxanh.protocol.places import revocations as protocol

FRESH_FOR: Final = timedelta(hours=26)
"""How old the newest list may be: one is made every day at least, and two hours more."""
LISTED_WITHIN: Final = timedelta(minutes=15)
"""How soon a code that ended stands on a list: the job of the minute, and time to spare."""

_HEAD: Final = 19  # bytes before the rows of binary COPY
_TAIL: Final = 2
_ROW: Final = np.dtype([("fields", ">i2"), ("size", ">i4"), ("id", ">i8")])
_ISSUED: Final = sql.SQL("COPY (SELECT id FROM checkins_pointcode WHERE id <= {upto}) {to}")
_GONE: Final = sql.SQL(
    "COPY (SELECT id FROM checkins_pointcode WHERE id <= {upto}"
    " AND (revoked_at IS NOT NULL OR ends_at <= {at})) {to}"
)
_TO: Final = sql.SQL("TO STDOUT (FORMAT binary)")


def newest_list() -> RevocationList | None:
    """The list that counts, with its bytes; None before the first."""
    return RevocationList.objects.order_by("-id").first()


def list_numbered(number: int) -> RevocationList | None:
    """A list by its number; None for one that was never made or is no longer kept."""
    return RevocationList.objects.filter(pk=number).first()


def newest_read() -> protocol.RevocationList | None:
    """The newest list, read and its signature checked; None before the first."""
    newest = newest_list()
    return None if newest is None else protocol.read(bytes(newest.content), public_keys())


def newest_facts(at: datetime) -> ListFacts | None:
    """What is said of the newest list, without its bytes."""
    row = RevocationList.objects.order_by("-id").defer("content").first()
    if row is None:
        return None
    age = at - row.built_at
    return ListFacts(
        number=row.pk,
        built_at=row.built_at,
        n_valid=row.n_valid,
        n_revoked=row.n_revoked,
        upto=row.upto,
        digest=row.digest,
        age=age,
        is_stale=age > FRESH_FOR,
    )


def is_due(at: datetime) -> bool:
    """Whether a new list is to be made: codes ended or were revoked, came back, or a day passed."""
    newest = RevocationList.objects.order_by("-id").defer("content").first()
    if newest is None or newest.built_at < at - timedelta(days=1):
        return True
    since = Q(revoked_at__gt=newest.built_at) | Q(ends_at__gt=newest.built_at, ends_at__lte=at)
    if PointCode.objects.filter(since).exists():
        return True
    return PointCode.objects.filter(gone(at), pk__lte=newest.upto).count() != newest.n_revoked


def n_unlisted(at: datetime) -> int:
    """How many codes should stand on the newest list by now and were ended after it."""
    newest = RevocationList.objects.order_by("-id").values_list("built_at", flat=True).first()
    if newest is None:
        return 0
    late = at - LISTED_WITHIN
    since = Q(revoked_at__gt=newest, revoked_at__lte=late) | Q(
        ends_at__gt=newest, ends_at__lte=late, revoked_at=None
    )
    return PointCode.objects.filter(since).count()


def gone(at: datetime) -> Q:
    """Codes that no longer hold: revoked, or ended by now."""
    return Q(revoked_at__isnull=False) | Q(ends_at__lte=at)


def numbers(upto: int, at: datetime) -> Numbers:
    """All codes issued up to `upto`, and those of them that no longer hold, by number."""
    bound = {"upto": sql.Literal(upto), "at": sql.Literal(at), "to": _TO}
    return Numbers(_copied(_ISSUED.format(**bound)), _copied(_GONE.format(**bound)))


def _copied(statement: sql.Composed) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """A column of numbers, int64 (n), as binary COPY gives it: 14 bytes a row."""
    with connection.cursor() as cursor, cursor.copy(statement) as copied:
        content = b"".join(bytes(part) for part in copied)
    rows = np.frombuffer(content[_HEAD:-_TAIL], _ROW)
    return rows["id"].astype(np.int64)
