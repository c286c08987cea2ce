"""Invitations by link: made, sent again, withdrawn, taken up."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from vungxanh.accounts.actions import managing_refusals as refused
from vungxanh.accounts.actions.managing import checked, in_codes
from vungxanh.accounts.actions.refusals import EmailTakenError
from vungxanh.accounts.actions.staff import refuse_taken, refuse_weak
from vungxanh.accounts.models import EMAIL_INDEX, TOKENS, Invitation, Staff
from vungxanh.accounts.models.invitations import KEPT
from vungxanh.accounts.queries import in_reach, ref_of, viewer_for
from vungxanh.accounts.values import MANAGE, Rights
from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.index_places import alone_with
from vungxanh.core.viewer import Viewer
from vungxanh.messaging.actions import post
from vungxanh.messaging.values import NewMessage

LASTS = timedelta(hours=72)
_TOKEN_BYTES = 32
_SUBJECT = "Lời mời dùng Vùng Xanh / Invitation to Vùng Xanh"
_TEXT = """\
Bạn được mời làm việc trên Vùng Xanh. Mở đường dẫn dưới đây trong 72 giờ để đặt tên và
mật khẩu.
Đường dẫn chỉ dùng được một lần; đừng chuyển cho người khác.

You are invited to work on Vùng Xanh. Open this link within 72 hours to set your name and password.
It works once; do not pass it on.

{link}
"""

Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sent:
    """A new link, to be shown once."""

    invitation_id: UUID
    email: str
    link: str
    expires_at: datetime


def invite(*, email: str, rights: Rights, link: Link, by: Viewer, at: datetime) -> Sent:
    """Invite somebody to an account with these rights; a message with the link goes to them.

    `link` makes the address of a token. Records accounts.invited.
    """
    rights = checked(rights=rights, by=by, at=at)
    if Staff.objects.filter(email_index__in=EMAIL_INDEX.digests(email)).exists():
        raise EmailTakenError
    row = Invitation(
        email=email,
        email_index=EMAIL_INDEX.digest(email),
        roles=list(rights.roles),
        units=list(rights.units),
        scopes=list(rights.scopes),
        ends_at=rights.ends_at,
        made_by=by.id,
        made_at=at,
    )
    try:
        with transaction.atomic():
            _clear_old(row, at)
            sent = _send(row, link, by=by, at=at)
            subject, detail = _ref(row), in_codes(rights)
            record(event="accounts.invited", by=by, at=at, subject=subject, detail=detail)
    except IntegrityError as clash:
        raise refused.AlreadyInvitedError from clash
    return sent


def resend_invitation(*, invitation_id: UUID, link: Link, by: Viewer, at: datetime) -> Sent:
    """Send a new link for another 72 hours; the old one is void.

    Records accounts.invitation_resent.
    """
    with transaction.atomic():
        row = _waiting(invitation_id, by)
        checked(rights=_rights(row), by=by, at=at)
        row.made_by = by.id
        sent = _send(row, link, by=by, at=at)
        record(event="accounts.invitation_resent", by=by, at=at, subject=_ref(row))
    return sent


def withdraw_invitation(*, invitation_id: UUID, by: Viewer, at: datetime) -> None:
    """Make an invitation void; records accounts.invitation_withdrawn."""
    with transaction.atomic():
        row = _waiting(invitation_id, by)
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        record(event="accounts.invitation_withdrawn", by=by, at=at, subject=_ref(row))


def invited_as(*, token: str, at: datetime) -> Invitation:
    """The open invitation whose link this is; refused in one sentence for every other reason."""
    found = Invitation.objects.filter(
        digest__in=TOKENS.digests(token), used_at=None, withdrawn_at=None, expires_at__gt=at
    ).first()
    if found is None or (found.ends_at is not None and found.ends_at <= at):
        raise refused.VoidInvitationError
    return found


def accept_invitation(*, token: str, name: str, password: str, at: datetime) -> Staff:
    """Make the invited person's account, once; records accounts.invitation_used."""
    with transaction.atomic():
        found = invited_as(token=token, at=at)
        row = Invitation.objects.select_for_update().get(pk=found.pk)
        if row.used_at is not None or bytes(row.digest) != bytes(found.digest):
            raise refused.VoidInvitationError
        staff = _account(row, name)
        refuse_weak(password, staff)
        staff.password = make_password(password)
        _save(staff)
        row.used_at, row.staff = at, staff
        row.save(update_fields=["used_at", "staff"])
        subject, detail = ref_of(staff), {"invitation": str(row.pk)}
        record(
            event="accounts.invitation_used",
            by=viewer_for(staff),
            at=at,
            subject=subject,
            detail=detail,
        )
    return staff


def forget_invitations(*, at: datetime) -> int:
    """Delete invitations past their retention; returns how many."""
    return int(Invitation.objects.filter(expires_at__lt=at - KEPT.period).delete()[0])


def _clear_old(row: Invitation, at: datetime) -> None:
    """An invitation that ran out does not stand in the way of a new one; an open one does."""
    digests = EMAIL_INDEX.digests(row.email)
    alone_with(digests)
    open_ones = Invitation.objects.filter(email_index__in=digests, used_at=None, withdrawn_at=None)
    open_ones.filter(expires_at__lte=at).update(withdrawn_at=at)
    if open_ones.exists():
        raise refused.AlreadyInvitedError


def _send(row: Invitation, link: Link, *, by: Viewer, at: datetime) -> Sent:
    """Give the invitation a new token and write the message that carries it."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row.digest, row.expires_at = TOKENS.digest(token), at + LASTS
    row.save()
    text = _TEXT.format(link=link(token))
    message = NewMessage(
        kind="accounts.invitation", to=row.email, subject=_SUBJECT, text=text, about=_ref(row)
    )
    post(message=message, by=by, at=at)
    return Sent(row.id, row.email, link(token), row.expires_at)


def _waiting(invitation_id: UUID, by: Viewer) -> Invitation:
    """An invitation into the own area that nobody used or withdrew, held against others."""
    by.require(MANAGE)
    waiting = Invitation.objects.select_for_update().filter(in_reach(by.units), pk=invitation_id)
    row = waiting.filter(used_at=None, withdrawn_at=None).first()
    if row is None:
        raise MissingError
    return row


def _rights(row: Invitation) -> Rights:
    return Rights(tuple(row.roles), tuple(row.units), tuple(row.scopes), row.ends_at)


def _account(row: Invitation, name: str) -> Staff:
    return Staff(
        email=row.email,
        email_index=EMAIL_INDEX.digest(row.email),
        name=name,
        roles=row.roles,
        units=row.units,
        scopes=row.scopes,
        ends_at=row.ends_at,
    )


def _save(staff: Staff) -> None:
    """An address that got an account by another way meanwhile makes the link void."""
    try:
        with transaction.atomic():
            refuse_taken(staff.email)
            staff.save(force_insert=True)
    except (EmailTakenError, IntegrityError) as clash:
        raise refused.VoidInvitationError from clash


def _ref(row: Invitation) -> str:
    return f"invitation:{row.pk}"
