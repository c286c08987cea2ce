"""Writing, approving and ending versions of rules: one writes, another approves."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.clock import TZ
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import ForbiddenError, Viewer
from vungxanh.declarations.actions import ruling_refusals as refused
from vungxanh.declarations.actions.ruling_queue import ask_to_rejudge, ask_to_try
from vungxanh.declarations.models import RuleSet as Row
from vungxanh.declarations.queries.ruling import (
    country_rules_on,
    may_change,
    own_rules_on,
    rules_on,
)
from vungxanh.declarations.values.ruling import RULES, TrialRun, read_trial, written_trial
from vungxanh.declarations.values.states import RulesState
from vungxanh.engines.decisions import (
    Colour,
    Rule,
    RuleSet,
    compiled,
    in_force,
    joined,
    must_agree,
    read_rules,
    to_data,
)
from vungxanh.engines.decisions.bounds import with_bounds


@dataclass(frozen=True, slots=True)
class Override:
    """One rule otherwise: its colour, advice, and the numbers in its condition, in their order."""

    rule: str
    colour: Colour | None
    advice: tuple[str, ...]
    bounds: tuple[int, ...]
    because: dict[str, str]


def draft_override(
    *, province: str, override: Override, starts_on: date, by: Viewer, at: datetime
) -> int:
    """A draft in which one rule in force is otherwise from a day; the number of the version.

    Of a province it stands beside the country's rules, with what the province changed before.
    Records declarations.rules_drafted.
    """
    _require(by, province)
    _refuse_past(starts_on, at)
    rule = _changed(rules_on(province, starts_on), override, (province, starts_on))
    base = own_rules_on(province, starts_on) if province else country_rules_on(starts_on)
    country = country_rules_on(starts_on)
    if base is None:
        base = replace(country, rules=(), advice_texts={}, work={}, examples=())
    kept = tuple(one for one in base.rules if one.id != rule.id or one.province != rule.province)
    advice = {
        name: country.advice_texts[name] for name in rule.advice if name in country.advice_texts
    }
    work = {name: country.work[name] for name in rule.work if name in country.work}
    made = replace(
        base,
        rules=_in_place(base.rules, kept, rule),
        advice_texts={**advice, **base.advice_texts},
        work={**work, **base.work},
    )
    made = _settled(made) if not province else made
    return _draft(made, province, starts_on, by=by, at=at)


def draft_file(*, province: str, data: object, starts_on: date, by: Viewer, at: datetime) -> int:
    """A draft of rules that were brought; refused unless their examples come true.

    Records declarations.rules_drafted.
    """
    _require(by, province)
    _refuse_past(starts_on, at)
    brought = read_rules(data)
    if strangers := [one.id for one in brought.rules if (one.province or "") != province]:
        raise refused.bad_file(strangers[0])
    whole = joined(country_rules_on(starts_on), brought) if province else brought
    must_agree(whole)
    return _draft(brought, province, starts_on, by=by, at=at)


def try_rules(*, rules_id: int, by: Viewer, at: datetime) -> None:
    """Have a job count whom a draft would change; records declarations.rules_tried."""
    with transaction.atomic():
        row = _locked(rules_id, by)
        if row.state != RulesState.DRAFT:
            raise refused.decided()
        row.dry_run = written_trial(TrialRun(is_done=False, n=0, total=0, at=at))
        row.save(update_fields=["dry_run"])
        _record("declarations.rules_tried", row, by=by, at=at)
        transaction.on_commit(lambda: ask_to_try(rules_id))


def approve_rules(*, rules_id: int, by: Viewer, at: datetime) -> None:
    """Put another's draft in force from its day, today at the earliest; cards follow by a job.

    Records declarations.rules_approved.
    """
    with transaction.atomic():
        row = _locked(rules_id, by)
        if row.state != RulesState.DRAFT:
            raise refused.decided()
        if row.by == by.id:
            raise refused.own_rules()
        if not row.dry_run or not read_trial(row.dry_run).is_done:
            raise refused.not_tried()
        row.starts_on = max(row.starts_on or _today(at), _today(at))
        row.state, row.approved_by, row.approved_at = RulesState.IN_FORCE, by.id, at
        row.save(update_fields=["starts_on", "state", "approved_by", "approved_at"])
        _record("declarations.rules_approved", row, by=by, at=at)
        transaction.on_commit(ask_to_rejudge)


def discard_rules(*, rules_id: int, by: Viewer, at: datetime) -> None:
    """Throw a draft away; records declarations.rules_discarded."""
    with transaction.atomic():
        row = _locked(rules_id, by)
        if row.state != RulesState.DRAFT:
            raise refused.decided()
        _record("declarations.rules_discarded", row, by=by, at=at)
        row.delete()


def end_rules(*, rules_id: int, by: Viewer, at: datetime) -> None:
    """Take rules back: what was in force before them judges again at once, cards follow by a job.

    Records declarations.rules_ended.
    """
    with transaction.atomic():
        row = _locked(rules_id, by)
        if row.state != RulesState.IN_FORCE:
            raise refused.decided()
        row.state, row.ended_at, row.rejudged_at = RulesState.ENDED, at, None
        row.save(update_fields=["state", "ended_at", "rejudged_at"])
        _record("declarations.rules_ended", row, by=by, at=at)
        transaction.on_commit(ask_to_rejudge)


def _changed(rules: RuleSet, override: Override, where: tuple[str, date]) -> Rule:
    province, starts_on = where
    listed = in_force(rules, on=starts_on, province=province)
    found = next((one for one in listed if one.id == override.rule), None)
    if found is None:
        raise refused.no_rule()
    return replace(
        found,
        when=with_bounds(found.when, override.bounds),
        colour=override.colour,
        advice=override.advice,
        valid_from=starts_on,
        valid_until=None,
        province=province or None,
        because={**found.because, **override.because},
    )


def _in_place(former: tuple[Rule, ...], kept: tuple[Rule, ...], rule: Rule) -> tuple[Rule, ...]:
    """The rules with a changed one where it stood; at the end where it is new."""
    place = next((at for at, one in enumerate(former) if one not in kept), len(kept))
    return (*kept[:place], rule, *kept[place:])


def _settled(rules: RuleSet) -> RuleSet:
    """The examples with what now comes out: a page shows which of them that changes."""
    day = max(rule.valid_from for rule in rules.rules)
    decide = compiled(rules, on=day)
    told = [(one, decide(one.facts)) for one in rules.examples]
    examples = [
        replace(one, on=day, colour=outcome.colour, rules=outcome.rules) for one, outcome in told
    ]
    return replace(rules, examples=tuple(examples))


def _draft(rules: RuleSet, province: str, starts_on: date, *, by: Viewer, at: datetime) -> int:
    with transaction.atomic():
        rows = Row.objects.select_for_update().filter(province_id=province or None)
        last = rows.order_by("-version").first()
        former = last.version if last else 0 if province else rules.version
        made = replace(rules, version=former + 1)
        read_rules(to_data(made))
        row = Row.objects.create(
            version=made.version,
            province_id=province or None,
            content=to_data(made),
            state=RulesState.DRAFT,
            starts_on=starts_on,
            at=at,
            by=by.id,
        )
        _record("declarations.rules_drafted", row, by=by, at=at)
    return row.pk


def _locked(rules_id: int, by: Viewer) -> Row:
    row = Row.objects.select_for_update(of=("self",)).filter(pk=rules_id).first()
    if row is None:
        raise MissingError
    _require(by, row.province_id or "", is_known=True)
    return row


def _require(by: Viewer, province: str, *, is_known: bool = False) -> None:
    by.require(RULES)
    if not may_change(by, province):
        raise MissingError if is_known and province else ForbiddenError(RULES)


def _refuse_past(starts_on: date, at: datetime) -> None:
    if starts_on < _today(at):
        raise refused.bad_day()


def _today(at: datetime) -> date:
    return at.astimezone(TZ).date()


def _record(event: str, row: Row, *, by: Viewer, at: datetime) -> None:
    detail: dict[str, str | int | None] = {
        "province": row.province_id or "",
        "version": row.version,
    }
    record(event=event, by=by, at=at, subject=f"rules:{row.pk}", detail=detail)
