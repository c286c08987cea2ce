"""The inside of the benchmark of purging: rows made in the database, then one purge."""

import time
from datetime import timedelta

from django.db import connection

from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions.purging import purge
from vungxanh.people.models import PhoneProof
from vungxanh.people.values.devices import NewDevice

YOUNGER = 10  # for each row past its time there is a tenth of a younger one
MADE = """
INSERT INTO people_phoneproof
  (id, device_id, number, number_index, code_digest, asked_at, until, n_tries)
SELECT gen_random_uuid(), %(device)s, decode(repeat('00', 65), 'hex'),
  sha256(int8send(n)), sha256(int8send(-n)), %(at)s - n * interval '80 ms',
  %(at)s - n * interval '80 ms' + interval '5 minutes', 1
FROM generate_series(1, %(rows)s::bigint) AS n
"""


def main(n_rows: int) -> dict[str, float]:
    """Seconds of the purge, and how many rows went and stayed."""
    at = clock.now()
    device = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=at).id
    n_younger = n_rows // YOUNGER
    with connection.cursor() as cursor:
        yesterday = at - timedelta(days=1, minutes=1)
        cursor.execute(MADE, {"device": device, "at": yesterday, "rows": n_rows})
        cursor.execute(MADE, {"device": device, "at": at, "rows": n_younger})
        cursor.execute("VACUUM ANALYZE people_phoneproof")
    began = time.perf_counter()
    gone = purge(at=at)["people_phoneproof"]
    seconds = time.perf_counter() - began
    left = PhoneProof.objects.count() - n_younger
    return {"seconds": seconds, "gone": gone, "left": left, "other": n_younger}
