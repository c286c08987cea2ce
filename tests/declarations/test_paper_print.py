"""Forms on paper: anybody prints them, each sheet has a number of its own, two sides are enough."""

from collections.abc import Iterator
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client

from tests.declarations.paper_scene import in_use, shipped
from tests.factories.register import AT
from vungxanh.core.clock import frozen_at
from vungxanh.declarations.actions.numbering import number_sheets
from vungxanh.declarations.exports.paper_forms import PRINTED, sheets
from vungxanh.declarations.models import SheetCount
from vungxanh.declarations.rules.paper import MOST_OF_A_VERSION, Sheet, number_of, read_number
from vungxanh.declarations.values.paper import MOST_PRINTED, SheetsUsedUpError

FORMS = ["general-1", "general-2", "domestic-1", "entry-1", "daily-1"]


@pytest.fixture
def morning(db: None) -> Iterator[None]:
    with frozen_at(AT):
        yield


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("language", PRINTED)
@pytest.mark.parametrize("name", FORMS)
def test_a_shipped_form_is_one_sheet_of_paper(name: str, language: str) -> None:
    form = shipped(name)
    found = pages(sheets(form, numbers=[number_of(Sheet(2, 1))], language=language, at=AT))
    assert len(found) == 2
    said = [
        one.text[language].replace("{days}", str(form.lookback_days))
        for one in form.questions.values()
    ]
    text = " ".join(found)
    assert [words for words in said if words not in text] == []
    assert "□" not in text


def test_who_is_to_answer_stands_under_the_question() -> None:
    form = shipped("general-2")
    text = " ".join(pages(sheets(form, numbers=["002000000127"], language="vi", at=AT)))
    assert "Chỉ trả lời nếu câu 11 chọn 1, 2, 3, 4, 5, 6" in text


@pytest.mark.usefixtures("morning")
def test_numbers_are_given_once() -> None:
    version = in_use()
    first, second = number_sheets(version=version, n=3), number_sheets(version=version, n=2)
    read = [read_number(one) for one in first + second]
    assert read == [Sheet(version.pk, nth) for nth in range(1, 6)]


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-5, 1), (10_000, MOST_PRINTED)])
def test_no_more_sheets_are_numbered_than_are_printed(asked: int, given: int) -> None:
    assert len(number_sheets(version=in_use(), n=asked)) == given


@pytest.mark.usefixtures("morning")
def test_a_version_without_numbers_left_says_so_and_gives_none() -> None:
    version = in_use()
    SheetCount.objects.create(questionnaire=version, n=MOST_OF_A_VERSION - 1)
    with pytest.raises(SheetsUsedUpError):
        number_sheets(version=version, n=2)
    assert number_sheets(version=version, n=1)


@pytest.mark.usefixtures("morning")
def test_anybody_prints_a_form(client: Client) -> None:
    in_use()
    assert "In tờ khai giấy" in client.get("/khai/giay/general/").content.decode()
    answer = client.post("/khai/giay/general/", {"n": "2", "language": "en"})
    assert answer["Content-Type"] == "application/pdf"
    found = pages(answer.content)
    assert len(found) == 4
    assert "Full name" in found[0]


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("said", [{"n": "x"}, {"n": "99999999", "language": "xx"}, {}])
def test_whatever_is_asked_one_sheet_comes_in_vietnamese(
    client: Client, said: dict[str, str]
) -> None:
    in_use()
    found = pages(client.post("/khai/giay/general/", said).content)
    assert len(found) == 2
    assert "Họ và tên" in found[0]


@pytest.mark.usefixtures("morning")
def test_a_form_that_there_is_not_is_missing(client: Client) -> None:
    assert client.get("/khai/giay/none/").status_code == 404
