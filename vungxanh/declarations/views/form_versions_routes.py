"""Addresses of versions of forms, and what they need."""

from django.urls import URLPattern

from vungxanh.core.access import page
from vungxanh.declarations.values.forms import MANAGE
from vungxanh.declarations.views import form_versions as views

_FORMS = "to-khai/bieu-mau/"
_VERSION = f"{_FORMS}<int:version_id>/"
public_urls: list[URLPattern] = []
console_urls: list[URLPattern] = [
    page(_FORMS, views.listed, name="declarations-form_versions", needs=MANAGE),
    page(f"{_FORMS}nop/", views.bring, name="declarations-form_bring", needs=MANAGE),
    page(_VERSION, views.one, name="declarations-form_version", needs=MANAGE),
    page(f"{_VERSION}tai-ve/", views.file, name="declarations-form_file", needs=MANAGE),
]
