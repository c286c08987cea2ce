"""Erasure reaches backups: once the former keys are destroyed, a byte copy opens nothing.

The copy is of the whole data directory as it lies on disk, made while the server runs, and a second
server is started on it. The keys are as custody has them: outside of it.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from pytest_django import Settings

from tests import home
from tests.conftest import QUICK
from tests.factories.people import QUY_NHON, employed
from tests.factories.register import AT, NUMBER, a_citizen, a_neighbour
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.rules import Role
from vungxanh.accounts.values.exports import ExportAsked, ExportForm
from vungxanh.core import envelope, keys, reseal
from vungxanh.core.clock import frozen_at
from vungxanh.core.files import PLACE
from vungxanh.core.keys import UnknownKeyError, Use
from vungxanh.core.postgres import Cluster, running
from vungxanh.core.sealed import unseal, unseal_text
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.models import DOCUMENTS, PHONES, Device, Person
from vungxanh.people.models.tokens import KEYS
from vungxanh.people.overview.officers_lists import RESOURCE
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values.entries import PersonChange
from vungxanh.people.values.rights import Kind, NewRequest
from vungxanh.people.values.standing import Class, NewStanding

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places"),
]
LATER = AT + timedelta(days=1)
SETTLED = LATER + reseal.SETTLING
NAME, PAPER, WORDS = "Người Mẫu Sao Lưu", "052185000044", "Tên tôi sai dấu"
Readers = dict[str, Callable[[], str]]


@pytest.fixture
def custody(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Keys and files of this test alone, the keys apart from the data."""
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path / "home"
    keys.create_missing()
    yield settings.HOME
    keys.forget()


@contextmanager
def copied(cluster: Cluster, files: Path) -> Iterator[Cluster]:
    """The data directory byte for byte, while the server runs, and a server of its own over it.

    Not below pytest's own folder: each session closes that to the server's user too.
    """
    with tempfile.TemporaryDirectory(prefix="vungxanh-copy-") as made:
        folder = Path(made)
        with psycopg.connect(cluster.conninfo(), autocommit=True) as superuser:
            superuser.execute("SELECT pg_backup_start('copy', fast => true)")
            _copy(cluster.data_directory, folder / "postgres")
            label = superuser.execute("SELECT labelfile FROM pg_backup_stop(false)").fetchone()
        # The log up to the end of the copying, without which the copy is not whole.
        _copy(cluster.data_directory / "pg_wal", folder / "postgres" / "pg_wal")
        _write_label(folder / "postgres", label[0] if label else "")
        _copy(files, folder / "files")
        with running(Cluster(folder, home.chosen_binaries(), QUICK)) as copy:
            yield copy


def _copy(source: Path, target: Path) -> None:
    """With their owners; what goes meanwhile is no part of it, nor what says that a server runs."""
    for path in (source, *source.rglob("*")):
        place = target / path.relative_to(source)
        try:
            if path.is_dir():
                place.mkdir(parents=True, exist_ok=True)
            elif path.is_file() and path.name != "postmaster.pid":
                shutil.copy2(path, place)
            about = path.stat()
        except FileNotFoundError:
            continue
        if place.exists():
            shutil.chown(place, about.st_uid, about.st_gid)
            place.chmod(about.st_mode)


def _write_label(data: Path, label: str) -> None:
    """Where the log of the copy begins."""
    path, owner = data / "backup_label", data.stat()
    path.write_text(label)
    shutil.chown(path, owner.st_uid, owner.st_gid)


def somebody() -> Person:
    """A citizen of whom every room keeps something that names them."""
    person = a_citizen()
    change = PersonChange(name=NAME, papers=(("cccd", PAPER),))
    actions.change_person(person_id=person.pk, change=change, by=SYSTEM, at=AT)
    device = Device.objects.get(person=person)
    asked = NewRequest(Kind.CORRECT, WORDS)
    actions.ask(device=device, request=asked, by=viewer_of(device), at=AT)
    standing = NewStanding(person.pk, Class.QUARANTINED, AT, SETTLED, "case:1")
    actions.write_standing(standing=standing, by=SYSTEM, at=AT)
    accounts.load_purposes(by=SYSTEM, at=AT)
    officer = employed("officer", Role("district_officer"), QUY_NHON)
    export = ExportAsked(RESOURCE, "cach-ly", "tracing", ExportForm.XLSX)
    accounts.ask_export(asked=export, language="vi", by=officer.viewer, at=AT)
    return person


