"""Administrators' page of purposes: the list, proposals, and what another administrator decides."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.accounts import actions
from vungxanh.accounts.forms.purposes import LastDayForm, PurposeForm
from vungxanh.accounts.queries import purposes as queries
from vungxanh.accounts.queries.glass import names
from vungxanh.accounts.values.purposes import Change, Decision, Proposal, PurposeSpec
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.paging import pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer


@never_cache
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """The list, the proposals, and a form to propose another purpose."""
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_purpose(spec=form.spec(), by=viewer_of(request), at=clock.now())
        except actions.AccountRefusalError as refusal:
            form.add_error(refusal.field or None, refusal.words.in_language(reader_language()))
            return _page(request, form, status=status_of(refusal))
        return _proposed(request)
    return _page(request, form, status=422 if form.errors else 200)


@require_POST
def last_day(request: HttpRequest) -> HttpResponse:
    """Propose another last day of a purpose."""
    form = LastDayForm(request.POST)
    if not form.is_valid():
        return _page(request, PurposeForm(), last_day=form, status=422)
    code = form.cleaned_data["code"]
    try:
        actions.propose_end(code=code, ends_on=form.day(), by=viewer_of(request), at=clock.now())
    except actions.AccountRefusalError as refusal:
        form.add_error("last_on", refusal.words.in_language(reader_language()))
        return _page(request, PurposeForm(), last_day=form, status=status_of(refusal))
    return _proposed(request)


@require_POST
def decide(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Approve or refuse what another administrator proposed, or take the own proposal back."""
    act, by, at = request.POST.get("act", ""), viewer_of(request), clock.now()
    if act == "withdraw":
        actions.withdraw_proposal(proposal_id=proposal_id, by=by, at=at)
        messages.success(request, _("Đã rút đề nghị."))
    elif act in {"approve", "refuse"}:
        actions.decide_proposal(proposal_id=proposal_id, approve=act == "approve", by=by, at=at)
        messages.success(request, _("Đã ghi quyết định."))
    return redirect("purposes")


def _proposed(request: HttpRequest) -> HttpResponse:
    messages.success(
        request, _("Đã gửi đề nghị. Một người quản trị khác duyệt thì mới có hiệu lực.")
    )
    return redirect("purposes")


def _page(
    request: HttpRequest,
    form: PurposeForm,
    *,
    last_day: LastDayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer, today = viewer_of(request), clock.today()
    found = queries.proposals(viewer, request.GET.get("trang", 1))
    context = {
        "form": form,
        "purposes": [_purpose(spec, today, last_day) for spec in queries.purposes()],
        "proposals": _proposals(found.rows, viewer),
        **pages_of(found),
    }
    return render(request, "accounts/purposes.html", context, status=status)


def _purpose(spec: PurposeSpec, today: date, typed: LastDayForm | None) -> dict[str, object]:
    is_typed = typed is not None and typed.data.get("code") == spec.code
    empty = LastDayForm(initial={"code": spec.code}, auto_id=f"id_{spec.code}_%s")
    return {
        "spec": spec,
        "words": spec.words.in_language(reader_language()),
        "holds": spec.holds_on(today),
        "form": typed if is_typed else empty,
    }


def _proposals(rows: tuple[Proposal, ...], viewer: Viewer) -> list[dict[str, object]]:
    people = names(ref for row in rows for ref in (row.proposed_by, row.decided_by))
    return [
        {
            "row": row,
            "words": row.purpose.words.in_language(reader_language()),
            "adds": row.change is Change.ADD,
            "who": people.get(row.proposed_by, row.proposed_by),
            "decider": people.get(row.decided_by, row.decided_by),
            "waits": row.decision is Decision.WAITING,
            "is_own": row.proposed_by == viewer.id,
        }
        for row in rows
    ]
