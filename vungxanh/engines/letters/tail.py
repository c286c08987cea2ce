"""The end of a letter: who receives it and what for, who signs it and by what authority.

Nơi nhận and the signature may stand side by side, in either order, or under each other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vungxanh.engines.letters.lines import cells_of, lines_of
from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.types import Recipient, Signer

_RECIPIENTS: Final = words(r"^\W*nơi nh[aậ]n\s*:?\s*")
_ITEM: Final = re.compile(r"^[\s#>*_]*[-–—•+]\s*")
_AUTHORITY: Final = words(r"^(?:kt|tm|tl|tuq|t/m|k/t|t/l|q)\s?\.?\s*(?:\w+\s?){1,8}|^(?:quyền )")
_ROLE: Final = words(
    r"^(?:phó |quyền |q\. ?)?(?:tổng )?(?:chủ tịch|giám đốc|cục trưởng|vụ trưởng|bộ trưởng"
    r"|thứ trưởng"
    r"|bí thư|trưởng ban|trưởng phòng|chánh văn phòng|chánh thanh tra|chi cục trưởng|thủ tướng"
    r"|viện trưởng"
    r"|tổng giám đốc|hiệu trưởng|trưởng trạm|thủ trưởng|trưởng công an|tư lệnh|trưởng đoàn)\b"
)
_PURPOSE: Final = words(
    r"\(\s*((?:để\s+)?(?:b/c|t/h|p/h|k/t|biết|bc|th|báo cáo|thực hiện|chỉ đạo|"
    r"theo dõi|phối hợp|p/hợp|th/h|thi hành|đăng|công bố|lưu|h/d|c/đ|b/cáo|t/hiện|đ/b"
    r"|báo cáo)[^)]*)\)\s*"
)
_PURPOSE_BARE: Final = words(
    r"\s*[-–,]?\s*(để (?:b/c|báo cáo|thực hiện|t/h|biết|p/h|phối hợp)[^;.]*)$"
)
_FILED: Final = words(r"^lưu\b")
_NAME: Final = re.compile(
    r"^(?:(?:TS|ThS|BS|PGS|GS|CKI|CKII|Ths|Bs)\.?\s?)*[A-ZĐÀ-Ỹ][\w’']*(?:\s+[A-ZĐÀ-Ỹ][\w’']*){1,5}$"
)
_STAMP: Final = words(r"^\(?(?:đã k[yý]|k[yý] t[eê]n|ký số)")


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end of the letter says."""

    recipients: tuple[Recipient, ...]
    signer: Signer


def read_ending(letter: str, start: int, end: int) -> Ending:
    """Recipients and signer between two offsets."""
    listed: list[Passage] = []
    signed: list[Passage] = []
    for passage, is_item in _pieces(letter, start, end):
        belongs_to_list = is_item or _goes_on(passage, listed, signed)
        (listed if belongs_to_list else signed).append(passage)
        if belongs_to_list and not is_item:
            _join_last(listed)
    return Ending(tuple(_recipients(listed)), _signer(signed))


def _pieces(letter: str, start: int, end: int) -> Iterator[tuple[Passage, bool]]:
    """Cells of the lines, and whether each begins an item of the list."""
    for line in lines_of(letter, start, end):
        for cell in () if line.is_blank else cells_of(line):
            passage = Passage.of(letter, cell.start, cell.end)
            head = _RECIPIENTS.match(passage.folded)
            passage = passage.part(head.end()) if head else passage
            found = _ITEM.match(passage.text)
            passage = passage.part(found.end()) if found else passage
            if passage:
                yield passage, bool(found) or bool(head)


def _goes_on(passage: Passage, listed: Sequence[Passage], signed: Sequence[Passage]) -> bool:
    """Whether words without a bullet go on with the last recipient."""
    if not listed or passage.text.isupper() or _is_signing(passage):
        return False
    is_open = not listed[-1].text.rstrip().endswith((";", "."))
    return is_open and not (signed and _NAME.match(passage.text))


def _join_last(listed: list[Passage]) -> None:
    last = listed.pop()
    listed[-1] = listed[-1].joined(last)


def _is_signing(passage: Passage) -> bool:
    return bool(_STAMP.match(passage.folded)) or (
        bool(_AUTHORITY.match(passage.folded) or _ROLE.match(passage.folded))
        and sum(letter.isupper() for letter in passage.text) > len(passage.text) / 2
    )


def _recipients(listed: Sequence[Passage]) -> Iterator[Recipient]:
    for passage in listed:
        whole = passage.part(0, len(passage.text.rstrip(" ;.,")))
        found = _PURPOSE.search(whole.folded) or _PURPOSE_BARE.search(whole.folded)
        name = whole.text[: found.start()] + whole.text[found.end() :] if found else whole.text
        purpose = whole.text[found.start(1) : found.end(1)].strip() if found else None
        if not purpose and _FILED.match(whole.folded):
            purpose = "lưu"
        if name.strip():
            yield Recipient(name.strip(" ,;"), purpose, whole.span())


def _signer(signed: Sequence[Passage]) -> Signer:
    signer = Signer()
    for passage in signed:
        signer = _with(signer, passage)
    return signer


def _with(signer: Signer, passage: Passage) -> Signer:
    """The signer with one more line: authority, role, or name."""
    text = passage.text.rstrip(" ,.")
    is_capital = text.isupper()
    if is_capital and signer.name is None:
        return _with_title(signer, passage, text)
    if _NAME.match(text) and signer.name is None and (signer.authority or signer.role):
        return replace(signer, name=text, span=_spanning(signer, passage))
    return signer


def _with_title(signer: Signer, passage: Passage, text: str) -> Signer:
    span = _spanning(signer, passage)
    if _AUTHORITY.match(passage.folded):
        return replace(signer, authority=_spaced(text), span=span)
    if _ROLE.match(passage.folded):
        return replace(signer, role=text, span=span)
    if signer.role is not None and _NAME.match(text.title()):
        return replace(signer, name=text.title(), span=span)
    if signer.authority and signer.role is None:
        return replace(signer, authority=f"{signer.authority} {text}", span=span)
    return signer


def _spaced(text: str) -> str:
    """ "KT.GIÁM ĐỐC" as "KT. GIÁM ĐỐC"."""
    return re.sub(r"^([A-Z/]{1,4})\s?\.\s*", r"\1. ", text)


def _spanning(signer: Signer, passage: Passage) -> tuple[int, int]:
    start, end = passage.span()
    return (signer.span[0], end) if signer.span else (start, end)
