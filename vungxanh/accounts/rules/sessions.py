"""When a session ends by itself, and what its browser is called."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vungxanh.refusals import Words

# A working day at the desk, however busy.
LONGEST = timedelta(hours=12)
# "Last seen" is written this often at most.
SEEN_EVERY = timedelta(minutes=1)

# (part of a User-Agent, name), the first that fits; order matters, as browsers name each other
# (RFC 9110, 10.1.5).
_BROWSERS = (
    ("Edg", "Edge"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


class Why(StrEnum):
    """Why a session ended."""

    SIGNED_OUT = "signed_out"
    IDLE = "idle"
    TOO_LONG = "too_long"
    REVOKED = "revoked"
    PASSWORD = "password"  # noqa: S105 (a reason, no secret)
    RECOVERY = "recovery"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Lifetime:
    """When a session began and was last used, and how long it may lie unused."""

    started_at: datetime
    seen_at: datetime
    idle: timedelta

    def over(self, at: datetime) -> Why | None:
        """Why it is over at an instant; None while it goes on.

        >>> from datetime import UTC
        >>> noon = datetime(2021, 5, 26, 12, tzinfo=UTC)
        >>> half_an_hour = Lifetime(noon, noon, timedelta(minutes=30))
        >>> half_an_hour.over(noon + timedelta(minutes=30)) is None
        True
        >>> half_an_hour.over(noon + timedelta(minutes=31))
        <Why.IDLE: 'idle'>
        """
        if at - self.started_at > LONGEST:
            return Why.TOO_LONG
        return Why.IDLE if at - self.seen_at > self.idle else None


def browser_of(user_agent: str) -> str:
    """The short names of a browser and its system, from a User-Agent; empty parts are unknown.

    >>> browser_of("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537")
    'Chrome|Windows'
    """
    return f"{_first(_BROWSERS, user_agent)}|{_first(_SYSTEMS, user_agent)}"


def browser_words(kept: str) -> Words:
    """What `browser_of` told, for people.

    >>> browser_words("Chrome|Windows").vi, browser_words("|").en
    ('Chrome trên Windows', 'Another browser')
    """
    browser, _, system = kept.partition("|")
    if not browser and not system:
        return Words(vi="Trình duyệt khác", en="Another browser")
    if not browser or not system:
        return Words(vi=browser or system, en=browser or system)
    return Words(vi=f"{browser} trên {system}", en=f"{browser} on {system}")


def _first(known: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for part, name in known if part in text), "")
