"""Writes of the room: messages on their way out, mails and SMS that came in."""

from vungxanh.messaging.actions.incoming import forget_incoming, receive
from vungxanh.messaging.actions.incoming_sms import forget_sms, take_in
from vungxanh.messaging.actions.opting import opt_in, opt_out
from vungxanh.messaging.actions.outbox import erase_texts, forget, post, retry
from vungxanh.messaging.actions.receipts import forget_reports, take_receipts
from vungxanh.messaging.actions.refusals import (
    BadAddressError,
    BadNumberError,
    BudgetSpentError,
    MessageRefusedError,
    OptedOutError,
    TooLongError,
    TooManyTodayError,
    UnknownTemplateError,
    ValueMissingError,
)
from vungxanh.messaging.actions.sending import deliver, send_one
from vungxanh.messaging.actions.templates import StaleTemplateError, write_version
from vungxanh.messaging.actions.ways import Ways

__all__ = [
    "BadAddressError",
    "BadNumberError",
    "BudgetSpentError",
    "MessageRefusedError",
    "OptedOutError",
    "StaleTemplateError",
    "TooLongError",
    "TooManyTodayError",
    "UnknownTemplateError",
    "ValueMissingError",
    "Ways",
    "deliver",
    "erase_texts",
    "forget",
    "forget_incoming",
    "forget_reports",
    "forget_sms",
    "opt_in",
    "opt_out",
    "post",
    "receive",
    "retry",
    "send_one",
    "take_in",
    "take_receipts",
    "write_version",
]
