"""Somebody at a door: seen by initials and year alone, known by a code to their number."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.factories.register import AT, NUMBER, a_citizen, a_neighbour, lying_in, sent_code
from vungxanh.audit.models import AuditEvent
from vungxanh.core import limits
from vungxanh.core.viewer import Viewer
from vungxanh.messaging.models import Message
from vungxanh.people.actions.cards import write_card
from vungxanh.people.actions.door_looking import look_at_door
from vungxanh.people.actions.door_proving import OF_DEVICE, ask_door_code, confirm_door_code
from vungxanh.people.actions.personal_codes import offline_codes, screen_code
from vungxanh.people.actions.purging import purge
from vungxanh.people.actions.refusals import NotMobileError, TooManyCodesError, WrongCodeError
from vungxanh.people.actions.standing import write_standing
from vungxanh.people.actions.subjects import persons_of
from vungxanh.people.models import DoorProof, Person, Phone, UsedCode
from vungxanh.people.rules.codes import LIVES, MOST_TRIES
from vungxanh.people.values import Origin
from vungxanh.people.values.at_doors import AtDoor, DoorAsked
from vungxanh.people.values.standing import Class, Colour, NewCard, NewStanding
from vungxanh.people.values.subjects import (
    CodeOddness,
    FoundSubject,
    ShownSubject,
    SubjectRefusal,
)
from vungxanh.protocol.personal import own

DEVICE = UUID("0196f0a0-0000-7000-8000-000000000000")
OTHER = UUID("0196f0a0-0000-7000-8000-000000000001")
DOOR = Viewer(id=f"device:{DEVICE}", name="")
CCCD = "052185000001"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    """Limits of this process begin anew."""
    limits.start_anew()


def seen(kind: str, value: str, after: timedelta = timedelta()) -> AtDoor:
    shown = ShownSubject(kind, value, AT + after, None, DEVICE)
    return look_at_door(shown=shown, point="point:7", by=DOOR, at=AT + after)


def asked(number: str = NUMBER, device: UUID = DEVICE) -> DoorAsked:
    return ask_door_code(device=device, number=number, place="Chợ mẫu", network="", by=DOOR, at=AT)


def answered(to: DoorAsked, code: str, device: UUID = DEVICE, after: timedelta = MINUTE) -> str:
    at = AT + after
    shown = confirm_door_code(device=device, asked=to.id, code=code, by=DOOR, at=at)
    return shown.text


def events() -> list[tuple[str, str, dict[str, object]]]:
    rows = AuditEvent.objects.filter(event__regex="^people.(seen_at|door_)").order_by("sequence")
    return [(row.event.removeprefix("people."), row.subject, row.detail) for row in rows]


def test_door_sees_initials_year_standing_and_colour_and_the_log_says_whom() -> None:
    person = a_neighbour("Người Mẫu Một", birth="1985-03-20", papers=(("cccd", CCCD),))
    ends = AT + DAY
    standing = NewStanding(person.pk, Class.CONTACT, AT - DAY, None, "case:1")
    write_standing(standing=standing, by=DOOR, at=AT)
    card = NewCard(person.pk, Colour.YELLOW, AT - DAY, ends, "declaration:1")
    write_card(card=card, by=DOOR, at=AT)
    found = seen("vn.cccd", CCCD)
    assert (found.is_known, found.initials, found.birth_year) == (True, "N. M. M.", 1985)
    assert (found.classes, found.colour) == (frozenset({Class.CONTACT}), Colour.YELLOW)
    detail = {"kind": "vn.cccd", "point": "point:7"}
    assert events() == [("seen_at_door", f"person:{person.pk}", detail)]


def test_standings_and_cards_that_are_over_or_not_begun_are_not_seen() -> None:
    person = a_neighbour(papers=(("cccd", CCCD),))
    past = NewStanding(person.pk, Class.CASE, AT - 2 * DAY, AT - DAY, "case:1")
    later = NewStanding(person.pk, Class.QUARANTINED, AT + DAY, None, "case:2")
    write_standing(standing=past, by=DOOR, at=AT)
    write_standing(standing=later, by=DOOR, at=AT)
    write_card(card=NewCard(person.pk, Colour.RED, AT - DAY, AT, "d:1"), by=DOOR, at=AT)
    found = seen("vn.cccd", CCCD)
    assert (found.classes, found.colour) == (frozenset(), None)


def test_look_begins_nobody_and_uses_no_code_up() -> None:
    person = a_citizen()
    code = offline_codes(person_id=person.pk, n=1, at=AT)[0].text
    n_persons = Person.objects.count()
    assert seen("vungxanh.person", code).oddness == CodeOddness(0)
    assert seen("vungxanh.person", code).oddness == CodeOddness(0)
    assert seen("vn.cccd", CCCD) == AtDoor()
    assert (Person.objects.count(), UsedCode.objects.count()) == (n_persons, 0)
    assert [subject for _, subject, _ in events()][-1] == "people"


def test_photograph_of_a_screen_and_a_code_that_was_used_are_odd() -> None:
    person = a_citizen()
    screen = screen_code(person_id=person.pk, at=AT).text
    assert seen("vungxanh.person", screen, 10 * MINUTE).oddness == CodeOddness.OLD
    once = offline_codes(person_id=person.pk, n=1, at=AT)[0].text
    persons_of(asked=[ShownSubject("vungxanh.person", once, AT, None, DEVICE)], at=AT)
    assert seen("vungxanh.person", once).oddness == CodeOddness.AGAIN


def test_nobody_is_seen_by_number_whether_it_is_known_or_not() -> None:
    a_citizen(number=NUMBER)
    known, unknown = seen("phone", NUMBER), seen("phone", "0912000099")
    assert known == unknown == AtDoor(refusal=SubjectRefusal.NOT_ALLOWED)
    assert events() == []


def test_code_that_is_read_out_stands_for_the_person_as_a_code_of_theirs_would() -> None:
    person = a_citizen(number=NUMBER)
    text = answered(asked("0912 000 001"), sent_code())
    assert own.is_own(text)
    shown = ShownSubject("vungxanh.person", text, AT + MINUTE, None, DEVICE)
    assert persons_of(asked=[shown], at=AT + MINUTE) == [FoundSubject(person.pk)]
    assert [(event, subject) for event, subject, _ in events()] == [
        ("door_code_asked", f"device:{DEVICE}"),
        ("door_code_proved", f"person:{person.pk}"),
    ]
    assert not DoorProof.objects.exists()


def test_whoever_is_not_known_is_begun_once_with_the_number_as_said() -> None:
    answered(asked(), sent_code())
    person = Person.objects.get()
    assert (person.origin, person.has_phone) == (Origin.DOOR, False)
    assert Phone.objects.get(person=person).proved_at is None
    answered(asked(), sent_code())
    assert Person.objects.count() == 1


def test_asking_reads_no_register_and_answers_alike() -> None:
    a_citizen(number=NUMBER)
    known, unknown = asked(NUMBER), asked("0912000099")
    assert known.seconds == unknown.seconds == LIVES.total_seconds()
    assert {row.n_tries for row in DoorProof.objects.all()} == {0}


def test_message_names_the_door_and_says_to_whom_the_code_may_be_read() -> None:
    asked()
    text = Message.objects.latest("created_at").text or ""
    assert "Cho mau" in text
    assert "Chi doc cho nguoi truc" in text
    assert sent_code() in text


def test_name_of_a_point_leads_nobody_anywhere() -> None:
    place = "bit.ly/x9 goi 0912 345 678"
    ask_door_code(device=DEVICE, number=NUMBER, place=place, network="", by=DOOR, at=AT)
    text = Message.objects.latest("created_at").text or ""
    assert "bit ly x9 goi," in text
    assert "345" not in text.replace(sent_code(), "")


def test_code_holds_for_five_tries_five_minutes_and_the_device_that_asked() -> None:
    to = asked()
    code = sent_code()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    with pytest.raises(WrongCodeError):
        answered(to, code, device=OTHER)
    with pytest.raises(WrongCodeError):
        answered(to, code, after=LIVES)
    for _ in range(MOST_TRIES):
        with pytest.raises(WrongCodeError):
            answered(to, wrong)
    with pytest.raises(WrongCodeError):
        answered(to, code)
    assert {event for event, _, _ in events()} == {"door_code_asked", "door_code_refused"}
    assert not Person.objects.exists()


def test_code_works_once() -> None:
    to = asked()
    code = sent_code()
    answered(to, code)
    with pytest.raises(WrongCodeError):
        answered(to, code)


def test_numbers_and_devices_have_their_hour() -> None:
    for _ in range(5):
        asked()
    with pytest.raises(TooManyCodesError):
        asked()
    with pytest.raises(NotMobileError):
        asked("0256 3822 222")
    hour = 3600
    for _ in range(2 * OF_DEVICE):
        limits.take("door-code-device", str(OTHER), n=OF_DEVICE, per_seconds=hour, at=AT)
    with pytest.raises(TooManyCodesError):
        asked("0912000033", device=OTHER)


def test_number_lies_sealed_and_goes_within_a_day() -> None:
    asked()
    lying = lying_in(DoorProof)
    assert NUMBER not in lying
    assert NUMBER.encode().hex() not in lying
    purge(at=AT + 2 * DAY)
    assert not DoorProof.objects.exists()
