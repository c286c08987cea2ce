"""The letter that reports figures upward: plain sentences that claim no more than is known."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories.figures import AT, BINH_DINH, QUY_NHON, recorded
from tests.reports.scenes import (
    DAY,
    NBSP,
    finding,
    letter,
    published,
    recorded_with,
)
from vungxanh.core.viewer import SYSTEM
from vungxanh.engines import checks
from vungxanh.uptake import actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_letter_reports_result_ranks_and_doubts_upward() -> None:
    claim = checks.Claim(
        where="đoạn mở đầu", element="rank", unit=BINH_DINH, rank=43, of=63, quote="43/63"
    )
    recorded_with(published(), finding(QUY_NHON), claims=(claim,))
    made = letter()
    text = "\n".join(part.text for part in made.body).replace(NBSP, " ")
    assert "toàn tỉnh có 202.379 Bluezoner có số điện thoại, bằng 13,60 % dân số năm 2019" in text
    assert "cao nhất là thành phố Quy Nhơn (26,14 %), thị xã Hoài Nhơn (12,40 %)" in text
    assert "huyện Hoài Ân (8,67 %)." in text
    assert "Thứ hạng 43/63 nêu tại đoạn mở đầu (Phụ lục thử) chưa kiểm được" in text
    assert "Quy Nhơn: 97,89 % dân số; đang xác minh." in text
    assert "Thực hiện chỉ tiêu" not in text
    assert (made.serial.number, made.serial.dated, made.signature.name) == (None, None, "")
    assert made.addressees[0] == "Cục Tin học hóa - Bộ Thông tin và Truyền thông"
    assert made.annexes[0].letterhead is None


def test_letter_says_how_far_a_target_is() -> None:
    recorded(published())
    actions.set_target(
        unit_id=BINH_DINH,
        numerator="bluezone_with_phone",
        denominator="smartphones",
        share_percent=Decimal(60),
        due_on=date(2021, 8, 31),
        origin="Công văn thử",
        by=SYSTEM,
        at=AT - timedelta(hours=1),
    )
    (told,) = [p.text for p in letter().body if p.text.startswith("Chỉ tiêu")]
    assert told.replace(NBSP, " ") == (
        "Chỉ tiêu 60 % số máy thông minh đến hết ngày 31/8/2021 (theo Công văn thử): "
        "cần 580.448, đã có 202.379, còn thiếu 378.069; trong 97 ngày còn lại cần thêm "
        "3.898 mỗi ngày. Chưa rõ nhịp: cần số liệu của ít nhất hai ngày."
    )


def test_letter_compares_with_the_date_before() -> None:
    before = date(2021, 5, 19)
    for on, source in ((before, "Bảng trước"), (DAY, "Bảng sau")):
        counts = [
            (unit, element, value - (1000 if on == before and element != "population" else 0), day)
            for unit, element, value, day in published()
        ]
        recorded([(u, e, n, on if day == DAY else day) for u, e, n, day in counts], source=source)
    text = "\n".join(part.text for part in letter().body).replace(NBSP, " ")
    assert "So với ngày 19/5/2021 tăng 11.000 (+0,74 điểm)." in text
