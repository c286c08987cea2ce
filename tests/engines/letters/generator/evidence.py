"""What a letter with gaps still tells: the days it lies between, the place it comes from."""

from datetime import date, timedelta
from typing import Any

from tests.engines.letters.generator.body import Body
from tests.engines.letters.generator.letter import Reading
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.spelling import ALL_TONES, respelled


def dated(scene: Scene, body: Body, tables: list[Reading]) -> Reading:
    """The bounds of a blank date: the last day cited, the first day something is due."""
    if scene.date_shown == "full":
        return {}
    earliest = max(_cited(body, tables), default=None)
    latest = min(_due(body), default=None)
    found: Reading = {}
    if earliest:
        found["date_not_before"] = earliest.isoformat()
    if latest:
        found["date_not_after"] = latest.isoformat()
    found["date_evidence"] = f"shown: {scene.date_shown}; cited up to {earliest}; due from {latest}"
    return found


def _cited(body: Body, tables: list[Reading]) -> list[date]:
    said = [citation["date"] for citation in body.citations]
    said += [item["as_of"] for item in [*body.facts, *tables]]
    return [date.fromisoformat(str(day)[:10]) for day in said if day]


def _due(body: Body) -> list[date]:
    """The last good day of every order that is due once."""
    deadlines: list[Any] = [task["deadline"] for task in body.tasks]
    return [_last_day(one) for one in deadlines if one["type"] in {"before", "by", "until"}]


def _last_day(deadline: Reading) -> date:
    value = str(deadline["value"])
    day = date.fromisoformat(value[:10])
    at_midnight = deadline["type"] == "before" and value[11:19] == "00:00:00"
    return day - timedelta(days=1) if at_midnight else day


def as_far_as_told(scene: Scene, document: Reading, text: str) -> Reading:
    """The document without what needs the province, where the letter never names it."""
    province = scene.units["province"]["name"]
    names = {province.casefold(), str(respelled(province, ALL_TONES)).casefold()}
    if any(name in text.casefold() for name in names):
        return document
    told = {key: value for key, value in document.items() if not key.endswith("gso_2021")}
    if scene.head == "none" and scene.level == "province":
        told |= {"issuing_agency": scene.slots["self"], "parent_agency": None}
    return told
