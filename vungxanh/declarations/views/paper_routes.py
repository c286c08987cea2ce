"""Addresses of forms on paper: printed by anybody, entered by officers."""

from django.urls import URLPattern

from vungxanh.core.access import OPEN, page
from vungxanh.declarations.values.paper import ENTER
from vungxanh.declarations.views import paper_entry, paper_print

PILE = "to-khai/nhap/<uuid:pile_id>/"

public_urls: list[URLPattern] = [
    page("khai/giay/<slug:code>/", paper_print.print_form, name="declarations-paper", needs=OPEN),
]
console_urls: list[URLPattern] = [
    page("to-khai/nhap/", paper_entry.piles, name="declarations-piles", needs=ENTER),
    page(PILE, paper_entry.entry, name="declarations-entry", needs=ENTER),
    page(f"{PILE}nguoi/", paper_entry.who, name="declarations-entry_who", needs=ENTER),
    page(f"{PILE}chong/", paper_entry.pile, name="declarations-pile", needs=ENTER),
]
