"""The three standing people of every refusal test, and those who look after the house.

`officer` works in Quy Nhơn, `other_officer` in An Nhơn, `outsider` is nobody in particular.
"""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Protocol

import pytest
from django.test import Client

from vungxanh.accounts import actions
from vungxanh.accounts.models import EMAIL_INDEX, Staff
from vungxanh.accounts.queries import viewer_for
from vungxanh.accounts.rules import FACTOR, Role
from vungxanh.accounts.values import Browser
from vungxanh.accounts.values.acting import ORGANISATION
from vungxanh.core import clock
from vungxanh.core.viewer import PUBLIC, Viewer

PROVINCE = "vn-2021:52"
QUY_NHON = "vn-2021:540"
AN_NHON = "vn-2021:549"
PASSWORD = "con đò qua bến sông"  # of every person here


class Answer(Protocol):
    """What a browser gets back, as far as tests look at it."""

    status_code: int
    content: bytes
    cookies: SimpleCookie

    def __getitem__(self, header: str, /) -> str: ...


@dataclass(frozen=True)
class Person:
    """Somebody in a test: the viewer that actions take, and their browser."""

    viewer: Viewer
    client: Client


@dataclass(frozen=True)
class Colleague(Person):
    """Somebody with an account, whose browser is signed in."""

    staff: Staff
    email: str


def employed(name: str, role: Role, unit: str, *, organisation: object = "") -> Colleague:
    """A member of staff with a browser that is signed in; who may act for an organisation."""
    email = f"{name}@test.example"
    staff = Staff(
        email=email,
        email_index=EMAIL_INDEX.digest(email),
        name=f"{name} (mẫu)",
        roles=[role],
        units=[unit],
        scopes=[f"{ORGANISATION}{organisation}"] if organisation else [],
    )
    staff.set_password(PASSWORD)
    staff.save(force_insert=True)
    return Colleague(viewer_for(staff), signed_in(staff), staff, email)


def signed_in(staff: Staff, factor: str = "totp") -> Client:
    """A browser in which somebody is signed in and has shown a second factor."""
    client = Client()
    client.force_login(staff)
    session = client.session
    session[FACTOR] = factor
    session.save()
    browser = Browser(str(session.session_key), "127.0.0.1", "", factor)
    actions.start_session(staff=staff, browser=browser, at=clock.now())
    return client


@pytest.fixture
def officer(db: None) -> Colleague:
    """The district officer of Quy Nhơn."""
    return employed("officer", Role("district_officer"), QUY_NHON)


@pytest.fixture
def other_officer(db: None) -> Colleague:
    """The district officer of An Nhơn."""
    return employed("other-officer", Role("district_officer"), AN_NHON)


@pytest.fixture
def outsider() -> Person:
    """Anyone, not signed in."""
    return Person(PUBLIC, Client())


@pytest.fixture
def province_officer(db: None) -> Colleague:
    """The officer of Bình Định."""
    return employed("province", Role("province_officer"), PROVINCE)


@pytest.fixture
def administrator(db: None) -> Colleague:
    """Who looks after the installation."""
    return employed("administrator", Role("admin"), PROVINCE)


@pytest.fixture
def auditor(db: None) -> Colleague:
    """Who reads the log."""
    return employed("auditor", Role("auditor"), PROVINCE)
