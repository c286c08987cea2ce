"""At most so many look-ups in any hour, whoever asks beside whom.

An hour that moves along with the clock, not a bucket that refills: of any 60 minutes, their end
left out, no more than the limit are ever let through. The moments of one officer stand in one row,
which one statement reads and writes under its lock; moments are kept for twice the hour, so that
processes whose clocks differ a little do not forget what the other still counts.
"""

from datetime import datetime, timedelta

from django.db import connection

from vungxanh.core.limits.taking import digest_of

LIMIT = "person-look-up"
WINDOW = timedelta(hours=1)
KEPT = 2 * WINDOW
TAKE = """
INSERT INTO people_lookuptimes AS kept (key, taken_at, last_at)
VALUES (%(key)s, ARRAY[%(at)s::timestamptz], %(at)s)
ON CONFLICT (key) DO UPDATE SET
  taken_at = ARRAY(
    SELECT moment FROM unnest(kept.taken_at) AS moment WHERE moment > %(kept)s ORDER BY moment
  ) || excluded.taken_at,
  last_at = greatest(kept.last_at, excluded.last_at)
WHERE (SELECT count(*) FROM unnest(kept.taken_at) AS moment WHERE moment > %(since)s) < %(n)s
RETURNING key
"""
NEXT = """
SELECT moment FROM people_lookuptimes, unnest(taken_at) AS moment
WHERE key = %(key)s ORDER BY moment DESC OFFSET %(n)s - 1 LIMIT 1
"""


def next_look_up(*, who: str, n: int, at: datetime) -> datetime | None:
    """Count one look-up of the hour; where none is left, when the next one is.

    Never within a transaction: what is rolled back would not be counted.
    """
    asked: dict[str, bytes | datetime | int] = {
        "key": digest_of(LIMIT, who),
        "at": at,
        "since": at - WINDOW,
        "kept": at - KEPT,
        "n": n,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, asked)
        if cursor.fetchone():
            return None
        cursor.execute(NEXT, asked)
        (oldest,) = cursor.fetchone()
    following: datetime = oldest + WINDOW
    return following
