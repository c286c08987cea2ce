"""The people of the attacks, and what lies in the database before and after them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import connection, transaction

from tests.factories.people import AN_NHON, QUY_NHON, Colleague, employed
from vungxanh.accounts.models import Staff
from vungxanh.accounts.queries import viewer_for
from vungxanh.accounts.rules import PROVED_AT, ROLES, Role
from vungxanh.core import clock

# Every right there is: what stops these people is the area alone.
EVERY_ROLE = sorted(role for role in ROLES if ROLES[role].limit == "area" and role != "operator")
NEIGHBOURS = {"the next district": AN_NHON, "another province of today": "vn-2025:24"}
# What a request leaves behind without anybody's doing: who came when, and how often.
TRACES = re.compile(r"^(django_session|audit_|core_limit|accounts_failedsignins)")
STATIC = re.compile(r"^(locations_(admin|unit|boundary)|django_(migrations|content)|auth_)")
TEXTS = "SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM {table} t"
HOLDS = "SELECT 1 FROM {table} t WHERE strpos(t::text, %s) > 0"
COUNTS = "SELECT count(*)::text FROM {table}"
# Rows written so far in this transaction, those of partitions with their table; those of a part
# that was rolled back are counted too.
WRITTEN = """
SELECT coalesce(inhparent::regclass::text, relname), sum(pg_stat_get_xact_tuples_inserted(oid)
  + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid))
FROM pg_class LEFT JOIN pg_inherits ON inhrelid = oid
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace GROUP BY 1
"""
# Whoever calls may end or carry on the own session; one begun with a passkey is no caller's.
SESSIONS = f"{TEXTS} WHERE factor = 'passkey'"
# Whoever calls may make and remove the own calendar's address; the first one made is the owner's.
FEEDS = "SELECT md5(coalesce((array_agg(t::text ORDER BY t.id))[1], '')) FROM {table} t"
# How often its officer has opened an exported file is such a trace, told to the officer.
EXPORTS = (
    "SELECT md5(coalesce(string_agg((to_jsonb(t) - 'n_downloads')::text, ''"
    " ORDER BY t.id), '')) FROM {table} t"
)


@dataclass(frozen=True, slots=True)
class People:
    """Who holds every right in Quy Nhơn, who holds them elsewhere, and who holds none."""

    owner: Colleague
    neighbours: dict[str, Colleague]
    powerless: Colleague


def people() -> People:
    """The people, with their accounts and browsers."""
    found = People(
        owner=of_every_role("owner", QUY_NHON),
        neighbours={
            name: of_every_role(f"n{unit[-3:]}", unit) for name, unit in NEIGHBOURS.items()
        },
        powerless=employed("powerless", Role("laboratory"), QUY_NHON),
    )
    for one in (found.owner, *found.neighbours.values(), found.powerless):
        prove(one)
    return found


def prove(one: Colleague) -> None:
    """Somebody has shown lately who they are, so no page asks them before it acts."""
    session = one.client.session
    session[PROVED_AT] = clock.now().isoformat()
    session.save()


def of_every_role(name: str, unit: str) -> Colleague:
    """Somebody who may do everything in one unit."""
    one = employed(name, Role("district_officer"), unit)
    Staff.objects.filter(pk=one.staff.pk).update(roles=EVERY_ROLE)
    one.staff.refresh_from_db()
    return replace(one, viewer=viewer_for(one.staff))


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Ground:
    """What lies in the database beside traces of visits, and whether a call changed it.

    The server counts the rows that a transaction wrote; only tables with a new count are read.
    """

    def __init__(self) -> None:
        self._written: dict[str, int] = {}
        self._before: dict[str, str] = {}

    def keep(self) -> None:
        """Take what lies there now for what has to lie there."""
        self._before = _digests(_tables())
        self._written = _n_written()

    def changed(self) -> list[str]:
        """The tables that hold anything else than what was kept."""
        written = _n_written()
        touched = [name for name in self._before if written[name] != self._written[name]]
        self._written = written
        found = _digests(touched)
        return [name for name in touched if found[name] != self._before[name]]

    def is_unharmed(self) -> bool:
        """Whether every table, read whole, is what it was."""
        return _digests(_tables()) == self._before


GROUND = Ground()


def _tables() -> list[str]:
    names = connection.introspection.table_names()
    return sorted(name for name in names if not TRACES.match(name))


def _n_written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())


def _digests(tables: list[str]) -> dict[str, str]:
    asked = [f"SELECT '{name}', ({_asked(name)})".format(table=f'"{name}"') for name in tables]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return dict(cursor.fetchall())


def _asked(table: str) -> str:
    if table == "accounts_staffsession":
        return SESSIONS
    if table == "duties_calendarfeed":
        return FEEDS
    if table == "accounts_personexport":
        return EXPORTS
    return COUNTS if STATIC.match(table) else TEXTS


def holds(text: str) -> bool:
    """Whether some row of the database has this text."""
    names = [name for name in connection.introspection.table_names() if not TRACES.match(name)]
    asked = (HOLDS.format(table=f'"{name}"') for name in names if not STATIC.match(name))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), [text] * sum(not STATIC.match(n) for n in names))
        return cursor.fetchone() is not None
