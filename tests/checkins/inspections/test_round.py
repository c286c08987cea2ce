"""From an inspection over three reminders to a suspension, and back once it was mended."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.people import Colleague
from tests.factories.photos import PLANTED, a_photo
from tests.factories.points import a_point, code_of
from tests.factories.register import AT, a_citizen
from vungxanh.checkins.actions.inspections import answer_inspection, inspect_place
from vungxanh.checkins.actions.reminding import (
    Reminding,
    decide_proposal,
    propose_suspension,
    remind_place,
)
from vungxanh.checkins.models import (
    Inspection,
    Point,
    PointCode,
    Premises,
    PremisesList,
    Reminder,
    SuspensionProposal,
)
from vungxanh.checkins.values.door_refusals import (
    AnsweredError,
    NotHigherError,
    NotNowError,
    NoWordsError,
)
from vungxanh.checkins.values.inspections import Finding, Place, Result
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.refusals import NoSuchPointError, PointError
from vungxanh.core import files
from vungxanh.core.clock import TZ
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import ForbiddenError, Viewer
from vungxanh.duties.models import Occurrence
from vungxanh.messaging.models import Message
from vungxanh.people.models import Device
from vungxanh.people.queries.devices import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
DAY = timedelta(days=1)
NO_POSTER = Finding(Result.NO_POSTER, "Chưa treo ở cổng chính")
FINE = Finding(Result.FINE)


def day(n: int) -> date:
    return (AT + n * DAY).astimezone(TZ).date()


def at(n: int) -> datetime:
    return AT + n * DAY


def reminded(place: Place, by: Viewer, n: int) -> Reminder:
    """A reminder on the n-th day, until the second day after."""
    said = Reminding(Result.NO_POSTER, day(n + 2))
    return remind_place(place=place, said=said, by=by, at=at(n))


def proposed(place: Place, by: Viewer) -> SuspensionProposal:
    """A proposal on the ninth day, after three reminders."""
    for n in (0, 3, 6):
        reminded(place, by, n)
    made = propose_suspension(place=place, reason="Đã nhắc 3 lần", by=by, at=at(9))
    return SuspensionProposal.objects.get(pk=made)


def accepted(place: Place, officer: Colleague, higher: Colleague) -> SuspensionProposal:
    made = proposed(place, officer.viewer)
    decide_proposal(proposal_id=made.pk, accepts=True, reason="Đồng ý", by=higher.viewer, at=at(10))
    made.refresh_from_db()
    return made


def duties(kind: str) -> list[str]:
    found = Occurrence.objects.filter(duty__kind=kind).order_by("due_at", "id")
    return list(found.values_list("state", flat=True))


@pytest.fixture
def point() -> Point:
    return a_point()


@pytest.fixture
def place(point: Point) -> Place:
    return Place(point_id=point.pk)


def some_premises() -> Place:
    brought = PremisesList.objects.create(
        title="Chợ (mẫu)", source="Xã", basis="QĐ mẫu", as_of=day(0), at=AT, by="staff:x",
        state="accepted",
    )  # fmt: skip
    row = Premises.objects.create(
        list=brought, name="Chợ Mẫu", same_key="chomau", kind="market", unit_id="vn-2025:21583"
    )
    return Place(premises_id=row.pk)


def test_an_inspection_keeps_what_was_found_and_bare_photos(
    place: Place, officer: Colleague
) -> None:
    finding = Finding(Result.NO_POSTER, "Chưa treo", (a_photo(),))
    inspect_place(place=place, finding=finding, by=officer.viewer, at=AT)
    row = Inspection.objects.get()
    assert (row.result, row.note) == ("no_poster", "Chưa treo")
    assert PLANTED.encode() not in files.open_file(row.photos.get().file_id)


def test_only_officers_of_the_area_inspect(
    place: Place, other_officer: Colleague, auditor: Colleague
) -> None:
    for one in (other_officer, auditor):
        with pytest.raises(MissingError):
            inspect_place(place=place, finding=NO_POSTER, by=one.viewer, at=AT)
    assert not Inspection.objects.exists()


def test_a_result_that_does_not_go_with_a_point_is_refused(
    place: Place, officer: Colleague
) -> None:
    with pytest.raises(PointError) as refused:
        inspect_place(place=place, finding=Finding(Result.NO_POINT), by=officer.viewer, at=AT)
    assert refused.value.code == "checkins.no_such_result"


def test_reminders_count_upward_and_each_must_run_out(place: Place, officer: Colleague) -> None:
    assert reminded(place, officer.viewer, 0).number == 1
    with pytest.raises(NotNowError):
        reminded(place, officer.viewer, 2)
    assert reminded(place, officer.viewer, 3).number == 2


@pytest.mark.parametrize("n", [-1, 0, 61])
def test_an_unfair_day_is_refused(place: Place, officer: Colleague, n: int) -> None:
    said = Reminding(Result.NO_POSTER, day(n))
    with pytest.raises(PointError) as refused:
        remind_place(place=place, said=said, by=officer.viewer, at=AT)
    assert refused.value.code == "checkins.unfair_day"


def test_the_commune_owes_another_look_on_the_day(place: Place, officer: Colleague) -> None:
    reminded(place, officer.viewer, 0)
    assert duties("checkins.reminder") == ["open"]


def test_an_owner_with_a_number_is_told_by_sms(
    point: Point, place: Place, officer: Colleague
) -> None:
    point.contact_phone = "+84912000001"
    point.save(update_fields=["contact_phone"])
    reminded(place, officer.viewer, 0)
    text = Message.objects.get(kind="checkins.reminder").text or ""
    assert "diem Cho mau duoc nhac lan 1: Chua treo bang ma" in text


def test_an_owner_without_a_number_is_told_on_paper(place: Place, officer: Colleague) -> None:
    made = reminded(place, officer.viewer, 0)
    assert not Message.objects.filter(kind="checkins.reminder").exists()
    shown = officer.client.get(f"/diem/nhac/{made.pk}/").content.decode()
    assert "Phiếu nhắc lần 1" in shown


def test_what_was_mended_meets_reminders_and_their_duties(place: Place, officer: Colleague) -> None:
    reminded(place, officer.viewer, 0)
    inspect_place(place=place, finding=FINE, by=officer.viewer, at=at(1))
    assert Reminder.objects.get().met_at == at(1)
    assert duties("checkins.reminder") == ["done"]
    assert reminded(place, officer.viewer, 5).number == 1


def test_no_proposal_before_three_reminders_have_run_out(place: Place, officer: Colleague) -> None:
    for n in (0, 3, 6):
        reminded(place, officer.viewer, n)
        with pytest.raises(NotNowError):
            propose_suspension(place=place, reason="Vội", by=officer.viewer, at=at(n))


def test_a_proposal_is_a_duty_of_the_province(place: Place, officer: Colleague) -> None:
    proposed(place, officer.viewer)
    found = Occurrence.objects.select_related("duty").get(duty__kind="checkins.proposal")
    assert found.duty.unit_id == "vn-2025:52"


def test_accepted_the_point_is_suspended_and_its_codes_are_revoked(
    point: Point, place: Place, officer: Colleague, province_officer: Colleague
) -> None:
    old = code_of(point)
    made = accepted(place, officer, province_officer)
    point.refresh_from_db()
    assert (made.state, point.state) == ("accepted", State.SUSPENDED)
    assert PointCode.objects.get(pk=old.pk).revoked_at == at(10)
    assert duties("checkins.proposal") == ["done"]
    assert set(duties("checkins.reminder")) == {"late"}


def test_mended_the_point_opens_again_with_new_codes(
    point: Point, place: Place, officer: Colleague, province_officer: Colleague
) -> None:
    made = accepted(place, officer, province_officer)
    inspect_place(place=place, finding=FINE, by=officer.viewer, at=at(12))
    made.refresh_from_db()
    point.refresh_from_db()
    assert (made.ended_at, point.state) == (at(12), State.APPROVED)
    assert code_of(point).revoked_at is None


def test_an_inspector_who_may_not_decide_ends_a_suspension_too(
    point: Point, place: Place, officer: Colleague, province_officer: Colleague
) -> None:
    accepted(place, officer, province_officer)
    viewer = officer.viewer
    inspector = Viewer(
        viewer.id, viewer.name, viewer.roles, viewer.units,
        capabilities=viewer.capabilities - {"points.manage"},
    )  # fmt: skip
    inspect_place(place=place, finding=FINE, by=inspector, at=at(12))
    point.refresh_from_db()
    assert point.state == State.APPROVED


def test_rejected_with_a_reason_the_round_begins_anew(
    point: Point, place: Place, officer: Colleague, province_officer: Colleague
) -> None:
    made = proposed(place, officer.viewer)
    with pytest.raises(NoWordsError):
        decide_proposal(
            proposal_id=made.pk, accepts=False, reason=" ", by=province_officer.viewer, at=at(10)
        )
    decide_proposal(
        proposal_id=made.pk, accepts=False, reason="Đã sửa", by=province_officer.viewer, at=at(10)
    )
    point.refresh_from_db()
    assert point.state == State.APPROVED
    assert reminded(place, officer.viewer, 11).number == 1


def test_a_proposal_is_decided_once(
    place: Place, officer: Colleague, province_officer: Colleague
) -> None:
    made = accepted(place, officer, province_officer)
    with pytest.raises(NotNowError):
        decide_proposal(
            proposal_id=made.pk, accepts=False, reason="Lại", by=province_officer.viewer, at=at(11)
        )


def test_who_proposed_does_not_decide_and_a_commune_never_does(
    place: Place, officer: Colleague
) -> None:
    made = proposed(place, officer.viewer)
    own = officer.viewer
    commune = Viewer(
        "staff:commune", "Xã", frozenset({"commune_officer"}), frozenset({"vn-2025:21583"}),
        capabilities=own.capabilities,
    )  # fmt: skip
    for one in (own, commune):
        with pytest.raises(NotHigherError):
            decide_proposal(proposal_id=made.pk, accepts=True, reason="Có", by=one, at=at(10))


def test_an_inspector_without_the_right_does_not_decide(
    place: Place, officer: Colleague, province_officer: Colleague
) -> None:
    made = proposed(place, officer.viewer)
    higher = province_officer.viewer
    inspector = Viewer(
        higher.id, higher.name, higher.roles, higher.units,
        capabilities=higher.capabilities - {"points.manage"},
    )  # fmt: skip
    with pytest.raises(ForbiddenError):
        decide_proposal(proposal_id=made.pk, accepts=True, reason="Có", by=inspector, at=at(10))


def test_premises_without_a_point_are_reminded_and_proposed_likewise(
    officer: Colleague, province_officer: Colleague
) -> None:
    place = some_premises()
    inspect_place(place=place, finding=Finding(Result.NO_POINT), by=officer.viewer, at=AT)
    made = accepted(place, officer, province_officer)
    assert made.state == "accepted"
    inspect_place(place=place, finding=FINE, by=officer.viewer, at=at(12))
    made.refresh_from_db()
    assert made.ended_at == at(12)


def test_the_owner_answers_once_and_nobody_else_does(
    point: Point, place: Place, officer: Colleague
) -> None:
    owner, neighbour = a_citizen(), a_citizen(number="+84912000002")
    Point.objects.filter(pk=point.pk).update(owner=owner)
    found = inspect_place(place=place, finding=NO_POSTER, by=officer.viewer, at=AT)
    mine, other = (viewer_of(Device.objects.get(person=one)) for one in (owner, neighbour))
    with pytest.raises(NoSuchPointError):
        answer_inspection(inspection_id=found, words="Không phải tôi", by=other, at=at(1))
    answer_inspection(inspection_id=found, words="Đã treo lại", by=mine, at=at(1))
    assert Inspection.objects.get().answer == "Đã treo lại"
    with pytest.raises(AnsweredError):
        answer_inspection(inspection_id=found, words="Thêm", by=mine, at=at(2))


@pytest.mark.parametrize(
    "change",
    [
        {"state": "accepted"},
        {"state": "rejected", "decided_at": AT, "decided_by": "staff:x"},
        {"ended_at": AT, "ended_by": "staff:x"},
    ],
    ids=["accepted by nobody", "rejected without a reason", "ended before accepted"],
)
def test_the_table_itself_refuses_states_that_cannot_be(
    place: Place, officer: Colleague, change: dict[str, object]
) -> None:
    proposed(place, officer.viewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        SuspensionProposal.objects.update(**change)


def test_the_table_itself_refuses_a_second_first_reminder(place: Place, officer: Colleague) -> None:
    reminded(place, officer.viewer, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(
            point_id=place.point_id, number=1, reason="other", due_on=day(4), at=AT, by="staff:x"
        )
