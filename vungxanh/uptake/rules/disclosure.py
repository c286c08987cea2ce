"""What of a small number may be told."""

from typing import Final

LEAST_TOLD: Final = 5
"""Under five, one who knows the place might know the people: the public is told "under 5"."""


def told(n: int, *, exactly: bool) -> int | None:
    """The number, or None where it is too small to be told to anyone.

    >>> told(4, exactly=False), told(5, exactly=False), told(0, exactly=True)
    (None, 5, 0)
    """
    return n if exactly or n >= LEAST_TOLD else None
