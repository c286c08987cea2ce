"""Fixed phrases of official documents, and the parts that annexes and letters share."""

import unicodedata
from typing import Final

from vungxanh.documents import vietnamese
from vungxanh.documents.content import Letterhead, Recipient, Signature, SigningLine, Stamp
from vungxanh.documents.printed import PrintedHead, PrintedSignOff
from vungxanh.refusals import Words

COUNTRY: Final = Words("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM")
MOTTO: Final = Words("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness")
AS_OF: Final = Words("Thời điểm số liệu:", "Figures as of:")
UNITS: Final = Words("Đơn vị tính:", "Units:")
SORTED_BY: Final = Words("Xếp theo:", "Sorted by:")
SELECTION: Final = Words("Lọc:", "Filter:")
NOTE: Final = Words("Ghi chú:", "Notes:")
SOURCE: Final = Words("Nguồn:", "Source:")
RECIPIENTS: Final = Words("Nơi nhận:", "Copies to:")
DEAR: Final = Words("Kính gửi:", "To:")
COMPARE: Final = Words(
    "Sai khác so với bản in: đối chiếu mã kiểm với bản trên hệ thống.",
    "If a copy differs, compare its check code with the version in the system.",
)
EMPTY: Final = Words("Không có dòng số liệu nào.", "There are no rows.")

_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Cn", "Co"})
_DIRECTIONS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def plain(text: str) -> str:
    """Composed (NFC) text without control signs, lone surrogates or changes of direction.

    >>> plain("Quy\\tNhơn\\x00\\u202e")
    'Quy Nhơn '
    """
    return "".join(_printable(sign) for sign in unicodedata.normalize("NFC", text))


def printed_head(letterhead: Letterhead, lang: str) -> PrintedHead:
    """The two-column head; names of agencies stand in capitals."""
    return PrintedHead(
        parent=plain(letterhead.parent).upper(),
        agency=plain(letterhead.agency).upper(),
        country=COUNTRY.in_language(lang),
        motto=MOTTO.in_language(lang),
    )


def printed_sign_off(
    signature: Signature, recipients: tuple[Recipient, ...], lang: str
) -> PrintedSignOff:
    """Recipients and the lines above a signature, in capitals."""
    return PrintedSignOff(
        heading=RECIPIENTS.in_language(lang) if recipients else "",
        recipients=listed([_recipient(who) for who in recipients]),
        lines=tuple(_signing_line(line) for line in signature.lines),
        name=plain(signature.name),
    )


def stamp_lines(stamp: Stamp | None, lang: str) -> tuple[str, ...]:
    """The frozen version, when it was made, its check code, and what to do with it."""
    if stamp is None:
        return ()
    made = vietnamese.moment(stamp.made_at, lang)
    words = Words(
        vi=f"{_version_vi(stamp)}, lập lúc {made} · mã kiểm {stamp.check_code}",
        en=f"{_version_en(stamp)}, made on {made} · check code {stamp.check_code}",
    ).in_language(lang)
    software = f" · {stamp.software}" if stamp.software else ""
    return (plain(words + software), COMPARE.in_language(lang))


def listed(items: list[str]) -> tuple[str, ...]:
    """Items of a list in a letter: "- A;", "- B."."""
    last = len(items) - 1
    return tuple(f"- {item}{'.' if place == last else ';'}" for place, item in enumerate(items))


def _version_vi(stamp: Stamp) -> str:
    if stamp.corrects:
        return f"Đính chính số {stamp.version}, thay bản chốt số {stamp.corrects}"
    return f"Bản chốt số {stamp.version}"


def _version_en(stamp: Stamp) -> str:
    if stamp.corrects:
        return f"Correction {stamp.version}, in place of version {stamp.corrects}"
    return f"Frozen version {stamp.version}"


def _recipient(recipient: Recipient) -> str:
    who = plain(recipient.who).rstrip(" .;")
    return f"{who} ({plain(recipient.purpose)})" if recipient.purpose else who


def _signing_line(line: SigningLine) -> str:
    return f"{line.authority.value} {plain(line.post)}".strip().upper()


def _printable(sign: str) -> str:
    if sign in _DIRECTIONS:
        return ""
    return " " if unicodedata.category(sign) in _UNPRINTABLE else sign
