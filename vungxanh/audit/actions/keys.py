"""A new key for rows or seals; former ones stay, so that what they made can still be checked."""

from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions.recording import record
from vungxanh.core.keys import Use, add_key
from vungxanh.core.viewer import Viewer


def change_row_key(*, by: Viewer, at: datetime) -> str:
    """Tag rows under a new key from now on, this one first; its id. Records audit.key_changed.

    Processes that run go on with the key they hold until they are started again; the sealer takes
    both.
    """
    return _change(Use.AUDIT, by, at)


def change_seal_key(*, by: Viewer, at: datetime) -> str:
    """Chain and sign under a new key from the next seal and day on; its id.

    Records audit.key_changed. The public key under which days are signed changes with it.
    """
    return _change(Use.SEAL, by, at)


def _change(use: Use, by: Viewer, at: datetime) -> str:
    # A record that fails leaves a new key that nobody was told of: harmless, and the next is told.
    with transaction.atomic():
        new_id = add_key(use).hex()
        subject, detail = f"key:{new_id}", {"use": use.value}
        record(event="audit.key_changed", by=by, at=at, subject=subject, detail=detail)
    return new_id
