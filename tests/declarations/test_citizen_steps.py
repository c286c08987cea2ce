"""Declaring without scripts: step by step, kept on the way, sent once."""

import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client

from tests.factories.people import Answer
from tests.factories.register import a_neighbour
from vungxanh.core import clock
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.form_drafts import forget_drafts
from vungxanh.declarations.actions.form_versions import load_forms
from vungxanh.declarations.models import Declaration, Draft
from vungxanh.declarations.queries.forms import published
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Consent, Device

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras", "forms")]
WARD = "vn-2025:21583"
YOU = {
    "q-name": "Nguyễn Thị Mẫu",
    "q-birth_year": "1986",
    "q-gender": "female",
    "q-nationality": "VN",
    "q-unit": WARD,
    "q-address": "12 Đường Mẫu",
    "q-phone": "0912 000 001",
}
WELL = {"q-signs": "none"}
ILL = {"q-signs": ["cough", "fever"]}


@pytest.fixture
def forms(db: None) -> None:
    """The forms that are shipped."""
    load_forms(by=SYSTEM, at=clock.now())


@pytest.fixture
def browser() -> Client:
    """A browser that was never here."""
    return Client()


def words(reply: Answer) -> str:
    """What a reader meets, spaces folded."""
    text = re.sub(r"<[^>]+>", " ", reply.content.decode())
    return re.sub(r"\s+", " ", unescape(text))


def pages(code: str = "general") -> list[str]:
    """The pages of a form, in order."""
    return [page.id for page in published(code).pages]


def at(page: str, code: str = "general") -> str:
    """The address of a page."""
    return f"/khai/{code}/trang/{page}/"


def said_on(page: str, signs: Mapping[str, object]) -> dict[str, object]:
    """Something to every question of a page of the general form."""
    form = published("general")
    (questions,) = [one.questions for one in form.pages if one.id == page]
    told: dict[str, object] = {**YOU, **signs}
    today = clock.today().isoformat()
    for name in questions:
        question = form.questions[name]
        usual = {"boolean": "false", "date": today, "integer": "0", "text": "không"}
        chosen = [one.id for one in question.options if one.is_exclusive] or [
            one.id for one in question.options
        ]
        told.setdefault(f"q-{name}", chosen[0] if chosen else usual.get(question.kind.value, ""))
    return {f"q-{name}": told[f"q-{name}"] for name in questions}


def walked(browser: Client, signs: Mapping[str, object] | None = None) -> str:
    """Through every page that is asked, to the review; its address."""
    where = at(pages()[0])
    for _ in pages():
        if where.endswith("/xem-lai/"):
            break
        page = where.rstrip("/").rpartition("/")[2]
        reply = browser.post(where, said_on(page, signs or WELL))
        assert reply.status_code == 302, words(reply)
        where = reply["Location"]
    return where


def sent(browser: Client, **more: str) -> Answer:
    """The review sent, agreed to."""
    identity = re.search(r'name="id" value="([^"]+)"', browser.get(REVIEW).content.decode())
    assert identity is not None
    return browser.post(REVIEW, {"id": identity[1], "agree": "1", **more})


REVIEW = "/khai/general/xem-lai/"


def test_chooser_offers_the_published_forms(browser: Client) -> None:
    reply = browser.get("/khai/")
    assert "Khai báo y tế toàn dân" in words(reply)
    assert "/khai/entry/" in reply.content.decode()


def test_form_says_the_same_to_everybody_and_needs_no_script(browser: Client) -> None:
    first = browser.get("/khai/general/").content
    walked(browser)
    assert re.sub(rb"\s", b"", browser.get("/khai/general/").content) == re.sub(rb"\s", b"", first)
    assert at(pages()[0]).encode() in first


def test_unknown_form_is_no_page(browser: Client) -> None:
    assert browser.get("/khai/nothing/").status_code == 404
    assert browser.get("/khai/general/trang/nothing/").status_code == 404
    assert browser.get("/khai/nothing/mau.json").status_code == 404


def test_declaration_goes_through_every_page_and_is_kept_once(browser: Client) -> None:
    assert walked(browser) == REVIEW
    reply = sent(browser)
    made = Declaration.objects.get()
    assert reply["Location"] == f"/khai/xong/{made.pk}/"
    assert (made.way, made.unit_id, made.is_ill) == ("self", WARD, False)
    assert Draft.objects.count() == 0


