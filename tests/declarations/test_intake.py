"""`POST /api/v1/declarations`: what phones, keepers and strangers send."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.checkins.intake.calls import Answer, call, id_at
from tests.declarations.declare_scene import ILL, WELL, agree, forms
from tests.factories import loops
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.api.declarations import BODIES_OF_DEVICE, declarations_app
from vungxanh.declarations.models import Declaration, Pending, Questionnaire
from vungxanh.declarations.values.declaration_body import BODY_BYTES
from vungxanh.people import actions
from vungxanh.people.models import Device
from vungxanh.people.values.devices import NewDevice, Registered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
UNKNOWN_TOKEN = "vxc_" + "A" * 60


@pytest.fixture
def now() -> datetime:
    """The present, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def phone(places_of_both_eras: None, now: datetime) -> Registered:
    """A phone that registered and whose holder agreed; the forms are published."""
    forms()
    made = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=now)
    agree(Device.objects.get(pk=made.id))
    return made


def sent(now: datetime, answers: dict[str, object] | None = None, **said: Any) -> dict[str, Any]:
    """A declaration as a phone sends it."""
    given = WELL if answers is None else answers
    last = (now - timedelta(days=60)).date().isoformat()
    since = (now - timedelta(days=1)).date().isoformat()
    dated = given | {"last_dose": last} | ({"signs_since": since} if "signs_since" in given else {})
    plain = {
        "id": str(id_at(now)),
        "questionnaire": "general",
        "version": 2,
        "answers": dated,
        "at": now.isoformat(),
    }
    return plain | said


def post(token: str, *bodies: Sequence[dict[str, Any]] | bytes, **said: Any) -> list[Answer]:
    """All bodies at once, to an application of their own; answered, and closed."""

    async def run() -> list[Answer]:
        app = declarations_app()
        calls = [call(app, token, as_sent(body), **said) for body in bodies]
        answers = await asyncio.gather(*calls)
        await app.close()
        return list(answers)

    return loops.run(run())


def as_sent(body: Sequence[dict[str, Any]] | bytes) -> bytes:
    """The bytes of a body."""
    return body if isinstance(body, bytes) else json.dumps({"declarations": list(body)}).encode()


def codes(answer: Answer) -> list[str]:
    """The codes of what a body is refused for."""
    return [one["code"] for one in answer.body["refused"]]


def test_declaration_is_stored_and_told_its_outcome(phone: Registered, now: datetime) -> None:
    (answer,) = post(phone.token, [sent(now, ILL)])
    assert (answer.status, answer.body["stored"], answer.body["refused"]) == (200, 1, [])
    (outcome,) = answer.body["outcomes"]
    assert outcome["ill"] is True
    assert outcome["colour"] in {"orange", "red"}
    assert "station_calls" in outcome["advice"]
    assert Declaration.objects.get().pk == Pending.objects.get().declaration_id


def test_same_body_from_two_tabs_at_once_is_one(phone: Registered, now: datetime) -> None:
    body = [sent(now)]
    answers = post(phone.token, body, body, body)
    assert [one.status for one in answers] == [200, 200, 200]
    assert sum(one.body["stored"] for one in answers) == 1
    assert sum(one.body["duplicate"] for one in answers) == 2
    assert all(len(one.body["outcomes"]) == 1 for one in answers)
    assert Declaration.objects.count() == 1


def test_two_programs_keep_one(phone: Registered, now: datetime) -> None:
    body = as_sent([sent(now)])

    async def run() -> list[Answer]:
        apps = [declarations_app(), declarations_app()]
        answers = await asyncio.gather(*(call(app, phone.token, body) for app in apps))
        for app in apps:
            await app.close()
        return list(answers)

    answers = loops.run(run())
    assert sorted(one.body["stored"] for one in answers) == [0, 1]
    assert Declaration.objects.count() == 1


def test_identifier_with_other_answers_is_refused(phone: Registered, now: datetime) -> None:
    one = sent(now)
    post(phone.token, [one])
    (answer,) = post(phone.token, [sent(now, ILL, id=one["id"])])
    assert codes(answer) == ["id_reused"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"signs": ["none", "fever"]}, ("signs", "exclusive")),
        ({"signs": "a word"}, ("signs", "not_an_option")),
        ({"been": "perhaps"}, ("been", "form")),
        ({"name": "A" * 10_000}, ("name", "too_long")),
        ({"name": "<script>alert(1)</script>"}, ("name", "script")),
        ({"phone": "12"}, ("phone", "phone")),
        ({"paper": "999999999999"}, ("paper", "paper")),
        ({"last_dose": "2021-02-30"}, ("last_dose", "impossible_date")),
        ({"last_dose": "2099-01-01"}, ("last_dose", "in_the_future")),
        ({"what_is_this": 1}, ("what_is_this", "not_asked")),
    ],
)
def test_faults_are_told_by_question(
    phone: Registered, now: datetime, change: dict[str, object], fault: tuple[str, str]
) -> None:
    one = sent(now)
    (answer,) = post(phone.token, [one | {"answers": one["answers"] | change}])
    (refused,) = answer.body["refused"]
    assert refused["code"] == "answers"
    assert [(each["question"], each["code"]) for each in refused["faults"]] == [fault]
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"version": 1}, "form_retired"),
        ({"version": 9}, "form_unknown"),
        ({"questionnaire": "nothing"}, "form_unknown"),
        ({"id": "017f22e2-79b0-4cc3-98c4-dc0c0c07398f"}, "id_version"),
        ({"id": "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"}, "id_time_mismatch"),
        ({"subject": {"kind": "vn.cccd", "value": "x"}}, "subject_not_allowed"),
        ({"subject": {"kind": "companion", "value": "+1"}}, "subject_not_allowed"),
        ({"subject": {"kind": "companion", "value": "987654321"}}, "subject_unknown"),
    ],
)
def test_single_refusals(phone: Registered, now: datetime, said: dict[str, Any], code: str) -> None:
    (answer,) = post(phone.token, [sent(now, None, **said)])
    assert (answer.status, codes(answer)) == (200, [code])


