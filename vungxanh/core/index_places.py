"""Where keyed digests of values lie, and how they are made again under a new index key.

A digest does not tell its key, so each is compared with those of its value under the keys held.
While two index keys are in use no unique index stands between them: `alone_with` does.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from vungxanh.core import files, keys
from vungxanh.core.keys import ID_BYTES, Use
from vungxanh.core.models import StoredFile
from vungxanh.core.sealed import IndexKey
from vungxanh.core.sealed_places import Place, Renewed

# What stands for a key that is not held, or that nobody can tell.
UNKNOWN = bytes(ID_BYTES)
_AT_ONCE = 2_000


def index_places() -> tuple[Place, ...]:
    """Every place that rooms register in their AppConfig as `index_places`, and the files' own."""
    rooms = (config for config in apps.get_app_configs() if hasattr(config, "index_places"))
    return (FileNames(), *(place for config in rooms for place in config.index_places()))


def lasting_purposes() -> tuple[str, ...]:
    """Whose own keys outlive the index key: digests of secrets that only their holders have.

    Rooms register them in their AppConfig as `lasting_indexes`. Nobody can list such secrets, so a
    key that makes their digests and nothing else helps no thief.
    """
    rooms = (config for config in apps.get_app_configs() if hasattr(config, "lasting_indexes"))
    return tuple(key.derivation for config in rooms for key in config.lasting_indexes())


def alone_with(digests: Sequence[bytes]) -> None:
    """Until the caller's transaction ends nobody else writes a value with one of these digests.

    Needed while several index keys are held: then two rows of one value may differ in their digest,
    and no unique index sees it. With one key the unique index does, and nothing is asked.
    """
    if len(digests) > 1:
        only_one_with(digests)


def only_one_with(digests: Sequence[bytes]) -> None:
    """Until the caller's transaction ends nobody else gets past here with one of these digests."""
    locks = sorted(int.from_bytes(digest[:8], signed=True) for digest in digests)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(n) FROM unnest(%s::bigint[]) AS n", [locks])


@dataclass(frozen=True, slots=True)
class Digests:
    """A column of digests; `value` tells of a row what its digest is made of.

    `value` is None where that is not known: such a digest cannot be made again, and the key that it
    may be under stays needed.
    """

    rows: Callable[[], "models.QuerySet[Any]"]
    column: str
    key: IndexKey
    value: Callable[[Any], str | None]

    @property
    def name(self) -> str:
        """Table and column."""
        return f"{self.tables[0]}.{self.column}"

    @property
    def tables(self) -> tuple[str, ...]:
        """The table."""
        return (self.rows().model._meta.db_table,)

    def counts(self) -> Counter[bytes]:
        """By the key that makes the same digest of the row's value."""
        rows = self.rows().iterator(chunk_size=_AT_ONCE)
        return Counter(self._key_of(row) for row in rows)

    def renew(self, after: str, n: int) -> Renewed:
        """By primary key."""
        some = next_rows(self.rows(), after, n)
        changed = [row for row in some if self._is_made_again(row)]
        return Renewed(len(changed), str(some[-1].pk) if some else after, len(some) < n)

    def _is_made_again(self, row: Any) -> bool:
        value = self.value(row)
        made = None if value is None else self.key.digest(value)
        if made is None or made == bytes(getattr(row, self.column)):
            return False
        type(row)._default_manager.filter(pk=row.pk).update(**{self.column: made})
        return True

    def _key_of(self, row: Any) -> bytes:
        value, digest = self.value(row), bytes(getattr(row, self.column))
        held = () if value is None else held_keys()
        return next((one for one in held if self.key.under(one, value or "") == digest), UNKNOWN)


class FileNames:
    """The names of sealed originals on disk, which are digests of their contents."""

    name = "core_storedfile.address"
    tables = ("core_storedfile",)

    def counts(self) -> Counter[bytes]:
        """By the key that makes the same name of the content's SHA-256."""
        return Counter(_key_of_name(row) for row in _sealed_files().iterator(chunk_size=_AT_ONCE))

    def renew(self, after: str, n: int) -> Renewed:
        """By primary key; former names are swept a day later."""
        files.hold_off_sweeping()
        some = next_rows(_sealed_files(), after, n)
        changed = [row for row in some if row.address != files.ADDRESS.digest(row.sha256).hex()]
        for row in changed:
            files.give_address(row, files.ADDRESS.digest(row.sha256).hex())
        return Renewed(len(changed), str(some[-1].pk) if some else after, len(some) < n)


def held_keys() -> Iterator[bytes]:
    """The ids of the index keys that are held, the current one first."""
    ring = keys.ring(Use.INDEX)
    yield ring.current
    yield from (key_id for key_id in ring.keys if key_id != ring.current)


def next_rows(rows: "models.QuerySet[Any]", after: str, n: int) -> list[Any]:
    """So many rows behind a primary key, locked; those that somebody holds are passed by."""
    found = rows.order_by("pk").select_for_update(skip_locked=True, of=("self",))
    return list((found.filter(pk__gt=after) if after else found)[:n])


def _sealed_files() -> "models.QuerySet[StoredFile]":
    return StoredFile.objects.filter(is_sealed=True)


def _key_of_name(row: StoredFile) -> bytes:
    made = ((one, files.ADDRESS.under(one, row.sha256).hex()) for one in held_keys())
    return next((one for one, name in made if name == row.address), UNKNOWN)
