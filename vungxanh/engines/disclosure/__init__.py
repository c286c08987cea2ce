"""Which counts of a public table are withheld, so that nobody can work out the small ones."""

from vungxanh.engines.disclosure.core import protect
from vungxanh.engines.disclosure.types import (
    WHOLE,
    Cell,
    DisclosureError,
    Protected,
    Table,
)

__all__ = ["WHOLE", "Cell", "DisclosureError", "Protected", "Table", "protect"]
