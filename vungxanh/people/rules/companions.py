"""How the holder of a phone names those who are with them."""

from typing import Final

MOST_COMPANIONS: Final = 20
"""How many people without a phone may be told along with one who has one."""


def read_place(value: str) -> int | None:
    """The place of a companion in the count, from "+1" on; None where it is none.

    >>> read_place("+1"), read_place("+20"), read_place("+21"), read_place("+01"), read_place("7")
    (1, 20, None, None, None)
    """
    digits = value[1:]
    is_one = value.startswith("+") and digits.isascii() and digits.isdigit() and digits[0] != "0"
    is_short = is_one and len(digits) <= len(str(MOST_COMPANIONS))
    return int(digits) if is_short and int(digits) <= MOST_COMPANIONS else None


def read_number(value: str) -> int | None:
    """The number of a person of the register, as it is told to their family; None for another text.

    >>> read_number("17"), read_number("017"), read_number("x"), read_number("9" * 19)
    (17, None, None, None)
    """
    is_one = value.isascii() and value.isdigit() and value[0] != "0" and len(value) < 19
    return int(value) if is_one else None
