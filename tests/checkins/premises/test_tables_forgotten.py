"""A table of points goes a week after it was brought; what it made stays, and undoing says so."""

from datetime import timedelta

import pytest

from tests.checkins.premises.test_point_tables import HALL, HEAD, PAGE, SHOP, taken_in
from tests.factories.people import Answer, Colleague
from tests.factories.register import AT
from vungxanh.checkins.actions import point_undoing as undoing
from vungxanh.checkins.models import Point, PointCode, PointImport
from vungxanh.checkins.values.import_refusals import NoSuchTableError
from vungxanh.core import upkeep
from vungxanh.core.clock import frozen_at

pytestmark = pytest.mark.usefixtures("places_of_both_eras")
WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)


def test_a_table_past_its_week_is_purged_and_its_points_live_on(officer: Colleague) -> None:
    kept = taken_in(HEAD + SHOP + HALL, officer)
    upkeep.purge(AT + WEEK)
    assert PointImport.objects.filter(pk=kept.pk).exists()
    upkeep.purge(AT + WEEK + SECOND)
    assert not PointImport.objects.exists()
    assert upkeep.overdue(AT + WEEK + SECOND)["checkins_pointimport"] == 0
    assert set(Point.objects.values_list("state", flat=True)) == {"approved"}
    assert PointCode.objects.filter(revoked_at=None).count() == PointCode.objects.count() == 5


def test_undoing_a_table_that_is_gone_says_what_to_do_instead(officer: Colleague) -> None:
    """Also from a page that was left open; no point is closed."""
    kept = taken_in(HEAD + SHOP, officer)
    upkeep.purge(AT + WEEK + SECOND)
    with pytest.raises(NoSuchTableError, match="no_such_table") as refused:
        undoing.undo_table(import_id=kept.pk, by=officer.viewer, at=AT + WEEK + SECOND)
    with frozen_at(AT + WEEK + SECOND):
        answer: Answer = officer.client.post(f"{PAGE}{kept.pk}/hoan-tac/")
    assert answer.status_code == 404
    assert refused.value.words.vi in answer.content.decode()
    assert "7 ngày" in refused.value.words.vi
    assert Point.objects.get().state == "approved"
