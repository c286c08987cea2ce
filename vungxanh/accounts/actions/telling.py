"""Telling people by e-mail what became of their account, so that nobody else's deed goes unseen.

The messages name no secret and carry no link: whoever gets one opens Vùng Xanh the usual way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import ref_of
from vungxanh.accounts.rules import specs
from vungxanh.accounts.values import era_of
from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import UnitId, registry
from vungxanh.messaging.actions import post
from vungxanh.messaging.queries import is_address
from vungxanh.messaging.values import NewMessage
from vungxanh.refusals import RefusalError, Words

KINDS = {
    "totp": Words(vi="ứng dụng mã", en="an authenticator app"),
    "passkey": Words(vi="khóa (passkey)", en="a passkey"),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told: the sort of message, its subject and its sentences, in both languages."""

    kind: str
    subject: Words
    text: Words


_NOT_YOU = Words(
    vi="Nếu không phải bạn làm: đổi mật khẩu ngay, vào “Tài khoản”, mục “Phiên đăng nhập” để kết "
    "thúc các phiên khác, và báo người quản trị của đơn vị.",
    en="If it was not you: change your password at once, end your other sessions under “Account”, "
    "“Sessions”, and tell your unit's administrator.",
)
_NOT_EXPECTED = Words(
    vi="Nếu bạn không được báo trước về việc này, hỏi người quản trị của đơn vị.",
    en="If nobody told you of this beforehand, ask your unit's administrator.",
)


def tell(*, staff: Staff, notice: Notice, by: Viewer, at: datetime, key: str = "") -> None:
    """Write to somebody about their own account, inside the caller's transaction.

    An account whose address is none is told nothing: locking it must not depend on that.
    """
    if not is_address(staff.email):
        return
    message = NewMessage(
        kind=notice.kind,
        to=staff.email,
        subject=f"Vùng Xanh: {notice.subject.vi} / {notice.subject.en}",
        text=f"{_dated(notice.text.vi, at)}\n\n{_dated(notice.text.en, at)}\n",
        about=ref_of(staff),
        key=key,
    )
    post(message=message, by=by, at=at)


def tell_locked_out(*, staff: Staff, by: Viewer, at: datetime) -> None:
    """Tell of wrong attempts that made the account wait; once a day, so nobody is flooded."""
    day = at.astimezone(clock.TZ).date()
    tell(staff=staff, notice=LOCKED_OUT, by=by, at=at, key=f"{LOCKED_OUT.kind}:{staff.pk}:{day}")


def factor_added(kind: str) -> Notice:
    """An authenticator app or a passkey was added."""
    what = KINDS[kind]
    return Notice(
        kind="accounts.factor_added",
        subject=Words(vi="thêm bước hai", en="second step added"),
        text=_joined(
            Words(
                vi=f"Tài khoản của bạn vừa được thêm {what.vi} để đăng nhập.",
                en=f"{what.en.capitalize()} was added to your account for signing in.",
            ),
            _NOT_YOU,
        ),
    )


def factor_removed(kind: str) -> Notice:
    """An authenticator app or a passkey was removed."""
    what = KINDS[kind]
    return Notice(
        kind="accounts.factor_removed",
        subject=Words(vi="bỏ bước hai", en="second step removed"),
        text=_joined(
            Words(
                vi=f"Tài khoản của bạn vừa bỏ {what.vi}: không đăng nhập bằng cách đó được nữa.",
                en=f"{what.en.capitalize()} was removed from your account and no longer signs in.",
            ),
            _NOT_YOU,
        ),
    )


def rights_changed(staff: Staff) -> Notice:
    """Somebody gave the account other roles, units, things or another end: what it holds now."""
    until = staff.ends_at.astimezone(clock.TZ) if staff.ends_at else None
    end = Words(
        vi=f"Dùng đến: {until:%H:%M %d/%m/%Y}." if until else "Không hạn định ngày kết thúc.",
        en=f"It ends at {until:%H:%M on %d/%m/%Y}." if until else "It has no set end.",
    )
    held = Words(
        vi=f"Quyền của tài khoản bạn vừa được đổi. Vai trò nay: {_roles(staff).vi}. "
        f"Đơn vị: {_units(staff.units).vi}. {end.vi}",
        en=f"The rights of your account were changed. Roles now: {_roles(staff).en}. "
        f"Units: {_units(staff.units).en}. {end.en}",
    )
    subject = Words(vi="quyền tài khoản đã đổi", en="your rights have changed")
    return Notice(
        kind="accounts.rights_changed", subject=subject, text=_joined(held, _NOT_EXPECTED)
    )


