"""Random numbers under which persons stand in files of visits, for one period."""

import secrets
from datetime import date
from typing import Final

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from vungxanh.checkins.gateways.day_pull import Reading
from vungxanh.checkins.models import VisitNumber

Int64s = NDArray[np.int64]
_AT_ONCE: Final = 100_000
# A number of somebody who was erased meanwhile would stay behind.
_DRAW: Final = """
INSERT INTO checkins_visitnumber (person_id, period, number)
SELECT person_id, %s, number FROM unnest(%s::bigint[], %s::bigint[]) AS drawn (person_id, number)
WHERE EXISTS (SELECT FROM checkins_scan WHERE checkins_scan.person_id = drawn.person_id)
ON CONFLICT DO NOTHING
"""


class Numbers:
    """The numbers of a period, those of one moment read at once, others drawn when needed."""

    def __init__(self, reading: Reading, period: date) -> None:
        self._period = period
        source = f"checkins_visitnumber WHERE period = '{period}'"
        persons, numbers = reading.columns("person_id, number", ("i8", "i8"), source)
        self._take(persons, numbers)

    def of(self, persons: Int64s) -> Int64s:
        """The number of each, drawn for those who have none; 0 of whom nobody knows any more."""
        found = self._known(persons)
        if not found.all():
            self._draw(np.unique(persons[found == 0]))
            found = self._known(persons)
        return found

    def _known(self, persons: Int64s) -> Int64s:
        if not len(self._persons):
            return np.zeros(len(persons), np.int64)
        at = np.searchsorted(self._persons, persons)
        at[at == len(self._persons)] = 0
        return np.where(self._persons[at] == persons, self._numbers[at], 0)

    def _draw(self, persons: Int64s) -> None:
        for first in range(0, len(persons), _AT_ONCE):
            some = persons[first : first + _AT_ONCE].tolist()
            known: dict[int, int] = {}
            while lacks := [one for one in some if one not in known]:
                drawn = [1 + secrets.randbelow(2**63 - 1) for _ in lacks]
                with connection.cursor() as cursor:
                    cursor.execute(_DRAW, [self._period, lacks, drawn])
                    n_drawn = cursor.rowcount
                found = VisitNumber.objects.filter(period=self._period, person_id__in=lacks)
                known.update(found.values_list("person_id", "number"))
                if not n_drawn:
                    break
            self._take(
                np.append(self._persons, np.array(list(known), np.int64)),
                np.append(self._numbers, np.array(list(known.values()), np.int64)),
            )

    def _take(self, persons: Int64s, numbers: Int64s) -> None:
        order = np.argsort(persons)
        self._persons, self._numbers = persons[order], numbers[order]


def forget_former(*, period: date) -> int:
    """Delete the numbers of other periods, once no file bears them; how many."""
    gone, _ = VisitNumber.objects.exclude(period=period).delete()
    return gone
