"""Signing in and out, passwords, and making accounts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from vungxanh.accounts import rules
from vungxanh.accounts.models import EMAIL_INDEX, FailedSignIns, Staff
from vungxanh.accounts.queries import ref_of, viewer_for
from vungxanh.accounts.values import DEMO_ACCOUNTS, NewAccount
from vungxanh.audit.actions import record
from vungxanh.core.privacy import A_DAY
from vungxanh.core.viewer import PUBLIC, Viewer
from vungxanh.refusals import RefusalError, Words


class AccountRefusalError(RefusalError):
    """The base of what this room refuses."""


class WrongPasswordError(AccountRefusalError):
    """No active account has this address and password; which of the two is wrong is not said."""

    def __init__(self) -> None:
        words = Words(
            vi="Email hoặc mật khẩu chưa đúng. Kiểm tra rồi thử lại.",
            en="The e-mail address or password is not right. Check both and try again.",
        )
        super().__init__("accounts.wrong_password", words, field="password")


class TooManyFailuresError(AccountRefusalError):
    """Too many wrong attempts for this account or from this address; says how long to wait."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        self.wait_seconds = max(1, round(wait.total_seconds()))
        minutes = -(-self.wait_seconds // 60)
        words = Words(
            vi=f"Đã nhập chưa đúng nhiều lần. Thử lại sau khoảng {minutes} phút.",
            en=f"Too many wrong attempts. Try again in about {minutes} min.",
        )
        super().__init__("accounts.too_many_failures", words)


class WeakPasswordError(AccountRefusalError):
    """The new password is too short, too common or too like the account."""

    def __init__(self) -> None:
        words = Words(
            vi="Mật khẩu mới dễ đoán. Dùng ít nhất 12 ký tự, không phải từ thông dụng, "
            "không chỉ có chữ số và khác tên, email của bạn.",
            en="The new password is easy to guess. Use at least 12 characters that are no common "
            "word, not digits alone and unlike your name and e-mail address.",
        )
        super().__init__("accounts.weak_password", words, field="new")


class EmailTakenError(AccountRefusalError):
    """Another account has this e-mail address."""

    def __init__(self) -> None:
        words = Words(
            vi="Email này đã có tài khoản. Dùng email khác.",
            en="This e-mail address already has an account. Use another.",
        )
        super().__init__("accounts.email_taken", words, field="email")


class DemoOnlyError(AccountRefusalError):
    """Demo accounts were asked for outside a demonstration."""

    def __init__(self) -> None:
        words = Words(
            vi="Tài khoản mẫu chỉ có trong bản trình diễn. Chạy “make run” để dùng thử.",
            en="Demo accounts exist only in a demonstration. Run “make run” to try it.",
        )
        super().__init__("accounts.demo_only", words)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a password: for which account, from which address, when."""

    email: str
    address: str
    at: datetime


def sign_in(*, email: str, password: str, address: str, at: datetime) -> Staff:
    """The staff member with this e-mail address and password.

    Records accounts.signed_in or accounts.sign_in_refused. An attempt is counted before the
    password is looked at, so that many at once cannot outrun the count.
    """
    attempt = Attempt(email, address, at)
    _count(attempt)
    staff = _staff_with(email)
    if not _is_right(staff, password) or staff is None:
        _record_refusal("accounts.sign_in_refused", staff, attempt)
        raise WrongPasswordError
    with transaction.atomic():
        _forgive(attempt)
        record(event="accounts.signed_in", by=viewer_for(staff), at=at, subject=ref_of(staff))
    return staff


def sign_out(*, by: Viewer, at: datetime) -> None:
    """Record accounts.signed_out; the view ends the session."""
    with transaction.atomic():
        record(event="accounts.signed_out", by=by, at=at, subject=by.id)


def change_password(*, staff: Staff, old: str, new: str, address: str, at: datetime) -> None:
    """Give the account a new password, which ends its other sessions; wrong old ones count."""
    attempt = Attempt(staff.email, address, at)
    _count(attempt)
    if not check_password(old, staff.password):
        _record_refusal("accounts.password_refused", staff, attempt)
        raise WrongPasswordError
    _refuse_weak(new, staff)
    with transaction.atomic():
        _forgive(attempt)
        staff.password = make_password(new)
        staff.save(update_fields=["password"])
        record(
            event="accounts.password_changed", by=viewer_for(staff), at=at, subject=ref_of(staff)
        )


def add_staff(*, account: NewAccount, password: str, by: Viewer, at: datetime) -> Staff:
    """Make one account; records accounts.staff_added."""
    staff = _unsaved(account)
    _refuse_weak(password, staff)
    staff.password = make_password(password)
    try:
        with transaction.atomic():
            staff.save(force_insert=True)
            record(event="accounts.staff_added", by=by, at=at, subject=ref_of(staff))
    except IntegrityError as clash:
        raise EmailTakenError from clash
    return staff


def load_demo_staff(*, password: str, by: Viewer, at: datetime) -> int:
    """Make the demo accounts, all with one password; a second run changes only the password.

    Returns how many accounts were made. Records accounts.demo_loaded when anything changed.
    """
    if not settings.DEMO:
        raise DemoOnlyError
    known = {bytes(row.email_index): row for row in Staff.objects.filter(is_demo=True)}
    wanted = [_unsaved(account, is_demo=True) for account in DEMO_ACCOUNTS]
    missing = [staff for staff in wanted if bytes(staff.email_index) not in known]
    hashes = {row.password for row in known.values()}
    if not missing and all(check_password(password, one) for one in hashes):
        return 0
    encoded = make_password(password)
    with transaction.atomic():
        Staff.objects.filter(is_demo=True).update(password=encoded)
        for staff in missing:
            staff.password = encoded
        Staff.objects.bulk_create(missing)
        detail = {"accounts": len(missing)}
        record(event="accounts.demo_loaded", by=by, at=at, subject="accounts", detail=detail)
    return len(missing)


def forget_failures(*, at: datetime) -> int:
    """Delete counts of failed sign-ins past their retention; returns how many."""
    return FailedSignIns.objects.filter(last_at__lt=at - A_DAY.period).delete()[0]


def _unsaved(account: NewAccount, *, is_demo: bool = False) -> Staff:
    return Staff(
        email=account.email,
        email_index=EMAIL_INDEX.digest(account.email),
        name=account.name,
        role=account.role,
        unit=account.unit,
        is_demo=is_demo,
    )


def _refuse_weak(password: str, staff: Staff) -> None:
    try:
        validate_password(password, staff)
    except ValidationError as weak:
        raise WeakPasswordError from weak


def _staff_with(email: str) -> Staff | None:
    try:
        return Staff.objects.get_by_natural_key(email)
    except Staff.DoesNotExist:
        return None


def _is_right(staff: Staff | None, password: str) -> bool:
    """Whether the password fits; as much work for an unknown account as for a known one."""
    if staff is None:
        make_password(password)
        return False
    return check_password(password, staff.password) and staff.is_active


def _record_refusal(event: str, staff: Staff | None, attempt: Attempt) -> None:
    subject = ref_of(staff) if staff else "unknown"
    with transaction.atomic():
        detail = {"from": FailedSignIns.key_of_address(attempt.address).hex()[:16]}
        record(event=event, by=PUBLIC, at=attempt.at, subject=subject, detail=detail)


def _count(attempt: Attempt) -> None:
    """Count the attempt as failed until it has succeeded; refuse while a wait runs."""
    with transaction.atomic():
        _count_one(
            FailedSignIns.key_of_account(attempt.email), rules.FREE_FAILURES_OF_ACCOUNT, attempt.at
        )
        _count_one(
            FailedSignIns.key_of_address(attempt.address),
            rules.FREE_FAILURES_OF_ADDRESS,
            attempt.at,
        )


def _count_one(key: bytes, n_free: int, at: datetime) -> None:
    fresh = {"n_failures": 0, "last_at": at, "blocked_until": at}
    row, _ = FailedSignIns.objects.select_for_update().get_or_create(key=key, defaults=fresh)
    if row.blocked_until > at:
        raise TooManyFailuresError(row.blocked_until - at)
    is_old = at - row.last_at > rules.FORGOTTEN_AFTER
    row.n_failures = 1 if is_old else row.n_failures + 1
    row.last_at = at
    row.blocked_until = at + rules.wait_after(row.n_failures, n_free)
    row.save()


def _forgive(attempt: Attempt) -> None:
    """A success clears the account's count and takes only itself from the address's.

    Otherwise one known password would open the way to guessing all others from the same address.
    """
    FailedSignIns.objects.filter(key=FailedSignIns.key_of_account(attempt.email)).delete()
    address = (
        FailedSignIns.objects.select_for_update()
        .filter(key=FailedSignIns.key_of_address(attempt.address))
        .first()
    )
    if address is not None:
        address.n_failures = max(0, address.n_failures - 1)
        address.blocked_until = attempt.at
        address.save()
