"""Roles as named sets of capabilities, and how long somebody waits after wrong passwords."""

from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

from vungxanh.refusals import Words


class Role(StrEnum):
    """What a staff member is employed to do here."""

    ADMIN = "admin"
    PROVINCE_OFFICER = "province_officer"
    DISTRICT_OFFICER = "district_officer"
    COMMUNE_OFFICER = "commune_officer"
    TRACER = "tracer"
    OPERATOR = "operator"
    AUDITOR = "auditor"


ROLE_WORDS = {
    Role.ADMIN: Words(vi="Quản trị hệ thống", en="Administrator"),
    Role.PROVINCE_OFFICER: Words(vi="Cán bộ tỉnh", en="Province officer"),
    Role.DISTRICT_OFFICER: Words(vi="Cán bộ huyện", en="District officer"),
    Role.COMMUNE_OFFICER: Words(vi="Cán bộ xã", en="Commune officer"),
    Role.TRACER: Words(vi="Cán bộ truy vết", en="Tracer"),
    Role.OPERATOR: Words(vi="Đầu mối doanh nghiệp viễn thông", en="Telecom operator's contact"),
    Role.AUDITOR: Words(vi="Kiểm tra, giám sát", en="Auditor"),
}

_READS = frozenset({"uptake.view", "reports.view", "locations.view"})
_LETTERS = frozenset({"directives.view", "directives.receive"})
_OFFICER = _READS | _LETTERS | {"uptake.import", "reports.issue"}
_LEADER = _OFFICER | {"uptake.publish", "uptake.targets"}

CAPABILITIES_OF: dict[Role, frozenset[str]] = {
    Role.ADMIN: _LEADER | {"accounts.manage", "audit.view", "locations.manage"},
    Role.PROVINCE_OFFICER: _LEADER,
    Role.DISTRICT_OFFICER: _OFFICER,
    Role.COMMUNE_OFFICER: _READS | _LETTERS | {"uptake.import"},
    Role.TRACER: _READS,
    Role.OPERATOR: frozenset({"uptake.import", "uptake.view", "locations.view"}),
    Role.AUDITOR: _READS | {"audit.view"},
}

# After the free attempts each further failure doubles the wait, up to a quarter of an hour; an hour
# without failures forgets them. An address may belong to a whole office, so it is given more.
FREE_FAILURES_OF_ACCOUNT = 5
FREE_FAILURES_OF_ADDRESS = 30
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def capabilities(roles: frozenset[str]) -> frozenset[str]:
    """Everything that the roles together may do; an unknown role may do nothing."""
    held = [rights for role, rights in CAPABILITIES_OF.items() if role in roles]
    return frozenset().union(*held)


def wait_after(n_failures: int, n_free: int) -> timedelta:
    """How long to wait after so many failures in a row.

    >>> [wait_after(n, 5).seconds // 60 for n in (4, 5, 6, 7, 8, 9, 60)]
    [0, 1, 2, 4, 8, 15, 15]
    """
    if n_failures < n_free:
        return timedelta(0)
    doublings = min(n_failures - n_free, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def neighbourhood(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that one IPv6 connection is given.

    >>> neighbourhood("2001:db8:1:2:aaaa::1"), neighbourhood("203.113.131.1"), neighbourhood("")
    ('2001:db8:1:2::/64', '203.113.131.1', 'unknown')
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))
