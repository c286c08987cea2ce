"""Writes of the room: bring a table in, let it count, publish it, take it back; targets."""

from vungxanh.uptake.actions.drafts import (
    Draft,
    Origin,
    discard_draft,
    save_draft,
)
from vungxanh.uptake.actions.findings import decide_finding
from vungxanh.uptake.actions.owning import must_own
from vungxanh.uptake.actions.recording import (
    change_version,
    publish_submission,
    record_submission,
    withdraw_submission,
)
from vungxanh.uptake.actions.refusals import UptakeError
from vungxanh.uptake.actions.targets import (
    end_campaign,
    end_target,
    reopen_campaign,
    reopen_target,
    set_campaign,
    set_target,
)

__all__ = [
    "Draft",
    "Origin",
    "UptakeError",
    "change_version",
    "decide_finding",
    "discard_draft",
    "end_campaign",
    "end_target",
    "must_own",
    "publish_submission",
    "record_submission",
    "reopen_campaign",
    "reopen_target",
    "save_draft",
    "set_campaign",
    "set_target",
    "withdraw_submission",
]
