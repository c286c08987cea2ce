"""VAO and RA by SMS: a visit of the number's person, once, and an answer that says so."""

from datetime import datetime, timedelta

import pytest

from tests.factories.points import a_point
from tests.factories.register import NUMBER, a_citizen
from vungxanh.checkins.actions.merging import merge_points
from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.scans import Direction, Means
from vungxanh.core import clock
from vungxanh.core.ids import made_at
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging import actions
from vungxanh.messaging.gateways import CameIn
from vungxanh.messaging.models import IncomingSms, Message
from vungxanh.messaging.rules.segments import unaccented
from vungxanh.people.models import Person
from vungxanh.protocol.places import short_codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]


def came(text: str, *, name: str = "1", at: datetime | None = None) -> list[str]:
    """What the answers say so far, without accents, after an SMS from one number."""
    when = at or clock.now()
    actions.take_in(came=[CameIn(name, NUMBER, "8099", text, when)], at=when)
    rows = Message.objects.filter(kind="messaging.sms_answer").order_by("created_at", "id")
    return [unaccented(str(one.text)) for one in rows]


def told(point: Point, verb: str = "VÀO") -> str:
    at = Scan.objects.latest("at").at.astimezone(clock.TZ)
    said = f"Vùng Xanh đã ghi {verb} {point.name} lúc {at:%H:%M} ngày {at.day}/{at.month}."
    return unaccented(
        said + (f" Khi về, soạn RA {short_codes.shown(point.code)}." if verb == "VÀO" else "")
    )


@pytest.mark.parametrize("text", ["VAO {}", "vào {}", "Vao  {}.", "VÀO {}"])
def test_an_sms_in_any_spelling_is_a_visit_of_the_person_of_the_number(text: str) -> None:
    person, point = a_citizen(at=clock.now()), a_point("Chợ mẫu")
    answers = came(text.format(short_codes.shown(point.code).lower()))
    scan = Scan.objects.get()
    assert (scan.person_id, scan.point_id) == (person.pk, point.pk)
    assert (scan.direction, scan.means) == (Direction.IN, Means.DECLARED)
    assert answers == [told(point)]


def test_the_time_is_when_the_sms_came_in() -> None:
    point = a_point()
    came(f"VAO {point.code}")
    scan, kept = Scan.objects.get(), IncomingSms.objects.get()
    assert scan.at == made_at(kept.pk)
    assert kept.taken_as == f"scan:{scan.pk}"


def test_ra_says_that_they_left() -> None:
    point = a_point("Chợ mẫu")
    came(f"VAO {point.code}")
    assert came(f"RA {point.code}", name="2")[1] == told(point, "RA")
    assert list(Scan.objects.order_by("at").values_list("direction", flat=True)) == [0, 1]
    assert Scan.objects.values("person_id").distinct().count() == 1


def test_a_number_that_nobody_proved_begins_one_person() -> None:
    first, second = a_point(), a_point("Chợ khác")
    before = Person.objects.count()
    came(f"VAO {first.code}")
    came(f"VAO {second.code}", name="2")
    assert Person.objects.count() == before + 1
    assert Scan.objects.count() == 2


def test_an_sms_that_is_handed_out_twice_is_one_visit_with_one_answer() -> None:
    point = a_point()
    for _time in range(2):
        answers = came(f"VAO {point.code}", name="same")
    assert (Scan.objects.count(), len(answers)) == (1, 1)


def test_said_twice_within_a_minute_is_one_visit_that_is_answered_alike() -> None:
    point = a_point()
    came(f"VAO {point.code}")
    answers = came(f"vao {point.code}", name="2")
    assert Scan.objects.count() == 1
    assert answers == [told(point), told(point)]


def test_a_code_of_nobody_is_told_and_nothing_is_guessed() -> None:
    code = short_codes.written(123_456_789)
    (answer,) = came(f"VAO {code}")
    assert f"chua co diem nao mang ma {code}" in answer
    assert IncomingSms.objects.get().problem == "checkins.sms_point_unknown"
    assert not Scan.objects.exists()


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CLOSED])
def test_a_point_that_does_not_live_is_told_and_nothing_is_noted(state: State) -> None:
    point = a_point("Chợ mẫu", state=state)
    before = Person.objects.count()
    (answer,) = came(f"VAO {point.code}")
    assert "diem Cho mau dang tam dung hoac da dong" in answer
    assert not Scan.objects.exists()
    assert Person.objects.count() == before


def test_the_code_of_a_merged_point_is_a_visit_at_the_one_that_was_kept() -> None:
    kept, gone = a_point("Chợ Đầm"), a_point("Chợ Cũ")
    merge_points(kept=kept, merged=gone, reason="Một chợ", by=SYSTEM, at=clock.now())
    (answer,) = came(f"VAO {gone.code}")
    assert "VAO Cho Dam" in answer
    assert Scan.objects.get().point_id == gone.pk


def test_an_sms_that_is_dealt_with_late_keeps_the_time_at_which_it_came() -> None:
    point = a_point()
    came(f"VAO {point.code}", at=clock.now() + timedelta(minutes=30))
    assert clock.now() - Scan.objects.get().at < timedelta(minutes=5)
