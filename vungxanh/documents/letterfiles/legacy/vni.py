"""VNI for Windows: a plain letter and a second one for its marks, as in faces named VNI-Times.

Source: the tables that VNI Software published with its faces (1987 and later). Â, Ê, Ô, Ă are two
signs, Ơ, Ư, Đ, Í, Ì, Ỉ, Ĩ, Ị, Ỵ one. The mark's own case is ignored: the letter decides it.
"""

import re
import unicodedata
from typing import Final

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
MARKS: Final = {
    "ø": _GRAVE, "ù": _ACUTE, "õ": _TILDE, "û": _HOOK, "ï": _DOT,
    "â": _CIRCUMFLEX, "à": _CIRCUMFLEX + _GRAVE, "á": _CIRCUMFLEX + _ACUTE,
    "ã": _CIRCUMFLEX + _TILDE, "å": _CIRCUMFLEX + _HOOK, "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE, "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE,
    "ü": _BREVE + _TILDE, "ú": _BREVE + _HOOK, "ë": _BREVE + _DOT,
}  # fmt: skip
"""From a second sign to the marks that it stands for."""
ALONE: Final = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị",
                "î": "ỵ"}  # fmt: skip
"""Letters of one sign."""

# Which letters take which marks; anything else is no VNI.
_TONES: Final = "øùõûï"
_ROOFED: Final = "âàáãåä"
_BOWED: Final = "êèéüúë"
_SINGLES: Final = "".join(ALONE)
_VNI: Final = re.compile(
    f"[aeo][{_ROOFED}]|a[{_BOWED}]|[aeouyôö][{_TONES}]|[{_SINGLES}]", re.IGNORECASE
)


def from_vni(text: str) -> str:
    """Unicode text of a text in VNI.

    >>> from_vni("COÄNG HOØA, ñoäc laäp, Thöôïng khaån")
    'CỘNG HÒA, độc lập, Thượng khẩn'
    """
    return _VNI.sub(lambda found: _letter(found[0]), text)


def _letter(signs: str) -> str:
    letter = ALONE.get(signs[0].lower(), signs[0].lower())
    marks = "".join(MARKS[sign.lower()] for sign in signs[1:])
    composed = unicodedata.normalize("NFC", letter + marks)
    return composed.upper() if signs[0].isupper() else composed
