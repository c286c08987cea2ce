"""What bounds messages that ring: quiet hours, the day's SMS, their price."""

import os
from dataclasses import dataclass

from vungxanh.config.variables import VariableError, one_of, whole_number
from vungxanh.core.clock import TZ
from vungxanh.messaging.rules.hours import Quiet, read_quiet
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`part_dong` is the price of one SMS part; the others are numbers a day."""

    quiet: Quiet
    parts_a_day: int
    part_dong: int
    most_to_one: int
    keeps_accents: bool


def outgoing() -> Outgoing:
    """What the environment says; hours that are none are refused at the start."""
    return Outgoing(
        quiet=_quiet(),
        parts_a_day=whole_number("VUNGXANH_SMS_PARTS_A_DAY", 20_000),
        part_dong=whole_number("VUNGXANH_SMS_PART_DONG", 300),
        most_to_one=whole_number("VUNGXANH_SMS_MOST_TO_ONE", 10),
        keeps_accents=one_of("VUNGXANH_SMS_ACCENTS", ("SHORT", "ALWAYS"), "SHORT") == "ALWAYS",
    )


def _quiet() -> Quiet:
    try:
        return read_quiet(os.environ.get("VUNGXANH_QUIET_HOURS") or "21:00-07:00", TZ)
    except ValueError as wrong:
        wanted = Words("hai giờ như 21:00-07:00, hoặc none", "two times as 21:00-07:00, or none")
        raise VariableError("VUNGXANH_QUIET_HOURS", wanted) from wrong
