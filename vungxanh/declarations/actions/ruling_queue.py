"""Asking the worker to try rules, and to judge anew where rules began or ended."""

from typing import Final

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

TRY: Final = "declarations.try_rules"
REJUDGE: Final = "declarations.rejudge"


def ask_to_try(rules_id: int) -> None:
    """Have a job try one version, unless one waits already."""
    try:
        app.configure_task(TRY, queueing_lock=f"{TRY}:{rules_id}").defer(rules_id=rules_id)
    except AlreadyEnqueued:
        return


def ask_to_rejudge() -> None:
    """Have a job judge anew what new rules change, unless one waits already."""
    try:
        app.configure_task(REJUDGE, queueing_lock=REJUDGE).defer(timestamp=0)
    except AlreadyEnqueued:
        return
