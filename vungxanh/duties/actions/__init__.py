"""Writes of the room: what is owed, what came, what is let be, who is reminded."""

from vungxanh.duties.actions.answering import answer_proposal
from vungxanh.duties.actions.feeds import make_feed, remove_feed
from vungxanh.duties.actions.meeting import meet, take_back
from vungxanh.duties.actions.owing import end_duty, owe
from vungxanh.duties.actions.planning import plan
from vungxanh.duties.actions.refusals import DutyError
from vungxanh.duties.actions.reminding import remind
from vungxanh.duties.actions.settling import reopen, settle

__all__ = [
    "DutyError",
    "answer_proposal",
    "end_duty",
    "make_feed",
    "meet",
    "owe",
    "plan",
    "remind",
    "remove_feed",
    "reopen",
    "settle",
    "take_back",
]
