"""Which colours are signed for doors that cannot ask.

A door believes a green or yellow one as it would the server. So none is signed for somebody whom
the server would keep out for another reason, which is told to nobody: their code stands alone.
Classes and colours are the words of `people.values.standing`; a rule knows them as text.
"""

from collections.abc import Collection
from typing import Final

HELD_BACK: Final = frozenset({"case", "contact", "quarantined"})
_LET_IN: Final = frozenset({"green", "yellow"})


def may_be_signed(colour: str, classes: Collection[str]) -> bool:
    """Whether a colour is signed for somebody with these standings in force.

    >>> may_be_signed("green", []), may_be_signed("green", ["contact"])
    (True, False)
    >>> may_be_signed("red", ["contact"])
    True
    """
    return colour not in _LET_IN or HELD_BACK.isdisjoint(classes)
