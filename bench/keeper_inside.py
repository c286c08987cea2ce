"""The inside of the benchmark of keepers' calls: a factory with sixteen doors and its people.

Papers are invented numbers of the form of citizens' cards; whoever is inside came in the last hour.
"""

import statistics
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from vungxanh.accounts.actions.room_devices import enrol_for_room
from vungxanh.accounts.rules.devices import Kind as DeviceKind
from vungxanh.accounts.values.devices import NewDevice
from vungxanh.checkins.actions.door_keys import keep_door_keys
from vungxanh.checkins.models import DoorDevice, Entrance, Point, Scan
from vungxanh.checkins.queries.door_keys import door_keys
from vungxanh.checkins.queries.inside import inside_now
from vungxanh.checkins.rules.inside import LastScan, is_inside
from vungxanh.checkins.values.kinds import Kind, State, Via
from vungxanh.core import clock
from vungxanh.core.clock import TZ
from vungxanh.core.envelope import new_envelope
from vungxanh.core.enveloped import opened, sealed
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.locations.actions import load_units
from vungxanh.people.actions.door_looking import look_at_door
from vungxanh.people.models import DOCUMENTS, Card, Document, Person, Standing
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.rules.initials import initials
from vungxanh.people.values.subjects import ShownSubject
from vungxanh.protocol.places import short_codes

N_DOORS: Final = 16
WARD: Final = "vn-2025:21583"
CODE: Final = short_codes.written(7)
USUAL_MINUTES: Final = 9 * 60
AT_ONCE: Final = 2_000
ELSEWHERE: Final = """
INSERT INTO checkins_scan (id, person_id, point_id, entrance, direction, means, at, received_at,
    device_id, flags)
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
        || substr(noise, 1, 3) || '8' || substr(noise, 4, 15))::uuid,
    person, point, 0, (random() < 0.4)::int, 0, at, at, gen_random_uuid(), 0
FROM (
    SELECT %s - random() * interval '8 hours' AS at, md5(random()::text) AS noise,
        1000000 + floor(random() * 200000)::bigint AS person,
        1000 + floor(random() * 2000)::bigint AS point
    FROM generate_series(1, %s)
) AS made
"""
CAME: Final = """
INSERT INTO checkins_scan (id, person_id, point_id, entrance, direction, means, at, received_at,
    device_id, flags)
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
        || substr(noise, 1, 3) || '8' || substr(noise, 4, 15))::uuid,
    id, %s, 0, 0, 1, at, at, %s, 0
FROM (
    SELECT id, md5(random()::text) AS noise, %s - random() * interval '1 hour' AS at
    FROM people_person ORDER BY id LIMIT %s
) AS made
"""


def prepared(n_persons: int, n_inside: int, n_scans: int) -> dict[str, object]:
    """Everything that doors need; numbers of papers to be read at them."""
    at = clock.now()
    load_units(by=SYSTEM, at=at)
    point = _factory(at)
    tokens, devices = [], []
    for n in range(N_DOORS):
        new = NewDevice(f"Cổng {n}", DeviceKind.PHONE, "points.keep", WARD)
        granted = enrol_for_room(new=new, by=SYSTEM, at=at)
        tokens.append(granted.token)
        devices.append(
            DoorDevice(device_id=granted.device_id, point=point, entrance=n, at=at, by=SYSTEM.id)
        )
    DoorDevice.objects.bulk_create(devices)
    _people(n_persons, at)
    with connection.cursor() as cursor:
        cursor.execute(ELSEWHERE, [at, n_scans])
        cursor.execute(CAME, [point.pk, devices[0].device_id, at, n_inside])
        cursor.execute("VACUUM ANALYZE checkins_scan, people_person, people_document")
    keep_door_keys(by=SYSTEM, at=at)
    [key, *_] = door_keys(at)
    public = urlsafe_b64encode(key.public).decode()
    return {"code": CODE, "key": key.id, "public": public, "tokens": tokens, "persons": n_persons}


def paper(n: int) -> str:
    """The number of an invented card."""
    return f"0521850{n:05}"


