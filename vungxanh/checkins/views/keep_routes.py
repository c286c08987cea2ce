"""The address of the keeper's page."""

from django.urls import URLPattern

from vungxanh.checkins.views import keep
from vungxanh.core.access import OPEN, page

public_urls = [page("truc/", keep.keep, name="checkins-keep", needs=OPEN)]
console_urls: list[URLPattern] = []
