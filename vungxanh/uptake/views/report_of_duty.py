"""From a time of a duty to the report that meets it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.duties import queries as duties
from vungxanh.uptake.queries.reporting import arrivals


@require_safe
def report_of_duty(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """To the report that stands for the day; to the page that brings one where there is none."""
    line = duties.occurrence(occurrence_id, viewer=viewer_of(request), at=clock.now())
    reporter = arrivals.reporter_of_duty(line.duty_id)
    standing = arrivals.standing_on(reporter, line.day)
    if standing is not None:
        return HttpResponseRedirect(reverse("uptake-report", args=[standing.id]))
    address = reverse("uptake-bring_report", args=[reporter.id])
    return HttpResponseRedirect(f"{address}?ngay={line.day}")
