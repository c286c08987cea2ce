"""Proving who one is: the second step of sign-in, a passkey alone, and again before a change."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vungxanh.accounts import actions
from vungxanh.accounts.forms import CodeForm, ConfirmForm
from vungxanh.accounts.gateways import entering, passkeys
from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import factors_of
from vungxanh.accounts.rules import FACTOR, FACTORS, PROVED_AT, is_fresh, passkeys_work
from vungxanh.accounts.views.ways import address, asked, own_staff, wanted, with_refusal
from vungxanh.core import clock
from vungxanh.core.errors import status_of
from vungxanh.core.preferences import reader_language

View = Callable[..., HttpResponse]
CONFIRM_PAGE = "accounts/factor_confirm.html"
LOCAL = {"127.0.0.1", "[::1]"}


@dataclass(frozen=True, slots=True)
class Passkey:
    """Whether this page can offer passkeys; where it cannot, the same page under a name, if any."""

    works: bool
    elsewhere: str


def passkey_of(request: HttpRequest) -> Passkey:
    """What the page's address means for passkeys."""
    host, _colon, port = request.get_host().rpartition(":")
    name = host if host and port.isdigit() else request.get_host()
    works = passkeys_work(request.get_host(), is_secure=request.is_secure())
    if works or name not in LOCAL:
        return Passkey(works, "")
    at_port = f":{port}" if port.isdigit() else ""
    return Passkey(works, f"{request.scheme}://localhost{at_port}{request.get_full_path()}")


def entered(request: HttpRequest, answer: HttpResponse, factor: str = "") -> HttpResponse:
    """The answer after a step of sign-in; keeps in the session what was proved and when."""
    if isinstance(request.user, Staff):
        note_proof(request, factor)
    return answer


def note_proof(request: HttpRequest, factor: str = "") -> None:
    """Keep in the session that its holder has just proved who they are, and by which factor."""
    request.session[PROVED_AT] = clock.now().isoformat()
    if factor:
        request.session[FACTOR] = factor


