"""What somebody agreed to, and what they are asked."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from vungxanh.people.models import Consent, Device
from vungxanh.people.queries.bases import covered_on
from vungxanh.people.values.consents import Consenting, ConsentState, texts

if TYPE_CHECKING:
    from django.db.models import QuerySet


def consents(device: Device) -> tuple[ConsentState, ...]:
    """Where the holder of a device stands towards each text in force; one query."""
    newest: dict[str, Consent] = {}
    for row in of_device(device).filter(withdrawn_at=None).order_by("version", "given_at", "id"):
        newest[row.purpose] = row
    return tuple(
        ConsentState(text, row.given_at, row.version) if row else ConsentState(text)
        for purpose, text in texts().items()
        for row in [newest.get(purpose)]
    )


def has_consented(device: Device, purpose: Consenting) -> bool:
    """Whether the holder agreed to the text in force and did not withdraw; one query."""
    version = texts()[purpose].version
    given = of_device(device).filter(purpose=purpose, version=version, withdrawn_at=None)
    return given.exists()


def may_take(device: Device, purpose: Consenting, at: datetime) -> bool:
    """Whether data may be taken: by the holder's consent, or by a law in force; two queries."""
    return has_consented(device, purpose) or purpose in covered_on(at)


def of_device(device: Device) -> "QuerySet[Consent]":
    """The consents of a device's holder, those of their other devices too."""
    mine = Q(device=device)
    if device.person_id is not None:
        mine |= Q(person_id=device.person_id) | Q(device__person_id=device.person_id)
    return Consent.objects.filter(mine)
