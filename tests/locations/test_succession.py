"""What became of the units of 2021, as the package carries it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from tools.build_units_check import digest
from vungxanh.locations.values import (
    CURRENT_TREE,
    VENDORED,
    BadDayError,
    Level,
    NotValidOnError,
    Source,
    Succession,
    Unit,
    UnknownTreeError,
    changes,
    country_of,
    registry,
    successions,
    tree_on,
    units_2021,
    units_2025,
    units_of,
)

TOLD = successions()
OLD = {unit.id: unit for unit in units_2021()}
NEW = {unit.id: unit for unit in units_2025()}
LATER: dict[str, list[Succession]] = {}
for _told in TOLD:
    LATER.setdefault(_told.old, []).append(_told)
SPECIAL_ZONES = {
    "vn-2021:318": "Đặc khu Bạch Long Vĩ",
    "vn-2021:471": "Đặc khu Cồn Cỏ",
    "vn-2021:498": "Đặc khu Hoàng Sa",
    "vn-2021:536": "Đặc khu Lý Sơn",
    "vn-2021:755": "Đặc khu Côn Đảo",
}


def communes() -> Iterable[Unit]:
    return (unit for unit in OLD.values() if unit.level is Level.COMMUNE)


def certainties(*sources: Source) -> set[str]:
    told = (one for unit in communes() for one in LATER[unit.id])
    return {one.certainty for one in told if one.source in sources}


def became(code: str) -> set[str]:
    return {NEW[one.new].name for one in LATER[f"vn-2021:{code}"]}


def test_the_tree_of_today_has_34_provinces_3321_communes_and_no_districts() -> None:
    assert Counter(unit.level for unit in NEW.values()) == {
        Level.COUNTRY: 1,
        Level.PROVINCE: 34,
        Level.COMMUNE: 3_321,
    }


def test_types_are_those_of_october_2026() -> None:
    words = Counter(unit.type_word for unit in NEW.values())
    assert words == {"": 1, "tỉnh": 25, "thành phố": 9, "xã": 2_599, "phường": 709, "đặc khu": 13}


def test_25_units_changed_their_type_each_by_a_dated_act() -> None:
    assert len(changes()) == 25
    assert {one.resolution for one in changes() if len(one.unit_id) == 10} == {
        "36/2026/QH16",
        "39/2026/QH16",
        "30/2026/QH16",
    }
    assert all(one.name_before != NEW[one.unit_id].name for one in changes())
    assert {one.resolved_on.year for one in changes()} == {2026}


@pytest.mark.parametrize(
    ("day", "tree"),
    [
        (date(2021, 5, 26), "vn-2021"),
        (date(2025, 6, 30), "vn-2021"),
        (date(2025, 7, 1), "vn-2025"),
        (date(2026, 11, 22), CURRENT_TREE),
    ],
)
def test_the_tree_changes_on_1_july_2025(day: date, tree: str) -> None:
    assert tree_on(day) == tree
    first = units_of(tree)[0]
    assert first.id == country_of(tree)
    assert first.valid_from is None or first.valid_from <= day
    assert first.valid_to is None or day < first.valid_to


def test_a_tree_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownTreeError):
        units_of("vn-2008")


def test_every_unit_of_2021_became_something_and_every_unit_of_today_was_something() -> None:
    assert LATER.keys() == OLD.keys()
    assert {one.new for one in TOLD} == NEW.keys()


def test_levels_stay_but_districts_became_communes() -> None:
    passed = Counter((OLD[one.old].level.value, NEW[one.new].level.value) for one in TOLD)
    assert passed.keys() == {
        ("country", "country"),
        ("province", "province"),
        ("district", "commune"),
        ("commune", "commune"),
    }


def test_a_whole_share_is_the_only_one_and_a_default() -> None:
    whole = [one for one in TOLD if one.share is not None]
    assert {(one.share, one.is_default, len(LATER[one.old])) for one in whole} == {
        (Decimal(1), True, 1)
    }


def test_every_commune_has_one_default_but_the_three_known_by_their_district() -> None:
    without = [unit.name for unit in communes() if not any(s.is_default for s in LATER[unit.id])]
    assert without == ["Xã Phúc Thành A", "Phường Hải Châu II", "Xã Phú An Hòa"]
    assert max(sum(one.is_default for one in told) for told in LATER.values()) == 1
    assert all(told[0].is_default for told in LATER.values() if any(s.is_default for s in told))


def test_how_communes_are_known_is_counted_as_the_readme_says() -> None:
    assert Counter(LATER[unit.id][0].source for unit in communes()) == {
        Source.WHOLE: 9_561,
        Source.SPLIT: 471,
        Source.ALIAS: 465,
        Source.NAME: 86,
        Source.MOVED: 13,
        Source.DISTRICT: 3,
    }


def test_parted_and_guessed_communes_are_uncertain_whole_ones_sure() -> None:
    assert certainties(Source.WHOLE) == {"sure"}
    assert certainties(Source.SPLIT, Source.MOVED, Source.DISTRICT) == {"uncertain"}


def test_the_succession_is_the_one_that_was_checked_against_another_work() -> None:
    compared = {
        unit.code: {one.new[8:] for one in LATER[unit.id]}
        for unit in communes()
        if LATER[unit.id][0].source in (Source.WHOLE, Source.SPLIT)
    }
    assert len(compared) == 10_032
    assert digest(compared) in (VENDORED / "README.md").read_text(encoding="utf-8")


def test_provinces_passed_whole_and_their_communes_with_them() -> None:
    heirs = {one.old: one.new for one in TOLD if OLD[one.old].level is Level.PROVINCE}
    assert len(heirs) == 63
    assert len(set(heirs.values())) == 34
    astray = [
        one
        for one in TOLD
        if OLD[one.old].level in (Level.DISTRICT, Level.COMMUNE)
        and heirs[OLD[one.old].chain[1]] != NEW[one.new].parent_id
    ]
    assert astray == []


@pytest.mark.parametrize(("district", "zone"), SPECIAL_ZONES.items())
def test_the_five_island_districts_became_special_zones(district: str, zone: str) -> None:
    (told,) = LATER[district]
    assert (NEW[told.new].name, told.share, told.certainty) == (zone, Decimal(1), "sure")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            "540",
            {
                "Phường Quy Nhơn",
                "Phường Quy Nhơn Bắc",
                "Phường Quy Nhơn Đông",
                "Phường Quy Nhơn Nam",
                "Phường Quy Nhơn Tây",
                "Xã Nhơn Châu",
            },
        ),
        ("213", {"Phường Bắc Giang", "Phường Đa Mai", "Phường Tân Tiến", "Phường Tiền Phong"}),
        ("52", {"Tỉnh Gia Lai"}),
        ("24", {"Thành phố Bắc Ninh"}),
        ("07213", {"Phường Bắc Giang"}),
        ("21601", {"Phường Quy Nhơn Đông"}),
        ("21586", {"Phường Quy Nhơn"}),
        ("vn", {"Việt Nam"}),
    ],
)
def test_known_units_became_what_the_resolutions_say(code: str, names: set[str]) -> None:
    assert became(code) == names


def test_bac_giang_with_yen_dung_became_seven_wards_and_a_commune() -> None:
    words = Counter(name.split()[0] for name in became("213") | became("221"))
    assert words == {"Phường": 7, "Xã": 1}


@pytest.mark.parametrize(
    ("unit", "on", "up"),
    [
        ("vn-2021:21586", date(2021, 5, 26), "vn-2021:540"),
        ("vn-2021:21586", date(2026, 1, 1), "vn-2025:52"),
        ("vn-2021:540", date(2026, 1, 1), "vn-2025:52"),
        ("vn-2021:52", date(2026, 1, 1), "vn-2025:vn"),
        ("vn-2025:21607", date(2021, 5, 26), "vn-2021:540"),
        ("vn-2025:52", date(2021, 5, 26), "vn-2021:vn"),
        ("vn-2025:21607", date(2025, 7, 1), "vn-2025:52"),
    ],
)
def test_the_next_unit_up_is_one_of_the_tree_of_that_day(unit: str, on: date, up: str) -> None:
    found = registry().next_up(unit, on)
    assert found is not None
    assert found.id == up


@pytest.mark.parametrize("on", [date(2021, 5, 26), date(2026, 1, 1)])
@pytest.mark.parametrize("tree", ["vn-2021", "vn-2025"])
def test_nothing_lies_above_the_country(tree: str, on: date) -> None:
    assert registry().next_up(country_of(tree), on) is None


def test_a_unit_asked_about_on_a_day_without_it_is_refused_with_its_names_then() -> None:
    with pytest.raises(NotValidOnError) as caught:
        registry().unit_on("vn-2025:21607", date(2025, 6, 30))
    assert "chưa có vào ngày 30/6/2025" in caught.value.words.vi
    assert "Xã Nhơn Châu" in caught.value.words.en
    assert registry().unit_on("vn-2025:21607", date(2025, 7, 1)).name == "Xã Nhơn Châu"


def test_text_that_is_no_day_is_quoted_short() -> None:
    assert len(BadDayError("x" * 1000).words.vi) < 100
