"""Which signs a name of a place may hold, so that what is printed is what was meant.

Names hang at doors and are compared by eye: letters of the Latin alphabet, digits and the signs
that people write. Signs that turn the direction of reading, that nobody sees, or that look like
Latin letters and are none would let one place pass for another.
"""

import re
import unicodedata
from enum import StrEnum
from typing import Final

_SIGNS: Final = frozenset(" .,-–—/\\&()[]'’‘\"“”+:;#°º№!?*@%|_…·")
_LAST_LATIN: Final = 0x1EFF
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK: Final = frozenset({0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800})  # letters that show nothing
_VIETNAMESE: Final = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
# Most texts hold no other sign: one look at the whole instead of one at each sign.
_PLAIN: Final = re.compile(rf"[ -~{_VIETNAMESE}{_VIETNAMESE.upper()}]*")


class Fault(StrEnum):
    """What is wrong with the signs of a text."""

    HIDDEN = "hidden"
    DISGUISED = "disguised"
    ODD = "odd"


def tidy(text: str) -> str:
    """A text in NFC, with every run of blanks as one space.

    >>> tidy("  Chợ\\t Đầm ")
    'Chợ Đầm'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def fault_of(text: str) -> Fault | None:
    """What is wrong with a tidied text, the worst first.

    >>> fault_of("Chợ Đầm"), fault_of("Ch\\u1ee3 \\u202eĐầm").value, fault_of("Сhợ Đầm").value
    (None, 'hidden', 'disguised')
    """
    if _PLAIN.fullmatch(text):
        return None
    found = {_fault(sign) for sign in text if sign not in _SIGNS} - {None}
    return next((fault for fault in Fault if fault in found), None)


def has_letter(text: str) -> bool:
    """Whether a text says something beside digits and signs."""
    return any(sign.isalpha() for sign in text)


def _fault(sign: str) -> Fault | None:
    if unicodedata.category(sign) in _HIDDEN or ord(sign) in _BLANK:
        return Fault.HIDDEN
    if sign.isascii() or _is_latin(sign):
        return None
    return Fault.DISGUISED if sign.isalpha() else Fault.ODD


def _is_latin(sign: str) -> bool:
    is_letter = sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN ")
    return is_letter and ord(sign) <= _LAST_LATIN and unicodedata.normalize("NFKC", sign) == sign


def plain_text(text: str) -> str:
    """Words of a note in NFC: lines kept, signs that nobody sees or that turn reading left out.

    >>> plain_text("  Dán đè\\u202e ở cổng \\r\\n\\r\\n\\r\\nA ")
    'Dán đè ở cổng\\n\\nA'
    """
    lines = unicodedata.normalize("NFC", text.expandtabs(1)).replace("\r\n", "\n").split("\n")
    seen = ["".join(sign for sign in line if _fault(sign) is not Fault.HIDDEN) for line in lines]
    tidied = "\n".join(" ".join(line.split()) for line in seen).strip()
    while "\n\n\n" in tidied:
        tidied = tidied.replace("\n\n\n", "\n\n")
    return tidied
