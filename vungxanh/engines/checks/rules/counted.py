"""The counts of a line, as far as they can be counts and bases."""

from vungxanh.engines.checks.types import Row


def known_count(row: Row, element: str | None) -> int | None:
    """A line's count, if it is written and can be one."""
    count = row.counts.get(element or "")
    return count if count is not None and count >= 0 else None


def base_count(row: Row, element: str | None) -> int | None:
    """A line's count, if it can be divided by."""
    return known_count(row, element) or None
