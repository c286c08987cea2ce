"""Pages of fifty in an order that never wavers."""

import pytest

from tests.factories.people import Person
from vungxanh.accounts.models import Staff
from vungxanh.core.ids import new_id
from vungxanh.core.models import StoredFile
from vungxanh.core.paging import Page, numbered, pages_of, whole_or_none


@pytest.fixture
def hundred_and_one(officer: Person) -> None:
    StoredFile.objects.bulk_create(
        StoredFile(
            id=new_id(),
            address="0" * 64,
            is_sealed=False,
            sha256="",
            size_bytes=n % 7,
            name="",
            media_type="text/plain",
            kept_by="public",
            kept_at="2021-05-26T00:00:00+07:00",
        )
        for n in range(101)
    )


@pytest.mark.usefixtures("hundred_and_one")
def test_pages_show_every_row_once() -> None:
    rows = StoredFile.objects.order_by("size_bytes", "id")
    pages = [numbered(rows, number) for number in ("1", "2", "3")]
    shown = [row.id for page in pages for row in page]
    assert [len(page.rows) for page in pages] == [50, 50, 1]
    assert len(set(shown)) == 101


@pytest.mark.usefixtures("hundred_and_one")
@pytest.mark.parametrize(
    ("asked", "number"),
    [("2", 2), ("0", 1), ("-4", 1), ("99", 3), ("x", 1), ("", 1), (None, 1), ("9" * 40, 1)],
)
def test_number_out_of_range_gives_the_nearest_page(asked: object, number: int) -> None:
    page = numbered(StoredFile.objects.order_by("id"), asked)
    assert (page.number, page.n_pages, page.n_rows) == (number, 3, 101)


@pytest.mark.usefixtures("hundred_and_one")
def test_first_and_last_page_know_their_place() -> None:
    rows = StoredFile.objects.order_by("id")
    first, last = numbered(rows, 1), numbered(rows, 3)
    assert (first.previous, first.following) == (None, 2)
    assert (last.previous, last.following) == (2, None)


def test_empty_list_is_one_empty_page(db: None) -> None:
    page = numbered(Staff.objects.order_by("id"), 1)
    assert (page.rows, page.number, page.n_pages) == ((), 1, 1)


def test_order_that_could_waver_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="unique"):
        numbered(StoredFile.objects.order_by("size_bytes"), 1)


def test_foot_of_a_list_says_its_rows_and_carries_what_was_asked_to_its_neighbours() -> None:
    middle = Page(("a", "b"), number=2, n_pages=3, n_rows=5, size=2)
    asked = {"tim": "y tế & dân số", "dia-ban": ""}
    assert pages_of(middle, asked) == {
        "first": 3,
        "last": 4,
        "total": 5,
        "previous_url": "?tim=y+t%E1%BA%BF+%26+d%C3%A2n+s%E1%BB%91&trang=1",
        "next_url": "?tim=y+t%E1%BA%BF+%26+d%C3%A2n+s%E1%BB%91&trang=3",
    }


def test_foot_of_an_empty_list_has_no_rows_and_no_neighbours() -> None:
    foot = pages_of(Page((), number=1, n_pages=1, n_rows=0))
    assert foot == {"first": 0, "last": 0, "total": 0, "previous_url": "", "next_url": ""}


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("٣", None), ("1.5", None), ("", None), ("1" * 19, None)]
)
def test_whole_numbers_in_addresses(text: str, number: int | None) -> None:
    assert whole_or_none(text) == number
