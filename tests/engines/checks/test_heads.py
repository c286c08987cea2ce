"""Heads of columns in the words of real tables."""

import pytest

from vungxanh.engines.checks.heads import Meaning, base_of, meaning_of
from vungxanh.engines.checks.types import ELEMENTS


@pytest.mark.parametrize(
    ("head", "role", "element"),
    [
        ("STT", "order", None),
        ("TT", "order", None),
        ("Địa phương", "name", None),
        ("Tên huyện/thị/thành phố", "name", None),
        ("Huyện, thị xã, thành phố", "name", None),
        ("Mã", "unit", None),
        ("unit", "unit", None),
        ("Số Bluezoner có số điện thoại", "count", "bluezone_with_phone"),
        ("Số Bluzone có số điện thoại", "count", "bluezone_with_phone"),
        ("Dân số", "count", "population"),
        ("Dân số trưởng thành", "count", "adults"),
        ("Tổng số smart phone", "count", "smartphones"),
        ("Số điện thoại thông minh", "count", "smartphones"),
        ("Số lượng điện thoại thông minh cài đặt", "count", "installs"),
        ("Số thuê bao", "count", "subscriptions"),
        ("Số người từ 18 tuổi trở lên", "count", "adults"),
        ("Số điểm đã đăng ký", "count", "points_registered"),
        ("Số điểm có lượt quét", "count", "points_active"),
        ("Lượt quét", "count", "scans"),
        ("Số người đã quét", "count", "people_scanned"),
        ("Số tờ khai", "count", "declarations"),
        ("Thời điểm báo cáo", "as_of", None),
        ("Ghi chú", "other", None),
        ("Xếp hạng", "rank", None),
        ("Số nhà hàng", "other", None),
    ],
)
def test_heads_are_understood(head: str, role: str, element: str | None) -> None:
    meant = meaning_of(head)
    assert (meant.role, meant.element) == (role, element)


@pytest.mark.parametrize("element", ELEMENTS)
def test_machine_names_are_heads(element: str) -> None:
    assert meaning_of(element) == Meaning("count", element=element)


@pytest.mark.parametrize(
    ("head", "numerator", "base"),
    [
        ("Tỷ lệ % Bluezoner có số điện thoại/ dân số", "bluezone_with_phone", "population"),
        ("Tỷ lệ % Bluezoner có số điện thoại/ số smartphone", "bluezone_with_phone", "smartphones"),
        ("printed_share_of_population", None, "population"),
        ("Tỷ lệ trên dân số (%)", None, "population"),
        ("Tỷ lệ", None, None),
        ("Tỷ lệ điểm hoạt động/điểm đã đăng ký", "points_active", "points_registered"),
    ],
)
def test_share_heads_name_numerator_and_base(
    head: str, numerator: str | None, base: str | None
) -> None:
    assert meaning_of(head) == Meaning("share", numerator=numerator, base=base)


def test_a_population_with_smartphones_is_a_base_of_smartphones() -> None:
    assert base_of("dân số có điện thoại thông minh") == "smartphones"
