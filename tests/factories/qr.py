"""A reader of QR codes from clean pictures (ISO/IEC 18004:2015), independent of what draws them.

Versions 2 to 20 at level M, no rotation, no damage: what a printed PDF looks like before paper.
"""

from itertools import cycle
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray

Bits = NDArray[np.bool_]
# Level M: blocks of data as (how many, code words of data in each), ISO/IEC 18004, table 9.
BLOCKS = {
    2: ((1, 28),),
    3: ((1, 44),),
    4: ((2, 32),),
    7: ((4, 31),),
    8: ((2, 38), (2, 39)),
    9: ((3, 36), (2, 37)),
    10: ((4, 43), (1, 44)),
}
ALIGNMENT = {
    2: (6, 18),
    3: (6, 22),
    4: (6, 26),
    7: (6, 22, 38),
    8: (6, 24, 42),
    9: (6, 26, 46),
    10: (6, 28, 50),
}
LONGER_THAN_LETTERS = 40  # pixels, of the solid line at the edge of a corner square
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
FORMAT_MASK = 0b101010000010010


def text_in(pdf: bytes, *, page: int = 0, scale: float = 4.0) -> str:
    """The text of the one code on a page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: NDArray[Any] = document[page].render(scale=scale, grayscale=True).to_numpy()
    finally:
        document.close()
    return text_of(_modules(np.squeeze(picture) < 128))


def text_of(modules: Bits) -> str:
    """The text of a code by its modules, dark ones true."""
    version = (len(modules) - 17) // 4
    plain = modules ^ _mask(_mask_number(modules), len(modules))
    words = _code_words(plain, _reserved(version))
    return _decoded(_data(words, version), version)


def _modules(dark: Bits) -> Bits:
    """The modules of the code in a picture: found by the three squares at its corners."""
    square = _square(dark)
    side = len(square)
    unit = int(np.argmin(square[0])) / 7  # the first row begins with the seven of a corner square
    n = round(side / unit)
    middles = ((np.arange(n) + 0.5) * side / n).astype(int)
    found: Bits = square[np.ix_(middles, middles)]
    return found


def _square(dark: Bits) -> Bits:
    """The part of the picture that the code takes: its corner begins the first long solid run."""
    top, left, run = next(
        (y, start, run)
        for y, (start, run) in enumerate(map(_first_run, dark))
        if run > LONGER_THAN_LETTERS
    )
    below = np.flatnonzero(dark[top:, left : left + run].any(axis=1))
    right = np.flatnonzero(dark[top : top + run, left:].any(axis=0))
    side = int(min(_extent(below, run / 7), _extent(right, run / 7)))
    return dark[top : top + side, left : left + side]


def _first_run(row: Bits) -> tuple[int, int]:
    start = int(np.argmax(row))
    if not row[start]:
        return 0, 0
    light = np.flatnonzero(~row[start:])
    return start, int(light[0]) if len(light) else 0


def _extent(found: NDArray[np.intp], unit: float) -> int:
    """How far a stretch reaches that has no gap as wide as the quiet zone."""
    gaps = np.flatnonzero(np.diff(found) > 3.5 * unit)
    return int(found[gaps[0]] if len(gaps) else found[-1]) + 1


def _mask_number(modules: Bits) -> int:
    """Which of the eight masks lies over the data; refuses another level than M."""
    places = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    bits = "".join("1" if modules[place] else "0" for place in places)
    said = (int(bits, 2) ^ FORMAT_MASK) >> 10
    assert said >> 3 == 0, "the code is not of level M"
    return said & 0b111


def _mask(number: int, n: int) -> Bits:
    y, x = np.mgrid[0:n, 0:n]
    masks = (
        (y + x) % 2,
        y % 2,
        x % 3,
        (y + x) % 3,
        (y // 2 + x // 3) % 2,
        y * x % 2 + y * x % 3,
        (y * x % 2 + y * x % 3) % 2,
        ((y + x) % 2 + y * x % 3) % 2,
    )
    found: Bits = masks[number] == 0
    return found


def _reserved(version: int) -> Bits:
    """Modules that carry no data: squares, timing, alignment, format and version."""
    n = 17 + 4 * version
    kept = np.zeros((n, n), dtype=bool)
    kept[:9, :9] = kept[:9, -8:] = kept[-8:, :9] = True
    kept[6, :] = kept[:, 6] = True
    if version > 6:
        kept[:6, -11:-8] = kept[-11:-8, :6] = True
    for y in ALIGNMENT[version]:
        for x in ALIGNMENT[version]:
            if not kept[y, x] or (6 in (y, x) and 8 < max(y, x) < n - 9):
                kept[y - 2 : y + 3, x - 2 : x + 3] = True
    return kept


def _code_words(plain: Bits, kept: Bits) -> bytes:
    """The code words in the order of the zigzag, from the lower right corner."""
    n = len(plain)
    bits: list[str] = []
    upward = cycle((True, False))
    for right in [*range(n - 1, 6, -2), 5, 3, 1]:
        rows = range(n - 1, -1, -1) if next(upward) else range(n)
        places = ((y, x) for y in rows for x in (right, right - 1))
        bits += ["1" if plain[place] else "0" for place in places if not kept[place]]
    text = "".join(bits)
    return bytes(int(text[i : i + 8], 2) for i in range(0, len(text) - 7, 8))


def _data(words: bytes, version: int) -> str:
    """The data of all blocks, brought back from their interleaving, as bits."""
    sizes = [size for n, size in BLOCKS[version] for _ in range(n)]
    blocks: list[list[int]] = [[] for _ in sizes]
    stream = iter(words)
    for column in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if column < size:
                block.append(next(stream))
    return "".join(f"{word:08b}" for block in blocks for word in block)


def _decoded(bits: str, version: int) -> str:
    """The segments' text: numeric, alphanumeric, bytes."""
    said, at, wide = "", 0, version > 9
    while (mode := bits[at : at + 4]) not in ("0000", ""):
        length = {"0001": 12 if wide else 10, "0010": 11 if wide else 9, "0100": 16 if wide else 8}
        at += 4
        n = int(bits[at : at + length[mode]], 2)
        at += length[mode]
        text, used = _SEGMENTS[mode](bits[at:], n)
        said, at = said + text, at + used
    return said


def _numeric(bits: str, n: int) -> tuple[str, int]:
    said, at = "", 0
    for digits in [3] * (n // 3) + ([n % 3] if n % 3 else []):
        width = {3: 10, 2: 7, 1: 4}[digits]
        said += f"{int(bits[at : at + width], 2):0{digits}d}"
        at += width
    return said, at


def _alphanumeric(bits: str, n: int) -> tuple[str, int]:
    said, at = "", 0
    for _ in range(n // 2):
        first, second = divmod(int(bits[at : at + 11], 2), 45)
        said, at = said + SIGNS[first] + SIGNS[second], at + 11
    if n % 2:
        said, at = said + SIGNS[int(bits[at : at + 6], 2)], at + 6
    return said, at


def _bytes(bits: str, n: int) -> tuple[str, int]:
    return bytes(int(bits[i : i + 8], 2) for i in range(0, 8 * n, 8)).decode(), 8 * n


_SEGMENTS = {"0001": _numeric, "0010": _alphanumeric, "0100": _bytes}
