"""What intake of declarations is measured beside: a synchronous view with Django's ORM.

It asks for the device, the consent, the form, the person and their standings, reads the answers and
decides with the same engines, seals under the same keys, and creates the rows in one transaction.
"""

import hmac
import json
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path

from vungxanh.core import clock
from vungxanh.core.envelope import Envelope, opened
from vungxanh.core.enveloped import opened as opened_text
from vungxanh.core.enveloped import sealed
from vungxanh.declarations.gateways.judging import as_text
from vungxanh.declarations.models import Declaration, DeclarationCount, Pending, Questionnaire
from vungxanh.declarations.rules.facts import facts_of
from vungxanh.declarations.values.shipped_rules import shipped_rules
from vungxanh.declarations.values.states import ColourNumber
from vungxanh.engines.decisions import Decide, compiled, written_facts
from vungxanh.engines.forms import AnswersError, read_answers, read_questionnaire
from vungxanh.locations.queries.area_levels import level_on
from vungxanh.people.models import TOKENS, Consent, Device, Person, Standing
from vungxanh.people.rules.devices import parsed_token

NOBODY: Final = UUID(int=0)
_read = lru_cache(maxsize=8)(lambda content: read_questionnaire(json.loads(content)))


@lru_cache(maxsize=8)
def _decide(day: Any) -> Decide:
    return compiled(shipped_rules(), on=day, province="vn-2021:52")


def declare(request: HttpRequest) -> JsonResponse:
    """Take declarations, one after the other."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    device = Device.objects.filter(pk=parsed_token(token) or NOBODY, ended_at=None).first()
    digest = TOKENS.digest(token)
    if device is None or not hmac.compare_digest(bytes(device.token_digest), digest):
        return JsonResponse({"code": "token"}, status=401)
    told: dict[str, Any] = {"stored": 0, "duplicate": 0, "refused": [], "outcomes": []}
    for one in json.loads(request.body)["declarations"]:
        _store(one, device, told)
    return JsonResponse(told)


def _store(one: dict[str, Any], device: Device, told: dict[str, Any]) -> None:
    at = datetime.fromisoformat(one["at"])
    with transaction.atomic():
        agreed = Consent.objects.filter(device=device, purpose="declarations", withdrawn_at=None)
        code, version = one["questionnaire"], one["version"]
        form = Questionnaire.objects.get(code=code, version=version, state="published")
        person = Person.objects.select_for_update().get(pk=device.person_id or 0)
        if not agreed.exists():
            told["refused"].append({"id": one["id"], "code": "consent_needed"})
            return
        try:
            row, work = _judged(one, (person, device), form, at)
            row.save(force_insert=True)
        except (AnswersError, IntegrityError):
            told["refused"].append({"id": one["id"], "code": "answers"})
            return
        Pending.objects.create(
            declaration_id=row.pk, person_id=person.pk, received_at=row.received_at, work=work
        )
        _count(row, code)
    told["stored"] += 1
    told["outcomes"].append({"id": one["id"], "colour": row.colour, "until": row.until})


def _judged(
    one: dict[str, Any], whose: tuple[Person, Device], form: Questionnaire, at: datetime
) -> tuple[Declaration, list[str]]:
    person, device = whose
    day, now = at.astimezone(clock.TZ).date(), clock.now()
    envelope: Envelope = opened(bytes(person.key))
    known = {"name", "birth_year", "unit"}
    answers = read_answers(_read(json.dumps(form.content)), one["answers"], on=day, known=known)
    standings = Standing.objects.filter(person=person, starts_at__lte=now)
    facts = facts_of(
        answers,
        form=form.code,
        standings=[each.cls for each in standings if each.ends_at is None or each.ends_at > now],
        birth=opened_text(envelope, person, "birth"),
        levels=(_level(person.residence_id or "", day), None),
        on=day,
    )
    outcome = _decide(day)(facts)
    said = as_text({"facts": written_facts(facts), "rules": outcome.rules})
    row = Declaration(
        id=UUID(one["id"]),
        person_id=person.pk,
        questionnaire_id=form.pk,
        way="self",
        lang="vi",
        unit_id=person.residence_id or "",
        at=at,
        received_at=now,
        day=day,
        device_id=device.pk,
        colour=int(ColourNumber.of(outcome.colour)),
        is_ill=outcome.is_ill,
        until=at + timedelta(hours=outcome.holds_hours),
        **sealed(envelope, Declaration, answers=as_text(answers), outcome=said),
    )
    return row, list(outcome.work)


def _level(unit_id: str, day: date) -> int | None:
    found = level_on(unit_id, day)
    return found.level if found else None


def _count(row: Declaration, form: str) -> None:
    earlier = Declaration.objects.filter(person_id=row.person_id, day=row.day).exclude(pk=row.pk)
    n_first = int(not earlier.exists())
    key = {"day": row.day, "unit": row.unit_id, "form": form, "way": row.way}
    counts = DeclarationCount.objects.filter(**key)
    moved = {
        "n": F("n") + 1,
        "n_ill": F("n_ill") + int(row.is_ill),
        "n_first": F("n_first") + n_first,
    }
    if not counts.update(**moved):
        DeclarationCount.objects.create(**key, n=1, n_ill=int(row.is_ill), n_first=n_first)


urlpatterns: list[URLPattern] = [path("api/v1/declarations", declare)]
