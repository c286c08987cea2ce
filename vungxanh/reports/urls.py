"""Addresses of the room and what each needs."""

from vungxanh.core.access import OPEN, page
from vungxanh.reports import views

public_urls = [page("doi-chieu/", views.verify, name="reports-verify", needs=OPEN)]
console_urls = [
    page("bao-cao/", views.listed, name="reports-list", needs="reports.view"),
    page("bao-cao/<uuid:report_id>/", views.report, name="reports-report", needs="reports.view"),
    page(
        "bao-cao/<uuid:report_id>/so/", views.number, name="reports-number", needs="reports.issue"
    ),
    page(
        "bao-cao/<uuid:report_id>/<str:ending>/",
        views.download,
        name="reports-download",
        needs="reports.view",
    ),
]
