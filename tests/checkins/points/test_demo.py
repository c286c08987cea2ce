"""The demo's points are invented, say so, and stand in every state."""

from collections import Counter

import pytest
from pytest_django import Settings

from tests.factories.people import PASSWORD
from tests.factories.register import AT
from vungxanh.accounts.actions import appoint_demo_contacts, load_demo_staff
from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import viewer_for
from vungxanh.checkins.demo import load_points, load_work
from vungxanh.checkins.models import Point, PointCode, Premises, Reminder
from vungxanh.checkins.queries.inspections import due, waiting_proposals
from vungxanh.checkins.queries.own_places import own_lines, own_premises
from vungxanh.checkins.queries.premises import tallies, total_of
from vungxanh.checkins.queries.reports import reports
from vungxanh.checkins.values.areas import communes_held
from vungxanh.checkins.values.kinds import State
from vungxanh.core.viewer import SYSTEM, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]


def test_the_demo_has_forty_invented_points_once() -> None:
    for _ in range(2):
        load_points(by=SYSTEM, at=AT)
    points = Point.objects.all()
    assert len(points) == 40
    assert all(point.is_invented and "Mẫu" in point.name for point in points)
    assert set(Counter(point.state for point in points)) == {str(state) for state in State}
    assert PointCode.objects.filter(point__state=State.SUSPENDED, revoked_at=None).count() == 0
    assert PointCode.objects.filter(point__state=State.APPROVED).count() > 30


def test_each_page_of_points_shows_something_to_accounts_of_the_demo(
    settings: Settings,
) -> None:
    """Loaded twice, it is there once; the commune's officer sees it in today's ward."""
    settings.DEMO = True
    load_demo_staff(password=PASSWORD, by=SYSTEM, at=AT)
    for _ in range(2):
        load_points(by=SYSTEM, at=AT)
        load_work(by=SYSTEM, at=AT)
    appoint_demo_contacts(by=SYSTEM, at=AT)
    commune, province = account("commune"), account("gialai")
    found = total_of(tallies(communes_held(commune.units)))
    assert (found.n_obliged, found.n_registered, found.n_exempt) == (6, 3, 1)
    assert total_of(tallies(communes_held(province.units))).n_lacking > found.n_lacking
    assert len(reports(commune).rows) == 1
    assert len(waiting_proposals(province)) == 1
    assert (Reminder.objects.count(), due(commune).n_rows) == (4, 2)
    assert [one.mend_by is None for one in own_lines(account("owner"))] == [False, True, True]
    assert len(own_lines(account("keeper"))) == 1
    assert [one.is_registered for one in own_premises(account("manager"))] == [False, True]
    assert not Premises.objects.exclude(name__contains="Mẫu").exists()


def account(name: str) -> Viewer:
    """An account of the demo."""
    return viewer_for(Staff.objects.get_by_natural_key(f"{name}@demo.example"))
