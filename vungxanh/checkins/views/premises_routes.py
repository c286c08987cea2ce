"""Addresses of spreadsheets and of premises that must have a point."""

from django.urls import URLPattern

public_urls: list[URLPattern] = []
console_urls: list[URLPattern] = []
