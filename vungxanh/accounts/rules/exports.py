"""Exports of persons: what a second officer must see, and what number stands on the paper."""

from datetime import timedelta

# So many rows an officer takes alone within this time; for more a second officer must approve.
MOST_ALONE = 200
ALONE_WITHIN = timedelta(hours=24)
# More rows than one officer works through in a day are no list of persons but a register.
MOST_ROWS = 5000
OPENS_FOR = timedelta(hours=24)
# An approval that nobody used by then is void.
APPROVAL_HOLDS = timedelta(hours=24)


def needs_second(n_rows: int, *, n_alone: int) -> bool:
    """Whether a second officer must approve so many rows, after those lately taken alone.

    >>> needs_second(200, n_alone=0), needs_second(200, n_alone=1)
    (False, True)
    """
    return n_rows + n_alone > MOST_ALONE


def number_words(number: int) -> str:
    """The number of an export as it stands on every page.

    >>> number_words(12)
    'XDS-000012'
    """
    return f"XDS-{number:06d}"
