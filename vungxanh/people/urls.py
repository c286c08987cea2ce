"""Addresses of the room and what each needs."""

from vungxanh.people.api import router
from vungxanh.people.views import citizen_routes, personal_code_routes

public_urls = [*citizen_routes.public_urls, *personal_code_routes.public_urls]
api_urls = [("/devices", router)]
