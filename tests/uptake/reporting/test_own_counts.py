"""What operators tell and what this house counts: beside each other, differences explained."""

from datetime import timedelta

import pytest

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, employed
from vungxanh.accounts.rules import Role
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.uptake import queries
from vungxanh.uptake.actions.own_counts import OwnTable, close_own_counts
from vungxanh.uptake.models import Reporter, ReportForm
from vungxanh.uptake.queries.reporting.own_counts import own_beside
from vungxanh.uptake.rules.own_counts import Beside, Told, Why, beside

AT = made.DUE
BOTH = (QUY_NHON, AN_NHON)


@pytest.mark.parametrize(
    ("reported", "own", "why"),
    [
        (Told(100, AT), Told(100, AT), ()),
        (Told(100, AT), Told(104, AT), ()),
        (Told(0, AT), Told(0, AT), ()),
        (None, Told(5, AT), (Why.NOT_REPORTED,)),
        (Told(5, AT), None, (Why.NOT_COUNTED,)),
        (Told(100, AT, ("B",)), Told(200, AT), (Why.REPORTERS_MISSING,)),
        (Told(100, AT), Told(200, AT + timedelta(hours=13)), (Why.OTHER_MOMENT,)),
        (Told(200, AT), Told(100, AT), (Why.COUNTED_TWICE, Why.UNEXPLAINED)),
        (Told(100, AT), Told(200, AT), (Why.OTHER_NETWORKS, Why.UNEXPLAINED)),
        (Told(200, AT, ("B",)), Told(100, AT), (Why.COUNTED_TWICE, Why.UNEXPLAINED)),
    ],
    ids=[
        "same",
        "near",
        "nought",
        "reported",
        "counted",
        "missing",
        "moment",
        "less",
        "more",
        "low",
    ],
)
def test_a_difference_is_explained_or_said_to_be_unexplained(
    reported: Told | None, own: Told | None, why: tuple[Why, ...]
) -> None:
    assert beside(reported, own).why == why


@pytest.fixture
def form(places: None) -> ReportForm:
    """Form 1, with a table of the day in which one of two operators is missing."""
    form = made.form_1()
    first, _ = (made.reporter(form, made.operator(f"Nhà mạng {n}"), covers=BOTH) for n in "AB")
    told(first)
    made.tabled(form)
    return form


def told(one: Reporter) -> None:
    """What the operator told."""
    made.accepted(one, {QUY_NHON: 100, AN_NHON: 50})


def counted(own: dict[tuple[str, str], int]) -> None:
    """What this house counted."""
    tables = [OwnTable(UnitId(PROVINCE), own, content={})]
    close_own_counts(tables=tables, as_of=AT, by=SYSTEM, at=made.EVENING)


def lines(form: ReportForm) -> dict[str, Beside]:
    """Both counts of each unit."""
    area = locations.unit(PROVINCE)
    found = own_beside(form, area, "installs", day=made.DAY)
    return {one.unit.id: one.counts for one in found}


def test_both_counts_stand_beside_each_other(form: ReportForm) -> None:
    counted({(QUY_NHON, "installs"): 160})
    found = lines(form)
    assert (found[QUY_NHON].difference, found[QUY_NHON].why) == (60, (Why.REPORTERS_MISSING,))
    assert found[AN_NHON].why == (Why.NOT_COUNTED,)


def test_an_own_count_never_stands_in_for_what_is_reported(form: ReportForm) -> None:
    counted({(QUY_NHON, "installs"): 160})
    moment = queries.moment_of(None, None)
    (fact,) = queries.latest_facts([QUY_NHON], moment, unpublished=True, elements=["installs"])
    assert fact.value == 100


def test_an_own_count_of_another_element_stands(form: ReportForm) -> None:
    counted({(QUY_NHON, "scans"): 7})
    moment = queries.moment_of(None, None)
    (fact,) = queries.latest_facts([QUY_NHON], moment, unpublished=True, elements=["scans"])
    assert fact.value == 7


def test_the_page_shows_both_to_those_in_charge_alone(form: ReportForm) -> None:
    counted({(QUY_NHON, "installs"): 160})
    address = f"/dia-ban/{PROVINCE}/tu-dem/?ngay={made.DAY}"
    officer = employed("province", Role("province_officer"), PROVINCE)
    district = employed("district", Role("district_officer"), QUY_NHON)
    page = officer.client.get(address).content.decode()
    assert "Thiếu báo cáo của: Nhà mạng B" in page
    assert district.client.get(address).status_code == 404
