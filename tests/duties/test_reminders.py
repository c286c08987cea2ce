"""Who is reminded, when, how often, and what is proposed at last."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tests.duties.conftest import DUE, MORNING, ONCE, details, events, mails, only
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Colleague, employed
from tests.locations.organisations import added
from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import Role
from vungxanh.duties import actions
from vungxanh.duties.models import Occurrence
from vungxanh.duties.rules import HolderKind, Pace, SourceKind, State, Step, step_at, step_to_take
from vungxanh.duties.values import Holder, NewDuty
from vungxanh.messaging.models import Message

pytestmark = pytest.mark.django_db
Owed = Callable[..., UUID]
TOLD = ("duties.reminder", "district@test.example")
BEYOND = timedelta(microseconds=1)
FIVE = datetime(2020, 8, 28, 10, tzinfo=UTC)  # 17h00, when what is owed once is due
HOURS = (-60, 0, 15, 30, 45, 60)
DAYS = (-1, 0, 1, 2, 3, 4)


def minutes(n_minutes: int) -> datetime:
    """So many minutes after 17h00."""
    return FIVE + timedelta(minutes=n_minutes)


@pytest.mark.parametrize("pace", list(Pace))
def test_each_step_comes_at_its_instant_and_not_a_moment_before(pace: Pace) -> None:
    after = [
        timedelta(minutes=n) if pace is Pace.HOURS else timedelta(days=n)
        for n in (HOURS if pace is Pace.HOURS else DAYS)
    ]
    steps = list(Step)
    assert [step_at(pace, due_at=DUE, at=DUE + one) for one in after] == steps[1:]
    assert [step_at(pace, due_at=DUE, at=DUE + one - BEYOND) for one in after] == steps[:-1]


def test_no_step_is_taken_twice_or_backwards() -> None:
    steps = list(Step)
    told = {
        (taken, now): step_to_take(Pace.HOURS, taken, due_at=DUE, at=DUE + timedelta(minutes=n))
        for taken in steps
        for now, n in zip(steps[1:], HOURS, strict=True)
    }
    forward = {(taken, now): now for taken in steps for now in steps[steps.index(taken) + 1 :]}
    assert {key: step for key, step in told.items() if step} == forward


def test_holder_is_told_before_on_and_thrice_after_then_raising_is_proposed(
    owed: Owed, province: Colleague, district: Colleague
) -> None:
    row = only(owed())
    n_told = [actions.remind(at=minutes(n)) for n in range(-75, 90, 5)]
    row.refresh_from_db()
    assert sum(n_told) == 6
    assert mails() == [TOLD] * 5 + [("duties.raise_proposed", province.email)]
    assert (row.step, row.proposed_at) == (Step.PROPOSED, minutes(60))
    steps = ["before", "on", "after_1", "after_2", "after_3"]
    assert details("duties.reminded") == [{"step": one, "told": 1} for one in steps]
    assert details("duties.raise_proposed") == [{"step": "proposed", "told": 1}]


@pytest.mark.usefixtures("district")
def test_after_a_night_without_power_the_holder_is_told_once(owed: Owed) -> None:
    owed(pace=Pace.DAYS)
    assert actions.remind(at=FIVE - timedelta(hours=30)) == 0
    assert [actions.remind(at=FIVE + timedelta(hours=25)) for _ in range(3)] == [1, 0, 0]
    assert mails() == [TOLD]
    assert details("duties.reminded") == [{"step": "after_1", "told": 1}]


@pytest.mark.usefixtures("district")
def test_clock_that_is_set_back_takes_no_step_again(owed: Owed) -> None:
    row = only(owed())
    assert [actions.remind(at=minutes(n)) for n in (31, 16, -30, 31)] == [1, 0, 0, 0]
    row.refresh_from_db()
    assert (row.step, mails()) == (Step.AFTER_2, [TOLD])


@pytest.mark.usefixtures("district")
def test_text_says_what_is_owed_by_when_and_by_what_in_both_languages(owed: Owed) -> None:
    owed()
    actions.remind(at=FIVE)
    (mail,) = Message.objects.filter(kind="duties.reminder")
    assert mail.subject == "Vùng Xanh: Đến hạn / Due now"
    assert "Báo cáo số máy đã cài Bluezone" in mail.text
    assert "Hạn: 17h00 ngày 28/8/2020. Nơi nhận: Tỉnh Bình Định." in mail.text
    assert "By: Công văn mẫu 01, mục 5." in mail.text


def test_what_came_is_reminded_of_no_more_until_it_is_taken_back(
    owed: Owed, district: Colleague
) -> None:
    row = only(owed())
    actions.remind(at=minutes(-60))
    actions.meet(occurrence_id=row.id, evidence="note:1", by=district.viewer, at=minutes(-5))
    assert [actions.remind(at=minutes(n)) for n in (0, 15)] == [0, 0]
    actions.take_back(occurrence_id=row.id, by=district.viewer, at=minutes(20))
    assert [actions.remind(at=minutes(n)) for n in (20, 21)] == [1, 0]
    assert mails() == [TOLD] * 2


@pytest.mark.parametrize("state", [State.WAIVED, State.CANCELLED])
def test_what_is_let_be_is_reminded_of_no_more(
    owed: Owed, province: Colleague, district: Colleague, state: State
) -> None:
    row = only(owed())
    actions.settle(
        occurrence_id=row.id, state=state, reason="Mất điện", by=province.viewer, at=MORNING
    )
    assert actions.remind(at=FIVE) == 0
    assert mails() == []


def test_role_limits_who_is_told(owed: Owed, district: Colleague) -> None:
    tracer = employed("tracer", Role("tracer"), QUY_NHON)
    owed(role="tracer")
    actions.remind(at=FIVE)
    assert mails() == [("duties.reminder", tracer.email)]


def test_only_the_unit_s_own_standing_staff_is_told(owed: Owed, district: Colleague) -> None:
    employed("other", Role("district_officer"), AN_NHON)
    employed("above", Role("tracer"), PROVINCE)
    locked = employed("locked", Role("district_officer"), QUY_NHON)
    gone = employed("gone", Role("district_officer"), QUY_NHON)
    Staff.objects.filter(pk=locked.staff.pk).update(is_active=False)
    Staff.objects.filter(pk=gone.staff.pk).update(ends_at=FIVE)
    owed()
    actions.remind(at=FIVE)
    assert mails() == [TOLD]


def test_organisation_s_staff_is_told_by_its_scope(province: Colleague) -> None:
    organisation, other = added(), added("Bệnh viện khác")
    told = _acting_for(organisation, "theirs")
    _acting_for(other, "other")
    _owed_by(organisation, by=province)
    actions.remind(at=FIVE)
    assert mails() == [("duties.reminder", told.email)]


def test_unusable_address_keeps_no_colleague_from_being_told(
    owed: Owed, district: Colleague
) -> None:
    first = employed("first", Role("district_officer"), QUY_NHON)
    Staff.objects.filter(pk=first.staff.pk).update(email="không có thư điện tử")
    owed()
    assert actions.remind(at=FIVE) == 1
    assert mails() == [TOLD]
    assert details("duties.reminded") == [{"step": "on", "told": 1}]


def test_nobody_to_tell_stands_in_the_log(owed: Owed) -> None:
    owed(unit=AN_NHON)
    assert actions.remind(at=FIVE) == 1
    assert mails() == []
    assert details("duties.reminded") == [{"step": "on", "told": 0}]


def test_run_that_dies_at_its_last_statement_leaves_nothing_half_said(
    owed: Owed, district: Colleague
) -> None:
    row = only(owed())
    _break_the_log("duties.reminded")
    with pytest.raises(ExceptionGroup, match="did not go out"):
        actions.remind(at=FIVE)
    row.refresh_from_db()
    assert (row.step, mails(), events()) == (Step.NONE, [], ["duties.owed"])
    _mend_the_log()
    assert actions.remind(at=FIVE) == 1
    assert mails() == [TOLD]


def test_one_that_fails_keeps_no_other_from_being_told(owed: Owed, district: Colleague) -> None:
    broken = employed("broken", Role("district_officer"), AN_NHON)
    failing = only(owed(unit=AN_NHON))
    owed()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_staff SET email = 'x' WHERE id = %s", [broken.staff.pk])
    with pytest.raises(ExceptionGroup) as failed:
        actions.remind(at=FIVE)
    failing.refresh_from_db()
    assert (len(failed.value.exceptions), failing.step, mails()) == (1, Step.NONE, [TOLD])


def test_minute_without_news_is_one_query(
    owed: Owed, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        owed()
    actions.remind(at=FIVE)
    with django_assert_num_queries(1):
        actions.remind(at=minutes(1))


def test_what_is_long_past_is_left_alone(owed: Owed, district: Colleague) -> None:
    owed()
    assert actions.remind(at=FIVE + timedelta(days=30)) == 0
    assert Occurrence.objects.get().step == Step.NONE


def _acting_for(organisation: UUID, name: str) -> Colleague:
    colleague = employed(name, Role("operator"), AN_NHON)
    scopes = [f"organisation:{organisation}"]
    Staff.objects.filter(pk=colleague.staff.pk).update(scopes=scopes)
    return colleague


def _owed_by(organisation: UUID, *, by: Colleague) -> UUID:
    duty = NewDuty(
        title="Báo cáo số máy",
        holder=Holder(HolderKind.ORGANISATION, str(organisation)),
        owed_to=PROVINCE,
        schedule=ONCE,
        source_kind=SourceKind.RULE,
        source="Quy định mẫu",
    )
    return actions.owe(duty=duty, by=by.viewer, at=MORNING)


def _break_the_log(event: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'killed'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON audit_auditevent FOR EACH ROW "
            f"WHEN (NEW.event = '{event}') EXECUTE FUNCTION broken()"
        )


def _mend_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER broken ON audit_auditevent")
