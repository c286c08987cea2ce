"""Addresses of spreadsheets and of premises that must have a point."""

from django.urls import URLPattern

from vungxanh.checkins.views import premises, premises_lists
from vungxanh.core.access import page

SEE, MANAGE = "points.view", "points.manage"
ONE = "diem/co-so/<int:premises_id>/"
LIST = "diem/co-so/nhan/<uuid:list_id>/"

public_urls: list[URLPattern] = []
console_urls: list[URLPattern] = [
    page("diem/co-so/", premises.premises_list, name="checkins-premises_list", needs=SEE),
    page(
        "diem/co-so/chua-co.<str:form>", premises.export, name="checkins-premises_export", needs=SEE
    ),
    page("diem/co-so/de-xuat/", premises.proposals, name="checkins-premises_proposals", needs=SEE),
    page("diem/co-so/noi/", premises.link, name="checkins-premises_link", needs=MANAGE),
    page(
        "diem/co-so/noi-chac/",
        premises.link_certain,
        name="checkins-premises_link_certain",
        needs=MANAGE,
    ),
    page(ONE, premises.one, name="checkins-premises", needs=SEE),
    page(f"{ONE}tach/", premises.unlink, name="checkins-premises_unlink", needs=MANAGE),
    page(f"{ONE}mien/", premises.exempt, name="checkins-premises_exempt", needs=MANAGE),
    page(f"{ONE}thoi-mien/", premises.oblige, name="checkins-premises_oblige", needs=MANAGE),
    page("diem/co-so/nhan/", premises_lists.bring, name="checkins-premises_bring", needs=MANAGE),
    page(LIST, premises_lists.preview, name="checkins-premises_preview", needs=SEE),
    page(f"{LIST}nhan/", premises_lists.accept, name="checkins-premises_accept", needs=MANAGE),
    page(f"{LIST}bo/", premises_lists.drop, name="checkins-premises_drop", needs=MANAGE),
    page(f"{LIST}hoan-tac/", premises_lists.undo, name="checkins-premises_undo", needs=MANAGE),
]
