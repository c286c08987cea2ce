"""The demo's two weeks of reports: all of them taken, in every state, and loaded once."""

from datetime import UTC, datetime, timedelta

import pytest

from vungxanh.core.viewer import SYSTEM
from vungxanh.duties import queries as duties
from vungxanh.duties.values import State
from vungxanh.uptake.demo.reporting import CAME, N_DAYS, load_reporting
from vungxanh.uptake.models import DayTable, FigureReport, Reporter

NOON = datetime(2021, 8, 28, 5, tzinfo=UTC)


@pytest.mark.slow
def test_the_demo_shows_late_missing_revised_and_zero_days_once(places: None) -> None:
    for _ in range(2):
        load_reporting(by=SYSTEM, at=NOON)
    reports = FigureReport.objects.all()
    assert set(reports.values_list("state", flat=True)) == {"accepted", "replaced"}
    assert reports.filter(is_zero=True).count() == 1
    first, last = (NOON.date() - timedelta(days=ago) for ago in (N_DAYS, 1))
    times = duties.times(
        list(Reporter.objects.values_list("duty", flat=True)), first=first, last=last
    )
    assert len(times) == N_DAYS * len(CAME)
    assert {one.state for one in times} == {State.OPEN, State.DONE, State.LATE, State.REVISED}
    assert DayTable.objects.get().n_expected == len(CAME)
