"""What officers of one era are in charge of in the other: wholly, in part, not at all."""

import pytest

from vungxanh.accounts.values import Area, Standing, area_of, era_of, standing_of
from vungxanh.locations.values import TREES, Registry, Unit, UnitId, registry, same_level

NEW_GIA_LAI = "vn-2025:52"
OLD_GIA_LAI = "vn-2021:64"
BINH_DINH = "vn-2021:52"
QUY_NHON = "vn-2021:540"
TRAN_PHU = "vn-2021:21586"  # passed whole into today's ward of Quy Nhơn
QUY_NHON_WARD = "vn-2025:21583"
AN_NGHIA = "vn-2021:21634"  # parted between two communes of today
AN_HOA = "vn-2025:21628"
AN_TOAN = "vn-2025:21622"


def standing(held: str, unit_id: str) -> Standing:
    return area_of(frozenset({held})).standing(unit_id, registry().unit(unit_id).path)


@pytest.mark.parametrize(
    ("held", "unit", "found"),
    [
        (NEW_GIA_LAI, NEW_GIA_LAI, Standing.WHOLE),
        (NEW_GIA_LAI, QUY_NHON_WARD, Standing.WHOLE),
        (NEW_GIA_LAI, BINH_DINH, Standing.WHOLE),
        (NEW_GIA_LAI, OLD_GIA_LAI, Standing.WHOLE),
        (NEW_GIA_LAI, TRAN_PHU, Standing.WHOLE),
        (NEW_GIA_LAI, "vn-2021:54", Standing.NONE),
        (NEW_GIA_LAI, "vn-2025:vn", Standing.NONE),
        (BINH_DINH, QUY_NHON_WARD, Standing.WHOLE),
        (BINH_DINH, NEW_GIA_LAI, Standing.NONE),
        (BINH_DINH, OLD_GIA_LAI, Standing.NONE),
        (BINH_DINH, "vn-2025:23563", Standing.NONE),
        (QUY_NHON, QUY_NHON_WARD, Standing.WHOLE),
        (QUY_NHON, NEW_GIA_LAI, Standing.NONE),
        (QUY_NHON_WARD, TRAN_PHU, Standing.WHOLE),
        (QUY_NHON_WARD, QUY_NHON, Standing.NONE),
        (QUY_NHON_WARD, BINH_DINH, Standing.NONE),
        (TRAN_PHU, QUY_NHON_WARD, Standing.NONE),
        (AN_HOA, AN_NGHIA, Standing.PART),
        (AN_TOAN, AN_NGHIA, Standing.PART),
        (NEW_GIA_LAI, AN_NGHIA, Standing.WHOLE),
        (AN_NGHIA, AN_HOA, Standing.NONE),
        ("vn-2021:vn", "vn-2025:vn", Standing.WHOLE),
        ("vn-2025:vn", QUY_NHON, Standing.WHOLE),
    ],
)
def test_an_area_reaches_into_the_other_era(held: str, unit: str, found: Standing) -> None:
    assert standing(held, unit) is found


def test_who_holds_nothing_sees_nothing() -> None:
    assert area_of(frozenset()) == Area(frozenset())


def test_two_halves_held_together_are_the_whole() -> None:
    area = area_of(frozenset({BINH_DINH, OLD_GIA_LAI}))
    assert area.standing(NEW_GIA_LAI, "vn/52") is Standing.WHOLE
    assert not area.part


def test_a_unit_that_no_list_knows_counts_alone() -> None:
    area = area_of(frozenset({"vn-2021:00000"}))
    assert area.whole == {"vn-2021:00000"}
    assert not area.roots


def counterparts(unit: Unit, known: Registry) -> list[Unit]:
    ends = [told.new for told in known.successors(unit.id)]
    ends = ends or [told.old for told in known.predecessors(unit.id)]
    return same_level(unit, map(known.unit, ends))


@pytest.mark.slow
@pytest.mark.parametrize(
    "held",
    [NEW_GIA_LAI, BINH_DINH, QUY_NHON, QUY_NHON_WARD, TRAN_PHU, "vn-2021:01", "vn-2021:223"],
)
def test_an_area_says_of_every_unit_what_the_rule_says(held: str) -> None:
    own, known = frozenset({held}), registry()
    area = area_of(own)
    differing: list[UnitId] = [
        unit.id
        for tree in TREES
        for unit in known.units(tree)
        if area.standing(unit.id, unit.path)
        is not standing_of(own, unit, counterparts(unit, known))
    ]
    assert differing == []


def test_the_eras_of_two_units_of_one_name_are_told_apart() -> None:
    assert (era_of(OLD_GIA_LAI).vi, era_of(NEW_GIA_LAI).vi) == ("đến 30/6/2025", "từ 1/7/2025")


@pytest.mark.parametrize("unit", ["vn-1999:52", "abc:1"])
def test_a_unit_of_no_known_tree_does_no_harm(unit: str) -> None:
    assert area_of(frozenset({unit})).roots == frozenset()
    assert era_of(unit).vi == ""
