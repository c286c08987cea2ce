"""Addresses of the citizen's scanning pages."""

from django.urls import URLPattern

from vungxanh.checkins.views import scanning
from vungxanh.core.access import OPEN, page

public_urls = [
    page("quet/", scanning.scan, name="checkins-scan", needs=OPEN),
    page("quet/nhat-ky/", scanning.diary, name="checkins-diary", needs=OPEN),
]
console_urls: list[URLPattern] = []
