"""Figures of one era on the units of the other: what adds up, what is missing, what cannot be."""

from datetime import date

import pytest

from tests.factories.figures import BINH_DINH, QUY_NHON, recorded
from tests.factories.people import Person
from vungxanh.core import clock
from vungxanh.core.viewer import PUBLIC, SYSTEM
from vungxanh.locations import queries as locations
from vungxanh.locations.actions.units import rows_of
from vungxanh.locations.models import AdminUnit
from vungxanh.locations.values import units_2021
from vungxanh.uptake import queries, rules
from vungxanh.uptake.demo import load_published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]

DAY = date(2021, 5, 26)
GIA_LAI = "vn-2025:52"
EAST = "vn-2025:21601"  # of four whole communes of Quy Nhơn and Phù Cát
PARTS_OF_EAST = ("21550", "21598", "21601", "21604")


def node(unit_id: str, day: date = DAY) -> rules.Node:
    moment = queries.moment_of(clock.day_end(day), None)
    return queries.tree(PUBLIC, locations.unit(unit_id), moment)


def child(parent: rules.Node, unit_id: str) -> rules.Node:
    return next(part for part in parent.parts if part.unit.id == unit_id)


@pytest.fixture
def old_gia_lai(places_of_both_eras: None) -> None:
    """The other province that today's Gia Lai was made of."""
    found = [unit for unit in units_2021() if unit.id == "vn-2021:64"]
    AdminUnit.objects.bulk_create(rows_of(found), ignore_conflicts=True)


@pytest.fixture
def published(places_of_both_eras: None) -> None:
    load_published(by=SYSTEM, at=clock.now())


@pytest.mark.usefixtures("published")
def test_province_of_today_is_partial_while_one_of_its_two_has_no_figure() -> None:
    found = rules.figure(node(GIA_LAI), "bluezone_with_phone")
    assert (found.value, found.state) == (202_379, rules.FigureState.PARTIAL)
    assert found.missing == ("Gia Lai (cũ)",)
    assert found.carried_from == (BINH_DINH,)
    assert not found.is_estimated


@pytest.mark.usefixtures("published", "old_gia_lai")
def test_ratio_is_of_the_same_old_provinces_on_both_sides() -> None:
    recorded([("vn-2021:64", "population", 1_513_847, date(2019, 4, 1))], scope=BINH_DINH)
    pair = rules.pair(node(GIA_LAI), "bluezone_with_phone", "population")
    assert (pair.numerator.value, pair.denominator.value) == (202_379, 1_487_817)
    assert pair.missing == ("Gia Lai (cũ)",)


@pytest.mark.usefixtures("published")
def test_figures_of_districts_are_not_divided_among_communes_and_it_is_said() -> None:
    ward = child(node(GIA_LAI), EAST)
    assert rules.figure(ward, "bluezone_with_phone").value is None
    told = {one.unit.id: one.undivided for one in ward.carried}
    assert "bluezone_with_phone" in told[QUY_NHON]


def test_whole_communes_add_up_exactly() -> None:
    recorded([(f"vn-2021:{code}", "scans", 10, DAY) for code in PARTS_OF_EAST])
    found = rules.figure(child(node(GIA_LAI), EAST), "scans")
    assert (found.value, found.state, found.is_estimated) == (
        40,
        rules.FigureState.COMPLETE,
        False,
    )


def test_sum_of_communes_names_the_one_that_has_no_figure() -> None:
    recorded([(f"vn-2021:{code}", "scans", 10, DAY) for code in PARTS_OF_EAST[1:]])
    found = rules.figure(child(node(GIA_LAI), EAST), "scans")
    assert (found.value, found.state) == (30, rules.FigureState.PARTIAL)
    assert len(found.missing) == 1


@pytest.mark.usefixtures("old_gia_lai")
def test_own_figure_of_today_stands_before_what_the_past_hands_on() -> None:
    recorded([(BINH_DINH, "scans", 5, DAY), ("vn-2021:64", "scans", 6, DAY)])
    recorded([(GIA_LAI, "scans", 99, date(2025, 9, 1))])
    assert rules.figure(node(GIA_LAI, date(2025, 9, 2)), "scans").value == 99
    assert rules.figure(node(GIA_LAI, DAY), "scans").value == 11


def test_merged_province_of_today_is_not_divided_backward() -> None:
    recorded([(GIA_LAI, "scans", 99, date(2025, 9, 1))])
    found = node(BINH_DINH, date(2025, 9, 2))
    assert rules.figure(found, "scans").value is None
    assert [one.undivided for one in found.carried] == [frozenset({"scans"})]


