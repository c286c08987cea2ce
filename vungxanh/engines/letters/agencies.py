"""Names of those who write, are written to and are told to act: how they begin, how they are cut.

The lists hold kinds of bodies only ("sở", "đài"), never one body of one place.
"""

import re
from collections.abc import Iterator
from typing import Final

from vungxanh.engines.letters.passages import Passage, fold, letters_of, words
from vungxanh.engines.letters.types import Named

# What the name of a body or of somebody addressed begins with.
_BODIES: Final = (
    "thường trực|thường vụ|ubnd|ủy ban nhân dân|uỷ ban nhân dân|ủy ban|uỷ ban|hđnd|hội đồng|mttq"
    "|mặt trận|ubmttq"
    "|thủ tướng|chính phủ|văn phòng|bộ trưởng|bộ chỉ huy|bộ tư lệnh|bộ đội|bộ|thứ trưởng"
    "|tổng cục|cục thống kê|cục quản lý|cục|vụ|viện|ban chỉ đạo|bcđ|ban quản lý|ban giám đốc"
    "|ban tuyên giáo|ban chấp hành|ban|sở|phòng|chi cục|trung tâm|tttt|ttyt|bệnh viện|trạm"
    "|cơ sở|công an|quân khu|đảng đoàn|đảng bộ|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|huyện ủy"
    "|huyện uỷ|thị ủy|thị uỷ|đảng ủy|đảng uỷ|chi bộ|cấp ủy|cấp uỷ|đài|báo|cổng thông tin|cổng"
    "|hệ thống|cơ quan|đơn vị|tổ chức|doanh nghiệp|công ty|tập đoàn|tổng công ty|nhà mạng"
    "|nhà thuốc|nhà hàng|nhà trường|khách sạn|trường|học viện|liên đoàn|công đoàn|hội|đoàn"
    "|đội|tổ|thủ trưởng|giám đốc|chủ tịch|phó chủ tịch|trưởng|người đứng|bí thư|chánh"
    "|cục trưởng|hiệu trưởng|chủ|địa phương|huyện|thị xã|thành phố|tỉnh|xã|phường|quận|thôn"
    "|ấp|tổ dân phố|ngành|đoàn thể|nhân dân|công chức|viên chức|nhân viên|hộ|toàn thể|cán bộ"
    "|đảng viên|đồng chí|bưu điện|viễn thông|kho bạc|ngân hàng|siêu thị|chợ|bến xe|nhà máy"
    "|khu công nghiệp|khu cách ly|phóng viên|thành viên|các doanh|các nhà|viettel|vnpt"
    "|mobifone"
)
_PEOPLE: Final = r"người(?= (?:dân|đã|đến|lao động|có|từ|đứng|sử dụng))"
# Longer names first: "công chức" before "cổng".
_KINDS: Final = "|".join((*sorted(_BODIES.split("|"), key=len, reverse=True), _PEOPLE))
_PLURAL: Final = r"(?:các|những|toàn bộ|tất cả(?: các)?|mỗi|từng|lãnh đạo|quý)"
AGENCY: Final = words(rf"(?:{_PLURAL} )*(?P<kind>{_KINDS})\b")
_SPELT: Final = frozenset(map(letters_of, (*_BODIES.split("|"), "người")))
# Two names in one line of the list are parted by a semicolon, or by a comma before a new name.
_CUT: Final = words(
    rf"\s*;\s*(?:và )?|(?:\s*,\s*(?:và )?|\s+và\s+)(?=(?:{_PLURAL} )?(?:{_KINDS})\b)"
)
_SINGLE: Final = words(r"^(?:các |toàn bộ )*(?:sở|ban|bộ|huyện|cơ quan|xã|phường|đảng)\s*,")
# Words that go on with a list of kinds in lower case: "UBND các huyện, thị xã, thành phố".
_GOES_ON: Final = words(
    r"^(?:ban|ngành|tổ|hội|xã|phường|huyện|quận|tỉnh|đơn vị|địa phương|đoàn thể|thị xã|thành phố"
    r"|thị trấn|cơ quan|doanh nghiệp|tổ chức|cá nhân|nhà máy|khách sạn|cơ sở|nhà hàng|chợ|trường)\b"
)

