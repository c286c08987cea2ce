"""Addresses of a point's public page, of reports and inspections."""

from django.urls import URLPattern

public_urls: list[URLPattern] = []
console_urls: list[URLPattern] = []
