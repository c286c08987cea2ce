"""Somebody ill is called by their health station, else by the unit above it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.declarations.care_scene import BEGAN, DUE, a_care, a_declaration, a_station, at, nurse
from tests.factories.people import QUY_NHON, employed
from tests.factories.register import NHON_BINH, TRAN_PHU, a_neighbour
from vungxanh.accounts.rules import Role
from vungxanh.audit.models import AuditEvent
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.calling import claim, note_call, release, undo_call
from vungxanh.declarations.actions.care_refusals import CareError
from vungxanh.declarations.actions.caring import open_care, raise_overdue
from vungxanh.declarations.models import Care, CareCall
from vungxanh.declarations.values.care import Ill, Said
from vungxanh.declarations.values.states import CareResult
from vungxanh.duties.models import Duty, Occurrence
from vungxanh.duties.values import State
from vungxanh.messaging.models import Message
from vungxanh.people.actions import add_person
from vungxanh.people.queries.reaching import reached
from vungxanh.people.values import Origin
from vungxanh.people.values.entries import NewPerson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
NOT_ILL = Said(CareResult.NOT_ILL)
WATCHED = Said(CareResult.HOME_WATCH, "Sốt nhẹ, ở nhà", follow_on=date(2026, 3, 3))


def states() -> list[str]:
    return list(Occurrence.objects.order_by("due_at").values_list("state", flat=True))


def kinds() -> list[str]:
    return sorted(Message.objects.values_list("kind", flat=True))


def code(refused: pytest.ExceptionInfo[CareError]) -> str:
    return refused.value.code


def test_somebody_ill_is_a_duty_of_the_commune_within_the_minutes_of_the_rules() -> None:
    nurse()
    row = a_care()
    duty = Duty.objects.get()
    assert (duty.kind, duty.unit_id, row.duty) == ("declarations.ill", TRAN_PHU, str(duty.pk))
    assert [one.due_at for one in Occurrence.objects.all()] == [DUE]


def test_a_station_in_which_somebody_acts_owes_the_call_itself() -> None:
    station = a_station()
    employed("station", Role("health_station"), TRAN_PHU, organisation=station)
    a_care()
    assert Duty.objects.get().organisation_id == station


def test_a_station_without_anybody_leaves_the_call_to_the_commune() -> None:
    a_station()
    a_care()
    assert Duty.objects.get().unit_id == TRAN_PHU


def test_the_same_declaration_twice_is_one_care_one_duty_and_one_message_each() -> None:
    nurse()
    who = a_neighbour(phone="0912000001")
    said = Ill(a_declaration(who), who.pk, TRAN_PHU, BEGAN)
    assert open_care(ill=said, at=BEGAN) == open_care(ill=said, at=at(1))
    assert (Care.objects.count(), Duty.objects.count()) == (1, 1)
    assert kinds() == ["declarations.care_person", "declarations.care_station"]


def test_a_further_declaration_joins_the_care_that_waits_and_keeps_its_time() -> None:
    who = a_neighbour(phone="0912000001")
    row = a_care(who)
    later = Ill(a_declaration(who, when=at(30)), who.pk, TRAN_PHU, at(30))
    assert open_care(ill=later, at=at(30)) == row.pk
    row.refresh_from_db()
    assert (row.latest_id, row.n_joined, row.due_at) == (later.declaration_id, 1, DUE)
    assert open_care(ill=later, at=at(31)) == row.pk
    row.refresh_from_db()
    assert row.n_joined == 1


def test_no_message_says_why_and_none_names_the_person() -> None:
    nurse()
    employed("district", Role("district_officer"), QUY_NHON)
    a_station(telephone="0912000009")
    a_care()
    raise_overdue(at=at(121))
    texts = " ".join(f"{one.subject} {one.text}" for one in Message.objects.all())
    assert "Tram Y te phuong mau, 0912 000 009" in texts
    telling = ("sốt", "sot ", "ho,", "Người Mẫu", "Nguoi Mau", "bệnh", "benh", "dấu hiệu")
    assert [one for one in telling if one in texts] == []


def test_the_first_call_meets_the_duty_and_the_note_lies_sealed() -> None:
    who, row = nurse().viewer, a_care()
    claim(care_id=row.pk, by=who, at=at(5))
    note_call(care_id=row.pk, said=WATCHED, n_seen=0, by=who, at=at(9))
    row.refresh_from_db()
    assert (row.state, row.result, row.follow_on) == ("handled", "home_watch", date(2026, 3, 3))
    assert (row.handled_by, states()) == (who.id, [State.DONE])
    assert "Sốt".encode() not in bytes(CareCall.objects.get().note or b"")


def test_a_call_after_the_due_time_stays_late() -> None:
    who, row = nurse().viewer, a_care()
    note_call(care_id=row.pk, said=NOT_ILL, n_seen=0, by=who, at=at(150))
    assert states() == [State.LATE]


def test_who_is_not_reached_is_called_again_and_still_owed() -> None:
    who, row = nurse().viewer, a_care()
    said = Said(CareResult.NOT_REACHED, again_at=at(40))
    note_call(care_id=row.pk, said=said, n_seen=0, by=who, at=at(9))
    row.refresh_from_db()
    assert (row.state, row.again_at, states()) == ("open", at(40), [State.OPEN])


def test_somebody_followed_who_is_not_reached_stays_followed() -> None:
    who, row = nurse().viewer, a_care()
    note_call(care_id=row.pk, said=WATCHED, n_seen=0, by=who, at=at(9))
    next_day = BEGAN + timedelta(days=1)
    said = Said(CareResult.NOT_REACHED, again_at=next_day + timedelta(hours=2))
    note_call(care_id=row.pk, said=said, n_seen=1, by=who, at=next_day)
    row.refresh_from_db()
    assert (row.state, row.follow_on) == ("handled", date(2026, 3, 3))
    assert raise_overdue(at=next_day + timedelta(hours=3)) == 0


def test_two_officers_never_call_the_same_person_at_once() -> None:
    one, other, row = nurse().viewer, nurse("other").viewer, a_care()
    claim(care_id=row.pk, by=one, at=at(5))
    with pytest.raises(CareError) as refused:
        claim(care_id=row.pk, by=other, at=at(6))
    assert code(refused) == "declarations.care_held"
    with pytest.raises(CareError):
        note_call(care_id=row.pk, said=NOT_ILL, n_seen=0, by=other, at=at(6))
    claim(care_id=row.pk, by=other, at=at(35))
    row.refresh_from_db()
    assert row.claimed_by == other.id


def test_who_lets_go_leaves_the_call_to_others() -> None:
    one, other, row = nurse().viewer, nurse("other").viewer, a_care()
    claim(care_id=row.pk, by=one, at=at(5))
    release(care_id=row.pk, by=one, at=at(6))
    claim(care_id=row.pk, by=other, at=at(7))
    with pytest.raises(CareError) as refused:
        release(care_id=row.pk, by=one, at=at(8))
    assert code(refused) == "declarations.care_changed"


def test_a_page_that_has_not_seen_the_last_call_writes_nothing_over_it() -> None:
    who, row = nurse().viewer, a_care()
    note_call(care_id=row.pk, said=WATCHED, n_seen=0, by=who, at=at(9))
    with pytest.raises(CareError) as refused:
        note_call(care_id=row.pk, said=NOT_ILL, n_seen=0, by=who, at=at(10))
    assert code(refused) == "declarations.care_changed"
    assert CareCall.objects.count() == 1


def test_a_result_is_undone_within_ten_minutes_and_the_call_is_owed_again() -> None:
    who, row = nurse().viewer, a_care()
    note_call(care_id=row.pk, said=NOT_ILL, n_seen=0, by=who, at=at(9))
    undo_call(care_id=row.pk, by=who, at=at(19))
    row.refresh_from_db()
    assert (row.state, row.result, row.claimed_by) == ("calling", "", who.id)
    assert states() == [State.OPEN]


@pytest.mark.parametrize(("minutes", "is_own"), [(20, True), (10, False)])
def test_nothing_is_undone_later_or_by_others(minutes: int, is_own: bool) -> None:
    who, other, row = nurse().viewer, nurse("other").viewer, a_care()
    note_call(care_id=row.pk, said=NOT_ILL, n_seen=0, by=who, at=at(9))
    with pytest.raises(CareError) as refused:
        undo_call(care_id=row.pk, by=who if is_own else other, at=at(minutes))
    assert code(refused) == "declarations.care_undo"


def test_what_is_closed_is_called_no_more() -> None:
    who, row = nurse().viewer, a_care()
    note_call(care_id=row.pk, said=NOT_ILL, n_seen=0, by=who, at=at(9))
    with pytest.raises(CareError) as refused:
        claim(care_id=row.pk, by=who, at=at(30))
    assert code(refused) == "declarations.care_over"


@pytest.mark.parametrize(
    "said",
    [
        Said(CareResult.HOME_WATCH),
        Said(CareResult.TEST, follow_on=date(2026, 3, 1)),
        Said(CareResult.HOME_WATCH, follow_on=date(2026, 4, 1)),
        Said(CareResult.NOT_REACHED),
        Said(CareResult.NOT_REACHED, again_at=at(8)),
        Said(CareResult.NOT_REACHED, again_at=at(60 * 25)),
    ],
)
def test_a_result_without_a_plan_that_can_be_is_refused(said: Said) -> None:
    who, row = nurse().viewer, a_care()
    with pytest.raises(CareError) as refused:
        note_call(care_id=row.pk, said=said, n_seen=0, by=who, at=at(9))
    assert code(refused) == "declarations.care_plan"
    assert CareCall.objects.count() == 0


def test_an_officer_of_another_commune_finds_nothing() -> None:
    stranger, row = nurse("stranger", NHON_BINH).viewer, a_care()
    with pytest.raises(MissingError):
        claim(care_id=row.pk, by=stranger, at=at(5))


def test_what_is_overdue_goes_to_the_next_unit_up_once() -> None:
    nurse()
    employed("district", Role("district_officer"), QUY_NHON)
    row = a_care()
    assert [raise_overdue(at=at(n)) for n in (120, 121, 122)] == [0, 1, 0]
    row.refresh_from_db()
    assert (row.escalated_to_id, row.due_at) == (QUY_NHON, at(241))
    assert [one.kind for one in Duty.objects.order_by("created_at")] == [
        "declarations.ill",
        "declarations.ill_raised",
    ]
    assert kinds().count("declarations.care_raised") == 2


def test_in_the_era_of_districts_the_district_has_it_and_then_the_province() -> None:
    day = datetime(2021, 8, 2, 2, tzinfo=UTC)
    row = a_care(when=day)
    assert raise_overdue(at=day + timedelta(minutes=121)) == 1
    row.refresh_from_db()
    assert row.escalated_to_id == QUY_NHON
    assert raise_overdue(at=day + timedelta(minutes=242)) == 1
    row.refresh_from_db()
    assert row.escalated_to_id == "vn-2021:52"
    assert raise_overdue(at=day + timedelta(days=1)) == 0


@pytest.mark.usefixtures("places_of_both_eras")
def test_today_the_province_of_today_has_it() -> None:
    row = a_care()
    raise_overdue(at=at(121))
    row.refresh_from_db()
    assert row.escalated_to_id == "vn-2025:52"


def test_a_call_of_the_unit_above_meets_both_duties() -> None:
    district = employed("district", Role("district_officer"), QUY_NHON).viewer
    row = a_care()
    raise_overdue(at=at(121))
    note_call(care_id=row.pk, said=NOT_ILL, n_seen=0, by=district, at=at(130))
    assert states() == [State.LATE, State.DONE]


def test_what_was_called_in_time_is_never_raised() -> None:
    who, row = nurse().viewer, a_care()
    note_call(care_id=row.pk, said=NOT_ILL, n_seen=0, by=who, at=at(9))
    assert raise_overdue(at=at(500)) == 0


def test_every_step_stands_in_the_log_without_anything_that_names() -> None:
    who, row = nurse().viewer, a_care()
    claim(care_id=row.pk, by=who, at=at(5))
    note_call(care_id=row.pk, said=NOT_ILL, n_seen=0, by=who, at=at(9))
    undo_call(care_id=row.pk, by=who, at=at(10))
    found = AuditEvent.objects.filter(event__startswith="declarations.care").order_by("id")
    steps = ["opened", "claimed", "called", "undone"]
    assert [one.event for one in found] == [f"declarations.care_{one}" for one in steps]
    assert {one.subject for one in found} == {f"care:{row.pk}"}


def test_the_guardian_is_called_where_somebody_has_no_number() -> None:
    guardian = a_neighbour(phone="0912000001")
    child = add_person(
        person=NewPerson(Origin.DEPENDANT, "Bé Mẫu", guardian=guardian.pk), by=SYSTEM, at=BEGAN
    )
    found = reached([child.pk], viewer=SYSTEM)[child.pk]
    assert (found.numbers, found.is_guardians) == (("+84912000001",), True)
