"""What is said of a list of codes that no longer hold, and what one is made from."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ListFacts:
    """One list: its number, when it was built, of how many codes it speaks."""

    number: int
    built_at: datetime
    n_valid: int
    n_revoked: int
    upto: int
    digest: str
    age: timedelta
    is_stale: bool


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Numbers of issues, int64 (n) each: all, and those of them that no longer hold."""

    issued: NDArray[np.int64]
    gone: NDArray[np.int64]
