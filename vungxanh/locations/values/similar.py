"""Names of organisations that may be one: accents, abbreviations and type words loose."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from vungxanh.engines.names import fold

# What offices write short, and words that say the form of a company or the type of a unit: two
# names are compared without the latter.
_LONG: Final = {
    "tyt": "tram y te",
    "ttyt": "trung tam y te",
    "ttksbt": "trung tam kiem soat benh tat",
    "cdc": "trung tam kiem soat benh tat",
    "bv": "benh vien",
    "bvdk": "benh vien da khoa",
    "pk": "phong kham",
    "pkdk": "phong kham da khoa",
    "ubnd": "uy ban nhan dan",
    "stttt": "so thong tin va truyen thong",
    "tttt": "thong tin va truyen thong",
    "kcn": "khu cong nghiep",
    "thpt": "trung hoc pho thong",
    "thcs": "trung hoc co so",
    "cty": "cong ty",
}
_DROPPED_WORDS: Final = (
    "tinh thanh pho tp huyen h quan q phuong p xa x thi tran tt tx dac khu va tnhh cp co phan "
    "mtv mot thanh vien truong cua"
)
_DROPPED: Final = frozenset(_DROPPED_WORDS.split())
_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=16384)
def same_name_key(name: str) -> str:
    """The same for names that may be one organisation inside one unit.

    >>> same_name_key("TYT xã Nhơn Hội") == same_name_key("Trạm Y tế Nhơn Hội")
    True
    """
    words = _WORD.findall(fold(name))
    long = " ".join(_LONG.get(word, word) for word in words).split()
    return " ".join(word for word in long if word not in _DROPPED) or " ".join(words)


def exact_name(name: str) -> str:
    """The same for names that differ only in capitals, spaces and Unicode form."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
