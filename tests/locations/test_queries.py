"""Reading units: what comes back, in which order, with how many queries."""

from collections.abc import Callable

import pytest
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from vungxanh.locations import queries
from vungxanh.locations.values import (
    COUNTRY,
    BadUnitIdError,
    Level,
    MatchKind,
    Unit,
    UnknownUnitError,
    units_2021,
)

pytestmark = pytest.mark.usefixtures("places")
BINH_DINH, QUY_NHON = "vn-2021:52", "vn-2021:540"


def short(units: tuple[Unit, ...]) -> list[str]:
    return [unit.short_name for unit in units]


def test_children_stand_in_vietnamese_order() -> None:
    assert short(queries.children(BINH_DINH)) == (
        [
            "H. An Lão",
            "TX. An Nhơn",
            "H. Hoài Ân",
            "TX. Hoài Nhơn",
            "H. Phù Cát",
            "H. Phù Mỹ",
            "TP. Quy Nhơn",
            "H. Tây Sơn",
            "H. Tuy Phước",
            "H. Vân Canh",
            "H. Vĩnh Thạnh",
        ]
    )


def test_provinces_stand_in_vietnamese_order() -> None:
    assert short(queries.children(COUNTRY, Level.PROVINCE)) == (
        [
            "Bắc Giang",
            "Bắc Ninh",
            "Bình Định",
            "TP. Đà Nẵng",
            "TP. Hà Nội",
            "Hải Dương",
            "TP. Hải Phòng",
            "Phú Yên",
        ]
    )


def test_descendants_of_a_level_are_all_of_it_and_nothing_else() -> None:
    communes = queries.descendants(BINH_DINH, Level.COMMUNE)
    assert len(communes) == 159
    assert {unit.level for unit in communes} == {Level.COMMUNE}
    assert len(queries.descendants(BINH_DINH)) == 170


def test_ancestors_come_from_the_top_without_the_unit_itself() -> None:
    assert short(queries.ancestors("vn-2021:21553")) == ["Việt Nam", "Bình Định", "TP. Quy Nhơn"]
    assert queries.ancestors(COUNTRY) == ()


def test_the_chain_of_a_unit_is_its_ancestors_and_itself() -> None:
    unit = queries.unit("vn-2021:21553")
    assert unit.chain == (*(one.id for one in queries.ancestors(unit.id)), unit.id)


def test_a_subtree_holds_the_levels_asked_for() -> None:
    below = queries.subtree(queries.unit(BINH_DINH), [Level.DISTRICT, Level.COMMUNE])
    assert below == queries.descendants(BINH_DINH)


def test_units_of_the_package_are_those_of_the_database() -> None:
    carried = {unit.id: unit for unit in units_2021()}
    stored = queries.descendants(BINH_DINH)
    assert [carried[unit.id] for unit in stored] == list(stored)


def test_within_is_the_unit_or_anything_below_it() -> None:
    mine = frozenset({BINH_DINH})
    asked = [BINH_DINH, QUY_NHON, "vn-2021:21553", COUNTRY, "vn-2021:54"]
    assert [queries.within(mine, one) for one in asked] == [True, True, True, False, False]
    assert queries.within(frozenset(), BINH_DINH) is False


def test_an_unknown_unit_is_refused_with_its_id() -> None:
    with pytest.raises(UnknownUnitError) as caught:
        queries.unit("vn-2025:52")
    assert "vn-2025:52" in caught.value.words.vi


def test_text_that_is_no_id_is_refused() -> None:
    with pytest.raises(BadUnitIdError):
        queries.children("Bình Định")


def test_units_by_id_leave_out_what_is_not_there() -> None:
    assert set(queries.units([BINH_DINH, "vn-2021:99999"])) == {BINH_DINH}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Quy Nhơn", "TP. Quy Nhơn"),
        ("quy nhon", "TP. Quy Nhơn"),
        ("TP. Quy Nhơn", "TP. Quy Nhơn"),
        ("hoai", "H. Hoài Ân"),
        ("nhơn", "X. Nhơn An"),
        ("bac gi", "Bắc Giang"),
    ],
)
def test_search_puts_the_nearest_name_first(text: str, first: str) -> None:
    assert queries.search(text, 3)[0].short_name == first


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "'; drop", "\x00", "xyzzy"])
def test_search_for_nothing_finds_nothing(text: str) -> None:
    assert queries.search(text) == ()


def test_search_looks_at_the_beginnings_of_words() -> None:
    assert {"vn-2021:540", "vn-2021:543"} <= {unit.id for unit in queries.search("nhon", 50)}
    assert queries.search("uy nhon") == ()


def test_search_says_what_lies_above() -> None:
    found = queries.search_located("An Lão", 5)
    above = {str(hit.unit.id): short(hit.above) for hit in found}
    assert above["vn-2021:542"] == ["Bình Định"]
    assert above["vn-2021:313"] == ["TP. Hải Phòng"]
    assert above["vn-2021:21609"] == ["H. An Lão", "Bình Định"]


def test_a_name_of_a_district_and_a_commune_is_answered_with_both() -> None:
    found = queries.match("An Lão", BINH_DINH)
    assert (found.unit, found.kind) == (None, MatchKind.CANDIDATES)
    assert {unit.id for unit in found.candidates} == {"vn-2021:542", "vn-2021:21609"}
    assert "Huyện An Lão" in found.reason.vi


def test_a_level_decides_between_a_district_and_a_commune() -> None:
    found = queries.match("an lao", BINH_DINH, Level.DISTRICT)
    assert found.unit is not None
    assert (found.unit.id, found.kind) == ("vn-2021:542", MatchKind.FOLDED)


def test_the_parent_decides_between_provinces() -> None:
    assert queries.match("An Lão", "vn-2021:31", Level.DISTRICT).candidates[0].code == "313"


def test_an_unknown_name_is_answered_with_what_to_do() -> None:
    found = queries.match("Sài Gòn", BINH_DINH)
    assert (found.unit, found.candidates, found.kind) == (None, (), MatchKind.NONE)
    assert "Kiểm lại" in found.reason.vi


@pytest.mark.parametrize(
    ("ask", "n_queries"),
    [
        (lambda: queries.unit(BINH_DINH), 1),
        (lambda: queries.units([BINH_DINH, QUY_NHON]), 1),
        (lambda: queries.children(BINH_DINH), 1),
        (lambda: queries.descendants(BINH_DINH, Level.COMMUNE), 2),
        (lambda: queries.ancestors("vn-2021:21553"), 2),
        (lambda: queries.within(frozenset({BINH_DINH}), QUY_NHON), 1),
        (lambda: queries.subtree(queries.unit(BINH_DINH), Level), 2),
        (lambda: queries.search("an lao"), 1),
        (lambda: queries.search_located("an"), 1),
        (lambda: [queries.matcher(BINH_DINH).match(name) for name in ("An Lão",) * 20], 40),
        (lambda: queries.match("An Lão", BINH_DINH), 2),
        (lambda: queries.sheet(BINH_DINH), 1),
    ],
)
def test_reading_costs_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
    ask: Callable[[], object],
    n_queries: int,
) -> None:
    with django_assert_num_queries(n_queries) as asked:
        ask()
    assert isinstance(asked, CaptureQueriesContext)
