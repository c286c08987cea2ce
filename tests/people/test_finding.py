"""Finding persons: pairs first, then syllables; the area and the block bound what is opened."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.factories.people import Colleague
from tests.factories.register import AT, NHON_BINH, TRAN_PHU, a_neighbour
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.actions import PurposeNeededError
from vungxanh.audit.models import AuditEvent
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.engines.papers import BadPaperError
from vungxanh.engines.persons import PersonAsked, Reason
from vungxanh.engines.phones import BadPhoneError
from vungxanh.people.actions.looking_refusals import NameTellsLittleError, TooManyLookUpsError
from vungxanh.people.actions.looking_up import look_up, same_persons
from vungxanh.people.queries import finding
from vungxanh.people.queries.finding import candidates
from vungxanh.people.queries.officers_lines import alike
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.entries import NewPerson
from vungxanh.people.values.looking import Answer, LookUp, Way
from vungxanh.refusals import RefusalError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places", "purposes")]
PHONE = "0912 000 003"
PAPER = "052185000001"


@pytest.fixture
def purposes(db: None) -> None:
    """The purposes that the package brings."""
    accounts.load_purposes(by=SYSTEM, at=AT)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most two rows are opened."""
    monkeypatch.setattr(finding, "MOST_OPENED", 2)


def asked(name: str, year: int | None = None, commune: str = "") -> Answer:
    return alike(SYSTEM, PersonAsked(name=name, birth_year=year), commune)


def numbers(answer: Answer) -> list[int]:
    return [line.id for line in answer.lines]


def looked_up(by: Colleague, way: Way, text: str, purpose: str = "tracing") -> Answer:
    return look_up(asked=LookUp(way, text, purpose), by=by.viewer, at=AT)


def test_a_letter_lost_is_forgiven_by_the_syllables_that_are_left() -> None:
    person = a_neighbour("Người Mẫu Một")
    assert numbers(asked("Nguoi Mau Mo")) == [person.pk]


def test_the_likeliest_stands_first_and_equals_stand_by_number() -> None:
    near, exact, same = (
        a_neighbour("Người Mẫu Mốt", birth="1985"),
        a_neighbour("Người Mẫu Một", birth="1985"),
        a_neighbour("Người Mẫu Một", birth="1985"),
    )
    assert numbers(asked("Người Mẫu Một", 1985)) == [exact.pk, same.pk, near.pk]


def test_a_year_of_birth_ranks_and_is_told() -> None:
    other, meant = (
        a_neighbour("Người Mẫu Một", birth="1950"),
        a_neighbour("Người Mẫu Một", birth="20/3/1985"),
    )
    first, second = asked("Người Mẫu Một", 1985).lines
    assert (first.id, second.id) == (meant.pk, other.pk)
    assert first.likeness
    assert second.likeness
    assert Reason.BIRTH_YEAR_SAME in first.likeness.reasons
    assert Reason.BIRTH_YEAR_DIFFERS in second.likeness.reasons


def test_a_commune_bounds_the_search_and_speaks_for_whom_it_finds() -> None:
    a_neighbour("Người Mẫu Một", unit=NHON_BINH, birth="1985")
    here = a_neighbour("Người Mẫu Một", birth="1985")
    (line,) = asked("Người Mẫu Một", 1985, TRAN_PHU).lines
    assert line.id == here.pk
    assert line.likeness
    assert line.likeness.score > 0.9


def test_more_than_may_be_opened_is_said_and_cut(small_blocks: None) -> None:
    for _ in range(3):
        a_neighbour("Người Mẫu Một")
    found = asked("Người Mẫu Một")
    assert (len(found.lines), found.is_cut) == (2, True)


def test_what_one_question_found_stands_when_the_next_would_open_too_many(
    small_blocks: None,
) -> None:
    meant = a_neighbour("Người Mẫu Một", birth="1985")
    for _ in range(3):
        a_neighbour("Người Mẫu Một", birth="1950")
    found = asked("Người Mẫu Một", 1985)
    assert (numbers(found), found.is_cut) == ([meant.pk], False)