def freshly_proved(view: View) -> View:
    """A page that opens only to somebody who has proved themselves in the last minutes."""

    @wraps(view)
    def asked_first(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return view(request, *args, **kwargs) if has_proved(request) else prove_first(request)

    return asked_first


def has_proved(request: HttpRequest) -> bool:
    """Whether who is signed in proved it in the last minutes: by a second factor, if one is held.

    A password alone does only for an account without a second factor.
    """
    if not is_fresh(request.session.get(PROVED_AT), clock.now()):
        return False
    return request.session.get(FACTOR) in FACTORS or not factors_of(own_staff(request)).is_any


def prove_first(request: HttpRequest) -> HttpResponse:
    """The way to the page that asks for the proof, and from there back to this one."""
    return HttpResponseRedirect(f"{reverse('confirm')}?{urlencode({'next': request.path})}")


@never_cache
@sensitive_post_parameters("code", "answer")
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """After the right password, ask for the second factor."""
    staff = entering.waiting(request)
    if staff is None:
        messages.info(request, _("Đã quá thời gian chờ bước hai. Đăng nhập lại từ đầu."))
        return redirect("sign-in")
    form = CodeForm(request.POST if _is_code(request) else None)
    try:
        factor = _second_factor(request, staff, form)
    except actions.AccountRefusalError as refusal:
        return _step_page(request, staff, form, refusal=refusal)
    if not factor:
        return _step_page(request, staff, form)
    answer = entered(request, entering.go_on(request, staff), factor)
    if factor == "recovery":
        _warn_of_codes_left(request, staff)
    return answer


@never_cache
@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
def passkey_alone(request: HttpRequest) -> HttpResponse:
    """Sign in by a passkey without address and password: what to ask the device, and its answer."""
    if request.method == "GET":
        return JsonResponse({"options": passkeys.options_to_show(None)})
    answer = request.POST.get("answer", "")
    try:
        staff = actions.sign_in_by_passkey_alone(
            answer=answer, address=address(request), at=clock.now()
        )
    except actions.AccountRefusalError as refusal:
        messages.error(request, _passkey_words(refusal))
        return redirect(f"{reverse('sign-in')}?{urlencode({'next': asked(request)})}")
    return entered(request, entering.enter_alone(request, staff, asked(request)), "passkey")


@never_cache
@sensitive_post_parameters("code", "answer", "password")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask somebody signed in to prove again who they are, then go on."""
    staff = own_staff(request)
    has_factor = factors_of(staff).is_any
    kind = CodeForm if has_factor else ConfirmForm
    form = kind(request.POST if _is_code(request) else None)
    try:
        is_proved, factor = _confirmed(request, staff, form)
    except actions.AccountRefusalError as refusal:
        return _step_page(request, staff, form, refusal=refusal, template=CONFIRM_PAGE)
    if not is_proved:
        return _step_page(request, staff, form, template=CONFIRM_PAGE)
    note_proof(request, factor)
    return HttpResponseRedirect(wanted(request))


def _is_code(request: HttpRequest) -> bool:
    return request.method == "POST" and not request.POST.get("answer")


def _second_factor(request: HttpRequest, staff: Staff, form: CodeForm) -> str:
    """Which factor was shown; empty where nothing was sent yet."""
    at, where = clock.now(), address(request)
    if request.method == "POST" and (answer := request.POST.get("answer")):
        return actions.sign_in_with_passkey(staff=staff, answer=answer, address=where, at=at)
    if not form.is_valid():
        return ""
    code = form.cleaned_data["code"]
    return actions.sign_in_with_code(staff=staff, code=code, address=where, at=at)


def _confirmed(
    request: HttpRequest, staff: Staff, form: CodeForm | ConfirmForm
) -> tuple[bool, str]:
    """Whether somebody proved who they are, and by which second factor, if by one."""
    at, where = clock.now(), address(request)
    if request.method == "POST" and (answer := request.POST.get("answer")):
        return True, actions.confirm_with_passkey(staff=staff, answer=answer, address=where, at=at)
    if not form.is_valid():
        return False, ""
    if isinstance(form, CodeForm):
        code = form.cleaned_data["code"]
        return True, actions.confirm_with_code(staff=staff, code=code, address=where, at=at)
    password = form.cleaned_data["password"]
    actions.confirm_with_password(staff=staff, password=password, address=where, at=at)
    return True, ""


def _step_page(
    request: HttpRequest,
    staff: Staff,
    form: CodeForm | ConfirmForm,
    *,
    refusal: actions.AccountRefusalError | None = None,
    template: str = "accounts/factor_step.html",
) -> HttpResponse:
    has_passkey = factors_of(staff).n_passkeys > 0
    passkey = passkey_of(request)
    options = passkeys.options_to_show(staff) if has_passkey and passkey.works else ""
    status = status_of(refusal) if refusal else 422 if form.errors else 200
    context = {
        "form": _told(form, refusal),
        "has_passkey": has_passkey,
        "passkey": passkey,
        "options": options,
        "next": asked(request),
    }
    return render(request, template, context, status=status)


def _told(
    form: CodeForm | ConfirmForm, refusal: actions.AccountRefusalError | None
) -> CodeForm | ConfirmForm:
    """The form with the refusal; a form that was not sent (a passkey was) is bound for that."""
    if refusal is None:
        return form
    if not form.is_bound:
        form.is_bound = True
        form.full_clean()
        form.errors.clear()
    return with_refusal(form, refusal)


def _passkey_words(refusal: actions.AccountRefusalError) -> str:
    """What the sign-in page says: it has no code to look at."""
    if isinstance(refusal, actions.WrongCodeError):
        return _("Chưa vào được bằng khóa. Thử lại, hoặc dùng email và mật khẩu.")
    return refusal.words.in_language(reader_language())


def _warn_of_codes_left(request: HttpRequest, staff: Staff) -> None:
    n_left = factors_of(staff).n_recovery_left
    words = ngettext(
        "Đã dùng một mã dự phòng; còn %(n)d mã. Lập mã mới ở trang Tài khoản khi sắp hết.",
        "Đã dùng một mã dự phòng; còn %(n)d mã. Lập mã mới ở trang Tài khoản khi sắp hết.",
        n_left,
    )
    messages.warning(request, words % {"n": n_left})
