"""Addresses of what a card stands on."""

from django.urls import URLPattern

from vungxanh.core.access import SELF, page
from vungxanh.declarations.views import card

public_urls: list[URLPattern] = [
    page("khai/vi-sao/", card.why, name="declarations-card_why", needs=SELF),
]
console_urls: list[URLPattern] = []