@pytest.mark.parametrize(
    ("said", "in_use"), [({"version": 1}, 2), ({"version": 9}, 2), ({"questionnaire": "no"}, None)]
)
def test_refusal_of_a_version_names_the_one_in_use(
    phone: Registered, now: datetime, said: dict[str, Any], in_use: int | None
) -> None:
    (answer,) = post(phone.token, [sent(now, None, **said)])
    assert [one["in_use"] for one in answer.body["refused"]] == [in_use]


@pytest.mark.parametrize("away", [timedelta(days=15), -timedelta(days=2)])
def test_clock_that_is_far_off_is_refused(
    phone: Registered, now: datetime, away: timedelta
) -> None:
    at = now - away
    (answer,) = post(phone.token, [sent(now, None, id=str(id_at(at)), at=at.isoformat())])
    assert codes(answer) == ["time_out_of_range"]


def test_nothing_is_kept_before_the_holder_agreed(places_of_both_eras: None, now: datetime) -> None:
    forms()
    made = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=now)
    (answer,) = post(made.token, [sent(now)])
    assert codes(answer) == ["consent_needed"]
    assert not Declaration.objects.exists()


def test_retired_while_the_server_runs_is_refused_at_once(phone: Registered, now: datetime) -> None:
    def retire() -> int:
        rows = Questionnaire.objects.filter(code="general", version=2)
        return rows.update(state="retired", retired_at=now)

    async def run() -> list[Answer]:
        app = declarations_app()
        first = await call(app, phone.token, as_sent([sent(now)]))
        await app.intake.threads.run(retire)
        second = await call(app, phone.token, as_sent([sent(now)]))
        await app.close()
        return [first, second]

    first, second = loops.run(run())
    assert first.body["stored"] == 1
    assert codes(second) == ["form_retired"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"declarations": 1}', b'{"declarations": [{}]}', b"\xff\xfe", b"[" * 9000],
)
def test_body_that_is_no_list_is_refused_whole(phone: Registered, body: bytes) -> None:
    (answer,) = post(phone.token, body)
    assert (answer.status, answer.body["code"]) == (400, "declarations.body_form")


def test_more_than_fifty_are_refused_whole(phone: Registered, now: datetime) -> None:
    (answer,) = post(phone.token, [sent(now) for _ in range(51)])
    assert (answer.status, answer.body["code"]) == (400, "declarations.body_form")
    assert not Declaration.objects.exists()


def test_body_that_is_too_large_is_refused_whole(phone: Registered) -> None:
    (answer,) = post(phone.token, b" " * (BODY_BYTES + 1))
    assert (answer.status, answer.body["code"]) == (413, "declarations.too_large")


@pytest.mark.parametrize("token", ["", "vxc_", UNKNOWN_TOKEN, "vxd_nothing"])
def test_stranger_is_refused(phone: Registered, now: datetime, token: str) -> None:
    (answer,) = post(token, [sent(now)])
    assert (answer.status, answer.body["code"]) == (401, "declarations.no_sender")


def test_only_post_is_taken(phone: Registered) -> None:
    (answer,) = post(phone.token, b"", method="GET")
    assert (answer.status, answer.headers["allow"]) == (405, "POST")


def test_flood_of_one_device_waits(phone: Registered, now: datetime) -> None:
    bodies = [[sent(now)] for _ in range(BODIES_OF_DEVICE.n + 5)]
    answers = post(phone.token, *bodies)
    late = [one for one in answers if one.status == 429]
    assert len(late) == 5
    assert {one.body["code"] for one in late} == {"declarations.too_often"}
    assert all("retry-after" in one.headers for one in late)
    assert Declaration.objects.count() == BODIES_OF_DEVICE.n


def test_browser_declares_by_its_cookie_from_our_pages_alone(
    phone: Registered, now: datetime
) -> None:
    cookie = f"vx_phone={phone.token}"
    ours = {"cookie": cookie, "sec-fetch-site": "same-origin"}
    theirs = {"cookie": cookie, "sec-fetch-site": "cross-site"}
    (own,) = post("", [sent(now)], said=ours)
    (other,) = post("", [sent(now)], said=theirs)
    assert (own.status, other.status) == (200, 401)


def test_bad_and_good_in_one_body_are_told_apart(phone: Registered, now: datetime) -> None:
    good, bad = sent(now), sent(now, {"signs": 5})
    (answer,) = post(phone.token, [bad, good])
    assert answer.body["stored"] == 1
    assert [UUID(one["id"]) for one in answer.body["refused"]] == [UUID(bad["id"])]
    assert [UUID(one["id"]) for one in answer.body["outcomes"]] == [UUID(good["id"])]
