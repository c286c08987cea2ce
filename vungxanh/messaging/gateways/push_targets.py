"""Where a push message may go: only to push services, never to an address inside a network.

A subscription comes from a browser and names an address that this server will call: without this
check anybody could make it call machines that only it can reach.
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import SplitResult

from vungxanh.messaging.gateways.mail import NotSentError
from vungxanh.messaging.gateways.posting import UrlError, is_loopback, split_url

_UNICAST: Final = IPv6Network("2000::/3")
_PORTS: Final = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: its origin (scheme, host, port), and where to connect."""

    origin: str
    address: str


def target_of(endpoint: str, hosts: Sequence[str]) -> Target:
    """Look the host up and check every address it has; raises NotSentError.

    `hosts` are names, or `*.name` for all below it; `name:port` where it is not 443. An entry that
    is this machine itself ("127.0.0.1:8181") allows just that.
    """
    try:
        parts = split_url(endpoint)
    except UrlError as wrong:
        raise NotSentError("endpoint_refused", is_final=True) from wrong
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    if not any(_allows(entry, host, port) for entry in hosts):
        raise NotSentError("endpoint_refused", is_final=True)
    addresses = _addresses(host, port)
    may_go = is_public if not is_loopback(host) else is_loopback
    if not all(may_go(address) for address in addresses):
        raise NotSentError("endpoint_refused", is_final=True)
    return Target(_origin(parts), addresses[0])


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet; tunnels and mapped ones are not.

    >>> [is_public(one) for one in ("142.250.1.1", "10.0.0.1", "169.254.169.254", "::ffff:8.8.8.8")]
    [True, False, False, False]
    """
    found = ip_address(address)
    if isinstance(found, IPv6Address) and (found not in _UNICAST or found.sixtofour):
        return False
    return found.is_global and not found.is_multicast


def _allows(entry: str, host: str, port: int) -> bool:
    name, _, said_port = entry.partition(":") if not entry.startswith("[") else (entry, "", "")
    if port != int(said_port or 443):
        return False
    return host.endswith(name[1:]) if name.startswith("*.") else host == name


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as unknown:
        raise NotSentError("unreachable") from unknown
    return [str(one[4][0]) for one in found]


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc.lower()}"
