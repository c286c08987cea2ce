"""The ways out and in: e-mail, short messages, push; each real, as files and in memory."""

from vungxanh.messaging.gateways.mail import (
    FileGateway,
    Letter,
    MailGateway,
    MemoryGateway,
    NotSentError,
    SmtpGateway,
    mail_gateway,
)
from vungxanh.messaging.gateways.push import (
    FilePushGateway,
    MemoryPushGateway,
    PushGateway,
    PushMessage,
    WebPushGateway,
    push_gateway,
)
from vungxanh.messaging.gateways.push_key import public_key as push_public_key
from vungxanh.messaging.gateways.short_messages import (
    CameIn,
    Handed,
    Outcome,
    Receipt,
    ShortMessage,
    SmsGateway,
)
from vungxanh.messaging.gateways.smpp import SmppSmsGateway
from vungxanh.messaging.gateways.sms import (
    FileSmsGateway,
    MemorySmsGateway,
    oa_gateway,
    sms_gateway,
)
from vungxanh.messaging.gateways.sms_http import (
    SIGNATURE_HEADER,
    HttpSmsGateway,
    UnreadableError,
    came_in_of,
    is_signed,
    receipt_of,
)

__all__ = [
    "SIGNATURE_HEADER",
    "CameIn",
    "FileGateway",
    "FilePushGateway",
    "FileSmsGateway",
    "Handed",
    "HttpSmsGateway",
    "Letter",
    "MailGateway",
    "MemoryGateway",
    "MemoryPushGateway",
    "MemorySmsGateway",
    "NotSentError",
    "Outcome",
    "PushGateway",
    "PushMessage",
    "Receipt",
    "ShortMessage",
    "SmppSmsGateway",
    "SmsGateway",
    "SmtpGateway",
    "UnreadableError",
    "WebPushGateway",
    "came_in_of",
    "is_signed",
    "mail_gateway",
    "oa_gateway",
    "push_gateway",
    "push_public_key",
    "receipt_of",
    "sms_gateway",
]
