"""Lists of requests and of proofs: in pages whose order never wavers, at the same cost for many."""

import re
from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.people import Colleague
from tests.factories.register import AT, TRAN_PHU
from vungxanh.core import clock
from vungxanh.core.ids import new_id
from vungxanh.core.paging import PAGE_SIZE
from vungxanh.people.models import ErasureProof, PersonRequest, PurgeProof

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
MANY = PAGE_SIZE + 3
REQUESTS, PROOFS, NIGHTS = "/nguoi/yeu-cau/", "/xoa/", "/xoa/?loai=dem"


def seen(by: Colleague, path: str) -> str:
    answer = by.client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(page: str) -> list[str]:
    """The ids or times that stand in a list, in its order."""
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    return re.findall(r"/nguoi/yeu-cau/([0-9a-f-]{36})/|>([0-9a-f-]{36})<", body)


def some_requests(n: int, *, ended: bool = False) -> None:
    """Requests that fall due on one day, so that only the key can order them."""
    PersonRequest.objects.bulk_create(
        PersonRequest(
            kind="correct",
            words="Sai tên đệm",
            unit_id=TRAN_PHU,
            asked_at=AT,
            answer_due_on=date(2030, 1, 2),
            act_due_on=date(2030, 1, 9),
            duty=str(new_id()),
            act_duty=str(new_id()),
            answered_at=AT if ended else None,
            answered_by="system" if ended else "",
            ended_at=AT if ended else None,
            outcome="done" if ended else "",
        )
        for _ in range(n)
    )


def some_erasures(n: int) -> None:
    ErasureProof.objects.bulk_create(
        ErasureProof(
            reference=b"x" * 32,
            key_id="00000000",
            data_key_id="00000000",
            erased_at=AT,
            erased_by="system",
            counts={"people": {"person": 1}},
        )
        for _ in range(n)
    )


def some_nights(n: int, *, last: datetime = AT, left: int = 0) -> None:
    PurgeProof.objects.bulk_create(
        PurgeProof(
            began_at=last - timedelta(days=night),
            ended_at=last - timedelta(days=night),
            is_dry=False,
            counts={"people": 3, "messaging": 1200, "audit": 0},
            overdue={"people_phone": left},
        )
        for night in range(n)
    )


def test_requests_stand_on_pages_and_each_on_one_of_them(officer: Colleague) -> None:
    some_requests(MANY)
    first, second = seen(officer, REQUESTS), seen(officer, REQUESTS + "?trang=2")
    assert f"{MANY} yêu cầu đang chờ" in first
    assert f"1–{PAGE_SIZE} / {MANY}" in first
    assert 'href="?trang=2"' in first
    assert (len(rows(first)), len(rows(second))) == (PAGE_SIZE, MANY - PAGE_SIZE)
    assert len(set(rows(first)) | set(rows(second))) == MANY


def test_the_next_page_of_ended_requests_is_of_ended_requests(officer: Colleague) -> None:
    some_requests(MANY, ended=True)
    page = seen(officer, REQUESTS + "?xong=1")
    assert 'href="?xong=1&amp;trang=2"' in page
    assert "Không có yêu cầu nào đang chờ" in seen(officer, REQUESTS)


def test_a_late_request_is_said_to_be_late(officer: Colleague) -> None:
    some_requests(1)
    assert "Quá hạn" not in seen(officer, REQUESTS)
    PersonRequest.objects.update(answer_due_on=clock.today() - timedelta(days=1))
    assert "Quá hạn" in seen(officer, REQUESTS)


def test_requests_cost_the_same_for_one_and_for_many(
    officer: Colleague, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    some_requests(MANY)
    with django_assert_max_num_queries(9):
        seen(officer, REQUESTS)


def test_empty_lists_say_what_will_stand_there(officer: Colleague, auditor: Colleague) -> None:
    assert "Mỗi yêu cầu mới cũng là một việc có hạn" in seen(officer, REQUESTS)
    assert "Chưa có yêu cầu nào xong" in seen(officer, REQUESTS + "?xong=1")
    assert "bằng chứng hiện ở đây, không có tên" in seen(auditor, PROOFS)
    assert "xóa bao nhiêu, còn sót bao nhiêu" in seen(auditor, NIGHTS)


def test_erasures_stand_on_pages_and_each_on_one_of_them(auditor: Colleague) -> None:
    some_erasures(MANY)
    first, second = seen(auditor, PROOFS), seen(auditor, PROOFS + "?trang=2")
    assert len(set(rows(first)) | set(rows(second))) == MANY
    assert "chưa kiểm lại" in first


def test_nights_stand_on_pages_of_their_own_the_newest_first(auditor: Colleague) -> None:
    some_nights(MANY)
    page = seen(auditor, NIGHTS)
    assert 'href="?loai=dem&amp;trang=2"' in page
    assert "tin nhắn" in page
    assert page.index("02/3/2026") < page.index("01/3/2026")
    assert f"{PAGE_SIZE + 1}–{MANY} / {MANY}" in seen(auditor, NIGHTS + "&trang=2")


@pytest.mark.parametrize("path", [PROOFS, NIGHTS])
def test_proofs_cost_the_same_for_one_and_for_many(
    path: str, auditor: Colleague, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    some_erasures(MANY)
    some_nights(MANY)
    with django_assert_max_num_queries(9):
        seen(auditor, path)


def test_the_page_of_proofs_opens_with_how_last_night_went(auditor: Colleague) -> None:
    assert "Chưa xóa dữ liệu quá hạn đêm nào" in seen(auditor, PROOFS)
    some_nights(1, last=clock.now() - timedelta(hours=3))
    assert "Đêm qua đã xóa hết dữ liệu quá hạn" in seen(auditor, PROOFS)


@pytest.mark.parametrize(
    ("hours", "left", "said"),
    [(3, 7, "Còn 7 dòng quá hạn chưa xóa"), (50, 0, "Hơn một ngày chưa xóa dữ liệu quá hạn")],
)
def test_a_night_that_failed_stands_on_top(
    auditor: Colleague, hours: int, left: int, said: str
) -> None:
    some_nights(1, last=clock.now() - timedelta(hours=hours), left=left)
    assert said in seen(auditor, PROOFS)
