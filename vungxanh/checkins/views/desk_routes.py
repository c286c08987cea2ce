"""Addresses of officers' pages of points."""

from django.urls import URLPattern

public_urls: list[URLPattern] = []
console_urls: list[URLPattern] = []
