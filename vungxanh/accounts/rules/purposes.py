"""Which purposes may never stand on the list."""

import re
import unicodedata

from vungxanh.engines.names import fold

_CODE = re.compile(r"[a-z][a-z_]{2,31}")
# What has been done elsewhere with data of an epidemic and is done here never. Written with
# accents, since "nợ" without them is many words.
_VIETNAMESE = (
    "công an|cảnh sát|dân phòng|an ninh|tình báo|quốc phòng|quân sự|hình sự|điều tra tội|tội phạm|"
    "truy nã|truy tìm đối tượng|truy tố|khởi tố|bắt giữ|kiểm sát|tòa án|toà án|tố tụng|thi hành án|"
    "xử phạt|phạt tiền|trật tự xã hội|xuất nhập cảnh|nhập cư|di trú|trục xuất|nợ|tín dụng|thuế|"
    "bảo hiểm thương mại|quảng cáo|tiếp thị|bầu cử|tuyển dụng"
)
_ENGLISH = (
    "polic(?:e|ing)|law enforcement|security service|intelligence service|surveillance of persons|"
    "military|crim(?:e|es|inal|inals)|prosecut\\w*|investigat\\w* of offences|arrest\\w*|warrants?|"
    "courts?|fines?|immigration|deport\\w*|debts?|debtors?|credit|tax(?:es|ation)?|marketing|"
    "advertis\\w*|elections?|recruit\\w*"
)
_FORBIDDEN = re.compile(rf"(?<!\w)(?:{_VIETNAMESE}|{_ENGLISH})(?!\w)")
_UNACCENTED = re.compile(
    r"(?<!\w)(?:" + "|".join(fold(one) for one in _VIETNAMESE.split("|") if " " in one) + r")(?!\w)"
)


def forbidden_word(*texts: str) -> str:
    """The first word that speaks of policing, prosecution, immigration, debt …; empty for none.

    Vietnamese typed without accents is understood where two words make it plain.

    >>> forbidden_word("Hỗ trợ công an điều tra"), forbidden_word("Trace contacts and tell them")
    ('công an', '')
    >>> forbidden_word("ho tro cong an"), forbidden_word("Thi công an toàn nhà cách ly")
    ('cong an', 'công an')
    """
    for text in texts:
        plain = _plain(text)
        found = _FORBIDDEN.search(plain)
        if found is None and plain.isascii():
            found = _UNACCENTED.search(plain)
        if found is not None:
            return found[0]
    return ""


def is_code(text: str) -> bool:
    """Whether a text can be the code of a purpose: small letters and underscores."""
    return _CODE.fullmatch(text) is not None


def _plain(text: str) -> str:
    """Small letters in composed form, invisible signs taken out, one space between words."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(" " if unicodedata.category(one) == "Cc" else one for one in composed)
    shown = "".join(one for one in seen if unicodedata.category(one) != "Cf")
    return " ".join(shown.split())
