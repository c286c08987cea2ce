"""How many attacks are really tried on a URL: what does not fit it does not count."""

from collections.abc import Sequence

from tests.security.doors import Door
from tests.security.markup import Form

# Another area's changes (2 people), a stranger's, those without the right, ways to another site,
# files of the machine.
NEIGHBOURS = 2
ALWAYS = 4


def n_tries(door: Door, forms: Sequence[Form]) -> int:
    """The attacks of `tests/security/test_attacks.py` that reach a door."""
    reads, writes = "GET" in door.methods, "POST" in door.methods
    fitting = (
        door.is_secret * NEIGHBOURS,  # told apart
        (not door.is_shared) * NEIGHBOURS,  # changed from another area
        (not door.is_open) * 2,  # an ended session, a locked account
        writes,  # without the page's token
        reads,  # reading that writes
        reads and not door.is_open,  # caches
        reads,  # stored words
        bool(forms),  # fields that no form has
    )
    return ALWAYS + sum(fitting)
