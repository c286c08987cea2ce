"""Pages of breach notices: telling, counting, correcting, the clock, and words to persons."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.config.processing import actions, queries
from vungxanh.config.processing.forms import PRINTED_MOMENT, BreachForm, proposed
from vungxanh.config.processing.papers import Cover, message_draft
from vungxanh.config.processing.refusals import ProcessingError
from vungxanh.config.processing.tables import counted
from vungxanh.config.processing.values import PaperLine
from vungxanh.config.processing.views import (
    as_draft,
    clock_of,
    crumbs,
    file_answer,
    words_of,
)
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.reports.values import Paper as Printed


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Tell of a breach."""
    found_at = clock.now().astimezone(clock.TZ).strftime(PRINTED_MOMENT)
    stated = queries.stated(queries.own_unit(viewer_of(request)).id)
    initial: dict[str, object] = {"found_at": found_at, "contact": stated.officer_contact}
    return _form_page(request, None, initial)


@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Correct a notice; the version before stays."""
    viewer = viewer_of(request)
    line = queries.paper(paper_id, viewer=viewer)
    said = queries.said_of(paper_id, viewer=viewer)
    return _form_page(request, line, BreachForm.initial_of(said))


@never_cache
@require_GET
def breach(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """One version of a notice, its clock, its files, its corrections, and words to persons."""
    viewer = viewer_of(request)
    line = queries.paper(paper_id, viewer=viewer)
    said = queries.said_of(paper_id, viewer=viewer)
    unit = queries.own_unit(viewer)
    cover = Cover(queries.stated(unit.id), unit.name, clock.today(), line.version)
    chain = queries.chain(line.series)
    context = {
        "line": line,
        **clock_of(line),
        "said": said,
        "paper": Printed.of(queries.document(paper_id, viewer=viewer)),
        "draft": message_draft(cover, said),
        "chain": chain,
        "is_newest": chain[0].id == line.id,
        "crumbs": crumbs(),
    }
    return render(request, "processing/breach.html", context)


def _form_page(
    request: HttpRequest, line: PaperLine | None, initial: dict[str, object]
) -> HttpResponse:
    form = BreachForm(request.POST or None, initial=initial, is_correction=line is not None)
    act = request.POST.get("do", "")
    if act == "count":
        return _page(request, _counted(request, line), line)
    if not form.is_bound or not form.is_valid():
        return _page(request, form, line, status=422 if form.errors else 200)
    try:
        return _done(request, form, line)
    except ProcessingError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, words_of(refusal))
        return _page(request, form, line, status=status_of(refusal))


def _done(request: HttpRequest, form: BreachForm, line: PaperLine | None) -> HttpResponse:
    """Preview the file, or freeze it."""
    viewer, said = viewer_of(request), form.said()
    reason, act = form.cleaned_data.get("reason", ""), request.POST.get("do", "")
    if act in {"pdf", "docx"}:
        document, _found = actions.draft_breach(
            said=said, by=viewer, at=clock.now(), corrects=line, reason=reason
        )
        return file_answer(as_draft(document), act, "Thông báo vi phạm xem trước", version=0)
    corrects = line.id if line else None
    frozen = actions.notice(said=said, by=viewer, at=clock.now(), corrects=corrects, reason=reason)
    messages.success(request, _("Đã chốt thông báo. Gửi đi rồi thì ghi lại ở trang này."))
    return redirect("processing-breach", frozen)


def _counted(request: HttpRequest, line: PaperLine | None) -> BreachForm:
    """The same form with numbers and kinds filled in by counting the chosen tables."""
    typed = request.POST.copy()
    found = proposed(counted(tuple(request.POST.getlist("tables"))))
    for name, value in found.items():
        if name != "kinds" or not typed.get(name, "").strip():
            typed[name] = "" if value is None else str(value)
    form = BreachForm(
        initial={**typed.dict(), "tables": typed.getlist("tables")}, is_correction=line is not None
    )
    messages.info(request, _("Đã đếm trong các bảng được chọn. Xem lại số rồi chốt."))
    return form


def _page(
    request: HttpRequest, form: BreachForm, line: PaperLine | None, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "line": line, "crumbs": crumbs()}
    return render(request, "processing/breach_form.html", context, status=status)
