"""What acts on targets and campaigns refuse."""

from vungxanh.refusals import Words
from vungxanh.uptake.actions.refusals import UptakeError


def set_meanwhile() -> UptakeError:
    """Somebody set another target since the form was shown."""
    return UptakeError(
        "uptake.target_meanwhile",
        Words(
            "Trong lúc bạn nhập, có người vừa đặt chỉ tiêu khác cho đơn vị này. "
            "Xem chỉ tiêu đó rồi đặt lại nếu vẫn cần.",
            "While you were typing, somebody set another target for this unit. "
            "Look at it, and set yours again if it is still needed.",
        ),
    )


def another_stands() -> UptakeError:
    """An ended target cannot come back beside the one that followed it."""
    return UptakeError(
        "uptake.target_stands",
        Words(
            "Đơn vị đã có chỉ tiêu khác đang hiệu lực. Kết thúc chỉ tiêu đó trước.",
            "Another target of the unit stands. End that one first.",
        ),
    )


def campaign_without_name() -> UptakeError:
    """A campaign is known by its name."""
    return UptakeError(
        "uptake.campaign_without_name",
        Words("Đặt tên cho chiến dịch.", "Give the campaign a name."),
        field="name",
    )


def campaign_without_units() -> UptakeError:
    """Nobody was given the target."""
    return UptakeError(
        "uptake.campaign_without_units",
        Words("Chọn ít nhất một đơn vị.", "Choose at least one unit."),
        field="units",
    )


def campaign_ends_before() -> UptakeError:
    """The due day lies before the first day."""
    return UptakeError(
        "uptake.campaign_dates",
        Words(
            "Chiến dịch hết hạn trước ngày bắt đầu. Xem lại hai ngày.",
            "The campaign is due before it starts. Check both days.",
        ),
        field="starts_on",
    )


def outside_campaign() -> UptakeError:
    """A unit that is not the area of the campaign nor below it."""
    return UptakeError(
        "uptake.outside_campaign",
        Words(
            "Có đơn vị không thuộc địa bàn của chiến dịch. Chọn lại đơn vị.",
            "A unit does not lie in the area of the campaign. Choose the units again.",
        ),
        field="units",
    )
