"""A table of points is undone whole: at once, or by a job that can be watched, stopped, killed."""

from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.checkins.premises.test_point_tables import HALL, HEAD, PAGE, SHOP, beside, taken_in
from tests.factories.people import Colleague
from tests.factories.register import AT
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins import jobs
from vungxanh.checkins.actions import copying
from vungxanh.checkins.actions import point_imports as actions
from vungxanh.checkins.actions import point_undoing as undoing
from vungxanh.checkins.imports import points as imports
from vungxanh.checkins.models import Point, PointChange, PointCode, PointCount, PointImport
from vungxanh.checkins.values.refusals import PointError
from vungxanh.core.clock import frozen_at

pytestmark = pytest.mark.usefixtures("places_of_both_eras")


@pytest.fixture
def large(officer: Colleague, monkeypatch: pytest.MonkeyPatch) -> PointImport:
    """A table of two points that a job must undo, a point at a time."""
    monkeypatch.setattr(imports, "MANY_UNDONE", 1)
    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    return taken_in(HEAD + SHOP + HALL, officer)


def living() -> tuple[int, int, int]:
    """How many points live, are counted as living, and how many codes hold."""
    n_counted = sum(PointCount.objects.values_list("n", flat=True))
    n_points = Point.objects.filter(state="approved").count()
    return n_points, n_counted, PointCode.objects.filter(revoked_at=None).count()


def test_a_job_closes_all_points_of_a_large_table(officer: Colleague, large: PointImport) -> None:
    with frozen_at(AT):
        officer.client.post(f"{PAGE}{large.pk}/hoan-tac/")
        page = officer.client.get(f"{PAGE}{large.pk}/")
    assert (page["Refresh"], living()) == ("2", (2, 2, 5))
    assert "Đang hoàn tác: 0 / 2 điểm" in page.content.decode()
    job = ProcrastinateJob.objects.get(task_name="checkins.undo_points")
    jobs.undo_points(**job.args)
    assert living() == (0, 0, 0)
    changes = PointChange.objects.filter(action="closed", reason=undoing.REASON)
    assert (changes.count(), changes.values("after").distinct().get()["after"]) == (
        2,
        {"state": "closed"},
    )
    page = officer.client.get(f"{PAGE}{large.pk}/")
    assert "đã hoàn tác" in page.content.decode()
    assert AuditEvent.objects.filter(event="checkins.points_import_undone").count() == 1


def test_how_far_undoing_is_counts_points_not_rows(officer: Colleague, large: PointImport) -> None:
    PointImport.objects.filter(pk=large.pk).update(
        state="undoing", n_rows=4_000, n_new=2_000, n_done=500, step_at=AT
    )
    with frozen_at(AT):
        page = officer.client.get(f"{PAGE}{large.pk}/").content.decode()
    assert "Đang hoàn tác: 500 / 2.000 điểm" in page
    assert "25 %" in page


def test_a_point_changed_before_the_job_came_keeps_all_and_the_page_says_so(
    officer: Colleague, large: PointImport
) -> None:
    undoing.claim_undo(import_id=large.pk, by=officer.viewer, at=AT)
    PointChange.objects.create(point=Point.objects.all()[1], action="changed", at=AT, by="staff:x")
    imports.undo_kept(import_id=large.pk, by=officer.viewer)
    assert living() == (2, 2, 5)
    page = officer.client.get(f"{PAGE}{large.pk}/").content.decode()
    assert "Không hoàn tác được: 1 dòng" in page
    assert "Hoàn tác cả bảng" in page


def test_undoing_that_is_killed_closes_nothing_and_goes_on_when_asked(
    officer: Colleague, large: PointImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    undoing.claim_undo(import_id=large.pk, by=officer.viewer, at=AT)

    def dies_at_the_second(rows: Any) -> None:
        if PointChange.objects.filter(action="closed").exists():
            raise KeyboardInterrupt
        copying.copy_in(rows)

    with monkeypatch.context() as patched:
        patched.setattr(undoing, "copy_in", dies_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            imports.undo_kept(import_id=large.pk, by=officer.viewer)
    assert living() == (2, 2, 5)
    with pytest.raises(PointError, match="import_wrong_state"):
        imports.undo(import_id=large.pk, by=officer.viewer, at=AT)
    later = AT + 2 * actions.SILENT
    with frozen_at(later):
        assert "Hoàn tác lại" in officer.client.get(f"{PAGE}{large.pk}/").content.decode()
        officer.client.post(f"{PAGE}{large.pk}/hoan-tac/")
    jobs.undo_points(**ProcrastinateJob.objects.get(task_name="checkins.undo_points").args)
    assert living() == (0, 0, 0)


def test_undoing_that_was_stopped_leaves_the_table_taken_in(
    officer: Colleague, large: PointImport
) -> None:
    undoing.claim_undo(import_id=large.pk, by=officer.viewer, at=AT)
    officer.client.post(f"{PAGE}{large.pk}/bo/")
    imports.undo_kept(import_id=large.pk, by=officer.viewer)
    large.refresh_from_db()
    assert (large.state, large.refusal, living()) == ("accepted", "", (2, 2, 5))


@pytest.mark.django_db(transaction=True)
def test_undoing_ends_at_its_next_word_once_it_is_stopped(
    officer: Colleague, large: PointImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "SECONDS", 0)
    n_parts = 0

    def stopped_meanwhile(rows: Any) -> None:
        nonlocal n_parts
        n_parts += 1
        with beside() as cursor:
            cursor.execute("UPDATE checkins_pointimport SET state = 'accepted'")
        copying.copy_in(rows)

    monkeypatch.setattr(undoing, "copy_in", stopped_meanwhile)
    undoing.claim_undo(import_id=large.pk, by=officer.viewer, at=AT)
    imports.undo_kept(import_id=large.pk, by=officer.viewer)
    large.refresh_from_db()
    assert (n_parts, large.state, living()) == (1, "accepted", (2, 2, 5))


def test_a_small_table_is_undone_at_once_and_says_how_many(officer: Colleague) -> None:
    kept = taken_in(HEAD + SHOP + HALL, officer)
    answer = officer.client.post(f"{PAGE}{kept.pk}/hoan-tac/", follow=True)
    assert "Đã hoàn tác: đóng 2 điểm" in answer.content.decode()
    assert living() == (0, 0, 0)


def test_a_table_whose_points_were_changed_says_so_at_once(officer: Colleague) -> None:
    kept = taken_in(HEAD + SHOP, officer)
    PointChange.objects.create(point=Point.objects.get(), action="changed", at=AT, by="staff:x")
    answer = officer.client.post(f"{PAGE}{kept.pk}/hoan-tac/")
    kept.refresh_from_db()
    assert (answer.status_code, kept.state) == (422, "accepted")
    assert "Không hoàn tác được: 1 dòng" in answer.content.decode()
