"""What is counted about the intake of visits."""

from collections import Counter as Tally
from collections.abc import Callable
from typing import Final

from prometheus_client import Counter, Gauge, Histogram

from vungxanh.checkins.values.scan_body import ScansTold
from vungxanh.core.metrics import REGISTRY

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
_VISITS: Final = Counter(
    "vungxanh_visits_total",
    "Visits that phones sent: stored, duplicate, or the code of their refusal",
    ("outcome",),
    registry=REGISTRY,
)
_STORED, _DUPLICATE = _VISITS.labels("stored"), _VISITS.labels("duplicate")
_BODIES: Final = Counter(
    "vungxanh_visits_bodies_refused_total",
    "Bodies of visits that were refused whole, by code",
    ("code",),
    registry=REGISTRY,
)
_COMMITS: Final = Histogram(
    "vungxanh_visits_commit_seconds",
    "Time of a batch of visits in the database, to its COMMIT",
    buckets=SECONDS,
    registry=REGISTRY,
)
_WAITING: Final = Gauge(
    "vungxanh_visits_waiting", "Visits that wait to be written", registry=REGISTRY
)


def note_told(told: ScansTold) -> None:
    """Count what became of the visits of a body."""
    _STORED.inc(told.stored)
    if told.duplicate:
        _DUPLICATE.inc(told.duplicate)
    if told.refused:
        for code, n in Tally(str(one.code) for one in told.refused).items():
            _VISITS.labels(code).inc(n)


def note_refused(code: str) -> None:
    """Count a body that was refused whole."""
    _BODIES.labels(code).inc()


def note_commit(seconds: float) -> None:
    """Count a batch that is in the table."""
    _COMMITS.observe(seconds)


def watch_waiting(n_rows: Callable[[], int]) -> None:
    """Where the number of waiting rows is read."""
    _WAITING.set_function(n_rows)
