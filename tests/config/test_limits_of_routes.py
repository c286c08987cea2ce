"""Every call that changes something, brings or fetches much, or guesses, is of a limited kind."""

import re
from collections.abc import Iterator

from django.test import RequestFactory
from django.urls import ResolverMatch, get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from vungxanh.config.limits import KINDS, limit_of
from vungxanh.core.access import table
from vungxanh.core.limits.listed import (
    API,
    EXPORTS,
    MAIL,
    PROOFS,
    SEARCH,
    SIGN_IN,
    UPLOADS,
    WRITES,
    Limit,
)

# Words of addresses that tell what is done there, and the kinds that fit.
GUESSED = {
    r"^/dang-nhap/$|/mat-khau/$": {SIGN_IN},
    r"/(buoc-hai|xac-nhan|loi-moi/<str:token>|nhan|ung-dung|khoa)/$": {PROOFS, WRITES},
}
SENT = {
    r"/(gui-lai|mat-buoc-hai)/$": {MAIL},
    # At /to-khai/nhap/ sheets are typed, not sent as a file.
    r"/nop/$|(?<!/to-khai)/nhap/$|^/ranh-gioi/$": {UPLOADS},
}
READ = {
    r"\.pdf$|/goc/$|/tep/$|<str:ending>|/mau/.*<str:name>$|/bang\.|danh-sach\.": {EXPORTS},
    r"/tim/$|/gan/$|^/nhat-ky/$|^/can-bo/$|^/to-chuc/$|^/doi-chieu/$": {SEARCH},
}


def names(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[tuple[str, str]]:
    """Each path of the installation with the name of its route."""
    for one in patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns, route)
        else:
            yield route, one.name or ""


NAMES = dict(names(get_resolver().url_patterns))


def limit_at(path: str, method: str) -> Limit | None:
    """The limit of a call of a route of the URL table."""
    request = RequestFactory().generic(method, path)
    request.resolver_match = ResolverMatch(print, (), {}, NAMES[path])
    return limit_of(request)


def wrong(method: str, kinds: dict[str, set[Limit]]) -> list[str]:
    """The routes whose address tells of a kind that they are not of."""
    return [
        f"{method} {path}"
        for path in NAMES
        for words, fitting in kinds.items()
        if re.search(words, path) and not path.startswith("/api/")
        if limit_at(path, method) not in fitting
    ]


def test_every_call_that_is_sent_something_or_of_the_api_is_of_a_kind() -> None:
    sent = [
        (one.path, "POST" if one.methods == "*" else one.methods)
        for one in table()
        if one.methods in {"*", "POST", "PUT", "DELETE", "PATCH"} or one.path.startswith("/api/")
    ]
    assert len(sent) > 140
    assert [one for one in sent if limit_at(*one) is None] == []


def test_addresses_tell_the_kind_they_are_of() -> None:
    assert wrong("POST", GUESSED | SENT) == []
    assert wrong("GET", READ) == []
    assert limit_at("/can-bo/<uuid:staff_id>/khoa/", "POST") == WRITES
    assert limit_at("/api/v1/units", "GET") == API


def test_every_route_of_a_kind_is_there() -> None:
    listed = set().union(*(kind.routes for kind in KINDS))
    assert listed - set(NAMES.values()) == set()
