"""Premises find their point: the quick rule and its slow twin say the same."""

from random import Random

from hypothesis import given
from hypothesis import strategies as some

from vungxanh.checkins.rules.matching import Place, Proposal, Why, decided, is_strong, proposals

TEXTS = some.sampled_from(["", "a", "b"])
PLACES = some.builds(
    Place,
    id=some.integers(1, 30),
    unit=some.sampled_from(["x", "y"]),
    name_key=TEXTS,
    address_key=TEXTS,
    tax_code=TEXTS,
    organisation=TEXTS,
)
LISTS = some.lists(PLACES, max_size=12, unique_by=lambda one: one.id)


def slow(premises: list[Place], points: list[Place]) -> tuple[Proposal, ...]:
    """Every pair looked at by itself."""
    pairs = []
    for one in premises:
        for other in points:
            traits = frozenset(
                why
                for why, mine, theirs in (
                    (Why.TAX_CODE, one.tax_code, other.tax_code),
                    (Why.ORGANISATION, one.organisation, other.organisation),
                    (Why.NAME, one.name_key, other.name_key),
                    (Why.ADDRESS, one.address_key, other.address_key),
                )
                if mine and mine == theirs
            )
            if traits and one.unit == other.unit:
                pairs.append(((one.id, other.id), traits))
    return decided(pairs)


@given(LISTS, LISTS)
def test_the_quick_rule_says_what_comparing_every_pair_says(
    premises: list[Place], points: list[Place]
) -> None:
    assert proposals(premises, points) == slow(premises, points)


@given(LISTS, LISTS)
def test_the_certain_pairs_of_a_list_never_share_a_side(
    premises: list[Place], points: list[Place]
) -> None:
    certain = [one for one in proposals(premises, points) if one.is_certain]
    assert len({one.premises for one in certain}) == len(certain)
    assert len({one.point for one in certain}) == len(certain)
    assert all(is_strong(frozenset(one.why)) for one in certain)


@given(LISTS, LISTS, some.randoms())
def test_the_order_of_the_lists_changes_nothing(
    premises: list[Place], points: list[Place], chance: Random
) -> None:
    before = proposals(premises, points)
    chance.shuffle(premises)
    chance.shuffle(points)
    assert proposals(premises, points) == before


def test_a_tax_code_alone_is_a_proposal_and_never_certain() -> None:
    (found,) = proposals([Place(1, "x", "truong a", tax_code="1")], [Place(2, "x", "b", "", "1")])
    assert found == Proposal(1, 2, (Why.TAX_CODE,))


def test_a_second_point_of_the_same_owner_and_name_leaves_nothing_certain() -> None:
    school = Place(1, "x", "truong a", tax_code="1")
    twins = [Place(2, "x", "truong a", "", "1"), Place(3, "x", "truong a", "", "1")]
    assert [one.is_certain for one in proposals([school], twins)] == [False, False]


def test_the_better_evidence_of_premises_comes_first() -> None:
    school = Place(1, "x", "truong a", "1 le loi", "1")
    weak, strong = Place(2, "x", "", "1 le loi"), Place(3, "x", "truong a", "", "1")
    assert [one.point for one in proposals([school], [weak, strong])] == [3, 2]