def test_result_says_colour_in_words_and_until_when(browser: Client) -> None:
    walked(browser)
    found = words(browser.get(sent(browser)["Location"]))
    assert "Thẻ xanh" in found
    assert "Hiệu lực" in found


def test_cough_and_fever_lead_to_advice_and_whom_to_call(browser: Client) -> None:
    walked(browser, ILL)
    found = words(browser.get(sent(browser)["Location"]))
    assert Declaration.objects.get().is_ill
    assert "Bạn có dấu hiệu bệnh" in found
    assert "Nên làm" in found
    assert "115" in found


def test_nothing_is_sent_before_it_was_agreed_to(browser: Client) -> None:
    walked(browser)
    page = browser.get(REVIEW).content.decode()
    box = re.search(r'<input type="checkbox" id="vx-agree"[^>]*>', page)
    assert box is not None
    assert "checked" not in box[0]
    reply = browser.post(REVIEW, {"id": str(new_id())})
    assert (reply.status_code, Declaration.objects.count()) == (422, 0)
    assert "Đánh dấu “Tôi đồng ý”" in words(reply)
    sent(browser)
    assert Consent.objects.get().purpose == "declarations"


def test_pressing_twice_is_one_declaration(browser: Client) -> None:
    walked(browser)
    identity = str(new_id())
    first = browser.post(REVIEW, {"id": identity, "agree": "1"})
    second = browser.post(REVIEW, {"id": identity, "agree": "1"})
    assert first["Location"] == second["Location"] == f"/khai/xong/{identity}/"
    assert Declaration.objects.count() == 1


def test_what_was_said_is_still_there_on_the_way_back(browser: Client) -> None:
    walked(browser)
    page = browser.get(at(pages()[0])).content.decode()
    assert 'value="Nguyễn Thị Mẫu"' in page
    assert "đã lưu nháp" in page


def test_draft_lies_sealed_and_goes_after_a_week(browser: Client) -> None:
    walked(browser)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM declarations_draft")
        ((held,),) = cursor.fetchall()
    assert "Nguyễn".encode() not in bytes(held)
    assert b"Ngu" not in bytes(held)
    later = clock.now() + timedelta(days=7, minutes=1)
    assert (forget_drafts(at=later), Draft.objects.count()) == (1, 0)


def test_dropping_the_draft_forgets_it(browser: Client) -> None:
    walked(browser)
    browser.post("/khai/general/bo/")
    assert Draft.objects.count() == 0


def test_mistakes_stand_beside_their_field_and_in_a_summary(browser: Client) -> None:
    reply = browser.post(at(pages()[0]), {**YOU, "q-name": "", "q-phone": "12"})
    page = reply.content.decode()
    assert reply.status_code == 422
    assert '<a href="#q-name">' in page
    assert 'id="q-name-error"' in page
    assert "Câu này cần trả lời." in words(reply)
    assert "Số điện thoại chưa đúng" in words(reply)
    assert 'value="12"' in page


def test_impossible_day_and_markup_are_told_in_plain_words(browser: Client) -> None:
    reply = browser.post(at(pages()[0]), {**YOU, "q-name": "<script>alert(1)</script>"})
    assert "không ghi dấu &lt; hoặc &gt;" in reply.content.decode()
    assert "<script>alert(1)" not in reply.content.decode()


def test_browser_without_cookies_is_told_so(browser: Client) -> None:
    reply = Client().get(at(pages()[1]))
    assert reply.status_code == 404
    assert "Bật cookie" in words(reply)


def test_first_answer_lets_the_browser_in(browser: Client) -> None:
    assert COOKIE not in browser.cookies
    browser.post(at(pages()[0]), YOU)
    assert COOKIE in browser.cookies
    assert Device.objects.count() == 1


def test_commune_is_looked_for_without_a_script(browser: Client) -> None:
    looked = {name: one for name, one in YOU.items() if name != "q-unit"}
    first = at(pages()[0])
    reply = browser.post(first, {**looked, "t-unit": "Quy Nhơn", "find": "unit"})
    assert f'value="{WARD}"' in reply.content.decode()
    assert 'value="Nguyễn Thị Mẫu"' in reply.content.decode()


