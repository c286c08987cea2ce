"""Which database, and in which role."""

from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from vungxanh.config.database import DatabaseUrlError, Role, database, from_url

pytestmark = pytest.mark.django_db

URL = "postgresql://chủ:m%40t@db.example:6543/vung_xanh?sslmode=require"


def test_without_an_address_the_embedded_server_is_used_in_the_process_s_role() -> None:
    entry = database(Path("/srv/vx"), {"VUNGXANH_ROLE": "web"})
    assert (entry["NAME"], entry["USER"]) == ("vungxanh", "vungxanh_web")
    assert entry["HOST"] == "/srv/vx/run"
    assert database(Path("/srv/vx"), {})["USER"] == "vungxanh_owner"


def test_address_is_taken_apart() -> None:
    entry = from_url(URL, Role.OWNER)
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", "6543", "vung_xanh")
    assert (entry["USER"], entry["PASSWORD"]) == ("chủ", "m@t")
    assert entry["OPTIONS"] == {"sslmode": "require"}


def test_every_process_but_the_owner_takes_its_role_as_it_connects() -> None:
    entry = from_url(URL, Role.WORKER)
    assert entry["OPTIONS"]["options"] == "-c role=vungxanh_worker"
    kept = from_url(f"{URL}&options=-c%20search_path%3Dvx", Role.WEB)
    assert kept["OPTIONS"]["options"] == "-c search_path=vx -c role=vungxanh_web"


def test_socket_directory_may_stand_in_the_query() -> None:
    entry = from_url("postgresql://vx@/name?host=/run/postgresql&port=5433", Role.OWNER)
    assert (entry["HOST"], entry["PORT"]) == ("/run/postgresql", "5433")


@pytest.mark.parametrize("url", ["mysql://u@h/n", "postgresql://u@h/", "name", "postgresql://"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUrlError) as refused:
        from_url(url, Role.OWNER)
    assert refused.value.code == "config.database_url"


def may(role: str, statement: str) -> bool:
    """Whether the role may run the statement; it is undone either way."""
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f"SET LOCAL ROLE vungxanh_{role}")
                cursor.execute(statement)
                transaction.set_rollback(True)
        except ProgrammingError as refused:
            return not isinstance(refused.__cause__, InsufficientPrivilege)
        return True


READ = "SELECT count(*) FROM django_session"
WRITE = "INSERT INTO django_session VALUES ('k', 'v', now())"
CHANGE = "UPDATE django_session SET session_data = ''"
REMOVE = "DELETE FROM django_session"
EMPTY = "TRUNCATE django_session"
DEFINE = "CREATE TABLE made_by_a_process (n int)"
REDEFINE = "ALTER TABLE django_session ADD COLUMN n int"

RIGHTS = {
    "web": {READ, WRITE, CHANGE, REMOVE},
    "worker": {READ, WRITE, CHANGE, REMOVE},
    "intake": set(),
    "auditor": set(),
}


@pytest.mark.parametrize("role", RIGHTS)
def test_processes_may_do_their_work_and_change_no_table(role: str) -> None:
    statements = (READ, WRITE, CHANGE, REMOVE, EMPTY, DEFINE, REDEFINE)
    assert {statement for statement in statements if may(role, statement)} == RIGHTS[role]
