"""Units of an account, written as people write addresses, within the own area."""

import pytest

from tests.factories.people import PROVINCE, QUY_NHON
from vungxanh.accounts.queries import UnitTextError, units_of_text, written

CITY, OF_PROVINCE, EVERYWHERE = (frozenset({one}) for one in (QUY_NHON, PROVINCE, "vn-2021:vn"))
LE_LOI, HOAI_NHON = "vn-2021:21583", "vn-2021:543"


@pytest.mark.parametrize(
    ("line", "held", "unit"),
    [
        pytest.param("P. Lê Lợi, Quy Nhơn", OF_PROVINCE, LE_LOI, id="an address"),
        pytest.param("phuong le loi qn", CITY, LE_LOI, id="without accents, settled by the area"),
        pytest.param("Phường Trần Phú", CITY, "vn-2021:21586", id="a name of many provinces"),
        pytest.param("  TX  Hoài Nhơn,  Bình Định ", OF_PROVINCE, HOAI_NHON, id="short and spaced"),
        pytest.param(f"Chỗ nào đó [{QUY_NHON}]", CITY, QUY_NHON, id="an id among words"),
        pytest.param("tỉnh Bình Định", EVERYWHERE, PROVINCE, id="the whole country held"),
        pytest.param(written(LE_LOI, "en"), CITY, LE_LOI, id="as the form wrote it"),
    ],
)
def test_a_line_names_a_unit_of_the_area(line: str, held: frozenset[str], unit: str) -> None:
    assert units_of_text(line, held=held) == (unit,)


def test_each_line_names_one() -> None:
    text = "P. Lê Lợi, Quy Nhơn\n\nTX. Hoài Nhơn, Bình Định\n"
    assert units_of_text(text, held=OF_PROVINCE) == (LE_LOI, HOAI_NHON)


def test_of_several_that_fit_each_is_told_with_what_lies_above_it() -> None:
    with pytest.raises(UnitTextError) as told:
        units_of_text("An Lão", held=OF_PROVINCE)
    assert told.value.words.vi == (
        "“An Lão” có thể là: Thị trấn An Lão, H. An Lão, Bình Định, đến 30/6/2025 [vn-2021:21609]; "
        "Huyện An Lão, Bình Định, đến 30/6/2025 [vn-2021:542]; "
        "Xã An Lão, Gia Lai, từ 1/7/2025 [vn-2025:21609]. "
        "Ghi thêm đơn vị cấp trên, hoặc chép một dòng trên vào đây."
    )
    assert "until 30/6/2025 [vn-2021:542]" in told.value.words.en
    offered = told.value.words.vi.split("; ")[1]
    assert units_of_text(offered, held=OF_PROVINCE) == ("vn-2021:542",)


@pytest.mark.parametrize("line", ["Nhơn Hậu", "Thung Lũng Sao", "x" * 500])
def test_what_is_not_of_the_area_is_not_there(line: str) -> None:
    with pytest.raises(UnitTextError, match=r"There is no “.+” in your area"):
        units_of_text(line, held=CITY)


def test_a_doubtful_name_is_offered_and_never_guessed() -> None:
    with pytest.raises(UnitTextError, match=r"may be: .*vn-2021:21583"):
        units_of_text("Phường Lê Lợi, TX. An Nhơn", held=OF_PROVINCE)
