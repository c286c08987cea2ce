"""Until a room registers a list of persons there is nothing to export."""

from tests.factories.people import Colleague
from vungxanh.accounts.queries.exports import person_lists


def test_without_a_registered_list_the_page_says_so(officer: Colleague) -> None:
    assert person_lists() == {}
    page = officer.client.get("/xuat-danh-sach/").content.decode()
    assert "Chưa có danh sách nào để xuất" in page
    assert "Bạn chưa xuất danh sách nào." in page
