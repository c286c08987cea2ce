"""The duties room."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

from vungxanh.core.viewer import Viewer
from vungxanh.refusals import Words

if TYPE_CHECKING:
    from vungxanh.accounts.values.starting import StartLine
    from vungxanh.core.sealed import IndexKey


class DutiesConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.duties"
    label = "duties"

    def lasting_indexes(self) -> "tuple[IndexKey, ...]":
        """Secrets of calendar addresses, whose digests outlive the index key."""
        from vungxanh.duties.queries.feeds import FEEDS

        return (FEEDS,)

    def start_lines(self, viewer: Viewer, at: datetime) -> tuple["StartLine", ...]:
        """How much of the viewer's own work waits today, for the first page."""
        from vungxanh.duties.queries.starting import start_lines

        return start_lines(viewer, at=at)

    def detail_words(self) -> Mapping[str, Mapping[str, Words]]:
        """What the log says of states, steps of reminding and holders."""
        from vungxanh.duties.rules import HolderKind
        from vungxanh.duties.values import STATE_WORDS, STEP_WORDS

        holders = {
            str(HolderKind.UNIT): Words("đơn vị", "unit"),
            str(HolderKind.ORGANISATION): Words("tổ chức", "organisation"),
        }
        states = {str(state): words for state, words in STATE_WORDS.items()}
        return {
            "holder": holders,
            "state": states,
            "step": {str(step): words for step, words in STEP_WORDS.items()},
        }
