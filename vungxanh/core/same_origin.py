"""Whether a browser says that a request comes from a page of this very site.

A cookie is sent along with requests that other pages make; what they cannot do is say that they
are of this site. `Sec-Fetch-Site` tells it (W3C Fetch Metadata), older browsers tell `Origin` (RFC
6454) with everything that is not read only. Whoever tells neither is not believed.
"""

from django.http import HttpRequest

SAME = "same-origin"


def is_same_origin(*, fetch_site: str, origin: str, own: str) -> bool:
    """Whether a request is one of our own pages', by its headers; `own` is our scheme://host.

    >>> is_same_origin(fetch_site="same-origin", origin="", own="https://a.example")
    True
    >>> is_same_origin(fetch_site="cross-site", origin="https://a.example", own="https://a.example")
    False
    >>> is_same_origin(fetch_site="", origin="https://a.example", own="https://a.example")
    True
    >>> is_same_origin(fetch_site="", origin="", own="https://a.example")
    False
    """
    return fetch_site == SAME if fetch_site else origin != "" and origin == own


def is_own_call(request: HttpRequest) -> bool:
    """Whether a request to the API is one of our own pages': no other page forged it."""
    return request.path.startswith("/api/") and is_same_origin(
        fetch_site=request.headers.get("Sec-Fetch-Site", ""),
        origin=request.headers.get("Origin", ""),
        own=f"{request.scheme}://{request.get_host()}",
    )