@pytest.mark.parametrize(
    ("today", "old", "value"),
    [
        (("21607",), "vn-2021:21607", 7),
        (("21553", "21583", "21589", "21592", "21601", "21607"), QUY_NHON, 42),
        (("21553",), QUY_NHON, 7),
        (("21601",), "vn-2021:21601", None),
    ],
)
def test_figures_of_today_reach_an_old_unit_only_where_that_is_exact(
    today: tuple[str, ...], old: str, value: int | None
) -> None:
    recorded([(f"vn-2025:{code}", "scans", 7, date(2025, 9, 1)) for code in today])
    found = rules.figure(node(old, date(2025, 9, 2)), "scans")
    assert (found.value, found.is_estimated) == (value, False)


def test_old_district_lacking_some_communes_of_today_is_partial() -> None:
    recorded([("vn-2025:21553", "scans", 7, date(2025, 9, 1))])
    found = rules.figure(node(QUY_NHON, date(2025, 9, 2)), "scans")
    assert found.state is rules.FigureState.PARTIAL
    assert len(found.missing) == 5


def test_old_pages_do_not_ask_the_future() -> None:
    recorded([(GIA_LAI, "scans", 99, date(2025, 9, 1))])
    assert node(BINH_DINH, DAY).carried == ()


@pytest.mark.usefixtures("published")
def test_api_says_what_is_estimated_missing_and_not_carried(outsider: Person) -> None:
    answer = outsider.client.get(f"/api/v1/uptake/table?unit={GIA_LAI}&as_of=2021-05-26").json()
    figure = answer["unit"]["figures"]["bluezone_with_phone"]
    assert (figure["value"], figure["estimated"]) == (202_379, False)
    assert (figure["missing"], figure["carried_from"]) == (["Gia Lai (cũ)"], [BINH_DINH])
    ratio = next(r for r in answer["unit"]["ratios"] if r["indicator"] == "population")
    assert ratio["across_reform"]
    ward = next(row for row in answer["rows"] if row["unit"] == EAST)
    assert {one["unit"] for one in ward["not_carried"]} == {QUY_NHON}
    assert answer["level"] == "commune"


def test_level_that_the_tree_lacks_is_refused(outsider: Person) -> None:
    answer = outsider.client.get(f"/api/v1/uptake/table?unit={GIA_LAI}&level=district")
    assert (answer.status_code, answer.json()["code"]) == (422, "uptake.no_such_level")


@pytest.mark.usefixtures("published")
def test_whole_count_is_not_divided_by_a_part_of_the_base() -> None:
    recorded([("vn-2021:vn", "bluezone_with_phone", 22_740_000, DAY)], scope=BINH_DINH)
    pair = rules.pair(node("vn-2025:vn"), "bluezone_with_phone", "smartphones")
    assert (pair.numerator.value, pair.denominator.value) == (202_379, 967_412)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (f"/dia-ban/{GIA_LAI}/", "Còn thiếu: Gia Lai (cũ)."),
        (f"/dia-ban/{GIA_LAI}/", "không quy đổi được: H. An Lão (cũ)"),
        (f"/dia-ban/{GIA_LAI}/", f'href="/dia-ban/{BINH_DINH}/"'),
        (f"/dia-ban/{BINH_DINH}/", f'href="/dia-ban/{GIA_LAI}/"'),
        (f"/dia-ban/{GIA_LAI}/nguon/bluezone_with_phone/?den=2021-05-26", "202.379"),
        (f"/dia-ban/{EAST}/", "TP. Quy Nhơn (cũ)"),
        ("/dia-ban/vn-2025:vn/", "thiếu Gia Lai (cũ)"),
        ("/dia-ban/vn-2025:vn/", "hạng không so được với hạng của thời kỳ kia"),
    ],
)
def test_page_says_what_is_missing_and_leads_to_the_other_era(
    outsider: Person, address: str, shown: str
) -> None:
    assert shown in outsider.client.get(address).content.decode()


@pytest.mark.usefixtures("old_gia_lai")
def test_ranks_of_two_dates_across_the_reform_do_not_compare(outsider: Person) -> None:
    for day, unit in ((DAY, "vn-2021:{}"), (date(2025, 9, 1), "vn-2025:{}")):
        counts = [
            (unit.format(code), element, value, day)
            for code, value in (("21607", 5), ("21997", 9))
            for element in ("bluezone_with_phone", "population")
        ]
        recorded(counts)
    address = f"/dia-ban/{GIA_LAI}/so-sanh/?so=2021-05-26&den=2025-09-01"
    page = outsider.client.get(address).content.decode()
    assert "Hạng hai ngày không so được với nhau" in page
    assert "vx-rank-shift" in page
    assert "arrow-up" not in page
