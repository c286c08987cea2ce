"""The room's background jobs."""

from uuid import UUID

from procrastinate.contrib.django import app

from vungxanh.core.clock import now
from vungxanh.core.subjects import Subject
from vungxanh.people import actions
from vungxanh.people.values import person_ref


@app.task(name="people.finish_erasure")
def finish_erasure(proof_id: str, person_id: int) -> None:
    """Read everything again after an erasure, where that was not done at once."""
    subject = Subject(ref=person_ref(person_id), id=person_id)
    actions.finish_erasure(proof_id=UUID(proof_id), subject=subject, at=now())
