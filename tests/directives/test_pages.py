"""Pages of letters through a browser's eyes: who sees what, what is refused, what changes."""

import gzip
import json
import re
from datetime import UTC, datetime
from urllib.parse import urlparse

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.directives.letters import (
    BINH_PHUOC,
    QUY_NHON,
    SHORT,
    blank_picture,
    brought,
    items,
    task_with,
)
from tests.factories.people import Person
from vungxanh.audit.models import AuditEvent
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.directives import imports
from vungxanh.directives.demo import SAMPLES, load_letters
from vungxanh.directives.models import FixtureCandidate, ItemChange, ReceivedLetter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") * 9


@pytest.fixture
def letter(officer: Person) -> ReceivedLetter:
    """The short letter, received by Quy Nhơn."""
    return brought(officer.viewer)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def bare(html: str) -> str:
    """The words of a page, spaces folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\N{NO-BREAK SPACE}", " ").split())


def address(letter: ReceivedLetter, rest: str = "") -> str:
    return f"/van-ban/{letter.id}/{rest}"


def item_form(letter: ReceivedLetter, words: str, **said: str) -> dict[str, str]:
    """The whole form of an order as the page would send it, with some fields typed anew."""
    item = task_with(letter, words)
    whole = {
        "version": str(item.version),
        "deadline_type": "none",
        "action": str(item.value["action"]),
        "assignee": "\n".join(item.value["assignee"]),
    }
    return whole | said


def test_findings_are_folded_with_their_number_so_that_tasks_come_first(officer: Person) -> None:
    sample = (SAMPLES / "binh-dinh-2021.txt").read_text(encoding="utf-8")
    page = text(officer.client, address(brought(officer.viewer, text=sample)))
    card = page.partition('id="sai-lech"')[2].partition("</section>")[0]
    n = card.count("<li")
    assert n > 1
    assert '<details class="vx-section"><summary' in card
    assert f"{n} phát hiện" in card.partition("</summary>")[0]


def test_letter_stands_beside_what_was_read(letter: ReceivedLetter, officer: Person) -> None:
    page = text(officer.client, address(letter))
    words = bare(page)
    for shown in ("12/SYT-NVY", "3 việc đọc được", "hết ngày 09/8/2021", "hằng ngày, trước 16:00"):
        assert shown in words, shown
    assert "“Trước ngày 10/8/2021” không gồm ngày đó" in words
    item = task_with(letter, "đã tiêm")
    assert f'id="cho-{item.key}"' in page
    assert f'href="#cho-{item.key}"' in page


def test_real_letter_shows_what_its_head_lacks(officer: Person) -> None:
    real = brought(officer.viewer, text=BINH_PHUOC.read_text("utf-8"))
    words = bare(text(officer.client, address(real)))
    for shown in ("thiếu số", "thiếu ngày", "suy ra", "hết ngày 31/8/2020", "trước ngày 01/9/2020"):
        assert shown in words, shown
    assert "trước 17:00 ngày 28/8/2020" in words


def test_page_of_a_long_letter_travels_light(officer: Person) -> None:
    real = brought(officer.viewer, text=BINH_PHUOC.read_text("utf-8"))
    answer = officer.client.get(address(real))
    assert len(gzip.compress(answer.content, 9)) <= 14_000


def test_page_in_english_keeps_the_letters_own_words(
    letter: ReceivedLetter, officer: Person
) -> None:
    officer.client.cookies["vx_language"] = "en"
    words = bare(text(officer.client, address(letter)))
    assert "by end of 9 Aug 2021" in words
    assert "trước ngày 10/8/2021" in words


@pytest.mark.parametrize(
    "rest", ["", "?xep=han", "?xep=don-vi", "?sua=task-1", "?sua=head-0", "lan-sua/"]
)
def test_every_view_of_a_letter_answers(letter: ReceivedLetter, officer: Person, rest: str) -> None:
    assert text(officer.client, address(letter, rest))


@pytest.mark.parametrize("rest", ["", "goc/", "lan-sua/"])
def test_letter_of_another_district_is_as_if_not_there(
    letter: ReceivedLetter, other_officer: Person, rest: str
) -> None:
    nowhere = "/van-ban/0196f0a0-0000-7000-8000-000000000000/"
    real = other_officer.client.get(address(letter, rest))
    assert real.status_code == other_officer.client.get(nowhere + rest).status_code == 404
    assert SHORT[:20] not in real.content.decode()


@pytest.mark.parametrize("rest", ["muc/task-1/xac-nhan/", "bo/", "mau/", "them/", "xac-nhan/"])
def test_officer_of_another_district_changes_nothing(
    letter: ReceivedLetter, other_officer: Person, rest: str
) -> None:
    answer = other_officer.client.post(address(letter, rest), {"version": "0"})
    assert answer.status_code == 404
    assert not ItemChange.objects.exists()
    assert not FixtureCandidate.objects.exists()


def test_province_sees_and_corrects_the_letter_of_its_district(
    letter: ReceivedLetter, province_officer: Person
) -> None:
    assert "SYT-NVY" in text(province_officer.client, "/van-ban/")
    answer = province_officer.client.post(address(letter, "muc/task-1/xac-nhan/"), {"version": "0"})
    assert answer.status_code == 302
    assert ItemChange.objects.get().changed_by == province_officer.viewer.id


def test_tracer_and_stranger_have_no_letters(
    letter: ReceivedLetter, auditor: Person, outsider: Person
) -> None:
    assert auditor.client.get("/van-ban/").status_code == 403
    assert outsider.client.get("/van-ban/")["Location"].startswith("/dang-nhap/")


def test_empty_list_says_who_fills_it(officer: Person) -> None:
    assert "Chưa có văn bản nào" in text(officer.client, "/van-ban/")


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("?tim=SYT", True),
        ("?tim=bao cao tiem", True),
        ("?tim=Bluezone", False),
        ("?trang-thai=new", True),
        ("?trang-thai=done", False),
        ("?xep=han&trang=99", True),
        ("?trang-thai=vo-nghia&trang=x", True),
    ],
)
def test_list_is_searched_and_filtered(
    letter: ReceivedLetter, officer: Person, query: str, is_there: bool
) -> None:
    assert (str(letter.id) in text(officer.client, f"/van-ban/{query}")) is is_there


def test_oldest_deadline_comes_first_when_asked(letter: ReceivedLetter, officer: Person) -> None:
    late = brought(officer.viewer, text=SHORT.replace("10/8/2021", "30/8/2021"))
    page = text(officer.client, "/van-ban/?xep=han")
    assert page.index(str(letter.id)) < page.index(str(late.id))
    newest = text(officer.client, "/van-ban/")
    assert newest.index(str(late.id)) < newest.index(str(letter.id))


def test_number_of_queries_does_not_grow_with_the_letters(
    letter: ReceivedLetter, officer: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(11, 20):
        brought(officer.viewer, text=SHORT.replace("10/8/2021", f"{day}/8/2021"))
    with django_assert_max_num_queries(12):
        officer.client.get("/van-ban/")
    with django_assert_max_num_queries(12):
        officer.client.get(address(letter))


def test_file_comes_in_and_its_original_goes_out(officer: Person) -> None:
    file = SimpleUploadedFile("cv.txt", SHORT.encode())
    answer = officer.client.post("/van-ban/nop/", {"unit": QUY_NHON, "file": file})
    assert answer.status_code == 302
    original = officer.client.get(answer["Location"] + "goc/")
    assert original.content == SHORT.encode()
    assert AuditEvent.objects.filter(event="directives.original_downloaded").count() == 1


def test_same_file_leads_to_the_earlier_letter(letter: ReceivedLetter, officer: Person) -> None:
    file = SimpleUploadedFile("lai.txt", SHORT.encode())
    answer = officer.client.post("/van-ban/nop/", {"unit": QUY_NHON, "file": file}, follow=True)
    assert urlparse(answer.redirect_chain[-1][0]).path == address(letter)
    assert "đã được nộp trước đó" in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({}, "file", "Chọn một tệp"),
        ({"file": SimpleUploadedFile("x.doc", OLD_WORD)}, "file", ".docx"),
        ({"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7 hong")}, "file", "hỏng"),
        ({"pasted": "x", "file": SimpleUploadedFile("x.txt", b"x")}, "pasted", "chỉ giữ một"),
        ({"pasted": SHORT, "unit": "vn-2021:549"}, "unit", "không thuộc địa bàn"),
    ],
)
def test_what_cannot_come_in_says_why_beside_its_field(
    officer: Person, said: dict[str, object], field: str, words: str
) -> None:
    answer = officer.client.post("/van-ban/nop/", {"unit": QUY_NHON, **said})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page[page.index(f'id="id_{field}_error"') :]
    assert not ReceivedLetter.objects.exists()


def test_picture_is_waited_for_and_then_the_page_reloads(officer: Person) -> None:
    asked = imports.Asked(QUY_NHON, blank_picture(), "quet.png", is_pasted=False)
    found = imports.bring_in(asked=asked, by=officer.viewer, at=clock.now()).letter
    page = text(officer.client, address(found))
    assert "Đang đọc chữ trong ảnh" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    asking = officer.client.get(address(found), HTTP_HX_REQUEST="true")
    assert (asking.status_code, asking.get("HX-Refresh")) == (204, None)
    imports.read_picture(letter_id=found.id, by=SYSTEM, at=clock.now())
    assert officer.client.get(address(found), HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"
    assert "Chưa đọc được văn bản này" in text(officer.client, address(found))


def test_deadline_is_corrected_confirmed_and_undone(
    letter: ReceivedLetter, officer: Person
) -> None:
    item = task_with(letter, "đã tiêm")
    form = item_form(letter, "đã tiêm", deadline_type="by", day="15/8/2021", time="9h", confirm="1")
    answer = officer.client.post(address(letter, f"muc/{item.key}/"), form)
    assert answer["Location"].endswith(f"#{item.key}")
    words = bare(text(officer.client, address(letter)))
    assert "chậm nhất 09:00 ngày 15/8/2021" in words
    assert "trước ngày 10/8/2021" in words
    history = bare(text(officer.client, address(letter, "lan-sua/")))
    assert "hết ngày 09/8/2021" in history
    officer.client.post(address(letter, "hoan-tac/1/"))
    assert items(letter)[item.key].value == item.value


def test_impossible_day_is_refused_and_kept_in_the_form(
    letter: ReceivedLetter, officer: Person
) -> None:
    item = task_with(letter, "đã tiêm")
    form = item_form(letter, "đã tiêm", deadline_type="by", day="31/6/2021")
    answer = officer.client.post(address(letter, f"muc/{item.key}/"), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="31/6/2021"' in page
    assert "Chưa hiểu ngày này" in page
    assert not ItemChange.objects.exists()


def test_quick_form_that_is_refused_opens_the_whole_one(
    letter: ReceivedLetter, officer: Person
) -> None:
    item = task_with(letter, "tiến độ")
    said = {"version": "0", "quick": "1", "deadline_type": "recurring", "time": "x"}
    answer = officer.client.post(address(letter, f"muc/{item.key}/"), said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chưa hiểu giờ này" in page
    assert "Báo cáo tiến độ" in page[page.index('name="action"') :]


def test_second_window_is_told_and_nothing_is_overwritten(
    letter: ReceivedLetter, officer: Person, province_officer: Person
) -> None:
    item = task_with(letter, "đã tiêm")
    where = address(letter, f"muc/{item.key}/")
    officer.client.post(where, item_form(letter, "đã tiêm", deadline_type="immediate"))
    stale = item_form(letter, "đã tiêm", version="0", action="của cửa sổ cũ")
    answer = province_officer.client.post(where, stale)
    assert answer.status_code == 409
    assert "vừa được sửa ở một cửa sổ khác" in answer.content.decode()
    assert "của cửa sổ cũ" in answer.content.decode()
    assert items(letter)[item.key].value["deadline"]["type"] == "immediate"
    again = province_officer.client.post(where, {**stale, "version": "1"})
    assert again.status_code == 302


def test_order_is_added_from_words_of_the_letter(letter: ReceivedLetter, officer: Person) -> None:
    said = {"kind": "task", "quote": "hướng dẫn người dân   đăng ký"}
    answer = officer.client.post(address(letter, "them/"), said)
    added = next(item for item in items(letter).values() if item.value.get("id") == "+1")
    assert f"sua={added.key}" in answer["Location"]
    assert letter.text[slice(*added.value["span"])] == "hướng dẫn người dân đăng ký"
    assert added.is_own


def test_selected_words_become_the_deadline_of_an_order(
    letter: ReceivedLetter, officer: Person
) -> None:
    item = task_with(letter, "hướng dẫn")
    said = {"kind": "deadline", "quote": "trước ngày 10/8/2021", "task": item.key}
    officer.client.post(address(letter, "them/"), said)
    deadline = items(letter)[item.key].value["deadline"]
    assert (deadline["type"], deadline["value"]) == ("before", "2021-08-10T00:00:00+07:00")
    assert deadline["text"] == "trước ngày 10/8/2021"


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("không có chữ này", "Không thấy các chữ này"),
        ("Trung tâm Y tế", "chỗ trong văn bản"),
        ("", "cần có chữ"),
    ],
)
def test_words_that_cannot_be_located_are_refused(
    letter: ReceivedLetter, officer: Person, quote: str, words: str
) -> None:
    answer = officer.client.post(address(letter, "them/"), {"kind": "task", "quote": quote})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page[page.index('id="them_quote_error"') :]
    assert not ItemChange.objects.exists()


@pytest.mark.parametrize("kind", ["fact", "target", "citation", "addressee", "recipient"])
def test_every_kind_that_may_be_added_opens_its_form(
    letter: ReceivedLetter, officer: Person, kind: str
) -> None:
    said = {"kind": kind, "quote": "trước ngày 10/8/2021"}
    answer = officer.client.post(address(letter, "them/"), said)
    assert "vx-edit" in text(officer.client, answer["Location"].partition("#")[0])


def test_dropped_order_stays_in_sight_and_is_opened_again(
    letter: ReceivedLetter, officer: Person
) -> None:
    officer.client.post(address(letter, "muc/task-1/bo/"), {"version": "0"})
    page = text(officer.client, address(letter))
    assert "đã bỏ" in page
    assert "<s>" in page
    officer.client.post(address(letter, "muc/task-1/mo-lai/"), {"version": "1"})
    assert items(letter)["task-1"].state == "draft"


def test_nothing_is_added_to_a_letter_that_is_still_read(officer: Person) -> None:
    asked = imports.Asked(QUY_NHON, blank_picture(), "quet.png", is_pasted=False)
    waiting = imports.bring_in(asked=asked, by=officer.viewer, at=clock.now()).letter
    assert officer.client.post(address(waiting, "them/"), {}).status_code == 404


def test_discarded_letter_says_until_when_it_is_brought_back(
    letter: ReceivedLetter, officer: Person
) -> None:
    with clock.frozen_at(datetime(2021, 8, 3, 5, tzinfo=UTC)):
        officer.client.post(address(letter, "bo/"))
    assert "Mở lại được đến hết ngày 01/09/2021." in text(officer.client, address(letter))


def test_kept_example_is_listed_taken_away_and_withdrawn(
    letter: ReceivedLetter, officer: Person, other_officer: Person
) -> None:
    officer.client.post(address(letter, "mau/"))
    kept = FixtureCandidate.objects.get()
    assert "Mẫu dùng để làm gì?" in text(officer.client, "/van-ban/mau/")
    where = f"/van-ban/mau/{kept.id}/"
    whole = json.loads(officer.client.get(f"{where}expected.json").content)
    assert whole["document"]["number"] == "12/SYT-NVY"
    assert officer.client.get(f"{where}van-ban.txt").content.decode() == letter.text
    assert other_officer.client.get(f"{where}expected.json").status_code == 404
    assert str(kept.id) not in text(other_officer.client, "/van-ban/mau/")
    officer.client.post(f"{where}rut/")
    assert officer.client.get(f"{where}expected.json").status_code == 404


@pytest.mark.usefixtures("places_of_both_eras")
def test_demo_shows_three_letters_and_loads_them_once(province_officer: Person) -> None:
    for _ in range(2):
        load_letters(by=SYSTEM, at=clock.now())
    assert ReceivedLetter.objects.count() == 3
    assert "Bình Phước" in text(province_officer.client, "/van-ban/")


def test_nothing_of_the_letter_lies_open_in_its_row(letter: ReceivedLetter) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM directives_receivedletter l")
        (row,) = cursor.fetchone()
    for words in ("Tuy Phước", "SYT-NVY", "mau.txt", b"Tuy Ph".hex()):
        assert words not in row
