"""Goals of letters become targets: what the letter says is filled in, the rest is asked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.directives.letters import BINH_DINH, QUY_NHON, SHORT, brought, items
from tests.factories.people import AN_NHON, Person
from vungxanh.core import clock
from vungxanh.core.viewer import ForbiddenError
from vungxanh.directives.actions import items as actions
from vungxanh.directives.actions.goals import Asked, make_target
from vungxanh.directives.actions.items import Seen
from vungxanh.directives.actions.refusals import ChangedMeanwhileError, DirectivesError
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.rules import Item, ItemKind, ItemState
from vungxanh.directives.values.goals import goal_of
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.uptake import queries as uptake
from vungxanh.uptake.models import Campaign, Target
from vungxanh.uptake.values.targets import Goal, letter_reference

places = pytest.mark.usefixtures("places")
WORDS = "phấn đấu đến hết ngày 31/8/2021 đạt 60% thuê bao cài đặt Bluezone"
LETTER = SHORT.replace("1. Trung tâm", f"Đề nghị {WORDS}.\n\n1. Trung tâm")
GOAL = Goal(
    numerator="bluezone_with_phone",
    due_on=date(2021, 8, 31),
    origin="Công văn 12/SYT-NVY",
    share_percent=Decimal(60),
    denominator="subscriptions",
)


def item(kind: ItemKind, **value: Any) -> Item:
    return Item("x-1", kind, value, ItemState.CONFIRMED)


def target_item(**value: Any) -> Item:
    return item(ItemKind.TARGET, **{"value": 60, "unit": "%", "due": "2021-08-31", **value})


def task_item(**target: Any) -> Item:
    deadline = {"type": "before", "value": "2021-09-01", "exclusive": True}
    return item(ItemKind.TASK, target={"value": 60, "unit": "%", **target}, deadline=deadline)


@pytest.mark.parametrize(
    ("one", "share", "number", "base"),
    [
        (target_item(denominator="thuê bao"), 60, None, "subscriptions"),
        (target_item(denominator="dân số trưởng thành"), 60, None, "adults"),
        (target_item(), 60, None, ""),
        (target_item(denominator="dân số có điện thoại thông minh"), 60, None, ""),
        (target_item(value=62.5, denominator="dân số"), Decimal("62.5"), None, "population"),
        (target_item(value=500, unit="máy"), None, 500, ""),
        (target_item(value=50_000_000, unit="người"), None, 50_000_000, ""),
        (task_item(of="số điện thoại thông minh"), 60, None, "smartphones"),
    ],
    ids=["lines", "adults", "no base", "two bases", "half", "phones", "people", "task"],
)
def test_goal_holds_what_the_letter_says_and_no_more(
    one: Item, share: Decimal | None, number: int | None, base: str
) -> None:
    found = goal_of(one)
    assert found is not None
    assert (found.share_percent, found.n_asked, found.base) == (share, number, base)
    assert found.due_on == date(2021, 8, 31)


@pytest.mark.parametrize(
    "one",
    [
        task_item(value=2, unit="lần/ngày", of=None),
        task_item(value=100, of="cán bộ, công chức"),
        task_item(value=5, operator="<=", unit="người"),
        target_item(value=120),
        target_item(value=0),
        target_item(value=None),
        target_item(value=2.5, unit="máy"),
        item(ItemKind.FACT, value=60, unit="%"),
        item(ItemKind.TASK, target=None),
    ],
    ids=["often", "group", "most", "above all", "zero", "none", "half a phone", "fact", "task"],
)
def test_what_is_not_counted_here_is_no_goal(one: Item) -> None:
    assert goal_of(one) is None


def received(person: Person, *, unit: str = QUY_NHON) -> tuple[ReceivedLetter, Item]:
    """A letter with a goal that was confirmed."""
    letter = brought(person.viewer, text=LETTER, unit=unit)
    found = next(one for one in items(letter).values() if one.kind is ItemKind.TARGET)
    seen = Seen(found.key, found.version)
    actions.confirm_item(letter_id=letter.id, seen=seen, by=person.viewer, at=clock.now())
    return letter, items(letter)[found.key]


def address_of(letter: ReceivedLetter, one: Item) -> str:
    return f"/van-ban/{letter.id}/muc/{one.key}/chi-tieu/"


def form_of(page: str) -> dict[str, str]:
    """What the page's form is filled with, as far as tests change it."""
    names = ("version", "seen", "share_percent", "due_on", "origin", "starts_on", "n_asked")
    found = {}
    for name in names:
        cut = page.partition(f'name="{name}"')[2].partition(">")[0]
        found[name] = cut.partition('value="')[2].partition('"')[0] if 'value="' in cut else ""
    return found


