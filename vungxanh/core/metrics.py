"""What is counted about serving: requests by route name and status, and how long they took."""

import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

_drop_creation_times: Callable[[], None] = disable_created_metrics  # the library has no types
_drop_creation_times()
REGISTRY = CollectorRegistry(auto_describe=True)
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

REQUESTS = Counter(
    "vungxanh_requests_total",
    "Requests answered, by name of the route, method and status",
    ("route", "method", "status"),
    registry=REGISTRY,
)
LATENCY = Histogram(
    "vungxanh_request_seconds",
    "Time in Django, by name of the route",
    ("route",),
    buckets=SECONDS,
    registry=REGISTRY,
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class MetricsMiddleware:
    """Counts each request under its route's name: never under its path, which may name somebody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and count the answer."""
        began = time.perf_counter()
        response = self.get_response(request)
        route = route_name(request)
        method = request.method if request.method in METHODS else "other"
        LATENCY.labels(route).observe(time.perf_counter() - began)
        REQUESTS.labels(route, method, str(response.status_code)).inc()
        return response


def route_name(request: HttpRequest) -> str:
    """The name of the matched route; "none" for files and for addresses that do not exist."""
    match = request.resolver_match
    return (match.view_name if match else None) or "none"
