"""What the engine takes and gives: numbers of codes, and what a list says of many at once."""

from typing import Any, Final, NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from vungxanh.protocol.places.revocations import LAST_NUMBER
from vungxanh.refusals import RefusalError, Words

Int64s = NDArray[np.int64]
UInt32s = NDArray[np.uint32]
Bools = NDArray[np.bool_]
Whole = TypeVar("Whole", bound=np.integer[Any])

MOST_NUMBERS: Final = 2**32 - 1  # that the counts of a list can say


class RevocationError(RefusalError):
    """Numbers of which no list can be made."""


class Answers(NamedTuple):
    """What a list says of each number asked: bool (n) each.

    `is_covered` is False for numbers above the list's `upto`; these are never revoked.
    """

    is_covered: Bools
    is_revoked: Bools


def checked(numbers: Int64s, upto: int, *, name: str) -> Int64s:
    """The same numbers, ascending and once each. Raises `revocation.bad_numbers`.

    `numbers` any whole numbers (n) from 0 to `upto`, in any order, also several times.
    """
    if not 0 <= upto <= LAST_NUMBER:
        raise bad_numbers("upto")
    if not isinstance(numbers, np.ndarray) or numbers.ndim != 1 or numbers.dtype.kind not in "iu":
        raise bad_numbers(name)
    found = once(numbers)
    if len(found) > MOST_NUMBERS or (len(found) and not 0 <= found[0] <= found[-1] <= upto):
        raise bad_numbers(name)
    return found.astype(np.int64)


def once(numbers: NDArray[Whole]) -> NDArray[Whole]:
    """Numbers ascending, each once. `np.unique` takes far longer for millions."""
    ordered = np.sort(numbers)
    is_new = np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)]
    return cast("NDArray[Whole]", ordered[is_new])


def bad_numbers(name: str) -> RevocationError:
    """Numbers that are not whole, negative, or above the last that the list speaks of."""
    code = "revocation.bad_numbers"
    return RevocationError(
        code,
        Words(
            f"Số phát hành ({name}) phải là số nguyên từ 0 đến upto, upto nhỏ hơn 2^40: kiểm tra "
            "lại danh sách mã.",
            f"Numbers of issue ({name}) must be whole, from 0 to upto, and upto below 2^40: check "
            "the list of codes.",
        ),
        field=name,
    )
