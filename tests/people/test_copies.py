"""The copy that a citizen takes along: all that is held, in words, and nothing of anybody else."""

import html
import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from tests.factories.people import Colleague
from tests.factories.register import TRAN_PHU, a_citizen, a_device, a_neighbour, sent_code
from vungxanh.accounts.actions import load_purposes, look
from vungxanh.core import clock, subjects
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions.dependants import add_dependant
from vungxanh.people.exports import FOLDER, MACHINES, PAGE
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device, Person
from vungxanh.people.overview.copies import sections
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.queries.held import subject_of
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.citizens import Said
from vungxanh.people.values.consents import Consenting
from vungxanh.people.values.copies import copy_words, style
from vungxanh.people.values.entries import PersonChange
from vungxanh.people.values.rights import Kind, NewRequest
from vungxanh.people.values.standing import Class, Colour, NewCard, NewStanding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
NUMBER = "+84912000077"
NAME, CHILD, WISH = "Người Mẫu Một", "Bé Mẫu Một", "Sai tên đệm, xin sửa"
CCCD = "052185000001"
OTHER_NUMBER, OTHER_NAME, OTHER_CCCD = "+84912000066", "Người Mẫu Hai", "052185000002"


@pytest.fixture
def citizen() -> Client:
    """The browser of somebody of whom every sort of thing is held, beside a neighbour."""
    at = clock.now()
    device, token = a_device(at)
    by = viewer_of(device)
    actions.give_consent(
        device=device, purpose=Consenting.APP, version=1, language="vi", by=by, at=at
    )
    actions.ask_code(device=device, phone=NUMBER, network="", by=by, at=at)
    home = Residence(TRAN_PHU, "Tổ 1 (mẫu)")
    person = actions.confirm_code(device=device, code=sent_code(), residence=home, by=by, at=at)
    said = PersonChange(NAME, "1985-03-20", "female", (("cccd", CCCD),))
    actions.change_person(person_id=person.pk, change=said, by=by, at=at)
    add_dependant(guardian=person, said=Said(CHILD, "2019"), by=by, at=at)
    actions.print_card(person_id=person.pk, by=SYSTEM, at=at)
    standing = NewStanding(person.pk, Class.QUARANTINED, at, None, "case:7")
    actions.write_standing(standing=standing, by=SYSTEM, at=at)
    card = NewCard(person.pk, Colour.GREEN, at, at + timedelta(days=3), "declaration:1")
    actions.write_card(card=card, by=SYSTEM, at=at)
    device.refresh_from_db()
    actions.ask(device=device, request=NewRequest(Kind.CORRECT, WISH), by=by, at=at)
    a_neighbour(OTHER_NAME, phone=OTHER_NUMBER, papers=(("cccd", OTHER_CCCD),))
    client = Client()
    client.cookies[COOKIE] = token
    return client


def holder() -> Person:
    return Person.objects.get(origin=Origin.APP)


def taken(citizen: Client) -> dict[str, str]:
    """The files of the package by name, as text."""
    reply = citizen.get("/toi/tai-ve/")
    assert (reply.status_code, reply["Content-Type"]) == (200, "application/zip")
    with ZipFile(BytesIO(reply.content)) as package:
        return {
            name.removeprefix(f"{FOLDER}/"): package.read(name).decode()
            for name in package.namelist()
        }


def test_the_package_holds_a_page_and_the_same_for_machines(citizen: Client) -> None:
    assert set(taken(citizen)) == {PAGE, MACHINES}


def test_every_line_of_what_is_held_has_all_its_rows_in_the_package(citizen: Client) -> None:
    lines = subjects.held(subject_of(holder()), clock.now())
    rooms = json.loads(taken(citizen)[MACHINES])["rooms"]
    # Taking the copy is itself a row of the log.
    held = {(one.room, one.table): one.n + (one.room == "audit") for one in lines}
    assert {key: len(rooms[key[0]][key[1]]) for key in held} == held
    sorts = {table for room, table in held if room == "people"}
    assert sorts >= {"person", "phones", "papers", "devices", "consents", "standings", "card"}
    assert sorts >= {"family", "printed_cards", "requests", "search"}


