"""The words by which tables of office letters are known; none names a place or a letter.

Patterns are written in Vietnamese and matched against folded text.
"""

import re
from functools import lru_cache
from typing import Final

from vungxanh.engines.letters.passages import fold, words

# With these a cell of a head begins, when the head's cells run together.
_OPENERS: Final = words(
    r"(stt|tt|so tt|số thứ tự|số|tổng|tỷ lệ|tỉ lệ|tỷ trọng|dân số|địa phương|địa bàn|đơn vị|tên"
    r"|cơ quan|thời|ghi chú|xếp|thứ hạng|hạng|ngày|kết quả|lượng|lượt|người|họ|chỉ tiêu|mục tiêu"
    r"|nhiệm vụ|nội dung|mức|mã|điểm|hộ|huyện|quận|thị|xã|phường|thành phố|tỉnh|tuyến|loại|kế hoạch"
    r"|thực hiện|tăng|giảm|so với|chức|điện thoại|email|lũy kế|luỹ kế|cộng|doanh nghiệp|nhà mạng"
    r"|thuê bao|%|trong đó|còn|đã|chưa|công dân|nhân khẩu|năm|tháng|quý|tuần"
    r"|people|population|name|unit|no|share|rate|total|rank|note|remarks?)\b"
)
# Words after which a cell of a head cannot end.
_HANGING: Final = words(
    r"(.*[/(,&+-]|(.*\W)?((?<!dân )số|có|theo|và|của|trên|tổng|tổng số|bằng|trong"
    r"|cho|được|các|là|với|từ|đến|tại|về|điện|thông|thuê|cài|dân|địa|đơn|thời|ghi|xếp|thứ|đã|chưa|người|lượt))"
)
_ORDER_HEAD: Final = words(r"\W*(stt|s\.tt|số tt|số thứ tự|tt|no\.?)\b")
_NAME_HEAD: Final = words(
    r"\W*(địa phương|địa bàn|đơn vị|tên (huyện|đơn vị|địa phương|xã|quận|phường|tỉnh|cơ quan)"
    r"|huyện|quận|xã|phường|tỉnh|thành phố|tỉnh|cơ quan|họ và tên|họ tên|tên)\b"
)
_TYPE_WORD: Final = words(
    r"(thành phố|thị xã|thị trấn|huyện|quận|phường|xã|tỉnh|đặc khu|thôn|ấp|bản|buôn|làng|khóm"
    r"|khu phố|tổ dân phố|tổ|khu vực|khu|tp\.?|tx\.?|tt\.?|[qhpx]\.)\s*(?=\w|$)"
)
# "Quận 1", "Tổ 12": a number that is part of a name.
_NUMBERED_NAME: Final = words(
    r"(.*\W)?(quận|phường|thôn|ấp|bản|buôn|khóm|khu phố|tổ dân phố|tổ|khu vực|khu|kp|[qp]\.?)"
)
_WHOLE: Final = r"(tỉnh|huyện|thành phố|thị xã|quận|xã|phường|thị trấn|quốc|vùng|tp|tx|bộ|thể)"
# As the checks know them; "Cộng Hòa" is a place.
_TOTAL: Final = words(
    rf"\W*(toàn {_WHOLE}(\W.*)?|cả nước|(grand |sub)?total(\W.*)?"
    r"|(chung |tổng |tổng cộng |tổng số |cộng )?(tổng|tổng cộng|tổng số|cộng|chung)"
    r"( (toàn|cả|chung|của|các)\W.*)?)\W*(\(.*)?"
)
_NOTE: Final = words(
    r"\W*(ghi chú|nguồn|lưu ý|chú thích|note|source|người lập|người báo cáo|thủ trưởng|giám đốc"
    r"|nơi nhận|xác nhận|chủ tịch|trưởng ban|(kt|tm|tl|tuq|q)\s*\.|ký tên"
    r"|[^,]{0,40},? *ngày\W.*tháng|trân trọng)"
)
# What stands on no table: the national motto, the marks of a letter's head and tail.
_LETTER_PART: Final = words(
    r"(cộng h.?.?a xã hội chủ nghĩa|độc lập\W+tự do|đảng cộng sản|^\W*kính gửi|^\W*nơi nhận"
    r"|^[^,\d]{2,40},\W*ngày[\s\d.…]*tháng[\s\d.…]*năm|^\W*v/v\b"
    r"|^\W*(kt|tm|tl|tuq)\s*\.|^\W*số\s*:\s*[\d.…]*\s*/|^\W*như trên|^\W*lưu\s*:)"
)
_NUMBER: Final = r"\s*(số)?\W{0,3}(\d{1,2}[a-z]?|[ivx]{1,4}|[a-z])"
_DESIGNATOR: Final = words(
    rf"\W*((phụ lục|annex)({_NUMBER})?(?=\W|$)"
    rf"|(biểu mẫu|mẫu|biểu|bảng|phụ biểu|table)({_NUMBER}(?=\W|$)|(?=\W*$)))"
)
_GENRE: Final = words(
    r"\W*(mẫu báo cáo|biểu mẫu|biểu mẫu báo cáo|báo cáo|bảng|phụ lục|biểu|bảng tổng hợp"
    r"|thống kê)\W*"
)
_TITLE: Final = words(
    r"\W*(thống kê|bảng|biểu|danh sách|kết quả|tổng hợp|tình hình|số liệu|báo cáo|tỷ lệ|xếp hạng"
    r"|phụ lục|mẫu|chỉ tiêu|kế hoạch|phân công|tiến độ)\b"
)
_ATTACHED: Final = words(r"\W*(\(|kèm theo|ban hành kèm)")
_MOMENT: Final = words(
    r"\W*((số liệu|thống kê|cập nhật|tính|báo cáo|thời điểm)\W+)*(đến|vào|lúc|ngày|tính|tại|từ)\b"
)
# A line under a title: of which day the figures are, in what they count.
_SUBTITLE: Final = words(
    r"\W*(thời điểm (số liệu|thống kê|báo cáo)|đơn vị tính|đvt|(số liệu |tính |cập nhật )+(đến|ngày"
    r"|vào|lúc))\b"
)
_FILLED_BY: Final = words(
    r"\W*(tên (?P<a>\w[\w /,-]{1,60}?)|(?P<b>đơn vị|cơ quan|doanh nghiệp|địa phương)( báo cáo)?"
    r"|(?P<c>ubnd( \w+){1,5}?))\s*:?\s*(\.{3,}|…+|_{3,})[\s.…_]*"
)


