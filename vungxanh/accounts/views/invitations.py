"""Inviting people by link, and taking an invitation up."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.accounts import actions
from vungxanh.accounts.forms import AcceptForm, InviteForm
from vungxanh.accounts.models import Invitation
from vungxanh.accounts.queries import invitations
from vungxanh.accounts.queries.organisations import names as organisation_names
from vungxanh.accounts.rules import first_page, needs_second_factor, specs
from vungxanh.accounts.values import InvitationLine
from vungxanh.accounts.views.described import named, spoken
from vungxanh.accounts.views.proving import note_proof
from vungxanh.accounts.views.staff import preview_words
from vungxanh.accounts.views.ways import with_refusal
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.refusals import RefusalError

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The invitations that nobody has used yet."""
    lines = invitations(viewer=viewer_of(request), at=clock.now())
    return render(request, "accounts/invitations.html", {"rows": [_row(line) for line in lines]})


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody: first shown what the roles bring, then sent."""
    viewer = viewer_of(request)
    if request.method == "GET":
        return _invite_page(request, InviteForm(held=viewer.units))
    form = InviteForm(request.POST, held=viewer.units)
    if not form.is_valid():
        return _invite_page(request, form, 422)
    try:
        return _invite(request, form)
    except RefusalError as refusal:
        return _invite_page(request, with_refusal(form, refusal), status_of(refusal))


@require_POST
def resend(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Make a new link; the old one is void."""
    sent = actions.resend_invitation(
        invitation_id=invitation_id,
        link=lambda token: _link(request, token),
        by=viewer_of(request),
        at=clock.now(),
    )
    return render(request, "accounts/invitation_made.html", {"sent": sent})


@require_POST
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Make an invitation void."""
    actions.withdraw_invitation(invitation_id=invitation_id, by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã thu hồi lời mời. Đường dẫn cũ không còn dùng được."))
    return redirect("invitations")


@never_cache
@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Set a name and a password, and begin; every link that does not work says the same."""
    at = clock.now()
    invitation = actions.invited_as(token=token, at=at)
    form = AcceptForm(request.POST or None)
    if not form.is_valid():
        return _accept_page(request, invitation, form, status=422 if request.POST else 200)
    try:
        staff = actions.accept_invitation(
            token=token, name=form.cleaned_data["name"], password=form.cleaned_data["new"], at=at
        )
    except actions.WeakPasswordError as refusal:
        page = with_refusal(form, refusal)
        return _accept_page(request, invitation, page, status=status_of(refusal))
    login(request, staff, backend=BACKEND)
    note_proof(request)
    return redirect("factors" if needs_second_factor(staff.roles) else first_page(staff.roles))


def _invite(request: HttpRequest, form: InviteForm) -> HttpResponse:
    viewer, at, rights = viewer_of(request), clock.now(), form.rights()
    if request.POST.get("do") != "save":
        seen = actions.preview(ref="", rights=rights, by=viewer, at=at)
        return _invite_page(request, form, preview=preview_words(seen, rights))
    sent = actions.invite(
        email=form.cleaned_data["email"],
        rights=rights,
        link=lambda token: _link(request, token),
        by=viewer,
        at=at,
    )
    return render(request, "accounts/invitation_made.html", {"sent": sent})


def _invite_page(
    request: HttpRequest,
    form: InviteForm,
    status: int = 200,
    *,
    preview: dict[str, object] | None = None,
) -> HttpResponse:
    context = {"form": form, "preview": preview}
    return render(request, "accounts/invitation_new.html", context, status=status)


def _accept_page(
    request: HttpRequest, invitation: Invitation, form: AcceptForm, *, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "email": invitation.email,
        "roles": spoken(spec.words for spec in specs(invitation.roles)),
        "units": named(invitation.units),
        "organisations": organisation_names(invitation.scopes),
        "needs_factor": needs_second_factor(invitation.roles),
    }
    return render(request, "accounts/invitation.html", context, status=status)


def _link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("invitation", args=[token]))


def _row(line: InvitationLine) -> dict[str, object]:
    return {"line": line, "roles": spoken(line.roles), "units": named(line.units)}
