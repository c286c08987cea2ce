"""How long somebody waits after wrong passwords."""

from datetime import timedelta

# After the free attempts each further failure doubles the wait, up to a quarter of an hour; an hour
# without failures forgets them. An address may belong to a whole office, so it is given more.
FREE_FAILURES_OF_ACCOUNT = 5
FREE_FAILURES_OF_ADDRESS = 30
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def wait_after(n_failures: int, n_free: int) -> timedelta:
    """How long to wait after so many failures in a row.

    >>> [wait_after(n, 5).seconds // 60 for n in (4, 5, 6, 7, 8, 9, 60)]
    [0, 1, 2, 4, 8, 15, 15]
    """
    if n_failures < n_free:
        return timedelta(0)
    doublings = min(n_failures - n_free, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