def _joined(*parts: Words) -> Words:
    return Words(vi="\n".join(one.vi for one in parts), en="\n".join(one.en for one in parts))


def _dated(text: str, at: datetime) -> str:
    """A text under the moment it tells of, as clocks in Vietnam show it."""
    return f"[{at.astimezone(clock.TZ):%H:%M %d/%m/%Y}] {text}"


def _roles(staff: Staff) -> Words:
    held = [spec.words for spec in specs(staff.roles)]
    return Words(vi=", ".join(one.vi for one in held), en=", ".join(one.en for one in held))


def _units(unit_ids: Iterable[str]) -> Words:
    named = [_unit(one) for one in unit_ids]
    return Words(vi="; ".join(one.vi for one in named), en="; ".join(one.en for one in named))


def _unit(unit_id: str) -> Words:
    try:
        name = registry().unit(UnitId(unit_id)).name
    except RefusalError:
        return Words(vi=unit_id, en=unit_id)
    era = era_of(unit_id)
    return Words(vi=f"{name} ({era.vi})", en=f"{name} ({era.en})")


LOCKED_OUT = Notice(
    kind="accounts.locked_out",
    subject=Words(vi="đăng nhập sai nhiều lần", en="many wrong sign-ins"),
    text=Words(
        vi="Có người nhập sai mật khẩu hoặc mã của tài khoản bạn nhiều lần, nên tài khoản tạm dừng "
        "đăng nhập trong ít phút; mỗi lần sai tiếp theo phải chờ lâu hơn.\n"
        "Nếu là bạn: chờ rồi thử lại. Nếu không phải bạn: báo người quản trị của đơn vị và đổi mật "
        "khẩu khi đăng nhập lại được. Trong ngày hôm nay sẽ không có thêm thư về việc này.",
        en="Somebody typed a wrong password or code for your account many times, so signing in "
        "waits for some minutes; each further failure makes the wait longer.\n"
        "If it was you: wait, then try again. If it was not you: tell your unit's administrator, "
        "and change your password once you can sign in. No more mail on this comes today.",
    ),
)
PASSKEY_COPIED = Notice(
    kind="accounts.passkey_copied",
    subject=Words(vi="khóa có thể đã bị sao chép", en="a passkey may have been copied"),
    text=Words(
        vi="Một lần dùng khóa (passkey) của bạn vừa bị từ chối: số đếm của khóa lùi lại, dấu hiệu "
        "khóa đã bị sao chép sang máy khác.\n"
        "Dù có phải bạn vừa dùng khóa hay không: đăng nhập bằng cách khác, bỏ khóa đó ở “Tài "
        "khoản”, mục “Bước hai”, rồi báo người quản trị của đơn vị.",
        en="A use of your passkey was just refused: its counter went back, a sign that the passkey "
        "was copied to another machine.\n"
        "Whether or not it was you who used it: sign in another way, remove that passkey under "
        "“Account”, “Second step”, and tell your unit's administrator.",
    ),
)
PASSWORD_CHANGED = Notice(
    kind="accounts.password_changed",
    subject=Words(vi="mật khẩu đã đổi", en="password changed"),
    text=_joined(
        Words(
            vi="Mật khẩu của tài khoản bạn vừa được đổi; các phiên khác đã kết thúc.",
            en="The password of your account was changed; its other sessions have ended.",
        ),
        Words(
            vi="Nếu không phải bạn làm: báo ngay người quản trị của đơn vị để khóa tài khoản.",
            en="If it was not you: have your unit's administrator lock the account at once.",
        ),
    ),
)
LOCKED = Notice(
    kind="accounts.staff_locked",
    subject=Words(vi="tài khoản đã khóa", en="account locked"),
    text=_joined(
        Words(
            vi="Người quản trị đã khóa tài khoản của bạn; mọi phiên đã kết thúc.",
            en="An administrator has locked your account; all its sessions have ended.",
        ),
        _NOT_EXPECTED,
    ),
)
UNLOCKED = Notice(
    kind="accounts.staff_unlocked",
    subject=Words(vi="tài khoản đã mở khóa", en="account unlocked"),
    text=_joined(
        Words(
            vi="Người quản trị đã mở khóa tài khoản của bạn. Đăng nhập bằng mật khẩu và bước hai "
            "như trước.",
            en="An administrator has unlocked your account. Sign in with your password and second "
            "step as before.",
        ),
        _NOT_EXPECTED,
    ),
)
