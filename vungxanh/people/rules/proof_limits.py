"""How many codes may be asked for: by number, by prefix, by network, a day.

Whoever pumps messages to numbers in sequence meets the prefix; whoever does it from one network
meets the network; whoever pesters one person meets the number.
"""

from dataclasses import dataclass

HOUR, DAY = 3600, 86400
PREFIX_LETTERS = 8  # "+8491234": ten thousand numbers


@dataclass(frozen=True, slots=True)
class ProofLimit:
    """At most `n` codes in so many seconds under one name."""

    name: str
    n: int
    per_seconds: int


LIMITS = {
    "number_hour": ProofLimit("proof-number-hour", 5, HOUR),
    "number_day": ProofLimit("proof-number-day", 10, DAY),
    "prefix": ProofLimit("proof-prefix", 400, HOUR),
    "network": ProofLimit("proof-network", 1200, HOUR),
}


def limited(e164: str, network: str) -> tuple[tuple[ProofLimit, str], ...]:
    """The limits that one request meets, each with its key; no network, no limit of networks.

    >>> [key for _, key in limited("+84912345678", "")]
    ['+84912345678', '+84912345678', '+8491234']
    """
    found = [
        (LIMITS["number_hour"], e164),
        (LIMITS["number_day"], e164),
        (LIMITS["prefix"], e164[:PREFIX_LETTERS]),
    ]
    if network:
        found.append((LIMITS["network"], network))
    return tuple(found)
