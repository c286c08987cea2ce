"""Addresses of paper, of declaring for others, and of links."""

from django.urls import URLPattern

from vungxanh.core.access import OPEN, page
from vungxanh.declarations.values.paper import ENTER
from vungxanh.declarations.views import for_others, links, paper_entry, paper_print

FOR = "to-khai/khai-ho/<int:person_id>/"
PILE = "to-khai/nhap/<uuid:pile_id>/"

public_urls: list[URLPattern] = [
    page("khai/giay/<slug:code>/", paper_print.print_form, name="declarations-paper", needs=OPEN),
    page("khai/l/<slug:token>/", links.by_link, name="declarations-link", needs=OPEN),
]
console_urls: list[URLPattern] = [
    page("to-khai/nhap/", paper_entry.piles, name="declarations-piles", needs=ENTER),
    page(PILE, paper_entry.entry, name="declarations-entry", needs=ENTER),
    page(f"{PILE}nguoi/", paper_entry.who, name="declarations-entry_who", needs=ENTER),
    page(f"{PILE}chong/", paper_entry.pile, name="declarations-pile", needs=ENTER),
    page("to-khai/khai-ho/", for_others.whom, name="declarations-for", needs=ENTER),
    page(FOR, for_others.declare, name="declarations-for_person", needs=ENTER),
    page(f"{FOR}lien-ket/", for_others.link, name="declarations-for_link", needs=ENTER),
]
