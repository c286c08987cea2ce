"""Sign-in and sign-out, my account, language and theme."""

from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.accounts import actions
from vungxanh.accounts.forms import PasswordForm, SignInForm
from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import own_card, staff_card
from vungxanh.accounts.rules import ROLES, first_page
from vungxanh.accounts.values import DEMO_ACCOUNTS, STAFF, StaffCard, era_of
from vungxanh.audit.queries import own_sign_ins, sign_ins_of
from vungxanh.core import clock, preferences
from vungxanh.core.access import SignInNeededError, viewer_of
from vungxanh.core.errors import status_of
from vungxanh.locations import queries as locations
from vungxanh.refusals import RefusalError

Form = TypeVar("Form", SignInForm, PasswordForm)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for address and password, then go where the visitor wanted to go."""
    if request.method == "GET" and viewer_of(request).is_signed_in:
        return HttpResponseRedirect(wanted(request))
    form = SignInForm(request.POST or None, initial={"email": request.GET.get("email", "")[:254]})
    if not form.is_valid():
        return _sign_in_page(request, form)
    try:
        staff = actions.sign_in(**form.cleaned_data, address=_address(request), at=clock.now())
    except actions.AccountRefusalError as refusal:
        return _sign_in_page(request, _with(form, refusal), status_of(refusal))
    login(request, staff, backend=BACKEND)
    return HttpResponseRedirect(wanted(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    viewer = viewer_of(request)
    if viewer.is_signed_in:
        actions.sign_out(by=viewer, at=clock.now())
    logout(request)
    return redirect("sign-in")


@never_cache
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I may do and when I signed in."""
    return _account_page(request, PasswordForm())


@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_POST
def change_password(request: HttpRequest) -> HttpResponse:
    """Change my password; this session goes on, all others end."""
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _account_page(request, form, 422)
    old, new = form.cleaned_data["old"], form.cleaned_data["new"]
    try:
        actions.change_password(
            staff=own_staff(request), old=old, new=new, address=_address(request), at=clock.now()
        )
    except actions.AccountRefusalError as refusal:
        field = "old" if isinstance(refusal, actions.WrongPasswordError) else refusal.field
        return _account_page(request, _with(form, refusal, field), status_of(refusal))
    update_session_auth_hash(request, own_staff(request))
    messages.success(request, _("Đã đổi mật khẩu. Các phiên khác đã kết thúc."))
    return redirect("account")


@require_GET
def staff(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """The card of one account, for those who may see it."""
    viewer = viewer_of(request)
    ref = f"{STAFF}{staff_id}"
    card = staff_card(ref, viewer=viewer)
    context = _described(card) | {"sign_ins": sign_ins_of(ref, viewer=viewer)}
    return render(request, "accounts/staff.html", context)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language and go back."""
    return _keep(request, preferences.LANGUAGE, "language")


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme and go back."""
    return _keep(request, preferences.THEME, "theme")


@require_POST
def choose_density(request: HttpRequest) -> HttpResponse:
    """Keep the chosen row height and go back."""
    return _keep(request, preferences.DENSITY, "density")


def _keep(request: HttpRequest, name: str, field: str) -> HttpResponse:
    response = HttpResponseRedirect(wanted(request))
    choice = request.POST.get(field, "")
    return preferences.keep(request, response, name=name, choice=choice)


def wanted(request: HttpRequest) -> str:
    """Where the visitor wanted to go; the first page of the role where nothing was said."""
    return _asked(request) or home_of(request)


def _asked(request: HttpRequest) -> str:
    """The path of this installation asked for in `next`; empty for none and for any other."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else ""


def home_of(request: HttpRequest) -> str:
    """Where somebody begins: the first page of the first role held, else the front page."""
    user = request.user
    return reverse(first_page(user.roles)) if isinstance(user, Staff) else reverse("uptake-home")


def own_staff(request: HttpRequest) -> Staff:
    """The signed-in account; the door has let nobody else through."""
    if not isinstance(request.user, Staff):
        raise SignInNeededError
    return request.user


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "next": _asked(request), "samples": _samples(request)}
    return render(request, "accounts/sign_in.html", context, status=status)


def _samples(request: HttpRequest) -> list[dict[str, str]]:
    """The demo's accounts by unit and role, each with the way to fill in its address; else none."""
    if not settings.DEMO:
        return []
    units, language = _names(account.unit for account in DEMO_ACCOUNTS), get_language() or "vi"
    here = _asked(request)
    return [
        {
            "role": ROLES[account.role].words.in_language(language),
            "unit": units.get(account.unit, account.unit),
            "era": era_of(account.unit).in_language(language),
            "email": account.email,
            "url": "?" + urlencode({"email": account.email, "next": here}),
        }
        for account in DEMO_ACCOUNTS
    ]


def _account_page(request: HttpRequest, form: PasswordForm, status: int = 200) -> HttpResponse:
    viewer = viewer_of(request)
    context = _described(own_card(viewer)) | {"sign_ins": own_sign_ins(viewer), "form": form}
    return render(request, "accounts/account.html", context, status=status)


def _described(card: StaffCard) -> dict[str, object]:
    language = get_language() or "vi"
    return {
        "card": card,
        "roles": [words.in_language(language) for words in card.roles],
        "units": _named(card.units),
        "rights": [words.in_language(language) for words in card.capabilities],
    }


def _names(unit_ids: Iterable[str]) -> dict[str, str]:
    return {str(unit.id): unit.name for unit in locations.units(unit_ids).values()}


def _named(units: tuple[str, ...]) -> list[tuple[str, str]]:
    """(name with its era, id) of units: names are used again; none where it is not known."""
    known, language = _names(units), get_language() or "vi"
    return [
        (f"{known[one]} ({era_of(one).in_language(language)})" if one in known else "", one)
        for one in units
    ]


def _with(form: Form, refusal: RefusalError, field: str | None = None) -> Form:
    """The form with the refusal's sentence at its field, or above the form."""
    form.add_error(field or refusal.field, refusal.words.in_language(get_language() or "vi"))
    return form


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
