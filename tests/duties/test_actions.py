"""What is owed, what came, what is let be, and who may say so."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from tests.duties.conftest import DAILY, DUE, MORNING, events, only
from tests.factories.people import AN_NHON, QUY_NHON, Colleague, employed
from vungxanh.accounts.rules import Role
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import ForbiddenError
from vungxanh.duties import actions
from vungxanh.duties.actions import DutyError
from vungxanh.duties.models import Duty, Occurrence
from vungxanh.duties.rules import HolderKind, SourceKind, State
from vungxanh.duties.values import Holder, NewDuty

pytestmark = pytest.mark.django_db
Owed = Callable[..., UUID]


def test_daily_duty_is_written_for_the_coming_days(owed: Owed) -> None:
    duty_id = owed(DAILY)
    rows = Occurrence.objects.filter(duty_id=duty_id)
    assert [str(one.day) for one in rows[:2]] == ["2020-08-28", "2020-08-29"]
    assert rows.count() == 8


def test_planning_again_writes_each_time_once(owed: Owed) -> None:
    duty_id = owed(DAILY)
    later = MORNING + timedelta(days=3)
    assert [actions.plan(at=later), actions.plan(at=later)] == [3, 0]
    assert Occurrence.objects.filter(duty_id=duty_id).count() == 11


def test_same_key_is_one_duty(owed: Owed) -> None:
    assert owed(key="uptake.report:1") == owed(key="uptake.report:1")
    assert Duty.objects.count() == 1


@pytest.mark.parametrize(
    ("minutes", "state", "was_late"), [(-1, "done", False), (0, "done", False), (1, "late", True)]
)
def test_evidence_in_time_or_after(
    owed: Owed, district: Colleague, minutes: int, state: str, was_late: bool
) -> None:
    row = only(owed())
    at = row.due_at + timedelta(minutes=minutes)
    actions.meet(occurrence_id=row.id, evidence="submission:1", by=district.viewer, at=at)
    row.refresh_from_db()
    assert (row.state, row.was_late) == (state, was_late)


def test_second_evidence_revises_and_the_same_twice_changes_nothing(
    owed: Owed, district: Colleague
) -> None:
    row = only(owed())
    for evidence in ("submission:1", "submission:1", "submission:2"):
        actions.meet(occurrence_id=row.id, evidence=evidence, by=district.viewer, at=DUE)
    row.refresh_from_db()
    assert (row.state, row.n_met, row.was_late) == ("revised", 2, False)
    assert events().count("duties.met") == 2


def test_what_is_taken_back_is_open_again(owed: Owed, district: Colleague) -> None:
    row = only(owed())
    actions.meet(occurrence_id=row.id, evidence="note:1", by=district.viewer, at=DUE)
    actions.take_back(occurrence_id=row.id, by=district.viewer, at=DUE)
    row.refresh_from_db()
    assert (row.state, row.evidence, row.met_at) == ("open", "", None)


@pytest.mark.parametrize("state", [State.WAIVED, State.CANCELLED])
def test_whoever_it_is_owed_to_lets_it_be_and_opens_it_again(
    owed: Owed, province: Colleague, state: State
) -> None:
    row = only(owed())
    actions.settle(
        occurrence_id=row.id, state=state, reason="Mất điện cả huyện", by=province.viewer, at=DUE
    )
    row.refresh_from_db()
    assert (row.state, row.reason) == (state, "Mất điện cả huyện")
    actions.reopen(occurrence_id=row.id, by=province.viewer, at=DUE)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("open", "")


def test_waived_may_come_all_the_same_and_goes_back_to_waived_and_cancelled_may_not(
    owed: Owed, province: Colleague, district: Colleague
) -> None:
    row = only(owed())
    by, at = province.viewer, DUE
    actions.settle(occurrence_id=row.id, state=State.WAIVED, reason="Nghỉ lễ", by=by, at=at)
    met = actions.meet(occurrence_id=row.id, evidence="submission:1", by=district.viewer, at=at)
    actions.take_back(occurrence_id=row.id, by=district.viewer, at=at)
    row.refresh_from_db()
    assert (met, row.state, row.reason) == (State.DONE, "waived", "Nghỉ lễ")
    actions.reopen(occurrence_id=row.id, by=by, at=at)
    actions.settle(occurrence_id=row.id, state=State.CANCELLED, reason="Giao nhầm", by=by, at=at)
    with pytest.raises(DutyError) as refused:
        actions.meet(occurrence_id=row.id, evidence="submission:2", by=district.viewer, at=at)
    assert refused.value.code == "duties.not_owed"


def test_ending_a_duty_cancels_what_is_ahead_and_keeps_what_was_due(
    owed: Owed, province: Colleague
) -> None:
    duty_id = owed(DAILY)
    at = DUE + timedelta(days=1, minutes=1)
    actions.end_duty(duty_id=duty_id, reason="Hết đợt dịch", by=province.viewer, at=at)
    states = list(Occurrence.objects.filter(duty_id=duty_id).values_list("state", flat=True))
    assert states == ["open"] * 2 + ["cancelled"] * 6
    assert actions.plan(at=at + timedelta(days=9)) == 0


@pytest.mark.parametrize("reason", ["", "   ", "...", "ok"])
def test_no_letting_be_without_a_reason(owed: Owed, province: Colleague, reason: str) -> None:
    row = only(owed())
    with pytest.raises(DutyError) as refused:
        actions.settle(
            occurrence_id=row.id, state=State.WAIVED, reason=reason, by=province.viewer, at=DUE
        )
    assert refused.value.code == "duties.reason_needed"


def test_officer_of_another_district_neither_meets_nor_waives(owed: Owed) -> None:
    other = employed("other", Role("district_officer"), AN_NHON)
    row = only(owed())
    with pytest.raises(MissingError):
        actions.meet(occurrence_id=row.id, evidence="note:x", by=other.viewer, at=DUE)
    with pytest.raises(MissingError):
        actions.settle(
            occurrence_id=row.id, state=State.WAIVED, reason="Xin miễn", by=other.viewer, at=DUE
        )
    row.refresh_from_db()
    assert row.state == "open"


def test_holder_does_not_let_itself_off(owed: Owed, district: Colleague) -> None:
    row = only(owed())
    with pytest.raises(MissingError):
        actions.settle(
            occurrence_id=row.id, state=State.WAIVED, reason="Xin miễn", by=district.viewer, at=DUE
        )


def test_nobody_orders_what_is_owed_to_another_area(province: Colleague, owed: Owed) -> None:
    other = employed("gia-lai", Role("province_officer"), "vn-2021:64")
    with pytest.raises(DutyError) as refused:
        actions.owe(duty=_like(only(owed()).duty), by=other.viewer, at=MORNING)
    assert refused.value.code == "duties.outside_area"


def test_who_only_reads_orders_nothing(district: Colleague, owed: Owed) -> None:
    with pytest.raises(ForbiddenError):
        actions.owe(duty=_like(only(owed()).duty), by=district.viewer, at=MORNING)


@pytest.mark.parametrize("held", [f"{QUY_NHON}9", "vn-2021:nhà", "0"])
def test_unknown_holder_is_refused_and_nothing_is_stored(owed: Owed, held: str) -> None:
    with pytest.raises(DutyError) as refused:
        owed(unit=held)
    assert refused.value.code == "duties.unknown_holder"
    assert not Duty.objects.exists()


def test_task_done_by_hand_is_no_report(owed: Owed, district: Colleague) -> None:
    row = only(owed(kind="uptake.report"))
    with pytest.raises(DutyError) as refused:
        actions.meet(
            occurrence_id=row.id, evidence="note:x", by=district.viewer, at=DUE, by_hand=True
        )
    assert refused.value.code == "duties.by_report"


def _like(duty: Duty) -> NewDuty:
    return NewDuty(
        title=duty.title,
        holder=Holder(HolderKind.UNIT, str(duty.unit_id)),
        owed_to=duty.owed_to_id,
        schedule=DAILY,
        source_kind=SourceKind.RULE,
        source=duty.source,
    )
