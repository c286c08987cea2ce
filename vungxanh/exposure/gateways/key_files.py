"""Published keys: export files and lists of cases that are read, keys in CSV that are published."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from vungxanh.core.file_words import Place
from vungxanh.engines.keymatch import KeyColumns
from vungxanh.engines.keymatch.columns import columns_in
from vungxanh.exposure.gateways import file_refusals as refuse
from vungxanh.exposure.gateways.compiled import Kept
from vungxanh.exposure.gateways.csv_files import layout_of, rows_of, whole
from vungxanh.exposure.gateways.file_refusals import in_file
from vungxanh.exposure.gateways.files import content_of, text_of
from vungxanh.protocol import bluezone, exports
from vungxanh.protocol.exports import Archive, Key, PublicKey
from vungxanh.protocol.exports.messages import KEYS
from vungxanh.protocol.exports.refusals import Place as KeyPlace
from vungxanh.protocol.exports.values import checked_key

NEEDED: Final = ("key", "rolling_start", "rolling_period")
OPTIONAL: Final = ("transmission_risk", "report_type", "days_since_onset")
_EXPORT_BYTES: Final = 64 * 2**20
_LIST_BYTES: Final = 64 * 2**20
_PEM_BYTES: Final = 64 * 2**10
_BYTES_OF_A_ROW: Final = 53  # of a CSV of keys, about
_ROWS_AT_ONCE: Final = 1000

Progress = Callable[[int, int], None]


class Row(NamedTuple):
    """A key to be published and where it stands."""

    place: Place
    key: Key


def read_archive(path: Path) -> Archive:
    """An opened export file.

    Raises `exposure.no_file|file_unreadable|file_too_large` and the refusals of
    `protocol.exports.opened`, with the file's name.
    """
    content = content_of(path, limit=_EXPORT_BYTES)
    with in_file(path):
        return exports.opened(content)


def read_keys(path: Path, trusted: Sequence[PublicKey] = ()) -> KeyColumns:
    """The keys of an export file and those it revises; with `trusted` its signatures must hold.

    Raises as `read_archive`, `protocol.exports.verified` and `protocol.exports.parsed`.
    """
    archive = read_archive(path)
    with in_file(path):
        if trusted:
            exports.verified(archive, trusted)
        return columns_in(archive.body, objects=Kept())


def read_cases(path: Path) -> tuple[bluezone.CaseKey, ...]:
    """The keys of a published list of Bluezone.

    Raises `exposure.no_file|file_unreadable|file_too_large|not_utf8` and the refusals of
    `protocol.bluezone.case_keys`, with the file's name.
    """
    text = text_of(path, limit=_LIST_BYTES)
    with in_file(path):
        return bluezone.case_keys(text)


def rows_to_publish(path: Path, progress: Progress | None = None) -> Iterator[Row]:
    """The keys of a CSV with the columns `NEEDED` and, where known, `OPTIONAL`, each checked.

    `progress` is told bytes done, of all, about. Raises as `csv_files.layout_of`,
    `exposure.wrong_row|not_a_number|not_hex` naming row and column, and `protocol.export_key`,
    with the file's name.
    """
    layout = layout_of(path, NEEDED, optional=OPTIONAL)
    size = path.stat().st_size
    for place, cells in rows_of(layout):
        if progress and place.row % _ROWS_AT_ONCE == 0:
            progress(min(place.row * _BYTES_OF_A_ROW, size), size)
        given = {name: cells.get(name, "").strip() for name in OPTIONAL}
        key = Key(
            _bytes(place, cells["key"].strip()),
            whole(place, "rolling_start", cells["rolling_start"]),
            whole(place, "rolling_period", cells["rolling_period"]),
            **{name: whole(place, name, cell) if cell else None for name, cell in given.items()},
        )
        with in_file(path):
            checked_key(key, KeyPlace(KEYS, place.row), end=0)
        yield Row(place, key)


def public_key(said: str) -> PublicKey:
    """A public key: SPKI as base64, or a file with it or with PEM.

    Raises `protocol.bad_public_key`, for a file with its name; `exposure.file_too_large|not_utf8`.
    """
    path = Path(said)
    if len(said) > 4096 or not _is_file(path):
        return exports.public_key(said)
    text = text_of(path, limit=_PEM_BYTES)
    with in_file(path):
        return exports.public_key(text)


def signer(path: Path, *, key_id: str, version: str) -> exports.Signer:
    """Who signs, from a PEM file. Raises `protocol.bad_signing_key`, with the file's name."""
    pem = content_of(path, limit=_PEM_BYTES)
    with in_file(path):
        return exports.Signer(exports.signing_key(pem), key_id, version)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long
        return False


def _bytes(place: Place, cell: str) -> bytes:
    try:
        return bytes.fromhex(cell)
    except ValueError:
        raise refuse.bad_bytes(place, "key", None) from None
