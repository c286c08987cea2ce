"""The definition: a set of the revoked numbers, and the number above which nothing is known."""

from collections.abc import Iterable

from vungxanh.protocol.places.revocations import Verdict


class RevokedSet:
    """What `core.revocations_of` must say of every number that was issued."""

    def __init__(self, revoked: Iterable[int], *, upto: int) -> None:
        self._revoked = set(revoked)
        self._upto = upto

    def holds(self, number: int) -> Verdict:
        """What is known of a number.

        >>> held = RevokedSet([3], upto=5)
        >>> [held.holds(number).value for number in (3, 4, 6)]
        ['revoked', 'not_revoked', 'not_covered']
        """
        if number > self._upto:
            return Verdict.NOT_COVERED
        return Verdict.REVOKED if number in self._revoked else Verdict.NOT_REVOKED
