"""Addresses of a point as anybody's camera opens it, of its tamper reports and inspections."""

from django.urls import URLPattern

public_urls: list[URLPattern] = []
console_urls: list[URLPattern] = []
