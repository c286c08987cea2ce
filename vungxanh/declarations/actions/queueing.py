"""Asking the worker to apply what was declared: one job that waits is enough."""

from typing import Final

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

APPLY: Final = "declarations.apply_waiting"


def ask_to_apply() -> None:
    """Have a job apply what waits, unless one waits already."""
    try:
        app.configure_task(APPLY, queueing_lock=APPLY).defer(timestamp=0)
    except AlreadyEnqueued:
        return
