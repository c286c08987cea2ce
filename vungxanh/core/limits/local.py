"""The process's own buckets, in front of the table."""

import threading

from vungxanh.core.limits.rule import SECOND, Rate, Wait, taken

# A hundred bytes each; an attacker with more addresses than this meets the table more often.
MOST_KEPT = 50_000


class Buckets:
    """Small buckets by key, and how long a key that the table refused need not ask again."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._full_at: dict[bytes, int] = {}
        self._blocked_until: dict[bytes, int] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._full_at) + len(self._blocked_until)

    def take(self, key: bytes, rate: Rate, now: int) -> bool:
        """Take one call, if there is one."""
        with self._lock:
            self._make_room(now)
            self._full_at[key], was_taken = taken(self._full_at.get(key, now), now, rate=rate)
            return was_taken

    def refill(self, key: bytes, rate: Rate, now: int) -> None:
        """The table gave a share: the bucket is full again but for the call that asked."""
        with self._lock:
            self._full_at[key] = now + rate.step

    def block(self, key: bytes, now: int, wait: Wait) -> None:
        """The table refused: until then the answer is known without asking."""
        with self._lock:
            self._blocked_until[key] = now + wait.seconds * SECOND

    def blocked(self, key: bytes, now: int) -> Wait | None:
        """The rest of a wait that the table asked for."""
        missing = self._blocked_until.get(key, now) - now
        return Wait(-(-missing // SECOND)) if missing > 0 else None

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._full_at.clear()
            self._blocked_until.clear()

    def _make_room(self, now: int) -> None:
        """Drop what is full again; if that is not enough, the older half of everything."""
        if len(self) < self._most:
            return
        self._full_at = _still_needed(self._full_at, now, self._most)
        self._blocked_until = _still_needed(self._blocked_until, now, self._most)


def _still_needed(moments: dict[bytes, int], now: int, most: int) -> dict[bytes, int]:
    kept = [(key, moment) for key, moment in moments.items() if moment > now]
    return dict(kept[-(most // 4) :])
