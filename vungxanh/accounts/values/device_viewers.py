"""Which device stands behind a viewer."""

from uuid import UUID

from vungxanh.accounts.rules.devices import DEVICE
from vungxanh.core.viewer import Viewer


def device_id_of(viewer: Viewer) -> UUID | None:
    """The enrolled device that a viewer is; None for anybody else.

    >>> device_id_of(Viewer("device:0196f0a0-0000-7000-8000-000000000000", ""))
    UUID('0196f0a0-0000-7000-8000-000000000000')
    >>> device_id_of(Viewer("staff:1", "")) is None
    True
    """
    if not viewer.id.startswith(DEVICE):
        return None
    return UUID(viewer.id.removeprefix(DEVICE))
