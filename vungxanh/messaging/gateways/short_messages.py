"""Short messages as the ways out take them, and what comes back under their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """What finally became of a message that a broker had taken."""

    DELIVERED = "delivered"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class ShortMessage:
    """A finished short message.

    `reference` is the same in every try, so that a broker knows a repeat. `to` is E.164
    ("+84912345678"). `is_unicode` says UCS-2; otherwise every letter is of the GSM 03.38 default
    alphabet. With a `template` it is one of an OA-style channel, filled with `parameters`; a way
    that knows no templates sends `text`.
    """

    reference: str
    to: str
    text: str
    is_unicode: bool
    language: str
    template: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handed:
    """A broker took the message, calls it `provider_id`, and sends it as so many parts."""

    provider_id: str
    n_parts: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A delivery report on what `Handed` named; `problem` is the broker's own code, or empty."""

    provider_id: str
    state: Outcome
    at: datetime
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CameIn:
    """A message from a phone: `sender` in E.164, `to` the short code or number it was sent to.

    `provider_id` is the same when it is handed out a second time.
    """

    provider_id: str
    sender: str
    to: str
    text: str
    at: datetime


class SmsGateway(Protocol):
    """Takes short messages away and brings what came back.

    What came is put away when the loop over it asks for the next one: keep each before going on.
    A program that dies in between gets it again.
    """

    def send(self, message: ShortMessage) -> Handed:
        """Hand over one message; raises NotSentError."""
        ...

    def receipts(self) -> Iterable[Receipt]:
        """Delivery reports that came since."""
        ...

    def came_in(self) -> Iterable[CameIn]:
        """Messages from phones that came since."""
        ...
