"""Scans of others than the sender: who may tell them, of whom they are, and taking them back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from tests.checkins.intake.calls import id_at, scan
from tests.factories.points import a_point
from tests.factories.register import NUMBER, a_citizen, a_neighbour
from vungxanh.checkins.actions.scanning import ScanSender, keep_scans, take_back
from vungxanh.checkins.models import Point, Scan, StaleDay
from vungxanh.checkins.values.scan_body import ScansTold, SentScan
from vungxanh.checkins.values.scans import Means, ScanFlag
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions.dependants import add_dependant
from vungxanh.people.actions.personal_codes import offline_codes, screen_code
from vungxanh.people.models import Person
from vungxanh.people.values import Origin
from vungxanh.people.values.citizens import Said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
CARD = "052185000001|123456789|Người Mẫu Một|20031985|Nữ|Số 1, Quy Nhơn|01052021"
DEVICE = uuid4()


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def point() -> Point:
    return a_point()


@pytest.fixture
def holder(now: datetime) -> Person:
    return a_citizen(now)


def sent(point: Point, at: datetime, kind: str, value: str = "", **more: Any) -> dict[str, Any]:
    return scan(point.code, at, subject={"kind": kind, "value": value}) | more


def kept(sender: ScanSender, at: datetime, *scans: dict[str, Any]) -> ScansTold:
    read = [msgspec.convert(one, SentScan, strict=False) for one in scans]
    return keep_scans(sent=read, sender=sender, at=at)


def codes(told: ScansTold) -> list[str]:
    return [one.code for one in told.refused]


def keeper(*points: Point) -> ScanSender:
    return ScanSender(None, DEVICE, frozenset(one.pk for one in points))


def persons() -> Sequence[int]:
    return list(Scan.objects.order_by("id").values_list("person_id", flat=True))


def test_a_family_comes_in_with_one_phone(point: Point, holder: Person, now: datetime) -> None:
    child = add_dependant(guardian=holder, said=Said("Người Mẫu Ba"), by=SYSTEM, at=now)
    sender = ScanSender(holder.pk, DEVICE)
    body = [
        sent(point, now, "self"),
        sent(point, now, "companion", str(child)),
        sent(point, now, "companion", "+1"),
        sent(point, now, "companion", "+2"),
    ]
    assert kept(sender, now, *body) == ScansTold(4, 0, [])
    along = Person.objects.filter(guardian=holder, origin=Origin.COMPANION).order_by("companion")
    assert set(persons()) == {holder.pk, child, *along.values_list("pk", flat=True)}
    assert kept(sender, now, *body) == ScansTold(0, 4, [])
    assert (Scan.objects.count(), Person.objects.count()) == (4, 4)


def test_what_is_not_one_s_own_to_tell_is_refused_and_hinders_no_other(
    point: Point, holder: Person, now: datetime
) -> None:
    other = a_citizen(now, number="+84912000009")
    child = add_dependant(guardian=other, said=Said("Người Mẫu Ba"), by=SYSTEM, at=now)
    told = kept(
        ScanSender(holder.pk, DEVICE),
        now,
        sent(point, now, "companion", str(child)),
        sent(point, now, "companion", "+21"),
        sent(point, now, "phone", NUMBER),
        sent(point, now, "vn.cccd", CARD),
        sent(point, now, "self", means="keeper"),
        sent(point, now, "companion", "+1", means="keeper"),
        scan("000000000", now, subject={"kind": "companion", "value": "+1"}),
        sent(point, now, "companion", "+1") | {"at": (now + timedelta(days=2)).isoformat()},
        sent(point, now, "self"),
    )
    unknown, forbidden = ["subject_unknown"] * 2, ["subject_not_allowed"] * 4
    assert codes(told) == [*unknown, *forbidden, "point_unknown", "id_time_mismatch"]
    assert (told.stored, persons()) == (1, [holder.pk])
    assert not Person.objects.filter(origin=Origin.COMPANION).exists()


def test_a_keeper_tells_of_whoever_they_read_at_their_own_point_alone(
    point: Point, now: datetime
) -> None:
    person = a_neighbour(phone=NUMBER)
    text = screen_code(person_id=person.pk, at=now).text
    told = kept(
        keeper(point),
        now,
        sent(point, now, "vungxanh.person", text, means="keeper"),
        sent(point, now, "vn.cccd", CARD, means="keeper"),
        sent(point, now, "phone", NUMBER, means="keeper"),
        sent(point, now, "self", means="keeper"),
        sent(a_point("Chợ khác"), now, "phone", NUMBER, means="keeper"),
    )
    assert (told.stored, codes(told)) == (3, ["subject_not_allowed"] * 2)
    begun = Person.objects.get(origin=Origin.DOOR, created_by=f"device:{DEVICE}")
    assert sorted(persons()) == sorted([person.pk, person.pk, begun.pk])
    assert set(Scan.objects.values_list("means", "device_id")) == {(Means.KEEPER, DEVICE)}


def test_a_keeper_tells_who_came_along_with_somebody_they_read(point: Point, now: datetime) -> None:
    of = {"kind": "vn.cccd", "value": CARD}
    body = [
        sent(point, now, "companion", means="keeper")
        | {"subject": {"kind": "companion", "value": value, "of": of}}
        for value in ("+1", "+2", "+21", "7")
    ]
    told = kept(keeper(point), now, *body, sent(point, now, "vn.cccd", CARD, means="keeper"))
    assert (told.stored, codes(told)) == (3, ["subject_unknown", "subject_not_allowed"])
    bearer = Person.objects.get(origin=Origin.DOOR)
    assert list(Person.objects.filter(guardian=bearer).values_list("companion", flat=True)) == [
        1,
        2,
    ]
    assert kept(keeper(point), now, *body[:2]).duplicate == 2


def test_nobody_comes_along_with_the_holder_of_a_keeper_s_device(
    point: Point, holder: Person, now: datetime
) -> None:
    subject = {"kind": "companion", "value": "+1", "of": {"kind": "self"}}
    sender = ScanSender(holder.pk, DEVICE, frozenset({point.pk}))
    told = kept(sender, now, sent(point, now, "self") | {"subject": subject})
    assert codes(told) == ["subject_not_allowed"]


def test_oddness_of_a_code_stands_in_the_flags_of_its_scan(point: Point, now: datetime) -> None:
    person = a_neighbour()
    once = offline_codes(person_id=person.pk, n=1, at=now)[0].text
    screen = screen_code(person_id=person.pk, at=now - timedelta(minutes=9)).text
    body = [
        sent(point, now, "vungxanh.person", text, means="keeper", id=str(id_at(now + part)))
        for part, text in (
            (timedelta(seconds=1), screen),
            (timedelta(seconds=2), once),
            (timedelta(seconds=3), once),
        )
    ]
    assert kept(keeper(point), now, *body).stored == 3
    flags = [ScanFlag(one) for one in Scan.objects.order_by("id").values_list("flags", flat=True)]
    assert flags == [ScanFlag.CODE_OLD, ScanFlag(0), ScanFlag.CODE_AGAIN]


def test_a_repetition_uses_no_code_up_and_stays_what_it_was(point: Point, now: datetime) -> None:
    person = a_neighbour()
    once = offline_codes(person_id=person.pk, n=1, at=now)[0].text
    one = sent(point, now, "vungxanh.person", once, means="keeper")
    assert [kept(keeper(point), now, one).stored, kept(keeper(point), now, one).duplicate] == [1, 1]
    assert Scan.objects.get().flags == 0


def test_an_identifier_is_its_subject_s_too(point: Point, holder: Person, now: datetime) -> None:
    sender = ScanSender(holder.pk, DEVICE)
    first = sent(point, now, "companion", "+1")
    other = first | {"subject": {"kind": "companion", "value": "+2"}}
    told = kept(sender, now, first, other, first | {"subject": {"kind": "self", "value": ""}})
    assert (told.stored, told.duplicate, codes(told)) == (1, 0, ["id_reused"] * 2)
    assert codes(kept(sender, now, other)) == ["id_reused"]
    assert kept(sender, now, first).duplicate == 1


def test_two_devices_that_read_one_card_read_one_person(point: Point, now: datetime) -> None:
    other = ScanSender(None, uuid4(), frozenset({point.pk}))
    for sender in (keeper(point), other):
        assert kept(sender, now, sent(point, now, "vn.cccd", CARD, means="keeper")).stored == 1
    assert len(set(persons())) == 1


def test_who_is_erased_or_turns_out_to_be_another_takes_scans_at_doors_along(
    point: Point, holder: Person, now: datetime
) -> None:
    kept(ScanSender(holder.pk, DEVICE), now, sent(point, now, "companion", "+1"))
    kept(keeper(point), now, sent(point, now, "vn.cccd", CARD, means="keeper"))
    begun = Person.objects.get(origin=Origin.DOOR)
    actions.erase_person(person_id=begun.pk, by=SYSTEM, at=now)
    assert Scan.objects.count() == 1
    actions.erase_person(person_id=holder.pk, by=SYSTEM, at=now)
    assert Scan.objects.count() == 0


def test_a_device_takes_back_its_own_scans_of_the_last_ten_minutes(
    point: Point, holder: Person, now: datetime
) -> None:
    sender = ScanSender(holder.pk, DEVICE)
    early, late = sent(point, now, "self"), sent(point, now, "companion", "+1")
    kept(sender, now - timedelta(minutes=10), early)
    kept(sender, now - timedelta(minutes=9), late)
    ids = [UUID(early["id"]), UUID(late["id"]), uuid4()]
    assert take_back(ids=ids, device_id=uuid4(), at=now) == 0
    assert take_back(ids=ids, device_id=DEVICE, at=now) == 1
    assert [str(one) for one in Scan.objects.values_list("id", flat=True)] == [early["id"]]
    days: set[date] = set(StaleDay.objects.filter(reason="erased").values_list("day", flat=True))
    assert days == {now.date()}
    assert take_back(ids=ids, device_id=DEVICE, at=now) == 0