def column(copy: Cluster, table: str, name: str) -> bytes:
    """The one value of a column in the copy."""
    query = sql.SQL("SELECT {} FROM {}").format(sql.Identifier(name), sql.Identifier(table))
    database = str(connection.settings_dict["NAME"])
    with psycopg.connect(copy.conninfo(database=database)) as superuser:
        ((value,),) = superuser.execute(query).fetchall()
    return bytes(value)


def readers(copy: Cluster) -> Readers:
    """How each thing in the copy is read by somebody who has the keys that exist."""
    key = column(copy, "people_person", "key")

    def own(table: str, name: str) -> Callable[[], str]:
        content = column(copy, table, name)
        return lambda: envelope.opened(key).open(content, f"{table}.{name}")

    def house(table: str, name: str) -> Callable[[], str]:
        content = column(copy, table, name)
        return lambda: unseal_text(content, f"{table}.{name}")

    (file,) = (copy.home / "files").glob("*/*")
    content = file.read_bytes()
    return {
        "name": own("people_person", "name"),
        "number": own("people_phone", "number"),
        "paper": own("people_document", "number"),
        "proof": house("people_phoneproof", "number"),
        "message": house("messaging_message", "to"),
        "request": house("people_personrequest", "words"),
        "export": lambda: unseal(content, PLACE)[:2].decode("ascii"),
    }


def guessed(copy: Cluster) -> set[str]:
    """What somebody finds in the copy who has the index keys that exist and guesses right."""
    tokens = {
        "number": (PHONES.digests(NUMBER), "people_phone", "number_index"),
        "paper": (DOCUMENTS.digests(PAPER), "people_document", "number_index"),
        "name": (KEYS["syllable"].all_tokens(["luu"]), "people_searchtoken", "token"),
    }
    return {what for what, (made, *place) in tokens.items() if _has(copy, made, *place)}


def _has(copy: Cluster, made: Sequence[bytes], table: str, name: str) -> bool:
    query = sql.SQL("SELECT count(*) FROM {} WHERE {} = ANY(%s)")
    database = str(connection.settings_dict["NAME"])
    with psycopg.connect(copy.conninfo(database=database)) as superuser:
        asked = query.format(sql.Identifier(table), sql.Identifier(name))
        row = superuser.execute(asked, [list(made)]).fetchone()
    return bool(row and row[0])


def change_and_destroy(use: Use) -> None:
    """What the operator does with one key file."""
    former = keys.ring(use).current
    keys.add_coming(use)
    reseal.take_into_use(use)
    reseal.begin(use, at=LATER)
    list(reseal.go_on(use, now=lambda: LATER))
    reseal.destroy(use, former, at=SETTLED)


def opened(reader: Callable[[], str]) -> str:
    """What a reader reads; empty where no key that exists opens it."""
    try:
        return reader()
    except UnknownKeyError:
        return ""


def test_a_copy_of_the_whole_data_directory_opens_nothing_of_whoever_was_erased(
    cluster: Cluster | None, custody: Path
) -> None:
    if cluster is None:
        pytest.fail("this proof needs the embedded server")
    with frozen_at(AT):
        person = somebody()
    with copied(cluster, custody / "files") as copy:
        read = readers(copy)
        actions.erase_person(person_id=person.pk, by=SYSTEM, at=LATER)
        kept = a_neighbour()
        before = {what: opened(reader) for what, reader in read.items()}
        assert before == {
            "name": NAME,
            "number": NUMBER,
            "paper": PAPER,
            "proof": NUMBER,
            "message": NUMBER,
            "request": WORDS,
            "export": "PK",
        }
        assert guessed(copy) == {"name", "number", "paper"}
        for use in (Use.PEOPLE, Use.DATA, Use.INDEX):
            change_and_destroy(use)
        assert {what: opened(reader) for what, reader in read.items()} == dict.fromkeys(before, "")
        assert guessed(copy) == set()
    assert envelope.opened(bytes(Person.objects.get(pk=kept.pk).key)).key
