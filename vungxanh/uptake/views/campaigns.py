"""Pages of a campaign and of movements between units."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.locations import queries as locations
from vungxanh.uptake import actions, queries
from vungxanh.uptake.overview import campaign as campaigns
from vungxanh.uptake.overview import movements as moved
from vungxanh.uptake.views.unit import crumbs, look_of


@require_GET
def campaign(request: HttpRequest, unit_id: str, campaign_id: UUID) -> HttpResponse:
    """Every unit of a campaign with its target, gap, pace and forecast."""
    found = queries.campaign(campaign_id, unit_id)
    page = campaigns.page_of(viewer_of(request), found, look_of(request))
    context = {"page": page, "crumbs": crumbs(locations.unit(unit_id))}
    return render(request, "uptake/campaign.html", context)


@require_POST
def end(request: HttpRequest, unit_id: str, campaign_id: UUID) -> HttpResponse:
    """End a campaign with its targets."""
    by, at = viewer_of(request), clock.now()
    n_ended = actions.end_campaign(campaign_id=campaign_id, scope_id=unit_id, by=by, at=at)
    messages.info(request, _("Đã kết thúc chiến dịch và %(n)s chỉ tiêu.") % {"n": n_ended})
    return _back(unit_id, campaign_id)


@require_POST
def reopen(request: HttpRequest, unit_id: str, campaign_id: UUID) -> HttpResponse:
    """Let an ended campaign stand again."""
    by, at = viewer_of(request), clock.now()
    n_back = actions.reopen_campaign(campaign_id=campaign_id, scope_id=unit_id, by=by, at=at)
    messages.success(request, _("Chiến dịch lại có hiệu lực với %(n)s chỉ tiêu.") % {"n": n_back})
    return _back(unit_id, campaign_id)


def _back(unit_id: str, campaign_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("uptake-campaign", args=[unit_id, campaign_id]))


@require_GET
def movements(request: HttpRequest, unit_id: str) -> HttpResponse:
    """Who rose and who fell since the date before and since a week ago."""
    unit = locations.unit(unit_id)
    page = moved.page_of(viewer_of(request), unit, look_of(request))
    return render(request, "uptake/movements.html", {"page": page, "crumbs": crumbs(unit)})
