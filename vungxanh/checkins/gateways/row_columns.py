"""Columns of numbers that fill from rows of several threads."""

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vungxanh.checkins.gateways.row_socket import Rows

Column = NDArray[Any]


class RowColumns:
    """Columns with room for as many rows as are thought to come; in any order where threads share.

    Memory that is new costs most of a pull: what is thought of right is taken once.
    """

    def __init__(self, kinds: Sequence[str], room: int) -> None:
        self._kinds: Final = kinds
        self._columns: Final = [np.empty(room, kind) for kind in kinds]
        self._beyond: Final[list[list[Column]]] = []
        self._room, self._n, self._lock = room, 0, Lock()

    def take(self, some: Iterable[Rows]) -> None:
        """Keep rows as they come."""
        for rows in some:
            at = self._place(len(rows))
            if at is None:
                kinds = enumerate(self._kinds)
                self._beyond.append([rows[f"v{one}"].astype(kind) for one, kind in kinds])
                continue
            for one, column in enumerate(self._columns):
                column[at : at + len(rows)] = rows[f"v{one}"]

    def all(self) -> list[Column]:
        """Every row that was kept."""
        own = [column[: self._n] for column in self._columns]
        if not self._beyond:
            return own
        return [np.concatenate(column) for column in zip(own, *self._beyond, strict=True)]

    def _place(self, n: int) -> int | None:
        """Where rows may be written by who asked alone; None where there is no room."""
        with self._lock:
            at = self._n
            if at + n > self._room:
                return None
            self._n += n
            return at
