"""What of the register is past its time."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from vungxanh.core.clock import TZ
from vungxanh.core.privacy import A_DAY
from vungxanh.people.models import (
    Card,
    Consent,
    Device,
    DoorProof,
    ErasureProof,
    LookUpTimes,
    Person,
    PersonRequest,
    PhoneProof,
    PrintedCard,
    PurgeProof,
    Standing,
    UsedCode,
    devices,
    documents,
    door_proofs,
    phones,
    rights,
    standing,
)

# Tables in partitions by day, and how long a day is kept after it ended.
PARTITIONED = {
    "people_phoneproof": phones.PROOF_KEPT,
    "people_usedcode": documents.CODE_KEPT,
}


def past(at: datetime) -> dict[str, "QuerySet[Any]"]:
    """Rows past their time on which nothing hangs, by table; no query yet."""
    rows: dict[str, QuerySet[Any]] = {
        "people_phoneproof": PhoneProof.objects.filter(asked_at__lt=at - phones.PROOF_KEPT.period),
        "people_doorproof": DoorProof.objects.filter(
            asked_at__lt=at - door_proofs.PROOF_KEPT.period
        ),
        "people_usedcode": UsedCode.objects.filter(until__lt=at - documents.CODE_KEPT.period),
        "people_lookuptimes": LookUpTimes.objects.filter(last_at__lt=at - A_DAY.period),
        "people_standing": Standing.objects.filter(ends_at__lt=at - standing.STANDING_KEPT.period),
        "people_card": Card.objects.filter(ends_at__lt=at - standing.CARD_KEPT.period),
        "people_printedcard": PrintedCard.objects.filter(
            printed_at__lt=at - documents.CARD_KEPT.period
        ),
        "people_consent": Consent.objects.filter(withdrawn_at__lt=at - rights.CONSENT_KEPT.period),
        "people_personrequest": PersonRequest.objects.filter(
            ended_at__lt=at - rights.REQUEST_KEPT.period
        ),
        "people_erasureproof": ErasureProof.objects.filter(
            erased_at__lt=at - rights.PROOF_KEPT.period
        ),
        "people_purgeproof": PurgeProof.objects.filter(began_at__lt=at - rights.PROOF_KEPT.period),
    }
    return rows


def due_devices(at: datetime) -> "QuerySet[Device]":
    """Devices of nobody that were not heard of for their time, or that ended so long ago."""
    since = at - devices.KEPT.period
    gone = Q(person=None, last_seen_at__lt=since) | Q(ended_at__lt=since)
    return Device.objects.filter(gone).order_by("last_seen_at", "id")


def due_persons(at: datetime) -> "QuerySet[Person]":
    """Persons whom nobody needs any longer: no device heard of, no standing, no request runs.

    Whoever is guardian of somebody who is still needed waits for them.
    """
    today = at.astimezone(TZ).date()
    running = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    needed = (
        Standing.objects.filter(running, person=OuterRef("pk")),
        PersonRequest.objects.filter(person=OuterRef("pk"), ended_at=None),
        Person.objects.filter(guardian=OuterRef("pk"), kept_until__gte=today),
        Device.objects.filter(
            person=OuterRef("pk"), ended_at=None, last_seen_at__gt=at - devices.KEPT.period
        ),
    )
    due = Person.objects.filter(kept_until__lt=today)
    for rows in needed:
        due = due.filter(~Exists(rows.order_by()))
    return due.order_by("kept_until", "id")


def overdue(at: datetime) -> dict[str, int]:
    """How much is past its time, by table, those with nothing too."""
    due = {"people_device": due_devices(at), "people_person": due_persons(at)}
    return {table: rows.count() for table, rows in {**past(at), **due}.items()}
