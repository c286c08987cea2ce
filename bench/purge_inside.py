"""The inside of the benchmark of purging: rows made in the database, then one purge.

The purge runs at 02:30, as every night: of the rows of the 24 hours that are past their time since
the night before, those until midnight lie in a day's partition, those after it in the next one's.
"""

import time
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions.partitions import go_by_day
from vungxanh.people.actions.purging import purge
from vungxanh.people.models import PhoneProof
from vungxanh.people.values.devices import NewDevice

NIGHTLY = timedelta(hours=2, minutes=30)
YOUNGER = 10  # for each row past its time there is a tenth of a younger one
MADE = """
INSERT INTO people_phoneproof
  (id, device_id, number, number_index, code_digest, asked_at, until, n_tries)
SELECT gen_random_uuid(), %(device)s, decode(repeat('00', 65), 'hex'),
  sha256(int8send(n)), sha256(int8send(-n)), %(at)s - n * %(step)s * interval '1 microsecond',
  %(at)s - n * %(step)s * interval '1 microsecond' + interval '5 minutes', 1
FROM generate_series(1, %(rows)s::bigint) AS n
"""


def main(n_rows: int) -> dict[str, float]:
    """Seconds of the purge, and how many rows went and stayed."""
    at = _tonight()
    for nights in (2, 1):
        go_by_day(at=at - timedelta(days=nights))
    device = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=at).id
    n_younger = n_rows // YOUNGER
    _make(device, until=at - timedelta(days=1), n_rows=n_rows, n_of_a_day=n_rows)
    _make(device, until=at, n_rows=n_younger, n_of_a_day=n_rows)
    began = time.perf_counter()
    gone = purge(at=at)["people_phoneproof"]
    seconds = time.perf_counter() - began
    left = PhoneProof.objects.count() - n_younger
    return {"seconds": seconds, "gone": gone, "left": left, "other": n_younger}


def _tonight() -> datetime:
    return clock.day_start(clock.now().astimezone(clock.TZ).date()) + NIGHTLY


def _make(device: UUID, *, until: datetime, n_rows: int, n_of_a_day: int) -> None:
    step = timedelta(days=1) // timedelta(microseconds=n_of_a_day)
    with connection.cursor() as cursor:
        cursor.execute(MADE, {"device": device, "at": until, "rows": n_rows, "step": step})
        cursor.execute("VACUUM ANALYZE people_phoneproof")
