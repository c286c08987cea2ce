"""Addresses on which people declare; whoever has no phone registered begins with the first step."""

from django.urls import URLPattern

from vungxanh.core.access import OPEN, SELF, page
from vungxanh.declarations.views import citizen_form, citizen_result, citizen_steps

public_urls: list[URLPattern] = [
    page("khai/", citizen_form.choose, name="declarations-choose", needs=OPEN),
    page("khai/cua-may.json", citizen_form.own, name="declarations-known", needs=OPEN),
    page("khai/noi.json", citizen_form.places, name="declarations-places", needs=OPEN),
    page("khai/cua-toi/", citizen_result.own, name="declarations-own", needs=SELF),
    page(
        "khai/xong/<uuid:declaration_id>/",
        citizen_result.done,
        name="declarations-done",
        needs=SELF,
    ),
    page("khai/<slug:code>/", citizen_form.form, name="declarations-form", needs=OPEN),
    page("khai/<slug:code>/mau.json", citizen_form.told, name="declarations-told", needs=OPEN),
    page("khai/<slug:code>/xem-lai/", citizen_steps.review, name="declarations-review", needs=OPEN),
    page("khai/<slug:code>/bo/", citizen_steps.drop, name="declarations-drop", needs=OPEN),
    page("khai/<slug:code>/sua/", citizen_steps.mend, name="declarations-mend", needs=OPEN),
    page(
        "khai/<slug:code>/trang/<slug:page>/",
        citizen_steps.step,
        name="declarations-step",
        needs=OPEN,
    ),
]
console_urls: list[URLPattern] = []
