"""From a declaration of cough and fever to the call of the health station, and what is told."""

from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.declarations.care_scene import a_station, nurse
from tests.declarations.declare_scene import ILL, NOON, agree, forms, made
from tests.factories.people import QUY_NHON, employed
from tests.factories.register import AT, a_device
from vungxanh.accounts.actions.purposes import load_purposes
from vungxanh.accounts.rules import Role
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.applying import apply_waiting
from vungxanh.declarations.actions.caring import raise_overdue
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.models import Care, Contest
from vungxanh.duties.models import Occurrence
from vungxanh.people.actions.senders import senders
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def minutes_later(n: int) -> AbstractContextManager[object]:
    return frozen_at(NOON + timedelta(minutes=n))


def a_phone() -> tuple[Device, Client]:
    """A citizen's phone that agreed to declaring, and its browser."""
    device, token = a_device()
    senders(tokens=[token], at=AT)
    device.refresh_from_db()
    agree(device)
    client = Client()
    client.cookies[COOKIE] = token
    return device, client


def declared(device: Device) -> UUID:
    """They declare cough and fever, and the job applies it."""
    one = made(device, ILL)
    assert [told.outcome for told in declare(made=(one,), at=NOON)] == ["stored"]
    assert apply_waiting(at=NOON) == 1
    return one.id


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture(autouse=True)
def prepared(places: None) -> None:
    """Forms, purposes, and the ward's health station with its telephone."""
    load_purposes(by=SYSTEM, at=AT)
    forms()
    a_station()


def test_cough_and_fever_are_a_call_that_is_made_and_that_the_person_sees() -> None:
    device, own = a_phone()
    declaration = declared(device)
    with minutes_later(5):
        page = shown(own, f"/khai/xong/{declaration}/")
        assert "chờ trạm y tế gọi" in page
        assert "Trạm Y tế phường mẫu" in page
        assert "tel:+842563000001" in page
        officer = nurse().client
        assert "Người Mẫu Một" in shown(officer, "/to-khai/")
        care = f"/to-khai/{Care.objects.get().pk}/"
        officer.post(care, {"act": "claim"})
        assert "cán bộ đang gọi cho bạn" in shown(own, f"/khai/xong/{declaration}/")
        said = {"result": "home_watch", "follow_on": "2026-03-03", "again": "30", "n_seen": "0"}
        officer.post(care, {"act": "call", "note": "Sốt nhẹ", **said})
        page = shown(own, f"/khai/xong/{declaration}/")
    assert "trạm y tế đã gọi" in page
    assert "Cán bộ gọi lại ngày 03/3/2026." in page
    assert Occurrence.objects.get().state == "done"


def test_a_call_that_nobody_makes_in_time_is_the_district_s_and_the_person_sees_whose() -> None:
    employed("district", Role("district_officer"), QUY_NHON)
    device, own = a_phone()
    declaration = declared(device)
    late = NOON + timedelta(minutes=1) + (Care.objects.get().due_at - NOON)
    assert raise_overdue(at=late) == 1
    with frozen_at(late):
        assert "Thành phố Quy Nhơn đang lo việc này." in shown(own, f"/khai/xong/{declaration}/")


def test_somebody_who_finds_it_wrong_asks_and_reads_the_answer() -> None:
    device, own = a_phone()
    declaration = declared(device)
    address = f"/khai/cua-toi/{declaration}/sai/"
    with minutes_later(5):
        assert own.post(address, {"words": "Tôi ho do dị ứng, đã khám"}).status_code == 302
        assert own.post(address, {"words": "Tôi ho do dị ứng, đã khám"}).status_code == 409
        officer = nurse().client
        contest = f"/to-khai/khieu-nai/{Contest.objects.get().pk}/"
        assert contest in shown(officer, "/to-khai/khieu-nai/")
        said = {"act": "correct", "colour": "green", "words": "Đã xem giấy khám dị ứng"}
        officer.post(contest, said)
        page = shown(own, address)
    assert "Đã xem giấy khám dị ứng" in page
    assert "thẻ xanh" in page


def test_another_phone_contests_nothing_of_somebody_else() -> None:
    device, _own = a_phone()
    declaration = declared(device)
    _stranger, client = a_phone()
    address = f"/khai/cua-toi/{declaration}/sai/"
    with minutes_later(5):
        assert client.get(address).status_code == 404
        assert client.post(address, {"words": "Tôi ho do dị ứng"}).status_code == 404
    assert Contest.objects.count() == 0
