"""Which characters of a passage a rule has read already."""


class Taken:
    """The stretches of a passage that are spoken for."""

    __slots__ = ("_marks",)

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def has(self, start: int, end: int) -> bool:
        """Whether any character of the stretch is taken."""
        return self._marks.find(1, start, end) >= 0

    def add(self, start: int, end: int) -> None:
        """Take the stretch."""
        self._marks[start:end] = b"\x01" * (end - start)

    def claims(self, start: int, end: int) -> bool:
        """Take the stretch if all of it is free; says whether it was.

        >>> taken = Taken(10)
        >>> taken.claims(2, 5), taken.claims(4, 6), taken.claims(5, 6)
        (True, False, True)
        """
        if self.has(start, end):
            return False
        self.add(start, end)
        return True
