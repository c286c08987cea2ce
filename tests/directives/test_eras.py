"""Letters across the reform of July 2025: who sees and corrects those of the other era."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.directives.letters import BINH_DINH, LETTERS, QUY_NHON, SHORT, brought, items
from tests.factories.people import Colleague, Person, employed
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.directives import queries
from vungxanh.directives.actions import items as actions
from vungxanh.directives.actions.items import Seen
from vungxanh.directives.actions.refusals import DirectivesError, PartOfAreaError
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.overview.eras import units_then
from vungxanh.directives.rules import ItemKind
from vungxanh.directives.values import unit_named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
GIA_LAI = "vn-2025:52"
PARTED = "vn-2021:21634"  # xã An Nghĩa: one part went to today's An Hòa
AN_HOA = "vn-2025:21628"
TODAY = (LETTERS / "family" / "mau-9-gia-lai.txt").read_text(encoding="utf-8")


@pytest.fixture
def gia_lai() -> Colleague:
    """The officer of today's Gia Lai."""
    return employed("gia-lai", Role("province_officer"), GIA_LAI)


@pytest.fixture
def an_hoa() -> Colleague:
    """The officer of today's An Hòa, to which a part of An Nghĩa passed."""
    return employed("an-hoa", Role("commune_officer"), AN_HOA)


@pytest.fixture
def letter(officer: Colleague) -> ReceivedLetter:
    """The short letter, received by the Quy Nhơn of 2021."""
    return brought(officer.viewer)


def page(client: Client, letter: ReceivedLetter, status: int = 200) -> str:
    answer = client.get(f"/van-ban/{letter.id}/")
    assert answer.status_code == status
    return answer.content.decode()


def confirmed(letter: ReceivedLetter, by: Colleague) -> None:
    item = next(iter(items(letter).values()))
    seen = Seen(item.key, item.version)
    actions.confirm_item(letter_id=letter.id, seen=seen, by=by.viewer, at=clock.now())


def test_todays_province_sees_and_corrects_what_was_received_before(
    letter: ReceivedLetter, gia_lai: Colleague
) -> None:
    listed = gia_lai.client.get("/van-ban/").content.decode()
    assert "Quy Nhơn (đến 30/6/2025)" in listed
    assert "Sửa thể thức" in page(gia_lai.client, letter)
    confirmed(letter, by=gia_lai)


def test_a_commune_sees_what_was_received_by_one_it_is_a_part_of_and_changes_nothing(
    gia_lai: Colleague, an_hoa: Colleague
) -> None:
    letter = brought(gia_lai.viewer, unit=PARTED)
    assert "chỉ một phần thuộc địa bàn" in an_hoa.client.get("/van-ban/").content.decode()
    shown = page(an_hoa.client, letter)
    assert "Văn bản của Xã An Nghĩa (đến 30/6/2025), chỉ một phần" in shown
    assert "Sửa thể thức" not in shown
    with pytest.raises(PartOfAreaError, match=r"directives.part_of_area: Only a part"):
        confirmed(letter, by=an_hoa)


def test_a_change_of_a_letter_of_a_part_is_answered_with_403(
    gia_lai: Colleague, an_hoa: Colleague
) -> None:
    letter = brought(gia_lai.viewer, unit=PARTED)
    answer = an_hoa.client.post(f"/van-ban/{letter.id}/bo/")
    assert answer.status_code == 403
    assert ReceivedLetter.objects.get(id=letter.id).state != "discarded"


def test_what_stands_above_a_unit_in_the_other_era_is_not_there_for_it(
    gia_lai: Colleague, province_officer: Colleague, an_hoa: Colleague, letter: ReceivedLetter
) -> None:
    page(province_officer.client, brought(gia_lai.viewer, unit=GIA_LAI), status=404)
    page(an_hoa.client, letter, status=404)


def test_a_neighbour_of_either_era_does_not_find_the_letter(
    letter: ReceivedLetter, other_officer: Person
) -> None:
    bac_ninh = employed("bac-ninh", Role("province_officer"), "vn-2025:24")
    page(other_officer.client, letter, status=404)
    page(bac_ninh.client, letter, status=404)
    assert not queries.letters(bac_ninh.viewer)


def test_todays_officer_brings_an_old_letter_in_for_the_unit_of_then(gia_lai: Colleague) -> None:
    form = gia_lai.client.get("/van-ban/nop/").content.decode()
    assert "Tỉnh Bình Định (đến 30/6/2025)" in form
    assert "Xã Nhơn Châu</option>" in form
    assert brought(gia_lai.viewer, unit=BINH_DINH).unit_id == BINH_DINH


