"""A province has a rule otherwise from a day: drafted, tried, approved by another, taken back."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.declarations import ruling_scene as scene
from tests.declarations.declare_scene import NOON
from tests.declarations.ruling_scene import LATER, OTHERWISE, TODAY
from tests.engines.decisions.shipped import written
from tests.factories.people import PROVINCE, Colleague
from vungxanh.audit.models import AuditEvent
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import ForbiddenError
from vungxanh.declarations.actions import ruling
from vungxanh.declarations.actions.rejudging import rejudge_waiting
from vungxanh.declarations.actions.trying import changed_persons, run_trial
from vungxanh.declarations.models import RuleSet
from vungxanh.declarations.queries import ruling as queries
from vungxanh.declarations.values.states import RulesState
from vungxanh.engines.decisions import Facts, compiled
from vungxanh.people.models import Card, Person
from vungxanh.people.queries.at_doors import at_door
from vungxanh.people.values.subjects import NOTHING_ODD
from vungxanh.refusals import RefusalError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
ONE_DOSE = Facts(doses=1, age=40)


def colour_on(day: date, province: str = PROVINCE) -> str:
    """What the rules in force make of somebody with one dose."""
    rules = queries.rules_on(province, day)
    return str(compiled(rules, on=day, province=province)(ONE_DOSE).colour)


def refusal_of(act: Any, **said: Any) -> str:
    """The code by which an act is refused."""
    with pytest.raises(RefusalError) as refused:
        act(**said)
    return refused.value.code


def test_rule_of_a_province_is_in_force_from_its_day_once_another_approved_it(
    province_officer: Colleague,
) -> None:
    begins = TODAY + timedelta(days=3)
    rules_id = scene.tried(province_officer, starts_on=begins)
    assert colour_on(begins) == "green"
    ruling.approve_rules(rules_id=rules_id, by=scene.approver().viewer, at=LATER)
    told = [colour_on(begins - timedelta(days=1)), colour_on(begins), colour_on(begins, "")]
    assert told == ["green", "yellow", "green"]
    events = AuditEvent.objects.filter(subject=f"rules:{rules_id}").order_by("pk")
    assert [one.event for one in events] == [
        "declarations.rules_drafted",
        "declarations.rules_approved",
    ]


def test_who_wrote_rules_does_not_approve_them(province_officer: Colleague) -> None:
    rules_id = scene.tried(province_officer)
    said = {"rules_id": rules_id, "by": province_officer.viewer, "at": LATER}
    assert refusal_of(ruling.approve_rules, **said) == "declarations.rules_own"
    assert colour_on(TODAY) == "green"


def test_rules_that_were_not_tried_are_not_approved(province_officer: Colleague) -> None:
    said = {"rules_id": scene.drafted(province_officer), "by": scene.approver().viewer, "at": LATER}
    assert refusal_of(ruling.approve_rules, **said) == "declarations.rules_not_tried"


def test_rules_that_are_taken_back_leave_those_before(province_officer: Colleague) -> None:
    rules_id = scene.tried(province_officer)
    by = scene.approver().viewer
    ruling.approve_rules(rules_id=rules_id, by=by, at=LATER)
    ruling.end_rules(rules_id=rules_id, by=by, at=LATER)
    assert colour_on(TODAY) == "green"
    said = {"rules_id": rules_id, "by": by, "at": LATER}
    codes = [refusal_of(act, **said) for act in (ruling.end_rules, ruling.approve_rules)]
    assert codes == ["declarations.rules_decided"] * 2
    assert RuleSet.objects.get().state == RulesState.ENDED


def test_draft_that_is_discarded_is_gone(province_officer: Colleague) -> None:
    rules_id = scene.drafted(province_officer)
    ruling.discard_rules(rules_id=rules_id, by=province_officer.viewer, at=LATER)
    assert RuleSet.objects.count() == 0


def test_second_rule_of_a_province_keeps_the_first(province_officer: Colleague) -> None:
    by = scene.approver().viewer
    ruling.approve_rules(rules_id=scene.tried(province_officer), by=by, at=LATER)
    other = replace(OTHERWISE, rule="home-level-4", bounds=(3,))
    second = scene.drafted(province_officer, override=other)
    names = [one.id for one in queries.rules_version(second, viewer=by).rules.rules]
    assert names == ["not-all-doses", "home-level-4"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"starts_on": TODAY - timedelta(days=1)}, "declarations.rules_day"),
        ({"override": replace(OTHERWISE, rule="nothing")}, "declarations.rules_unknown"),
        ({"override": replace(OTHERWISE, bounds=(1,))}, "decisions.bad_rules"),
        ({"override": replace(OTHERWISE, bounds=(1, 400))}, "decisions.bad_rules"),
        ({"override": replace(OTHERWISE, advice=("pray",))}, "decisions.bad_rules"),
    ],
)
def test_draft_that_cannot_be_is_refused_and_nothing_is_kept(
    province_officer: Colleague, said: dict[str, Any], code: str
) -> None:
    assert refusal_of(scene.drafted, by=province_officer, **said) == code
    assert RuleSet.objects.count() == 0


def test_officers_of_another_place_write_no_rules_here(
    province_officer: Colleague, officer: Colleague
) -> None:
    rules_id = scene.drafted(province_officer)
    with pytest.raises(ForbiddenError):
        scene.drafted(officer)
    with pytest.raises(ForbiddenError):
        scene.drafted(province_officer, province="vn-2021:56")
    with pytest.raises(ForbiddenError):
        scene.drafted(province_officer, province="")
    stranger = replace(province_officer.viewer, units=frozenset({"vn-2021:56"}))
    with pytest.raises(MissingError):
        ruling.discard_rules(rules_id=rules_id, by=stranger, at=LATER)
    with pytest.raises(MissingError):
        queries.rules_version(rules_id, viewer=stranger)


def test_file_of_a_province_is_taken_where_its_examples_come_true(
    province_officer: Colleague,
) -> None:
    text = json.dumps(written("khanh-hoa-2021")).replace("vn-2021:56", PROVINCE)
    data = json.loads(text)
    data["examples"] = [one for one in data["examples"] if one["id"] != "kh-other-province"]
    said: dict[str, Any] = {
        "province": PROVINCE,
        "starts_on": TODAY,
        "by": province_officer.viewer,
        "at": LATER,
    }
    rules_id = ruling.draft_file(data=data, **said)
    assert len(queries.rules_version(rules_id, viewer=province_officer.viewer).rules.rules) == 3
    wrong = deepcopy(data)
    wrong["examples"][0]["colour"] = "red"
    assert refusal_of(ruling.draft_file, data=wrong, **said) == "decisions.bad_rules"
    strange = written("khanh-hoa-2021")
    assert refusal_of(ruling.draft_file, data=strange, **said) == "declarations.rules_file"
    assert RuleSet.objects.count() == 1


def test_trial_counts_whom_a_draft_would_change_and_changes_nobody(
    province_officer: Colleague,
) -> None:
    holder = scene.declared(scene.ONE_DOSE)
    version = queries.rules_version(scene.drafted(province_officer), viewer=province_officer.viewer)
    trial = run_trial(rules_id=version.id, at=LATER)
    assert trial is not None
    assert (trial.n, trial.n_changed, trial.n_unread, trial.is_done) == (1, 1, 0, True)
    assert [(a, b, n) for one in trial.units for a, b, n in one.moves()] == [("green", "yellow", 1)]
    kept = queries.rules_version(version.id, viewer=province_officer.viewer).trial
    assert kept == trial
    found, last = changed_persons(version=version, places=None, after=0, most=50, at=LATER)
    assert ([one.person for one in found], last) == ([holder.person_id], None)
    assert scene.colour_of(holder) == "green"


def test_trial_leaves_out_who_is_not_of_the_province_and_what_holds_no_more(
    province_officer: Colleague,
) -> None:
    scene.declared(scene.ONE_DOSE)
    rules_id = scene.drafted(province_officer)
    later = run_trial(rules_id=rules_id, at=LATER + timedelta(days=8))
    assert later is not None
    assert later.n == 0
    by = province_officer.viewer
    ruling.discard_rules(rules_id=rules_id, by=by, at=LATER)
    assert run_trial(rules_id=rules_id, at=LATER) is None


def test_outcome_that_cannot_be_opened_is_told_and_left_out(province_officer: Colleague) -> None:
    holder = scene.declared(scene.ONE_DOSE)
    Person.objects.filter(pk=holder.person_id or 0).update(key=b"\x01" + b"0" * 64)
    trial = run_trial(rules_id=scene.drafted(province_officer), at=LATER)
    assert trial is not None
    assert (trial.n, trial.n_unread) == (0, 1)


def test_cards_follow_when_rules_begin_and_when_they_are_taken_back(
    province_officer: Colleague,
) -> None:
    holder = scene.declared(scene.ONE_DOSE)
    rules_id, by = scene.tried(province_officer), scene.approver().viewer
    ruling.approve_rules(rules_id=rules_id, by=by, at=LATER)
    assert (rejudge_waiting(at=LATER), scene.colour_of(holder)) == (1, "yellow")
    assert rejudge_waiting(at=LATER) == 0
    ruling.end_rules(rules_id=rules_id, by=by, at=LATER)
    assert (rejudge_waiting(at=LATER), scene.colour_of(holder)) == (1, "green")


def test_card_in_another_colour_still_says_when_somebody_declared(
    province_officer: Colleague,
) -> None:
    holder = scene.declared(scene.ONE_DOSE)
    rules_id, by = scene.tried(province_officer), scene.approver().viewer
    ruling.approve_rules(rules_id=rules_id, by=by, at=LATER)
    next_day = NOON + timedelta(days=1)
    assert rejudge_waiting(at=next_day) == 1
    card = Card.objects.get(person_id=holder.person_id or 0)
    assert (card.colour, card.starts_at) == ("yellow", NOON)
    seen = at_door(holder.person_id or 0, NOTHING_ODD, next_day)
    assert seen.declared_on == TODAY


def test_cards_do_not_follow_before_the_day_nor_against_an_officers_word(
    province_officer: Colleague,
) -> None:
    holder = scene.declared(scene.ONE_DOSE)
    begins = TODAY + timedelta(days=1)
    rules_id = scene.tried(province_officer, starts_on=begins)
    ruling.approve_rules(rules_id=rules_id, by=scene.approver().viewer, at=LATER)
    assert rejudge_waiting(at=LATER) == 0
    Card.objects.filter(person_id=holder.person_id or 0).update(source="contest:1")
    assert rejudge_waiting(at=LATER + timedelta(days=1)) == 0
    assert scene.colour_of(holder) == "green"
