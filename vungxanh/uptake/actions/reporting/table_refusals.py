"""What is refused of day tables beyond what stands in `refusals`."""

from datetime import time

from vungxanh.refusals import Words
from vungxanh.uptake.actions.refusals import UptakeError


def too_early(hour: time) -> UptakeError:
    """A table before its hour, while reports are still to come."""
    told = f"{hour:%H:%M}"
    words = Words(
        f"Chưa tới {told} và còn đầu mối chưa báo cáo. Đợi đến {told}: hệ thống tự lập bảng.",
        f"It is not {told} yet and some reports are still to come. Wait until {told}: the table "
        "is made by itself.",
    )
    return UptakeError("uptake.table_too_early", words)


def below_taken_back(names: str) -> UptakeError:
    """A table of which one below is approved no longer."""
    words = Words(
        f"Bảng của {names} dùng trong bảng này đã bị bỏ duyệt. Lập bản đính chính rồi duyệt "
        "bản đó.",
        f"The table of {names}, of which this one is made, is approved no longer. Make a "
        "correction and approve that.",
    )
    return UptakeError("uptake.table_below_taken_back", words)
