"""A unit opened by breaking the glass: its letters are read, and nothing is done to them."""

from dataclasses import replace

import pytest

from tests.directives.letters import QUY_NHON, brought
from tests.factories.people import Person
from vungxanh.core import clock
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.directives import queries
from vungxanh.directives.actions import candidates, items, letters
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.overview import history

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def letter(officer: Person) -> ReceivedLetter:
    """A letter of Quy Nhơn."""
    return brought(officer.viewer)


@pytest.fixture
def opened(other_officer: Person) -> Viewer:
    """The officer of An Nhơn, who broke the glass in Quy Nhơn."""
    return replace(other_officer.viewer, opened=frozenset({QUY_NHON}), glass="g")


def test_letters_of_an_opened_unit_are_listed_and_read(
    letter: ReceivedLetter, opened: Viewer
) -> None:
    assert list(queries.letters(opened)) == [letter]
    assert queries.letter(opened, letter.id) == letter


def test_examples_of_an_opened_unit_are_read(
    letter: ReceivedLetter, officer: Person, opened: Viewer
) -> None:
    kept = candidates.keep_candidate(letter_id=letter.id, by=officer.viewer, at=clock.now())
    assert queries.candidate(opened, kept.id) == kept
    assert list(queries.candidates(opened)) == [kept]
    with pytest.raises(MissingError):
        candidates.withdraw_candidate(candidate_id=kept.id, by=opened, at=clock.now())


def test_a_letter_of_an_opened_unit_is_not_changed(letter: ReceivedLetter, opened: Viewer) -> None:
    assert not queries.may_edit(opened, letter)
    with pytest.raises(MissingError):
        letters.discard_letter(letter_id=letter.id, by=opened, at=clock.now())
    assert ReceivedLetter.objects.get(id=letter.id).state == letter.state


def test_no_button_offers_what_is_refused_through_the_glass(
    letter: ReceivedLetter, officer: Person, opened: Viewer
) -> None:
    items.drop_item(
        letter_id=letter.id, seen=items.Seen("task-1", 0), by=officer.viewer, at=clock.now()
    )
    found = queries.letter(opened, letter.id)
    at = clock.now()
    (own,) = history.change_views(queries.changes_on(found), found, viewer=officer.viewer, at=at)
    (theirs,) = history.change_views(queries.changes_on(found), found, viewer=opened, at=at)
    assert (own.may_undo, theirs.may_undo) == (True, False)


def test_who_works_elsewhere_by_now_confirms_nothing(
    letter: ReceivedLetter, officer: Person
) -> None:
    moved = replace(officer.viewer, units=frozenset({"vn-2021:549"}))
    with pytest.raises(MissingError):
        items.confirm_clear_tasks(letter_id=letter.id, by=moved, at=clock.now())
    with pytest.raises(MissingError):
        candidates.keep_candidate(letter_id=letter.id, by=moved, at=clock.now())
