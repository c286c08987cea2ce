"""What is looked up when somebody reads the metrics: connections, jobs, workers, the log."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from vungxanh.audit.queries import waiting
from vungxanh.checkins.queries.revocations import n_unlisted, newest_facts
from vungxanh.core import clock
from vungxanh.core.bridge import Load
from vungxanh.messaging.queries import sms_budget

CONNECTIONS = """
    SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity
    WHERE datname = current_database() GROUP BY 1 ORDER BY 1
"""
JOBS = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1 ORDER BY 1"
WORKER = """
    SELECT coalesce(extract(epoch FROM now() - max(last_heartbeat)), -1) FROM procrastinate_workers
"""
load = Load()


class Gauges(Collector):
    """Asks the database at each reading; without a database only the bridge is told."""

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing is asked at registration."""
        return ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The families of one reading."""
        yield from _bridge()
        if settings.IS_INTAKE:  # its role of the database may not look at the others' tables
            return
        try:
            yield from _database()
        except DatabaseError:
            return


def register(registry: CollectorRegistry) -> None:
    """Add the gauges to what /metrics prints."""
    registry.register(Gauges())


def _bridge() -> Iterator[GaugeMetricFamily]:
    yield _single("vungxanh_requests_open", "Requests being read, queued or served", load.requests)
    yield _single("vungxanh_threads_busy", "Threads in Django now", load.running)
    yield _single("vungxanh_body_bytes", "Bytes of request bodies in memory", load.body_bytes)


def _database() -> Iterator[GaugeMetricFamily]:
    with connection.cursor() as cursor:
        cursor.execute(CONNECTIONS)
        about = "Connections to the database by state"
        yield _grouped("vungxanh_database_connections", about, cursor.fetchall())
        cursor.execute(JOBS)
        yield _grouped("vungxanh_jobs", "Background jobs by status", cursor.fetchall())
    about = "Seconds since a worker's last heartbeat; -1 when there is no worker"
    yield _single("vungxanh_worker_heartbeat_age_seconds", about, worker_age())
    unsealed = waiting()
    about = "Rows of the log that have waited for their seal longer than they may"
    yield _single("vungxanh_audit_unsealed_rows", about, unsealed.n_rows)
    about = "Seconds that the oldest of them has waited; 0 when there is none"
    yield _single("vungxanh_audit_unsealed_seconds", about, unsealed.seconds)
    yield from _sms()
    yield from _revoked()


def _revoked() -> Iterator[GaugeMetricFamily]:
    newest = newest_facts(clock.now())
    about = "Seconds since the newest list of revoked codes of points was made; -1 before the first"
    age = newest.age.total_seconds() if newest else -1
    yield _single("vungxanh_revocation_list_age_seconds", about, age)
    about = "Codes of points that ended over 15 minutes ago and stand on no list yet"
    yield _single("vungxanh_revoked_codes_unlisted", about, n_unlisted(clock.now()))


def _sms() -> Iterator[GaugeMetricFamily]:
    budget = sms_budget(clock.now())
    about = "Parts of SMS that left, or are leaving, on this day in Vietnam"
    yield _single("vungxanh_sms_parts_today", about, budget.used_parts)
    yield _single("vungxanh_sms_parts_budget", "Parts of SMS that a day may cost", budget.limit)


def worker_age() -> float:
    """Seconds since the last heartbeat of any worker; -1 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(WORKER)
        return float(cursor.fetchone()[0])


def _single(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value=value)


def _grouped(name: str, about: str, rows: Iterable[tuple[str, int]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=("state",))
    for state, number in rows:
        family.add_metric((state,), number)
    return family
