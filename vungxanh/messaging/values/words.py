"""Words for states, ways out, kinds and problems."""

from vungxanh.audit.values import EVENTS
from vungxanh.messaging.rules import Channel, Grade, Incoming, State
from vungxanh.refusals import Words

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
        vi="Người gửi đã gửi quá 20 tin trong một giờ.",
        en="The sender had sent more than 20 within an hour.",
    ),
    "unknown_words": Words(vi="Không hiểu tin nhắn.", en="The words are not understood."),
    "unknown_sender": Words(
        vi="Địa chỉ gửi chưa được đăng ký để nộp báo cáo.",
        en="The sender's address is not registered for reports.",
    ),
}
STATE_WORDS = {
    State.WAITING: Words(vi="Chờ gửi", en="Waiting"),
    State.SENDING: Words(vi="Đang gửi", en="Being sent"),
    State.SENT: Words(vi="Đã gửi", en="Sent"),
    State.DELIVERED: Words(vi="Đã đến máy người nhận", en="Delivered"),
    State.UNDELIVERED: Words(vi="Không đến được máy", en="Not delivered"),
    State.GIVEN_UP: Words(vi="Không gửi được", en="Given up"),
}
# Sorts of messages by their words; one that goes by the name of an event has the event's.
KIND_WORDS = EVENTS | {
    "accounts.invitation": Words(vi="Lời mời lập tài khoản", en="Invitation to make an account"),
    "accounts.locked_out": Words(vi="Nhập sai nhiều lần", en="Too many wrong tries"),
    "accounts.recovery": Words(vi="Mất bước hai", en="Lost second step"),
    "duties.reminder": Words(vi="Nhắc việc", en="Reminder"),
    "messaging.answer": Words(vi="Trả lời thư đến", en="Answer to a mail"),
    "messaging.budget": Words(vi="Hạn mức SMS trong ngày", en="SMS budget of the day"),
    "messaging.sms_answer": Words(vi="Trả lời tin nhắn đến", en="Answer to an SMS"),
    "people.door_code": Words(vi="Mã để ghi người đến điểm", en="Code for somebody at a door"),
    "people.code": Words(vi="Mã xác nhận số điện thoại", en="Code for a telephone number"),
    "accounts.rights_changed": Words(vi="Quyền đã đổi", en="Rights changed"),
}
# What kept a message from going, by the code that a gateway told.
PROBLEMS = {
    "refused": Words(vi="Máy chủ từ chối tin này.", en="The server refused it."),
    "unreachable": Words(
        vi="Không kết nối được máy chủ thư.", en="The mail server cannot be reached."
    ),
    "no_server": Words(
        vi="Chưa khai báo máy chủ thư (VUNGXANH_MAIL).", en="No mail server is set (VUNGXANH_MAIL)."
    ),
}
# The same of the other ways out, and what may become of their messages.
WAY_PROBLEMS = {
    "budget": Words(
        vi="Hết hạn mức SMS trong ngày; chờ đến sáng mai.",
        en="The day's SMS are used up; it waits for tomorrow.",
    ),
    "endpoint_refused": Words(
        vi="Địa chỉ nhận thông báo không dùng được.", en="The push address cannot be used."
    ),
    "expired": Words(
        vi="Máy người nhận tắt quá lâu.", en="The reader's phone was off for too long."
    ),
    "failed": Words(vi="Nhà mạng báo không đến được máy.", en="The operator could not deliver it."),
    "gone": Words(
        vi="Người nhận đã tắt thông báo.", en="The reader no longer takes notifications."
    ),
    "no_server": Words(
        vi="Chưa khai báo đường gửi cho kênh này.", en="No way out is set for this channel."
    ),
    "not_admitted": Words(
        vi="Đường gửi không nhận tài khoản của hệ thống; báo người quản trị máy chủ.",
        en="The gateway does not admit us; tell who keeps the server.",
    ),
    "refused": Words(vi="Đường gửi từ chối tin này.", en="The gateway refused it."),
    "throttled": Words(
        vi="Đường gửi đang quá tải; sẽ thử lại.", en="The gateway is busy; it will be tried again."
    ),
    "too_late": Words(
        vi="Đã quá giờ dùng được nên không gửi.", en="It was of no use any more and did not go."
    ),
    "too_long": Words(vi="Tin dài quá mức kênh nhận.", en="Too long for this channel."),
    "unencodable": Words(
        vi="Tin có ký tự mà SMS không chứa được.", en="It has letters that SMS cannot hold."
    ),
    "unreachable": Words(vi="Không kết nối được đường gửi.", en="The gateway cannot be reached."),
}
CHANNEL_WORDS = {
    Channel.MAIL: Words(vi="Thư điện tử", en="E-mail"),
    Channel.SMS: Words(vi="SMS", en="SMS"),
    Channel.PUSH: Words(vi="Thông báo trên ứng dụng", en="Push"),
    Channel.OA: Words(vi="Tài khoản chính thức (OA)", en="Official account (OA)"),
}
GRADE_WORDS = {
    Grade.ASKED: Words(
        vi="Người nhận vừa yêu cầu: gửi cả ban đêm, dừng khi hết hạn mức.",
        en="Asked for by the reader: goes at night too, stops when the budget is spent.",
    ),
    Grade.URGENT: Words(
        vi="Khẩn: gửi ngay, kể cả ban đêm và khi hết hạn mức.",
        en="Urgent: goes at once, at night and without budget too.",
    ),
    Grade.ESSENTIAL: Words(
        vi="Thiết yếu: chờ hết giờ nghỉ đêm, gửi cả khi hết hạn mức hay người nhận từ chối tin.",
        en="Essential: waits out the night; goes without budget and to who opted out.",
    ),
    Grade.ORDINARY: Words(
        vi="Thông thường: chờ hết giờ nghỉ đêm, trong hạn mức, không gửi người đã từ chối tin.",
        en="Ordinary: waits out the night, within the budget, not to who opted out.",
    ),
}
LANGUAGE_WORDS = {
    "vi": Words(vi="Tiếng Việt", en="Vietnamese"),
    "en": Words(vi="Tiếng Anh", en="English"),
}


def problem_words(channel: Channel, problem: str) -> Words | None:
    """What kept a message of this channel, in words; None for what has none."""
    words = PROBLEMS.get(problem) if channel is Channel.MAIL else None
    return words or WAY_PROBLEMS.get(problem)
