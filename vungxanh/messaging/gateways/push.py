"""Push messages to browsers: Web Push (RFC 8030), encrypted for the browser (RFC 8291)."""

import base64
import hashlib
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Annotated, Final, Protocol

import http_ece
import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.conf import settings

from vungxanh.core import clock
from vungxanh.core.durable import write_whole
from vungxanh.messaging.gateways.mail import NotSentError
from vungxanh.messaging.gateways.posting import SECONDS, Parcel, post
from vungxanh.messaging.gateways.push_key import authorization, b64
from vungxanh.messaging.gateways.push_targets import target_of

MOST_TEXT_BYTES: Final = 3993  # RFC 8291, 4: one record of 4096 with its header and tag
MOST_SUBSCRIPTION: Final = 4096
_GONE: Final = {404, 410}
_FOR_GOOD: Final = {400, 413}


@dataclass(frozen=True, slots=True)
class PushMessage:
    """A finished push message.

    `subscription` is the JSON that the browser's PushSubscription gives. `topic`: a later message
    of the same topic replaces one that still waits; empty for one of its own. The push service
    keeps it for `ttl_seconds` when the device is away.
    """

    reference: str
    subscription: str
    text: str
    topic: str
    ttl_seconds: int


class PushGateway(Protocol):
    """Takes a push message away, or raises NotSentError; "gone" when nobody is subscribed."""

    def send(self, message: PushMessage) -> None:
        """Send one message."""
        ...


class _Keys(msgspec.Struct, frozen=True):
    p256dh: Annotated[str, msgspec.Meta(max_length=100)]
    auth: Annotated[str, msgspec.Meta(max_length=40)]


class _Subscription(msgspec.Struct, frozen=True):
    endpoint: Annotated[str, msgspec.Meta(max_length=2048)]
    keys: _Keys


@dataclass(frozen=True, slots=True)
class WebPushGateway:
    """The browsers' push services; `contact` is who they may write to about this sender."""

    contact: str
    hosts: tuple[str, ...]
    authorities: str = ""
    seconds: float = SECONDS

    def send(self, message: PushMessage) -> None:
        """Encrypt it for the browser and POST it to the browser's service."""
        subscription = read_subscription(message.subscription)
        body = sealed_for(subscription, message.text)
        target = target_of(subscription.endpoint, self.hosts)
        headers = {
            "Authorization": authorization(target.origin, self.contact, clock.now()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(max(0, message.ttl_seconds)),
            "Topic": topic_of(message),
        }
        parcel = Parcel(subscription.endpoint, body, headers, target.address, self.authorities)
        try:
            answer = post(parcel, self.seconds)
        except (OSError, HTTPException) as failure:
            raise NotSentError("unreachable") from failure
        _judge(answer.status)


@dataclass(frozen=True, slots=True)
class FilePushGateway:
    """One JSON file a message, for a relay of the operator's own. They are not sealed."""

    folder: Path

    def send(self, message: PushMessage) -> None:
        """Write one file; a repeat replaces it."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.folder / f"{message.reference}.json", msgspec.json.encode(message))
        except OSError as failure:
            raise NotSentError("unreachable") from failure


@dataclass(slots=True)
class MemoryPushGateway:
    """Keeps messages for tests; fails as often as told beforehand."""

    sent: list[PushMessage] = field(default_factory=list)
    failures: list[NotSentError] = field(default_factory=list)

    def send(self, message: PushMessage) -> None:
        """Keep it, or fail with the next failure."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)


class NoPushGateway:
    """No way out is set: messages wait."""

    def send(self, message: PushMessage) -> None:
        """Never sends."""
        raise NotSentError("no_server")


def push_gateway() -> PushGateway:
    """The way out that the installation's settings name."""
    said = settings.PUSH
    if said.form == "web":
        return WebPushGateway(said.contact, said.hosts)
    return FilePushGateway(Path(said.folder)) if said.form == "file" else NoPushGateway()


def read_subscription(text: str) -> _Subscription:
    """What the browser gave; raises NotSentError for good where it is none."""
    try:
        if len(text) > MOST_SUBSCRIPTION:
            raise msgspec.ValidationError
        return msgspec.json.decode(text, type=_Subscription)
    except (msgspec.DecodeError, UnicodeEncodeError) as broken:
        raise NotSentError("endpoint_refused", is_final=True) from broken


def sealed_for(subscription: _Subscription, text: str) -> bytes:
    """The text so that only the subscribed browser reads it (RFC 8291); raises NotSentError."""
    content = text.encode()
    if len(content) > MOST_TEXT_BYTES:
        raise NotSentError("too_long", is_final=True)
    try:
        sealed: bytes = http_ece.encrypt(
            content,
            private_key=generate_private_key(SECP256R1()),
            dh=_from_b64(subscription.keys.p256dh),
            auth_secret=_from_b64(subscription.keys.auth),
            version="aes128gcm",
        )
    except ValueError as broken:
        raise NotSentError("endpoint_refused", is_final=True) from broken
    return sealed


def topic_of(message: PushMessage) -> str:
    """At most 32 characters of base64url (RFC 8030, 5.4); a repeat replaces what still waits."""
    named = f"topic:{message.topic}" if message.topic else f"message:{message.reference}"
    return b64(hashlib.sha256(named.encode()).digest()[:24])


def _judge(status: int) -> None:
    if status in _GONE:
        raise NotSentError("gone", is_final=True)
    if status == 429:
        raise NotSentError("throttled")
    if status >= 500:
        raise NotSentError("unreachable")
    if not 200 <= status < 300:
        raise NotSentError("refused", is_final=status in _FOR_GOOD)


def _from_b64(text: str) -> bytes:
    """Base64url with or without padding; raises ValueError."""
    if not text.isascii():
        raise ValueError
    return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
