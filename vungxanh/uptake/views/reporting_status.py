"""Who reported when: the page, and its matrix as a file."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.downloads import attached
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import pages_of, whole_or_none
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Choice
from vungxanh.documents.formats import SHEETS, Format
from vungxanh.uptake.exports import reporting_status as files
from vungxanh.uptake.forms.figures import typed_date
from vungxanh.uptake.overview.reporting_look import (
    LENGTHS,
    MARK_OF_SLUG,
    MARKS,
    StandingLook,
    StandingPage,
)
from vungxanh.uptake.overview.reporting_status import compose
from vungxanh.uptake.queries.reporting import whose
from vungxanh.uptake.rules.reporting import KIND, OFFENCES, WITHIN
from vungxanh.uptake.views.figure_reports import crumbs

EARLIEST = date(2000, 1, 1)


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Reporters by days of a form and an area, rates over time, and the areas below."""
    viewer, look = viewer_of(request), look_of(request)
    page = compose(viewer, look, at=clock.now())
    context = {
        "page": page,
        "look": look,
        "crumbs": crumbs(_("Tình hình nộp báo cáo")),
        "is_guest": whose.is_guest(viewer),
        "most": {"n": OFFENCES, "days": WITHIN.days},
        **_ways(look, page),
        **pages_of(page.rows, look.kept()),
    }
    return render(request, "uptake/reporting/status.html", context)


@require_safe
def status_file(request: HttpRequest, name: str) -> HttpResponse:
    """The matrix and the rates as XLSX or CSV, all reporters that fit."""
    if name not in SHEETS:
        raise MissingError
    look = look_of(request)
    page = compose(viewer_of(request), look, at=clock.now(), is_whole=True)
    if not page.forms:
        raise MissingError
    return attached(files.standing_file(page, look, Format(name)))


def look_of(request: HttpRequest) -> StandingLook:
    """The reader's choices from the address; what is not understood is left at its default."""
    asked, today = request.GET, clock.today()
    last = typed_date(asked.get("den")) or today
    length = whole_or_none(asked.get("so-ngay", ""))
    return StandingLook(
        last=min(max(last, EARLIEST), today),
        form=_id(asked.get("mau", "")),
        area=asked.get("dia-ban", ""),
        n_days=length if length in LENGTHS else LENGTHS[1],
        mark=MARK_OF_SLUG.get(asked.get("trang-thai", "")),
        by_name=asked.get("xep") == "ten",
        page=whole_or_none(asked.get("trang", "")) or 1,
        lang=reader_language(),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as none:
        raise MissingError from none


def _ways(look: StandingLook, page: StandingPage) -> dict[str, object]:
    """Where the page leads: other days, lengths, marks, orders, the wall and the files."""
    days = look.n_days
    later = min(date.fromordinal(look.last.toordinal() + days), clock.today())
    earlier = date.fromordinal(look.last.toordinal() - days)
    wall = urlencode({"ngay": look.last, "loai": KIND})
    return {
        "earlier_url": look.url(den=max(earlier, EARLIEST)),
        "later_url": look.url(den=later) if later > look.last else "",
        "lengths": [Choice(str(n), look.url(**{"so-ngay": n}), n == days) for n in LENGTHS],
        "marks": [
            (slug, words.in_language(look.lang), mark == look.mark)
            for mark, (slug, _, _, words) in MARKS.items()
        ],
        "worst_url": look.url(xep=None),
        "name_url": look.url(xep="ten"),
        "wall_url": f"{reverse('duties-board')}?{wall}",
        "files": [
            (name, f"{reverse('uptake-report_status_file', args=[name])}{look.url()}")
            for name in SHEETS
        ]
        if page.n_reporters or page.below
        else [],
    }
