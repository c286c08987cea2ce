"""Accounts for administrators: the list, one account, its rights, locking."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.accounts import actions
from vungxanh.accounts.forms import RightsForm, filled_with
from vungxanh.accounts.queries import (
    UnitTextError,
    sessions_of,
    staff_card,
    staff_in_reach,
    staff_list,
    units_of_text,
)
from vungxanh.accounts.queries.organisations import names as organisation_names
from vungxanh.accounts.rules import ROLES
from vungxanh.accounts.values import MANAGE, STAFF, Preview, Rights, StaffLine, Wanted
from vungxanh.accounts.views.described import described, named, spoken
from vungxanh.accounts.views.sessions import rows, this_session
from vungxanh.accounts.views.ways import with_refusal
from vungxanh.audit.queries import sign_ins_of
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.paging import pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer

if TYPE_CHECKING:
    from vungxanh.accounts.models import Staff


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The accounts of my area, by address, role or unit."""
    viewer, asked = viewer_of(request), {key: request.GET.get(key, "") for key in _ASKED}
    wanted, problem = _wanted(asked, viewer)
    page = staff_list(wanted, viewer=viewer, page=request.GET.get("trang", 1))
    context = {
        "rows": [_row(line) for line in page],
        "asked": asked,
        "chosen_role": asked["vai-tro"],
        "chosen_unit": asked["don-vi"],
        "is_filtered": any(asked.values()),
        "problem": problem,
        "roles": [(str(role), *spoken([spec.words])) for role, spec in ROLES.items()],
    }
    return render(request, "accounts/staff_list.html", context | pages_of(page, asked))


@require_GET
def one(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """One account: its owner, administrators and auditors of its units see it."""
    viewer, ref = viewer_of(request), f"{STAFF}{staff_id}"
    card = staff_card(ref, viewer=viewer)
    may_manage = viewer.may(MANAGE) and ref != viewer.id
    context = described(card) | {
        "sign_ins": sign_ins_of(ref, viewer=viewer),
        "staff_id": staff_id,
        "may_manage": may_manage,
    }
    if may_manage:
        lines = sessions_of(ref, viewer=viewer, at=clock.now(), this=this_session(request))
        context["sessions"] = rows(lines)
    return render(request, "accounts/staff.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Other roles, units, scopes or another end: first shown what they bring, then kept."""
    viewer, ref = viewer_of(request), f"{STAFF}{staff_id}"
    staff = staff_in_reach(ref, viewer=viewer)
    if ref == viewer.id:
        raise actions.OwnAccountError
    if request.method == "GET":
        initial = filled_with(actions.rights_of(staff=staff))
        return _change_page(request, staff, RightsForm(initial=initial, held=viewer.units))
    form = RightsForm(request.POST, held=viewer.units)
    if not form.is_valid():
        return _change_page(request, staff, form, status=422)
    try:
        return _change(request, staff, form)
    except actions.AccountRefusalError as refusal:
        return _change_page(request, staff, with_refusal(form, refusal), status=status_of(refusal))


@require_POST
def lock(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Close an account at once."""
    actions.lock_staff(ref=f"{STAFF}{staff_id}", by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã khóa tài khoản và kết thúc mọi phiên của tài khoản này."))
    return redirect("staff", staff_id)


@require_POST
def unlock(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Open a locked account again."""
    actions.unlock_staff(ref=f"{STAFF}{staff_id}", by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã mở khóa tài khoản."))
    return redirect("staff", staff_id)


_ASKED = ("email", "vai-tro", "don-vi")


def preview_words(preview: Preview, rights: Rights) -> dict[str, object]:
    """A preview of these rights in the reader's language; one query where they name a scope."""
    return {
        "units": named(rights.units),
        "organisations": organisation_names(rights.scopes),
        "gained": spoken(preview.gained),
        "lost": spoken(preview.lost),
        "kept": spoken(preview.kept),
        "needs_factor": preview.needs_factor,
    }


def _wanted(asked: dict[str, str], viewer: Viewer) -> tuple[Wanted, str]:
    """What is asked for, and what was wrong with it."""
    role = asked["vai-tro"] if asked["vai-tro"] in ROLES else ""
    email = asked["email"].strip()[:254]
    try:
        units = units_of_text(asked["don-vi"][:200], held=viewer.units)
    except UnitTextError as unknown:
        return Wanted(email, role), unknown.words.in_language(reader_language())
    return Wanted(email, role, units[0] if units else ""), ""


def _row(line: StaffLine) -> dict[str, object]:
    has_ended = line.ends_at is not None and line.ends_at <= clock.now()
    return {
        "line": line,
        "roles": spoken(line.roles),
        "units": named(line.units),
        "has_ended": has_ended,
    }


def _change(request: HttpRequest, staff: "Staff", form: RightsForm) -> HttpResponse:
    viewer, ref, at = viewer_of(request), f"{STAFF}{staff.pk}", clock.now()
    rights = form.rights()
    if request.POST.get("do") != "save":
        seen = actions.preview(ref=ref, rights=rights, by=viewer, at=at)
        return _change_page(request, staff, form, preview=(rights, seen))
    actions.change_staff(ref=ref, rights=rights, by=viewer, at=at)
    messages.success(request, _("Đã đổi quyền. Có hiệu lực ngay từ trang kế tiếp người đó mở."))
    return redirect("staff", staff.pk)


def _change_page(
    request: HttpRequest,
    staff: "Staff",
    form: RightsForm,
    *,
    status: int = 200,
    preview: tuple[Rights, Preview] | None = None,
) -> HttpResponse:
    context: dict[str, object] = {"form": form, "name": staff.name, "staff_id": staff.pk}
    if preview:
        rights, seen = preview
        context["preview"] = preview_words(seen, rights)
    return render(request, "accounts/staff_change.html", context, status=status)
