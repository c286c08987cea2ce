"""Recording, publishing, withdrawing: what changes, who may, and that nothing is lost."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.figures import AT, BINH_DINH, QUY_NHON, facts, recorded
from tests.factories.people import AN_NHON, PROVINCE, Person, employed
from vungxanh.accounts.rules import Role
from vungxanh.audit.models import AuditEvent
from vungxanh.core import clock
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import PUBLIC, SYSTEM, ForbiddenError, Viewer
from vungxanh.engines.coverage import CoverageError
from vungxanh.locations import queries as locations
from vungxanh.uptake import actions, queries
from vungxanh.uptake.actions import Draft, Origin, UptakeError
from vungxanh.uptake.demo import load_published
from vungxanh.uptake.models import Fact, FindingRecord, Submission, Target
from vungxanh.uptake.rules import FindingState
from vungxanh.uptake.values import Moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

DAY = date(2021, 5, 26)
LATER = AT + timedelta(days=1)


def value_at(known_at: datetime, viewer: Viewer = PUBLIC) -> int | None:
    moment = Moment(clock.day_end(DAY), known_at)
    seen = queries.sees_unpublished(viewer, locations.unit(QUY_NHON))
    found = queries.latest_facts([QUY_NHON], moment, unpublished=seen)
    return found[0].value if found else None


def test_correction_is_a_new_revision_and_the_past_stays_known() -> None:
    recorded([(QUY_NHON, "scans", 10, DAY)])
    recorded([(QUY_NHON, "scans", 12, DAY)], at=LATER, source="Đính chính")
    assert list(Fact.objects.order_by("revision").values_list("revision", "value")) == [
        (1, 10),
        (2, 12),
    ]
    assert (value_at(AT), value_at(LATER)) == (10, 12)


def test_facts_cannot_be_changed_or_deleted_even_by_the_owner() -> None:
    recorded([(QUY_NHON, "scans", 10, DAY)])
    for statement in ("UPDATE uptake_fact SET value = 11", "DELETE FROM uptake_fact"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            connection.cursor().execute(statement)
    assert value_at(AT) == 10


def test_web_process_may_not_change_facts() -> None:
    recorded([(QUY_NHON, "scans", 10, DAY)])
    as_web = "SET LOCAL ROLE vungxanh_web; UPDATE uptake_fact SET value = 11"
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(as_web)
    assert value_at(AT) == 10


def test_withdrawn_table_no_longer_counts_but_was_known_before() -> None:
    submission = recorded([(QUY_NHON, "scans", 10, DAY)])
    actions.withdraw_submission(
        submission_id=submission.id, reason="Nộp nhầm huyện", by=SYSTEM, at=LATER
    )
    assert (value_at(AT), value_at(LATER)) == (10, None)


def test_withdrawal_after_ten_minutes_needs_a_reason() -> None:
    submission = recorded([(QUY_NHON, "scans", 10, DAY)])
    with pytest.raises(UptakeError) as refused:
        actions.withdraw_submission(submission_id=submission.id, reason=" ", by=SYSTEM, at=LATER)
    assert refused.value.code == "uptake.reason_missing"
    assert value_at(LATER) == 10


@pytest.mark.parametrize(
    ("role", "published", "refusal"),
    [
        (Role("admin"), True, None),
        (Role("province_officer"), True, None),
        (Role("district_officer"), True, ForbiddenError),
        (Role("commune_officer"), True, ForbiddenError),
        (Role("operator"), True, ForbiddenError),
        (Role("tracer"), True, ForbiddenError),
        (Role("auditor"), True, ForbiddenError),
        (Role("province_officer"), False, None),
        (Role("district_officer"), False, None),
        (Role("operator"), False, ForbiddenError),
        (Role("tracer"), False, ForbiddenError),
    ],
)
def test_withdrawing_what_others_brought_by_role(
    role: Role, *, published: bool, refusal: type[Exception] | None
) -> None:
    submission = recorded([(QUY_NHON, "scans", 10, DAY)], published=published)
    by = employed("somebody", role, PROVINCE).viewer
    outcome = pytest.raises(refusal) if refusal else nullcontext()
    with outcome:
        actions.withdraw_submission(submission_id=submission.id, reason="nhầm", by=by, at=LATER)
    submission.refresh_from_db()
    assert submission.state == ("recorded" if refusal else "withdrawn")


def test_operator_takes_back_only_what_it_brought_itself_before_it_is_published() -> None:
    operator = employed("operator", Role("operator"), PROVINCE).viewer
    submission = recorded([(QUY_NHON, "scans", 10, DAY)], by=operator, published=False)
    actions.withdraw_submission(submission_id=submission.id, reason="nhầm", by=operator, at=LATER)
    submission.refresh_from_db()
    assert submission.state == "withdrawn"


@pytest.mark.parametrize("act", [actions.record_submission, actions.discard_draft])
def test_operator_leaves_drafts_of_others_alone(act: Callable[..., object]) -> None:
    draft = Draft(BINH_DINH, AT, Origin("Bảng thử", "entry"), facts([(QUY_NHON, "scans", 1, DAY)]))
    submission = actions.save_draft(draft=draft, by=SYSTEM, at=AT)
    operator = employed("operator", Role("operator"), PROVINCE).viewer
    with pytest.raises(ForbiddenError):
        act(submission_id=submission.id, by=operator, at=LATER)
    submission.refresh_from_db()
    assert submission.state == "draft"


def test_operator_decides_no_finding_in_the_table_of_another() -> None:
    load_published(by=SYSTEM, at=AT)
    finding = FindingRecord.objects.filter(submission__scope_id=BINH_DINH).first()
    assert finding is not None
    operator = employed("operator", Role("operator"), PROVINCE).viewer
    with pytest.raises(ForbiddenError):
        actions.decide_finding(
            finding_id=finding.id, state=FindingState.ASKED, note="", by=operator, at=LATER
        )
    finding.refresh_from_db()
    assert finding.state == "open"


def test_undo_within_ten_minutes_needs_no_reason() -> None:
    submission = recorded([(QUY_NHON, "scans", 10, DAY)])
    soon = AT + timedelta(minutes=9)
    actions.withdraw_submission(submission_id=submission.id, reason="", by=SYSTEM, at=soon)
    assert value_at(soon) is None


def test_unpublished_figures_are_for_staff_of_the_area_only(
    officer: Person, other_officer: Person
) -> None:
    recorded([(QUY_NHON, "scans", 10, DAY)], scope=QUY_NHON, published=False)
    assert value_at(LATER, officer.viewer) == 10
    assert value_at(LATER, other_officer.viewer) is None
    assert value_at(LATER) is None


def test_recording_twice_is_refused_and_stores_nothing_twice() -> None:
    submission = recorded([(QUY_NHON, "scans", 10, DAY)])
    with pytest.raises(UptakeError) as refused:
        actions.record_submission(submission_id=submission.id, by=SYSTEM, at=LATER)
    assert refused.value.code == "uptake.wrong_state"
    assert Fact.objects.count() == 1


def test_officer_of_another_district_may_not_record(other_officer: Person) -> None:
    with pytest.raises(UptakeError) as refused:
        recorded([(QUY_NHON, "scans", 10, DAY)], scope=QUY_NHON, by=other_officer.viewer)
    assert refused.value.code == "uptake.outside_area"
    assert (Submission.objects.count(), Fact.objects.count()) == (0, 0)


def test_stranger_may_not_record() -> None:
    with pytest.raises(ForbiddenError):
        recorded([(QUY_NHON, "scans", 10, DAY)], by=PUBLIC)
    assert Submission.objects.count() == 0


def test_each_act_leaves_its_audit_event(province_officer: Person) -> None:
    submission = recorded([(QUY_NHON, "scans", 10, DAY)], by=province_officer.viewer)
    actions.withdraw_submission(
        submission_id=submission.id, reason="nhầm", by=province_officer.viewer, at=LATER
    )
    events = list(AuditEvent.objects.order_by("sequence").values_list("event", flat=True))
    assert [e for e in events if e.startswith("uptake.")] == [
        "uptake.import_received",
        "uptake.facts_recorded",
        "uptake.facts_published",
        "uptake.facts_withdrawn",
    ]


def test_failed_recording_leaves_no_event_and_no_fact() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        recorded([(QUY_NHON, "scans", -1, DAY)])
    assert (Fact.objects.count(), AuditEvent.objects.count()) == (0, 0)


def target(**changes: object) -> Target:
    said = {
        "unit_id": BINH_DINH,
        "numerator": "bluezone_with_phone",
        "denominator": "smartphones",
        "share_percent": Decimal(60),
        "due_on": date(2021, 8, 31),
        "origin": "Công văn thử",
        "by": SYSTEM,
        "at": AT,
    }
    return actions.set_target(**{**said, **changes})  # type: ignore[arg-type]


def test_target_without_a_base_is_refused_with_a_question() -> None:
    with pytest.raises(CoverageError) as refused:
        target(denominator=None)
    assert refused.value.code == "coverage.target_without_base"
    assert "?" in refused.value.words.vi
    assert Target.objects.count() == 0


def test_new_target_ends_the_one_that_stood() -> None:
    first = target()
    second = target(share_percent=Decimal(70), at=LATER)
    first.refresh_from_db()
    assert first.ended_at == LATER
    assert queries.target_of(locations.unit(QUY_NHON), LATER) == second
    assert queries.target_of(locations.unit(QUY_NHON), AT) == first


def test_target_above_all_people_is_refused() -> None:
    with pytest.raises(UptakeError) as refused:
        target(share_percent=Decimal(120))
    assert refused.value.code == "uptake.impossible_target"


def test_officer_may_not_set_a_target_for_another_district(officer: Person) -> None:
    with pytest.raises((UptakeError, ForbiddenError)):
        target(unit_id=AN_NHON, by=officer.viewer)
    assert Target.objects.count() == 0


def test_unknown_finding_is_refused() -> None:
    with pytest.raises(MissingError):
        actions.decide_finding(
            finding_id=7, state=FindingState.ASKED, note="", by=SYSTEM, at=datetime.now(UTC)
        )