# What the letters of a symbol stand for, first match wins.
SYMBOLS: Final = (
    (r"^STTTT", "Sở Thông tin và Truyền thông"),
    (r"^SYT", "Sở Y tế"),
    (r"^SGD&?ĐT|^SGDĐT", "Sở Giáo dục và Đào tạo"),
    (r"^SCT\b", "Sở Công Thương"),
    (r"^SNV\b", "Sở Nội vụ"),
    (r"^SGTVT", "Sở Giao thông vận tải"),
    (r"^SLĐTBXH|^SLĐTB&XH", "Sở Lao động - Thương binh và Xã hội"),
    (r"^SVHTTDL|^SVHTT&DL|^SVHTT", "Sở Văn hóa, Thể thao và Du lịch"),
    (r"^SDL\b", "Sở Du lịch"),
    (r"^SKHĐT|^SKHCN", "Sở"),
    (r"^BTTTT", "Bộ Thông tin và Truyền thông"),
    (r"^BYT", "Bộ Y tế"),
    (r"^BGDĐT", "Bộ Giáo dục và Đào tạo"),
    (r"^BCĐ", "Ban Chỉ đạo phòng, chống dịch"),
    (r"^VPCP", "Văn phòng Chính phủ"),
    (r"^TTg", "Thủ tướng Chính phủ"),
    (r"^UBND", "UBND"),
    (r"^TU\b", "Tỉnh ủy"),
    (r"^HU\b", "Huyện ủy"),
    (r"^ThU\b", "Thành ủy"),
)
# Words that keep their capitals when a head in capitals is written as in a sentence.
_PROPER: Final = {
    fold(name): name
    for name in [
        "Thông tin và Truyền thông",
        "Y tế",
        "Giáo dục và Đào tạo",
        "Công Thương",
        "Nội vụ",
        "Giao thông vận tải",
        "Lao động - Thương binh và Xã hội",
        "Văn hóa, Thể thao và Du lịch",
        "Văn hóa và Thông tin",
        "Kế hoạch và Đầu tư",
        "Khoa học và Công nghệ",
        "Tài chính",
        "Tư pháp",
        "Xây dựng",
        "Du lịch",
        "Ngoại vụ",
        "Tài nguyên và Môi trường",
        "Nông nghiệp và Phát triển nông thôn",
        "Tin học hóa",
        "Chính phủ",
        "Văn hóa - Thông tin",
        "Thể thao",
        "Chỉ đạo",
        "Phụ nữ",
        "Thanh niên",
        "Cộng sản",
        "Đảng",
        "Kiểm soát bệnh tật",
        "UBND",
        "HĐND",
        "MTTQ",
        "VNPT",
        "COVID-19",
        "BCĐ",
        "Việt Nam",
        "TP",
        "Tổ quốc",
        "Trung ương",
        "Công nghiệp",
        "Mặt trận",
        "Tuyên giáo",
        "Quốc phòng",
        "Công an",
    ]
}
_PROPER_WORDS: Final = re.compile(
    "|".join(rf"\b{re.escape(key)}\b" for key in sorted(_PROPER, key=len, reverse=True))
)
_PLACE_AFTER: Final = words(
    r"\b(?:tỉnh|thành phố|tp\.?|thị xã|huyện|quận|phường|xã|thị trấn)\s+(?!ủy|uỷ)"
)


def starts_agency(passage: Passage) -> bool:
    """Whether a passage begins with the name of a body; "tính" is not "tỉnh"."""
    found = AGENCY.match(passage.folded)
    if not found:
        return False
    kind = passage.text[found.start("kind") : found.end("kind")]
    return " " in kind or kind.isascii() or letters_of(kind) in _SPELT


def names_in(passage: Passage) -> tuple[Named, ...]:
    """The bodies of a list, each in the letter's words and place.

    >>> [name.name for name in names_in(Passage.of("Báo tỉnh, Đài tỉnh; các sở, ban, ngành."))]
    ['Báo tỉnh', 'Đài tỉnh', 'các sở, ban, ngành']
    """
    return tuple(
        Named(part.text, part.span()) for part in _parts(passage) if re.search(r"\w", part.text)
    )


def _parts(passage: Passage) -> Iterator[Passage]:
    begin = 0
    for match in _CUT.finditer(passage.folded):
        if match.start() >= begin and _is_cut(passage, begin, match):
            yield _trimmed(passage.part(begin, match.start()))
            begin = match.end()
    yield _trimmed(passage.part(begin))


def _is_cut(passage: Passage, begin: int, match: re.Match[str]) -> bool:
    """A semicolon always cuts; a comma or "và" only before a name with a capital of its own."""
    if ";" in match[0]:
        return True
    before, after = passage.text[begin : match.start()], passage.text[match.end() :]
    if before.count("(") > before.count(")"):
        return False
    return _is_full_name(after) and not _SINGLE.match(fold(f"{before},"))


def _is_full_name(after: str) -> bool:
    """Whether what follows is a name and no further word of a list like "sở, ban, ngành"."""
    return after[:1].isupper() or not _GOES_ON.match(fold(after))


def _trimmed(part: Passage) -> Passage:
    """Without the signs and the bullet around a name."""
    found = re.match(r"[\s\-–+•*]*(.*?)[\s:;,.]*$", part.text, re.DOTALL)
    return part.part(found.start(1), found.end(1)) if found else part


def cased(name: str, place: str | None = None) -> str:
    """A name in capitals as it stands in a sentence; other names stay as they are.

    >>> cased("SỞ THÔNG TIN VÀ TRUYỀN THÔNG"), cased("UBND TỈNH PHÚ YÊN", "Phú Yên")
    ('Sở Thông tin và Truyền thông', 'UBND tỉnh Phú Yên')
    """
    if not name.isupper():
        return name
    low = name.lower()
    folded = fold(low)
    letters = list(low)
    for match in _PROPER_WORDS.finditer(folded):
        for at, model in enumerate(_PROPER[match[0]], match.start()):
            letters[at] = letters[at].upper() if model.isupper() else letters[at]
    written = _titled_places("".join(letters))
    if place:
        at = fold(written).find(fold(place))
        written = written[:at] + place + written[at + len(place) :] if at >= 0 else written
    return written[:1].upper() + written[1:]


def _titled_places(name: str) -> str:
    """What follows a word such as "tỉnh" is a name and takes capitals."""
    match = _PLACE_AFTER.search(fold(name))
    if not match:
        return name
    return name[: match.end()] + name[match.end() :].title()
