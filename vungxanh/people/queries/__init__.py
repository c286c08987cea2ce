"""What the register answers."""

from vungxanh.people.queries.counts import live_counts, total

__all__ = ["live_counts", "total"]