def test_an_officer_of_a_part_brings_nothing_in_for_the_whole(province_officer: Colleague) -> None:
    with pytest.raises(DirectivesError) as refused:
        brought(province_officer.viewer, unit=GIA_LAI, text=SHORT)
    assert refused.value.code == "directives.outside_area"


def test_letters_of_one_era_and_of_two_take_the_same_queries(
    officer: Colleague, gia_lai: Colleague
) -> None:
    brought(officer.viewer, unit=QUY_NHON)
    with CaptureQueriesContext(connection) as before:
        list(queries.letters(officer.viewer))
    brought(gia_lai.viewer, unit="vn-2025:21583")
    with CaptureQueriesContext(connection) as after:
        assert len(queries.letters(officer.viewer)) == 2
    assert (len(before), len(after)) == (1, 1)


def test_a_task_of_then_keeps_its_unit_and_tells_what_it_is_now(letter: ReceivedLetter) -> None:
    task = next(one for one in items(letter).values() if "đã tiêm" in str(one.value.get("action")))
    assert task.value["assignee"] == ["Trung tâm Y tế thành phố Quy Nhơn"]
    told = units_then(list(items(letter).values()))
    assert told[task.key].startswith("Thành phố Quy Nhơn (đến 30/6/2025), nay chia về: ")
    assert "Xã Nhơn Châu" in told[task.key]


def test_the_page_tells_what_the_sender_of_then_is_now(
    letter: ReceivedLetter, officer: Colleague
) -> None:
    shown = page(officer.client, letter)
    assert "Tỉnh Bình Định (đến 30/6/2025), nay thuộc Tỉnh Gia Lai." in shown


def test_a_letter_of_today_tells_nothing_of_other_days(gia_lai: Colleague) -> None:
    letter = brought(gia_lai.viewer, unit=GIA_LAI, text=TODAY)
    held = list(items(letter).values())
    assert held[0].value["tree"] == "vn-2025"
    assert units_then(held) == {}
    assert "nay thuộc" not in page(gia_lai.client, letter)


def test_names_that_may_be_several_communes_are_shown_with_their_places(
    officer: Colleague,
) -> None:
    annex = "\nPHỤ LỤC\n\nSTT\tĐịa phương\tDân số\n1\tNgô Mây\t900\n2\tXã An Hòa\t800\n"
    letter = brought(officer.viewer, text=SHORT + annex)
    shown = page(officer.client, letter)
    assert "Mã đơn vị (2021)" in shown
    assert "“Ngô Mây” chưa gắn mã, có thể là: Phường Ngô Mây, TP. Quy Nhơn; Thị trấn" in shown


@pytest.mark.parametrize(
    ("words", "tree", "found"),
    [
        ("UBND tỉnh Gia Lai", "vn-2021", "vn-2021:64"),
        ("UBND tỉnh Gia Lai", "vn-2025", "vn-2025:52"),
        ("Trung tâm Y tế TP. Quy Nhơn", "vn-2021", "vn-2021:540"),
        ("UBND phường Quy Nhơn", "vn-2025", "vn-2025:21583"),
        ("UBND phường Trần Phú", "vn-2021", "vn-2021:21586"),
        ("UBND các huyện, thị xã, thành phố", "vn-2021", None),
        ("Sở Y tế", "vn-2021", None),
        ("UBND huyện Không Có", "vn-2021", None),
        ("UBND huyện An Lão", "vn-1999", None),
    ],
)
def test_bodies_are_named_after_units_of_their_day(
    words: str, tree: str, found: str | None
) -> None:
    assert unit_named(words, tree=tree, province=f"{tree}:52") == found


def test_a_reading_kept_with_codes_of_2021_alone_is_told_the_same(letter: ReceivedLetter) -> None:
    held = list(items(letter).values())
    ids = ("tree", "province", "unit")
    bare = {name: value for name, value in held[0].value.items() if name not in ids}
    before = [replace(held[0], value=bare), *held[1:]]
    assert units_then(before) == units_then(held)


def test_findings_say_that_they_are_older_than_a_correction(officer: Colleague) -> None:
    (path,) = LETTERS.glob("000_*.txt")
    letter = brought(officer.viewer, text=path.read_text(encoding="utf-8"))
    older = "chưa tính lại theo số"
    assert older not in page(officer.client, letter)
    fact = next(one for one in items(letter).values() if one.kind is ItemKind.FACT)
    seen = Seen(fact.key, fact.version)
    actions.drop_item(letter_id=letter.id, seen=seen, by=officer.viewer, at=clock.now())
    assert older in page(officer.client, letter)
