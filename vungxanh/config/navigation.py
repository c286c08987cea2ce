"""The console's way around: URL name, label and what opens it."""

from django.utils.translation import gettext_lazy as _

from vungxanh.core.access import OPEN

NAVIGATION = [
    ("duties-work", _("Việc"), "duties.view"),
    ("uptake-areas", _("Địa bàn"), OPEN),
    ("locations-organisations", _("Tổ chức, cơ sở y tế"), OPEN),
    ("locations-boundaries_bring", _("Ranh giới"), "locations.manage"),
    ("uptake-bring", _("Nộp số liệu"), "uptake.import"),
    ("uptake-day_tables", _("Bảng trong ngày"), OPEN),
    ("uptake-my_reports", _("Báo cáo của tôi"), "uptake.report"),
    ("uptake-report_forms", _("Biểu mẫu"), "uptake.forms"),
    ("people-search", _("Người"), "persons.view"),
    ("directives-list", _("Văn bản"), "directives.view"),
    ("reports-list", _("Báo cáo"), "reports.view"),
    ("devices", _("Thiết bị"), "devices.manage"),
    ("staff-list", _("Cán bộ"), "accounts.manage"),
    ("processing", _("Hồ sơ dữ liệu"), "accounts.manage"),
    ("messaging-outbox", _("Hộp thư đi"), "messaging.manage"),
    ("audit-log", _("Nhật ký"), "audit.view"),
]
# Pages whose address lies below no entry, and the entry that is lit on them: that of their crumbs.
SECTIONS = {
    "uptake-submission": "uptake-areas",
    "uptake-population_bring": "uptake-bring",
    "uptake-population_table": "uptake-bring",
}
