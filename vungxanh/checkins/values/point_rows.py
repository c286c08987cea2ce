"""What a table of points is made of: its headings with an example, and a row as it was read."""

from dataclasses import dataclass
from typing import Final

from vungxanh.checkins.values.import_refusals import Fault
from vungxanh.checkins.values.points import PointEntry

TEMPLATE: Final = (
    *("Tên điểm", "Loại", "Địa chỉ", "Xã, phường", "Tỉnh", "Người liên hệ", "Điện thoại"),
    *("Lối vào", "Phòng", "Giờ mở cửa", "Ở lại (phút)", "Sức chứa"),
)
EXAMPLE: Final = (
    *("Siêu thị mẫu", "Chợ, siêu thị, cửa hàng", "12 đường Mẫu", "Phường Quy Nhơn", "Gia Lai"),
    *("", "", "Cửa trước; Cửa sau", "", "T2-CN: 7:00-22:00", "30", "200"),
)


@dataclass(frozen=True, slots=True, repr=False)
class PointRow:
    """One row: what it says of a point, or what is wrong with it."""

    number: int
    name: str
    entry: PointEntry | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubted:
    """A row, and what it may repeat: a point with a code, or another row of the table."""

    row: PointRow
    code: str = ""
    number: int = 0

    @property
    def is_doubted(self) -> bool:
        """Whether it may be registered already."""
        return bool(self.code or self.number)
