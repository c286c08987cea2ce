"""Messages as other rooms hand them over and as the page shows them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vungxanh.audit.values import EVENTS
from vungxanh.messaging.rules import State
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What is to be told: `kind` names the sort ("accounts.invitation"), `about` what it is about.

    `key` makes it the only one: a second message with the same key is not written.
    """

    kind: str
    to: str
    subject: str
    text: str
    about: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One row of the outbox; neither address nor text."""

    id: UUID
    kind: str
    about: str
    state: State
    words: Words
    created_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    n_tries: int
    problem: str


STATE_WORDS = {
    State.WAITING: Words(vi="Chờ gửi", en="Waiting"),
    State.SENDING: Words(vi="Đang gửi", en="Being sent"),
    State.SENT: Words(vi="Đã gửi", en="Sent"),
    State.GIVEN_UP: Words(vi="Không gửi được", en="Given up"),
}
# Sorts of messages by their words; one that goes by the name of an event has the event's.
KIND_WORDS = EVENTS | {
    "accounts.invitation": Words(vi="Lời mời lập tài khoản", en="Invitation to make an account"),
    "accounts.locked_out": Words(vi="Nhập sai nhiều lần", en="Too many wrong tries"),
    "accounts.recovery": Words(vi="Mất bước hai", en="Lost second step"),
    "accounts.rights_changed": Words(vi="Quyền đã đổi", en="Rights changed"),
}
# What kept a message from going, by the code that a gateway told.
PROBLEMS = {
    "refused": Words(vi="Máy chủ thư từ chối tin này.", en="The mail server refused it."),
    "unreachable": Words(
        vi="Không kết nối được máy chủ thư.", en="The mail server cannot be reached."
    ),
    "no_server": Words(
        vi="Chưa khai báo máy chủ thư (VUNGXANH_MAIL).", en="No mail server is set (VUNGXANH_MAIL)."
    ),
}
