"""What becomes of an account is told to its owner, in plain sentences that hold no secret."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.factories.people import PASSWORD, QUY_NHON, Colleague
from vungxanh.accounts import actions
from vungxanh.accounts.gateways import codes
from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import FREE_FAILURES_OF_ACCOUNT, steps
from vungxanh.accounts.values import Rights
from vungxanh.core import clock
from vungxanh.messaging.models import Message

HERE = "127.0.0.1"
NEW = "mười hai cây cầu tre"
TRACER = Rights(("tracer",), (QUY_NHON,))

KINDS = [
    "accounts.rights_changed",
    "accounts.staff_locked",
    "accounts.staff_unlocked",
    "accounts.factor_added",
    "accounts.factor_removed",
    "accounts.password_changed",
]


def told() -> list[Message]:
    return list(Message.objects.order_by("created_at", "id"))


def try_wrongly(person: Colleague, n: int, at: datetime) -> None:
    """Type so many wrong passwords in a row, waiting where one must wait."""
    for step in range(n):
        with pytest.raises(actions.WrongPasswordError):
            actions.sign_in(
                email=person.email,
                password="sai",
                address=HERE,
                at=at + timedelta(minutes=16 * step),
            )


def test_each_change_of_an_account_is_told_to_its_owner(
    administrator: Colleague, officer: Colleague
) -> None:
    ref, staff, by, at = officer.viewer.id, officer.staff, administrator.viewer, clock.now()
    secret = codes.new_secret()
    code = format_hotp_value(hotp_value(secret, steps(at)[1]))
    actions.change_staff(ref=ref, rights=TRACER, by=by, at=at)
    actions.lock_staff(ref=ref, by=by, at=at)
    actions.unlock_staff(ref=ref, by=by, at=at)
    actions.add_app(staff=staff, secret=secret, code=code, at=at)
    factor = Authenticator.objects.get(type="totp")
    actions.remove_factor(staff=staff, factor_id=factor.pk, at=at)
    actions.change_password(staff=staff, old=PASSWORD, new=NEW, address=HERE, at=at)
    assert [one.kind for one in told()] == KINDS
    assert {(one.to, one.about) for one in told()} == {(officer.email, ref)}
    said = "\n".join(one.text for one in told())
    assert [one for one in (secret, code, PASSWORD, NEW, "http") if one in said] == []
    assert "Vai trò nay: Cán bộ truy vết. Đơn vị: Thành phố Quy Nhơn (đến 30/6/2025)." in said


def test_what_changes_nothing_is_told_to_nobody(
    administrator: Colleague, officer: Colleague
) -> None:
    ref, by, at = officer.viewer.id, administrator.viewer, clock.now()
    actions.change_staff(ref=ref, rights=actions.rights_of(staff=officer.staff), by=by, at=at)
    actions.unlock_staff(ref=ref, by=by, at=at)
    assert told() == []


def test_a_message_tells_when_what_and_what_to_do_in_both_languages(
    administrator: Colleague, officer: Colleague
) -> None:
    at = clock.day_start(clock.today()) + timedelta(hours=7, minutes=5)
    actions.lock_staff(ref=officer.viewer.id, by=administrator.viewer, at=at)
    (message,) = told()
    assert message.subject == "Vùng Xanh: tài khoản đã khóa / account locked"
    assert message.text.startswith(f"[07:05 {clock.today():%d/%m/%Y}] Người quản trị đã khóa")
    assert "hỏi người quản trị của đơn vị." in message.text
    assert "ask your unit's administrator." in message.text


def test_the_owner_is_told_once_a_day_of_being_locked_out(officer: Colleague) -> None:
    at = clock.day_start(clock.today())
    try_wrongly(officer, FREE_FAILURES_OF_ACCOUNT - 1, at)
    assert told() == []
    try_wrongly(officer, 3, at + timedelta(minutes=64))
    assert [one.kind for one in told()] == ["accounts.locked_out"]


def test_nobody_is_told_of_wrong_attempts_at_no_account_or_a_locked_one(
    officer: Colleague,
) -> None:
    Staff.objects.filter(pk=officer.staff.pk).update(is_active=False)
    try_wrongly(officer, FREE_FAILURES_OF_ACCOUNT + 1, clock.now())
    assert told() == []


def test_an_account_without_a_usable_address_can_still_be_locked(
    administrator: Colleague, officer: Colleague
) -> None:
    Staff.objects.filter(pk=officer.staff.pk).update(email="khong-phai-email")
    actions.lock_staff(ref=officer.viewer.id, by=administrator.viewer, at=clock.now())
    assert not Staff.objects.get(pk=officer.staff.pk).is_active
    assert told() == []
