"""Where the parts of a letter begin and end: head, addressees, body, end, annexes.

Each part is told by the words that Decree 30/2020/NĐ-CP puts there ("Kính gửi", "Nơi nhận",
"Phụ lục") and by the forms of signatures; a part that is not there is empty.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.letters.lines import Line, lines_of
from vungxanh.engines.letters.passages import words

Zone = tuple[int, int]

_ADDRESS: Final = words(
    r"^k[ií]nh g[uư]i\s*:?|^[^.;:]{4,90}\bđiện\s*:|^(?:kính\s)?(?:điện|gửi)\s*:"
)
_RECIPIENTS: Final = words(r"^nơi nh[aậ]n\s*:?")
AUTHORITY: Final = words(
    r"(?:kt|tm|tl|tuq|t/m|k/t|t/l|q)\s?\.\s*[a-z]{2,}|^(?:chủ tịch|giám đốc|cục trưởng|bộ trưởng"
    r"|bí thư|trưởng ban|chánh văn phòng|trưởng phòng|phó chủ tịch|phó giám đốc|thủ tướng)$"
)
_ANNEX: Final = words(
    r"^(?:phụ lục|bi[eể]u m[aẫ]u|biểu số|mẫu số|mẫu báo cáo|mẫu biểu|danh sách kèm|tên doanh nghiệp"
    r"|tên đơn vị|đơn vị báo cáo|\(?(?:ban hành )?kèm theo)\b"
)
_MOTTO: Final = words(r"c[oộ]ng h\wa x[aã] h[oộ]i ch[uủ] ngh[iĩ]a|đảng cộng sản việt nam")
_TITLE: Final = words(
    r"^(?:chỉ thị|kế hoạch|thông báo|công điện|quyết định|báo cáo|hướng dẫn|nghị quyết|tờ trình"
    r"|giấy mời|kết luận|chương trình|phương án|công văn)(?: \(?(?:khẩn|hỏa tốc)\)?)?$"
)
_PREAMBLE: Final = (
    r"thực hiện|căn cứ|theo|nhằm|để|ngày|hiện nay|trước tình hình|trong thời gian|thời gian qua"
    r"|qua|sau khi|tiếp theo|tiếp tục|vừa qua|trên cơ sở|xét|từ ngày|tính đến|dịch bệnh|tình hình"
    r"|phúc đáp|chiều ngày|sáng ngày|đến|trong|tại|với|do|vì|hưởng ứng|được sự|phát huy"
)
# The body opens with one of these words, or with whoever speaks.
_GROUNDS: Final = words(rf"^(?:{_PREAMBLE})\b")
_OPENING: Final = words(
    rf"^(?:{_PREAMBLE}|ủy ban|uỷ ban|ubnd|sở|bộ|ban chỉ đạo|chủ tịch|thường trực)\b"
)
_SECTION: Final = words(r"^(?:điều\s+)?(?:\d{1,2}|[ivx]{1,4})\s*[.)]\s")
_NUMBER_LINE: Final = words(r"^số\s*:.*/")
_ITEM: Final = re.compile(r"^[-–•+*]\s*\S")


@dataclass(frozen=True, slots=True)
class Zones:
    """Offsets of the parts, in the order they stand; `second` is where another letter begins."""

    head: Zone
    address: Zone
    body: Zone
    tail: Zone
    annex: Zone
    second: int | None = None


def zones_of(letter: str) -> Zones:
    """The parts of the letter."""
    lines = lines_of(letter)
    second = _second_letter(lines)
    if second is not None:
        lines = tuple(line for line in lines if line.start < second)
    end = lines[-1].end if lines else 0
    head = _head_end(lines)
    address = _address_end(lines, head)
    tail = _tail_start(lines, address)
    annex = _annex_start(lines, tail)
    cut = [_offset(lines, at, end) for at in (head, address, tail, annex)]
    return Zones(
        head=(0, cut[0]),
        address=(cut[0], cut[1]),
        body=(cut[1], cut[2]),
        tail=(cut[2], cut[3]),
        annex=(cut[3], end),
        second=second,
    )


def _offset(lines: Sequence[Line], at: int, end: int) -> int:
    return lines[at].start if at < len(lines) else end


def _first(lines: Sequence[Line], pattern: re.Pattern[str], start: int = 0) -> int | None:
    found = (i for i in range(start, len(lines)) if pattern.search(lines[i].folded))
    return next(found, None)


def _second_letter(lines: Sequence[Line]) -> int | None:
    """Where a second letterhead with its own number and addressees begins."""
    tail = _first(lines, _RECIPIENTS)
    if tail is None:
        return None
    again = _first(lines, _ADDRESS, tail)
    if again is None:
        return None
    starts = (i for i in range(tail + 1, again + 1) if _is_letterhead(lines[i]))
    return lines[next(starts, again)].start


def _is_letterhead(line: Line) -> bool:
    return bool(_MOTTO.search(line.folded) or _NUMBER_LINE.search(line.folded)) or bool(
        _AGENCY_HEAD.match(line.folded) and line.words.isupper()
    )


_AGENCY_HEAD: Final = words(
    r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|bộ|sở|tỉnh ủy|huyện ủy|thành ủy)\b"
)


def _head_end(lines: Sequence[Line]) -> int:
    """The line of the addressees; without one, the first line of the body after the title."""
    address = _first(lines, _ADDRESS)
    tail = _first(lines, _RECIPIENTS)
    if address is not None and (tail is None or address < tail):
        return address
    title = next((i for i, line in enumerate(lines) if _is_title(line)), None)
    start = 0 if title is None else title + 2
    return next(_openings(lines, start), _next_filled(lines, start))


def _is_title(line: Line) -> bool:
    return bool(_TITLE.match(line.folded)) and line.words.isupper()


def _openings(lines: Sequence[Line], start: int) -> Iterator[int]:
    """Lines that open a body: an opening word with a capital, or a numbered section."""
    for at in range(start, len(lines)):
        line = lines[at]
        is_prose = line.words[:1].isupper() and not line.words.isupper()
        if (is_prose and _OPENING.match(line.folded)) or _SECTION.match(line.folded):
            yield at


def _next_filled(lines: Sequence[Line], start: int) -> int:
    return next((i for i in range(start, len(lines)) if not lines[i].is_blank), len(lines))


def _address_end(lines: Sequence[Line], head: int) -> int:
    """The first line after the addressees: their list ends with a full stop or an opening."""
    if head >= len(lines) or not _ADDRESS.search(lines[head].folded):
        return head
    is_listed = _ADDRESS.sub("", lines[head].folded).strip() == ""
    last = lines[head]
    for at in range(head + 1, len(lines)):
        line = lines[at]
        if line.is_blank:
            if not is_listed and _is_gap(lines, at):
                return at
            continue
        if _ends_address(last, line, is_listed=is_listed):
            return at
        last = line
        is_listed = is_listed or bool(_ITEM.match(line.words))
    return len(lines)


def _is_gap(lines: Sequence[Line], at: int) -> bool:
    """Whether prose with an opening follows the blank line."""
    after = _next_filled(lines, at)
    return after < len(lines) and not _ITEM.match(lines[after].words)


def _ends_address(last: Line, line: Line, *, is_listed: bool) -> bool:
    if _ITEM.match(line.words):
        return False
    if last.words.endswith((".", ";")) and is_listed:
        return not last.words.endswith(";") or bool(_OPENING.match(line.folded))
    opening = _OPENING if last.words.endswith(".") else _GROUNDS
    starts_body = line.words[:1].isupper() and bool(opening.match(line.folded))
    is_long = len(line.words) > len("Thực hiện văn bản")
    return starts_body and is_long and not last.words.endswith(":")


def _tail_start(lines: Sequence[Line], start: int) -> int:
    """The line of Nơi nhận, or of the signature where that stands first."""
    recipients = _first(lines, _RECIPIENTS, start)
    if recipients is not None:
        return _with_signature(lines, recipients, start)
    return next(
        (i for i in range(start, len(lines)) if _is_signature(lines[i])),
        _annex_or_end(lines, start),
    )


def _with_signature(lines: Sequence[Line], recipients: int, start: int) -> int:
    """A signature set above Nơi nhận belongs to the end, too."""
    above = recipients
    for at in range(recipients - 1, start, -1):
        if lines[at].is_blank:
            continue
        if not lines[at].words.isupper() and not _SIGNED.match(lines[at].words):
            break
        if _is_signature(lines[at]):
            above = at
    return above


# "(Đã ký)" and a name of two to six words with capitals.
_SIGNED: Final = re.compile(
    r"^(?:\([^()]{4,16}\)\s*)?(?:[A-ZĐÀ-Ỹ][\w’']*)?(?:\s+[A-ZĐÀ-Ỹ][\w’']*){0,5}$"
)


def _is_signature(line: Line) -> bool:
    return line.words.isupper() and bool(AUTHORITY.search(line.folded))


def _annex_or_end(lines: Sequence[Line], start: int) -> int:
    annex = next((i for i in range(start, len(lines)) if _is_annex(lines[i])), None)
    return len(lines) if annex is None else annex


def _annex_start(lines: Sequence[Line], tail: int) -> int:
    for at in range(min(tail + 1, len(lines)), len(lines)):
        if _is_annex(lines[at]) or _MOTTO.search(lines[at].folded):
            return at
    return len(lines) if tail >= len(lines) or not _is_annex(lines[tail]) else tail


def _is_annex(line: Line) -> bool:
    return bool(_ANNEX.match(line.folded)) and (
        line.words[:1].isupper() or line.words.startswith("(")
    )
