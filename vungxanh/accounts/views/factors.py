"""Second factors of the own account: listed, enrolled, named, removed; recovery codes."""

from base64 import b64decode, b64encode
from io import BytesIO

import qrcode
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods
from qrcode.image.svg import SvgPathFillImage

from vungxanh.accounts import actions
from vungxanh.accounts.forms import AppForm, NameForm, PasskeyForm
from vungxanh.accounts.gateways import codes, passkeys
from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import factor_rows, factors_of
from vungxanh.accounts.rules import FACTOR, must_prove, needs_second_factor
from vungxanh.accounts.values import FactorRow
from vungxanh.accounts.views.proving import freshly_proved, note_proof, passkey_of
from vungxanh.accounts.views.ways import own_staff, with_refusal
from vungxanh.core import clock
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.sealed import seal_text, unseal_text

# Where the secret of an app that is being enrolled waits, sealed, and its place for the seal.
ENROLLING = "vx_enrolling"
PLACE = "session.totp"
IN_A_GROUP = 4


@never_cache
@require_GET
def factors(request: HttpRequest) -> HttpResponse:
    """My second factors, and what is still to be done."""
    staff = own_staff(request)
    shown = request.session.get(FACTOR)
    context = {
        "rows": factor_rows(staff),
        "factors": factors_of(staff),
        "passkey": passkey_of(request),
        "is_demo": staff.is_demo,
        "is_needed": needs_second_factor(staff.roles),
        "is_waiting": must_prove(staff.roles, shown, is_demo=staff.is_demo),
    }
    return render(request, "accounts/factor_list.html", context)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@freshly_proved
def app(request: HttpRequest) -> HttpResponse:
    """Enrol an authenticator app: the picture and the secret, then its first code."""
    staff = own_staff(request)
    if staff.is_demo or factors_of(staff).totp:
        return redirect("factors")
    form = AppForm(request.POST or None)
    secret = _secret(request, is_new=not form.is_bound)
    if not form.is_valid():
        return _app_page(request, form, secret, status=422 if form.is_bound else 200)
    is_first = not factors_of(staff).is_any
    try:
        code = form.cleaned_data["code"]
        actions.add_app(staff=staff, secret=secret, code=code, at=clock.now())
    except actions.AccountRefusalError as refusal:
        form = with_refusal(form, refusal)
        return _app_page(request, form, secret, status=status_of(refusal))
    request.session.pop(ENROLLING, None)
    return _enrolled(request, "totp", is_first=is_first)


@never_cache
@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
@freshly_proved
def passkey(request: HttpRequest) -> HttpResponse:
    """Enrol a passkey of this device or of one at hand."""
    staff = own_staff(request)
    if staff.is_demo:
        return redirect("factors")
    form = PasskeyForm(request.POST or None)
    if not form.is_valid():
        return _passkey_page(request, form, 422 if form.is_bound else 200)
    is_first = not factors_of(staff).is_any
    said = form.cleaned_data
    try:
        actions.add_passkey(staff=staff, name=said["name"], answer=said["answer"], at=clock.now())
    except actions.AccountRefusalError as refusal:
        return _passkey_page(request, with_refusal(form, refusal), status_of(refusal))
    return _enrolled(request, "passkey", is_first=is_first)


@never_cache
@require_http_methods(["GET", "POST"])
@freshly_proved
def name(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Give a passkey another name."""
    staff = own_staff(request)
    row = _own(staff, factor_id)
    form = NameForm(request.POST or None, initial={"name": row.name})
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"form": form, "row": row}
        return render(request, "accounts/factor_name.html", context, status=status)
    actions.rename_passkey(
        staff=staff, factor_id=factor_id, name=form.cleaned_data["name"], at=clock.now()
    )
    messages.success(request, _("Đã đổi tên khóa."))
    return redirect("factors")


@never_cache
@require_http_methods(["GET", "POST"])
@freshly_proved
def removal(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Ask, then remove an app or a passkey."""
    staff = own_staff(request)
    row = _own(staff, factor_id)
    if request.method == "GET":
        context = {
            "row": row,
            "is_last": len(factor_rows(staff)) == 1,
            "is_needed": needs_second_factor(staff.roles),
        }
        return render(request, "accounts/factor_removal.html", context)
    if not actions.remove_factor(staff=staff, factor_id=factor_id, at=clock.now()):
        request.session.pop(FACTOR, None)
    messages.success(request, _("Đã bỏ. Thiết bị đó không còn dùng để đăng nhập được."))
    return redirect("factors")


@never_cache
@sensitive_variables("made")
@require_http_methods(["GET", "POST"])
@freshly_proved
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Say what recovery codes are for; make new ones and show them this once."""
    staff = own_staff(request)
    if request.method == "GET":
        context = {"factors": factors_of(staff)}
        return render(request, "accounts/recovery.html", context)
    try:
        made = actions.make_recovery_codes(staff=staff, at=clock.now())
    except actions.AccountRefusalError as refusal:
        messages.error(request, refusal.words.in_language(reader_language()))
        return redirect("factors")
    return _codes_page(request, made)


def _enrolled(request: HttpRequest, factor: str, *, is_first: bool) -> HttpResponse:
    """After enrolling: the recovery codes with the first factor, else the list."""
    note_proof(request, request.session.get(FACTOR) or factor)
    if not is_first:
        messages.success(request, _("Đã thêm. Lần đăng nhập tới dùng được ngay."))
        return redirect("factors")
    made = actions.make_recovery_codes(staff=own_staff(request), at=clock.now())
    return _codes_page(request, made, is_first=True)


def _codes_page(request: HttpRequest, made: list[str], *, is_first: bool = False) -> HttpResponse:
    context = {
        "codes": [_grouped(code) for code in made],
        "email": own_staff(request).email,
        "made_at": clock.now(),
        "is_first": is_first,
    }
    return render(request, "accounts/recovery_codes.html", context)


def _secret(request: HttpRequest, *, is_new: bool) -> str:
    """The secret that waits in the session for the app's first code; a new one when asked."""
    waiting = request.session.get(ENROLLING)
    if waiting and not is_new:
        return unseal_text(b64decode(waiting), PLACE)
    secret = codes.new_secret()
    request.session[ENROLLING] = b64encode(seal_text(secret, PLACE)).decode("ascii")
    return secret


def _app_page(request: HttpRequest, form: AppForm, secret: str, *, status: int) -> HttpResponse:
    said = codes.address_of(own_staff(request), secret)
    context = {"form": form, "picture": _picture(said), "secret": _grouped(secret)}
    return render(request, "accounts/factor_app.html", context, status=status)


def _passkey_page(request: HttpRequest, form: PasskeyForm, status: int) -> HttpResponse:
    can = passkey_of(request)
    options = passkeys.options_to_create(own_staff(request)) if can.works else ""
    context = {"form": form, "passkey": can, "options": options}
    return render(request, "accounts/factor_passkey.html", context, status=status)


def _picture(said: str) -> str:
    """The QR code as the address of an image: ISO/IEC 18004, with its quiet zone."""
    drawn = BytesIO()
    qrcode.make(said, image_factory=SvgPathFillImage).save(drawn)
    return f"data:image/svg+xml;base64,{b64encode(drawn.getvalue()).decode('ascii')}"


def _grouped(text: str) -> str:
    """In groups of four, as people read it."""
    return " ".join(text[at : at + IN_A_GROUP] for at in range(0, len(text), IN_A_GROUP))


def _own(staff: Staff, factor_id: int) -> FactorRow:
    found = [row for row in factor_rows(staff) if row.id == factor_id]
    if not found:
        raise MissingError
    return found[0]
