"""Corrected readings kept as examples: the list, keeping, taking away, withdrawing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import pages_of
from vungxanh.core.shown import Link
from vungxanh.directives import queries
from vungxanh.directives.actions import candidates as actions
from vungxanh.directives.overview import parts
from vungxanh.directives.views.common import back

FILES = {
    "expected.json": "application/json; charset=utf-8",
    "van-ban.txt": "text/plain; charset=utf-8",
}


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The examples of the viewer's area, and what they are for."""
    viewer = viewer_of(request)
    page = queries.candidates(viewer, page=request.GET.get("trang", 1))
    context = {
        "page": page,
        "rows": [
            (one, parts.title_of(queries.head_of(one.letter)), queries.may_edit(viewer, one.letter))
            for one in page
        ],
        "crumbs": [Link(_("Văn bản đến"), reverse("directives-list")), Link(_("Mẫu đã giữ"))],
        "files": list(FILES),
        **pages_of(page),
    }
    return render(request, "directives/candidates.html", context)


@require_POST
def keep(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Keep the reading as it stands now."""
    actions.keep_candidate(letter_id=letter_id, by=viewer_of(request), at=clock.now())
    messages.success(
        request, _("Đã giữ bản sửa làm mẫu. Mẫu ở lại máy chủ này cho đến khi bạn tự tải đi.")
    )
    return back(letter_id)


@require_GET
def download(request: HttpRequest, candidate_id: UUID, name: str) -> HttpResponse:
    """The reading as expected.json, or the text it was read from."""
    viewer = viewer_of(request)
    found = queries.candidate(viewer, candidate_id)
    if name not in FILES or found.withdrawn_at is not None:
        raise MissingError
    actions.hand_out_candidate(candidate=found, by=viewer, at=clock.now())
    content = found.expected if name == "expected.json" else found.text
    response = HttpResponse(content, content_type=FILES[name])
    response["Content-Disposition"] = f'attachment; filename="{str(found.id)[:8]}.{name}"'
    return response


@require_POST
def withdraw(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    """Take an example back and forget its content."""
    actions.withdraw_candidate(candidate_id=candidate_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã rút mẫu và xóa nội dung của mẫu. Văn bản vẫn còn."))
    return HttpResponseRedirect(reverse("directives-candidates"))
