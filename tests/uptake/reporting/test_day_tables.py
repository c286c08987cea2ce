"""Pages of day tables: who sees what, what is told, what is done; the document and the message."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Answer, Colleague, Person, employed
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.documents.annexes import printed_table
from vungxanh.locations.values import UnitId
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.actions.drafts import Draft, Origin, save_draft
from vungxanh.uptake.actions.recording import publish_submission, record_submission
from vungxanh.uptake.exports.day_table import annex_of, drawn, paper_of, pdf_of
from vungxanh.uptake.models import DayTable, Reporter
from vungxanh.uptake.rules.day_message import Counted, DayTold, Told, message, short_of
from vungxanh.uptake.rules.day_table import Apart
from vungxanh.uptake.values import NewFact

LIST = "/so-lieu/bang-ngay/"
BOTH = (QUY_NHON, AN_NHON)
LATER = made.EVENING + timedelta(minutes=7)


@pytest.fixture
def two(places: None) -> tuple[Reporter, Reporter]:
    """Two operators that report on two districts."""
    form = made.form_1()
    first, second = (made.operator(f"Nhà mạng {name}") for name in "AB")
    return made.reporter(form, first, covers=BOTH), made.reporter(form, second, covers=BOTH)


@pytest.fixture
def table(two: tuple[Reporter, Reporter]) -> DayTable:
    """The table of the day with bases, of which the second operator is missing."""
    facts = tuple(NewFact(unit, "smartphones", 100, made.BEFORE) for unit in BOTH)
    bases = Draft(UnitId(PROVINCE), made.BEFORE, Origin("Bảng số máy thử", "table"), facts)
    submission = save_draft(draft=bases, by=SYSTEM, at=made.BEFORE)
    record_submission(submission_id=submission.id, by=SYSTEM, at=made.BEFORE)
    publish_submission(submission_id=submission.id, by=SYSTEM, at=made.BEFORE)
    made.accepted(two[0], {QUY_NHON: 77, AN_NHON: 0})
    return reporting.make_table(
        form_id=two[0].form_id,
        area_id=PROVINCE,
        day=made.DAY,
        drawn=drawn,
        by=SYSTEM,
        at=made.EVENING,
    )


def published(table: DayTable) -> DayTable:
    """The table, approved and open to anyone."""
    reporting.approve_table(table_id=table.id, by=SYSTEM, at=made.EVENING)
    return reporting.publish_table(table_id=table.id, by=SYSTEM, at=made.EVENING)


def page(table: DayTable, client: Client, act: str = "") -> Answer:
    """What a browser gets of a table."""
    return client.get(f"{LIST}{table.id}/{act}")


def words(answer: Answer) -> str:
    """The text of a page."""
    return answer.content.decode()


def test_an_unpublished_table_is_there_for_staff_of_its_area_alone(
    table: DayTable,
    two: tuple[Reporter, Reporter],
    province_officer: Colleague,
    officer: Colleague,
    outsider: Person,
) -> None:
    contact = employed("contact", Role("operator"), PROVINCE, organisation=two[0].organisation_id)
    people = (province_officer, officer, contact, outsider)
    seen = [page(table, one.client).status_code for one in people]
    printed = [page(table, one.client, "bang.pdf").status_code for one in people]
    listed = [str(table.id) in words(one.client.get(LIST)) for one in people]
    assert seen == printed == [200, 404, 404, 404]
    assert listed == [True, False, False, False]


def test_a_published_table_is_open_without_the_figures_of_single_reporters(
    table: DayTable, province_officer: Colleague, outsider: Person
) -> None:
    published(table)
    public, own = (words(page(table, one.client)) for one in (outsider, province_officer))
    head = '<th scope="col" class="vx-right">Nhà mạng A'
    assert (head in public, head in own) == (False, True)
    assert "Thiếu: Nhà mạng B" in public
    assert "Tin nhắn soạn sẵn" not in public


def test_what_came_since_leads_to_a_correction_that_tells_what_differs(
    table: DayTable, two: tuple[Reporter, Reporter], province_officer: Colleague, outsider: Person
) -> None:
    published(table)
    made.accepted(two[1], {QUY_NHON: 1, AN_NHON: 0}, at=LATER)
    assert "1 thay đổi từ lúc lập bảng" in words(page(table, province_officer.client))
    address = f"{LIST}{table.id}/dinh-chinh/"
    with clock.frozen_at(LATER):
        assert province_officer.client.post(address, {"reason": " "}).status_code == 422
        answer = province_officer.client.post(address, {"reason": "B nộp trễ"})
        new = DayTable.objects.get(version=2)
        published(new)
    assert answer["Location"] == f"{LIST}{new.id}/"
    old, shown = (words(page(one, outsider.client)) for one in (table, new))
    assert "dùng bản số 2" in old
    assert "<del>77</del>" in shown
    assert "<ins>78</ins>" in shown
    assert "dùng bản số 2" in paper_of(table_again(table), is_open=True).draft


def test_each_act_is_asked_and_done(table: DayTable, province_officer: Colleague) -> None:
    client, done = province_officer.client, []
    for act in ("duyet", "bo-duyet", "duyet", "cong-bo"):
        assert "Nhà mạng B" in words(page(table, client, f"{act}/")) or act == "bo-duyet"
        client.post(f"{LIST}{table.id}/{act}/")
        done.append(table_again(table).state)
    again = client.post(f"{LIST}{table.id}/cong-bo/")
    assert done == ["approved", "made", "approved", "published"]
    assert again.status_code == 422


def test_a_table_made_by_hand_too_early_is_refused_in_words(
    two: tuple[Reporter, Reporter], province_officer: Colleague
) -> None:
    said = {"form": two[0].form_id, "area": PROVINCE, "day": made.DAY.isoformat()}
    with clock.frozen_at(made.NOON):
        assert "Lập bảng" in words(province_officer.client.get(LIST))
        answer = province_officer.client.post(f"{LIST}lap/", said, follow=True)
    assert "Chưa tới 17:00" in words(answer)
    assert not DayTable.objects.exists()


def test_the_annex_tells_zero_from_missing_and_who_is_missing(table: DayTable) -> None:
    annex = annex_of(table)
    printed = [row[:6] for row in printed_table(annex.tables[0], annex).rows]
    assert printed == [
        ("1", "Thành phố Quy Nhơn (a)", "77", "–", "77", "100"),
        ("2", "Thị xã An Nhơn (a)", "0", "–", "0", "100"),
    ]
    assert annex.notes[0] == "Đã báo 1/2 đầu mối; thiếu: Nhà mạng B."
    assert [one.text for one in annex.footnotes] == [
        "Thiếu Nhà mạng B: chỉ cộng các đầu mối đã báo."
    ]


def test_the_check_code_stays_from_the_draft_to_the_published_paper(table: DayTable) -> None:
    draft = paper_of(table, is_open=False)
    public = paper_of(published(table), is_open=True)
    assert draft.stamp is not None
    assert public.stamp is not None
    assert draft.stamp.check_code == public.stamp.check_code
    assert (draft.draft, public.draft) == ("Chưa công bố", "")
    assert pdf_of(table_again(table), is_open=True).startswith(b"%PDF-")


def test_the_page_of_a_table_takes_a_fixed_number_of_queries(
    table: DayTable,
    province_officer: Colleague,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(40):
        page(table, province_officer.client)


def table_again(table: DayTable) -> DayTable:
    """The table as it stands now."""
    return DayTable.objects.select_related("form", "area").get(id=table.id)


DAY = date(2020, 8, 28)
PLACES = tuple((f"H{n}", Decimal(n)) for n in range(9, 1, -1))
A, B = Told("A", came=True), Told("B", came=False)
BELOW = Told("Q", came=True, lacks=("B",))


def told(*expected: Told, total: int | None = 12, change: int | Apart = 2, version: int = 1) -> str:
    """The message about a day."""
    share = None if total is None else Decimal("9.5")
    counted = Counted("lượt cài đặt", "số máy", total, share, change, PLACES, 9)
    reason = "B nộp trễ" if version > 1 else ""
    return message(
        DayTold("Biểu mẫu", "Tỉnh T", DAY, "17:00", version, reason, expected, (counted,))
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (told(A, B), "Chưa đủ báo cáo: 1/2 đầu mối đã báo, thiếu B."),
        (told(B), "Chưa đầu mối nào báo cáo (0/1): thiếu B."),
        (told(BELOW), "Chưa đủ báo cáo: 1/1 đầu mối đã gửi, bảng Q thiếu B."),
        (told(A), "Đủ 1/1 đầu mối báo cáo."),
    ],
    ids=["some missing", "nobody", "below", "all"],
)
def test_the_first_sentence_says_who_is_missing(text: str, said: str) -> None:
    assert text.startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (told(A, B), "ít nhất 12 lượt cài đặt, 9,50 % số máy, tăng 2 so với hôm qua"),
        (told(A, change=-3), "12 lượt cài đặt, 9,50 % số máy, giảm 3 so với hôm qua"),
        (told(A, change=Apart.OTHER_REPORTERS), "các đầu mối đã báo hai ngày không giống nhau"),
        (told(A), "Cao nhất: H9 9,00 %; H8 8,00 %; H7 7,00 %."),
        (told(A), "Thấp nhất: H2 2,00 %; H3 3,00 %; H4 4,00 %."),
        (told(A, version=2), "đính chính bản số 1, lý do: B nộp trễ."),
        (told(Told("Z", came=True, is_zero=True)), "Đã báo, số là 0 (không phải thiếu): Z."),
        (told(Told("L", came=True, is_late=True)), "Nộp trễ: L."),
        (told(Told("R", came=False, is_repeated=True)), "nhiều lần trong 7 ngày: R."),
        (told(A), "1/9 đơn vị chưa xếp hạng"),
        (told(B, total=None), "chưa có số"),
    ],
    ids=[
        "sum", "fall", "apart", "highest", "lowest", "correction", "zero", "late", "repeated",
        "unranked", "nothing",
    ],
)  # fmt: skip
def test_a_message_tells(text: str, said: str) -> None:
    assert said in text


def test_the_short_message_stays_short() -> None:
    many = tuple(Told(f"Nhà mạng số {n}", came=False) for n in range(40))
    text = short_of(told(A, *many))
    assert len(text) < 300
    assert "và 37 đầu mối khác" in text