def compared(n_asked: int) -> dict[str, float]:
    """The median of one look and of one count in milliseconds, ours and the plain way."""
    at = clock.now()
    point = Point.objects.get(code=CODE)
    by = Viewer(id=f"device:{DoorDevice.objects.all()[0].device_id}", name="")
    asked = [paper(n) for n in range(n_asked)]

    def ours(number: str) -> object:
        shown = ShownSubject("vn.cccd", number, at, None, DoorDevice.objects.all()[0].device_id)
        seen = look_at_door(shown=shown, point="point:1", by=by, at=at)
        return seen, inside_now(point.pk, clock.now())

    counts = [lambda _: inside_now(point.pk, at, is_fresh=True), lambda _: plain_inside(point, at)]
    agreed = inside_now(point.pk, at, is_fresh=True).n == plain_inside(point, at)
    return {
        "look": _median(ours, asked),
        "look_plain": _median(
            lambda one: (plain_look(one, at), plain_inside(point, at)), asked[:5]
        ),
        "inside": _median(counts[0], asked),
        "inside_plain": _median(counts[1], asked[:5]),
        "agreed": float(agreed),
    }


def plain_look(number: str, at: datetime) -> tuple[str, list[str], str]:
    """As a first version would: row after row by the ORM."""
    found = Document.objects.filter(number_index__in=DOCUMENTS.digests(number)).first()
    if found is None:
        return "", [], ""
    person = Person.objects.get(pk=found.person_id)
    name = opened(envelope_of(person), person, "name")
    standings = [one for one in Standing.objects.filter(person=person) if one.starts_at <= at]
    card = Card.objects.filter(person=person).first()
    return initials(name), [one.cls for one in standings], card.colour if card else ""


def plain_inside(point: Point, at: datetime) -> int:
    """As a first version would: the scans of the day at the point, then each person's last one."""
    day = clock.day_start(at.astimezone(TZ).date())
    here = Scan.objects.filter(point_id=point.pk, at__gte=min(day, at - timedelta(hours=18)))
    persons = {one.person_id for one in here}
    lasts = (Scan.objects.filter(person_id=one, at__lte=at).latest("at") for one in persons)
    usual = point.usual_stay_minutes * 60
    return sum(_is_in(one, point.pk, usual=usual, at=at) for one in lasts)


def _is_in(scan: Scan, place: int, *, usual: int, at: datetime) -> bool:
    last = LastScan(scan.point_id, int(scan.at.timestamp()), scan.direction, b"")
    return is_inside(last, place, usual_s=usual, at=int(at.timestamp()))


def _median(asked: Callable[[str], object], of: Iterable[str]) -> float:
    taken = []
    for one in of:
        began = time.perf_counter()
        asked(one)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _factory(at: datetime) -> Point:
    point = Point.objects.create(
        code=CODE,
        kind=Kind.FACTORY,
        name="Nhà máy mẫu",
        unit_id=WARD,
        same_key="nha may mau",
        words="",
        usual_stay_minutes=USUAL_MINUTES,
        capacity=5_000,
        via=Via.OFFICER,
        state=State.APPROVED,
        registered_at=at,
        registered_by=SYSTEM.id,
        decided_at=at,
        decided_by=SYSTEM.id,
        is_invented=True,
    )
    Entrance.objects.bulk_create(Entrance(point=point, number=n) for n in range(N_DOORS))
    return point


def _people(n_persons: int, at: datetime) -> None:
    for first in range(0, n_persons, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, n_persons))
        made = [(paper(n), *new_envelope()) for n in numbers]
        persons = Person.objects.bulk_create(
            Person(
                origin="door",
                key=key,
                created_at=at,
                created_by=SYSTEM.id,
                kept_until=(at + timedelta(days=180)).date(),
                **sealed(envelope, Person, name="Người Mẫu Một", birth="1985"),
            )
            for _, envelope, key in made
        )
        Document.objects.bulk_create(
            Document(
                person=person,
                kind="cccd",
                number_index=DOCUMENTS.digest(number),
                said_at=at,
                number=sealed(envelope, Document, number=number)["number"],
            )
            for person, (number, envelope, _) in zip(persons, made, strict=True)
        )
