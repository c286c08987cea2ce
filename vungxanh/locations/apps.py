"""The locations room."""

from collections.abc import Mapping

from django.apps import AppConfig

from vungxanh.refusals import Words


class LocationsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.locations"
    label = "locations"

    def detail_words(self) -> Mapping[str, Mapping[str, Words]]:
        """Kinds of organisations and ways to a level, as the log names them."""
        from vungxanh.locations.values import kinds
        from vungxanh.locations.values.area_levels import WAY_WORDS

        return {
            "kind": {kind.code: kind.words for kind in kinds.KINDS.values()},
            "way": WAY_WORDS,
        }
