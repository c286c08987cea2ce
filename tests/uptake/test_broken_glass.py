"""A unit opened by breaking the glass: its unpublished figures are read, and nothing is changed."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.figures import AT, QUY_NHON, facts, recorded
from tests.factories.people import Person
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.uptake import actions, queries
from vungxanh.uptake.models import Submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def table() -> Submission:
    """A table of Quy Nhơn that is not published."""
    day = date(2021, 5, 26)
    return recorded([(QUY_NHON, "scans", 10, day)], scope=QUY_NHON, published=False)


@pytest.fixture
def opened(other_officer: Person) -> Viewer:
    """The officer of An Nhơn, who broke the glass in Quy Nhơn."""
    return replace(other_officer.viewer, opened=frozenset({QUY_NHON}), glass="g")


def test_figures_of_an_opened_unit_are_read(table: Submission, opened: Viewer) -> None:
    unit = locations.unit(QUY_NHON)
    assert queries.sees_unpublished(opened, unit)
    assert list(queries.submissions(opened, unit)) == [table]
    assert queries.submission(opened, table.id) == queries.own_submission(opened, table.id) == table


def test_figures_of_an_opened_unit_are_not_changed(table: Submission, opened: Viewer) -> None:
    assert not queries.may_work_on(opened, locations.unit(QUY_NHON), "uptake.import")
    with pytest.raises(MissingError):
        actions.withdraw_submission(submission_id=table.id, reason="vì", by=opened, at=AT)


def test_a_table_of_another_area_is_not_there(table: Submission, other_officer: Person) -> None:
    with pytest.raises(MissingError):
        queries.submission(other_officer.viewer, table.id)
    with pytest.raises(MissingError):
        actions.withdraw_submission(
            submission_id=table.id, reason="vì", by=other_officer.viewer, at=AT
        )


def test_who_works_elsewhere_by_now_lets_no_draft_count(officer: Person) -> None:
    day = date(2021, 5, 26)
    listed = facts([(QUY_NHON, "scans", 10, day)])
    draft = actions.Draft(QUY_NHON, listed[0].as_of, actions.Origin("Bảng thử", "entry"), listed)
    kept = actions.save_draft(draft=draft, by=officer.viewer, at=AT)
    moved = replace(officer.viewer, units=frozenset({"vn-2021:549"}))
    with pytest.raises(MissingError):
        actions.record_submission(submission_id=kept.id, by=moved, at=AT)
    assert Submission.objects.get(id=kept.id).state == "draft"


def test_a_published_table_is_read_by_anyone_and_its_original_by_its_area(
    other_officer: Person,
) -> None:
    table = recorded([(QUY_NHON, "scans", 10, date(2021, 5, 26))], scope=QUY_NHON)
    assert queries.submission(other_officer.viewer, table.id) == table
    with pytest.raises(MissingError):
        queries.own_submission(other_officer.viewer, table.id)
