"""The letters of short messages: GSM 03.38 default alphabet and UCS-2, whole or in parts.

Source: 3GPP TS 23.040 V17, 9.2.3.24.1 (concatenation with an 8-bit reference); the letters are in
`rules.segments`.
"""

import hashlib
from typing import Final

from vungxanh.messaging.rules.segments import BASIC, ESCAPE, EXTENSION

_CODES: Final = {letter: bytes([code]) for code, letter in enumerate(BASIC) if code != ESCAPE} | {
    letter: bytes([ESCAPE, code]) for code, letter in EXTENSION.items()
}
_HEADER_BYTES: Final = 6
_UCS2_BYTES: Final = 140  # one short message; in 7-bit letters 160
_GSM_LETTERS: Final = 160
_HEADER_LETTERS: Final = 7  # six bytes fill seven places of seven bits
MOST_PARTS: Final = 255


class LetterError(Exception):
    """A letter that the alphabet does not have."""


def encoded(text: str, *, is_unicode: bool) -> list[bytes]:
    """Each letter's bytes; GSM letters unpacked, one septet a byte. Raises LetterError.

    >>> b"".join(encoded("{5€}", is_unicode=False)).hex(" ")
    '1b 28 35 1b 65 1b 29'
    """
    if is_unicode:
        return [letter.encode("utf-16-be", "replace") for letter in text]
    if not _CODES.keys() >= set(text):
        raise LetterError
    return [_CODES[letter] for letter in text]


def decoded(content: bytes) -> str:
    """Unpacked GSM 03.38; an unknown escape shows the letter after it, as the standard says."""
    letters: list[str] = []
    is_escaped = False
    for code in content:
        if code == ESCAPE and not is_escaped:
            is_escaped = True
            continue
        basic = BASIC[code] if code < len(BASIC) else "\N{REPLACEMENT CHARACTER}"
        letters.append(EXTENSION.get(code, basic) if is_escaped else basic)
        is_escaped = False
    return "".join(letters)


def parts(text: str, *, is_unicode: bool) -> list[bytes]:
    """The text in pieces that each fit one short message, without headers; never inside a letter.

    >>> [len(part) for part in parts("a" * 161, is_unicode=False)]
    [153, 8]
    """
    letters = encoded(text, is_unicode=is_unicode)
    alone = _UCS2_BYTES if is_unicode else _GSM_LETTERS
    if sum(map(len, letters)) <= alone:
        return [b"".join(letters)]
    room = alone - (_HEADER_BYTES if is_unicode else _HEADER_LETTERS)
    pieces = [bytearray()]
    for letter in letters:
        if len(pieces[-1]) + len(letter) > room:
            pieces.append(bytearray())
        pieces[-1] += letter
    return [bytes(piece) for piece in pieces]


def headed(pieces: list[bytes], reference: str) -> list[bytes]:
    """The pieces with the header by which a phone puts them together; the same in every try."""
    if len(pieces) == 1:
        return pieces
    name = hashlib.sha256(reference.encode()).digest()[0]
    return [
        bytes([5, 0, 3, name, len(pieces), number]) + piece
        for number, piece in enumerate(pieces, start=1)
    ]
