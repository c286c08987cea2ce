"""Officers decide on points, and their codes follow."""

from datetime import timedelta

import pytest

from tests.factories.points import QUY_NHON, a_point
from tests.factories.register import AT
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.points import decide_point, undo_decision
from vungxanh.checkins.models import Entrance, Point, PointChange, PointCode
from vungxanh.checkins.values.kinds import State
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import RefusalError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]

OFFICER = Viewer(
    id="staff:7d0d3e8c-0000-4000-8000-000000000001",
    name="",
    units=frozenset({QUY_NHON}),
    capabilities=frozenset({"points.manage"}),
)
LATER = AT + timedelta(minutes=3)


def _good(point: Point) -> int:
    return PointCode.objects.filter(point=point, revoked_at=None).count()


def test_an_approved_point_keeps_its_codes() -> None:
    """Approving changes the state alone, and is in the log and the history."""
    point = a_point(state=State.REGISTERED)
    row = decide_point(point=point, state=State.APPROVED, by=OFFICER, at=LATER)
    assert (row.state, row.decided_by, _good(point)) == (State.APPROVED, OFFICER.id, 1)
    assert PointChange.objects.get(point=point).action == "approved"
    assert AuditEvent.objects.filter(event="checkins.point_approved").count() == 1


def test_a_suspended_point_loses_its_codes_and_gets_new_ones_when_opened() -> None:
    """What hung at the door stays revoked; each open entrance has one new code."""
    point = a_point()
    Entrance.objects.create(point=point, number=1, label="Cổng sau")
    decide_point(point=point, state=State.SUSPENDED, reason="Mã dán sai", by=OFFICER, at=LATER)
    assert _good(point) == 0
    opened = LATER + timedelta(days=1)
    decide_point(point=point, state=State.APPROVED, by=OFFICER, at=opened)
    assert _good(point) == 2
    assert PointCode.objects.filter(point=point).exclude(revoked_at=None).count() == 1
    assert PointChange.objects.filter(point=point, action="opened").count() == 1


def test_an_undone_decision_leaves_the_same_codes_good() -> None:
    """Within ten minutes, by whoever decided, the posters that hang go on working."""
    point = a_point()
    (code,) = PointCode.objects.filter(point=point)
    decide_point(point=point, state=State.CLOSED, reason="Nghỉ bán", by=OFFICER, at=LATER)
    row = undo_decision(point=point, by=OFFICER, at=LATER + timedelta(minutes=9))
    code.refresh_from_db()
    assert (row.state, code.revoked_at, code.revoked_by) == (State.APPROVED, None, "")


def test_a_decision_is_not_undone_late_or_by_another() -> None:
    """After ten minutes, or by somebody else, it stands."""
    point = a_point()
    decide_point(point=point, state=State.CLOSED, reason="Nghỉ bán", by=OFFICER, at=LATER)
    with pytest.raises(RefusalError, match="too_late_to_undo"):
        undo_decision(point=point, by=OFFICER, at=LATER + timedelta(minutes=11))
    other = Viewer(id="staff:other", name="", capabilities=OFFICER.capabilities)
    with pytest.raises(RefusalError, match="too_late_to_undo"):
        undo_decision(point=point, by=other, at=LATER + timedelta(minutes=1))


def test_an_officer_of_another_area_decides_nothing() -> None:
    """The refusal leaves no trace."""
    point = a_point()
    elsewhere = Viewer(
        id=OFFICER.id, name="", units=frozenset({"vn-2025:01"}), capabilities=OFFICER.capabilities
    )
    with pytest.raises(RefusalError, match="outside_area"):
        decide_point(point=point, state=State.CLOSED, reason="x", by=elsewhere, at=LATER)
    assert not PointChange.objects.filter(point=point).exists()


def test_suspending_needs_a_reason() -> None:
    """A blank one is none."""
    with pytest.raises(RefusalError, match="reason_needed"):
        decide_point(point=a_point(), state=State.SUSPENDED, reason="  ", by=OFFICER, at=LATER)


def test_a_closed_point_is_not_suspended() -> None:
    """It can only be opened again."""
    point = a_point(state=State.CLOSED)
    with pytest.raises(RefusalError, match="cannot_become"):
        decide_point(point=point, state=State.SUSPENDED, reason="x", by=OFFICER, at=LATER)
