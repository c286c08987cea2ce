"""Addresses of the room and what each needs."""

from vungxanh.people.api import router

api_urls = [("/devices", router)]
