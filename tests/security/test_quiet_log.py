"""Somebody of every role walks over every page and writes everywhere; the log names nobody."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.people import AN_NHON, PASSWORD, PROVINCE, QUY_NHON, Colleague, employed
from tests.security.attacks import sent
from tests.security.doors import Door
from tests.security.scene import prove, rolled_back
from tests.security.standing import Scene
from vungxanh.accounts.rules import ROLES, Role
from vungxanh.core.access import is_met
from vungxanh.core.logs import OneLine

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LOGGERS = (None, "django", "django.server", "django.request", "vungxanh")
AT_LEAST = 30  # answers to each of them
WORDS = "Đinh Thị Chuồn Kim 0977555123888"
TOKEN = "vxd_chuon-chuon-bay-thap"
SAID = {"name": WORDS, "note": WORDS, "reason": WORDS, "email": "chuon@walk.example", "q": WORDS}


@contextmanager
def log() -> Iterator[StringIO]:
    """What the installation writes down meanwhile, at the most talkative level it has."""
    kept = StringIO()
    to = logging.StreamHandler(kept)
    to.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    before = [(logging.getLogger(name), logging.getLogger(name).level) for name in LOGGERS]
    logging.getLogger().addHandler(to)
    for logger, _ in before:
        logger.setLevel(logging.INFO)
    try:
        yield kept
    finally:
        logging.getLogger().removeHandler(to)
        for logger, level in before:
            logger.setLevel(level)


def walkers() -> list[Colleague]:
    """The standing officers, and somebody of each role."""
    roles = sorted(role for role in ROLES if role != "district_officer")
    officers = {"officer": QUY_NHON, "other-officer": AN_NHON}
    found = [employed(name, Role("district_officer"), unit) for name, unit in officers.items()]
    found += [employed(role.replace("_", "-"), Role(role), PROVINCE) for role in roles]
    for one in found:
        prove(one)
    return found


def told_of(people: list[Colleague]) -> set[str]:
    """What of them must stand nowhere."""
    cookie = settings.SESSION_COOKIE_NAME
    own = {word for one in people for word in (one.email, one.staff.name, str(one.staff.pk))}
    keys = {one.client.cookies[cookie].value for one in people}
    return own | keys | {PASSWORD, TOKEN, *SAID.values()}


def walk(doors: list[Door], client: Client) -> int:
    """Read every page and write to it; how many answers there were."""
    asked = [(one, method) for one in doors for method in one.methods]
    for one, method in asked:
        with rolled_back():
            sent(client, method, one.real, SAID, HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    return len(asked)


def own_doors(scene: Scene, one: Colleague) -> list[Door]:
    """What somebody may open that is not open to anyone."""
    return [
        door
        for door in scene.doors
        if not door.is_open and is_met(str(door.entry.needs), one.viewer)
    ]


def test_the_log_names_nobody_who_is_signed_in(scene: Scene) -> None:
    with rolled_back(), log() as kept:
        people = walkers()
        everywhere = [Client(), *(one.client for one in people[:2])]
        asked = [walk(scene.doors, client) for client in everywhere]
        asked += [walk(own_doors(scene, one), one.client) for one in people[2:]]
        hidden = told_of(people)
    assert len(asked) == len(ROLES) + 2
    assert min(asked) >= AT_LEAST
    assert "WARNING" in kept.getvalue()
    assert sorted(word for word in hidden if word in kept.getvalue()) == []


def test_a_name_that_is_written_down_is_found(scene: Scene) -> None:
    with log() as kept:
        logging.getLogger("vungxanh.accounts").warning("refused %s", scene.people.owner.email)
    assert scene.people.owner.email in told_of([scene.people.owner])
    assert scene.people.owner.email in kept.getvalue()
