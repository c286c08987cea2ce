"""What a scanned or typed text is, told without a network: genuine, forged, revoked, not ours.

The same function answers on the public page, on a keeper's phone and in tests. It trusts no other
clock, table or list than those handed in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vungxanh.protocol.places import links, payloads, refusals, revocations
from vungxanh.protocol.places.payloads import PlaceCode
from vungxanh.protocol.places.refusals import PlaceCodeError
from vungxanh.protocol.places.revocations import RevocationList
from vungxanh.refusals import Words


class Verdict(StrEnum):
    """What a text is."""

    GENUINE = "genuine"
    FORGED = "forged"
    OTHER_PLACE = "other_place"
    ENDED = "ended"
    REVOKED = "revoked"
    EARLY = "early"
    UNKNOWN_KEY = "unknown_key"
    OTHER_SITE = "other_site"
    NEWER = "newer"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Known:
    """What whoever checks knows: keys by their id, the newest list, the own address.

    `revoked` is None where no list was fetched, `site` empty where any address is taken.
    """

    keys: Mapping[bytes, Ed25519PublicKey]
    revoked: RevocationList | None = None
    site: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict, and the code that was read, if one was.

    `is_covered` is False where the list is too old, or missing, to speak of this code: a genuine
    one may have been revoked since.
    """

    verdict: Verdict
    place: PlaceCode | None = field(default=None)
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class VerdictFacts:
    """How a verdict looks and reads: tone, words, what it means and what to do."""

    tone: str
    words: Words
    means: Words


def checked(text: str, known: Known, *, at: int, code: int | None = None) -> Checked:
    """What a text is at the unix second `at`, on the page of the point `code` if on one.

    `text` is a whole scanned address, or the payload alone. A list that its key did not sign is
    not believed. Never raises, whatever the text.
    """
    try:
        place = _read(text, known)
    except PlaceCodeError as refusal:
        return Checked(_REFUSED.get(refusal.code, Verdict.UNREADABLE))
    if place.verified is not True:
        forged = place.verified is False
        return Checked(Verdict.FORGED if forged else Verdict.UNKNOWN_KEY, place)
    if code is not None and place.code != code:
        return Checked(Verdict.OTHER_PLACE, place)
    return _against_the_list(place, known.revoked, at)


def _read(text: str, known: Known) -> PlaceCode:
    """The code in a payload or in an address. Raises PlaceCodeError."""
    text = text.strip()
    if len(text) == payloads.TEXT_SIZE:
        return payloads.read(text, known.keys)
    if text.lower().startswith(("http://", "https://")) and not _is_ours(text, known.site):
        raise refusals.other_site()
    return links.read(text, known.keys, site=known.site or None).place


def _is_ours(text: str, site: str) -> bool:
    return text.startswith(f"{site}/c/") if site else links.is_link(text)


def _against_the_list(place: PlaceCode, held: RevocationList | None, at: int) -> Checked:
    said = revocations.Verdict.NOT_COVERED
    if held is not None and held.verified is True:
        said = held.holds(place.issue)
    is_covered = said is not revocations.Verdict.NOT_COVERED
    if said is revocations.Verdict.REVOKED:
        return Checked(Verdict.REVOKED, place, is_covered)
    if payloads.is_early(place, at):
        return Checked(Verdict.EARLY, place, is_covered)
    return Checked(Verdict.GENUINE, place, is_covered)


