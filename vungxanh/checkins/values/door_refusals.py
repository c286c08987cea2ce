"""What is refused at a point's door: lists, reports of posters, inspections; and in which words."""

from vungxanh.checkins.values.refusals import PointError
from vungxanh.refusals import Words


class NoListYetError(PointError):
    """No list of revoked codes was made yet: the installation is minutes old."""

    status = 404

    def __init__(self) -> None:
        words = Words(
            "Danh sách mã thu hồi chưa được lập. Thử lại sau vài phút; nếu vẫn chưa có, báo người "
            "quản trị máy chủ.",
            "The list of revoked codes was not made yet. Try again in a few minutes; if there is "
            "still none, tell whoever keeps the server.",
        )
        super().__init__("checkins.no_list_yet", words)
