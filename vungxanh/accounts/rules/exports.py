"""Exports of persons: what a second officer must see, and what number stands on the paper."""

from datetime import timedelta

# Over so many rows a second officer must approve.
MOST_ALONE = 200
# More rows than one officer works through in a day are no list of persons but a register.
MOST_ROWS = 5000
OPENS_FOR = timedelta(hours=24)
# An approval that nobody used by then is void.
APPROVAL_HOLDS = timedelta(hours=24)


def needs_second(n_rows: int) -> bool:
    """Whether a second officer must approve an export of so many rows."""
    return n_rows > MOST_ALONE


def number_words(number: int) -> str:
    """The number of an export as it stands on every page.

    >>> number_words(12)
    'XDS-000012'
    """
    return f"XDS-{number:06d}"
