"""Tables of the room."""

from vungxanh.messaging.models.costs import DayCost, TemplateText
from vungxanh.messaging.models.incoming import CAME, SENDER, IncomingMail, IncomingSms
from vungxanh.messaging.models.message import (
    ADDRESS,
    KEPT,
    REPORTS_KEPT,
    WORDS_KEPT,
    EarlyReceipt,
    Message,
    OptOut,
)

__all__ = [
    "ADDRESS",
    "CAME",
    "KEPT",
    "REPORTS_KEPT",
    "SENDER",
    "WORDS_KEPT",
    "DayCost",
    "EarlyReceipt",
    "IncomingMail",
    "IncomingSms",
    "Message",
    "OptOut",
    "TemplateText",
]
