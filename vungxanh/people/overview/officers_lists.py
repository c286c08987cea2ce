"""Lists of followed persons that officers may export for the teams that visit and test."""

from collections.abc import Iterable

from vungxanh.accounts.values.exports import PersonList, Row
from vungxanh.core import clock
from vungxanh.core.clock import TZ
from vungxanh.core.enveloped import opened
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.engines.phones import display, read_phone
from vungxanh.locations.values import registry
from vungxanh.people.models import Person
from vungxanh.people.queries.officers_followed import (
    FOLLOWED,
    in_force_there,
    line_of,
    listed,
    marks_of,
    own_persons,
)
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.values import person_ref
from vungxanh.people.values.standing import CLASS_WORDS, Class
from vungxanh.refusals import Words

RESOURCE = "people_followed"
ALL = "tat-ca"
# The lists by the id that addresses and exports know them by.
LISTS: dict[str, tuple[Class, ...]] = {
    ALL: FOLLOWED,
    "cach-ly": (Class.QUARANTINED,),
    "xet-nghiem": (Class.TO_BE_TESTED,),
}
_COLUMNS = (
    ("number", Words(vi="Số", en="Number")),
    ("name", Words(vi="Họ tên", en="Name")),
    ("birth", Words(vi="Sinh", en="Born")),
    ("phone", Words(vi="Điện thoại", en="Telephone")),
    ("commune", Words(vi="Xã, phường", en="Commune")),
    ("address", Words(vi="Địa chỉ", en="Address")),
    ("class", Words(vi="Diện", en="Class")),
    ("since", Words(vi="Từ", en="Since")),
    ("until", Words(vi="Đến", en="Until")),
    ("app", Words(vi="Có ứng dụng", en="Has the app")),
    ("seen", Words(vi="Thấy trong 24 giờ", en="Seen in 24 h")),
    ("bluetooth", Words(vi="Bluetooth bật (máy tự báo)", en="Bluetooth on (self-reported)")),
)
_YES, _NO = "x", ""


def person_lists() -> dict[str, PersonList]:
    """What this room lets officers export."""
    title = Words(vi="Người cách ly, cần xét nghiệm", en="Persons in quarantine or to be tested")
    followed = PersonList(title, _COLUMNS, _rows, count=_count, units=_units, subject=_subject)
    return {RESOURCE: followed}


def classes_of(list_id: str) -> tuple[Class, ...]:
    """The classes of a list; MissingError for a list that there is not."""
    try:
        return LISTS[list_id]
    except KeyError:
        raise MissingError from None


def _subject(row: Row) -> str:
    return person_ref(int(row["number"]))


def _count(viewer: Viewer, list_id: str) -> int:
    return listed(own_persons(viewer), classes_of(list_id), clock.now()).count()


def _units(viewer: Viewer, list_id: str) -> frozenset[str]:
    rows = listed(own_persons(viewer), classes_of(list_id), clock.now())
    return frozenset(rows.order_by().values_list("residence", flat=True).distinct())


def _rows(viewer: Viewer, list_id: str) -> Iterable[Row]:
    classes, at = classes_of(list_id), clock.now()
    persons = list(listed(own_persons(viewer), classes, at).prefetch_related("phones"))
    said = in_force_there(persons, classes, at)
    for person in persons:
        line = line_of(person, said[person.pk])
        yield {
            **_opened(person),
            "number": str(person.pk),
            "commune": registry().unit(line.unit).name,
            "class": ", ".join(CLASS_WORDS[one].vi for one in line.classes),
            "since": f"{line.since.astimezone(TZ):%d/%m/%Y}",
            "until": f"{line.until.astimezone(TZ):%d/%m/%Y}" if line.until else "",
            **_marks(person),
        }


def _opened(person: Person) -> dict[str, str]:
    envelope = envelope_of(person)
    texts = {name: opened(envelope, person, name) for name in ("name", "birth", "address")}
    numbers = (opened(envelope, row, "number") for row in person.phones.all())
    return {**texts, "phone": ", ".join(display(read_phone(one)) for one in numbers)}


def _marks(person: Person) -> dict[str, str]:
    marks = marks_of(person)
    told = {"app": marks.has_app, "seen": marks.is_seen, "bluetooth": marks.has_bluetooth}
    return {name: _YES if holds else _NO for name, holds in told.items()}