def test_the_page_lists_every_line_in_its_contents_and_opens_its_words(citizen: Client) -> None:
    page = taken(citizen)[PAGE]
    lines = subjects.held(subject_of(holder()), clock.now())
    codes = [f"{one.room}-{one.table}" for one in lines]
    assert [code for code in codes if f'href="#{code}"' not in page] == []
    assert [code for code in codes if f'id="{code}"' not in page] == []
    told = [NUMBER, NAME, CHILD, CCCD, WISH, "Tổ 1 (mẫu)", "Đang cách ly", "Phường Trần Phú"]
    assert [words for words in told if words not in html.unescape(page)] == []


def test_nothing_of_another_person_and_no_key_or_source_is_in_it(citizen: Client) -> None:
    whole = "".join(taken(citizen).values())
    others = (OTHER_NUMBER, OTHER_NUMBER[3:], OTHER_NAME, OTHER_CCCD, "case:7", "token_digest")
    assert [words for words in others if words in whole] == []
    assert '"key"' not in whole


def test_the_page_tells_who_looked_by_office_and_never_by_name(
    citizen: Client, officer: Colleague
) -> None:
    load_purposes(by=SYSTEM, at=clock.now())
    look(
        viewer=officer.viewer,
        purpose="tracing",
        resource="person",
        subject=str(holder()),
        at=clock.now(),
    )
    package = taken(citizen)
    assert "Truy vết và báo cho người tiếp xúc" in package[PAGE]
    assert "91/2025/QH15" in package[PAGE]
    assert not [text for text in package.values() if officer.viewer.name in text]
    assert not [text for text in package.values() if officer.viewer.id in text]


def test_the_page_needs_nothing_from_elsewhere(citizen: Client) -> None:
    page = taken(citizen)[PAGE]
    assert [
        word for word in ("src=", "http://", "https://", "<script", "<link") if word in page
    ] == []
    assert html.escape(style(), quote=True) == style()


def test_every_field_that_is_handed_out_has_words_or_is_silent(citizen: Client) -> None:
    rooms = json.loads(taken(citizen)[MACHINES])["rooms"]
    names = {
        name
        for tables in rooms.values()
        for rows in tables.values()
        for row in rows
        for name in row
    }
    known = set(copy_words().fields) | copy_words().silent
    assert names - known == set()


def test_codes_are_told_in_words_in_both_languages(citizen: Client) -> None:
    subject = subject_of(holder())
    rooms = subjects.export(subject)
    spoken = [
        field.value
        for language in ("vi", "en")
        for section in sections(subject, rooms, clock.now(), language=language)
        for row in section.rows
        for field in row
    ]
    assert {"căn cước công dân", "citizen's identity card", "Xanh", "Green"} <= set(spoken)
    codes = {
        "self",
        "public",
        "cccd",
        "green",
        "quarantined",
        "app",
        "web",
        "correct",
        "people.code",
    }
    assert codes & set(spoken) == set()


def test_a_phone_without_a_person_takes_its_own_copy() -> None:
    a_citizen(clock.now())
    _, token = a_device(clock.now())
    client = Client()
    client.cookies[COOKIE] = token
    package = taken(client)
    assert set(json.loads(package[MACHINES])["rooms"]["people"]) == {"devices", "consents"}
    assert NUMBER not in "".join(package.values())
    assert Device.objects.count() == 2


def test_the_english_copy_has_no_vietnamese_words_of_ours(citizen: Client) -> None:
    citizen.cookies["vx_language"] = "en"
    page = taken(citizen)[PAGE]
    assert "My data in Vùng Xanh" in page
    assert "Giữ đến hết" not in page
