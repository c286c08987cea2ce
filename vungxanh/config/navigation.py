"""The console's way around: the groups people work in, and each page with what opens it.

A room adds its pages here, each under one group; what nobody may open is not shown, nor is a group
without an entry. Groups and entries are shown in the order of these lists.
"""

from django.utils.translation import gettext_lazy as _

from vungxanh.core.access import OPEN
from vungxanh.core.navigation import Entry, Ways

GROUPS = [
    ("work", _("Việc")),
    ("areas", _("Địa bàn")),
    ("figures", _("Số liệu")),
    ("declare", _("Khai báo")),
    ("cases", _("Ca bệnh")),
    ("people", _("Người")),
    ("points", _("Điểm kiểm soát")),
    ("letters", _("Văn bản")),
    ("house", _("Quản trị")),
]
ENTRIES = [
    Entry("duties-work", _("Việc"), "duties.view", "work"),
    Entry("uptake-areas", _("Tất cả địa bàn"), OPEN, "areas"),
    Entry("locations-organisations", _("Tổ chức, cơ sở y tế"), OPEN, "areas"),
    Entry("locations-boundaries_bring", _("Ranh giới"), "locations.manage", "areas"),
    Entry("uptake-bring", _("Nộp số liệu"), "uptake.import", "figures"),
    Entry("uptake-day_tables", _("Bảng trong ngày"), OPEN, "figures"),
    Entry("uptake-my_reports", _("Báo cáo của tôi"), "uptake.report", "figures"),
    Entry("uptake-report_forms", _("Biểu mẫu"), "uptake.forms", "figures"),
    Entry("declarations-cares", _("Tờ khai cần gọi"), "declarations.see_ill", "declare"),
    Entry("declarations-contests", _("Khiếu nại kết quả"), "declarations.correct", "declare"),
    Entry("declarations-figures", _("Số liệu khai báo"), "declarations.figures", "declare"),
    Entry("declarations-form_versions", _("Biểu mẫu khai báo"), "declarations.forms", "declare"),
    Entry("declarations-rules", _("Quy tắc phân loại"), "declarations.rules", "declare"),
    Entry("declarations-obligations", _("Nghĩa vụ khai báo"), "declarations.figures", "declare"),
    Entry("declarations-public_figures", _("Số tờ khai đã công bố"), OPEN, "figures"),
    Entry("people-search", _("Tra cứu người"), "persons.view", "people"),
    Entry("people-followed", _("Người theo dõi"), "persons.view", "people"),
    Entry("people-new", _("Ghi người mới"), "persons.view", "people"),
    Entry("people-requests", _("Yêu cầu của người dân"), "persons.requests", "people"),
    Entry("checkins-own", _("Điểm của tôi"), "points.own", "points"),
    Entry("checkins-points", _("Điểm kiểm soát"), "points.view", "points"),
    Entry("checkins-activity", _("Điểm được dùng"), "points.view", "points"),
    Entry("checkins-pairs", _("Điểm có thể trùng"), "points.view", "points"),
    Entry("checkins-posters", _("In bảng mã"), "points.manage", "points"),
    Entry("checkins-premises_list", _("Cơ sở phải có điểm"), "points.view", "points"),
    Entry("checkins-inspections", _("Kiểm tra điểm"), "points.inspect", "points"),
    Entry("checkins-tables", _("Nhận bảng điểm"), "points.manage", "points"),
    Entry("checkins-reports", _("Báo mã có vấn đề"), "points.inspect", "points"),
    Entry("checkins-revoked", _("Danh sách mã thu hồi"), "points.inspect", "points"),
    Entry("directives-list", _("Văn bản đến"), "directives.view", "letters"),
    Entry("reports-list", _("Báo cáo"), "reports.view", "letters"),
    Entry("devices", _("Thiết bị"), "devices.manage", "house"),
    Entry("staff-list", _("Cán bộ"), "accounts.manage", "house"),
    Entry("processing", _("Hồ sơ dữ liệu"), "accounts.manage", "house"),
    Entry("messaging-outbox", _("Hộp thư đi"), "messaging.manage", "house"),
    Entry("messaging-inbox", _("Hộp thư đến"), "messaging.manage", "house"),
    Entry("audit-log", _("Nhật ký"), "audit.view", "house"),
    Entry("people-proofs", _("Bằng chứng xóa"), "audit.view", "house"),
]
NAVIGATION = Ways(GROUPS, ENTRIES)
# Pages whose address lies below no entry, and the entry that is lit on them: that of their crumbs.
SECTIONS = {
    "uptake-submission": "uptake-areas",
    "uptake-population_bring": "uptake-bring",
    "uptake-population_table": "uptake-bring",
    "duties-list": "duties-work",
    "duties-add": "duties-work",
    "duties-duty": "duties-work",
    "duties-end": "duties-work",
}
