"""The chain of seals: each covers the seal before it, its number, its rows and their tags."""

import hashlib
from collections.abc import Iterable

GENESIS = bytes(32)


def seal_digest(previous: bytes, head: str, tags: bytes) -> bytes:
    """SHA-256 of the previous digest, one line that says which rows, and the rows' tags in order.

    `head` is number, last position, number of rows, instant and ranges, parted by tabs.
    """
    return hashlib.sha256(previous + head.encode() + b"\n" + tags).digest()


def ranges_of(sequences: Iterable[int]) -> str:
    """Rising whole numbers as ranges; what is missing between them stays visible.

    >>> ranges_of([3, 4, 5, 9])
    '3-5,9-9'
    """
    found: list[list[int]] = []
    for one in sequences:
        if found and one == found[-1][1] + 1:
            found[-1][1] = one
        else:
            found.append([one, one])
    return ",".join(f"{first}-{last}" for first, last in found)


def in_ranges(text: str) -> list[tuple[int, int]]:
    """First and last of each range, both included.

    >>> in_ranges("3-5,9-9"), in_ranges("")
    ([(3, 5), (9, 9)], [])
    """
    pairs = (part.partition("-") for part in text.split(",") if part)
    return [(int(first), int(last)) for first, _, last in pairs]
