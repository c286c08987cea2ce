"""Addresses of the web shell."""

from vungxanh.core import views
from vungxanh.core.access import OPEN, page

public_urls = [
    page("sw.js", views.service_worker, name="service-worker", needs=OPEN),
    page("ngoai-tuyen/", views.offline, name="offline", needs=OPEN),
]
console_urls = [
    page("thanh-phan/", views.components, name="components", needs="accounts.manage"),
]
