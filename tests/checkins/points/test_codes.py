"""Codes of a point are rotated, revoked, and follow its entrances."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.factories.owners import ENTRY, an_owner, owned
from tests.factories.register import AT
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.changing import change_point
from vungxanh.checkins.actions.codes import good_codes, revoke_code, rotate_codes
from vungxanh.checkins.actions.points import close_point, undo_decision
from vungxanh.checkins.models import Point, PointChange, PointCode
from vungxanh.checkins.queries.entries import entry_of
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.points import NewEntrance
from vungxanh.checkins.values.refusals import CodeOverError, NoSuchPointError
from vungxanh.core.clock import TZ
from vungxanh.refusals import RefusalError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
LATER = AT + timedelta(hours=2)


def n_good(point: Point, at: datetime) -> int:
    return good_codes(point, at).count()


def approved(point: Point) -> Point:
    Point.objects.filter(pk=point.pk).update(
        state=State.APPROVED, decided_at=AT, decided_by="staff:one"
    )
    return Point.objects.get(pk=point.pk)


def test_old_and_new_posters_hang_for_fourteen_days() -> None:
    """Then the old codes end by themselves, at midnight in Vietnam."""
    owner = an_owner()
    point = owned(owner)
    assert len(rotate_codes(point=point, by=owner[1], at=LATER)) == 3
    assert n_good(point, LATER) == 6
    ends = PointCode.objects.filter(point=point).order_by("id").values_list("ends_at", flat=True)
    assert ends[0] == datetime(2026, 3, 17, tzinfo=TZ)
    assert n_good(point, datetime(2026, 3, 17, tzinfo=TZ)) == 3


def test_codes_that_were_pasted_over_end_at_once() -> None:
    """With today as the last day the former are revoked; one entrance alone where it is named."""
    owner = an_owner()
    point = owned(owner)
    made = rotate_codes(point=point, until=date(2026, 3, 2), entrances=[1], by=owner[1], at=LATER)
    assert [one.entrance for one in made] == [1]
    assert n_good(point, LATER) == 3
    assert PointCode.objects.get(point=point, revoked_at=LATER).entrance == 1


def test_a_second_rotation_prolongs_nothing() -> None:
    """A code that ends on the 9th still ends on the 9th."""
    owner = an_owner()
    point = owned(owner)
    first = PointCode.objects.filter(point=point).latest("-id")
    rotate_codes(point=point, until=date(2026, 3, 9), by=owner[1], at=LATER)
    rotate_codes(point=point, until=date(2026, 3, 20), by=owner[1], at=LATER)
    first.refresh_from_db()
    assert first.ends_at == datetime(2026, 3, 10, tzinfo=TZ)


@pytest.mark.parametrize("until", [date(2026, 3, 1), date(2026, 5, 2)])
def test_a_day_that_is_past_or_far_ends_nothing(until: date) -> None:
    owner = an_owner()
    point = owned(owner)
    with pytest.raises(RefusalError, match="bad_until"):
        rotate_codes(point=point, until=until, by=owner[1], at=LATER)
    assert n_good(point, LATER) == 3


def test_a_revoked_code_is_in_the_log_once() -> None:
    """The second time is refused: who asks must not believe that it held until then."""
    owner = an_owner()
    point = owned(owner)
    code = PointCode.objects.filter(point=point).latest("id")
    revoke_code(code=code, reason="Bị dán đè", by=owner[1], at=LATER)
    with pytest.raises(CodeOverError):
        revoke_code(code=code, reason="Bị dán đè", by=owner[1], at=LATER)
    assert n_good(point, LATER) == 2
    assert AuditEvent.objects.filter(event="checkins.code_revoked").count() == 1


def test_another_citizen_changes_nothing_of_a_point() -> None:
    """Not even whether it is there is told."""
    point = owned(an_owner())
    _, stranger = an_owner("+84912000009")
    code = PointCode.objects.filter(point=point).latest("id")
    with pytest.raises(NoSuchPointError):
        rotate_codes(point=point, by=stranger, at=LATER)
    with pytest.raises(NoSuchPointError):
        revoke_code(code=code, reason="x", by=stranger, at=LATER)
    with pytest.raises(NoSuchPointError):
        close_point(point=point, by=stranger, at=LATER)
    with pytest.raises(NoSuchPointError):
        change_point(point=point, entry=replace(ENTRY, name="Của tôi"), by=stranger, at=LATER)
    assert (n_good(point, LATER), PointChange.objects.count()) == (3, 1)


def test_an_owner_who_closes_by_mistake_opens_again_with_the_same_posters() -> None:
    owner = an_owner()
    point = owned(owner)
    close_point(point=point, by=owner[1], at=LATER)
    assert n_good(point, LATER) == 0
    row = undo_decision(point=point, by=owner[1], at=LATER + timedelta(minutes=10))
    assert (row.state, n_good(point, LATER)) == (State.REGISTERED, 3)


def test_codes_of_a_closed_point_are_not_made_anew() -> None:
    owner = an_owner()
    point = owned(owner)
    close_point(point=point, by=owner[1], at=LATER)
    with pytest.raises(RefusalError, match="not_living"):
        rotate_codes(point=point, by=owner[1], at=LATER)
    with pytest.raises(RefusalError, match="not_living"):
        change_point(point=point, entry=replace(ENTRY, name="Khác"), by=owner[1], at=LATER)


def test_new_doors_get_codes_and_closed_ones_lose_theirs() -> None:
    """The gate stays with its code under a new name; the yard goes; a room comes."""
    owner = an_owner()
    point = owned(owner)
    doors = (NewEntrance("Cổng chính", number=1), NewEntrance("Phòng 2"))
    row = change_point(point=point, entry=replace(ENTRY, entrances=doors), by=owner[1], at=LATER)
    good = good_codes(row, LATER).order_by("entrance").values_list("entrance", flat=True)
    assert list(good) == [0, 1, 3]
    assert [one.label for one in entry_of(row).entrances] == ["Cổng chính", "Phòng 2"]


def test_an_owner_who_renames_an_approved_point_waits_for_approval_anew() -> None:
    """Its codes stay good; a contact alone changes nothing of what was approved."""
    owner = an_owner()
    point = approved(owned(owner))
    entry = entry_of(point)
    same = change_point(point=point, entry=replace(entry, capacity=40), by=owner[1], at=LATER)
    assert same.state == State.APPROVED
    entry = replace(entry, name="Quán Mẫu Mới", capacity=40)
    row = change_point(point=point, entry=entry, by=owner[1], at=LATER)
    row.refresh_from_db()
    assert (row.state, row.decided_by, n_good(row, LATER)) == (State.REGISTERED, "", 3)


def test_the_history_of_a_change_holds_no_contact() -> None:
    owner = an_owner()
    point = owned(owner)
    entry = replace(entry_of(point), name="Quán Mới", contact_phone="+84912000009")
    change_point(point=point, entry=entry, by=owner[1], at=LATER)
    kept = PointChange.objects.filter(point=point, action="changed").get()
    assert kept.before["name"] == ENTRY.name
    assert "912000" not in f"{kept.before}{kept.after}"


def test_a_change_that_changes_nothing_leaves_no_trace() -> None:
    owner = an_owner()
    point = owned(owner)
    change_point(point=point, entry=entry_of(point), by=owner[1], at=LATER)
    assert not PointChange.objects.filter(action="changed").exists()
