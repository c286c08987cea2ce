"""The keeper's calls: what a device learns of its door, whom it may see, what becomes of boxes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.checkins.keeper.doors import Door, a_door, reading
from tests.factories.people import Colleague
from tests.factories.points import a_point
from tests.factories.register import NUMBER, a_citizen, a_neighbour, sent_code
from vungxanh.accounts.actions import devices
from vungxanh.accounts.rules.devices import LAPSES_AFTER
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.models import AllLeft, DoorDevice, DoorKey, Entrance, Point, Scan, StaleDay
from vungxanh.checkins.rules.door_keys import KEPT_AFTER
from vungxanh.checkins.values.kinds import State
from vungxanh.core import clock, limits
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.actions.personal_codes import offline_codes, screen_code
from vungxanh.people.actions.standing import write_standing
from vungxanh.people.models import Person
from vungxanh.people.values.standing import Class, NewStanding

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CCCD, OTHER_CCCD = "052185000001", "052185000002"
NAME = "Người Mẫu Một"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras", "stopped")]


@pytest.fixture
def stopped(request: pytest.FixtureRequest) -> Any:
    """The clock stands still; limits of this process begin anew."""
    limits.start_anew()
    with clock.frozen_at(AT) as at:
        yield at


@pytest.fixture
def point() -> Point:
    """A market of sixty people with two entrances."""
    made = a_point("Chợ mẫu")
    Point.objects.filter(pk=made.pk).update(capacity=60)
    Entrance.objects.create(point=made, number=1, label="Cổng sau")
    return Point.objects.get(pk=made.pk)


@pytest.fixture
def door(point: Point, officer: Colleague) -> Door:
    """A device at its back gate."""
    return a_door(point, officer, AT, entrance=1)


def sent(door: Door, *said: dict[str, Any]) -> Any:
    """What is told of readings that are sealed and sent at once."""
    return door.post("visits", {"sealed": [door.sealed(one) for one in said]}).body


def looked(door: Door, said: dict[str, Any]) -> Any:
    return door.post("look", {"sealed": door.sealed(said)}).body


def scans() -> list[tuple[str, int]]:
    """Direction and entrance of every scan, by identifier."""
    rows = Scan.objects.order_by("id").values_list("direction", "entrance")
    return [("out" if direction else "in", entrance) for direction, entrance in rows]


def test_device_learns_which_door_it_keeps_and_for_how_long(door: Door) -> None:
    told = door.get("me").body
    assert told["point"] | {"shown": ""} == {
        "code": door.point.code,
        "shown": "",
        "name": "Chợ mẫu",
        "entrance": 1,
        "entrance_label": "Cổng sau",
        "capacity": 60,
        "warn_at": 54,
        "usual_stay_s": 60 * door.point.usual_stay_minutes,
        "is_living": True,
        "must_declare": False,
    }
    assert told["device"] == {"id": str(door.device_id), "name": "Máy cổng chính"}
    assert told["valid_seconds"] == LAPSES_AFTER.total_seconds()
    assert (told["inside"], told["now"]) == (0, "2026-03-02T02:00:00Z")


def test_anybody_may_have_the_keys_and_they_say_who_signed_them(door: Door) -> None:
    [key] = door.get("keys").body["keys"]
    assert set(key) == {"id", "public", "from", "until", "signed_by", "signature"}
    assert (len(key["id"]), len(key["public"]), len(key["signature"])) == (8, 87, 86)
    assert datetime.fromisoformat(key["from"]) < AT < datetime.fromisoformat(key["until"])


def test_somebody_who_may_go_in_is_shown_by_initials_and_year(door: Door) -> None:
    a_neighbour(NAME, birth="1985", papers=(("cccd", CCCD),))
    assert looked(door, reading(AT, "vn.cccd", CCCD)) == {
        "sign": "in",
        "words": "chưa khai báo hôm nay",
        "initials": "N. M. M.",
        "year": 1985,
        "card": "none",
        "declared": False,
        "oddness": [],
        "inside": 0,
        "capacity": 60,
    }


@pytest.mark.parametrize("cls", [Class.CASE, Class.CONTACT, Class.QUARANTINED])
def test_standing_stops_and_no_answer_says_why(door: Door, cls: Class) -> None:
    person = a_neighbour(NAME, birth="1985", papers=(("cccd", CCCD),))
    standing = NewStanding(person.pk, cls, AT - DAY, None, "case:1")
    write_standing(standing=standing, by=SYSTEM, at=AT)
    told = looked(door, reading(AT, "vn.cccd", CCCD))
    assert (told["sign"], told["card"]) == ("not_yet", "none")
    assert cls.value not in str(told)
    stopping = [looked(door, reading(AT, "vn.cccd", CCCD))["words"] for _ in range(2)]
    assert set(stopping) == {told["words"]}


def test_whoever_is_not_known_is_told_so_and_not_begun(door: Door) -> None:
    told = looked(door, reading(AT, "vn.cccd", CCCD))
    assert (told["sign"], told["initials"], told["year"]) == ("unknown", "", None)
    assert not Person.objects.exists()


def test_forged_code_is_not_recognised(door: Door) -> None:
    person = a_citizen()
    text = screen_code(person_id=person.pk, at=AT).text
    forged = text[:-1] + ("A" if text[-1] != "A" else "B")
    known, unknown = looked(door, reading(AT, "vn.cccd", CCCD)), []
    unknown.append(looked(door, reading(AT, "vungxanh.person", forged)))
    assert {one["sign"] for one in unknown} == {"unknown"}
    assert unknown[0]["words"] != known["words"]


def test_photograph_of_a_screen_is_told_and_flagged(door: Door) -> None:
    person = a_citizen(at=AT - DAY)
    old = screen_code(person_id=person.pk, at=AT - 10 * MINUTE).text
    said = reading(AT, "vungxanh.person", old)
    assert looked(door, said)["oddness"] == ["code_old"]
    assert sent(door, said)["stored"] == 1
    assert Scan.objects.get().flags & 256


def test_number_is_looked_at_by_nobody(door: Door) -> None:
    a_citizen(number=NUMBER)
    told = door.post("look", {"sealed": door.sealed(reading(AT, "phone", NUMBER))})
    assert (told.status, told.body["code"]) == (403, "checkins.number_not_looked_at")


def test_readings_become_scans_of_the_door_and_its_count_moves(door: Door) -> None:
    told = sent(
        door,
        reading(AT, "vn.cccd", CCCD, entrance=1),
        reading(AT, "vn.cccd", OTHER_CCCD, entrance=1),
        reading(AT, "vn.cccd", OTHER_CCCD, direction="out", entrance=1),
    )
    assert told == {"stored": 3, "duplicate": 0, "refused": [], "inside": 1}
    assert sorted(scans()) == [("in", 1), ("in", 1), ("out", 1)]
    assert {one.device_id for one in Scan.objects.all()} == {door.device_id}


def test_somebody_with_companions_comes_with_one_code(door: Door) -> None:
    person = a_citizen()
    code = offline_codes(person_id=person.pk, n=1, at=AT)[0].text
    of = {"kind": "vungxanh.person", "value": code}
    along = [
        reading(AT, "companion", "+1")
        | {"subject": {"kind": "companion", "value": place, "of": of}}
        for place in ("+1", "+2")
    ]
    told = sent(door, *along, reading(AT, "vungxanh.person", code))
    assert (told["stored"], told["inside"]) == (3, 3)
    assert Scan.objects.get(person_id=person.pk).flags == 0


def test_box_that_is_sent_again_counts_once(door: Door) -> None:
    box = door.sealed(reading(AT, "vn.cccd", CCCD))
    first = door.post("visits", {"sealed": [box]}).body
    again = door.post("visits", {"sealed": [box, box]}).body
    assert (first["stored"], again["stored"], again["duplicate"]) == (1, 0, 2)
    assert Scan.objects.count() == 1


def test_one_time_code_that_two_doors_read_is_flagged_at_the_second(
    door: Door, officer: Colleague
) -> None:
    person = a_citizen()
    code = offline_codes(person_id=person.pk, n=1, at=AT)[0].text
    other = a_door(door.point, officer, AT)
    sent(door, reading(AT, "vungxanh.person", code))
    assert looked(other, reading(AT, "vungxanh.person", code))["oddness"] == ["code_again"]
    sent(other, reading(AT + MINUTE, "vungxanh.person", code))
    assert [bool(one.flags & 512) for one in Scan.objects.order_by("id")] == [False, True]


def spoilt(door: Door, how: str) -> dict[str, str]:
    """A box with one thing wrong."""
    said = reading(AT, "vn.cccd", CCCD)
    good = door.sealed(said)
    other_point = a_point("Chợ mẫu khác")
    ways = {
        "another id": door.sealed(said, of_id=new_id()),
        "another point": door.sealed(said, code=other_point.code),
        "another key": good | {"key": "00ff00ff"},
        "cut": good | {"box": good["box"][:100]},
        "no base64": good | {"box": "***"},
        "empty": good | {"box": ""},
        "no reading": door.sealed({"at": AT.isoformat(), "subject": 7}),
        "no such kind": door.sealed(reading(AT, "staff", "1")),
    }
    return ways[how]


@pytest.mark.parametrize(
    "how",
    [
        *("another id", "another point", "another key", "cut", "no base64", "empty"),
        *("no reading", "no such kind"),
    ],
)
def test_box_that_is_not_of_this_door_is_refused_by_itself(door: Door, how: str) -> None:
    bad, good = spoilt(door, how), door.sealed(reading(AT, "vn.cccd", OTHER_CCCD))
    told = door.post("visits", {"sealed": [bad, good]}).body
    refused = [{"id": bad["id"], "code": "sealed_unreadable"}]
    assert (told["stored"], told["refused"]) == (1, refused)
    look = door.post("look", {"sealed": bad})
    assert (look.status, look.body["code"]) == (422, "checkins.sealed_unreadable")


def test_box_whose_key_was_destroyed_is_refused(door: Door) -> None:
    box = door.sealed(reading(AT, "vn.cccd", CCCD))
    DoorKey.objects.update(private_part=None, destroyed_at=AT + KEPT_AFTER)
    told = door.post("visits", {"sealed": [box]}).body
    assert told["refused"] == [{"id": box["id"], "code": "sealed_key_gone"}]
    look = door.post("look", {"sealed": box})
    assert (look.status, look.body["code"]) == (410, "checkins.sealed_key_gone")


def test_a_hundred_are_taken_and_one_more_is_not(door: Door) -> None:
    box = door.sealed(reading(AT, "vn.cccd", CCCD))
    assert door.post("visits", {"sealed": [box] * 100}).body["duplicate"] == 99
    refused = door.post("visits", {"sealed": [box] * 101})
    assert (refused.status, refused.body["field"]) == (422, "body.sealed")


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CLOSED])
def test_at_a_point_that_does_not_live_nobody_is_looked_at_or_sent_a_code(
    door: Door, state: State
) -> None:
    Point.objects.filter(pk=door.point.pk).update(state=state)
    sealed = {"sealed": door.sealed(reading(AT, "vn.cccd", CCCD))}
    answers = [
        door.post("look", sealed),
        door.post("phone", {"number": NUMBER}),
        door.post("phone/confirm", {"asked": str(new_id()), "code": "123456"}),
    ]
    told = {(one.status, one.body["code"]) for one in answers}
    assert told == {(409, "checkins.door_closed")}
    assert not AuditEvent.objects.filter(event="people.seen_at_door").exists()


def test_visit_of_a_closed_point_is_kept_and_flagged(door: Door) -> None:
    Point.objects.filter(pk=door.point.pk).update(state=State.SUSPENDED)
    assert sent(door, reading(AT, "vn.cccd", CCCD))["stored"] == 1
    assert Scan.objects.get().flags & 4
    assert door.get("me").body["point"]["is_living"] is False


def test_device_that_keeps_no_point_and_staff_are_refused(door: Door, officer: Colleague) -> None:
    DoorDevice.objects.all().delete()
    assert door.get("me").body["code"] == "checkins.no_door"
    answer = officer.client.get("/api/v1/keeper/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "checkins.no_door")


def test_device_is_refused_once_it_lapsed_or_its_access_was_taken(
    door: Door, officer: Colleague
) -> None:
    with clock.frozen_at(AT + LAPSES_AFTER):
        assert door.get("me").status == 401
    devices.revoke_device(device_id=door.device_id, by=officer.viewer, at=AT)
    box = {"id": str(new_id()), "key": "00ff00ff", "box": ""}
    assert door.post("visits", {"sealed": [box]}).status == 401


def test_device_takes_back_what_it_sent_itself_within_ten_minutes(
    door: Door, officer: Colleague
) -> None:
    other = a_door(door.point, officer, AT)
    boxes = [door.sealed(reading(AT, "vn.cccd", one)) for one in (CCCD, OTHER_CCCD)]
    door.post("visits", {"sealed": boxes})
    ids = [one["id"] for one in boxes]
    assert other.post("back", {"ids": ids}).body["removed"] == 0
    assert door.post("back", {"ids": ids[:1]}).body == {"removed": 1, "inside": 1}
    with clock.frozen_at(AT + 11 * MINUTE):
        assert door.post("back", {"ids": ids}).body["removed"] == 0


def test_all_leave_once_and_come_back_within_ten_minutes(door: Door) -> None:
    sent(door, reading(AT, "vn.cccd", CCCD), reading(AT, "vn.cccd", OTHER_CCCD))
    act = {"id": str(new_id())}
    with clock.frozen_at(AT + MINUTE):
        left = door.post("leave", act).body
        assert left == {"left": 2, "undo_seconds": 600, "inside": 0}
        assert door.post("leave", act).body["left"] == 2
        assert Scan.objects.filter(direction=1, means=1, entrance=1).count() == 2
    with clock.frozen_at(AT + 10 * MINUTE):
        assert door.post("leave/undo", act).body == {"back": 2, "inside": 2}
        assert door.post("leave/undo", act).body["back"] == 2
    assert not Scan.objects.filter(direction=1).exists()
    assert StaleDay.objects.filter(reason="erased").exists()
    told = AuditEvent.objects.filter(event__startswith="checkins.all_left").order_by("sequence")
    assert [one.event for one in told] == ["checkins.all_left", "checkins.all_left_undone"]


def test_leaving_is_not_taken_back_late_nor_by_another_door(door: Door, officer: Colleague) -> None:
    sent(door, reading(AT, "vn.cccd", CCCD))
    act = {"id": str(new_id())}
    door.post("leave", act)
    other = a_door(door.point, officer, AT)
    for name in ("leave", "leave/undo"):
        assert other.post(name, act).body["code"] == "checkins.leaving_taken"
    assert door.post("leave/undo", {"id": str(new_id())}).status == 404
    with clock.frozen_at(AT + 11 * MINUTE):
        assert door.post("leave/undo", act).body["code"] == "checkins.too_late_to_undo"
    assert AllLeft.objects.get().undone_at is None


def test_whoever_came_after_all_left_stays_inside(door: Door) -> None:
    sent(door, reading(AT, "vn.cccd", CCCD))
    act = {"id": str(new_id())}
    door.post("leave", act)
    with clock.frozen_at(AT + MINUTE):
        assert sent(door, reading(AT + MINUTE, "vn.cccd", CCCD))["inside"] == 1
        assert door.post("leave/undo", act).body["inside"] == 1


def test_code_to_a_number_gives_what_the_door_seals(door: Door) -> None:
    person = a_citizen(number=NUMBER)
    asked = door.post("phone", {"number": "0912 000 001"}).body
    assert asked["seconds"] == 300
    unknown = door.post("phone", {"number": "0912000099"}).body
    assert set(unknown) == set(asked)
    code = sent_code()
    wrong = door.post("phone/confirm", {"asked": asked["asked"], "code": code})
    assert (wrong.status, wrong.body["code"]) == (422, "people.wrong_code")
    again = door.post("phone", {"number": "0912 000 001"}).body
    told = door.post("phone/confirm", {"asked": again["asked"], "code": sent_code()}).body
    subject = told["subject"]
    assert sent(door, reading(AT, subject["kind"], subject["value"]))["stored"] == 1
    assert Scan.objects.get().person_id == person.pk


def test_count_is_told_with_its_time(door: Door) -> None:
    told = {"inside": 0, "capacity": 60, "as_of": "2026-03-02T02:00:00Z"}
    assert door.get("inside").body == told


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_a_box_of_a_time_that_no_calendar_of_ours_has_does_not_open(door: Door, when: str) -> None:
    item = door.sealed(reading(AT, "vn.cccd", CCCD), said_at=when)
    answer = door.post("look", {"sealed": item})
    assert (answer.status, answer.body["code"]) == (422, "checkins.sealed_unreadable")
    told = door.post("visits", {"sealed": [item]}).body
    assert told["refused"] == [{"id": item["id"], "code": "sealed_unreadable"}]
