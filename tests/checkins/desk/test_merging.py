"""Two points that are one place become one, and their codes go on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.points import QUY_NHON, a_point, code_of
from tests.factories.register import AT
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.merging import merge_points, part_points, say_two, unsay_two
from vungxanh.checkins.actions.points import decide_point
from vungxanh.checkins.models import Point, TwoPoints
from vungxanh.checkins.queries.door import door_point
from vungxanh.checkins.queries.pairs import suspected
from vungxanh.checkins.values.kinds import State
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import RefusalError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]

TAY = "vn-2025:21589"
OFFICER = Viewer(
    id="staff:7d0d3e8c-0000-4000-8000-000000000001",
    name="",
    units=frozenset({QUY_NHON}),
    capabilities=frozenset({"points.manage", "points.view"}),
)
LATER = AT + timedelta(minutes=3)


def merged() -> tuple[Point, Point]:
    kept, gone = a_point("Chợ Đầm"), a_point("CHO DAM")
    merge_points(kept=kept, merged=gone, reason="Một chợ", by=OFFICER, at=LATER)
    kept.refresh_from_db()
    gone.refresh_from_db()
    return kept, gone


def test_the_codes_of_a_merged_point_lead_to_the_one_that_was_kept() -> None:
    kept, gone = merged()
    shown = door_point(gone.code)
    assert shown is not None
    assert (shown.id, shown.name, shown.state) == (kept.pk, "Chợ Đầm", State.APPROVED)
    assert (gone.state, code_of(gone).revoked_at) == (State.CLOSED, None)
    assert AuditEvent.objects.get(event="checkins.points_merged").subject == f"point:{gone.pk}"


def test_the_codes_of_a_merged_point_are_revoked_with_those_of_the_kept_one() -> None:
    kept, gone = merged()
    decide_point(point=kept, state=State.SUSPENDED, reason="Sai", by=OFFICER, at=LATER)
    assert (code_of(kept).revoked_at, code_of(gone).revoked_at) == (LATER, LATER)


def test_a_merged_point_is_not_opened_by_itself() -> None:
    _, gone = merged()
    with pytest.raises(RefusalError) as refused:
        decide_point(point=gone, state=State.APPROVED, by=OFFICER, at=LATER)
    assert refused.value.code == "checkins.merged_already"


def test_merging_is_taken_back_within_ten_minutes_with_what_led_there() -> None:
    kept, gone = merged()
    third = a_point("Chợ Đầm mới")
    merge_points(kept=third, merged=kept, reason="Một chợ", by=OFFICER, at=LATER)
    gone.refresh_from_db()
    assert gone.merged_into_id == third.pk
    part_points(merged=kept, by=OFFICER, at=LATER + timedelta(minutes=10))
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.state, kept.merged_into_id, gone.merged_into_id) == ("approved", None, kept.pk)


@pytest.mark.parametrize("minutes", [11, 60])
def test_merging_is_not_taken_back_later(minutes: int) -> None:
    _, gone = merged()
    with pytest.raises(RefusalError) as refused:
        part_points(merged=gone, by=OFFICER, at=LATER + timedelta(minutes=minutes))
    assert refused.value.code == "checkins.too_late_to_undo"


@pytest.mark.parametrize(
    ("reason", "unit", "code"),
    [("", QUY_NHON, "checkins.reason_needed"), ("Một", TAY, "checkins.outside_area")],
)
def test_merging_is_refused_whole(reason: str, unit: str, code: str) -> None:
    kept, gone = a_point("Chợ Đầm"), a_point("Chợ Đầm", unit=unit)
    with pytest.raises(RefusalError) as refused:
        merge_points(kept=kept, merged=gone, reason=reason, by=OFFICER, at=LATER)
    gone.refresh_from_db()
    assert (refused.value.code, gone.state) == (code, State.APPROVED)


def test_points_of_two_communes_or_one_point_twice_are_not_merged() -> None:
    both = replace(OFFICER, units=frozenset({QUY_NHON, TAY}))
    kept, far = a_point("Chợ Đầm"), a_point("Chợ Đầm", unit=TAY)
    for other in (far, kept):
        with pytest.raises(RefusalError) as refused:
            merge_points(kept=kept, merged=other, reason="Một", by=both, at=LATER)
        assert refused.value.code == "checkins.not_one_place"


def test_suspected_pairs_are_shown_until_they_are_said_to_be_two() -> None:
    one, other = a_point("Chợ Đầm"), a_point("CHO DAM")
    a_point("Chợ Đầm", unit=TAY)
    a_point("Chợ Đầm", state=State.CLOSED)
    assert [(a.pk, b.pk) for a, b in suspected(OFFICER)] == [(one.pk, other.pk)]
    say_two(one=other, other=one, by=OFFICER, at=LATER)
    say_two(one=one, other=other, by=OFFICER, at=LATER)
    assert (suspected(OFFICER), TwoPoints.objects.count()) == ((), 1)
    unsay_two(one=one, other=other, by=OFFICER, at=LATER)
    assert len(suspected(OFFICER)) == 1
