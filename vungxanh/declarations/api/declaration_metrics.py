"""What is counted about the intake of declarations."""

from collections import Counter as Tally
from collections.abc import Callable
from typing import Final

from prometheus_client import Counter, Gauge, Histogram

from vungxanh.core.metrics import REGISTRY
from vungxanh.declarations.values.declaration_body import DeclarationsTold

SECONDS: Final = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
_DECLARATIONS: Final = Counter(
    "vungxanh_declarations_total",
    "Declarations that devices sent: stored, duplicate, or the code of their refusal",
    ("outcome",),
    registry=REGISTRY,
)
_BODIES: Final = Counter(
    "vungxanh_declarations_bodies_refused_total",
    "Bodies of declarations that were refused whole, by code",
    ("code",),
    registry=REGISTRY,
)
_COMMITS: Final = Histogram(
    "vungxanh_declarations_commit_seconds",
    "Time in which a batch of declarations is judged and written, to its COMMIT",
    buckets=SECONDS,
    registry=REGISTRY,
)
_WAITING: Final = Gauge(
    "vungxanh_declarations_waiting", "Declarations that wait to be written", registry=REGISTRY
)


def note_told(told: DeclarationsTold) -> None:
    """Count what became of the declarations of a body."""
    _DECLARATIONS.labels("stored").inc(told.stored)
    _DECLARATIONS.labels("duplicate").inc(told.duplicate)
    for code, n in Tally(one.code for one in told.refused).items():
        _DECLARATIONS.labels(code).inc(n)


def note_refused(code: str) -> None:
    """Count a body that was refused whole."""
    _BODIES.labels(code).inc()


def note_commit(seconds: float) -> None:
    """Count a batch that is in the table."""
    _COMMITS.observe(seconds)


def watch_waiting(n_rows: Callable[[], int]) -> None:
    """Where the number of waiting rows is read."""
    _WAITING.set_function(n_rows)
