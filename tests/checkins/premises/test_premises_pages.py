"""Pages of premises: what officers see, do and take back; what stays hidden."""

import pytest

from tests.checkins.premises.test_premises_lists import BRANCH, ELSEWHERE, HEAD, SCHOOL, taken_in
from tests.factories.people import Colleague
from tests.factories.points import a_point
from tests.factories.register import AT
from vungxanh.checkins.actions import premises as actions
from vungxanh.checkins.models import Point, Premises, PremisesList
from vungxanh.checkins.queries.premises import Tally, proposed, tallies, total_of, without_point
from vungxanh.checkins.values.import_refusals import NoSuchPremisesError
from vungxanh.checkins.values.kinds import Kind, State
from vungxanh.checkins.values.refusals import PointError
from vungxanh.checkins.values.words import same_key

pytestmark = pytest.mark.usefixtures("places_of_both_eras")
PAGE = "/diem/co-so/"
SAID = {"title": "Trường học (mẫu)", "source": "Sở mẫu", "basis": "Công văn", "as_of": "2026-03-01"}


def a_school(officer: Colleague) -> Premises:
    taken_in(HEAD + SCHOOL, officer)
    return Premises.objects.get()


def a_point_of_it(name: str = "Trường mẫu Một", address: str = "1 Lê Lợi") -> Point:
    point = a_point(name, kind=Kind.SCHOOL)
    point.same_key, point.address = same_key(name), address
    point.save()
    return point


def test_the_page_counts_and_lists_those_without_a_point(officer: Colleague) -> None:
    taken_in(HEAD + SCHOOL + BRANCH, officer)
    page = officer.client.get(PAGE).content.decode()
    assert "2 cơ sở chưa có điểm" in page
    assert "Trường mẫu Một cơ sở 2" in page
    assert "Chưa đếm ngày nào" in page


def test_an_empty_page_says_what_to_bring(officer: Colleague) -> None:
    assert "Chưa có danh sách cơ sở nào ở đây" in officer.client.get(PAGE).content.decode()


def test_premises_with_a_living_point_are_registered(officer: Colleague) -> None:
    school, point = a_school(officer), a_point_of_it()
    actions.link_premises(premises_id=school.pk, point_id=point.pk, by=officer.viewer, at=AT)
    assert total_of(tallies(None)) == Tally(1, 0, 1)
    Point.objects.filter(pk=point.pk).update(state=State.CLOSED)
    assert total_of(tallies(None)) == Tally(1, 0, 0)
    assert [one.pk for one in without_point(None)] == [school.pk]


def test_exempt_premises_are_not_obliged_until_the_exemption_ends(officer: Colleague) -> None:
    school = a_school(officer)
    address = f"{PAGE}{school.pk}/"
    assert officer.client.post(f"{address}mien/", {"ly-do": " "}).status_code == 422
    officer.client.post(f"{address}mien/", {"ly-do": "Đã giải thể (mẫu)"})
    assert total_of(tallies(None)) == Tally(0, 1, 0)
    assert "Đã giải thể (mẫu)" in officer.client.get(address).content.decode()
    officer.client.post(f"{address}thoi-mien/")
    assert total_of(tallies(None)) == Tally(1, 0, 0)


def test_a_certain_pair_is_joined_with_all_others_at_once(officer: Colleague) -> None:
    school, point = a_school(officer), a_point_of_it()
    assert [one.is_certain for one in proposed(None)] == [True]
    assert "1 cặp chắc chắn" in officer.client.get(f"{PAGE}de-xuat/").content.decode()
    officer.client.post(f"{PAGE}noi-chac/")
    point.refresh_from_db()
    assert point.premises == school


def test_what_a_person_called_another_place_is_not_proposed_again(officer: Colleague) -> None:
    school, point = a_school(officer), a_point_of_it()
    said = {"co-so": school.pk, "diem": point.pk, "lam": "khong"}
    officer.client.post(f"{PAGE}noi/", said)
    assert proposed(None) == ()


def test_a_joined_pair_can_be_parted(officer: Colleague) -> None:
    school, point = a_school(officer), a_point_of_it()
    officer.client.post(f"{PAGE}noi/", {"co-so": school.pk, "diem": point.pk})
    officer.client.post(f"{PAGE}{school.pk}/tach/")
    point.refresh_from_db()
    assert point.premises is None


def test_a_point_of_other_premises_is_not_joined(officer: Colleague) -> None:
    taken_in(HEAD + SCHOOL + BRANCH, officer)
    school, branch = Premises.objects.order_by("id")
    point = a_point_of_it()
    actions.link_premises(premises_id=school.pk, point_id=point.pk, by=officer.viewer, at=AT)
    with pytest.raises(PointError, match="already_linked"):
        actions.link_premises(premises_id=branch.pk, point_id=point.pk, by=officer.viewer, at=AT)


def test_officers_of_other_areas_see_and_touch_nothing(
    officer: Colleague, other_officer: Colleague
) -> None:
    school = a_school(officer)
    assert "Trường mẫu Một" not in other_officer.client.get(PAGE).content.decode()
    wide = other_officer.client.get(f"{PAGE}?dia-ban=vn-2025:52").content.decode()
    assert "Trường mẫu Một" not in wide
    assert other_officer.client.get(f"{PAGE}{school.pk}/").status_code == 404
    with pytest.raises(NoSuchPremisesError):
        actions.exempt_premises(
            premises_id=school.pk, reason="không", by=other_officer.viewer, at=AT
        )


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"\xef\xbb")]
)
def test_those_without_a_point_are_printed_and_exported(
    officer: Colleague, form: str, begins: bytes
) -> None:
    a_school(officer)
    answer = officer.client.get(f"{PAGE}chua-co.{form}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)


def test_a_list_is_brought_looked_at_taken_in_and_undone(officer: Colleague) -> None:
    answer = officer.client.post(f"{PAGE}nop/", SAID | {"pasted": HEAD + SCHOOL + ELSEWHERE})
    kept = PremisesList.objects.get()
    assert answer["Location"] == f"{PAGE}nhan/{kept.pk}/"
    assert "1 dòng có lỗi" in officer.client.get(answer["Location"]).content.decode()
    assert officer.client.post(f"{answer['Location']}nhan/").status_code == 422
    officer.client.post(f"{answer['Location']}nhan/", {"bo-loi": "1"})
    assert Premises.objects.count() == 1
    officer.client.post(f"{answer['Location']}hoan-tac/")
    assert Premises.objects.count() == 0


def test_a_list_without_heading_says_so_at_its_field_and_keeps_what_was_typed(
    officer: Colleague,
) -> None:
    answer = officer.client.post(f"{PAGE}nop/", SAID | {"pasted": "Một\tHai\n1\t2\n"})
    assert answer.status_code == 422
    assert "Không thấy dòng tiêu đề" in answer.content.decode()
    assert "Sở mẫu" in answer.content.decode()
