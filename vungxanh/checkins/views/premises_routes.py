"""Addresses of spreadsheets and of premises that must have a point."""

from django.urls import URLPattern

from vungxanh.checkins.views import point_tables, premises, premises_lists
from vungxanh.core.access import SIGNED_IN, page

SEE, MANAGE = "points.view", "points.manage"
ONE = "diem/co-so/<int:premises_id>/"
TABLE = "diem/bang/<uuid:import_id>/"
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
    page("diem/co-so/nop/", premises_lists.bring, name="checkins-premises_bring", needs=MANAGE),
    page(LIST, premises_lists.preview, name="checkins-premises_preview", needs=SEE),
    page(f"{LIST}nhan/", premises_lists.accept, name="checkins-premises_accept", needs=MANAGE),
    page(f"{LIST}bo/", premises_lists.drop, name="checkins-premises_drop", needs=MANAGE),
    page(f"{LIST}hoan-tac/", premises_lists.undo, name="checkins-premises_undo", needs=MANAGE),
    # Officers, and accounts that act for an organisation: the action says who.
    page("diem/bang/", point_tables.bring, name="checkins-tables", needs=SIGNED_IN),
    page(
        "diem/bang/mau.<str:form>",
        point_tables.template,
        name="checkins-table_template",
        needs=SIGNED_IN,
    ),
    page(TABLE, point_tables.preview, name="checkins-table", needs=SIGNED_IN),
    page(
        f"{TABLE}loi.<str:form>",
        point_tables.faults,
        name="checkins-table_faults",
        needs=SIGNED_IN,
    ),
    page(f"{TABLE}nhan/", point_tables.accept, name="checkins-table_accept", needs=SIGNED_IN),
    page(f"{TABLE}lai/", point_tables.again, name="checkins-table_again", needs=SIGNED_IN),
    page(f"{TABLE}bo/", point_tables.drop, name="checkins-table_drop", needs=SIGNED_IN),
    page(f"{TABLE}hoan-tac/", point_tables.undo, name="checkins-table_undo", needs=SIGNED_IN),
]
