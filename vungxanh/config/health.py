"""Is the installation alive, is it ready, and how is it doing?"""

import hmac
import ipaddress
import threading

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from vungxanh.config.demo import loaded_mark
from vungxanh.config.gauges import register
from vungxanh.core.metrics import REGISTRY

NOT_READY = 503
# A proxy adds one of these; then the address of the connection is not the reader's.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")

register(REGISTRY)


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _plain(HttpResponse("ok\n", content_type="text/plain; charset=utf-8"))


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and every migration is applied, else 503 and which is not.

    The worker is not asked: pages are right without it. `doctor` and /metrics watch it.
    """
    state = {"database": database_state()}
    if state["database"] == "ok":
        state["migrations"] = "pending" if pending_migrations() else "ok"
    if settings.DEMO:
        state["demo"] = "ok" if loaded_mark(settings.HOME).exists() else "loading"
    is_ready = set(state.values()) == {"ok"}
    return _plain(JsonResponse(state, status=200 if is_ready else NOT_READY))


def database_state() -> str:
    """Whether a query gets through: "ok" or "unreachable"."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


# Applied migrations stay applied while the process lives.
_applied = threading.Event()


def pending_migrations() -> list[str]:
    """Migrations of this version that the database lacks; asked until there are none."""
    if _applied.is_set():
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        _applied.set()
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text, for this machine or for who holds VUNGXANH_METRICS_TOKEN."""
    if not may_read_metrics(request):
        raise Http404
    return _plain(HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST))


def may_read_metrics(request: HttpRequest) -> bool:
    """With a token set: whoever shows it. Without: a direct connection from this machine."""
    if settings.METRICS_TOKEN:
        shown = request.headers.get("Authorization", "")
        expected = f"Bearer {settings.METRICS_TOKEN}"
        return hmac.compare_digest(shown.encode(), expected.encode())
    if any(name in request.META for name in FORWARDED):
        return False
    return _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def own_authority(request: HttpRequest) -> HttpResponse:
    """The certificate of the demo's own authority, for phones that shall trust it."""
    certificate = settings.HOME / "tls" / "ca.crt"
    if not certificate.exists():
        raise Http404
    return HttpResponse(certificate.read_bytes(), content_type="application/x-x509-ca-cert")


def _plain(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
