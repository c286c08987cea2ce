"""Lost second steps: asking for help, and vouching for a colleague."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.accounts import actions
from vungxanh.accounts.gateways import entering
from vungxanh.accounts.queries import asker, askers
from vungxanh.accounts.values import Asker
from vungxanh.accounts.views.described import named, spoken
from vungxanh.accounts.views.proving import has_proved, prove_first
from vungxanh.core import clock
from vungxanh.core.access import viewer_of


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask two colleagues for help; only after the right password, while the second step waits."""
    staff = entering.waiting(request)
    if staff is None:
        return redirect("sign-in")
    asked = None
    if request.method == "POST":
        asked = actions.ask_recovery(staff=staff, at=clock.now())
    return render(request, "accounts/recovery_request.html", {"asked": asked})


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Colleagues who ask for help, and how many have confirmed."""
    found = askers(viewer=viewer_of(request), at=clock.now())
    context = {"rows": [_row(one) for one in found]}
    return render(request, "accounts/recovery_requests.html", context)


@require_http_methods(["GET", "POST"])
def vouch(request: HttpRequest, recovery_id: UUID) -> HttpResponse:
    """See who asks, and confirm, the own second step shown lately, to know the person."""
    viewer, at = viewer_of(request), clock.now()
    one = asker(recovery_id, viewer=viewer, at=at)
    if not has_proved(request):
        return prove_first(request)
    if request.method == "GET":
        return render(request, "accounts/recovery_request_one.html", _row(one))
    is_done = actions.vouch(recovery_id=recovery_id, by=viewer, at=at)
    messages.success(request, _vouched_words(is_done=is_done))
    return redirect("recovery-requests")


@require_POST
def drop(request: HttpRequest, recovery_id: UUID) -> HttpResponse:
    """Refuse a request, or take back one's own."""
    actions.drop_recovery(recovery_id=recovery_id, by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã bỏ yêu cầu. Bước hai của người đó giữ nguyên."))
    return redirect("recovery-requests")


def _vouched_words(*, is_done: bool) -> str:
    if is_done:
        return _("Đã đủ hai người xác nhận. Bước hai cũ đã được gỡ, mọi phiên của người đó đã hết.")
    return _("Đã ghi lời xác nhận của bạn. Cần thêm một đồng nghiệp khác.")


def _row(one: Asker) -> dict[str, object]:
    return {"one": one, "roles": spoken(one.roles), "units": named(one.units)}
