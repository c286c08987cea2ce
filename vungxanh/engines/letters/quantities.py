"""Counts, shares, ranks and fractions in a passage, with their units and bases as written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.types import Number


class Sort(StrEnum):
    """What a quantity is."""

    COUNT = "count"
    BASE = "base"  # the y of "x/y"
    SHARE = "share"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure: where it stands in its passage, its value, unit and base as written.

    A share's unit is "%", a rank's "of 63" or "". `about` is the word that blurs it ("hơn").
    """

    start: int
    end: int
    sort: Sort
    value: Number
    unit: str
    base: str | None = None
    about: str | None = None


_FIGURE: Final = r"(?<![\w/.,-])\d+(?:[.,]\d+)*"
_SCALES: Final = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9}
_NOUNS: Final = (
    r"lượt(?: cài đặt| quét| khai báo| người| truy cập| tải| check)?|người|thuê bao|điểm"
    r"|điện thoại|máy"
    r"|smartphone|trường hợp|ca|hộ(?: gia đình)?|tài khoản|cơ sở|doanh nghiệp|địa điểm|tờ khai"
    r"|bluezoner"
    r"|mã qr|số điện thoại|dân|công dân|học sinh|công nhân|cán bộ|tổ|thành viên|thiết bị|cơ quan"
    r"|tỉnh(?:, thành(?: phố)?)?|huyện|quận"
    r"|đơn vị|phương tiện|liều|mẫu|xã|phường|thôn|khu phố|bản khai|lao động|khách|giáo viên"
)
_RANK: Final = words(
    r"\b(?:đứng|xếp|hạng|vị trí|thứ)\s+(?:hạng\s+|vị trí\s+)?(?:thứ\s+)?(?P<place>\d{1,3})"
    r"(?:\s*/\s*(?P<of>\d{1,3})\b)?(?=\s|[,.;)]|$)"
)
_FRACTION: Final = words(
    rf"(?P<part>{_FIGURE})\s*/\s*(?P<whole>\d+(?:[.,]\d+)*)\s*(?P<unit>{_NOUNS})\b"
)
_SHARE: Final = words(r"(?<![\w/,-])(?<!\d[.])(?P<value>\d{1,3}(?:[.,]\d{1,4})?)\s*(?:%|phần trăm)")
_COUNT: Final = words(
    rf"(?P<value>{_FIGURE})\s*(?:(?P<scale>triệu|nghìn|ngàn|tỷ)\s+)?(?P<unit>{_NOUNS})\b"
)
_ABOUT: Final = words(
    r"(hơn|gần|khoảng|trên|xấp xỉ|ước|gần đạt|ít nhất|tối thiểu|chưa đến|chỉ)\s+$"
)
# "1 số tỉnh", "02 lần", "đợt dịch thứ 3", "số 1"
_NO_FIGURE: Final = words(
    r"(?:(?<!tổng )số|mẫu|covid|điều|khoản|phụ lục|đợt|lần|khóa|kỳ|cấp|f)\s*$"
)
_BASES: Final = (
    r"(?:tổng\s+)?(?:số\s+)?(?:dân số|người dân|dân|thuê bao|điện thoại|smartphone|công dân|hộ"
    r"|người"
    r"|bluezoner|máy|cán bộ|học sinh|điểm|cơ sở|lao động|số dân|khách hàng|doanh nghiệp|nhân dân"
    r"|xã)"
)
_BASE_AFTER: Final = words(
    rf"^\s*(?:trên\s+|của\s+|so với\s+|/\s*)?(?P<base>{_BASES}\b[^,.;:()]*?)"
    r"(?=\s+(?:và|đứng|xếp|trên địa bàn|vào|đến|trong|so với|cài|đã|toàn|tại|của|ở|chỉ|thấp|cao|là"
    r"|được|tương đương|khai báo|sử dụng|thực hiện|phải|tính|\()|[,.;:()/]|$)"
)
_BASE_BEFORE: Final = words(
    r"tỷ lệ\s+[^,;.]*?\s*(?:/|trên|so với)\s*(?P<base>[^,;./]+?)\s+(?:mới\s+)?(?:chỉ\s+)?(?:đạt"
    r"|là|chiếm|còn)"
    r"(?:\s+(?:tỷ lệ|khoảng|gần|hơn|chỉ))*\s*$"
)


def find_quantities(passage: Passage) -> tuple[Quantity, ...]:
    """Every figure that counts, shares or ranks something, in order.

    >>> [(q.sort.value, q.value) for q in find_quantities(Passage.of("82.930/174.229 thuê bao"))]
    [('count', 82930), ('base', 174229)]
    """
    found: list[Quantity] = []
    for reader in (_ranks, _fractions, _shares, _counts):
        for quantity in reader(passage):
            if not any(q.start < quantity.end and quantity.start < q.end for q in found):
                found.append(quantity)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _ranks(passage: Passage) -> Iterator[Quantity]:
    for match in _RANK.finditer(passage.folded):
        is_rank = match["of"] or not match[0].startswith("thu")
        if is_rank:
            unit = f"of {match['of']}" if match["of"] else ""
            start, end = match.start("place"), match.end()
            yield Quantity(start, end, Sort.RANK, int(match["place"]), unit)


def _fractions(passage: Passage) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(passage.folded):
        unit = passage.text[match.start("unit") : match.end("unit")]
        part, whole = _whole(match["part"]), _whole(match["whole"])
        if part is None or whole is None:
            continue
        about = _about(passage, match.start())
        yield Quantity(*match.span("part"), Sort.COUNT, part, unit, unit, about)
        yield Quantity(*match.span("whole"), Sort.BASE, whole, unit)


def _shares(passage: Passage) -> Iterator[Quantity]:
    for match in _SHARE.finditer(passage.folded):
        value = Decimal(match["value"].replace(",", "."))
        base = _base(passage, match)
        about = _about(passage, match.start())
        yield Quantity(match.start(), match.end(), Sort.SHARE, _plain(value), "%", base, about)


def _counts(passage: Passage) -> Iterator[Quantity]:
    for match in _COUNT.finditer(passage.folded):
        value = _scaled(match["value"], match["scale"])
        if value is None or _NO_FIGURE.search(passage.folded[: match.start()]):
            continue
        unit = passage.text[match.start("unit") : match.end("unit")]
        end = match.end()
        about = _about(passage, match.start())
        yield Quantity(match.start(), end, Sort.COUNT, value, unit, None, about)


def _base(passage: Passage, match: re.Match[str]) -> str | None:
    """The words of the base after the share, or before it ("tỷ lệ A/B đạt")."""
    after = _BASE_AFTER.match(passage.folded[match.end() :])
    if after:
        at = match.end()
        return passage.text[at + after.start("base") : at + after.end("base")]
    before = _BASE_BEFORE.search(passage.folded[: match.start()])
    return passage.text[before.start("base") : before.end("base")] if before else None


def _about(passage: Passage, at: int) -> str | None:
    found = _ABOUT.search(passage.folded[:at])
    return passage.text[found.start(1) : found.end(1)].lower() if found else None


def _whole(text: str) -> int | None:
    """A whole number whose separators group thousands; None if they do not."""
    groups = re.split(r"[.,]", text)
    is_grouped = all(len(group) == 3 for group in groups[1:])
    return int("".join(groups)) if is_grouped and len(groups[0]) <= 9 else None


def _scaled(text: str, scale: str | None) -> Number | None:
    if scale is None:
        return _whole(text)
    value = Decimal(text.replace(",", ".")) if text.count(".") + text.count(",") < 2 else None
    return None if value is None else _plain(value * _SCALES[scale])


def _plain(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value
