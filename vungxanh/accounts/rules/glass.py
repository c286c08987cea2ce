"""Breaking the glass: how long, how often, and what counts as a reason."""

from datetime import timedelta

DURATIONS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
# More openings of one day than these wait until the supervisor has found one of them justified.
MOST_A_DAY = 5
LONGEST_REASON = 500
_FEWEST_WORDS = 4
_FEWEST_LETTERS = 15


def is_sentence(text: str) -> bool:
    """Whether a text says something: a few different words, not one key held down.

    >>> is_sentence("Ca bệnh ở An Nhơn đã đến chợ Quy Nhơn hôm qua")
    True
    >>> is_sentence("xem xem xem xem xem"), is_sentence("công việc"), is_sentence("a b c d e")
    (False, False, False)
    """
    words = ["".join(filter(str.isalpha, word)).casefold() for word in text.split()]
    different = {word for word in words if word}
    return len(different) >= _FEWEST_WORDS and sum(map(len, different)) >= _FEWEST_LETTERS


def is_offered(minutes: int) -> bool:
    """Whether the glass may be broken for so long."""
    return timedelta(minutes=minutes) in DURATIONS