_REFUSED = {
    "protocol.other_site": Verdict.OTHER_SITE,
    "protocol.newer_place_code": Verdict.NEWER,
    "protocol.mixed_place_codes": Verdict.FORGED,
}
WITHOUT_CODES = Words(
    "Mã này không còn dùng được, và lúc này điểm không có mã nào khác dùng được.",
    "This code is no longer good, and for now the point has no other that is.",
)
"""What a code that is over means at a point that is suspended or closed: no new poster hangs."""
VERDICTS = {
    Verdict.GENUINE: VerdictFacts(
        "ok",
        Words("Mã thật", "Genuine code"),
        Words(
            "Mã này do hệ thống cấp cho điểm có tên dưới đây và đang dùng được. Vẫn so tên trên "
            "bảng với tên dưới đây.",
            "This code was issued for the point named below and is in use. Still compare the name "
            "on the poster with the one below.",
        ),
    ),
    Verdict.FORGED: VerdictFacts(
        "bad",
        Words("Mã giả hoặc bị sửa", "Forged or changed code"),
        Words(
            "Mã này không do hệ thống cấp. Đừng dùng mã, đừng nhập thông tin theo mã. Báo người "
            "trực và bấm “Báo bảng mã có vấn đề”.",
            "This code was not issued by the system. Do not use it, and enter nothing where it "
            "leads. Tell the staff and press “Report this poster”.",
        ),
    ),
    Verdict.OTHER_PLACE: VerdictFacts(
        "bad",
        Words("Mã của điểm khác", "Code of another place"),
        Words(
            "Mã QR thuộc một điểm khác với mã điểm trong địa chỉ. Báo người trực, hoặc quét bảng "
            "khác ở lối vào.",
            "The QR code belongs to another point than the address says. Tell the staff, or scan "
            "another poster at the entrance.",
        ),
    ),
    Verdict.ENDED: VerdictFacts(
        "warn",
        Words("Mã đã được thay", "Code was replaced"),
        Words(
            "Điểm này đã đổi mã, bảng đang treo là bảng cũ. Quét bảng mới; chưa thấy thì báo người "
            "trực.",
            "This point has a new code and the poster is an old one. Scan the new poster; tell the "
            "staff where there is none.",
        ),
    ),
    Verdict.REVOKED: VerdictFacts(
        "bad",
        Words("Mã đã thu hồi", "Revoked code"),
        Words(
            "Mã này không còn dùng được. Quét bảng mới của điểm; chưa thấy thì báo người trực.",
            "This code is no longer good. Scan the point's new poster; tell the staff where there "
            "is none.",
        ),
    ),
    Verdict.EARLY: VerdictFacts(
        "warn",
        Words("Mã chưa đến ngày dùng", "Code is not valid yet"),
        Words(
            "Mã này chỉ dùng được từ ngày ghi dưới đây. Nếu đồng hồ của máy sai ngày, hãy chỉnh "
            "lại. Quét bảng đang dùng.",
            "This code is good only from the day below. If the clock of the phone is wrong, set "
            "it. Scan the poster in use.",
        ),
    ),
    Verdict.UNKNOWN_KEY: VerdictFacts(
        "none",
        Words("Chưa kiểm được", "Cannot be checked"),
        Words(
            "Mã ký bằng khóa mà hệ thống này không biết: mã của hệ thống khác, hoặc mã giả. Đừng "
            "dùng mã này ở đây.",
            "The code is signed with a key unknown here: of another system, or forged. Do not use "
            "it here.",
        ),
    ),
    Verdict.OTHER_SITE: VerdictFacts(
        "bad",
        Words("Mã của trang khác", "Code of another site"),
        Words(
            "Địa chỉ trong mã không phải của hệ thống này nên không được mở. Đừng mở bằng cách "
            "khác. Báo người trực.",
            "The address in the code is not of this system and was not opened. Do not open it in "
            "another way. Tell the staff.",
        ),
    ),
    Verdict.NEWER: VerdictFacts(
        "none",
        Words("Chưa kiểm được", "Cannot be checked"),
        Words(
            "Mã thuộc phiên bản mới hơn phần mềm này. Nhập mã điểm 9 ký tự in dưới mã QR.",
            "The code is of a newer version than this program. Type the nine characters printed "
            "below the QR code.",
        ),
    ),
    Verdict.UNREADABLE: VerdictFacts(
        "none",
        Words("Không phải mã điểm", "Not the code of a point"),
        Words(
            "Nội dung này không phải mã điểm kiểm soát, hoặc mã bị hỏng. Quét lại, hoặc nhập mã "
            "điểm 9 ký tự in dưới mã QR.",
            "This is no code of a control point, or it is damaged. Scan it again, or type the nine "
            "characters printed below the QR code.",
        ),
    ),
}
"""How each verdict is said; colour never speaks alone."""
