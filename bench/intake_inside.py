"""The inside of the benchmark of intake: phones of citizens, and points to check in at."""

import secrets
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from bench.intake_load import write_lines
from vungxanh.checkins.models import Entrance, Point, Scan
from vungxanh.checkins.values.kinds import KINDS, Kind, Via
from vungxanh.core import clock
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations.actions import load_units
from vungxanh.people.models import TOKENS, Device, Person
from vungxanh.people.rules.devices import new_token
from vungxanh.people.values import Origin, Platform
from vungxanh.protocol.places import short_codes

COMMUNE: Final = "vn-2021:21586"
AT_ONCE: Final = 2_000


def prepared(n_devices: int, n_points: int) -> dict[str, int]:
    """An empty table of scans; tokens and codes in files of the installation, made once."""
    _forget_scans()
    home = Path(settings.HOME)
    if not (home / "points.txt").exists():
        load_units(by=SYSTEM, at=clock.now())
        write_lines(home / "tokens.txt", _tokens(n_devices))
        write_lines(home / "points.txt", _codes(n_points))
    return {"scans": Scan.objects.count()}


def _forget_scans() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE checkins_scan")


def _tokens(n: int) -> list[str]:
    """Devices of persons, each with its token."""
    at = clock.now()
    until = clock.today()
    person = {"origin": Origin.APP, "key": b"", "created_at": at, "created_by": "bench"}
    people = [Person(**person, kept_until=until) for _ in range(n)]
    Person.objects.bulk_create(people, batch_size=AT_ONCE)
    ids = [new_id() for _ in range(n)]
    tokens = [new_token(one) for one in ids]
    times = {"registered_at": at, "last_seen_at": at}
    devices = [
        Device(
            id=one,
            token_digest=TOKENS.digest(token),
            person=owner,
            platform=Platform.ANDROID,
            **times,
        )
        for one, token, owner in zip(ids, tokens, people, strict=True)
    ]
    Device.objects.bulk_create(devices, batch_size=AT_ONCE)
    return tokens


def _codes(n: int) -> list[str]:
    """Points with their doors, each with its code."""
    facts = KINDS[Kind.RESTAURANT]
    codes = [short_codes.written(secrets.randbits(short_codes.BITS)) for _ in range(n)]
    same = {
        "kind": Kind.RESTAURANT,
        "unit_id": COMMUNE,
        "usual_stay_minutes": facts.usual_stay_minutes,
        "via": Via.OFFICER,
        "registered_at": clock.now(),
        "registered_by": "bench",
    }
    points = [Point(code=code, name=code, same_key=code, words="", **same) for code in codes]
    Point.objects.bulk_create(points, batch_size=AT_ONCE)
    Entrance.objects.bulk_create([Entrance(point=one, number=0) for one in points])
    return codes
