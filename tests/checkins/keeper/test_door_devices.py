"""A device keeps one point: who may bind it, for how long, and when it is out."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.factories.people import Colleague
from tests.factories.points import a_point
from tests.factories.register import AT, a_citizen
from vungxanh.accounts.actions import devices as enrolling
from vungxanh.accounts.actions.devices import forget_devices
from vungxanh.accounts.actions.managing import lock_staff
from vungxanh.accounts.values.devices import Granted
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.door_devices import (
    end_door_device,
    enrol_own,
    invite_door_device,
)
from vungxanh.checkins.actions.keeping import end_keeper, name_keeper
from vungxanh.checkins.actions.purging import purge
from vungxanh.checkins.models import DoorDevice, Entrance, Point
from vungxanh.checkins.queries.door_devices import devices_at, door_of, kept_by_token
from vungxanh.checkins.values.door_devices import MOST_DEVICES
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.refusals import NoSuchPointError, PointError
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.people.actions.erasing import erase_person
from vungxanh.people.models import Person
from vungxanh.people.queries.devices import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
KEEPER = "+84912000031"


@pytest.fixture
def owner() -> Person:
    return a_citizen()


@pytest.fixture
def point(owner: Person) -> Point:
    row = a_point()
    Entrance.objects.create(point=row, number=2, label="Cổng sau")
    row.owner_id, row.capacity = owner.pk, 80
    row.save()
    return row


def by(person: Person) -> Viewer:
    return viewer_of(person.devices.get())


def invited(point: Point, owner: Person, name: str = "Máy cổng sau", entrance: int = 2) -> Granted:
    link = invite_door_device(point=point, entrance=entrance, name=name, by=by(owner), at=AT)
    return enrolling.enrol_device(code=link.code, at=AT)


def test_a_device_that_the_owner_invited_keeps_that_point_at_that_entrance(
    point: Point, owner: Person
) -> None:
    granted = invited(point, owner)
    door = door_of(granted.device_id)
    assert door is not None
    assert (door.point_id, door.code, door.name) == (point.pk, point.code, point.name)
    assert (door.entrance, door.entrance_label, door.capacity) == (2, "Cổng sau", 80)
    assert (door.usual_stay_s, door.is_living) == (point.usual_stay_minutes * 60, True)
    assert kept_by_token(granted.token, AT) == (granted.device_id, frozenset({point.pk}))
    events = AuditEvent.objects.values_list("event", flat=True)
    assert "checkins.door_device_bound" in events


def test_what_was_ended_is_out_at_once(point: Point, owner: Person) -> None:
    granted = invited(point, owner)
    assert end_door_device(point=point, device_id=granted.device_id, by=by(owner), at=AT)
    assert kept_by_token(granted.token, AT) is None
    assert not end_door_device(point=point, device_id=granted.device_id, by=by(owner), at=AT)
    assert [line.may_end for line in devices_at(point, AT)] == [False]


def test_a_device_is_out_72_hours_after_it_was_last_heard_of(point: Point, owner: Person) -> None:
    granted = invited(point, owner)
    assert kept_by_token(granted.token, AT + timedelta(hours=71)) is not None
    assert kept_by_token(granted.token, AT + timedelta(hours=71 + 71)) is not None
    assert kept_by_token(granted.token, AT + timedelta(hours=71 + 71 + 72)) is None


def test_whoever_keeps_the_point_enrols_their_own_browser_until_the_right_is_taken_back(
    point: Point, owner: Person
) -> None:
    right = name_keeper(point=point, who=KEEPER, by=by(owner), at=AT)
    keeper = a_citizen(number=KEEPER)
    granted = enrol_own(point=point, name="Máy của bảo vệ", by=by(keeper), at=AT)
    assert kept_by_token(granted.token, AT) == (granted.device_id, frozenset({point.pk}))
    assert end_keeper(point=point, keeper_id=right.pk, by=by(owner), at=AT)
    assert kept_by_token(granted.token, AT) is None


def test_with_who_is_erased_the_devices_go_that_they_enrolled_and_no_other(
    point: Point, owner: Person
) -> None:
    name_keeper(point=point, who=KEEPER, by=by(owner), at=AT)
    keeper = a_citizen(number=KEEPER)
    of_keeper = enrol_own(point=point, name="Máy của bảo vệ", by=by(keeper), at=AT)
    of_owner = enrol_own(point=point, name="Máy của tôi", by=by(owner), at=AT)
    erase_person(person_id=keeper.pk, by=SYSTEM, at=AT)
    assert kept_by_token(of_keeper.token, AT) is None
    assert kept_by_token(of_owner.token, AT) is not None
    reference = by(owner).id
    erase_person(person_id=owner.pk, by=SYSTEM, at=AT)
    assert kept_by_token(of_owner.token, AT) is None
    assert not DoorDevice.objects.filter(by=reference).exists()


def test_with_an_account_that_is_closed_its_own_browser_goes_and_no_device_of_a_door(
    point: Point, officer: Colleague, administrator: Colleague
) -> None:
    own = enrol_own(point=point, name="Máy của tôi", by=officer.viewer, at=AT)
    link = invite_door_device(
        point=point, entrance=2, name="Máy cổng sau", by=officer.viewer, at=AT
    )
    given = enrolling.enrol_device(code=link.code, at=AT + timedelta(seconds=30))
    lock_staff(ref=officer.viewer.id, by=administrator.viewer, at=AT)
    assert kept_by_token(own.token, AT) is None
    assert kept_by_token(given.token, AT) is not None


def test_the_owner_enrols_their_own_browser_too(point: Point, owner: Person) -> None:
    granted = enrol_own(point=point, name="Máy của tôi", by=by(owner), at=AT)
    line = devices_at(point, AT)[0]
    assert (line.id, line.name, line.entrance) == (granted.device_id, "Máy của tôi", 0)
    assert line.may_end


def test_nobody_else_binds_ends_or_learns_of_devices(point: Point, owner: Person) -> None:
    granted, stranger = invited(point, owner), by(a_citizen(number="+84912000032"))
    other = a_point("Chợ khác")
    for refused in (
        lambda: invite_door_device(point=point, entrance=0, name="x", by=stranger, at=AT),
        lambda: enrol_own(point=point, name="x", by=stranger, at=AT),
        lambda: end_door_device(point=point, device_id=granted.device_id, by=stranger, at=AT),
        lambda: end_door_device(point=other, device_id=granted.device_id, by=SYSTEM, at=AT),
        lambda: end_door_device(point=point, device_id=uuid4(), by=by(owner), at=AT),
        lambda: invite_door_device(point=point, entrance=7, name="x", by=by(owner), at=AT),
    ):
        with pytest.raises(NoSuchPointError):
            refused()
    assert kept_by_token(granted.token, AT) is not None


def test_a_device_needs_a_name_and_a_point_has_at_most_twenty(point: Point, owner: Person) -> None:
    with pytest.raises(PointError) as nameless:
        invited(point, owner, name="  ")
    assert nameless.value.code == "checkins.door_device_name"
    first = invited(point, owner)
    for number in range(1, MOST_DEVICES):
        invited(point, owner, name=f"Máy {number}")
    with pytest.raises(PointError) as many:
        invited(point, owner, name="Một máy nữa")
    assert many.value.code == "checkins.many_door_devices"
    end_door_device(point=point, device_id=first.device_id, by=by(owner), at=AT)
    assert isinstance(invited(point, owner).device_id, UUID)


def test_a_closed_point_takes_no_device_and_its_own_know_it(point: Point, owner: Person) -> None:
    granted = invited(point, owner)
    Point.objects.filter(pk=point.pk).update(state=State.CLOSED)
    point.refresh_from_db()
    door = door_of(granted.device_id)
    assert door is not None
    assert not door.is_living
    with pytest.raises(PointError):
        enrol_own(point=point, name="x", by=by(owner), at=AT)


def test_devices_of_a_merged_point_keep_the_other_too(point: Point, owner: Person) -> None:
    granted, kept = invited(point, owner), a_point("Chợ mẫu mới")
    Point.objects.filter(pk=point.pk).update(merged_into=kept, state=State.CLOSED)
    assert kept_by_token(granted.token, AT) == (granted.device_id, frozenset({point.pk, kept.pk}))
    door = door_of(granted.device_id)
    assert door is not None
    assert (door.point_id, door.is_living) == (point.pk, True)


def test_what_is_no_keeper_s_token_keeps_nothing(point: Point, owner: Person) -> None:
    granted = invited(point, owner)
    DoorDevice.objects.all().delete()
    assert kept_by_token(granted.token, AT) == (granted.device_id, frozenset())
    assert door_of(granted.device_id) is None
    for token in ("", "vxd_", granted.token[:-1] + "~", f"vxd_{uuid4().hex}_x"):
        assert kept_by_token(token, AT) is None


def test_bonds_go_with_the_devices_a_year_later(point: Point, owner: Person) -> None:
    granted = invited(point, owner)
    end_door_device(point=point, device_id=granted.device_id, by=by(owner), at=AT)
    purge(at=AT + timedelta(days=366))
    assert DoorDevice.objects.count() == 1
    forget_devices(at=AT + timedelta(days=366))
    purge(at=AT + timedelta(days=366))
    assert DoorDevice.objects.count() == 0
