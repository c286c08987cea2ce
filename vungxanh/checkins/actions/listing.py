"""Making the list of codes that no longer hold, for phones and doors without a network."""

from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import OperationalError, connection, transaction
from django.db.models import Max

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.issuing import ISSUING
from vungxanh.checkins.models import PointCode, RevocationList
from vungxanh.checkins.queries import revocations as queries
from vungxanh.core import keys
from vungxanh.core.keys import Use
from vungxanh.core.viewer import Viewer
from vungxanh.engines.revocation import revocations_of
from vungxanh.protocol.places import revocations as protocol

KEPT_FOR: Final = timedelta(days=30)
_MAKING: Final = 0x76785F7265766F  # the advisory lock of whoever makes a list
_PATIENCE: Final = "3s"  # for codes under way; then the list ends before them


def list_revoked(*, by: Viewer, at: datetime) -> RevocationList | None:
    """Make a new list where one is due; None where the newest still says what is so.

    Whoever comes while another makes one leaves it to them. Audit event: `checkins.revoked_listed`.
    """
    with transaction.atomic():
        if not _is_alone() or not queries.is_due(at):
            return None
        return _made(by=by, at=at)


def _made(*, by: Viewer, at: datetime) -> RevocationList:
    upto = _covered_upto()
    found = queries.numbers(upto, at)
    made = revocations_of(found.issued, found.gone, upto=upto)
    ring = keys.ring(Use.QR)
    key = Ed25519PrivateKey.from_private_bytes(ring.keys[ring.current])
    content = protocol.write(
        made, built_at=int(at.timestamp()), key_id=ring.current, private_key=key
    )
    row = RevocationList.objects.create(
        built_at=at,
        upto=upto,
        n_valid=made.n_issued - made.n_revoked,
        n_revoked=made.n_revoked,
        content=content,
        digest=made.digest.hex(),
    )
    RevocationList.objects.filter(built_at__lt=at - KEPT_FOR).exclude(pk=row.pk).delete()
    detail = {"revoked": row.n_revoked, "valid": row.n_valid, "bytes": len(content)}
    record(event="checkins.revoked_listed", by=by, at=at, subject="points", detail=detail)
    return row


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_MAKING])
        return bool(cursor.fetchone()[0])


def _covered_upto() -> int:
    """The highest number below which no code is still on its way into the table.

    A number that was drawn and not yet committed would be left out of the list, which may then
    answer that it is revoked. So the list waits for those under way; where they take too long, it
    ends where the last one ended.
    """
    newest = RevocationList.objects.order_by("-id").values_list("upto", flat=True).first() or 0
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ISSUING])
            last = PointCode.objects.aggregate(last=Max("id"))["last"]
            # Back to the savepoint, which lets go of lock and patience, as a fault before it does:
            # issuers wait for this one question and not for the list.
            transaction.set_rollback(True)
    except OperationalError:
        return newest
    return max(newest, last or 0)
