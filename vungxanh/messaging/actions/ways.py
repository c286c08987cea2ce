"""Handing a message to the way out that its channel names."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from vungxanh.messaging.gateways import (
    Handed,
    Letter,
    MailGateway,
    PushGateway,
    PushMessage,
    ShortMessage,
    SmsGateway,
    mail_gateway,
    oa_gateway,
    push_gateway,
    sms_gateway,
)
from vungxanh.messaging.models import Message
from vungxanh.messaging.rules import Channel
from vungxanh.messaging.rules.segments import fits_gsm

A_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways out; those that nobody names are the installation's."""

    mail: MailGateway = field(default_factory=mail_gateway)
    sms: SmsGateway = field(default_factory=sms_gateway)
    push: PushGateway = field(default_factory=push_gateway)
    oa: SmsGateway = field(default_factory=oa_gateway)

    def hand_over(self, message: Message, at: datetime) -> Handed:
        """Send one message under its id, the same in every try; raises NotSentError."""
        by_channel: dict[Channel, Callable[[Message, datetime], Handed]] = {
            Channel.MAIL: self._mail,
            Channel.SMS: self._sms,
            Channel.PUSH: self._push,
            Channel.OA: self._oa,
        }
        return by_channel[Channel(message.channel)](message, at)

    def _mail(self, message: Message, _at: datetime) -> Handed:
        letter = Letter(str(message.id), message.to, message.subject or "", message.text or "")
        self.mail.send(letter)
        return Handed("", 1)

    def _sms(self, message: Message, _at: datetime) -> Handed:
        return self.sms.send(_short(message))

    def _oa(self, message: Message, _at: datetime) -> Handed:
        return self.oa.send(
            replace(_short(message), template=message.template, parameters=values_of(message))
        )

    def _push(self, message: Message, at: datetime) -> Handed:
        left = message.until_at - at if message.until_at else None
        self.push.send(
            PushMessage(
                reference=str(message.id),
                subscription=message.to,
                text=message.text or "",
                topic="",  # each is read: none replaces another
                ttl_seconds=int(left.total_seconds()) if left else A_DAY_SECONDS,
            )
        )
        return Handed("", 1)


def values_of(message: Message) -> dict[str, str]:
    """The values that a message's template was filled with."""
    said = json.loads(message.values or "{}")
    return {str(name): str(value) for name, value in said.items()}


def _short(message: Message) -> ShortMessage:
    text = message.text or ""
    return ShortMessage(
        reference=str(message.id),
        to=message.to,
        text=text,
        is_unicode=not fits_gsm(text),
        language=message.language,
    )
