"""Reading what units became from the database: the same as the package tells."""

from collections.abc import Callable
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from vungxanh.locations import queries
from vungxanh.locations.values import (
    BadUnitIdError,
    Level,
    NotValidOnError,
    OtherTreeError,
    UnknownUnitError,
    registry,
)

pytestmark = pytest.mark.usefixtures("places_of_both_eras")
QUY_NHON, TRAN_PHU, NHON_CHAU, GIA_LAI = (
    "vn-2021:540",
    "vn-2021:21586",
    "vn-2025:21607",
    "vn-2025:52",
)
IN_2021, IN_2026 = date(2021, 5, 26), date(2026, 1, 1)


@pytest.mark.parametrize("unit", [QUY_NHON, TRAN_PHU, "vn-2021:52", NHON_CHAU, "vn-2021:vn"])
def test_the_database_tells_the_successions_of_the_package(unit: str) -> None:
    assert queries.successors(unit) == registry().successors(unit)
    assert {*queries.predecessors(unit)} == {*registry().predecessors(unit)}


def test_heirs_come_with_their_provinces_in_vietnamese_order() -> None:
    heirs = queries.heirs(QUY_NHON)
    assert [heir.unit.short_name for heir in heirs][:2] == ["X. Nhơn Châu", "P. Quy Nhơn"]
    assert {heir.above.id for heir in heirs if heir.above} == {GIA_LAI}


def test_heirs_of_many_units_leave_out_those_without() -> None:
    assert set(queries.heirs_of([QUY_NHON, TRAN_PHU, GIA_LAI])) == {QUY_NHON, TRAN_PHU}


def test_forebears_can_be_asked_for_one_level() -> None:
    every = [heir.unit.level for heir in queries.forebears(NHON_CHAU)]
    assert sorted(every) == [Level.COMMUNE, Level.DISTRICT]
    (district,) = queries.forebears(NHON_CHAU, Level.DISTRICT)
    assert (district.unit.id, district.above and district.above.id) == (QUY_NHON, "vn-2021:52")


@pytest.mark.parametrize("on", [IN_2021, IN_2026])
@pytest.mark.parametrize("unit", [QUY_NHON, TRAN_PHU, "vn-2021:52", NHON_CHAU, GIA_LAI])
def test_the_next_unit_up_is_that_of_the_package(unit: str, on: date) -> None:
    found, told = queries.next_up(unit, on), registry().next_up(unit, on)
    assert found is not None
    assert found == told


@pytest.mark.parametrize(
    ("held", "unit", "is_within"),
    [
        (GIA_LAI, "vn-2021:52", True),
        (GIA_LAI, TRAN_PHU, True),
        (GIA_LAI, QUY_NHON, True),
        ("vn-2021:52", NHON_CHAU, True),
        (QUY_NHON, NHON_CHAU, True),
        ("vn-2021:52", GIA_LAI, False),
        ("vn-2021:24", NHON_CHAU, False),
        (NHON_CHAU, QUY_NHON, False),
        ("vn-2025:24", "vn-2021:52", False),
        ("vn-2025:vn", "vn-2021:52", True),
    ],
)
def test_who_holds_a_unit_holds_all_of_what_it_was_or_became(
    held: str, unit: str, is_within: bool
) -> None:
    assert queries.within(frozenset({held}), unit) is is_within


def test_nothing_lies_above_the_country() -> None:
    assert queries.next_up("vn-2021:vn", IN_2026) is None


def test_a_unit_on_a_day_without_it_is_refused_with_what_stands_there() -> None:
    assert queries.unit_on(QUY_NHON, IN_2021).id == QUY_NHON
    with pytest.raises(NotValidOnError) as caught:
        queries.unit_on(QUY_NHON, IN_2026)
    assert "Xã Nhơn Châu, Phường Quy Nhơn, Phường Quy Nhơn Bắc" in caught.value.words.vi


def test_a_unit_of_another_tree_than_the_one_asked_for_is_refused() -> None:
    with pytest.raises(OtherTreeError):
        queries.listed(within=QUY_NHON, tree="vn-2025", limit=1, offset=0)


@pytest.mark.parametrize("ask", [queries.next_up, queries.unit_on])
def test_an_unknown_unit_is_refused(ask: Callable[[str, date], object]) -> None:
    with pytest.raises(UnknownUnitError):
        ask("vn-2025:98", IN_2026)


def test_text_that_is_no_id_is_refused() -> None:
    with pytest.raises(BadUnitIdError):
        queries.successors("Quy Nhơn")


@pytest.mark.parametrize(
    ("ask", "n_queries"),
    [
        (lambda: queries.successors(QUY_NHON), 1),
        (lambda: queries.predecessors(NHON_CHAU), 1),
        (lambda: queries.heirs(QUY_NHON), 1),
        (lambda: queries.heirs_of([QUY_NHON, TRAN_PHU, "vn-2021:52"]), 1),
        (lambda: queries.forebears(GIA_LAI), 1),
        (lambda: queries.next_up(QUY_NHON, IN_2021), 2),
        (lambda: queries.next_up(QUY_NHON, IN_2026), 4),
        (lambda: queries.next_up(NHON_CHAU, IN_2021), 5),
        (lambda: queries.unit_on(QUY_NHON, IN_2021), 1),
        (lambda: queries.within(frozenset({GIA_LAI}), NHON_CHAU), 1),
        (lambda: queries.within(frozenset({GIA_LAI}), QUY_NHON), 3),
    ],
)
def test_reading_costs_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries, ask: Callable[[], object], n_queries: int
) -> None:
    with django_assert_num_queries(n_queries):
        ask()
