"""A suspension that lost its ground ends by itself: mended, opened again, or a point registered."""

import pytest

from tests.checkins.inspections.test_round import (
    FINE,
    accepted,
    at,
    day,
    duties,
    proposed,
    reminded,
    some_premises,
)
from tests.factories.people import Colleague
from tests.factories.points import a_point
from vungxanh.checkins.actions.inspections import inspect_place
from vungxanh.checkins.actions.points import decide_point, undo_decision
from vungxanh.checkins.actions.premises import link_certain, link_premises
from vungxanh.checkins.actions.reminding import (
    Reminding,
    decide_proposal,
    propose_suspension,
    remind_place,
)
from vungxanh.checkins.models import Point, Premises, Reminder, SuspensionProposal
from vungxanh.checkins.queries.inspections import step_of
from vungxanh.checkins.rules.inspections import Next, Step
from vungxanh.checkins.values.door_refusals import NotNowError
from vungxanh.checkins.values.inspections import Place, Result
from vungxanh.checkins.values.kinds import State
from vungxanh.core.clock import frozen_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
BEGIN = Step(Next.REMIND, 1)


def asked_for(place: Place, officer: Colleague, *reasons: Result) -> None:
    """A reminder for each reason, three days apart."""
    for n, reason in enumerate(reasons):
        said = Reminding(reason, day(3 * n + 2))
        remind_place(place=place, said=said, by=officer.viewer, at=at(3 * n))


def waiting(place: Place, officer: Colleague, *, last: Result = Result.NO_POINT) -> None:
    """Three reminders that asked for a point, and a proposal."""
    asked_for(place, officer, Result.NO_POINT, Result.NO_POINT, last)
    propose_suspension(place=place, reason="Chưa có điểm", by=officer.viewer, at=at(9))


def linked(place: Place, officer: Colleague, n: int = 10) -> Point:
    point = a_point("Chợ Mẫu")
    link_premises(
        premises_id=place.premises_id or 0, point_id=point.pk, by=officer.viewer, at=at(n)
    )
    return point


def test_a_point_meets_the_reminders_that_asked_for_one(officer: Colleague) -> None:
    place = some_premises()
    asked_for(place, officer, Result.NO_POINT)
    linked(place, officer, 1)
    assert Reminder.objects.get().met_at == at(1)
    assert duties("checkins.reminder") == ["done"]
    assert step_of(place, today=day(1)) == BEGIN


def test_a_proposal_to_suspend_falls_once_there_is_a_point(
    officer: Colleague, province_officer: Colleague
) -> None:
    """The higher level owes no decision any more, and cannot suspend by an old page."""
    place = some_premises()
    waiting(place, officer)
    linked(place, officer)
    row = SuspensionProposal.objects.get()
    assert (row.state, row.decided_by) == ("rejected", "system:worker")
    assert row.decided_reason == "Cơ sở đã có điểm kiểm soát trước khi có quyết định"
    assert duties("checkins.proposal") == ["done"]
    with pytest.raises(NotNowError):
        decide_proposal(
            proposal_id=row.pk, accepts=True, reason="Có", by=province_officer.viewer, at=at(11)
        )


def test_a_suspension_for_want_of_a_point_ends_with_a_point(
    officer: Colleague, province_officer: Colleague
) -> None:
    place = some_premises()
    waiting(place, officer)
    row = SuspensionProposal.objects.get()
    decide_proposal(
        proposal_id=row.pk, accepts=True, reason="Có", by=province_officer.viewer, at=at(10)
    )
    point = linked(place, officer, 12)
    row.refresh_from_db()
    assert (row.state, row.ended_at, row.ended_by) == ("accepted", at(12), officer.viewer.id)
    assert point.state == State.APPROVED


def test_what_asked_for_more_than_a_point_waits_for_an_inspection(
    officer: Colleague, province_officer: Colleague
) -> None:
    place = some_premises()
    waiting(place, officer, last=Result.OTHER)
    linked(place, officer)
    row = SuspensionProposal.objects.get()
    assert (row.state, step_of(place, today=day(10)).next) == ("proposed", Next.DECIDE)
    decide_proposal(
        proposal_id=row.pk, accepts=True, reason="Có", by=province_officer.viewer, at=at(11)
    )
    inspect_place(place=place, finding=FINE, by=officer.viewer, at=at(12))
    row.refresh_from_db()
    assert row.ended_at == at(12)


def test_certain_pairs_that_are_joined_together_settle_it_too(officer: Colleague) -> None:
    place = some_premises()
    Premises.objects.update(address="12 Lê Lợi")
    a_point("Chợ Mẫu", address="12 Lê Lợi")
    Premises.objects.update(same_key=Point.objects.get().same_key)
    waiting(place, officer)
    assert link_certain(unit_id="vn-2025:21583", by=officer.viewer, at=at(10)) == 1
    assert SuspensionProposal.objects.get().state == "rejected"


def test_what_was_mended_lets_a_proposal_fall_before_it_is_decided(
    officer: Colleague, province_officer: Colleague
) -> None:
    place = Place(point_id=a_point().pk)
    made = proposed(place, officer.viewer)
    inspect_place(place=place, finding=FINE, by=officer.viewer, at=at(10))
    made.refresh_from_db()
    assert (made.state, made.decided_reason[:14]) == ("rejected", "Đã khắc phục t")
    assert set(duties("checkins.proposal")) == {"done"}
    with pytest.raises(NotNowError):
        decide_proposal(
            proposal_id=made.pk, accepts=True, reason="Có", by=province_officer.viewer, at=at(11)
        )


def test_a_point_opened_again_by_hand_is_under_no_suspension(
    officer: Colleague, province_officer: Colleague
) -> None:
    """Else nobody could remind it again."""
    point = a_point()
    place = Place(point_id=point.pk)
    made = accepted(place, officer, province_officer)
    decide_point(point=point, state=State.APPROVED, by=province_officer.viewer, at=at(12))
    made.refresh_from_db()
    assert made.ended_at == at(12)
    assert reminded(place, officer.viewer, 13).number == 1


def test_a_suspension_taken_back_at_once_is_over(
    officer: Colleague, province_officer: Colleague
) -> None:
    point = a_point()
    place = Place(point_id=point.pk)
    made = accepted(place, officer, province_officer)
    with frozen_at(at(10)):
        undo_decision(point=point, by=province_officer.viewer, at=at(10))
    made.refresh_from_db()
    assert (made.ended_at, step_of(place, today=day(10))) == (at(10), BEGIN)
