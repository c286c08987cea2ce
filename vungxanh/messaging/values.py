"""Messages as other rooms hand them over and as the page shows them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vungxanh.audit.values import EVENTS
from vungxanh.messaging.rules import Incoming, State
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


@dataclass(frozen=True, slots=True)
class Taken:
    """What a room made of a mail: the reference, and what its sender is told, if anything."""

    reference: str
    answer: Words | None = None


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail that came in; neither sender nor subject."""

    id: UUID
    came_at: datetime
    n_bytes: int
    n_attachments: int
    state: Incoming
    words: Words
    problem: Words
    taken_as: str


INCOMING_WORDS = {
    Incoming.WAITING: Words(vi="Chờ xử lý", en="Waiting"),
    Incoming.TAKEN: Words(vi="Đã nhận", en="Taken"),
    Incoming.REFUSED: Words(vi="Từ chối, đã báo người gửi", en="Refused, the sender was told"),
    Incoming.SET_ASIDE: Words(vi="Để riêng", en="Set aside"),
}
# Why a mail was set aside or refused; a code without words of its own is shown as it is.
ASIDE = {
    "automatic": Words(vi="Thư máy tự trả lời.", en="Written by a machine."),
    "mail.no_sender": Words(vi="Không ghi người gửi.", en="Names no sender."),
    "mail.too_large": Words(vi="Lớn hơn 26 MB.", en="Larger than 26 MB."),
    "mail.unreadable": Words(vi="Thư bị hỏng.", en="Damaged."),
    "too_many": Words(
        vi="Người gửi đã gửi quá 20 thư trong một giờ.",
        en="The sender had sent more than 20 mails within an hour.",
    ),
    "unknown_sender": Words(
        vi="Địa chỉ gửi chưa được đăng ký để nộp báo cáo.",
        en="The sender's address is not registered for reports.",
    ),
}
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
    "duties.reminder": Words(vi="Nhắc việc", en="Reminder"),
    "messaging.answer": Words(vi="Trả lời thư đến", en="Answer to a mail"),
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
