"""One declaration judged: its answers read, facts decided, both sealed under its person's key."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from vungxanh.core.clock import TZ
from vungxanh.core.envelope import Envelope, opened
from vungxanh.declarations.gateways.versions import FormVersion, Versions
from vungxanh.declarations.rules.facts import facts_of
from vungxanh.declarations.values.declared import KnownPerson, Levels, Made, Refusal, Told
from vungxanh.declarations.values.states import ColourNumber
from vungxanh.engines.decisions import Facts, Outcome, packed, written_facts
from vungxanh.engines.forms import Answer, AnswersError, read_answers
from vungxanh.refusals import RefusalError

ANSWERS_PLACE: Final = "declarations_declaration.answers"
OUTCOME_PLACE: Final = "declarations_declaration.outcome"
_BIRTH_PLACE: Final = "people_person.birth"


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """A declaration as it is kept; `answers` in the clear, sealed beside."""

    id: UUID
    person_id: int
    form: FormVersion
    made: Made
    unit_id: str
    day: date
    answers: str
    sealed_answers: bytes
    outcome: Outcome
    sealed_outcome: bytes
    rules_id: int | None
    until: datetime
    work: str

    @property
    def colour(self) -> ColourNumber:
        """The number of its colour."""
        return ColourNumber.of(self.outcome.colour)

    def told(self, outcome: str) -> Told:
        """What whoever declared is told."""
        return Told(
            id=self.id,
            outcome=outcome,
            colour=str(self.outcome.colour),
            advice=self.outcome.advice,
            until=self.until,
            is_ill=self.outcome.is_ill,
        )


def judged(
    made: Made,
    person: KnownPerson | None,
    versions: Versions,
    *,
    has_agreed: bool,
    levels: Levels,
    at: datetime,
) -> Row | Told:
    """The row of a declaration, or why there is none; `at` is when it was received."""
    found = versions.form(made.questionnaire)
    is_taken = found is not None and found.is_taken(made, at)
    refusal = _refusal(found, person, is_taken=is_taken, has_agreed=has_agreed)
    if refusal is not None or found is None or person is None:
        return Told(made.id, str(refusal), in_use=_in_use(refusal, made, versions))
    day = made.at.astimezone(TZ).date()
    try:
        answers = read_answers(found.form, made.answers, on=day, known=person.known)
        return _row(made, person, found, read=(answers, day, versions), levels=levels)
    except AnswersError as error:
        return Told(made.id, str(Refusal.ANSWERS), faults=error.faults)
    except RefusalError:  # a key that does not open is one person's fault, not the batch's
        return Told(made.id, str(Refusal.NOT_TAKEN))


def as_text(answers: Mapping[str, object]) -> str:
    """Answers in the one form in which two are compared."""
    return json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _refusal(
    found: FormVersion | None, person: KnownPerson | None, *, is_taken: bool, has_agreed: bool
) -> Refusal | None:
    if found is None:
        return Refusal.FORM_UNKNOWN
    if not is_taken:
        return Refusal.FORM_RETIRED
    if person is None:
        return Refusal.SUBJECT_UNKNOWN
    return None if has_agreed else Refusal.CONSENT_NEEDED


def _in_use(refusal: Refusal | None, made: Made, versions: Versions) -> int | None:
    """The version to declare on instead, where the form itself was not taken."""
    is_of_form = refusal in (Refusal.FORM_RETIRED, Refusal.FORM_UNKNOWN)
    return versions.in_use(made.questionnaire) if is_of_form else None


def _row(
    made: Made,
    person: KnownPerson,
    found: FormVersion,
    *,
    read: tuple[Mapping[str, Answer], date, Versions],
    levels: Levels,
) -> Row:
    answers, day, versions = read
    envelope = opened(person.key)
    rules_id, rules, decide = versions.rules_on(day, person.province)
    facts = facts_of(
        answers,
        form=found.form.id,
        standings=person.standings,
        birth=_birth(person, envelope),
        levels=levels,
        on=day,
    )
    outcome = decide(facts)
    text = as_text(answers)
    minutes = [rules.work[one].within_minutes for one in outcome.work if one in rules.work]
    return Row(
        id=made.id,
        person_id=person.id,
        form=found,
        made=made,
        unit_id=person.unit_id or _said_unit(answers),
        day=day,
        answers=text,
        sealed_answers=envelope.seal(text, ANSWERS_PLACE),
        outcome=outcome,
        sealed_outcome=envelope.seal(_told_outcome(facts, outcome), OUTCOME_PLACE),
        rules_id=rules_id,
        until=made.at + timedelta(hours=outcome.holds_hours),
        work=json.dumps({"work": outcome.work, "minutes": min(minutes, default=None)}),
    )


def _birth(person: KnownPerson, envelope: Envelope) -> str:
    return "" if person.birth is None else envelope.open(bytes(person.birth), _BIRTH_PLACE)


def _said_unit(answers: Mapping[str, Answer]) -> str:
    """The commune that somebody says, where the register knows none."""
    said = answers.get("unit")
    return said if isinstance(said, str) else ""


def _told_outcome(facts: Facts, outcome: Outcome) -> str:
    """What the rules were given and said, for "why" and for a review."""
    return as_text(
        {
            "facts": written_facts(facts),
            "packed": packed(facts),
            "colour": outcome.colour,
            "advice": outcome.advice,
            "work": outcome.work,
            "rules": outcome.rules,
            "follow_up_days": outcome.follow_up_days,
            "is_ill": outcome.is_ill,
        }
    )