def test_a_search_by_name_asks_six_queries_at_most() -> None:
    a_neighbour("Người Mẫu Một", birth="1985")
    with CaptureQueriesContext(connection) as asked_for:
        candidates(SYSTEM, PersonAsked(name="Nguoi Mau Hai", birth_year=1985))
    assert 1 < len(asked_for) <= 6


def test_a_number_elsewhere_is_answered_as_one_that_nobody_has(
    officer: Colleague, other_officer: Colleague
) -> None:
    person = a_neighbour(phone=PHONE)
    assert numbers(looked_up(officer, Way.PHONE, "+84 912 000 003")) == [person.pk]
    elsewhere = looked_up(other_officer, Way.PHONE, PHONE)
    assert elsewhere == looked_up(other_officer, Way.PHONE, "0912 000 009") == Answer(())


def test_a_paper_is_found_in_the_own_area_alone(
    officer: Colleague, other_officer: Colleague
) -> None:
    person = a_neighbour(papers=(("", PAPER),))
    assert numbers(looked_up(officer, Way.PAPER, "0521 8500 0001")) == [person.pk]
    assert looked_up(other_officer, Way.PAPER, PAPER) == Answer(())


def test_a_name_elsewhere_is_not_found(officer: Colleague, other_officer: Colleague) -> None:
    person = a_neighbour()
    assert numbers(looked_up(officer, Way.NAME, "nguoi mau mot")) == [person.pk]
    assert looked_up(other_officer, Way.NAME, "nguoi mau mot") == Answer(())


def test_a_look_up_is_recorded_with_purpose_way_and_number_never_the_value(
    officer: Colleague,
) -> None:
    a_neighbour(phone=PHONE)
    looked_up(officer, Way.PHONE, PHONE)
    event = AuditEvent.objects.filter(event="people.looked_up").get()
    assert (event.purpose, event.subject) == ("tracing", "people")
    assert event.detail == {"way": "phone", "results": 1}


@pytest.mark.parametrize("purpose", ["", "curiosity"])
def test_nobody_is_looked_up_without_a_purpose_in_force(officer: Colleague, purpose: str) -> None:
    with pytest.raises(PurposeNeededError):
        looked_up(officer, Way.PHONE, PHONE, purpose)
    assert not AuditEvent.objects.filter(event="people.looked_up").exists()


@pytest.mark.parametrize(
    ("way", "text", "refused"),
    [
        (Way.PHONE, "12", BadPhoneError),
        (Way.PAPER, "12", BadPaperError),
        (Way.NAME, "N. V.", NameTellsLittleError),
    ],
    ids=["no number", "no paper", "initials"],
)
def test_what_cannot_be_is_refused_before_it_counts(
    officer: Colleague, way: Way, text: str, refused: type[RefusalError]
) -> None:
    with pytest.raises(refused):
        looked_up(officer, way, text)
    assert not AuditEvent.objects.filter(event="people.looked_up").exists()


def looks(by: Viewer, *moments: timedelta) -> None:
    for moment in moments:
        look_up(asked=LookUp(Way.PHONE, PHONE, "tracing"), by=by, at=AT + moment)


def a_keeper(officer: Colleague) -> Viewer:
    return replace(officer.viewer, id="device:0196f0a0-0000-7000-8000-000000000001")


def test_the_sixty_first_look_up_of_an_hour_is_refused_and_says_when_the_next_is(
    officer: Colleague,
) -> None:
    looks(officer.viewer, *(timedelta(minutes=minute) for minute in range(60)))
    with pytest.raises(TooManyLookUpsError) as refusal:
        looks(officer.viewer, timedelta(minutes=59, seconds=30))
    assert "60 lượt" in refusal.value.words.vi
    assert "10:00:00" in refusal.value.words.vi
    assert refusal.value.retry_after_seconds == 30


def test_a_keeper_s_device_has_ten_an_hour(officer: Colleague) -> None:
    looks(a_keeper(officer), *[timedelta(0)] * 10)
    with pytest.raises(TooManyLookUpsError):
        looks(a_keeper(officer), timedelta(minutes=59))


