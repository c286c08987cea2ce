"""Points are registered by citizens, officers and organisations, once each."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.factories.owners import ENTRY, an_owner, owned
from tests.factories.points import QUY_NHON, a_point
from tests.factories.register import AT, a_device
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.registering import MOST_OWNED, Asked, register_point
from vungxanh.checkins.models import Entrance, Point, PointChange, PointCode
from vungxanh.checkins.values.kinds import Kind, State, Via
from vungxanh.checkins.values.points import Whose
from vungxanh.checkins.values.refusals import MaybeRegisteredError, NumberNeededError
from vungxanh.core.viewer import Viewer
from vungxanh.people.queries.code_keys import public_keys
from vungxanh.people.queries.devices import viewer_of
from vungxanh.protocol.places import payloads
from vungxanh.refusals import RefusalError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
REQUEST = UUID("0192a8c0-0000-7000-8000-000000000001")


def test_a_citizen_s_point_waits_for_approval_with_codes_that_are_good() -> None:
    """Whole and both entrances have a signed code; fact, history and log stand together."""
    owner = an_owner()
    point = owned(owner)
    assert (point.state, point.via, point.owner_id) == (State.REGISTERED, Via.OWNER, owner[0].pk)
    codes = PointCode.objects.filter(point=point).order_by("entrance")
    read = [payloads.read(one.payload, public_keys()) for one in codes]
    assert [one.entrance for one in read] == [0, 1, 2]
    assert {one.short_code for one in read} == {point.code}
    assert PointChange.objects.get(point=point).action == "registered"
    event = AuditEvent.objects.get(event="checkins.point_registered")
    assert "Quán" not in str(event.detail)


def test_an_officer_s_point_stands_approved() -> None:
    """It was decided on by who entered it."""
    by = Viewer(
        id="staff:one",
        name="",
        units=frozenset({QUY_NHON}),
        capabilities=frozenset({"points.manage"}),
    )
    point = register_point(entry=ENTRY, whose=Whose(), by=by, at=AT)
    assert (point.state, point.decided_by, point.via) == (State.APPROVED, by.id, Via.OFFICER)


def test_whoever_has_no_right_registers_nothing() -> None:
    """Neither the public nor an officer of another area."""
    elsewhere = Viewer(
        id="staff:two",
        name="",
        units=frozenset({"vn-2025:01"}),
        capabilities=frozenset({"points.manage"}),
    )
    with pytest.raises(RefusalError, match="outside_area"):
        register_point(entry=ENTRY, whose=Whose(), by=elsewhere, at=AT)
    with pytest.raises(RefusalError, match="forbidden"):
        register_point(entry=ENTRY, whose=Whose(), by=Viewer(id="public", name=""), at=AT)
    assert not Point.objects.exists()


def test_a_phone_without_a_proved_number_registers_nothing() -> None:
    """Nor does one that names somebody else as the owner."""
    person, _ = an_owner()
    by = viewer_of(a_device()[0])
    for owner in (None, person.pk):
        with pytest.raises(NumberNeededError):
            register_point(entry=ENTRY, whose=Whose(owner), by=by, at=AT)
    assert not Point.objects.exists()


def test_a_request_that_comes_twice_registers_one_point() -> None:
    """The second answer is the first point, with the codes it has."""
    person, by = an_owner()
    asked = Asked(request_id=REQUEST)
    first = register_point(entry=ENTRY, whose=Whose(person.pk), by=by, at=AT, asked=asked)
    again = register_point(entry=ENTRY, whose=Whose(person.pk), by=by, at=AT, asked=asked)
    assert (first.pk, Point.objects.count(), PointCode.objects.count()) == (again.pk, 1, 3)


def test_a_point_that_may_be_there_is_named_and_not_stored() -> None:
    """By the key of its name; with a word that it is another, it is stored."""
    person, by = an_owner()
    there = owned((person, by))
    loose = replace(ENTRY, name="QUAN MAU  Bến Sông", contact_phone="")
    with pytest.raises(MaybeRegisteredError) as refused:
        register_point(entry=loose, whose=Whose(person.pk), by=by, at=AT)
    assert refused.value.codes[0].replace("-", "") == there.code
    asked = Asked(is_another=True)
    made = register_point(entry=loose, whose=Whose(person.pk), by=by, at=AT, asked=asked)
    assert made.pk != there.pk


def test_a_point_of_another_kind_or_closed_is_no_duplicate() -> None:
    """A market and a school may share a name; what is closed may open again as another."""
    person, by = an_owner()
    a_point(ENTRY.name, kind=Kind.SCHOOL)
    a_point(ENTRY.name, kind=Kind.RESTAURANT, state=State.CLOSED)
    assert register_point(entry=ENTRY, whose=Whose(person.pk), by=by, at=AT).pk


def test_nobody_learns_whose_number_stands_at_a_point() -> None:
    """A stranger who types the contact of a point there is told nothing of it."""
    owned(an_owner())
    person, by = an_owner("+84912000009")
    entry = replace(ENTRY, name="Quán khác hẳn")
    assert register_point(entry=entry, whose=Whose(person.pk), by=by, at=AT).pk


def test_an_owner_s_own_number_tells_them_of_their_point() -> None:
    """The same number, kind and commune under another name is asked about."""
    person, by = an_owner()
    owned((person, by))
    with pytest.raises(MaybeRegisteredError):
        register_point(entry=replace(ENTRY, name="Tên khác"), whose=Whose(person.pk), by=by, at=AT)


def test_one_person_registers_twenty_points_and_no_more() -> None:
    """Closed ones do not count."""
    person, by = an_owner()
    for number in range(MOST_OWNED):
        a_point(f"Điểm {number}")
    Point.objects.update(owner=person)
    with pytest.raises(RefusalError, match="many_points"):
        register_point(entry=ENTRY, whose=Whose(person.pk), by=by, at=AT)
    Point.objects.filter(name="Điểm 0").update(state=State.CLOSED, decided_by="x")
    assert register_point(entry=ENTRY, whose=Whose(person.pk), by=by, at=AT).pk


def test_a_refused_point_leaves_no_entrance_and_no_code() -> None:
    """One transaction: all or nothing."""
    person, by = an_owner()
    owned((person, by))
    before = (Entrance.objects.count(), PointCode.objects.count(), PointChange.objects.count())
    with pytest.raises(MaybeRegisteredError):
        register_point(entry=ENTRY, whose=Whose(person.pk), by=by, at=AT)
    after = (Entrance.objects.count(), PointCode.objects.count(), PointChange.objects.count())
    assert after == before
