"""QR codes as drawings for paper: level M, the best of the eight masks, run by run.

Each run of dark modules in a row is a path of its own: one long path came out of some printers'
programs with damaged modules. Runs are a little higher than a module, so that no hairline shows
between rows. ISO/IEC 18004:2015; the masks are weighed after its 7.8.3.
"""

from functools import cache
from typing import Final

import numpy as np
import qrcode
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Bits = NDArray[np.bool_]
QUIET: Final = 4  # modules of white around, 6.3.8
N_MASKS: Final = 8
_GROWTH: Final = 0.02  # of a module, above and below a run
_LIKE_A_CORNER: Final = np.array(
    [[0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1], [1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0]], dtype=np.int64
)
_WEIGHTS: Final = 1 << np.arange(11)


def modules(text: str) -> Bits:
    """The modules of a code, dark ones true, without the quiet zone."""
    drawn = _drawn(text, version=None, mask=0)
    masked = drawn ^ _differences((len(drawn) - 17) // 4)
    best: Bits = masked[int(np.argmin(penalties(masked)))]
    return best


def drawing(found: Bits) -> str:
    """The modules as SVG, with their quiet zone; a unit is a module."""
    side = len(found) + 2 * QUIET
    runs = "".join(_runs(found))
    box = f"-{QUIET} -{QUIET} {side} {side}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{runs}</svg>'


def penalties(codes: Bits) -> NDArray[np.int64]:
    """How hard each of some codes of one size is to read: lower is better (7.8.3.1)."""
    sides = (codes, codes.transpose(0, 2, 1))
    lines = sum(_long_runs(side) + 40 * _like_corners(side) for side in sides)
    same = codes[:, 1:] == codes[:, :-1]
    blocks = same[:, :, 1:] & same[:, :, :-1] & (codes[:, :-1, 1:] == codes[:, :-1, :-1])
    share = codes.mean(axis=(1, 2))
    uneven = 10 * (np.abs(share - 0.5) * 20).astype(np.int64)
    found: NDArray[np.int64] = lines + 3 * blocks.sum(axis=(1, 2)) + uneven
    return found


def _runs(found: Bits) -> list[str]:
    """A path for each stretch of dark modules in a row."""
    padded = np.pad(found, ((0, 0), (1, 1)))
    rows, edges = np.nonzero(padded[:, 1:] != padded[:, :-1])
    tall = 1 + 2 * _GROWTH
    return [
        f'<path d="M{start} {y - _GROWTH:g}h{end - start}v{tall:g}H{start}z"/>'
        for y, start, end in zip(
            rows[::2].tolist(), edges[::2].tolist(), edges[1::2].tolist(), strict=True
        )
    ]


def _long_runs(codes: Bits) -> NDArray[np.int64]:
    """3 for each run of five alike in a row, 1 for each module more."""
    alike = codes[:, :, 1:] == codes[:, :, :-1]
    five: Bits = np.asarray(sliding_window_view(alike, 4, axis=2).all(axis=3))
    begins = five.copy()
    begins[:, :, 1:] &= ~five[:, :, :-1]
    found: NDArray[np.int64] = five.sum(axis=(1, 2)) + 2 * begins.sum(axis=(1, 2))
    return found


def _like_corners(codes: Bits) -> NDArray[np.int64]:
    """How many stretches of the rows look like a corner square."""
    words = sliding_window_view(codes, 11, axis=2) @ _WEIGHTS
    found: NDArray[np.int64] = np.isin(words, _LIKE_A_CORNER @ _WEIGHTS).sum(axis=(1, 2))
    return found


@cache
def _differences(version: int) -> Bits:
    """What each mask, with its number beside the corner squares, turns over against the first."""
    codes = [_drawn("", version=version, mask=mask) for mask in range(N_MASKS)]
    return np.array([code ^ codes[0] for code in codes])


def _drawn(text: str, *, version: int | None, mask: int) -> Bits:
    code = qrcode.QRCode(
        version=version,
        error_correction=qrcode.ERROR_CORRECT_M,
        border=0,
        mask_pattern=mask,
    )
    code.add_data(text, optimize=0)
    return np.array(code.get_matrix(), dtype=bool)
