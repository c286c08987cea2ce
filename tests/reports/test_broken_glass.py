"""A unit opened by breaking the glass: its reports are read, and none is issued or numbered."""

from dataclasses import replace

import pytest

from tests.factories.people import Person
from tests.reports.documents import AT, DAY, QUY_NHON, issued
from vungxanh.core.viewer import Viewer
from vungxanh.reports import actions, queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def opened(other_officer: Person) -> Viewer:
    """The officer of An Nhơn, who broke the glass in Quy Nhơn."""
    return replace(other_officer.viewer, opened=frozenset({QUY_NHON}), glass="g")


def test_reports_of_an_opened_unit_are_read(opened: Viewer) -> None:
    report = issued()
    assert [one.id for one in queries.listed(opened)] == [report.id]
    assert queries.get(report.id, viewer=opened).id == report.id


def test_a_report_of_an_opened_unit_is_not_numbered(opened: Viewer) -> None:
    report = issued()
    assert not queries.may_issue_for(opened, QUY_NHON)
    with pytest.raises(actions.OutsideAreaError):
        actions.record_number(report_id=report.id, number="1/A", dated=DAY, by=opened, at=AT)
