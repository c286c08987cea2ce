"""The room's background jobs."""

from uuid import UUID

from procrastinate.contrib.django import app

from vungxanh.core.clock import now
from vungxanh.people import actions


@app.task(name="people.finish_erasure")
def finish_erasure(proof_id: str) -> None:
    """Finish an erasure, where that was not done at once: the process died, or a store was away."""
    actions.finish_erasure(proof_id=UUID(proof_id), at=now())
