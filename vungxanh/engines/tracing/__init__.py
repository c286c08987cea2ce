"""Who met whom: contacts of cases over visits to places, forward and backward."""

from vungxanh.engines.tracing.columns import checked_visits, checked_windows
from vungxanh.engines.tracing.types import (
    COLUMNS,
    MISSING,
    Contacts,
    Parameters,
    TracingError,
    Visits,
    Windows,
)

__all__ = [
    "COLUMNS",
    "MISSING",
    "Contacts",
    "Parameters",
    "TracingError",
    "Visits",
    "Windows",
    "checked_visits",
    "checked_windows",
]
