"""Keyed tokens: finding rows by parts of what they say, without anything lying open.

A token is the first 8 bytes of HMAC-SHA256 of a value under a key derived from the index key for
one table and purpose, so that tokens of two tables or purposes cannot be joined. Truncation as in
RFC 2104, section 5; 64 bits suffice because a token only finds candidates, which are then opened
and compared: two given values share one with odds of 2^-64, and among ten million different values
of one purpose the expected number of pairs that do is n^2 / 2^65, about 3 in a million.

Equal values have equal tokens, so who holds the table sees *how often* each occurs: the commonest
family names show by their number. Make no tokens of parts that nearly everybody shares. Who holds
the index key as well can try every value that can be listed (docs/security/stolen-data.md).
"""

import hashlib
import hmac
from collections.abc import Iterable

from vungxanh.core import keys
from vungxanh.core.keys import Use

TOKEN_BYTES = 8


class TokenKey:
    """Makes the tokens of one table and purpose: `TokenKey("people_nametoken.pair")`.

    Values are taken as they are: the caller brings them into one form first. The key is derived
    once for a purpose and kept by `keys.derived`.
    """

    def __init__(self, table_and_purpose: str) -> None:
        self.derivation = f"token:{table_and_purpose}"

    def tokens(self, values: Iterable[str]) -> list[bytes]:
        """One token of 8 bytes per value, in the order given, under the current index key."""
        return self.under(keys.ring(Use.INDEX).current, values)

    def all_tokens(self, values: Iterable[str]) -> list[bytes]:
        """Under every index key held, those of the current one first: what to look for."""
        ring, wanted = keys.ring(Use.INDEX), tuple(values)
        older = [key_id for key_id in ring.keys if key_id != ring.current]
        return [token for key_id in (ring.current, *older) for token in self.under(key_id, wanted)]

    def under(self, key_id: bytes, values: Iterable[str]) -> list[bytes]:
        """The same under one index key."""
        key = keys.derived(keys.key_of(Use.INDEX, key_id), self.derivation)
        return [hmac.digest(key, value.encode(), hashlib.sha256)[:TOKEN_BYTES] for value in values]
