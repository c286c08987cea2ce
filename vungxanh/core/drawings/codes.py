"""QR codes as drawings: one path of whole modules."""

from dataclasses import dataclass
from enum import IntEnum

import qrcode

QUIET_ZONE = 4  # modules of white around, ISO/IEC 18004, 6.3.8


class Correction(IntEnum):
    """How much of a code may be unreadable: 15 of 100 code words, 7 where a lit screen shows it."""

    MEDIUM = qrcode.ERROR_CORRECT_M
    LOW = qrcode.ERROR_CORRECT_L


@dataclass(frozen=True, slots=True)
class QrDrawing:
    """`size` of the square in modules with its quiet zone, and the path `d` of the dark ones."""

    size: int
    d: str


def qr_drawing(text: str, correction: Correction = Correction.MEDIUM) -> QrDrawing:
    """The code of a text."""
    code = qrcode.QRCode(error_correction=int(correction), border=QUIET_ZONE)
    code.add_data(text)
    matrix = code.get_matrix()
    dark = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, cell in enumerate(row) if cell
    ]
    return QrDrawing(len(matrix), "".join(dark))