_LONGEST: Final = 300


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return fold(text)


def _full(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= _LONGEST and pattern.fullmatch(_folded(text)) is not None


def _opens(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.match(_folded(text[:_LONGEST])) is not None


def opens_head(text: str) -> bool:
    """Whether a cell of a head may begin so."""
    return _opens(_OPENERS, text)


def hangs(text: str) -> bool:
    """Whether a cell of a head cannot end so."""
    return _full(_HANGING, text[-80:])


def is_order_head(text: str) -> bool:
    """Whether this begins with the head of the column that numbers the lines."""
    return _opens(_ORDER_HEAD, text)


def is_name_head(text: str) -> bool:
    """Whether this begins with the head of a column of names."""
    return _opens(_NAME_HEAD, text)


def begins_name(text: str) -> bool:
    """Whether a name with its type word begins here."""
    return _opens(_TYPE_WORD, text)


def wants_number(text: str) -> bool:
    """Whether a number after these words would be part of a name."""
    return _full(_NUMBERED_NAME, text[-40:])


def is_total(text: str) -> bool:
    """Whether a line of this name is the sum of others.

    >>> is_total("TỔNG CỘNG"), is_total("Toàn tỉnh"), is_total("Cộng Hòa")
    (True, True, False)
    """
    return len(text) <= 60 and _full(_TOTAL, text)


def is_note(text: str) -> bool:
    """Whether a note or a signature under a table begins here."""
    return _opens(_NOTE, text)


def is_letter_part(text: str) -> bool:
    """Whether this belongs to the head or the tail of a letter."""
    return _LETTER_PART.search(_folded(text[:_LONGEST])) is not None


def is_designator(text: str) -> bool:
    """Whether a title begins here with what the table is called: "Phụ lục 2"."""
    return _opens(_DESIGNATOR, text)


def is_bare_designator(text: str) -> bool:
    """Whether nothing but the name of a table stands here.

    >>> is_bare_designator("Biểu mẫu số 1"), is_bare_designator("Bảng tổng hợp")
    (True, False)
    """
    match = _DESIGNATOR.match(fold(text))
    return match is not None and not text[match.end() :].strip(" .:-–")


def is_genre(text: str) -> bool:
    """Whether this line of a title says only that it is a form, a report or an annex."""
    return _full(_GENRE, text)


def opens_title(text: str) -> bool:
    """Whether the words of a title begin here."""
    return _opens(_TITLE, text)


def is_attached(text: str) -> bool:
    """Whether this says to which letter a table is attached."""
    return _opens(_ATTACHED, text)


def is_moment(text: str) -> bool:
    """Whether this says of which day the figures are."""
    return _opens(_MOMENT, text)


def is_subtitle(text: str) -> bool:
    """Whether this line under a title only says of which day, or in what units, the figures are."""
    return _opens(_SUBTITLE, text)


def filler_of(text: str) -> str | None:
    """Who fills a form in: the words before the dots.

    >>> filler_of("TÊN DOANH NGHIỆP……………"), filler_of("Doanh nghiệp báo cáo")
    ('doanh nghiệp', None)
    """
    match = _FILLED_BY.fullmatch(fold(text.strip()[:200]))
    if match is None:
        return None
    start, end = next(match.span(name) for name in ("a", "b", "c") if match[name])
    return text.strip()[start:end].strip().lower()
