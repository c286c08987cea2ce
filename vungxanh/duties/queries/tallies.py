"""How many times of duties were met, and in time: what a room needs to say rates over time."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection

Days = tuple[date, date]

# Parameters: duties (uuid[]), first and last (date[]) of each period, and at. Met, or open with its
# time past, was due.
_COUNTED: Final = """
SELECT o.duty_id, period.place,
       count(*) FILTER (WHERE o.met_at IS NOT NULL OR (o.state = 'open' AND o.due_at < %(at)s)),
       count(o.met_at), count(o.met_at) FILTER (WHERE NOT o.was_late)
FROM duties_occurrence o
JOIN unnest(%(first)s::date[], %(last)s::date[]) WITH ORDINALITY AS period(first, last, place)
  ON o.day BETWEEN period.first AND period.last
WHERE o.duty_id = ANY(%(duties)s::uuid[]) AND o.day BETWEEN %(begin)s AND %(end)s
GROUP BY o.duty_id, period.place
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """Of so many times that were due, how many were met, and how many of those in time."""

    n_due: int = 0
    n_met: int = 0
    n_in_time: int = 0


def counted(
    duties: Collection[UUID], periods: Sequence[Days], *, at: datetime
) -> Mapping[UUID, tuple[Counted, ...]]:
    """By duty, the times of each period, its first and last day included; one query.

    Met, or open with its time past at `at`, was due; what was waived or cancelled was not. For the
    room whose duties they are: it answers for who may see them.
    """
    if not duties or not periods:
        return {}
    first, last = (list(days) for days in zip(*periods, strict=True))
    span = {"begin": min(first), "end": max(last)}
    asked = {"duties": list(duties), "first": first, "last": last, "at": at, **span}
    found: dict[UUID, list[Counted]] = defaultdict(lambda: [Counted()] * len(periods))
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, asked)
        for duty, place, *counts in cursor.fetchall():
            found[duty][place - 1] = Counted(*counts)
    return {duty: tuple(told) for duty, told in found.items()}
