"""Help for those whose second factor is lost: two colleagues confirm that they know the person."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from vungxanh.accounts.actions import managing_refusals as refused
from vungxanh.accounts.actions.factors import reset_factors
from vungxanh.accounts.actions.sessions import end_sessions
from vungxanh.accounts.models import Recovery, Staff
from vungxanh.accounts.models.recovery import KEPT
from vungxanh.accounts.queries import (
    account_behind,
    colleagues,
    factors_of,
    may_vouch,
    ref_of,
    viewer_for,
)
from vungxanh.accounts.rules import Why
from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.messaging.actions import post
from vungxanh.messaging.queries import is_address
from vungxanh.messaging.values import NewMessage

LASTS = timedelta(hours=24)
MOST_TOLD = 20
_SUBJECT = "Vùng Xanh: mất bước hai / lost second step"
_TO_COLLEAGUE = """Một đồng nghiệp trong đơn vị báo mất bước hai và nhờ giúp đăng nhập lại.
Nếu đã gặp hoặc gọi trực tiếp người đó, mở Vùng Xanh, mục “Giúp đồng nghiệp”, để xác nhận trong
24 giờ.

A colleague of your unit has lost the second step of sign-in and asks for help.
If you have met or called that person yourself, confirm it in Vùng Xanh, “Help a colleague”,
within 24 hours.
"""
_TO_PERSON = """\
Có người dùng đúng mật khẩu của bạn để báo mất bước hai. Nếu không phải bạn, đổi mật
khẩu ngay và báo người quản trị.

Somebody with your password reported your second step as lost. If it was not you, change your
password at once and tell the administrator.
"""
_DONE = """\
Hai đồng nghiệp đã xác nhận; bước hai cũ của bạn đã được gỡ và mọi phiên đã kết thúc.
Đăng nhập lại để lập bước hai mới.

Two colleagues have confirmed; your old second step was removed and all sessions ended. Sign in
to set up a new one.
"""


def ask_recovery(*, staff: Staff, at: datetime) -> Recovery:
    """Ask two colleagues for help; the caller has checked the person's password.

    Records accounts.recovery_asked and tells the colleagues and the person. While a request is
    open a second one changes nothing.
    """
    if not factors_of(staff).is_any:
        raise refused.NothingLostError
    with transaction.atomic():
        Staff.objects.select_for_update().get(pk=staff.pk)
        known = _open(at).filter(staff=staff).first()
        if known is not None:
            return known
        by = viewer_for(staff)
        _close_old(staff, at)
        row = Recovery.objects.create(staff=staff, asked_at=at, expires_at=at + LASTS)
        n_told = _tell_colleagues(row, by, at)
        detail = {"told": n_told}
        record(event="accounts.recovery_asked", by=by, at=at, subject=ref_of(staff), detail=detail)
    return row


def vouch(*, recovery_id: UUID, by: Viewer, at: datetime) -> bool:
    """Confirm to know the person; True when this was the second word.

    The caller has had `by` prove lately who they are, by the own second factor. With the second
    word the second factors are removed and all sessions end. Records accounts.recovery_confirmed
    or accounts.recovery_done.
    """
    with transaction.atomic():
        row = _held(recovery_id, by, at)
        if row.first_by == by.id:
            raise refused.VouchedAlreadyError
        if not row.first_by or not _still_may(row):
            _keep_first(row, by, at)
            return False
        _finish(row, by, at)
    return True


def drop_recovery(*, recovery_id: UUID, by: Viewer, at: datetime) -> None:
    """Refuse a request, or take back one's own; records accounts.recovery_dropped."""
    with transaction.atomic():
        row = _held(recovery_id, by, at, own=True)
        row.dropped_by, row.dropped_at = by.id, at
        row.save(update_fields=["dropped_by", "dropped_at"])
        _record("accounts.recovery_dropped", row, by=by, at=at)


def forget_recoveries(*, at: datetime) -> int:
    """Delete requests past their retention; returns how many."""
    return int(Recovery.objects.filter(asked_at__lt=at - KEPT.period).delete()[0])


def _open(at: datetime) -> "QuerySet[Recovery]":
    return Recovery.objects.filter(done_at=None, dropped_at=None, expires_at__gt=at)


def _close_old(staff: Staff, at: datetime) -> None:
    """A request that ran out does not stand in the way of a new one."""
    old = Q(staff=staff, done_at=None, dropped_at=None)
    Recovery.objects.filter(old).update(dropped_by=SYSTEM.id, dropped_at=at)


def _seen(recovery_id: UUID, by: Viewer, at: datetime, *, own: bool = False) -> Recovery:
    """An open request that the viewer may vouch for; it does not exist for anybody else."""
    row = _open(at).select_related("staff").filter(pk=recovery_id).first()
    if row is None:
        raise MissingError
    is_own = own and by.id == ref_of(row.staff) and bool(by.capabilities)
    if not is_own and not may_vouch(by, row.staff):
        raise MissingError
    return row


def _held(recovery_id: UUID, by: Viewer, at: datetime, *, own: bool = False) -> Recovery:
    """The same, held against others who confirm at the same time."""
    Recovery.objects.select_for_update().filter(pk=recovery_id).first()
    return _seen(recovery_id, by, at, own=own)


def _still_may(row: Recovery) -> bool:
    """Whether the first word still counts: its giver is neither locked nor moved away."""
    try:
        first = account_behind(row.first_by)
    except MissingError:
        return False
    return first.is_active and may_vouch(viewer_for(first), row.staff)


def _keep_first(row: Recovery, by: Viewer, at: datetime) -> None:
    row.first_by, row.first_at = by.id, at
    row.save(update_fields=["first_by", "first_at"])
    _record("accounts.recovery_confirmed", row, by=by, at=at)


def _finish(row: Recovery, by: Viewer, at: datetime) -> None:
    row.second_by, row.done_at = by.id, at
    row.save(update_fields=["second_by", "done_at"])
    reset_factors(staff=row.staff, by=by, at=at)
    end_sessions(staff=row.staff, why=Why.RECOVERY, by=by, at=at)
    _record("accounts.recovery_done", row, by=by, at=at)
    _tell(row, row.staff, _DONE, by=by, at=at)


def _tell_colleagues(row: Recovery, by: Viewer, at: datetime) -> int:
    told = [one for one in colleagues(row.staff, at=at) if is_address(one.email)][:MOST_TOLD]
    for colleague in told:
        _tell(row, colleague, _TO_COLLEAGUE, by=by, at=at)
    _tell(row, row.staff, _TO_PERSON, by=by, at=at)
    return len(told)


def _tell(row: Recovery, to: Staff, text: str, *, by: Viewer, at: datetime) -> None:
    """One message; an account whose address is none keeps nobody from being helped."""
    if not is_address(to.email):
        return
    message = NewMessage(
        kind="accounts.recovery",
        to=to.email,
        subject=_SUBJECT,
        text=text,
        about=f"recovery:{row.pk}",
    )
    post(message=message, by=by, at=at)


def _record(event: str, row: Recovery, *, by: Viewer, at: datetime) -> None:
    detail: dict[str, str | int | None] = {"recovery": str(row.pk)}
    if event == "accounts.recovery_done":
        detail["first"] = row.first_by
    record(event=event, by=by, at=at, subject=ref_of(row.staff), detail=detail)
