"""How often: limits of calls, kept in a table without a log and, in front of it, in the process.

`take` asks for one call; `require` refuses where there is none left. Never call them inside a
transaction: what is rolled back would not be counted, and the row would stay locked meanwhile.
"""

from vungxanh.core.limits.listed import LIMITS, Limit
from vungxanh.core.limits.refusals import TooManyRequestsError
from vungxanh.core.limits.rule import Wait
from vungxanh.core.limits.taking import forget, n_full, require, start_anew, take

__all__ = [
    "LIMITS",
    "Limit",
    "TooManyRequestsError",
    "Wait",
    "forget",
    "n_full",
    "require",
    "start_anew",
    "take",
]
