"""Addresses of the room and what each needs."""

from vungxanh.accounts.values.purposes import SEE_PERSONS
from vungxanh.core.access import page
from vungxanh.people.api import router
from vungxanh.people.views import (
    citizen_routes,
    officers,
    officers_cards,
    officers_new,
    officers_person,
    personal_code_routes,
    rights_routes,
)

public_urls = [
    *citizen_routes.public_urls,
    *personal_code_routes.public_urls,
    *rights_routes.public_urls,
]
console_urls = [
    *rights_routes.console_urls,
    page("nguoi/", officers.search, name="people-search", needs=SEE_PERSONS),
    page("nguoi/moi/", officers_new.new, name="people-new", needs=SEE_PERSONS),
    page("nguoi/theo-doi/", officers.followed_list, name="people-followed", needs=SEE_PERSONS),
    page("nguoi/<int:person_id>/", officers_person.person, name="people-person", needs=SEE_PERSONS),
    page(
        "nguoi/<int:person_id>/sua/",
        officers_person.change,
        name="people-person_change",
        needs=SEE_PERSONS,
    ),
    page(
        "nguoi/<int:person_id>/the/",
        officers_cards.cards,
        name="people-person_cards",
        needs=SEE_PERSONS,
    ),
    page(
        "nguoi/<int:person_id>/the/<uuid:card_id>.pdf",
        officers_cards.card_file,
        name="people-person_card_file",
        needs=SEE_PERSONS,
    ),
]
api_urls = [("/devices", router)]
