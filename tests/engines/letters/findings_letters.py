"""Invented letters of a sample office, each with one thing to find, and the real five."""

from functools import cache
from pathlib import Path

from vungxanh.directives.values import check_letter, known_places
from vungxanh.engines.checks import Finding
from vungxanh.engines.letters import Reading, read
from vungxanh.uptake.values import published_figures

LETTERS = Path(__file__).resolve().parents[2] / "data" / "letters"

SAMPLE = """UBND TỈNH BÌNH ĐỊNH
SỞ THÔNG TIN VÀ TRUYỀN THÔNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 15/STTTT-CNTT
Bình Định, {day}

V/v cài đặt ứng dụng Bluezone (văn bản mẫu)

Kính gửi: UBND các huyện, thị xã, thành phố.

{body}

Trân trọng./.

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Nguyễn Văn Mẫu
{annex}"""

ANNEX = """
PHỤ LỤC
Thống kê cài đặt Bluezone theo huyện ngày {day}

STT\tĐịa phương\tSố lượt cài đặt\tDân số\tTỷ lệ trên dân số (%)
1\tThành phố Quy Nhơn\t75.878\t290.229\t26,14
2\tThị xã An Nhơn\t20.638\t175.816\t11,74
3\tHuyện Tuy Phước\t19.215\t180.300\t10,66
\tTổng cộng\t{total}\t646.345\t17,91
"""


def sample(body: str, *, day: str = "ngày 20 tháng 8 năm 2021", annex: str = "") -> str:
    """A letter of a sample office."""
    return SAMPLE.format(day=day, body=body, annex=annex)


def found_in(text: str) -> tuple[Finding, ...]:
    """The findings of a letter's text, with the units and figures that come with the package."""
    reading = read(text, places=known_places("vn-2021"))
    return check_letter(reading, published_figures())


def path_of(number: str) -> Path:
    """The file of one of the five real letters."""
    return next(LETTERS.glob(f"{number}_*.txt"))


@cache
def reading_of(number: str) -> Reading:
    """The reading of one of the five real letters."""
    return read(path_of(number).read_text("utf-8"), places=known_places("vn-2021"))


@cache
def findings_of(number: str) -> tuple[Finding, ...]:
    """The findings of one of the five real letters."""
    reading = reading_of(number)
    return check_letter(reading, published_figures())


def codes(found: tuple[Finding, ...]) -> list[str]:
    """The codes of findings in their order."""
    return [finding.code for finding in found]
