"""The room of control points."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from vungxanh.core.sealed_places import Place


class CheckinsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.checkins"
    label = "checkins"
    # Posters hang for years: so long a former key goes on to prove them.
    codes_live = timedelta(days=5 * 365)

    def index_places(self) -> "tuple[Place, ...]":
        """The digests of contacts' numbers, for a change of the index key."""
        from vungxanh.checkins.actions.indexes import index_places

        return index_places()