@places
@pytest.mark.django_db
def test_officer_makes_a_confirmed_goal_a_target_of_the_unit(province_officer: Person) -> None:
    letter, one = received(province_officer)
    client, address = province_officer.client, address_of(letter, one)
    assert address in client.get(f"/van-ban/{letter.id}/").content.decode()
    page = client.get(address).content.decode()
    filled = form_of(page)
    assert (filled["share_percent"], filled["due_on"]) == ("60", "31/08/2021")
    assert '<option value="subscriptions" selected>' in page
    said = {
        **filled,
        "whom": "don-vi",
        "denominator": "subscriptions",
        "numerator": "bluezone_with_phone",
    }
    assert client.post(address, said)["Location"] == f"/dia-ban/{QUY_NHON}/chi-tieu/"
    target = Target.objects.get()
    assert (target.unit_id, target.denominator) == (QUY_NHON, "subscriptions")
    assert target.letter == letter_reference(letter.id, one.key)
    assert "12/SYT-NVY" in target.origin
    shown = client.get(f"/van-ban/{letter.id}/").content.decode()
    assert "đã thành chỉ tiêu" in shown
    assert address not in shown


@places
@pytest.mark.django_db
def test_officer_gives_every_district_the_goal_of_a_letter(province_officer: Person) -> None:
    letter, one = received(province_officer, unit=BINH_DINH)
    address = address_of(letter, one)
    said = {
        **form_of(province_officer.client.get(address).content.decode()),
        "whom": "tung-don-vi",
        "denominator": "subscriptions",
        "numerator": "bluezone_with_phone",
        "name": "Cao điểm",
    }
    answer = province_officer.client.post(address, said)
    campaign = Campaign.objects.get()
    assert answer["Location"] == f"/dia-ban/{BINH_DINH}/chien-dich/{campaign.id}/"
    assert len(uptake.targets_in(campaign)) == len(locations.children(BINH_DINH))


@places
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"denominator": ""}, "Chọn một mẫu số"),
        ({"due_on": ""}, "Văn bản không ghi hạn"),
        ({"n_asked": "500"}, "đúng một trong hai"),
        ({"numerator": ""}, "Chọn số được đếm"),
        ({"version": "0"}, "vừa được sửa ở một cửa sổ khác"),
    ],
    ids=["base", "day", "both", "count", "version"],
)
def test_what_is_missing_is_asked_for(
    province_officer: Person, changes: dict[str, str], sentence: str
) -> None:
    letter, one = received(province_officer)
    address = address_of(letter, one)
    said = {
        **form_of(province_officer.client.get(address).content.decode()),
        "whom": "don-vi",
        "denominator": "subscriptions",
        "numerator": "bluezone_with_phone",
        **changes,
    }
    assert sentence in province_officer.client.post(address, said).content.decode()
    assert Target.objects.count() == 0


def made(letter: ReceivedLetter, one: Item, person: Person, *, unit: str = QUY_NHON) -> None:
    make_target(
        letter_id=letter.id,
        seen=Seen(one.key, one.version),
        asked=Asked((UnitId(unit),), GOAL),
        by=person.viewer,
        at=clock.now(),
    )


@places
@pytest.mark.django_db
def test_nothing_unconfirmed_or_changed_since_becomes_a_target(province_officer: Person) -> None:
    letter, one = received(province_officer)
    seen = Seen(one.key, one.version)
    actions.reopen_item(letter_id=letter.id, seen=seen, by=province_officer.viewer, at=clock.now())
    with pytest.raises(ChangedMeanwhileError):
        made(letter, one, province_officer)
    with pytest.raises(DirectivesError) as refused:
        made(letter, items(letter)[one.key], province_officer)
    assert refused.value.code == "directives.not_confirmed"
    assert Target.objects.count() == 0


@places
@pytest.mark.django_db
def test_officer_without_the_right_to_set_targets_is_offered_none(
    province_officer: Person, officer: Person
) -> None:
    letter, one = received(province_officer)
    address = address_of(letter, one)
    assert address not in officer.client.get(f"/van-ban/{letter.id}/").content.decode()
    assert officer.client.get(address).status_code == 403
    with pytest.raises(ForbiddenError):
        made(letter, one, officer)


@places
@pytest.mark.django_db
def test_letter_of_another_area_is_not_there(
    province_officer: Person, other_officer: Person
) -> None:
    letter, one = received(province_officer)
    assert other_officer.client.get(address_of(letter, one)).status_code == 404


@places
@pytest.mark.django_db
def test_ended_target_lets_the_goal_become_one_again(province_officer: Person) -> None:
    letter, one = received(province_officer, unit=BINH_DINH)
    made(letter, one, province_officer, unit=AN_NHON)
    Target.objects.update(ended_at=clock.now())
    page = province_officer.client.get(f"/van-ban/{letter.id}/").content.decode()
    assert "chỉ tiêu đã kết thúc" in page
    assert address_of(letter, one) in page
