"""The ways out for e-mail: one interface, three forms."""

from vungxanh.messaging.gateways.mail import (
    FileGateway,
    Letter,
    MailGateway,
    MemoryGateway,
    NotSentError,
    SmtpGateway,
    mail_gateway,
)

__all__ = [
    "FileGateway",
    "Letter",
    "MailGateway",
    "MemoryGateway",
    "NotSentError",
    "SmtpGateway",
    "mail_gateway",
]
