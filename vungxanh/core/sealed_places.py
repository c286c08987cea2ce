"""Where sealed values lie: columns, wrapped keys, texts within JSON, originals on disk.

Each place can say how many of its values are under which key, and seal some of them again.
"""

from base64 import b64decode, b64encode
from binascii import Error as NoBase64Error
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from vungxanh.core import envelope, files, keys
from vungxanh.core.keys import ID_BYTES, Use
from vungxanh.core.sealed import VERSION, SealedField, seal, unseal

_HEAD = len(VERSION) + ID_BYTES


@dataclass(frozen=True, slots=True)
class Renewed:
    """A batch: how many rows were sealed again, behind which to go on, whether it was the last."""

    n: int
    last: str
    is_end: bool


class Place(Protocol):
    """A table or folder with values under keys of one use."""

    @property
    def name(self) -> str:
        """The table's name; unique within a use."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that are written to when values come in."""

    def counts(self) -> Counter[bytes]:
        """How many values lie under each key, by its id."""

    def renew(self, after: str, n: int) -> Renewed:
        """Seal up to so many rows again, in the caller's transaction; rows in use are passed by."""


def sealed_places(use: Use) -> tuple[Place, ...]:
    """Every place of a use that seals: by what models declare and rooms register in AppConfig.

    `envelopes`: (model's label, column) of wrapped keys; `sealed_json`: the same of JSON in which
    sealed texts stand in base64.
    """
    if use is Use.PEOPLE:
        return tuple(Columns(*told, use) for told in _registered("envelopes"))
    if use is Use.DATA:
        texts = (JsonTexts(model, column[0]) for model, column in _registered("sealed_json"))
        return (*_sealed_columns(), *texts, Originals())
    return ()


def _registered(attribute: str) -> Iterator[tuple[type[models.Model], tuple[str, ...]]]:
    for config in apps.get_app_configs():
        for label, column in getattr(config, attribute, ()):
            yield apps.get_model(label), (column,)


def _sealed_columns() -> Iterator["Columns"]:
    for model in apps.get_models(include_auto_created=True):
        fields = model._meta.local_concrete_fields
        columns = tuple(field.column for field in fields if isinstance(field, SealedField))
        if columns and not model._meta.proxy and model._meta.managed:
            yield Columns(model, columns, Use.DATA)


@dataclass(frozen=True, slots=True)
class Columns:
    """Sealed columns of one table, or its column of wrapped keys."""

    model: type[models.Model]
    columns: tuple[str, ...]
    use: Use

    @property
    def name(self) -> str:
        """The table's name."""
        return self.model._meta.db_table

    @property
    def tables(self) -> tuple[str, ...]:
        """The table."""
        return (self.name,)

    def counts(self) -> Counter[bytes]:
        """By the four bytes behind the version, of each column."""
        found: Counter[bytes] = Counter()
        with connection.cursor() as cursor:
            for column in self.columns:
                cursor.execute(_COUNT.format(t=sql.Identifier(self.name), c=sql.Identifier(column)))
                for key_id, number in cursor.fetchall():
                    found[bytes(key_id)] += number
        return found

    def renew(self, after: str, n: int) -> Renewed:
        """By primary key; triggers that keep rows as they were written are let rest meanwhile."""
        with connection.cursor() as cursor:
            cursor.execute(self._next(after), {"after": after or None, "n": n, **self._now()})
            rows = cursor.fetchall()
            changed = [(*map(self._renewed, self.columns, row[1:]), row[0]) for row in rows]
            if changed:
                with _triggers_resting(self.name):
                    cursor.executemany(self._update(), changed)
        last = str(rows[-1][0]) if rows else after
        return Renewed(len(rows), last, len(rows) < n)

    def _now(self) -> dict[str, bytes]:
        return {"current": keys.ring(self.use).current}

    def _next(self, after: str) -> sql.Composed:
        pk = self.model._meta.pk
        is_old = sql.SQL(" OR ").join(
            _IS_OLD.format(c=sql.Identifier(column)) for column in self.columns
        )
        behind = sql.SQL("{} > %(after)s AND").format(sql.Identifier(pk.column))
        return _NEXT.format(
            pk=sql.Identifier(pk.column),
            columns=sql.SQL(", ").join(map(sql.Identifier, self.columns)),
            t=sql.Identifier(self.name),
            behind=behind if after else sql.SQL(""),
            is_old=is_old,
        )

    def _update(self) -> sql.Composed:
        sets = [sql.SQL("{} = %s").format(sql.Identifier(column)) for column in self.columns]
        return sql.SQL("UPDATE {t} SET {sets} WHERE {pk} = %s").format(
            t=sql.Identifier(self.name),
            sets=sql.SQL(", ").join(sets),
            pk=sql.Identifier(self.model._meta.pk.column),
        )

    def _renewed(self, column: str, value: Any) -> bytes | None:
        if value is None:
            return None
        content = bytes(value)
        if len(content) < _HEAD or _key_of(content) == keys.ring(self.use).current:
            return content
        if self.use is Use.PEOPLE:
            return envelope.rewrapped(content, self.use)
        return resealed(content, f"{self.name}.{column}")


