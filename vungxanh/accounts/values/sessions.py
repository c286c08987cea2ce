"""A session as its owner and administrators see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class SessionLine:
    """Where somebody is signed in; `is_this` marks the session that asks."""

    id: UUID
    browser: Words
    started_at: datetime
    seen_at: datetime
    factor: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Browser:
    """What a session begins with: its key, from where, in which browser, and what was shown."""

    key: str
    address: str
    user_agent: str
    factor: str = ""
