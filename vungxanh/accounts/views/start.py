"""The first page of roles that have no list of their own to begin with."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.accounts.queries import own_card
from vungxanh.accounts.queries.exports import n_to_approve
from vungxanh.accounts.queries.glass import n_waiting
from vungxanh.accounts.queries.recovery import askers
from vungxanh.accounts.queries.starting import start_lines
from vungxanh.accounts.rules import specs
from vungxanh.accounts.values.exports import APPROVE, EXPORT
from vungxanh.accounts.values.glass import BREAK, REVIEW
from vungxanh.core import clock
from vungxanh.core.access import SIGNED_IN, is_met, viewer_of
from vungxanh.core.navigation import Ways
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId

HERE = "start"
ACCOUNT = _("Tài khoản")
# Beside the entries of the menu: what stands under the name at the top of every page.
FURTHER = (
    ("person-exports", _("Xuất danh sách người"), EXPORT),
    ("glass", _("Mở khẩn cấp"), BREAK),
    ("glass-review", _("Xem lại mở khẩn cấp"), REVIEW),
    ("recovery-requests", _("Giúp đồng nghiệp"), SIGNED_IN),
    ("account", _("Tài khoản của tôi"), SIGNED_IN),
)
# What somebody does there, by the name of the page; a page without words stands by its label.
NOTES = {
    "duties-work": _("Xem việc đến hạn, báo là đã làm, xem nơi nào còn thiếu."),
    "uptake-areas": _("Xem số liệu đã công bố của từng tỉnh, huyện, xã."),
    "locations-organisations": _("Tra trạm y tế, bệnh viện, trường học, chợ và nơi làm việc."),
    "locations-boundaries_bring": _("Đưa tệp ranh giới vào để vẽ sơ đồ."),
    "uptake-bring": _("Nộp bảng số liệu từ tệp hoặc dán từ bảng tính."),
    "uptake-day_tables": _("Xem bảng số liệu từng ngày và nơi nào còn thiếu."),
    "uptake-my_reports": _("Nộp và sửa báo cáo của mình theo biểu mẫu."),
    "uptake-report_forms": _("Lập biểu mẫu, giao ai báo cáo địa bàn nào."),
    "people-search": _("Tìm và xem một người trong phạm vi được giao."),
    "people-followed": _("Xem ai đang cách ly, cần xét nghiệm và điện thoại của họ."),
    "people-new": _("Ghi người không có ứng dụng, không ghi trùng."),
    "people-requests": _("Trả lời điều người dân yêu cầu về dữ liệu của họ, đúng hạn."),
    "checkins-own": _("Xem điểm của mình, điểm được giao trực, nơi nào còn thiếu."),
    "checkins-points": _("Tìm, duyệt, sửa và đóng điểm kiểm soát của địa bàn."),
    "checkins-pairs": _("So sánh hai điểm có thể là một, gộp lại nếu đúng."),
    "directives-list": _("Đưa văn bản đến vào, xem việc được giao và hạn."),
    "reports-list": _("Xem, tải và in báo cáo."),
    "devices": _("Ghi danh hoặc thu hồi điện thoại, màn hình, đầu đọc."),
    "staff-list": _("Mời cán bộ, đổi quyền, khóa tài khoản."),
    "messaging-outbox": _("Xem thư nào đã đi, thư nào chưa."),
    "messaging-inbox": _("Xem thư và tin nhắn gửi đến."),
    "processing": _("In hồ sơ về việc xử lý dữ liệu cá nhân."),
    "audit-log": _("Xem ai đã làm gì, lúc nào, cho mục đích gì."),
    "people-proofs": _("Xem đêm qua xóa gì, ai đã được xóa, còn sót gì không."),
    "person-exports": _("Lập tệp từ danh sách đang mở của bạn."),
    "glass": _("Xem ngay địa bàn khác khi khẩn cấp, có ghi lý do."),
    "glass-review": _("Kết luận các lần cán bộ thuộc địa bàn mở khẩn cấp."),
    "recovery-requests": _("Xác nhận người quen bị mất bước hai khi đăng nhập."),
    "account": _("Đổi mật khẩu, lập bước hai, xem các phiên đăng nhập."),
}


@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What I am here, for which area, what waits for me and what I can do today."""
    viewer, language = viewer_of(request), reader_language()
    held = specs(viewer.roles)
    context = {
        "card": own_card(viewer),
        "roles": [spec.words.in_language(language) for spec in held],
        "is_limited": any(spec.limit != "area" for spec in held),
        "has_no_page": all(spec.first_page == HERE for spec in held),
        "units": locations.units(UnitId(one) for one in sorted(viewer.units)).values(),
        "waiting": _waiting(viewer, clock.now()),
        "ways": _ways(viewer),
    }
    return render(request, "accounts/start.html", context)


def _waiting(viewer: Viewer, at: datetime) -> list[tuple[str, str]]:
    """(sentence, address) of what waits for the viewer; what does not wait is left out."""
    language = reader_language()
    told = [(one.words.in_language(language), reverse(one.page)) for one in start_lines(viewer, at)]
    n_exports = n_to_approve(viewer, at) if viewer.may(APPROVE) else 0
    n_openings, n_asking = n_waiting(viewer), len(askers(viewer=viewer, at=at))
    counted = (
        (n_openings, _openings(n_openings), "glass-review"),
        (n_exports, _exports(n_exports), "person-exports-approve"),
        (n_asking, _asking(n_asking), "recovery-requests"),
    )
    return told + [(words, reverse(name)) for n, words, name in counted if n]


def _openings(n: int) -> str:
    words = ngettext("%(n)s lần mở khẩn cấp chờ xem lại", "%(n)s lần mở khẩn cấp chờ xem lại", n)
    return words % {"n": n}


def _exports(n: int) -> str:
    words = ngettext("%(n)s danh sách chờ duyệt xuất", "%(n)s danh sách chờ duyệt xuất", n)
    return words % {"n": n}


def _asking(n: int) -> str:
    words = ngettext("%(n)s đồng nghiệp nhờ xác nhận", "%(n)s đồng nghiệp nhờ xác nhận", n)
    return words % {"n": n}


def _ways(viewer: Viewer) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Under the headings of the menu: (label, address, what one does there) of what is open."""
    notes = {reverse(name): str(note) for name, note in NOTES.items()}
    menu: Ways = settings.NAVIGATION
    groups = [
        (part.label, [(one.label, one.url, notes.get(one.url, "")) for one in part.places])
        for part in menu.open_to(viewer)
    ]
    further = [
        (str(label), reverse(name), str(NOTES[name]))
        for name, label, needs in FURTHER
        if is_met(needs, viewer)
    ]
    return [*groups, (str(ACCOUNT), further)]
