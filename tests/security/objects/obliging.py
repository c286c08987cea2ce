"""Who has to declare in Quy Nhơn, and the file of its figures."""

from tests.factories.people import QUY_NHON, Colleague
from tests.security.attacks import PAYLOAD
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.declarations.models import Obligation
from vungxanh.declarations.values.states import Every


def things(owner: Colleague) -> list[Thing]:
    """An obligation with hostile words; a sheet of figures, which everybody has of the own area."""
    at = clock.now()
    row = Obligation.objects.create(
        words=PAYLOAD[:200],
        unit_id=QUY_NHON,
        form="daily",
        every=Every.DAILY,
        letter=PAYLOAD[:80],
        starts_on=at.date(),
        at=at,
        by=owner.viewer.id,
    )
    return [
        Thing("/to-khai/so-lieu/nghia-vu/", "obligation_id", str(row.pk)),
        Thing("/to-khai/so-lieu.", "form", "csv", is_secret=False),
    ]
