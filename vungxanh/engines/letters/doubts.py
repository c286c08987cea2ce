"""What a person should look at: missing parts, two letters in one, a text that is no letter."""

import re
from collections.abc import Iterator
from typing import Final

from vungxanh.engines.letters.types import Reading
from vungxanh.engines.letters.zones import Zones
from vungxanh.refusals import Words

_VIETNAMESE: Final = re.compile(
    r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]"
)
_FEW: Final = (
    0.02  # share of accented letters in a text without blanks; Vietnamese prose has some 20 %
)


def warnings_of(reading: Reading, zones: Zones) -> tuple[Words, ...]:
    """Warnings in the order of the letter."""
    return tuple(_warnings(reading, zones))


def _warnings(reading: Reading, zones: Zones) -> Iterator[Words]:
    if not _is_vietnamese(reading.text):
        yield Words(
            "Văn bản gần như không có dấu tiếng Việt: có thể là tiếng nước ngoài hoặc mất dấu;"
            " xem kỹ từng mục.",
            "The text has almost no Vietnamese accents: it may be in another language or have lost"
            " them; look at every item.",
        )
    if zones.second is not None:
        yield Words(
            "Tệp có hai văn bản: chỉ đọc văn bản thứ nhất; tách văn bản sau ra tệp riêng.",
            "The file holds two letters: only the first was read; put the other one into its own"
            " file.",
        )
    yield from _missing(reading)


def _is_vietnamese(text: str) -> bool:
    return len(_VIETNAMESE.findall(text.lower())) > _FEW * len(text.replace(" ", ""))


def _missing(reading: Reading) -> Iterator[Words]:
    document = reading.document
    if document.issuing_agency is None or document.agency_evidence:
        yield Words(
            "Không thấy phần đầu văn bản: nơi ban hành là suy ra hoặc để trống.",
            "The letterhead is missing: the issuer is inferred or left empty.",
        )
    if document.date is None:
        yield Words(
            "Ngày của văn bản chưa ghi đủ: hạn không có năm được suy ra, xem căn cứ.",
            "The letter's own date is not complete: deadlines without a year are inferred.",
        )
    if not reading.tasks:
        yield Words(
            "Không đọc được việc nào: có thể văn bản không giao việc.",
            "No task was read: the letter may give no orders.",
        )
