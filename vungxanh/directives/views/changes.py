"""Every change of a letter's items, page by page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import pages_of
from vungxanh.core.shown import Link
from vungxanh.directives import queries
from vungxanh.directives.overview import history, parts


@never_cache
@require_GET
def listed(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The changes of a letter's items, newest first."""
    viewer = viewer_of(request)
    found = queries.letter(viewer, letter_id)
    if not found.read_at:
        raise MissingError
    title = parts.title_of(queries.head_of(found))
    crumbs = [
        Link(_("Văn bản đến"), reverse("directives-list")),
        Link(title, reverse("directives-letter", args=[letter_id])),
        Link(_("Các lần sửa")),
    ]
    page = queries.changes_on(found, request.GET.get("trang", 1))
    context = {
        "letter": found,
        "crumbs": crumbs,
        "changes": history.change_views(page, found, viewer=viewer, at=clock.now()),
        **pages_of(page),
    }
    return render(request, "directives/changes.html", context)
