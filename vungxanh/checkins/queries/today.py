"""What happened at a point today, in counts: for its owner and for officers, nobody is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q
from django.db.models.functions import ExtractHour

from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.values.activity import Span
from vungxanh.checkins.values.scans import Direction, Means
from vungxanh.core.clock import TZ


@dataclass(frozen=True, slots=True)
class Today:
    """Scans of a day of Vietnam until a moment: in and out by the hour; `last_at` of all."""

    by_hour: Mapping[int, tuple[int, int]]
    n_by_keeper: int = 0
    last_at: datetime | None = None

    @property
    def n_in(self) -> int:
        """How often somebody was scanned in."""
        return sum(came for came, _ in self.by_hour.values())

    @property
    def n_out(self) -> int:
        """How often somebody was scanned out."""
        return sum(left for _, left in self.by_hour.values())

    @property
    def busiest(self) -> int | None:
        """The hour in which most were scanned in, the first of several."""
        hours = [(came, -hour) for hour, (came, _) in self.by_hour.items() if came]
        return -max(hours)[1] if hours else None


def today_at(point: Point, at: datetime) -> Today:
    """The day so far at a point, and at those that were merged into it; two queries."""
    merged = Point.objects.filter(merged_into=point).values_list("pk", flat=True)
    day = at.astimezone(TZ).date()
    said = Span.of(day, day).said
    rows = Scan.objects.filter(
        point_id__in=[point.pk, *merged],
        pk__gte=said["first"],
        pk__lt=said["last"],
        at__gte=said["since"],
        at__lte=at,
    )
    by_hour = (
        rows.order_by()
        .annotate(hour=ExtractHour("at", tzinfo=TZ))
        .values_list("hour")
        .annotate(
            n_in=Count("pk", filter=Q(direction=Direction.IN)),
            n_out=Count("pk", filter=Q(direction=Direction.OUT)),
            n_by_keeper=Count("pk", filter=Q(means=Means.KEEPER)),
            last=Max("at"),
        )
    )
    found = list(by_hour)
    return Today(
        {hour: (n_in, n_out) for hour, n_in, n_out, *_ in found},
        sum(row[3] for row in found),
        max((row[4] for row in found), default=None),
    )
