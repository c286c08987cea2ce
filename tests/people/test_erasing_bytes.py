"""Nothing that persons say lies open in any byte, before and after they are erased."""

import time

import pytest
from django.test import Client

from tests import home
from tests.core.test_bytes_at_rest import CLOCK_STEP, found_under, write_to_disk
from tests.factories.register import TRAN_PHU, a_device, sent_code
from vungxanh.core import clock
from vungxanh.core.postgres import Cluster
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Person
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.entries import NewPerson

PHONE = "+84912000478"  # nobody's that we know of
NAME, CCCD = "Người Mẫu Chích Chòe", "052085009781"
ADDRESS, WORDS = "Hẻm Chuồn Chuồn Kim 77", "sáo sậu đậu nhầm cành"


@pytest.mark.slow
@pytest.mark.usefixtures("places")
@pytest.mark.django_db(transaction=True)
def test_nothing_that_persons_say_lies_open_in_any_byte(cluster: Cluster | None) -> None:
    begun, at = time.time() - CLOCK_STEP, clock.now()
    device, token = a_device(at)
    by, living = viewer_of(device), Residence(TRAN_PHU, ADDRESS)
    actions.ask_code(device=device, phone=PHONE, network="", by=by, at=at)
    code = sent_code()
    actions.confirm_code(device=device, code=code, residence=living, by=by, at=at)
    said = NewPerson(Origin.DOOR, NAME, papers=(("cccd", CCCD),), residence=living)
    other = actions.add_person(person=said, by=SYSTEM, at=at)
    client = Client()
    client.cookies[COOKIE] = token
    client.post("/toi/yeu-cau/", {"kind": "correct", "words": WORDS})
    client.post("/toi/yeu-cau/", {"kind": "nonsense", "words": WORDS})
    client.get("/toi/tai-ve/")
    client.post("/toi/xoa/", {"word": "XOA"})
    actions.erase_person(person_id=other.pk, by=SYSTEM, at=clock.now())
    assert Person.objects.count() == 0
    write_to_disk(cluster)
    canaries = (PHONE, PHONE[3:], NAME, CCCD, ADDRESS, WORDS)
    assert found_under(home.HOME, canaries, begun) == {}
