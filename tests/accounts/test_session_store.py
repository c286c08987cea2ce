"""Sessions at rest: what lies in the tables opens none of them."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.factories.people import PASSWORD, Colleague
from vungxanh.core import keys
from vungxanh.core.keys import Use

pytestmark = pytest.mark.django_db
ROWS = 'SELECT t::text FROM "{table}" t'


@pytest.fixture
def own_keys(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Keys that a test may change."""
    settings.KEYS = tmp_path
    keys.create_missing()
    yield
    keys.forget()


def store(key: str | None = None) -> SessionBase:
    """The session that a cookie with this key opens."""
    opened: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return opened


def kept(**content: str) -> str:
    """The key of a new session that holds something."""
    made = store()
    made.update(content)
    made.create()
    made.save()
    return str(made.session_key)


def opens(cookie: str) -> bool:
    """Whether a browser with this cookie is somebody here."""
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return browser.get("/tai-khoan/").status_code == 200


def dumped() -> str:
    """Every row of every table, as a dump shows it: texts as they are, bytes in hex and read."""
    tables = connection.introspection.table_names()
    rows = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(ROWS.format(table=table))
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows).lower()


def test_no_table_shows_the_cookie_of_somebody_signed_in(officer: Colleague) -> None:
    browser = Client()
    browser.post("/dang-nhap/", {"email": officer.email, "password": PASSWORD})
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert browser.get("/tai-khoan/").status_code == 200
    plain = (key, key.encode().hex(), hashlib.sha256(key.encode()).hexdigest())
    shown = dumped()
    assert str(officer.staff.pk) in shown
    assert [form for form in plain if form in shown] == []


def test_what_stands_in_the_tables_is_no_cookie(officer: Colleague) -> None:
    key, stolen = officer.client.session.session_key, Session.objects.get().session_key
    assert [opens(str(one)) for one in (key, stolen)] == [True, False]


def test_a_session_is_found_again_changed_and_forgotten() -> None:
    key = kept(desk="one")
    again = store(key)
    again["desk"] = "two"
    again.save()
    assert (store(key)["desk"], Session.objects.count()) == ("two", 1)
    assert store().exists(key)
    assert not store().exists(key.upper())
    store(key).flush()
    assert (Session.objects.count(), store(key).load()) == (0, {})


def test_a_new_key_carries_the_session_on_and_the_old_one_opens_nothing() -> None:
    key = kept(desk="one")
    moved = store(key)
    moved.cycle_key()
    moved.save()
    assert (store(moved.session_key)["desk"], store(key).load()) == ("one", {})
    assert Session.objects.count() == 1


def test_a_key_that_nobody_was_given_is_not_taken_up() -> None:
    planted = store("a" * 32)
    assert planted.load() == {}
    planted.save()
    assert planted.session_key != "a" * 32


def test_a_session_ended_meanwhile_is_not_written_again() -> None:
    key = kept(desk="one")
    open_still = store(key)
    open_still["desk"] = "two"
    store(key).delete()
    with pytest.raises(UpdateError):
        open_still.save()


def test_a_session_outlives_a_change_of_the_index_key(own_keys: None) -> None:
    key = kept(desk="one")
    keys.add_key(Use.INDEX)
    again = store(key)
    again["desk"] = "two"
    again.save()
    assert (store(key)["desk"], Session.objects.count()) == ("two", 1)
    store(key).delete()
    assert Session.objects.count() == 0


def test_sessions_past_their_end_open_nothing_and_are_cleared() -> None:
    key = kept(desk="one")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert store(key).load() == {}
    call_command("clearsessions")
    assert Session.objects.count() == 0


async def _asynchronously(key: str) -> tuple[bool, object]:
    return await store().aexists(key), await store(key).aget("desk")


def test_asynchronous_forms_write_no_key_either() -> None:
    key = kept(desk="one")
    assert async_to_sync(_asynchronously)(key) == (True, "one")
