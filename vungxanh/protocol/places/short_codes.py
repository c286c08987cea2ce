"""The short code of a control point: nine characters that people read out and type.

Eight characters of Crockford's base32 hold 40 random bits, so that nobody finds points by trying;
the ninth checks them. With v1 … v8 the characters' values and a a root of x⁵ + x² + 1 in GF(32),
it is v1·a + v2·a² + … + v8·a⁸. Any one wrong character, and any two that changed places, are found.
"""

from collections.abc import Iterable
from typing import Final

from vungxanh.protocol.lengths import within
from vungxanh.protocol.places import refusals

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
N_CHARACTERS: Final = 9
BITS: Final = 40
_GROUP: Final = 4
_LONGEST: Final = 40  # what somebody may type around nine characters
_VALUES: Final = {letter: value for value, letter in enumerate(ALPHABET)}
# Letters that look like digits; hyphens of every kind that keyboards put in, and spaces.
_TYPED: Final = str.maketrans(
    {"O": "0", "I": "1", "L": "1"} | dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2212 \u00a0\t")
)


def written(number: int) -> str:
    """The nine characters of a number of 40 bits. Raises `protocol.out_of_bounds`.

    >>> written(0), written(2**40 - 1)
    ('000000000', 'ZZZZZZZZ3')
    """
    within(number, (0, 2**BITS - 1), name="code")
    values = [number >> shift & 31 for shift in range(BITS - 5, -1, -5)]
    return "".join(ALPHABET[value] for value in (*values, _check(values)))


def read(typed: str) -> int:
    """The number of a code as somebody typed it. Raises `protocol.short_code`.

    Small letters, spaces and hyphens are allowed; O is read as 0, I and L as 1.

    >>> read(" zzzz-zzzz-3 ") == 2**40 - 1
    True
    """
    text = typed.upper().translate(_TYPED) if len(typed) <= _LONGEST else ""
    if len(text) != N_CHARACTERS or not _VALUES.keys() >= set(text):
        raise refusals.bad_short_code()
    *values, check = (_VALUES[letter] for letter in text)
    if _check(values) != check:
        raise refusals.bad_short_code()
    number = 0
    for value in values:
        number = number << 5 | value
    return number


def shown(code: str) -> str:
    """A code in groups, as posters show it.

    >>> shown("ZZZZZZZZ3")
    'ZZZZ-ZZZZ-3'
    """
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _check(values: Iterable[int]) -> int:
    """The sum by Horner's rule: from the last value to the first, times a after each."""
    found = 0
    for value in reversed(list(values)):
        found = (found ^ value) << 1
        found ^= 0b100101 if found & 32 else 0
    return found
