"""The core room."""

from collections.abc import Mapping
from datetime import datetime

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.core"
    label = "core"

    def purge(self, at: datetime) -> int:
        """Take away bytes in the file store that no row names, and limits that are full again."""
        from vungxanh.core import limits
        from vungxanh.core.files import sweep

        return sweep(at) + limits.forget(at)

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """Bytes that no row names, and limits that are full again."""
        from vungxanh.core import limits
        from vungxanh.core.files import n_adrift

        return {"files": n_adrift(at), "core_limitbucket": limits.n_full(at)}
