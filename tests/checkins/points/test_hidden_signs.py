"""Signs that do not show are refused at every way by which a point comes in; nothing is stored."""

import io
import json
from collections.abc import Callable

import pytest
from django.test import Client

from tests.checkins.points.test_pages import ANSWERS, NEW, proved
from tests.checkins.premises.test_point_tables import HEAD
from tests.factories.people import Colleague
from tests.factories.points import QUY_NHON
from tests.factories.register import AT, NUMBER, a_device, sent_code
from tests.factories.workbooks import workbook
from vungxanh.checkins.models import Entrance, Point, PointCode
from vungxanh.core.clock import frozen_at
from vungxanh.people import actions
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values import Residence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
HIDDEN = {
    "right-to-left override": "Chợ \u202eĐầm",
    "isolate": "Chợ\u2066 Đầm",
    "zero width space": "Ch\u200bợ Đầm",
    "tag": "Chợ \U000e0041Đầm",
}
SAID = {"name": "Chợ Đầm mẫu", "address": "12 đường Mẫu", "door": "Cổng Bắc"}
Said = dict[str, str]


def by_phone(said: Said, _: Colleague) -> str:
    """A citizen's page of the step that asks for it."""
    client = Client()
    client.post("/toi/bat-dau/")
    owner = proved(client, "0912 000 001")
    typed = {
        "ten": {"name": said["name"]},
        "cho": {"unit": QUY_NHON, "address": said["address"]},
        "cua": {"doors": said["door"], "rooms": ""},
    }
    told = [
        owner.post(f"{NEW}{step}/", {**ANSWERS[step], **typed.get(step, {})}) for step in ANSWERS
    ]
    assert owner.post(f"{NEW}xem-lai/").status_code == 302  # back to the step
    return "".join(one.content.decode() for one in told)


def by_officer(said: Said, officer: Colleague) -> str:
    """An officer's page of a new point."""
    form = {
        "name": said["name"],
        "kind": "market",
        "address": said["address"],
        "commune": f"Phường Quy Nhơn [{QUY_NHON}]",
        "doors": said["door"],
    }
    return officer.client.post("/diem/moi/", form).content.decode()


def by_pasting(said: Said, officer: Colleague) -> str:
    """A table pasted from a spreadsheet."""
    return _brought(officer, {"pasted": HEAD + "\t".join(_row(said)) + "\n"})


def by_file(said: Said, officer: Colleague) -> str:
    """The same table as a workbook."""
    rows = [HEAD.strip("\n").split("\t"), _row(said)]
    file = io.BytesIO(workbook(rows))
    file.name = "diem.xlsx"
    return _brought(officer, {"file": file})


def by_api(said: Said, _: Colleague) -> str:
    """What a phone's program sends."""
    device, token = a_device()
    by = viewer_of(device)
    actions.ask_code(device=device, phone=NUMBER, network="", by=by, at=AT)
    home = Residence("vn-2021:21586")
    actions.confirm_code(device=device, code=sent_code(), residence=home, by=by, at=AT)
    body = {
        "kind": "market",
        "name": said["name"],
        "unit": QUY_NHON,
        "address": said["address"],
        "entrances": [{"label": said["door"]}],
    }
    client = Client(headers={"authorization": f"Bearer {token}"})
    reply = client.post("/api/v1/points", json.dumps(body), content_type="application/json")
    assert reply.status_code == 422
    return str(reply.json()["message"])


def _row(said: Said) -> list[str]:
    where = (said["address"], "Phường Quy Nhơn", "Gia Lai")
    return [said["name"], "Chợ", *where, "", said["door"], "", ""]


def _brought(officer: Colleague, form: dict[str, object]) -> str:
    """The table's page, after somebody also tried to take it in as it is."""
    address = officer.client.post("/diem/bang/", form)["Location"]
    assert officer.client.post(f"{address}nhan/").status_code == 422
    return officer.client.get(address).content.decode()


WAYS = [by_phone, by_officer, by_pasting, by_file, by_api]
every_way = pytest.mark.parametrize("way", WAYS, ids=lambda one: one.__name__)
Way = Callable[[Said, Colleague], str]


def is_refused(way: Way, said: Said, officer: Colleague) -> None:
    with frozen_at(AT):
        told = way({**SAID, **said}, officer)
    assert "ký tự ẩn" in told
    stored = [model.objects.count() for model in (Point, Entrance, PointCode)]
    assert stored == [0, 0, 0]


@every_way
@pytest.mark.parametrize("name", HIDDEN.values(), ids=HIDDEN)
def test_a_name_with_signs_that_do_not_show_is_refused(
    officer: Colleague, way: Way, name: str
) -> None:
    is_refused(way, {"name": name}, officer)


@every_way
@pytest.mark.parametrize("field", ["address", "door"])
def test_so_is_any_other_text_that_hangs_at_the_door(
    officer: Colleague, way: Way, field: str
) -> None:
    is_refused(way, {field: f"{SAID[field]}\u202e gnp"}, officer)
