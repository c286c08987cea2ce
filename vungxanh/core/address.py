"""The address that codes on paper begin with: `https://site`, without anything behind."""

from django.conf import settings
from django.http import HttpRequest


def public_address(request: HttpRequest) -> str:
    """VUNGXANH_ADDRESS, else the origin that the request itself came to."""
    return settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host().lower()}"
