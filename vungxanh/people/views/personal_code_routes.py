"""Addresses of a citizen's own codes."""

from vungxanh.core.access import SELF, page
from vungxanh.people.views import personal_codes as views

public_urls = [
    page("toi/ma/", views.code, name="people-me_code", needs=SELF),
    page("toi/ma/anh/", views.code_picture, name="people-me_code_picture", needs=SELF),
    page("toi/ma/1405/", views.national, name="people-me_national", needs=SELF),
    page("toi/the/", views.cards, name="people-me_cards", needs=SELF),
    page("toi/the/in/", views.print_card, name="people-me_card_print", needs=SELF),
    page(
        "toi/the/<uuid:card_id>/huy/", views.revoke_card, name="people-me_card_revoke", needs=SELF
    ),
]
