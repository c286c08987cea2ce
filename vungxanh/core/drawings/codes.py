"""QR codes as drawings: one path of whole modules."""

from dataclasses import dataclass

import qrcode

QUIET_ZONE = 4  # modules of white around, ISO/IEC 18004, 6.3.8


@dataclass(frozen=True, slots=True)
class QrDrawing:
    """`size` of the square in modules with its quiet zone, and the path `d` of the dark ones."""

    size: int
    d: str


def qr_drawing(text: str) -> QrDrawing:
    """The code of a text; up to 15 of 100 code words may be unreadable (level M)."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    matrix = code.get_matrix()
    dark = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, cell in enumerate(row) if cell
    ]
    return QrDrawing(len(matrix), "".join(dark))
