"""The card at a door: told with the day's declaration, stopping only where that is needed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.checkins.keeper.doors import Door, a_door, reading
from tests.factories.people import Colleague
from tests.factories.points import QUY_NHON, a_point
from tests.factories.register import AT, a_citizen, a_neighbour
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.declared_first import (
    drop_at_kind,
    drop_at_point,
    need_at_kind,
    need_at_point,
)
from vungxanh.checkins.models import DeclaredFirst, Point, Scan
from vungxanh.checkins.rules.doors import Seen, Sign, sign_of
from vungxanh.checkins.values.kinds import Kind
from vungxanh.checkins.values.refusals import PointError
from vungxanh.core import clock, limits
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.actions.cards import write_card
from vungxanh.people.actions.signed_cards import code_with_card
from vungxanh.people.actions.standing import write_standing
from vungxanh.people.models import Person
from vungxanh.people.rules.signing import may_be_signed
from vungxanh.people.values.standing import Class, Colour, NewCard, NewStanding

CCCD = "052185000001"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TO_DECLARE = "Chưa khai báo y tế hôm nay"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras", "stopped")]


@pytest.fixture
def stopped() -> Iterator[datetime]:
    """The clock stands still; limits of this process begin anew."""
    limits.start_anew()
    with clock.frozen_at(AT) as at:
        yield at


@pytest.fixture
def point() -> Point:
    return a_point("Chợ mẫu")


@pytest.fixture
def door(point: Point, officer: Colleague) -> Door:
    return a_door(point, officer, AT)


@pytest.fixture
def person() -> Person:
    return a_neighbour("Người Mẫu Một", birth="1985", papers=(("cccd", CCCD),))


def carded(person: Person, colour: Colour = Colour.GREEN, since: timedelta = -HOUR) -> None:
    card = NewCard(person.pk, colour, AT + since, AT + DAY, "declaration:1")
    write_card(card=card, by=SYSTEM, at=AT)


def looked(door: Door, kind: str = "vn.cccd", value: str = CCCD) -> Any:
    return door.post("look", {"sealed": door.sealed(reading(AT, kind, value))}).body


def told(door: Door) -> tuple[str, str, str, bool]:
    said = looked(door)
    return said["sign"], said["words"], said["card"], said["declared"]


def test_card_and_declaration_of_today_are_told(door: Door, person: Person) -> None:
    carded(person)
    assert told(door) == ("in", "thẻ xanh · đã khai báo hôm nay", "green", True)


def test_card_of_yesterday_that_still_holds_says_that_today_is_missing(
    door: Door, person: Person
) -> None:
    carded(person, Colour.YELLOW, since=-10 * HOUR)  # 9 in the morning there: before midnight
    assert told(door) == ("in", "thẻ vàng · chưa khai báo hôm nay", "yellow", False)


def test_missing_declaration_stops_where_the_point_needs_it_and_says_so(
    door: Door, person: Person, point: Point, officer: Colleague
) -> None:
    need_at_point(point=point, by=officer.viewer, at=AT)
    assert door.get("me").body["point"]["must_declare"] is True
    assert told(door) == ("not_yet", TO_DECLARE, "none", False)
    carded(person)
    assert told(door)[0] == "in"


def test_stranger_is_asked_to_declare_where_it_is_needed(
    door: Door, point: Point, officer: Colleague
) -> None:
    assert looked(door)["sign"] == "unknown"
    need_at_point(point=point, by=officer.viewer, at=AT)
    said = looked(door)
    assert (said["sign"], said["words"]) == ("not_yet", TO_DECLARE)
    assert looked(door, "vungxanh.person", "VX1P.AB")["sign"] == "unknown"


@pytest.mark.parametrize("must_declare", [False, True])
def test_standing_and_red_card_stop_without_a_reason_whatever_was_declared(
    door: Door, person: Person, point: Point, officer: Colleague, must_declare: bool
) -> None:
    if must_declare:
        need_at_point(point=point, by=officer.viewer, at=AT)
    carded(person, Colour.RED)
    by_colour = told(door)
    carded(person)
    standing = NewStanding(person.pk, Class.CONTACT, AT - DAY, None, "case:1")
    write_standing(standing=standing, by=SYSTEM, at=AT)
    by_standing = told(door)
    assert (by_colour[0], by_standing[0]) == ("not_yet", "not_yet")
    assert by_colour[1] == by_standing[1]
    assert TO_DECLARE not in by_colour[1]


def test_need_of_a_kind_holds_within_its_unit_from_its_time(door: Door, person: Person) -> None:
    need_at_kind(kind=Kind.MARKET, unit_id=QUY_NHON, starts_at=AT + HOUR, by=SYSTEM, at=AT)
    assert told(door)[0] == "in"
    need_at_kind(kind=Kind.FACTORY, unit_id=QUY_NHON, starts_at=AT, by=SYSTEM, at=AT)
    assert told(door)[0] == "in"
    need_at_kind(kind=Kind.MARKET, unit_id=QUY_NHON, starts_at=AT, by=SYSTEM, at=AT)
    assert told(door)[:2] == ("not_yet", TO_DECLARE)
    drop_at_kind(kind=Kind.MARKET, unit_id=QUY_NHON, by=SYSTEM, at=AT)
    assert told(door)[0] == "in"


def test_decision_is_written_down_once_and_can_be_dropped(point: Point, officer: Colleague) -> None:
    for _again in range(2):
        need_at_point(point=point, by=officer.viewer, at=AT)
        assert DeclaredFirst.objects.count() == 1
    for _again in range(2):
        drop_at_point(point=point, by=officer.viewer, at=AT)
        assert not DeclaredFirst.objects.exists()
    events = AuditEvent.objects.filter(event__startswith="checkins.declared_first")
    assert [(one.event, one.subject) for one in events.order_by("sequence")] == [
        ("checkins.declared_first", f"point:{point.pk}"),
        ("checkins.declared_first_dropped", f"point:{point.pk}"),
    ]


def test_officer_of_another_place_decides_nothing(point: Point, other_officer: Colleague) -> None:
    with pytest.raises(PointError):
        need_at_point(point=point, by=other_officer.viewer, at=AT)
    assert not DeclaredFirst.objects.exists()


def test_code_with_its_card_is_looked_at_and_kept_as_the_code_alone(door: Door) -> None:
    person = a_citizen(at=AT)
    carded(person)
    text = code_with_card(person_id=person.pk, at=AT).text
    said = looked(door, "vungxanh.person", text)
    assert (said["sign"], said["declared"], said["oddness"]) == ("in", True, [])
    box = door.sealed(reading(AT, "vungxanh.person", text))
    assert door.post("visits", {"sealed": [box]}).body["stored"] == 1
    assert Scan.objects.get().person_id == person.pk


def test_look_at_a_card_is_in_the_log_and_its_colour_is_not(door: Door, person: Person) -> None:
    carded(person)
    looked(door)
    event = AuditEvent.objects.filter(event="people.seen_at_door").get()
    assert event.subject == f"person:{person.pk}"
    assert set(event.detail) == {"kind", "point"}


@pytest.mark.parametrize("cls", Class)
@pytest.mark.parametrize("colour", Colour)
def test_whatever_is_signed_as_green_or_yellow_the_server_lets_in(
    cls: Class, colour: Colour
) -> None:
    sign = sign_of(Seen(True, [cls], colour, has_declared=True))
    is_let_in_offline = colour in ("green", "yellow") and may_be_signed(colour, [cls])
    assert is_let_in_offline == (sign is Sign.IN)


def test_officer_decides_on_the_page_of_the_point_and_another_cannot(
    point: Point, officer: Colleague, other_officer: Colleague
) -> None:
    page, act = f"/diem/{point.pk}/", f"/diem/{point.pk}/khai-bao/"
    assert other_officer.client.post(act, {"can": "co"}).status_code == 404
    assert officer.client.post(act, {"can": "co"}).status_code == 302
    assert "ai chưa khai báo trong ngày thì chưa được vào" in officer.client.get(page).text
    assert officer.client.post(act, {"can": "khong"}).status_code == 302
    assert "vẫn được vào" in officer.client.get(page).text
