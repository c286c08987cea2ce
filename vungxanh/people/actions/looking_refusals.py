"""What this room refuses to officers who look persons up."""

from datetime import datetime

from vungxanh.core.clock import TZ
from vungxanh.people.actions.refusals import PeopleRefusalError
from vungxanh.refusals import Words


class TooManyLookUpsError(PeopleRefusalError):
    """An officer or a device looked up as many persons as an hour lets through."""

    status = 429

    def __init__(self, n: int, next_at: datetime, at: datetime) -> None:
        self.retry_after_seconds = max(1, round((next_at - at).total_seconds()))
        clock = f"{next_at.astimezone(TZ):%H:%M:%S}"
        words = Words(
            vi=f"Bạn đã tra cứu hết {n} lượt của một giờ. Lượt tiếp theo từ {clock}. Nếu việc cần "
            "gấp, nhờ một đồng nghiệp cùng địa bàn.",
            en=f"You have used the {n} look-ups of an hour. The next is possible from {clock}. If "
            "it is urgent, ask a colleague of the same area.",
        )
        super().__init__("people.too_many_look_ups", words)


class NameTellsLittleError(PeopleRefusalError):
    """A name of which nothing finds anybody: initials, or nothing at all."""

    def __init__(self) -> None:
        words = Words(
            vi="Họ tên này chưa đủ để tìm. Nhập ít nhất một chữ viết đầy đủ của tên.",
            en="This name says too little. Enter at least one full syllable of the name.",
        )
        super().__init__("people.name_tells_little", words, field="text")
