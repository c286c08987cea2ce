"""Addresses of posters."""

from django.urls import URLPattern

public_urls: list[URLPattern] = []
console_urls: list[URLPattern] = []