def test_language_of_the_form_is_chosen_on_it(browser: Client) -> None:
    first = at(pages("entry")[0], "entry")
    chinese = browser.get(f"{first}?lang=zh").content.decode()
    assert "继续" in chinese
    assert 'lang="zh"' in chinese
    assert "Continue" in browser.get(f"{first}?lang=en").content.decode()


def test_nobody_elses_result_is_shown(browser: Client) -> None:
    walked(browser)
    mine = sent(browser)["Location"]
    other = Client()
    other.post("/toi/bat-dau/")
    assert other.get(mine).status_code == 404
    assert Client().get(mine)["Location"] == "/toi/bat-dau/"


def test_own_declarations_are_listed(browser: Client) -> None:
    browser.post("/toi/bat-dau/")
    assert "Chưa gửi tờ khai nào" in words(browser.get("/khai/cua-toi/"))
    walked(browser)
    mine = sent(browser)["Location"]
    assert mine in browser.get("/khai/cua-toi/").content.decode()


def test_phone_is_told_questions_and_words_in_each_language(browser: Client) -> None:
    told = browser.get("/khai/entry/mau.json").json()
    assert told["form"]["id"] == "entry"
    assert told["words"]["page"]["next"] == {"vi": "Tiếp tục", "en": "Continue", "zh": "继续"}
    assert told["countries"]["VN"]["vi"] == "Việt Nam"


def test_stranger_is_told_nothing_of_anybody(browser: Client) -> None:
    assert browser.get("/khai/cua-may.json").json()["known"] == {}


def test_communes_are_found_by_name_and_from_the_province(browser: Client) -> None:
    named = browser.get("/khai/noi.json", {"q": "Quy Nhơn"}).json()["communes"]
    assert WARD in [one["id"] for one in named]
    provinces = browser.get("/khai/noi.json", {"o": ""}).json()["offered"]
    assert len(provinces) > 1
    below = browser.get("/khai/noi.json", {"o": provinces[0]["id"]}).json()["offered"]
    assert len(below) > 1


def test_agreement_of_a_phone_is_kept_and_asks_for_its_token(browser: Client) -> None:
    def agreed(client: Client, version: int = 1) -> int:
        body = {"purpose": "declarations", "version": version, "language": "vi"}
        address = "/api/v1/devices/me/consents"
        reply = client.post(
            address,
            body,
            content_type="application/json",
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        return reply.status_code

    assert agreed(browser) == 401
    browser.post("/toi/bat-dau/")
    assert agreed(browser, version=9) == 409
    assert browser.get("/khai/cua-may.json").json()["has_consent"] is False
    assert agreed(browser) == 204
    assert browser.get("/khai/cua-may.json").json()["has_consent"] is True


def test_first_page_says_that_somebody_declared_today(browser: Client) -> None:
    walked(browser)
    mine = sent(browser)["Location"]
    page = browser.get("/toi/")
    assert "Đã khai báo y tế" in words(page)
    assert "Không triệu chứng · còn hiệu lực đến" in words(page)
    assert mine in page.content.decode()


def test_tabs_of_a_phone_lead_to_declaring(browser: Client) -> None:
    page = browser.get("/khai/").content.decode()
    assert re.search(r'href="/khai/" aria-current="page"', page)


def test_what_the_register_knows_is_shown_and_asked_only_to_be_corrected(browser: Client) -> None:
    browser.post("/toi/bat-dau/")
    device = Device.objects.get()
    person = a_neighbour(phone="0912000001")
    Device.objects.filter(pk=device.pk).update(person=person)
    first = browser.get(at(pages()[0])).content.decode()
    assert "Sổ đã có, không phải khai lại" in first
    assert 'name="q-name"' not in first
    browser.post("/khai/general/sua/")
    browser.post(at(pages()[0]), YOU)
    assert 'name="q-name"' in browser.get(at(pages()[0])).content.decode()


def test_question_that_an_answer_leads_to_is_asked_before_it_is_missed(browser: Client) -> None:
    walked(browser)
    (page,) = [one.id for one in published("general").pages if "signs" in one.questions]
    asked = {**said_on(page, ILL), "asked": "signs"}
    reply = browser.post(at(page), {k: v for k, v in asked.items() if k != "q-signs_since"})
    assert reply.status_code == 200
    assert 'name="q-signs_since"' in reply.content.decode()
    assert "Chưa xong, cần sửa" not in words(reply)
