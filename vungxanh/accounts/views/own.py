"""Sign-in and sign-out, my account, language and theme."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.accounts import actions
from vungxanh.accounts.forms import PasswordForm, SignInForm
from vungxanh.accounts.gateways import entering
from vungxanh.accounts.queries import factors_of, own_card
from vungxanh.accounts.rules import ROLES
from vungxanh.accounts.values import DEMO_ACCOUNTS, era_of
from vungxanh.accounts.views.described import described, unit_name
from vungxanh.accounts.views.proving import entered, passkey_of
from vungxanh.accounts.views.ways import address, asked, own_staff, wanted, with_refusal
from vungxanh.audit.queries import own_sign_ins
from vungxanh.core import clock, preferences
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.preferences import reader_language


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
        staff = actions.sign_in(**form.cleaned_data, address=address(request), at=clock.now())
    except actions.AccountRefusalError as refusal:
        return _sign_in_page(request, with_refusal(form, refusal), status_of(refusal))
    return entered(request, entering.begin(request, staff, asked(request)))


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
            staff=own_staff(request), old=old, new=new, address=address(request), at=clock.now()
        )
    except actions.AccountRefusalError as refusal:
        field = "old" if isinstance(refusal, actions.WrongPasswordError) else refusal.field
        return _account_page(request, with_refusal(form, refusal, field), status_of(refusal))
    update_session_auth_hash(request, own_staff(request))
    messages.success(request, _("Đã đổi mật khẩu. Các phiên khác đã kết thúc."))
    return redirect("account")


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


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "next": asked(request),
        "samples": _samples(request),
        "passkey": passkey_of(request),
    }
    return render(request, "accounts/sign_in.html", context, status=status)


def _samples(request: HttpRequest) -> list[dict[str, str]]:
    """The demo's accounts by unit and role, each with the way to fill in its address; else none."""
    if not settings.DEMO:
        return []
    language, here = reader_language(), asked(request)
    return [
        {
            "role": ROLES[account.role].words.in_language(language),
            "unit": unit_name(account.unit) or account.unit,
            "era": era_of(account.unit).in_language(language),
            "email": account.email,
            "url": "?" + urlencode({"email": account.email, "next": here}),
        }
        for account in DEMO_ACCOUNTS
    ]


def _account_page(request: HttpRequest, form: PasswordForm, status: int = 200) -> HttpResponse:
    viewer = viewer_of(request)
    context = described(own_card(viewer)) | {
        "sign_ins": own_sign_ins(viewer),
        "form": form,
        "factors": factors_of(own_staff(request)),
    }
    return render(request, "accounts/account.html", context, status=status)
