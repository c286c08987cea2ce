"""The room's background job: pictures of letters are read here, they take many seconds."""

from uuid import UUID

from procrastinate.contrib.django import app

from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.directives import imports


@app.task(name="directives.read")
def read_letter(letter_id: str) -> None:
    """Read one picture; the argument is an identifier only."""
    imports.read_picture(letter_id=UUID(letter_id), by=SYSTEM, at=clock.now())
