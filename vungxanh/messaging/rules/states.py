"""Ways out, grades and states of messages."""

from enum import StrEnum


class State(StrEnum):
    """Where a message is on its way.

    `SENT`: the gateway took it. `DELIVERED` and `UNDELIVERED`: what the gateway reported later,
    where it reports at all. `GIVEN_UP`: it never left.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    GIVEN_UP = "given_up"


class Channel(StrEnum):
    """A way out: e-mail, SMS, a push to an installed app or browser, an official account (OA)."""

    MAIL = "mail"
    SMS = "sms"
    PUSH = "push"
    OA = "oa"

    @property
    def keeps_quiet(self) -> bool:
        """Whether it rings: such a message waits out the night."""
        return self is not Channel.MAIL

    @property
    def has_receipts(self) -> bool:
        """Whether the gateway says later what became of a message."""
        return self is Channel.SMS


class Grade(StrEnum):
    """What may hold a message back.

    `ASKED`: the reader asked for it just now (a code, an answer); only the budget stops it.
    `URGENT`: nothing stops it. `ESSENTIAL`: a duty or a notice of contact; it waits out the night
    and is stopped by nothing else. `ORDINARY`: the night, the reader's wish and the budget stop it.
    """

    ASKED = "asked"
    URGENT = "urgent"
    ESSENTIAL = "essential"
    ORDINARY = "ordinary"

    @property
    def waits_for_morning(self) -> bool:
        """Whether quiet hours hold it."""
        return self in {Grade.ESSENTIAL, Grade.ORDINARY}

    @property
    def ends_with_budget(self) -> bool:
        """Whether a spent budget holds it."""
        return self in {Grade.ASKED, Grade.ORDINARY}

    @property
    def may_be_refused(self) -> bool:
        """Whether a reader who opted out does not get it."""
        return self is Grade.ORDINARY


# In this order messages that are due leave.
GRADES = (Grade.URGENT, Grade.ASKED, Grade.ESSENTIAL, Grade.ORDINARY)


class Incoming(StrEnum):
    """What became of a mail or SMS that came in.

    `WAITING`: kept, nobody has looked yet. `TAKEN`: a room made something of it. `REFUSED`: the
    room it was for refused it, and its sender was told. `SET_ASIDE`: no room knows the sender, a
    machine wrote it, or too many came.
    """

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"
    SET_ASIDE = "set_aside"


# One address may send so many in an hour; what is over is set aside unread.
MOST_AN_HOUR = 20
