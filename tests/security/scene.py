"""The people of the attacks, and what lies in the database before and after them."""

import hashlib
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
# Whoever calls may end or carry on the own session; one begun with a passkey is no caller's.
SESSIONS = f"{TEXTS} WHERE factor = 'passkey'"
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
        powerless=employed("powerless", Role("point_keeper"), QUY_NHON),
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


def digest() -> str:
    """One number for all that lies in the database, beside traces of visits."""
    tables = [name for name in connection.introspection.table_names() if not TRACES.match(name)]
    asked = [_asked(name).format(table=f'"{name}"') for name in sorted(tables)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"({one})" for one in asked))
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def _asked(table: str) -> str:
    if table == "accounts_staffsession":
        return SESSIONS
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
