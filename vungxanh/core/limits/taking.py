"""Taking a call: first from the process's own small bucket, then from the shared table.

The process's bucket holds an eighth of the limit and refills at an eighth of its rate; whoever asks
no more often than that never costs a query. When it is empty, one statement takes an eighth from
the shared bucket. With `p` processes nobody gets more than (1 + p/8) times the limit. A limit below
eight calls has no bucket in front: each call is counted exactly.

Keys are keyed digests under the installation's secret key: an address or account is not to be read
out of them, and a stolen table alone cannot be searched for one. The table is UNLOGGED: after a
crash of the database it is empty, which costs nothing but one window of counting.
"""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from vungxanh.core.limits.local import Buckets
from vungxanh.core.limits.refusals import TooManyRequestsError
from vungxanh.core.limits.rule import Rate, Wait, microseconds, wait
from vungxanh.core.models import LimitBucket
from vungxanh.core.prepared import Statement

SHARE = 8
TAKE = Statement("""
INSERT INTO core_limitbucket AS bucket (key, full_at, was_taken)
VALUES (%(key)s, %(at)s::bigint + %(cost)s::bigint, true)
ON CONFLICT (key) DO UPDATE SET
  was_taken = greatest(bucket.full_at, %(at)s) + %(cost)s <= %(at)s + %(window)s,
  full_at = CASE
    WHEN greatest(bucket.full_at, %(at)s) + %(cost)s <= %(at)s + %(window)s
    THEN greatest(bucket.full_at, %(at)s) + %(cost)s
    ELSE bucket.full_at
  END
RETURNING full_at, was_taken
""")

_buckets = Buckets()


def take(name: str, key: str, *, n: int, per_seconds: int, at: datetime) -> Wait | None:
    """Take one call of `key` under the limit `name`; the wait where none is left."""
    rate, digest, now = Rate(n, per_seconds), digest_of(name, key), microseconds(at)
    share = n // SHARE
    if share == 0:
        return take_shared(digest, rate=rate, n_calls=1, now=now)
    small = Rate(share, per_seconds)
    blocked = _buckets.blocked(digest, now)
    if blocked:
        return blocked
    if _buckets.take(digest, small, now):
        return None
    refused = take_shared(digest, rate=rate, n_calls=share, now=now)
    if refused:
        _buckets.block(digest, now, refused)
        return refused
    _buckets.refill(digest, small, now)
    return None


def require(name: str, key: str, *, n: int, per_seconds: int, at: datetime) -> None:
    """Take one call or refuse with `core.too_many_requests`."""
    refused = take(name, key, n=n, per_seconds=per_seconds, at=at)
    if refused:
        raise TooManyRequestsError(refused)


def take_shared(digest: bytes, *, rate: Rate, n_calls: int, now: int) -> Wait | None:
    """Take calls from the table, in one statement that many processes may run at once."""
    cost = n_calls * rate.step
    [(full_at, was_taken)] = TAKE.rows(key=digest, at=now, cost=cost, window=rate.window)
    return None if was_taken else wait(full_at, now, rate=rate, n=n_calls)


def digest_of(name: str, key: str) -> bytes:
    """The keyed digest under which calls are counted."""
    secret = f"core.limits {settings.SECRET_KEY}".encode()
    return hmac.digest(secret, f"{name}\0{key}".encode(), hashlib.sha256)


def forget(at: datetime) -> int:
    """Delete the buckets that are full again; returns how many."""
    return LimitBucket.objects.filter(full_at__lte=microseconds(at)).delete()[0]


def n_full(at: datetime) -> int:
    """How many buckets `forget` would delete now."""
    return LimitBucket.objects.filter(full_at__lte=microseconds(at)).count()


def start_anew() -> None:
    """Forget what this process counted; for tests and rehearsals."""
    _buckets.clear()
