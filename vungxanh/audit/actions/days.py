"""Signing the days that are over, and letting go of those past their time."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max, Min, Sum

from vungxanh.audit.actions.recording import record
from vungxanh.audit.models import AuditDay, AuditSeal
from vungxanh.audit.queries.keyring import signing_key
from vungxanh.audit.queries.seals import statement_of
from vungxanh.audit.rules import GENESIS, public_key
from vungxanh.core.clock import TZ, day_start
from vungxanh.core.viewer import SYSTEM

# The database itself keeps to this, whatever the setting says.
LEAST_DAYS = 365
_SIGNING = 0x76785F646179


def sign_days(*, at: datetime) -> int:
    """Sign each day in Vietnam that has seals and is over; how many were signed.

    A day is what was sealed on it. Days on which nothing was sealed have no signature.
    """
    if not _is_any_due(at):
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SIGNING])
        signed = 0
        while day := _next_unsigned(at):
            _sign(day, at)
            signed += 1
    return signed


def purge_days(*, at: datetime) -> int:
    """Delete rows and seals of days past settings.AUDIT_DAYS, oldest first; how many rows.

    Records audit.day_purged for each, which is the proof that they were not stolen: the day's
    signature and that row stay, and the chain goes on from the signed head.
    """
    removed = 0
    for day in _purgeable(_until(at)):
        with transaction.atomic():
            n_rows = _purge(day, _keep_days())
            detail = {"rows": n_rows}
            record(event="audit.day_purged", by=SYSTEM, at=at, subject=f"day:{day}", detail=detail)
        removed += n_rows
    return removed


def n_past(*, at: datetime) -> dict[str, int]:
    """How many rows and seals `purge_days` would let go now, by table."""
    last = AuditDay.objects.filter(day__in=_purgeable(_until(at))).aggregate(n=Max("last_seal"))
    seals = AuditSeal.objects.filter(number__gt=0, number__lte=last["n"] or 0)
    found = seals.aggregate(rows=Sum("n_rows"), seals=Count("number"))
    return {"audit_auditevent": found["rows"] or 0, "audit_auditseal": found["seals"]}


def _keep_days() -> int:
    return max(settings.AUDIT_DAYS, LEAST_DAYS)


def _until(at: datetime) -> date:
    return at.astimezone(TZ).date() - timedelta(days=_keep_days())


def _is_any_due(at: datetime) -> bool:
    return _next_unsigned(at) is not None


def _next_unsigned(at: datetime) -> date | None:
    """The first day before today with seals and without a signature."""
    last = AuditDay.objects.order_by("-day").first()
    first = AuditSeal.objects.filter(number__gt=last.last_seal if last else 0)
    seal = first.order_by("number").first()
    day = seal.sealed_at.astimezone(TZ).date() if seal else None
    return day if day and day < at.astimezone(TZ).date() else None


def _sign(day: date, at: datetime) -> None:
    last = AuditDay.objects.order_by("-day").first()
    seals = AuditSeal.objects.filter(
        number__gt=last.last_seal if last else 0, sealed_at__lt=day_start(day + timedelta(days=1))
    )
    reach = seals.aggregate(first=Min("number"), last=Max("number"))
    row = AuditDay(
        day=day,
        first_seal=reach["first"],
        last_seal=reach["last"],
        first_position=last.last_position + 1 if last else 1,
        last_position=AuditSeal.objects.get(number=reach["last"]).last_position,
        head=bytes(AuditSeal.objects.get(number=reach["last"]).digest),
        before=_before(last),
        signed_at=at,
        key=public_key(signing_key()),
    )
    row.signature = statement_of(row).signature(signing_key())
    row.save(force_insert=True)


def _before(last: AuditDay | None) -> bytes:
    if last:
        return bytes(last.head)
    older = AuditSeal.objects.filter(number=0).first()
    return bytes(older.digest) if older else GENESIS


def _purgeable(until: date) -> list[date]:
    """Signed days before this one whose seals are still here, oldest first."""
    first = AuditSeal.objects.filter(number__gt=0).order_by("number").first()
    if first is None:
        return []
    days = AuditDay.objects.filter(day__lt=until, last_seal__gte=first.number).order_by("day")
    return list(days.values_list("day", flat=True))


def _purge(day: date, keep_days: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_purge_day(%s, %s)", [day, keep_days])
        return int(cursor.fetchone()[0])
