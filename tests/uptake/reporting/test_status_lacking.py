"""A number made of reports says whose are not in it; that is no number with units missing."""

from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations.values import registry
from vungxanh.locations.values.units import UnitId
from vungxanh.uptake import rules
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.models import DayTable
from vungxanh.uptake.overview.words import made_of
from vungxanh.uptake.rules import FactRow, Figure, FigureState, Node

AS_OF = datetime(2020, 8, 28, 9, tzinfo=UTC)
QUERY = "?den=2020-08-28"


def node(unit: str, facts: dict[str, tuple[int, tuple[str, ...]]], *parts: Node) -> Node:
    """A unit with figures, each with the reporters that it lacks."""
    rows = {
        name: FactRow(unit, name, value, AS_OF, AS_OF, 1, "Bảng", "s", True, lacking)
        for name, (value, lacking) in facts.items()
    }
    return rules.node_of(registry().unit(UnitId(unit)), rows, parts)


BASE = {"smartphones": (100, ())}


@pytest.fixture
def whole() -> Node:
    """A province of two districts, each lacking another reporter."""
    quy_nhon = node(QUY_NHON, {"installs": (5, ("B",)), **BASE})
    an_nhon = node(AN_NHON, {"installs": (7, ("A", "B")), **BASE})
    return node(PROVINCE, {}, quy_nhon, an_nhon)


def test_a_sum_unites_the_reporters_that_its_parts_lack(whole: Node) -> None:
    found = rules.figure(whole, "installs")
    assert (found.value, found.lacking, found.missing) == (12, ("B", "A"), ())
    assert (found.state, found.lacks_parts) == (FigureState.PARTIAL, False)


def test_a_ratio_keeps_the_units_whose_reports_are_not_all_there(whole: Node) -> None:
    found = rules.pair(whole, "installs", "smartphones")
    assert (found.numerator.value, found.denominator.value, found.missing) == (12, 200, ())


def test_units_without_a_figure_are_told_apart_from_reporters(whole: Node) -> None:
    silent = rules.node_of(registry().unit(UnitId("vn-2021:542")), {}, ())
    found = rules.figure(node(PROVINCE, {}, *whole.parts, silent), "installs")
    assert (found.missing, found.lacking) == ((silent.unit.short_name,), ("B", "A"))
    said = made_of(found)
    assert f"thiếu {silent.unit.short_name}" in said
    assert "thiếu báo cáo của: B, A" in said


def test_figures_compare_only_where_they_lack_the_same_reporters() -> None:
    now = Figure("installs", 5, FigureState.PARTIAL, lacking=("B",))
    assert rules.compares(now, replace(now, value=4))
    assert not rules.compares(now, replace(now, value=4, lacking=()))


@pytest.fixture
def table(places: None) -> DayTable:
    """A published table of a day on which operator B is missing."""
    form = made.form_1()
    first, second = (made.operator(f"Nhà mạng {name}") for name in "AB")
    one = made.reporter(form, first, covers=(QUY_NHON, AN_NHON))
    made.reporter(form, second, covers=(QUY_NHON, AN_NHON))
    made.accepted(one, {QUY_NHON: 5, AN_NHON: 7})
    row = made.tabled(form)
    reporting.approve_table(table_id=row.id, by=SYSTEM, at=made.EVENING)
    return reporting.publish_table(table_id=row.id, by=SYSTEM, at=made.EVENING)


@pytest.mark.parametrize(
    "address",
    [f"/dia-ban/{PROVINCE}/", f"/dia-ban/{PROVINCE}/nguon/installs/"],
    ids=["unit", "lineage"],
)
def test_pages_name_the_missing_reporters(table: DayTable, address: str) -> None:
    page = unescape(Client().get(f"{address}{QUERY}").content.decode())
    assert "thiếu báo cáo của: Nhà mạng B" in page
    assert "chưa đủ đơn vị" not in page


def test_the_lineage_leads_to_the_days_table(table: DayTable) -> None:
    page = Client().get(f"/dia-ban/{PROVINCE}/nguon/installs/{QUERY}").content.decode()
    assert f"/so-lieu/bang-ngay/{table.id}/" in page


def test_the_api_names_them(table: DayTable) -> None:
    asked = {"unit": PROVINCE, "as_of": "2020-08-28"}
    told = Client().get("/api/v1/uptake/table", asked).json()["unit"]["figures"]["installs"]
    assert (told["lacking"], "missing" in told and told["missing"]) == (["Nhà mạng B"], [])