_COUNT = sql.SQL(
    "SELECT substring({c} from 2 for 4), count(*) FROM {t} WHERE octet_length({c}) > 4 GROUP BY 1"
)
_IS_OLD = sql.SQL("octet_length({c}) > 4 AND substring({c} from 2 for 4) <> %(current)s")
_NEXT = sql.SQL(
    "SELECT {pk}, {columns} FROM {t} WHERE {behind} ({is_old})"
    " ORDER BY {pk} LIMIT %(n)s FOR UPDATE SKIP LOCKED"
)


@dataclass(frozen=True, slots=True)
class JsonTexts:
    """Sealed texts in base64 within a JSON object; such tables are small and read whole."""

    model: type[models.Model]
    column: str

    @property
    def name(self) -> str:
        """The table's name."""
        return self.model._meta.db_table

    @property
    def tables(self) -> tuple[str, ...]:
        """The table."""
        return (self.name,)

    def counts(self) -> Counter[bytes]:
        """Of every text that names a key."""
        rows = self.model._default_manager.values_list(self.column, flat=True)
        texts = (text for row in rows.iterator() for text in _texts(row))
        return Counter(_key_of(sealed) for text in texts if (sealed := _sealed_in(text)))

    def renew(self, after: str, n: int) -> Renewed:
        """By primary key."""
        rows = self.model._default_manager.order_by("pk").select_for_update(skip_locked=True)
        some = list((rows.filter(pk__gt=after) if after else rows)[:n])
        for row in some:
            setattr(row, self.column, self._renewed(getattr(row, self.column)))
            row.save(update_fields=[self.column])
        last = str(some[-1].pk) if some else after
        return Renewed(len(some), last, len(some) < n)

    def _renewed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._renewed(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._renewed(part) for part in value]
        sealed = _sealed_in(value)
        if sealed is None or _key_of(sealed) == keys.ring(Use.DATA).current:
            return value
        return b64encode(resealed(sealed, f"{self.name}.{self.column}")).decode("ascii")


class Originals:
    """The files of the store that are sealed, by their names on disk."""

    name = "files"
    tables = ("core_storedfile",)

    def counts(self) -> Counter[bytes]:
        """By the head of each file; what no row names counts too until it is swept."""
        known = keys.ring(Use.DATA).keys
        heads = (files.head(path, _HEAD) for path in files.kept(after=""))
        return Counter(
            _key_of(head) for head in heads if _is_sealed(head) and _key_of(head) in known
        )

    def renew(self, after: str, n: int) -> Renewed:
        """Each is written beside and takes the former's name, so it is there whole all along."""
        files.hold_off_sweeping()
        some = files.kept(after=after)[:n]
        current, known = keys.ring(Use.DATA).current, keys.ring(Use.DATA).keys
        old = [path for path in some if _key_of(files.head(path, _HEAD)) in {*known} - {current}]
        for path in old:
            files.replace(path, resealed(path.read_bytes(), files.PLACE))
        return Renewed(len(old), some[-1].name if some else after, len(some) < n)


def resealed(value: bytes, place: str) -> bytes:
    """The same content under the current data key."""
    return seal(unseal(value, place), place)


def _key_of(sealed: bytes) -> bytes:
    return sealed[len(VERSION) : _HEAD]


def _is_sealed(content: bytes) -> bool:
    return content[:1] == VERSION and len(content) >= _HEAD


def _texts(value: Any) -> Iterator[str]:
    """Every text within a value of JSON."""
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, dict) else value
    for part in parts if isinstance(value, dict | list) else ():
        yield from _texts(part)


def _sealed_in(text: Any) -> bytes | None:
    """What a text seals, if it is one of ours: base64 that begins with a key that is held."""
    try:
        content = b64decode(text, validate=True) if isinstance(text, str) else b""
    except (NoBase64Error, ValueError):
        return None
    is_ours = _is_sealed(content) and _key_of(content) in keys.ring(Use.DATA).keys
    return content if is_ours else None


@contextmanager
def _triggers_resting(table: str) -> Iterator[None]:
    """Tables that are written once refuse every change: the same words under another key are none.

    Holds for this transaction alone, and other writers of the table wait for its end.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS, [table])
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(
                _TRIGGER.format(*map(sql.Identifier, (table, name)), do=sql.SQL("DISABLE"))
            )
        yield
        for name in names:
            cursor.execute(
                _TRIGGER.format(*map(sql.Identifier, (table, name)), do=sql.SQL("ENABLE"))
            )


# 16 is TRIGGER_TYPE_UPDATE of PostgreSQL's pg_trigger.h.
_TRIGGERS = """
SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal
  AND tgenabled = 'O' AND tgtype & 16 <> 0
"""
_TRIGGER = sql.SQL("ALTER TABLE {} {do} TRIGGER {}")
