"""Messages as other rooms hand them over and as the pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from vungxanh.messaging.rules import Channel, Grade, Incoming, State
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class Instead:
    """Another way to the same reader, taken when the first fails for good."""

    channel: Channel
    to: str


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What is to be told: `kind` names the sort ("accounts.invitation"), `about` what it is about.

    Either `text` (and a mail's `subject`) is finished, or `template` and `values` make it in
    `language`. `to` is a mail's address, a telephone number, a push subscription, an OA's reader.
    `key` makes it the only one: a second message with the same key is not written. `grade` is the
    template's, else essential for a mail and ordinary for the rest. After `until` it is of no use
    any more and is given up.
    """

    kind: str
    to: str
    subject: str = ""
    text: str = ""
    about: str = ""
    key: str = ""
    channel: Channel = Channel.MAIL
    template: str = ""
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    language: str = "vi"
    grade: Grade | None = None
    instead: Instead | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One row of the outbox; neither address nor text.

    `has_text` says whether it could still be sent again.
    """

    id: UUID
    kind: str
    about: str
    channel: Channel
    state: State
    words: Words
    created_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    n_tries: int
    n_parts: int
    problem: Words | None
    has_text: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What a room made of a mail or SMS: the reference, and what its sender is told, if at all."""

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


@dataclass(frozen=True, slots=True)
class SmsLine:
    """One SMS that came in; neither sender nor text."""

    id: UUID
    came_at: datetime
    state: Incoming
    words: Words
    problem: Words


@dataclass(frozen=True, slots=True)
class Cost:
    """What left by one way."""

    channel: Channel
    n_messages: int = 0
    n_parts: int = 0
    n_dong: int = 0


@dataclass(frozen=True, slots=True)
class Costs:
    """What left today, and in this month until now; a row for each way out."""

    day: date
    today: tuple[Cost, ...]
    month: tuple[Cost, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """What SMS may cost in one day, and what they have: parts, and đồng at the set price."""

    day: date
    used_parts: int
    used_dong: int
    limit: int
    limit_dong: int

    @property
    def is_spent(self) -> bool:
        """Whether nothing may leave any more but what is essential."""
        return self.used_parts >= self.limit

    @property
    def percent(self) -> int:
        """The whole percents that are used.

        >>> Budget(date(2026, 1, 1), 79, 0, 100, 0).percent
        79
        """
        return self.used_parts * 100 // self.limit
