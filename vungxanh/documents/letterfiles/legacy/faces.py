"""What the name of a typeface says of the character set: .VnTimeH, VNI-Times."""

import re
from typing import Final

from vungxanh.documents.letterfiles.legacy.sets import LegacySet

# A PDF puts six capitals and "+" before the name of a face of which it holds only some letters.
_TCVN3: Final = re.compile(r"(?:[A-Z]{6}\+)?\.Vn[A-Za-z]")
_CAPITALS: Final = re.compile(r"(?:[A-Z]{6}\+)?\.Vn[A-Za-z ]*H(?:\b|,|-|$)")
_VNI: Final = re.compile(r"(?:[A-Z]{6}\+)?VNI[- ]", re.IGNORECASE)


def set_of_face(name: str) -> tuple[LegacySet | None, bool]:
    """The character set that a face is made for, and whether it shows capitals only.

    A face alone proves nothing: programs keep its name where the letters are Unicode.

    >>> set_of_face(".VnTimeH"), set_of_face("ABCDEF+VNI-Times"), set_of_face("Times New Roman")
    ((<LegacySet.TCVN3: 'tcvn3'>, True), (<LegacySet.VNI: 'vni'>, False), (None, False))
    """
    if _TCVN3.match(name):
        return LegacySet.TCVN3, _CAPITALS.match(name) is not None
    return (LegacySet.VNI, False) if _VNI.match(name) else (None, False)
