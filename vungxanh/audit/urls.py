"""Addresses of the audit room."""

from vungxanh.audit import views
from vungxanh.core.access import page

console_urls = [
    page("nhat-ky/", views.audit_log, name="audit-log", needs="audit.view"),
    page("nhat-ky/ngay/<str:day>/", views.audit_day, name="audit-day", needs="audit.view"),
]
