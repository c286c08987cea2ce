"""A session as its owner and administrators see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vungxanh.accounts.rules.sessions import Why
from vungxanh.refusals import Words

WHY_WORDS = {
    Why.SIGNED_OUT: Words(vi="đăng xuất", en="signed out"),
    Why.IDLE: Words(vi="lâu không dùng", en="idle"),
    Why.TOO_LONG: Words(vi="hết thời hạn phiên", en="too long"),
    Why.REVOKED: Words(vi="bị kết thúc từ xa", en="ended from elsewhere"),
    Why.PASSWORD: Words(vi="đổi mật khẩu", en="password changed"),
    Why.RECOVERY: Words(vi="gỡ bước hai", en="second step removed"),
    Why.CLOSED: Words(vi="tài khoản bị khóa", en="account locked"),
}


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
