"""The second factor: who must show one, and where passkeys work."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_address

from vungxanh.accounts.rules.roles import needs_second_factor

# The session's record of the second factor shown in it, and of when its holder last proved it.
FACTOR = "vx_factor"
PROVED_AT = "vx_proved_at"
FACTORS = frozenset({"totp", "passkey", "recovery"})
# How long a proof opens the page on which factors are changed.
FRESH_FOR = timedelta(minutes=10)
MOST_PASSKEYS = 10
# RFC 6238, 5.2: codes of the neighbouring steps are taken, for slow typing and clocks that differ.
STEP_SECONDS = 30
STEPS_ASIDE = 1


def must_prove(roles: Iterable[str], factor: str | None, *, is_demo: bool) -> bool:
    """Whether a session must still show a second factor before it may do anything.

    `factor` is what the session has shown (`request.session.get("vx_factor")`).

    >>> [must_prove(["tracer"], factor, is_demo=False) for factor in (None, "totp")]
    [True, False]
    >>> must_prove(["tracer"], None, is_demo=True), must_prove(["operator"], None, is_demo=False)
    (False, False)
    """
    return not is_demo and factor not in FACTORS and needs_second_factor(roles)


def is_fresh(proved_at: str | None, at: datetime) -> bool:
    """Whether somebody proved themselves lately; `proved_at` is an instant in ISO 8601.

    >>> from datetime import UTC
    >>> noon = datetime(2021, 5, 26, 12, tzinfo=UTC)
    >>> is_fresh("2021-05-26T11:51:00+00:00", noon), is_fresh("2021-05-26T11:49:00+00:00", noon)
    (True, False)
    >>> is_fresh(None, noon)
    False
    """
    if not proved_at:
        return False
    return timedelta(0) <= at - datetime.fromisoformat(proved_at) < FRESH_FOR


def passkeys_work(host: str, *, is_secure: bool) -> bool:
    """Whether browsers offer passkeys under this host: a name, with HTTPS or on this machine.

    Web Authentication Level 2, 5: the relying party's id is a domain, never an address.

    >>> hosts = ("localhost:8000", "127.0.0.1:8000", "[::1]:8000")
    >>> [passkeys_work(host, is_secure=False) for host in hosts]
    [True, False, False]
    >>> [passkeys_work("vungxanh.example", is_secure=secure) for secure in (True, False)]
    [True, False]
    >>> passkeys_work("10.0.0.7", is_secure=True)
    False
    """
    name = host.rpartition("]")[0].lstrip("[") or host.partition(":")[0]
    try:
        ip_address(name)
    except ValueError:
        return is_secure or name == "localhost" or name.endswith(".localhost")
    return False


def counts_on(known: int, said: int) -> bool:
    """Whether a passkey's counter of signatures went on; one that did not is of a copied key.

    Web Authentication Level 2, 7.2, step 21; passkeys that live on several devices keep none and
    always say zero.

    >>> counts_on(7, 8), counts_on(7, 7), counts_on(7, 0), counts_on(0, 0)
    (True, False, False, True)
    """
    return said > known or said == known == 0


def steps(at: datetime) -> range:
    """The steps of time whose codes are taken at an instant (RFC 6238, 4).

    >>> from datetime import UTC
    >>> list(steps(datetime.fromtimestamp(59, tz=UTC)))
    [0, 1, 2]
    """
    now = int(at.timestamp()) // STEP_SECONDS
    return range(now - STEPS_ASIDE, now + STEPS_ASIDE + 1)
