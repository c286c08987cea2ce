"""What every template may use: the viewer, the reader's choices and the way around."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core.access import SIGNED_IN, is_met, viewer_of
from vungxanh.core.navigation import Part, Ways
from vungxanh.core.preferences import DENSITY, THEME, kept
from vungxanh.core.viewer import Viewer


def console(request: HttpRequest) -> dict[str, object]:
    """`viewer`, `vx_nav` (groups of places), the reader's choices, and links of the account."""
    viewer = viewer_of(request)
    return {
        "viewer": viewer,
        "vx_nav": _navigation(viewer, request),
        "vx_theme": kept(request, THEME),
        "vx_density": kept(request, DENSITY),
        "vx_sign_in_url": reverse("sign-in"),
        "vx_sign_out_url": reverse("sign-out"),
        "vx_account_links": _account_links(viewer),
    }


def _account_links(viewer: Viewer) -> list[tuple[str, str]]:
    """(label, address) of what belongs to the account: what everybody has, then by capability."""
    links = (
        ("account", _("Tài khoản của tôi"), SIGNED_IN),
        ("sessions", _("Phiên đăng nhập"), SIGNED_IN),
        ("recovery-requests", _("Giúp đồng nghiệp"), SIGNED_IN),
        ("glass", _("Mở khẩn cấp"), "glass.break"),
        ("glass-review", _("Xem lại mở khẩn cấp"), "glass.review"),
        ("person-exports", _("Xuất danh sách người"), "persons.export"),
        ("purposes", _("Mục đích xem thông tin người"), "purposes.manage"),
    )
    return [(label, reverse(name)) for name, label, needs in links if is_met(needs, viewer)]


def _navigation(viewer: Viewer, request: HttpRequest) -> tuple[Part, ...]:
    """The groups of settings.NAVIGATION with what the viewer may open in them."""
    ways: Ways = settings.NAVIGATION
    match = request.resolver_match
    section = settings.SECTIONS.get(match.url_name or "", "") if match else ""
    return ways.open_to(viewer, path=request.path, section=section)
