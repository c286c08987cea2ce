"""The name of a place as a message of ours may say it: nobody is led anywhere by it."""

import re
from typing import Final

_ADDRESS: Final = re.compile(r"(?<=\w)[.:/@\\]+(?=\w)")
_NUMBER: Final = re.compile(r"\+?\d(?:[ .\-]?\d){7,}")


def unlinked(name: str) -> str:
    """A name without what telephones make links of: addresses of sites, numbers to call.

    Whoever registers a point names it, and we send that name to numbers that they type.

    >>> unlinked("Quà: bit.ly/x9 gọi 0912 345 678")
    'Quà: bit ly x9 gọi'
    >>> unlinked("Chợ Quy Nhơn, cổng 2")
    'Chợ Quy Nhơn, cổng 2'
    """
    return " ".join(_ADDRESS.sub(" ", _NUMBER.sub(" ", name)).split())
