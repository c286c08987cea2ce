"""The count of living points stands with the points, whoever writes them."""

import pytest
from django.db import connection, transaction

from tests.factories.points import QUY_NHON, a_point
from vungxanh.checkins.models import Point, PointCount
from vungxanh.checkins.queries.point_counts import all_points, points_in
from vungxanh.checkins.values.kinds import Kind, State

pytestmark = pytest.mark.django_db
OTHER = "vn-2025:21592"  # another ward of today


def of_quy_nhon() -> dict[str, int]:
    """The living points of the ward by kind."""
    return {kind: n for (unit, kind), n in points_in([QUY_NHON]).items() if unit == QUY_NHON}


def test_points_count_while_they_live(places_of_both_eras: None) -> None:
    a_point("Chợ Một")
    a_point("Chợ Hai", state=State.REGISTERED)
    a_point("Chợ Ba", state=State.SUSPENDED)
    school = a_point("Trường mẫu", kind=Kind.SCHOOL)
    assert of_quy_nhon() == {"market": 2, "school": 1}
    Point.objects.filter(pk=school.pk).update(state=State.CLOSED)
    assert of_quy_nhon() == {"market": 2}


def test_a_point_that_moves_counts_where_it_is(places_of_both_eras: None) -> None:
    point = a_point()
    Point.objects.filter(pk=point.pk).update(unit=OTHER, kind=Kind.OFFICE)
    assert all_points() == {(OTHER, "office"): 1}


def test_what_is_rolled_back_was_never_counted(places_of_both_eras: None) -> None:
    a_point("Chợ Một")
    with transaction.atomic():
        a_point("Chợ Hai")
        transaction.set_rollback(True)
    assert of_quy_nhon() == {"market": 1}


def test_deleted_points_leave_the_count(places_of_both_eras: None) -> None:
    a_point("Chợ Một")
    a_point("Chợ Hai")
    Point.objects.all().delete()
    assert of_quy_nhon() == {}


def test_a_change_that_changes_no_count_writes_none(places_of_both_eras: None) -> None:
    point = a_point()
    Point.objects.filter(pk=point.pk).update(name="Chợ đổi tên")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM checkins_pointcount")
        assert cursor.fetchone()[0] == 1


def test_many_points_at_once_count_in_one_part_of_their_own(places_of_both_eras: None) -> None:
    one, other = a_point("Chợ Một"), a_point("Chợ Hai")
    closed = Point.objects.filter(pk__in=[one.pk, other.pk])
    closed.update(state=State.CLOSED)
    closed.update(state=State.APPROVED)
    parts = PointCount.objects.filter(part__gte=16)
    assert [(row.unit, row.n) for row in parts] == [(QUY_NHON, 0)]
    assert of_quy_nhon() == {"market": 2}
