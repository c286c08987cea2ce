"""Answering the proposal to tell the next unit up: once, by whom it is owed to, with the mails."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from tests.duties.conftest import MORNING, ONCE, details, mails, only
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Colleague, employed
from tests.locations.organisations import added
from vungxanh.accounts.rules import Role
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.duties import actions, queries
from vungxanh.duties.actions import DutyError
from vungxanh.duties.models import Occurrence
from vungxanh.duties.rules import HolderKind, Schedule, SourceKind, State
from vungxanh.duties.values import Holder, NewDuty
from vungxanh.locations.models import AdminUnit
from vungxanh.messaging.models import Message

pytestmark = pytest.mark.django_db
Owed = Callable[..., UUID]
SIX = datetime(2020, 8, 28, 11, tzinfo=UTC)
LATER = Schedule(date(2025, 8, 28), time(17))


def proposed(duty_id: UUID, at: datetime = SIX) -> Occurrence:
    """The one time of a duty, an hour past due, when raising it is proposed."""
    actions.remind(at=at)
    return only(duty_id)


def answered(
    row: Occurrence, by: Viewer, *, is_raised: bool = True, at: datetime = SIX
) -> Occurrence:
    """The row after an answer."""
    said = "Gọi điện hai lần không gặp"
    actions.answer_proposal(occurrence_id=row.id, is_raised=is_raised, answer=said, by=by, at=at)
    row.refresh_from_db()
    return row


def test_unit_above_is_told_and_it_stands_in_the_log(owed: Owed, province: Colleague) -> None:
    colleague = employed("colleague", Role("tracer"), PROVINCE)
    row = answered(proposed(owed()), province.viewer)
    assert (row.raised_to_id, row.answered_at, row.answered_by) == (
        PROVINCE,
        SIX,
        province.viewer.id,
    )
    told = [to for kind, to in mails() if kind == "duties.raised"]
    assert told == [province.email, colleague.email]
    assert details("duties.raised") == [{"unit": PROVINCE, "told": 2}]
    mail = Message.objects.filter(kind="duties.raised").first()
    assert mail is not None
    assert "Thành phố Quy Nhơn chưa hoàn thành: Báo cáo số máy đã cài Bluezone" in mail.text
    assert "Nơi nhận báo lên: Gọi điện hai lần không gặp" in mail.text


def test_letting_it_be_tells_nobody(owed: Owed, province: Colleague) -> None:
    row = answered(proposed(owed()), province.viewer, is_raised=False)
    assert (row.raised_to_id, row.answer) == (None, "Gọi điện hai lần không gặp")
    assert "duties.raised" not in dict(mails())
    assert details("duties.not_raised") == [{}]


def test_commune_of_2021_is_raised_to_its_district_and_later_to_the_province_of_today(
    places_of_both_eras: None, owed: Owed, province: Colleague
) -> None:
    commune = AdminUnit.objects.filter(parent_id=QUY_NHON).order_by("id").first()
    assert commune is not None
    then = answered(proposed(owed(unit=commune.id)), province.viewer)
    night = datetime(2025, 8, 28, 11, tzinfo=UTC)
    now = answered(proposed(owed(LATER, unit=commune.id), night), province.viewer, at=night)
    assert (then.raised_to_id, now.raised_to_id) == (QUY_NHON, "vn-2025:52")


def test_officer_of_today_s_province_is_told_of_what_a_unit_of_2021_owes(
    places_of_both_eras: None, owed: Owed, province: Colleague
) -> None:
    today = employed("today", Role("province_officer"), "vn-2025:52")
    proposed(owed())
    assert ("duties.raise_proposed", today.email) in mails()


def test_organisation_is_raised_to_the_unit_that_it_lies_in_whose_officers_may_look(
    province: Colleague, district: Colleague
) -> None:
    duty = NewDuty(
        title="Báo cáo số máy",
        holder=Holder(HolderKind.ORGANISATION, str(added())),
        owed_to=PROVINCE,
        schedule=ONCE,
        source_kind=SourceKind.RULE,
        source="Quy định mẫu",
    )
    row = proposed(actions.owe(duty=duty, by=province.viewer, at=MORNING))
    with pytest.raises(MissingError):
        queries.occurrence(row.id, viewer=district.viewer, at=SIX)
    assert answered(row, province.viewer).raised_to_id == QUY_NHON
    assert queries.occurrence(row.id, viewer=district.viewer, at=SIX).id == row.id


@pytest.mark.parametrize("is_raised", [True, False])
def test_second_answer_is_refused(owed: Owed, province: Colleague, is_raised: bool) -> None:
    row = answered(proposed(owed()), province.viewer, is_raised=is_raised)
    n_mails = len(mails())
    with pytest.raises(DutyError, match=r"duties\.changed"):
        answered(row, province.viewer)
    assert len(mails()) == n_mails


def test_what_was_not_proposed_is_not_answered(owed: Owed, province: Colleague) -> None:
    row = proposed(owed(), SIX - timedelta(minutes=1))
    with pytest.raises(DutyError, match=r"duties\.changed"):
        answered(row, province.viewer)


def test_what_came_meanwhile_is_raised_no_more(
    owed: Owed, province: Colleague, district: Colleague
) -> None:
    row = proposed(owed())
    actions.meet(occurrence_id=row.id, evidence="note:1", by=district.viewer, at=SIX)
    assert queries.proposals(province.viewer, at=SIX) == ()
    with pytest.raises(DutyError, match=r"duties\.changed"):
        answered(row, province.viewer)
    assert "duties.raised" not in dict(mails())


def test_proposal_needs_a_reason_to_be_answered(owed: Owed, province: Colleague) -> None:
    row = proposed(owed())
    with pytest.raises(DutyError, match=r"duties\.reason_needed"):
        actions.answer_proposal(
            occurrence_id=row.id, is_raised=True, answer=" . ", by=province.viewer, at=SIX
        )
    assert only(row.duty_id).answered_at is None


@pytest.mark.parametrize("unit", [QUY_NHON, AN_NHON, "vn-2021:64"])
def test_whom_it_is_not_owed_to_gets_the_answer_of_what_is_not_there(owed: Owed, unit: str) -> None:
    other = employed("other", Role("province_officer"), unit)
    row = proposed(owed())
    with pytest.raises(MissingError):
        answered(row, other.viewer)
    assert only(row.duty_id).answered_at is None


def test_waived_after_proposed_and_opened_again_waits_for_its_answer_still(
    owed: Owed, province: Colleague
) -> None:
    row = proposed(owed())
    actions.settle(
        occurrence_id=row.id, state=State.WAIVED, reason="Mất điện", by=province.viewer, at=SIX
    )
    assert queries.proposals(province.viewer, at=SIX) == ()
    actions.reopen(occurrence_id=row.id, by=province.viewer, at=SIX)
    assert [one.id for one in queries.proposals(province.viewer, at=SIX)] == [row.id]
