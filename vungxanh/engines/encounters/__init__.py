"""Which published keys a phone was near to, when and for how long."""

from vungxanh.engines.encounters.core import heard_of, of_bluezone, of_gaen
from vungxanh.engines.encounters.logs import log_of
from vungxanh.engines.encounters.scans import previous_scans
from vungxanh.engines.encounters.types import (
    UNKNOWN,
    Encounters,
    EncountersError,
    Exposure,
    Heard,
    LeftOut,
    Log,
)

__all__ = [
    "UNKNOWN",
    "Encounters",
    "EncountersError",
    "Exposure",
    "Heard",
    "LeftOut",
    "Log",
    "heard_of",
    "log_of",
    "of_bluezone",
    "of_gaen",
    "previous_scans",
]
