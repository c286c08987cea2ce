"""Links by which somebody declares once, and why one no longer opens."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from vungxanh.refusals import RefusalError, Words

HOLDS: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, repr=False)
class OpenLink:
    """A link that still opens: for whom, shown by initials alone, and which form.

    `known` are identity questions that the register can answer.
    """

    id: UUID
    person_id: int
    initials: str
    form: str
    known: frozenset[str]


def initials_of(name: str) -> str:
    """The first letters alone.

    >>> initials_of("Người Mẫu Một")
    'N. M. M.'
    """
    return " ".join(f"{word[0].upper()}." for word in name.split())


class LinkUnknownError(RefusalError):
    """A link that was never sent."""

    status = 404

    def __init__(self) -> None:
        words = Words(
            vi="Liên kết này không đúng. Mở lại từ tin nhắn, hoặc khai tại mục Khai báo.",
            en="This link is not right. Open it from the message again, or declare under Declare.",
        )
        super().__init__("declarations.link_unknown", words)


class LinkUsedError(RefusalError):
    """A link by which somebody declared already."""

    status = 410

    def __init__(self) -> None:
        words = Words(
            vi="Liên kết này đã dùng để khai rồi. Cần khai lại, hỏi trạm y tế một liên kết mới.",
            en="This link was used already. To declare again ask the health station for a new one.",
        )
        super().__init__("declarations.link_spent", words)


class LinkOverError(RefusalError):
    """A link that is older than its days."""

    status = 410

    def __init__(self) -> None:
        words = Words(
            vi="Liên kết này đã quá hạn. Hỏi trạm y tế liên kết mới, hoặc khai tại mục Khai báo.",
            en="This link is over. Ask the health station for a new one, or declare under Declare.",
        )
        super().__init__("declarations.link_over", words)


class NoNumberError(RefusalError):
    """Somebody whose number is not known."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Người này chưa có số điện thoại. Khai hộ khi gặp, hoặc đưa tờ khai giấy.",
            en="There is no number to write to. Declare for them, or give them paper.",
        )
        super().__init__("declarations.no_number", words)


class AgreeFirstError(RefusalError):
    """Nothing is kept before somebody agreed."""

    def __init__(self) -> None:
        words = Words(
            vi="Chưa gửi: đánh dấu ô đồng ý trước. Không đồng ý thì không ai bị ghi gì.",
            en="Not sent: tick that you agree first. Without it nothing is kept of anybody.",
        )
        super().__init__("declarations.agree_first", words, field="agree")
