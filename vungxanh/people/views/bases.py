"""Administrators' page of the laws that campaigns rest on without consent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.accounts.queries.glass import names
from vungxanh.accounts.values.purposes import Decision
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import REFUSED_INPUT, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.people import actions
from vungxanh.people.actions.refusals import BadBasisError
from vungxanh.people.forms.bases import BasisForm, EndForm
from vungxanh.people.queries.bases import bases
from vungxanh.people.values.consents import texts
from vungxanh.people.values.rights import Basis
from vungxanh.refusals import RefusalError


@never_cache
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Every basis, those that wait first, and a form to propose another."""
    form = BasisForm(request.POST or None, language=reader_language())
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, status=REFUSED_INPUT if form.errors else 200)
    try:
        actions.propose_basis(basis=form.basis(), by=viewer_of(request), at=clock.now())
    except RefusalError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.words.in_language(reader_language()))
        return _page(request, form, status=status_of(refusal))
    messages.success(
        request, _("Đã gửi đề nghị. Một người quản trị khác duyệt thì mới có hiệu lực.")
    )
    return redirect("people-bases")


@never_cache
@require_POST
def decide(request: HttpRequest, basis_id: UUID) -> HttpResponse:
    """Approve or refuse another's proposal, take the own one back, or end what is in force."""
    act, by, at = request.POST.get("act", ""), viewer_of(request), clock.now()
    if act == "end":
        return _end(request, basis_id)
    if act == "withdraw":
        actions.withdraw_basis(basis_id=basis_id, by=by, at=at)
        messages.success(request, _("Đã rút đề nghị."))
    elif act in {"approve", "refuse"}:
        actions.decide_basis(basis_id=basis_id, approve=act == "approve", by=by, at=at)
        messages.success(request, _("Đã ghi quyết định."))
    return redirect("people-bases")


def _end(request: HttpRequest, basis_id: UUID) -> HttpResponse:
    typed, form = EndForm(request.POST), BasisForm(language=reader_language())
    if not typed.is_valid():
        return _page(request, form, typed=(basis_id, typed), status=REFUSED_INPUT)
    by, at = viewer_of(request), clock.now()
    try:
        actions.end_basis(basis_id=basis_id, ends_on=typed.day(), by=by, at=at)
    except BadBasisError as refusal:
        typed.add_error("last_on", refusal.words.in_language(reader_language()))
        return _page(request, form, typed=(basis_id, typed), status=status_of(refusal))
    messages.success(request, _("Đã rút ngắn. Trang minh bạch đổi ngay."))
    return redirect("people-bases")


def _page(
    request: HttpRequest,
    form: BasisForm,
    *,
    typed: tuple[UUID, EndForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = viewer_of(request)
    found = bases(viewer)
    people = names(ref for one in found for ref in (one.written_by, one.decided_by))
    rows = [_row(one, people, typed) | {"is_own": one.written_by == viewer.id} for one in found]
    return render(request, "people/bases.html", {"form": form, "rows": rows}, status=status)


def _row(
    one: Basis, people: dict[str, str], typed: tuple[UUID, EndForm] | None
) -> dict[str, object]:
    language, today = reader_language(), clock.today()
    end = typed[1] if typed and typed[0] == one.id else EndForm(auto_id=f"id_{one.id}_%s")
    is_over = one.decision is Decision.APPROVED and one.said.ends_on < today
    return {
        "row": one,
        "words": one.said.words.in_language(language),
        "covers": texts()[one.covers].name.in_language(language) if one.covers else "",
        "who": people.get(one.written_by, one.written_by),
        "decider": people.get(one.decided_by, one.decided_by),
        "waits": one.decision is Decision.WAITING,
        "holds": one.holds_on(today),
        "may_end": one.decision is Decision.APPROVED and not is_over,
        "is_over": is_over,
        "end": end,
    }
