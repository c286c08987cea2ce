"""What a letter asks of units as a target would hold it: what it says, and what it leaves open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from vungxanh.directives.rules import Item, ItemKind, ItemState, due_at, moment_of
from vungxanh.documents.vietnamese import VIETNAM
from vungxanh.engines.names import fold

# What units of measure mean that people or telephones are counted, not how often or how long.
_COUNTED: Final = frozenset(
    {"người", "máy", "thuê bao", "smartphone", "điện thoại", "thiết bị", "lượt", "lượt cài đặt"}
)
_BASES: Final[Mapping[str, tuple[str, ...]]] = {
    "adults": ("truong thanh", "18 tuoi", "nguoi lon"),
    "smartphones": ("smartphone", "dien thoai thong minh"),
    "subscriptions": ("thue bao",),
    "population": ("dan so",),
}
# Words for several bodies at once, "UBND các huyện, thị xã": the target is for each of them.
_EACH: Final = ("cac huyen", "cac xa", "cac phuong", "cac quan", "cac dia phuong", "cac tinh")


@dataclass(frozen=True, slots=True)
class ReadGoal:
    """A share or a number that a letter asks for; None or "" is what the letter does not say.

    `base` is an element of ours only where the letter's own words name just that one;
    `base_words` are those words. `numerator` is told only where the letter speaks of the
    application. `quote` is the passage.
    """

    share_percent: Decimal | None
    n_asked: int | None
    base: str
    base_words: str
    numerator: str
    due_on: date | None
    quote: str


def goal_of(item: Item) -> ReadGoal | None:
    """What an item asks, where it is a share or a number of people or telephones; else None.

    A share of a group that is none of our bases ("100 % cán bộ, công chức") is no target here:
    nobody counts that group. A greatest allowed amount is none either.
    """
    said = _said(item)
    amount = _amount(said.get("value"))
    if amount is None or amount <= 0 or said.get("operator") == "<=":
        return None
    words = str(said.get("denominator") or said.get("of") or "")
    unit = str(said.get("unit") or "").strip().lower()
    is_share = unit == "%"
    if is_share and (amount > 100 or not _may_be_base(words)):
        return None
    if not is_share and (unit not in _COUNTED or amount != amount.to_integral_value()):
        return None
    return ReadGoal(
        share_percent=amount if is_share else None,
        n_asked=None if is_share else int(amount),
        base=base_of(words) if is_share else "",
        base_words=words,
        numerator=_numerator(said),
        due_on=_due_on(item),
        quote=str(item.value.get("action") or said.get("text") or ""),
    )


def is_confirmed_goal(item: Item) -> bool:
    """Whether somebody said that the item is right and it asks for what can be a target."""
    return item.state is ItemState.CONFIRMED and goal_of(item) is not None


def base_of(words: str) -> str:
    """The base that the letter's words name, "" where they name none or may mean several.

    >>> base_of("dân số trưởng thành"), base_of("thuê bao"), base_of("dân số"), base_of("")
    ('adults', 'subscriptions', 'population', '')
    >>> base_of("dân số có điện thoại thông minh")
    ''
    """
    found = _bases(words)
    if found == {"adults", "population"}:
        return "adults"
    return found.pop() if len(found) == 1 else ""


def is_for_each(item: Item) -> bool:
    """Whether the item speaks of all bodies of a kind: "UBND các huyện, thị xã, thành phố"."""
    return any(each in fold(name) for name in bodies_of(item) for each in _EACH)


def bodies_of(item: Item) -> Sequence[str]:
    """Whom the item is for, in the letter's words."""
    scope = item.value.get("scope")
    return [*(item.value.get("assignee") or ()), *([str(scope)] if scope else [])]


def _said(item: Item) -> Mapping[str, Any]:
    if item.kind is ItemKind.TARGET:
        return item.value
    target = item.value.get("target") if item.kind is ItemKind.TASK else None
    return target if isinstance(target, dict) else {}


def _amount(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    exact = Decimal(str(value))
    return exact if exact.is_finite() else None


def _bases(words: str) -> set[str]:
    folded = fold(words)
    return {name for name, signs in _BASES.items() if any(sign in folded for sign in signs)}


def _may_be_base(words: str) -> bool:
    return not words.strip() or bool(_bases(words))


def _numerator(said: Mapping[str, Any]) -> str:
    is_of_app = str(said.get("metric") or "").startswith("bluezone")
    return "bluezone_with_phone" if is_of_app else ""


def _due_on(item: Item) -> date | None:
    """The last day that counts."""
    if item.kind is ItemKind.TARGET:
        found = moment_of(item.value.get("due"))
    else:
        found = due_at(item.value.get("deadline"))
    return found.astimezone(VIETNAM).date() if found else None
