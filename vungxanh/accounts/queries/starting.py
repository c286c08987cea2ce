"""What the rooms tell somebody on the first page."""

from datetime import datetime

from django.apps import apps

from vungxanh.accounts.values.starting import StartLine
from vungxanh.core.viewer import Viewer


def start_lines(viewer: Viewer, at: datetime) -> tuple[StartLine, ...]:
    """What waits for the viewer in each room, in the order of the rooms.

    A room tells it by a method of its AppConfig, `start_lines(viewer, at)`, which hands over lines
    of what waits only; late ones stand first.
    """
    told = (getattr(config, "start_lines", None) for config in apps.get_app_configs())
    found = [line for tell in told if tell is not None for line in tell(viewer, at)]
    return tuple(sorted(found, key=lambda line: not line.is_late))
