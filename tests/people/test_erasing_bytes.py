"""Nothing that persons say lies open in any byte, before and after they are erased."""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import home
from tests.core.test_bytes_at_rest import CLOCK_STEP, found_under, write_to_disk
from tests.factories.people import AN_NHON, QUY_NHON, Answer, employed
from tests.factories.register import TRAN_PHU, a_device, sent_code
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.core.logs import OneLine
from vungxanh.core.postgres import Cluster
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions.refusals import WrongCodeError
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device, Person, PhoneProof
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.rules import codes
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.entries import NewPerson

PHONE = "+84912000478"  # nobody's that we know of
NAME, CCCD = "Người Mẫu Chích Chòe", "052085009781"
ADDRESS, WORDS = "Hẻm Chuồn Chuồn Kim 77", "sáo sậu đậu nhầm cành"
# Longer than codes are: six digits occur by chance among so many bytes.
CODE, WRONG = "704915836275904", "918273640518273"
TYPO = "091200047899x"
CANARIES = (PHONE, PHONE[3:], NAME, CCCD, ADDRESS, WORDS, CODE, WRONG, TYPO)
BAD = (PHONE, TYPO, NAME, CCCD, WRONG)
LOGGERS = (None, "django", "django.server", "django.request", "vungxanh")


@contextmanager
def log_in(folder: Path) -> Iterator[None]:
    """The installation's log, talkative, in a file below the data directory."""
    folder.mkdir(exist_ok=True)
    to = logging.FileHandler(folder / f"bytes-{time.time_ns()}.log", encoding="utf-8")
    to.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    before = [(logging.getLogger(name), logging.getLogger(name).level) for name in LOGGERS]
    logging.getLogger().addHandler(to)
    for logger, _ in before:
        logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(to)
        for logger, level in before:
            logger.setLevel(level)
        to.close()
        assert Path(to.baseFilename).stat().st_size  # something was written down


def prove_number(device: Device) -> None:
    """A code is sent, another one is typed first, then it."""
    by, living = viewer_of(device), Residence(TRAN_PHU, ADDRESS)
    actions.ask_code(device=device, phone=PHONE, network="", by=by, at=clock.now())
    assert sent_code() == CODE
    with pytest.raises(WrongCodeError):
        actions.confirm_code(device=device, code=WRONG, residence=living, by=by, at=clock.now())
    actions.confirm_code(device=device, code=CODE, residence=living, by=by, at=clock.now())


def call_wrongly(token: str) -> set[int]:
    """Calls of an app that are refused, with what they should not have said."""
    client, said = Client(headers={"authorization": f"Bearer {token}"}), []
    for text in BAD:
        for path, body in (
            ("/api/v1/devices/me/phone", {"phone": text, "name": NAME}),
            ("/api/v1/devices/me/phone", {"phone": [text]}),
            ("/api/v1/devices/me/phone/confirm", {"code": text, "residence": NAME}),
            ("/api/v1/devices/me/phone/confirm", {"code": text}),
            (f"/api/v1/devices/{quote(text)}?code={CODE}", {}),
        ):
            answer = client.post(path, json.dumps(body), content_type="application/json")
            said.append(answer.status_code)
        answer = client.post(
            "/api/v1/devices/me/phone", f'{{"phone": "{text}', content_type="application/json"
        )
        said.append(answer.status_code)
    return set(said)


def type_wrongly(token: str) -> set[int]:
    """Forms and addresses of a citizen that are refused or lead nowhere."""
    client, said = Client(), []
    client.cookies[COOKIE] = token
    for text in BAD:
        answers: list[Answer] = [
            client.post("/toi/yeu-cau/", {"kind": "nonsense", "words": text + WORDS}),
            client.post("/toi/dien-thoai/", {"phone": text * 4}),
            client.post("/toi/dien-thoai/ma/", {"code": text, "residence": ADDRESS}),
            client.post("/toi/thong-tin/giay-to/", {"kind": "cmnd", "number": text}),
            client.get(f"/toi/?q={quote(text)}&phone={quote(PHONE)}"),
            client.get(f"/khong-co/{quote(text)}/?name={quote(NAME)}"),
        ]
        said += [answer.status_code for answer in answers]
    return set(said)


def look_up_wrongly() -> set[int]:
    """Look-ups of officers without a purpose, without the right, and of nobody."""
    accounts.load_purposes(by=SYSTEM, at=clock.now())
    officer = employed("officer", Role("district_officer"), AN_NHON)
    keeper = employed("keeper", Role("point_keeper"), QUY_NHON)
    said = []
    for by in (officer, keeper):
        for way, text in (("phone", PHONE), ("paper", CCCD), ("name", NAME), ("phone", TYPO)):
            for purpose in ("tracing", "", NAME):
                looked = {"way": way, "text": text, "purpose": purpose}
                said.append(by.client.post("/nguoi/", looked).status_code)
            said.append(by.client.get(f"/nguoi/?way={way}&text={quote(text)}").status_code)
    return set(said)


@pytest.mark.slow
@pytest.mark.usefixtures("places")
@pytest.mark.django_db(transaction=True)
def test_nothing_that_persons_say_lies_open_in_any_byte(
    cluster: Cluster | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "new_code", lambda: CODE)
    begun = time.time() - CLOCK_STEP
    with log_in(Path(settings.HOME)):
        device, token = a_device(clock.now())
        prove_number(device)
        said = NewPerson(
            Origin.DOOR, NAME, papers=(("cccd", CCCD),), residence=Residence(TRAN_PHU, ADDRESS)
        )
        other = actions.add_person(person=said, by=SYSTEM, at=clock.now())
        refusals = call_wrongly(token) | type_wrongly(token) | look_up_wrongly()
        assert {400, 403, 404, 422} <= refusals
        assert not {500, 503} & refusals
        assert PhoneProof.objects.count() == 1
        client = Client()
        client.cookies[COOKIE] = token
        client.post("/toi/yeu-cau/", {"kind": "correct", "words": WORDS})
        client.get("/toi/tai-ve/")
        client.post("/toi/xoa/", {"word": "XOA"})
        actions.erase_person(person_id=other.pk, by=SYSTEM, at=clock.now())
    assert Person.objects.count() == 0
    assert ProcrastinateJob.objects.filter(task_name="people.finish_erasure").exists()
    write_to_disk(cluster)
    assert found_under(home.HOME, CANARIES, begun) == {}
