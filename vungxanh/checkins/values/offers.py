"""What is shown of a point that is offered to a new owner, and what is refused of offers."""

from dataclasses import dataclass
from datetime import datetime

from vungxanh.checkins.values.refusals import PointError
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """An offer that waits, as officers see it: the number masked, since when, until when."""

    shown: str
    at: datetime
    until: datetime


def has_owner() -> PointError:
    """A point that has an owner, or lives no more, is offered or taken."""
    return PointError(
        "checkins.has_owner",
        Words(
            "Điểm này đã có chủ, đã gộp hoặc đã đóng, nên không giao được. Tải lại trang để xem.",
            "This point has an owner, was merged or is closed, so it cannot be given. Reload to "
            "see it.",
        ),
        field="contact_phone",
    )
