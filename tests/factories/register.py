"""Persons of the register and their phones, all of them invented."""

from datetime import UTC, datetime

from django.db import connection, models
from psycopg import sql

from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging.models import Message
from vungxanh.people import actions
from vungxanh.people.models import Device, Person
from vungxanh.people.queries.devices import device_with, viewer_of
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.devices import NewDevice
from vungxanh.people.values.entries import NewPerson

TRAN_PHU = "vn-2021:21586"  # a ward of Quy Nhơn
NHON_BINH = "vn-2021:21553"  # another
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)  # 9 o'clock in Vietnam
WHOLE = sql.SQL("SELECT coalesce(string_agg({table}::text, ' '), '') FROM {table}")
NUMBER = "+84912000001"  # nobody's that we know of: an invented person's


def a_device(at: datetime = AT) -> tuple[Device, str]:
    """A phone that has just registered, and its token."""
    made = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=at)
    device = device_with(made.token, at)
    assert device is not None
    return device, made.token


def sent_code() -> str:
    """The code of the newest message."""
    text = Message.objects.order_by("-created_at", "-id")[0].text or ""
    return next(word.strip(".,:") for word in text.split() if word.strip(".,:").isdigit())


def a_citizen(at: datetime = AT, *, number: str = NUMBER, unit: str = TRAN_PHU) -> Person:
    """Somebody who proved their number and said where they live."""
    device, _ = a_device(at)
    viewer = viewer_of(device)
    actions.ask_code(device=device, phone=number, network="", by=viewer, at=at)
    return actions.confirm_code(
        device=device, code=sent_code(), residence=Residence(unit), by=viewer, at=at
    )


def a_neighbour(
    name: str = "Người Mẫu Một",
    *,
    unit: str = TRAN_PHU,
    birth: str = "",
    phone: str = "",
    papers: tuple[tuple[str, str], ...] = (),
) -> Person:
    """Somebody without the app whom an officer wrote down at the door."""
    person = NewPerson(
        Origin.DOOR, name, birth, phone=phone, papers=papers, residence=Residence(unit)
    )
    return actions.add_person(person=person, by=SYSTEM, at=AT)


def lying_in(*tables: type[models.Model]) -> str:
    """What tables hold as it lies there, bytes as hexadecimal digits."""
    found = []
    with connection.cursor() as cursor:
        for table in (model._meta.db_table for model in tables):
            cursor.execute(WHOLE.format(table=sql.Identifier(table)))
            found.append(str(cursor.fetchone()[0]))
    return " ".join(found)
