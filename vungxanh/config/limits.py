"""Which calls are limited and how, and how large a body each address takes.

Names of routes stand here, in one list, because the limits themselves (`core.limits`) know none.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from vungxanh.core import clock, errors, limits
from vungxanh.core.access import NETWORK, citizen_of, viewer_of
from vungxanh.core.bridge import Scope
from vungxanh.core.limits.addresses import counted_address
from vungxanh.core.limits.listed import (
    API,
    EXPORTS,
    LOOKS,
    MAIL,
    PAGES,
    PROOFS,
    SEARCH,
    SIGN_IN,
    UPLOADS,
    WEBHOOKS,
    WRITES,
    Limit,
)

MEGABYTE = 1024 * 1024
# Forms and JSON of the API; what brings files or pasted tables is listed with the uploads.
FORM_BYTES = MEGABYTE
API_PREFIX = "/api/"


@dataclass(frozen=True, slots=True)
class Kind:
    """The routes, by name, that one limit counts together; with `posts` only what they are sent."""

    limit: Limit
    routes: frozenset[str]
    posts: bool = False

    def counts(self, route: str, method: str | None) -> bool:
        """Whether a call is of this kind."""
        return route in self.routes and (method == "POST" or not self.posts)


KINDS = (
    Kind(SIGN_IN, frozenset({"sign-in", "account-password"}), posts=True),
    Kind(
        PROOFS,
        frozenset(
            {
                "confirm",
                "declarations-link",
                "device-enrol",
                "checkins-keeper_phone_confirm",
                "enrol",
                "factor-app",
                "factor-passkey",
                "invitation",
                "mfa_authenticate",
                "sign-in-passkey",
                "switch-user",
            }
        ),
        posts=True,
    ),
    Kind(
        MAIL,
        frozenset(
            {
                "checkins-keeper_phone",
                "declarations-for_link",
                "invitation-resend",
                "messaging-retry",
                "people-me_phone_again",
                "recovery",
                "recovery-ask",
                "staff-invite",
            }
        ),
        posts=True,
    ),
    Kind(
        UPLOADS,
        frozenset(
            {
                "checkins-inspect",
                "checkins-inspect_premises",
                "checkins-report",
                "checkins-premises_bring",
                "checkins-tables",
                "declarations-form_bring",
                "declarations-rules_bring",
                "directives-drop",
                "locations-boundaries_bring",
                "locations-organisations_bring",
                "uptake-bring",
                "uptake-bring_report",
                "uptake-population_bring",
                "uptake-reports_api",
            }
        ),
        posts=True,
    ),
    Kind(
        EXPORTS,
        frozenset(
            {
                "checkins-activity_export",
                "declarations-figures_export",
                "declarations-paper",
                "declarations-rules_file",
                "checkins-points_export",
                "checkins-premises_export",
                "checkins-table_faults",
                "checkins-table_template",
                "checkins-me_poster",
                "checkins-own_poster",
                "checkins-poster",
                "checkins-poster_zip",
                "directives-candidate",
                "directives-original",
                "locations-organisations_export",
                "person-exports-file",
                "people-me_download",
                "people-person_card_file",
                "person-exports-make",
                "processing-draft",
                "processing-file",
                "reports-download",
                "uptake-day_table_pdf",
                "uptake-draft_pdf",
                "uptake-export",
                "uptake-original",
                "uptake-report_form_file",
                "uptake-report_status_file",
                "uptake-report_original",
            }
        ),
    ),
    Kind(LOOKS, frozenset({"checkins-keeper_look"}), posts=True),
    Kind(WEBHOOKS, frozenset({"messaging-incoming", "messaging-receipts"})),
    # Calendars of many people are fetched by one service, every few minutes.
    Kind(API, frozenset({"duties-feed"})),
    Kind(
        SEARCH,
        frozenset(
            {
                "audit-log",
                "checkins-me_place",
                "checkins-me_step",
                "checkins-pairs",
                "declarations-entry_who",
                "declarations-for",
                "declarations-places",
                "checkins-points",
                "locations-nearest",
                "locations-organisations",
                "locations-search",
                "people-me_phone_code",
                "people-me_residence",
                "people-search",
                "reports-verify",
                "staff-list",
            }
        ),
    ),
)
_TAKES_FILES = next(kind.routes for kind in KINDS if kind.limit is UPLOADS)


class LimitsMiddleware:
    """Counts calls by address, before anybody is looked up, then the listed kinds by account.

    Where nobody signed in, the listed kinds and the API are counted by a citizen's own phone, and
    where there is none by address too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The view's answer, unless this address asks too often."""
        request.META[NETWORK] = address_of(request)
        return _refused(request, PAGES, address_of(request)) or self.get_response(request)

    def process_view(self, request: HttpRequest, *called: object) -> HttpResponse | None:
        """The refusal of a listed kind; the viewer is known by now."""
        limit = limit_of(request)
        if limit is None:
            return None
        # Thousands of phones of one operator stand behind one address: each is counted by itself.
        viewer, citizen = viewer_of(request), citizen_of(request)
        if viewer.is_signed_in or citizen.is_citizen:
            counted = viewer if viewer.is_signed_in else citizen
            return _refused(request, limit, counted.id, is_address=False)
        return _refused(request, limit, address_of(request))


def limit_of(request: HttpRequest) -> Limit | None:
    """The limit of the kind that a call is of; what is sent and is of no other kind is a change."""
    match = request.resolver_match
    route = (match.url_name if match else None) or ""
    found = [kind.limit for kind in KINDS if kind.counts(route, request.method)]
    if found:
        return found[0]
    if request.path.startswith(API_PREFIX):
        return API
    return WRITES if request.method == "POST" else None


def address_of(request: HttpRequest) -> str:
    """The address that calls are counted by; empty for one that is not counted."""
    return counted_address(str(request.META.get("REMOTE_ADDR", "")))


def body_bytes(scope: Scope) -> int:
    """How large a body the addressed route takes."""
    try:
        route = resolve(scope["path"]).url_name
    except Resolver404:
        return FORM_BYTES
    return settings.UPLOAD_BYTES if route in _TAKES_FILES else FORM_BYTES


def _refused(
    request: HttpRequest, limit: Limit, key: str, *, is_address: bool = True
) -> HttpResponse | None:
    if not key:
        return None
    rate = limit.rate(is_address=is_address)
    wait = limits.take(limit.name, key, n=rate.n, per_seconds=rate.per_seconds, at=clock.now())
    return errors.answer(request, limits.TooManyRequestsError(wait)) if wait else None
