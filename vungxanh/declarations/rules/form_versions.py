"""Which versions of a form are taken, and until when."""

from datetime import datetime, timedelta
from typing import Final

from vungxanh.declarations.values.states import FormState

STILL_TAKEN: Final = timedelta(days=14)
"""How long after a version was retired phones may bring what was answered before it was."""


def is_taken(
    state: FormState, retired_at: datetime | None, *, made_at: datetime, at: datetime
) -> bool:
    """Whether a declaration made then on a version may be taken now.

    A retired version is taken from phones that had no network: made before it was retired, brought
    within two weeks of it. A draft is never taken.
    """
    if state is FormState.PUBLISHED:
        return True
    if state is FormState.DRAFT or retired_at is None:
        return False
    return made_at < retired_at and at < retired_at + STILL_TAKEN
