"""By which address calls are counted."""

from ipaddress import IPv6Address, ip_address, ip_network


def counted_address(address: str) -> str:
    """A caller's address as the server knows it; empty for one that is not counted.

    That is this machine itself: its health checks, and a proxy on it that VUNGXANH_PROXIES does not
    name, behind which everybody would be one.

    >>> counted_address("127.0.0.1"), counted_address("::ffff:203.113.131.1")
    ('', '203.113.131.1')
    """
    try:
        is_here = ip_address(address).is_loopback
    except ValueError:
        is_here = False
    return "" if is_here else neighbourhood(address)


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
