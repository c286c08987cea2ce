"""Quiet hours: when a phone must not ring for what can wait."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `start` until before `end`, on clocks of `zone`; equal times mean never."""

    start: time
    end: time
    zone: tzinfo

    def holds(self, at: datetime) -> bool:
        """Whether the hours are quiet at this moment."""
        now = at.astimezone(self.zone).time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end

    def awake(self, at: datetime) -> datetime:
        """This moment, or the end of the quiet hours that it lies in.

        >>> from datetime import UTC
        >>> night = Quiet(time(21), time(7), UTC)
        >>> night.awake(datetime(2026, 1, 1, 22, tzinfo=UTC)).isoformat()
        '2026-01-02T07:00:00+00:00'
        """
        return self.next_end(at) if self.holds(at) else at

    def next_end(self, at: datetime) -> datetime:
        """The next time after this moment at which quiet hours end."""
        here = at.astimezone(self.zone)
        end = here.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
        return (end if end > here else end + timedelta(days=1)).astimezone(at.tzinfo)

    def next_day(self, at: datetime) -> datetime:
        """The first moment of tomorrow, by these clocks, that is not quiet."""
        here = at.astimezone(self.zone)
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return self.awake(midnight).astimezone(at.tzinfo)


def read_quiet(text: str, zone: tzinfo) -> Quiet:
    """ "21:00-07:00" as quiet hours, "none" as none. Raises ValueError.

    >>> from datetime import UTC
    >>> read_quiet("21:00-07:00", UTC).start
    datetime.time(21, 0)
    """
    if text.strip().lower() == "none":
        return Quiet(time(0), time(0), zone)
    start, dash, end = text.partition("-")
    if not dash:
        raise ValueError(text)
    return Quiet(_clock(start), _clock(end), zone)


def _clock(text: str) -> time:
    hours, colon, minutes = text.strip().partition(":")
    if not (colon and hours.isascii() and minutes.isascii() and hours + minutes != ""):
        raise ValueError(text)
    return time(int(hours), int(minutes))
