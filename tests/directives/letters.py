"""Letters for the room's tests: the real samples, a short invented one, and how they come in."""

import struct
import zlib
from pathlib import Path

from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.directives import imports, queries
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.rules import Item

LETTERS = Path(__file__).resolve().parents[1] / "data" / "letters"
QUY_NHON = "vn-2021:540"
BINH_DINH = "vn-2021:52"
BINH_PHUOC = next(LETTERS.glob("001_*.txt"))
SHORT = """UBND TỈNH BÌNH ĐỊNH
SỞ Y TẾ (MẪU)
Số: 12/SYT-NVY
Bình Định, ngày 03 tháng 8 năm 2021
V/v báo cáo tiêm chủng (mẫu)

Kính gửi: Trung tâm Y tế các huyện, thị xã, thành phố.

Sở Y tế đề nghị Trung tâm Y tế các huyện, thị xã, thành phố:

1. Trung tâm Y tế thành phố Quy Nhơn: Báo cáo số người đã tiêm trước ngày 10/8/2021.

2. Trung tâm Y tế huyện Tuy Phước: Báo cáo tiến độ trước 16h00 hàng ngày qua thư điện tử.

3. Trung tâm Y tế thị xã An Nhơn: Tuyên truyền về tiêm chủng; hướng dẫn người dân đăng ký.

Nơi nhận:
- Như trên;
- Lưu: VT, NVY.

GIÁM ĐỐC
"""


def brought(
    by: Viewer, *, text: str = SHORT, unit: str = QUY_NHON, name: str = "mau.txt"
) -> ReceivedLetter:
    """The letter, brought as a text file."""
    asked = imports.Asked(unit, text.encode(), name, is_pasted=False)
    return imports.bring_in(asked=asked, by=by, at=clock.now()).letter


def items(letter: ReceivedLetter) -> dict[str, Item]:
    """The letter's items as they stand in the database."""
    fresh = ReceivedLetter.objects.get(id=letter.id)
    return {item.key: item for item in queries.items_of(fresh)}


def task_with(letter: ReceivedLetter, words: str) -> Item:
    """The first order with these words."""
    found = [i for i in items(letter).values() if words in str(i.value.get("action"))]
    return found[0]


def blank_picture(side: int = 64) -> bytes:
    """A white PNG (ISO 15948) without a word on it."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * side) * side)
    parts = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
