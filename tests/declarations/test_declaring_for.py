"""Whom a device may declare for: a phone its holder and dependants, a keeper's whom it read."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.declarations.declare_scene import ILL, agree, forms
from tests.declarations.test_intake import codes, post, sent
from tests.factories.points import a_point
from vungxanh.accounts.actions import devices as enrolling
from vungxanh.accounts.values.devices import Granted
from vungxanh.checkins.actions.door_devices import invite_door_device
from vungxanh.checkins.models import Point
from vungxanh.core.envelope import new_envelope
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.declarations.models import Declaration
from vungxanh.people import actions
from vungxanh.people.models import Device, Person
from vungxanh.people.values import Origin
from vungxanh.people.values.devices import NewDevice, Registered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CARD = "052185000001|123456789|Người Mẫu Một|20031985|Nữ|Số 1, Quy Nhơn|01052021"
OFFICER = Viewer(id="system:test", name="", capabilities=frozenset({"points.manage"}))


@pytest.fixture
def now() -> datetime:
    """The present, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def point(places_of_both_eras: None) -> Point:
    """A point of the register, in a place with forms."""
    forms()
    return a_point()


@pytest.fixture
def door(point: Point, now: datetime) -> Granted:
    """A device that keeps the point."""
    link = invite_door_device(point=point, entrance=0, name="Máy mẫu", by=OFFICER, at=now)
    return enrolling.enrol_device(code=link.code, at=now)


@pytest.fixture
def phone(point: Point, now: datetime) -> Registered:
    """A phone whose holder agreed."""
    made = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=now)
    agree(Device.objects.get(pk=made.id))
    return made


def of(kind: str, value: str) -> dict[str, Any]:
    """Whose declaration it is."""
    return {"subject": {"kind": kind, "value": value}}


def a_child(phone: Registered, now: datetime) -> Person:
    """A dependant of the holder of a phone."""
    holder = Device.objects.get(pk=phone.id).person_id
    _, key = new_envelope()
    return Person.objects.create(
        origin=Origin.DEPENDANT,
        key=key,
        guardian_id=holder,
        created_at=now,
        created_by="",
        kept_until=now.date(),
    )


def test_keeper_declares_for_whom_it_read_at_its_own_point(
    door: Granted, point: Point, now: datetime
) -> None:
    read = sent(now, ILL, point=point.code, **of("vn.cccd", CARD))
    elsewhere = sent(now, None, point=a_point("Chợ khác").code, **of("vn.cccd", CARD))
    nowhere = sent(now, None, **of("vn.cccd", CARD))
    own = sent(now, None, point=point.code)
    (answer,) = post(door.token, [read, elsewhere, nowhere, own])
    assert answer.body["stored"] == 1
    assert codes(answer) == ["subject_not_allowed"] * 3
    row = Declaration.objects.get()
    assert (row.way, row.point_id, row.device_id) == ("keeper", point.pk, door.device_id)
    assert Person.objects.get(pk=row.person_id).origin == Origin.DOOR


def test_same_person_read_again_under_the_same_identifier_is_one(
    door: Granted, point: Point, now: datetime
) -> None:
    body = [sent(now, None, point=point.code, **of("vn.cccd", CARD))]
    post(door.token, body)
    (again,) = post(door.token, body)
    assert (again.body["duplicate"], Declaration.objects.count()) == (1, 1)


def test_phone_declares_for_its_holder_and_a_dependant_in_one_body(
    phone: Registered, now: datetime
) -> None:
    post(phone.token, [sent(now)])
    child = a_child(phone, now)
    (answer,) = post(phone.token, [sent(now), sent(now, None, **of("companion", str(child.pk)))])
    assert (answer.body["stored"], answer.body["refused"]) == (2, [])
    row = Declaration.objects.get(person_id=child.pk)
    assert row.way == "dependant"


def test_dependant_of_somebody_else_is_refused(phone: Registered, now: datetime) -> None:
    post(phone.token, [sent(now)])
    child = a_child(phone, now)
    other = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=now)
    agree(Device.objects.get(pk=other.id))
    (answer,) = post(other.token, [sent(now, None, **of("companion", str(child.pk)))])
    assert codes(answer) == ["subject_unknown"]
    assert not Declaration.objects.filter(person_id=child.pk).exists()


def test_phone_without_consent_declares_for_no_dependant(
    point: Point, phone: Registered, now: datetime
) -> None:
    made = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=now)
    post(made.token, [sent(now)])
    child = a_child(made, now)
    (answer,) = post(made.token, [sent(now, None, **of("companion", str(child.pk)))])
    assert codes(answer) == ["consent_needed"]