def test_no_hour_that_begins_between_lets_more_through(officer: Colleague) -> None:
    looks(a_keeper(officer), *(timedelta(minutes=50 + n) for n in range(10)))
    with pytest.raises(TooManyLookUpsError):
        looks(a_keeper(officer), timedelta(minutes=109, seconds=59))
    looks(a_keeper(officer), timedelta(minutes=110))
    with pytest.raises(TooManyLookUpsError):
        looks(a_keeper(officer), timedelta(minutes=110))


def test_a_look_up_counts_for_its_hour_to_the_microsecond(officer: Colleague) -> None:
    looks(a_keeper(officer), *[timedelta(0)] * 10)
    hour, least = timedelta(hours=1), timedelta(microseconds=1)
    with pytest.raises(TooManyLookUpsError):
        looks(a_keeper(officer), hour - least)
    looks(a_keeper(officer), *[hour] * 10)


def test_a_clock_a_little_behind_lets_none_pass_on_top(officer: Colleague) -> None:
    looks(a_keeper(officer), *[timedelta(0)] * 10)
    looks(a_keeper(officer), timedelta(hours=1))
    with pytest.raises(TooManyLookUpsError):
        looks(a_keeper(officer), timedelta(minutes=59, seconds=59))


def test_a_limit_that_was_lowered_holds_at_once(officer: Colleague, settings: Settings) -> None:
    looks(officer.viewer, *(timedelta(minutes=minute) for minute in range(5)))
    settings.LOOKUPS_OFFICER = 2
    with pytest.raises(TooManyLookUpsError) as refusal:
        looks(officer.viewer, timedelta(minutes=10))
    assert refusal.value.retry_after_seconds == 53 * 60


def test_an_officer_s_look_ups_are_not_taken_from_another_s(
    officer: Colleague, settings: Settings
) -> None:
    settings.LOOKUPS_OFFICER = 1
    looks(officer.viewer, timedelta(0))
    looks(replace(officer.viewer, id="staff:another"), timedelta(0))
    assert AuditEvent.objects.filter(event="people.looked_up").count() == 2


def new(**said: object) -> NewPerson:
    particulars = {"name": "Người Mẫu Một", "residence": Residence(TRAN_PHU), **said}
    return NewPerson(Origin.DOOR, **particulars)  # type: ignore[arg-type]


def same(by: Colleague, person: NewPerson) -> list[tuple[int, tuple[Reason, ...]]]:
    found = same_persons(person=person, purpose="tracing", by=by.viewer, at=AT)
    return [(line.id, line.likeness.reasons if line.likeness else ()) for line in found]


def test_whoever_has_the_same_paper_or_number_may_be_the_same(officer: Colleague) -> None:
    by_paper, by_phone = (
        a_neighbour("Công Dân Thử", papers=(("", PAPER),), unit=NHON_BINH),
        a_neighbour("Công Dân Khác", phone=PHONE),
    )
    assert same(officer, new(phone=PHONE, papers=(("", PAPER),))) == [
        (by_paper.pk, (Reason.PAPERS_SAME,)),
        (by_phone.pk, (Reason.PHONE_SAME,)),
    ]


@pytest.mark.parametrize("birth", ["1985", ""])
def test_whoever_bears_the_name_in_the_same_commune_may_be_the_same(
    officer: Colleague, birth: str
) -> None:
    person = a_neighbour(birth=birth)
    a_neighbour(birth="1950")
    a_neighbour(birth="1985", unit=NHON_BINH)
    assert [found for found, _ in same(officer, new(birth="1985"))] == [person.pk]


def test_nobody_elsewhere_is_shown_as_the_same(other_officer: Colleague) -> None:
    a_neighbour(phone=PHONE, papers=(("", PAPER),))
    assert same(other_officer, new(phone=PHONE, papers=(("", PAPER),))) == []


def test_only_an_answer_that_shows_somebody_counts_as_a_look_up(officer: Colleague) -> None:
    same(officer, new(phone=PHONE))
    assert not AuditEvent.objects.filter(event="people.looked_up").exists()
    a_neighbour(phone=PHONE)
    same(officer, new(phone=PHONE))
    event = AuditEvent.objects.filter(event="people.looked_up").get()
    assert event.detail == {"way": "new", "results": 1}
