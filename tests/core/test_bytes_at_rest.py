"""Nothing personal lies open: every byte written under the data directory, the database's too.

Values that occur nowhere else are written on every way in, some of them by attempts that fail; the
database is told to write everything to its files; then every file written since is searched for
the values in every form in which they might have been written.
"""

import base64
import json
import stat
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from tests import home
from vungxanh.accounts import actions
from vungxanh.accounts.rules import Role
from vungxanh.accounts.values import NewAccount
from vungxanh.audit.actions import seal_events
from vungxanh.core import clock, files, limits
from vungxanh.core.postgres import Cluster
from vungxanh.core.viewer import SYSTEM

NAME = "Trần Thị Bướm Vẽ Ngựa"
EMAIL = "buom.ve.ngua@at-rest.example"
PASSWORD = "chuồn chuồn ớt bay thấp"
TYPED = "gõ nhầm con cào cào"
FILE_NAME = "danh sách bọ dừa.csv"
CONTENT = "họ tên;điện thoại\nLê Châu Chấu;0988555777123\n"
ADDRESS = "198.51.100.207"
CANARIES = (ADDRESS, NAME, EMAIL, PASSWORD, TYPED, FILE_NAME, "Lê Châu Chấu", "0988555777123")
CLOCK_STEP = 1.0  # seconds; the time of a file is a little coarser than the clock
CONTROL = "Đom Đóm Lập Lòe"


def forms(text: str) -> Iterator[bytes]:
    """The ways in which a text may lie on disk."""
    for shape in {text, text.lower(), text.upper(), unicodedata.normalize("NFD", text)}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            raw = shape.encode(encoding)
            yield raw
            yield raw.hex().encode()
            yield raw.hex().upper().encode()
            yield from in_base64(raw)
    yield quote(text).encode()
    yield json.dumps(text)[1:-1].encode()


def in_base64(raw: bytes) -> Iterator[bytes]:
    """What is certain of its base64 form at each of the three alignments."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + raw)
        yield whole[-(-before * 4 // 3) + (before > 0) : len(whole) // 4 * 4 - 4]


def found_under(folder: Path, texts: tuple[str, ...], since: float = 0) -> dict[str, set[str]]:
    """Which texts lie in which files written since an instant, in any form."""
    wanted = [(text, form) for text in texts for form in set(forms(text))]
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*"):
        content = content_of(path, since)
        for text in {text for text, form in wanted if form in content}:
            found.setdefault(text, set()).add(str(path.relative_to(folder)))
    return found


def content_of(path: Path, since: float) -> bytes:
    """The bytes of a file; none of what is older, no file, or gone since it was listed.

    Files are copied, not mapped: the server cuts files off while they are read.
    """
    try:
        about = path.stat()
        is_new = stat.S_ISREG(about.st_mode) and about.st_mtime >= since
        return path.read_bytes() if is_new else b""
    except FileNotFoundError:
        return b""


def write_to_disk(cluster: Cluster | None) -> None:
    """Make the embedded server put everything it holds into its files."""
    if cluster is not None:
        with psycopg.connect(cluster.conninfo(), autocommit=True) as superuser:
            superuser.execute("CHECKPOINT")


def write_everywhere() -> None:
    """Each way in which something personal reaches the data directory."""
    account = NewAccount(EMAIL, NAME, Role("tracer"), "vn-2021:540")
    actions.add_staff(account=account, password=PASSWORD, by=SYSTEM, at=clock.now())
    with pytest.raises(actions.EmailTakenError):
        actions.add_staff(account=account, password=PASSWORD, by=SYSTEM, at=clock.now())
    client = Client()
    for password in (TYPED, PASSWORD):
        client.post("/dang-nhap/", {"email": EMAIL, "password": password}, REMOTE_ADDR=ADDRESS)
    limits.take("at rest", ADDRESS, n=1, per_seconds=60, at=clock.now())
    client.post("/tai-khoan/mat-khau/", {"old": TYPED, "new": PASSWORD, "again": PASSWORD})
    with transaction.atomic():
        files.keep(CONTENT.encode(), name=FILE_NAME, media_type="text/csv", by=SYSTEM)
    seal_events(at=clock.now())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nothing_personal_lies_open_in_any_byte(cluster: Cluster | None) -> None:
    begun = time.time() - CLOCK_STEP
    write_everywhere()
    write_to_disk(cluster)
    assert found_under(home.HOME, CANARIES, begun) == {}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_search_finds_what_does_lie_open(cluster: Cluster | None) -> None:
    begun = time.time() - CLOCK_STEP
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE lies_open (name text)")
        cursor.execute("INSERT INTO lies_open VALUES (%s)", [CONTROL])
    write_to_disk(cluster)
    found = found_under(home.HOME, (CONTROL,), begun)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE lies_open")
    parts = {Path(path).parts[1] for path in found.get(CONTROL, ())}
    assert parts == ({"base", "pg_wal"} if cluster else set())


@pytest.mark.parametrize("form", sorted(set(forms(CONTROL))))
def test_search_knows_the_form(form: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"before " + form + b" after")
    assert found_under(tmp_path, (CONTROL,)) == {CONTROL: {"x"}}


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_search_sees_through_base64_at_every_offset(before: str, tmp_path: Path) -> None:
    whole = base64.b64encode(f"{before}{CONTROL} and more".encode())
    (tmp_path / "x").write_bytes(whole)
    assert found_under(tmp_path, (CONTROL,)) == {CONTROL: {"x"}}
