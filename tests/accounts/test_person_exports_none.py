"""Where no room registers a list of persons there is nothing to export."""

import pytest
from django.apps import apps

from tests.factories.people import Colleague
from vungxanh.accounts.queries.exports import person_lists


def test_without_a_registered_list_the_page_says_so(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    for config in apps.get_app_configs():
        monkeypatch.setattr(type(config), "person_lists", {}, raising=False)
    assert person_lists() == {}
    page = officer.client.get("/xuat-danh-sach/").content.decode()
    assert "Chưa có danh sách nào để xuất" in page
    assert "Bạn chưa xuất danh sách nào." in page
