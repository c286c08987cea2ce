"""A change of key that can stop and go on, and the end of a former key.

`begin` notes every place where values lie; `step` seals one batch of one place again, in a
transaction of its own, and notes how far it came. Whoever is killed between two batches loses
nothing, everything opens all along, and two that run at once take different places. When no value
is left under a former key, `destroy` takes it out of its file: from then on no backup from before
the change opens, which is how erasure reaches backups.

Digests and tokens are made again likewise, found under both keys meanwhile. So that no two
processes write one value under two keys without seeing each other, a new index key is held by all
for `HEARD_AFTER_SECONDS` before `take_into_use` lets it make anything.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import OperationalError, connection, models, transaction
from psycopg import sql

from vungxanh.core import keys
from vungxanh.core.index_places import index_places, lasting_purposes
from vungxanh.core.keys import CurrentKeyError, Use
from vungxanh.core.models import KeyChange
from vungxanh.core.sealed_places import Place, sealed_places
from vungxanh.refusals import RefusalError, Words

# What can be made again under another key: what the log or a code proves cannot.
WALKED: Final = (Use.DATA, Use.PEOPLE, Use.INDEX)
# Every process reads the file within that time and knows a key that is coming.
HEARD_AFTER_SECONDS: Final = 2 * keys.FRESH_SECONDS
BATCH: Final = 500
# Sessions hold sealed values too, for twelve hours at most; and no process goes on for a day with
# a key that it read ten seconds before the change.
SETTLING: Final = timedelta(days=1)
# Rows that somebody else holds are passed by; so many rounds without any work, and it is told.
PATIENCE: Final = 3
LOCK_WAIT: Final = "10s"


class NotWalkedError(RefusalError):
    """Nothing stored under keys of this use can be sealed again."""

    def __init__(self, use: Use) -> None:
        words = Words(
            vi=f"Khóa của {use}.json không đổi theo cách này: chỉ data, people, index.",
            en=f"Keys of {use}.json are not changed this way: only data, people, index are.",
        )
        super().__init__("core.keys_not_walked", words)


class ChangeUnfinishedError(RefusalError):
    """Some places have not been sealed again under the key in use."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Việc đổi khóa chưa xong. Chạy “vungxanh keys continue” cho xong rồi hủy khóa cũ.",
            en="The change of key has not ended. Run “vungxanh keys continue” to its end first.",
        )
        super().__init__("core.key_change_unfinished", words)


class KeySettlingError(RefusalError):
    """The change is too young: a session or a slow process may still hold the former key."""

    status = 409

    def __init__(self, from_when: datetime) -> None:
        when = from_when.strftime("%Y-%m-%d %H:%M UTC")
        words = Words(
            vi=f"Khóa cũ còn có thể được dùng đến. Hủy được từ {when}.",
            en=f"The former key may still be needed. It can be destroyed from {when}.",
        )
        super().__init__("core.key_settling", words)


class KeyStillNeededError(RefusalError):
    """Values lie under the key that was to be destroyed."""

    status = 409

    def __init__(self, where: dict[str, int]) -> None:
        told = ", ".join(f"{name} {number}" for name, number in where.items())
        words = Words(
            vi=f"Còn giá trị niêm phong bằng khóa này ({told}). Chạy “vungxanh keys continue”.",
            en=f"Values still lie under this key ({told}). Run “vungxanh keys continue”.",
        )
        super().__init__("core.key_still_needed", words)


