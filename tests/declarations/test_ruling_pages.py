"""Pages of rules: what judges here in words, a rule changed by plain fields, trial, approval."""

import json
from html import unescape
from typing import Protocol

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.declarations import ruling_scene as scene
from tests.declarations.declare_scene import NOON
from tests.declarations.ruling_scene import LATER
from tests.factories.people import PROVINCE, Colleague
from vungxanh.accounts.actions.purposes import load_purposes
from vungxanh.audit.models import AuditEvent
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.trying import run_trial
from vungxanh.declarations.models import RuleSet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
ADDRESS = "/to-khai/quy-tac/"


class Page(Protocol):
    """What a page answers."""

    content: bytes


CHANGE = f"{ADDRESS}sua/not-all-doses/?tinh={PROVINCE}"
TYPED = {
    "colour": "yellow",
    "bound_0": "1",
    "bound_1": "18",
    "advice": ["next_dose"],
    "vi": "Tỉnh yêu cầu tiêm đủ liều.",
    "en": "",
    "starts_on": "2/3/2026",
}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def words(response: Page) -> str:
    """What a page says."""
    return unescape(response.content.decode())


def test_page_says_in_words_what_judges_here_and_shows_the_examples(
    province_officer: Colleague,
) -> None:
    said = words(province_officer.client.get(ADDRESS))
    assert "số liều vắc-xin từ 2 trở lên và số ngày từ liều cuối từ 14 trở lên" in said
    assert "Bạn đã tiêm từ 2 liều, liều cuối ít nhất 14 ngày trước." in said
    assert "Gọi người khai có dấu hiệu bệnh, dặn dò, hẹn xét nghiệm (trong 2 giờ)" in said
    assert "Sốt, tiếp xúc với người bệnh, nơi cấp 4" in said


def test_english_page_has_no_word_of_vietnamese_rules(province_officer: Colleague) -> None:
    province_officer.client.cookies["vx_language"] = "en"
    said = words(province_officer.client.get(ADDRESS))
    assert "doses of vaccine 2 or more and days since the last dose 14 or more" in said
    assert "số liều vắc-xin" not in said


def test_rule_is_changed_by_plain_fields_tried_and_approved_by_another(
    province_officer: Colleague,
) -> None:
    client, other = province_officer.client, scene.approver().client
    holder = scene.declared(scene.ONE_DOSE)
    assert client.get(CHANGE).status_code == 200
    answer = client.post(CHANGE, TYPED)
    rules_id = RuleSet.objects.get().pk
    address = f"{ADDRESS}{rules_id}/"
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert client.post(address, {"act": "try"}).status_code == 302
    assert "Đang chạy thử: 0 / 0 người" in words(client.get(address))
    run_trial(rules_id=rules_id, at=LATER)
    said = words(client.get(address))
    assert "1 trong 1 người đổi màu thẻ." in said
    assert "Chờ một cán bộ khác duyệt." in said
    assert "1 liều, 30 tuổi" in said
    assert client.post(address, {"act": "approve"}).status_code == 409
    assert other.post(address, {"act": "approve"}).status_code == 302
    assert "thẻ vàng" in words(other.get(f"{ADDRESS}?tinh={PROVINCE}"))
    assert other.post(address, {"act": "end"}).status_code == 302
    assert scene.colour_of(holder) == "green"


def test_whose_colour_changes_is_told_for_a_purpose_and_logged(
    province_officer: Colleague,
) -> None:
    load_purposes(by=SYSTEM, at=NOON)
    scene.declared(scene.ONE_DOSE)
    address = f"{ADDRESS}{scene.drafted(province_officer)}/ai/"
    assert "Người Mẫu" not in words(province_officer.client.get(address))
    assert AuditEvent.objects.filter(event="accounts.person_seen").count() == 0
    said = words(province_officer.client.get(address, {"muc-dich": "care"}))
    assert "thẻ vàng" in said
    assert AuditEvent.objects.filter(event="accounts.person_seen").count() == 1


def test_what_was_typed_wrongly_is_told_and_kept(province_officer: Colleague) -> None:
    answer = province_officer.client.post(CHANGE, {**TYPED, "starts_on": "1/3/2026"})
    assert answer.status_code == 422
    assert "Ngày bắt đầu đã qua." in words(answer)
    assert "Tỉnh yêu cầu tiêm đủ liều." in words(answer)
    answer = province_officer.client.post(CHANGE, {**TYPED, "bound_1": "151", "colour": "blue"})
    assert answer.status_code == 422
    assert RuleSet.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[" * 100_000, b"{}", b"null"])
def test_file_that_holds_no_rules_is_refused(province_officer: Colleague, content: bytes) -> None:
    file = SimpleUploadedFile("quy-tac.json", content)
    answer = province_officer.client.post(
        f"{ADDRESS}nop/?tinh={PROVINCE}", {"file": file, "starts_on": "2/3/2026"}
    )
    assert answer.status_code in {400, 422}
    assert RuleSet.objects.count() == 0


def test_rules_are_taken_away_and_brought_again_as_a_file(province_officer: Colleague) -> None:
    rules_id = scene.tried(province_officer)
    client, other = province_officer.client, scene.approver().client
    other.post(f"{ADDRESS}{rules_id}/", {"act": "approve"})
    taken = client.get(f"{ADDRESS}tai-ve/?tinh={PROVINCE}")
    assert json.loads(taken.content)["rules"][0]["id"] == "not-all-doses"
    file = SimpleUploadedFile("quy-tac.json", taken.content)
    answer = client.post(f"{ADDRESS}nop/?tinh={PROVINCE}", {"file": file, "starts_on": "2/3/2026"})
    assert answer.status_code == 302
    assert RuleSet.objects.count() == 2


def test_rules_of_another_place_are_not_there(
    province_officer: Colleague, officer: Colleague
) -> None:
    address = f"{ADDRESS}{scene.drafted(province_officer)}/"
    assert officer.client.get(address).status_code in {403, 404}
    assert province_officer.client.get(f"{ADDRESS}999999/").status_code == 404
    assert province_officer.client.get(f"{ADDRESS}sua/nothing/").status_code == 404
    assert province_officer.client.post(address, {"act": "dance"}).status_code == 404
    said = words(province_officer.client.get(f"{ADDRESS}?tinh=vn-2021:56"))
    assert "Khánh Hòa" not in said
