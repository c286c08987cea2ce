"""What the head of a column says it holds, in Vietnamese office words or machine names.

Heads are compared without accents, in lower case, signs dropped (`names.fold`). Order matters:
"điện thoại thông minh cài đặt" counts installs, "dân số có điện thoại thông minh" smartphones.
"""

import re
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.checks.types import BASES, USERS, Role
from vungxanh.engines.names import fold
from vungxanh.refusals import Words

# The first pattern found names the element.
_PATTERNS: Final[tuple[tuple[str, str], ...]] = (
    ("points_active", r"(points|diem( qr)?( dang)?) (active|hoat dong)|diem( qr)? co( luot)? quet"),
    ("points_registered", r"points registered|diem( qr)?( da)? dang ky|diem kiem (soat|dich)"),
    ("people_scanned", r"people scanned|nguoi( da| duoc)? (quet|check ?in)"),
    ("scans", r"\bscans\b|luot( nguoi)? (quet|check ?in|vao ra|ra vao)"),
    ("declarations", r"declarations?|to khai|luot khai bao|nguoi( da)? khai bao"),
    ("bluezone_with_phone", r"bluezone with phone|blue?zoner?( \w+)* co so dien|\bblue?zoner\b"),
    ("installs", r"\binstalls?\b|cai dat|cai blue?zone|luot tai|tai ve|downloads?"),
    ("subscriptions", r"subscriptions?|subscribers|thue bao|\bsims?\b"),
    ("smartphones", r"smart ?phones?|dien thoai thong minh"),
    ("adults", r"\badults?\b|18 tuoi|(nguoi|dan so|dan) truong thanh|nguoi lon"),
    ("population", r"population|dan so|nhan khau|so dan"),
)  # fmt: skip
_ELEMENTS: Final = tuple((element, re.compile(pattern)) for element, pattern in _PATTERNS)
_NOTE: Final = re.compile(r"(ghi chu|note|notes|y kien|nhan xet)\b.*")
_REMARK: Final = re.compile(r"(ghi chu|note|notes|nguon|source|base)\b.*")
_SHARE: Final = re.compile(r"\b(ty le|ti le|ty trong|share|percent|percentage|rate|phan tram)\b")
_RANK: Final = re.compile(r"\b(xep hang|thu hang|xep thu)\b|^(hang|rank|ranking)\b")
_ROLES: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("order", re.compile(r"(stt|tt|so thu tu|so tt|no|order|index)")),
    ("unit", re.compile(
        r"unit( id| code)?|code|ma( (don vi|dia phuong|dia ban|huyen|tinh|xa|dvhc|so)( .*)?)?"
    )),
    ("as_of", re.compile(
        r"(as of|date|day|ngay|thoi (diem|gian)|den ngay)( (so lieu|bao cao|thong ke|cap nhat))?"
    )),
    ("name", re.compile(
        r"(name|locality|area|(ten )?(cac )?(dia phuong|don vi|dia ban|huyen|quan|thi|tinh|xa"
        r"|phuong|thanh pho|district|province|commune|dvhc)\b.*|ten)"
    )),
)  # fmt: skip

LABELS: Final[dict[str, Words]] = {
    "installs": Words("số lượt cài đặt", "installs"),
    "bluezone_with_phone": Words(
        "số Bluezoner có số điện thoại", "Bluezone users with a phone number"
    ),
    "population": Words("dân số", "population"),
    "adults": Words("số người từ 18 tuổi", "adults"),
    "smartphones": Words("số điện thoại thông minh", "smartphones"),
    "subscriptions": Words("số thuê bao", "subscriptions"),
    "points_registered": Words("số điểm đã đăng ký", "registered points"),
    "points_active": Words("số điểm có lượt quét", "points with a scan"),
    "scans": Words("số lượt quét", "scans"),
    "people_scanned": Words("số người đã quét", "people who scanned"),
    "declarations": Words("số tờ khai", "declarations"),
    "rank": Words("thứ hạng", "rank"),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column holds: its role, with its element, or the numerator and base of its share.

    Whoever knows a head better than the engine says it so: `Meaning("name")` are areas,
    `Meaning("count", element="installs")` counts, `Meaning("share", numerator="installs",
    base="smartphones")` printed shares, `Meaning("as_of")` days or moments, `Meaning("note")`
    remarks, `Meaning("other")` a column that is not read.
    """

    role: Role
    element: str | None = None
    numerator: str | None = None
    base: str | None = None


OTHER: Final = Meaning("other")
NOTE: Final = Meaning("note")


def label(element: str | None) -> Words:
    """What people call an element."""
    return LABELS.get(element or "", Words(element or "", element or ""))


def meaning_of(head: str) -> Meaning:
    """What a head says; `OTHER` if nothing that is counted here.

    >>> meaning_of("Tỷ lệ % Bluezoner có số điện thoại/ dân số").base
    'population'
    >>> meaning_of("Tổng số smart phone").element
    'smartphones'
    """
    plain = fold(head)
    if not plain or is_remark(head):
        return OTHER
    if _RANK.search(plain):
        return Meaning("rank", numerator=numerator_of(head), base=base_of(head))
    if _SHARE.search(plain) or "%" in head:
        return _share(head)
    for role, pattern in _ROLES:
        if pattern.fullmatch(plain):
            return Meaning(role)
    element = element_of(head)
    return Meaning("count", element=element) if element else OTHER


def is_remark(head: str) -> bool:
    """Whether a column is for notes and sources, which are no figures."""
    return _REMARK.fullmatch(fold(head)) is not None


def is_note(head: str) -> bool:
    """Whether a column holds remarks on its lines; one of sources is read by nobody."""
    return _NOTE.fullmatch(fold(head)) is not None


def _share(head: str) -> Meaning:
    left, slash, right = head.partition("/")
    if slash:
        return Meaning("share", numerator=element_of(left), base=base_of(right))
    return Meaning("share", numerator=numerator_of(head), base=base_of(head))


def element_of(words: str) -> str | None:
    """The element that words name first in the order of evidence; None if none."""
    plain = fold(words)
    return next((element for element, pattern in _ELEMENTS if pattern.search(plain)), None)


def base_of(words: str) -> str | None:
    """The denominator that words name: "dân số có điện thoại thông minh" are smartphones.

    >>> base_of("dân số có điện thoại thông minh"), base_of("trên tổng số")
    ('smartphones', None)
    """
    plain = fold(words)
    found = (element for element, pattern in _ELEMENTS if pattern.search(plain))
    return next((element for element in found if element in (*BASES, "points_registered")), None)


def numerator_of(words: str) -> str | None:
    """The users whom words name, apart from their base; None if they name only a base."""
    element = element_of(words)
    return element if element in (*USERS, "points_active") else None


def noun(element: str | None) -> Words:
    """The same after a number: "973.075 Bluezoner có số điện thoại"."""
    words = label(element)
    return Words(words.vi.removeprefix("số "), words.en)