class WritersBusyError(RefusalError):
    """Somebody has been writing for long and has not committed."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Có tiến trình đang ghi chưa xong nên chưa hủy khóa. Thử lại sau ít phút.",
            en="A process is still writing, so no key was destroyed. Try again in some minutes.",
        )
        super().__init__("core.key_writers_busy", words)


@dataclass(frozen=True, slots=True)
class Step:
    """What one batch did: in which place, how many rows, how many so far, and whether it ended.

    `is_round_over`: it was the last of its place, which begins anew where rows were passed by.
    """

    place: str
    n: int
    n_so_far: int
    is_ended: bool
    is_round_over: bool


def places(use: Use) -> tuple[Place, ...]:
    """Every place where values of a use lie."""
    return index_places() if use is Use.INDEX else sealed_places(use)


def take_into_use(use: Use) -> bytes:
    """Let the key that was coming make new values, once nobody is writing; returns its id."""
    with transaction.atomic():
        _lock(use, sql.SQL("EXCLUSIVE"))
        return keys.take_into_use(use)


def begin(use: Use, *, at: datetime) -> None:
    """Note every place that is to be sealed again under the current key; again changes nothing."""
    if use not in WALKED:
        raise NotWalkedError(use)
    ring = keys.ring(use)
    if len(ring.keys) == 1:
        return
    for place in places(use):
        KeyChange.objects.get_or_create(
            use=use, to_key=ring.current.hex(), place=place.name, defaults={"begun_at": at}
        )


def go_on(use: Use, *, now: Callable[[], datetime]) -> Iterator[Step]:
    """Batch after batch until nothing is left, or all that is left is held by somebody else."""
    n_idle = n_of_round = 0
    while n_idle < PATIENCE and (done := step(use, at=now())) is not None:
        n_of_round += done.n
        if done.is_round_over:
            n_idle = 0 if n_of_round or done.is_ended else n_idle + 1
            n_of_round = 0
        yield done


def step(use: Use, *, at: datetime) -> Step | None:
    """Seal one batch again; None when every place has ended or another process is at it."""
    with transaction.atomic():
        change = _unfinished(use).select_for_update(skip_locked=True).first()
        if change is None:
            return None
        place = next((place for place in places(use) if place.name == change.place), None)
        n = _renew(change, place) if place else 0
        is_ended = not change.last_row and not _left(place, use)
        change.n_rows += n
        change.ended_at = at if is_ended else None
        change.save(update_fields=["last_row", "n_rows", "ended_at"])
    return Step(change.place, n, change.n_rows, is_ended, not change.last_row)


def is_finished(use: Use) -> bool:
    """Whether every place has been sealed again under the current key."""
    begun = set(_changes(use).values_list("place", flat=True))
    wanted = {place.name for place in places(use)}
    return bool(wanted) and wanted <= begun and not _unfinished(use).exists()


def counts(use: Use) -> dict[bytes, Counter[str]]:
    """Under each key that is held or named: how many values, by place."""
    found: dict[bytes, Counter[str]] = {key_id: Counter() for key_id in keys.ring(use).keys}
    for place in places(use):
        for key_id, number in place.counts().items():
            found.setdefault(key_id, Counter())[place.name] += number
    return found


def destroy(use: Use, key_id: bytes, *, at: datetime) -> None:
    """Take a former key out of its file once it is proved that nothing lies under it.

    The proof: every place has ended, a day has passed since the change began, all who were writing
    have committed, and a count of each place finds no value that names the key.
    """
    if use not in WALKED:
        raise NotWalkedError(use)
    keys.forget()
    keys.ring(use).key(key_id)
    if key_id == keys.ring(use).current:
        raise CurrentKeyError
    _refuse_early(use, at)
    _wait_for_writers(use)
    where = {place.name: place.counts()[key_id] for place in places(use)}
    needed = {name: number for name, number in where.items() if number}
    if needed:
        raise KeyStillNeededError(needed)
    keys.destroy_key(use, key_id, lasting=lasting_purposes() if use is Use.INDEX else ())


def _renew(change: KeyChange, place: Place) -> int:
    renewed = place.renew(change.last_row, BATCH)
    change.last_row = "" if renewed.is_end else renewed.last
    return renewed.n


def _left(place: Place | None, use: Use) -> bool:
    """Whether a whole round passed rows by, which somebody held or wrote meanwhile."""
    if place is None:
        return False
    current = keys.ring(use).current
    return any(number for key_id, number in place.counts().items() if key_id != current)


def _refuse_early(use: Use, at: datetime) -> None:
    if not is_finished(use):
        raise ChangeUnfinishedError
    newest = _changes(use).order_by("-begun_at", "id").values_list("begun_at", flat=True)[0]
    if at < newest + SETTLING:
        raise KeySettlingError(newest + SETTLING)


def _wait_for_writers(use: Use) -> None:
    """Whoever has written and not committed yet; those who come later hold the new key."""
    with transaction.atomic():
        _lock(use, sql.SQL("SHARE"))


def _lock(use: Use, mode: sql.SQL) -> None:
    """Every table of a use, until the caller's transaction ends."""
    tables = sorted({table for place in places(use) for table in place.tables})
    names = sql.SQL(", ").join(map(sql.Identifier, tables))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(LOCK_WAIT)))
            cursor.execute(sql.SQL("LOCK TABLE {} IN {} MODE").format(names, mode))
    except OperationalError as waited:
        raise WritersBusyError from waited


def _changes(use: Use) -> models.QuerySet[KeyChange]:
    return KeyChange.objects.filter(use=use, to_key=keys.ring(use).current.hex())


def _unfinished(use: Use) -> models.QuerySet[KeyChange]:
    return _changes(use).filter(ended_at__isnull=True)
