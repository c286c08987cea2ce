"""`places show|search|successors`: units of both eras, without Django, settings or database.

Results go to standard output; a refusal is raised to the command line, which prints its sentence.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Final

import click

from vungxanh.core import clock, language
from vungxanh.documents import vietnamese
from vungxanh.locations import rules
from vungxanh.locations.values import (
    REFORM,
    BadDayError,
    Level,
    Match,
    NoSuccessorError,
    Registry,
    Succession,
    Unit,
    UnknownNameError,
    changes,
    find_address,
    registry,
    same_level,
)
from vungxanh.refusals import Words

_LEVEL: Final = click.Choice([level.value for level in Level if level is not Level.COUNTRY])
_NEXT_UP: Final = Words(
    "Cấp trên ngày {day}: {name} [{id}]", "Next unit up on {day}: {name} [{id}]"
)
_BEFORE: Final = Words(
    "Tên trước đó: {name} (nghị quyết {act} ngày {day})",
    "Name before: {name} (resolution {act} of {day})",
)
_LATER: Final = Words("Từ 1/7/2025: {counted}", "Since 1 July 2025: {counted}")
_EARLIER: Final = Words("Hình thành từ: {counted}", "Made from: {counted}")
_ENDED: Final = Words("Hiệu lực đến hết {day}", "Valid until {day}")
_VALID: Final = Words("Hiệu lực {era}", "Valid {era}")
_BEGAN: Final = Words("Hiệu lực từ {day}", "Valid from {day}")
as_json = click.option("--json", "is_json", is_flag=True, help="Một tài liệu JSON / one document")
on_day = click.option("--on", "on_text", help="Vào ngày / on a day", metavar="YYYY-MM-DD")


@click.group(help="Đơn vị hành chính, trước và sau 1/7/2025 / units of both eras")
def places() -> None:
    """The pure verbs of the room."""


@places.command("show", help="Một đơn vị: hiệu lực, cấp trên, nay là gì / one unit")
@click.argument("unit_id", metavar="ID")
@on_day
@as_json
@language.option
def show(*, unit_id: str, on_text: str | None, is_json: bool, lang: str) -> None:
    """What a unit is, was and became; with `--on` refused where it is not valid that day."""
    known, on = registry(), _day(on_text)
    found = known.unit_on(unit_id, on) if on else known.unit(unit_id)
    day = on or clock.today()
    if is_json:
        _print_json(_shown(known, found, day))
        return
    click.echo(_named(known, found))
    _print_validity(known, found, day=day, lang=lang)
    _print_kin(known, found, lang)


@places.command("successors", help="Đơn vị của 2021 nay là gì / what a unit of 2021 became")
@click.argument("unit_id", metavar="ID")
@as_json
@language.option
def successors(*, unit_id: str, is_json: bool, lang: str) -> None:
    """Each new unit with share, certainty and how it is known; a unit of today is refused."""
    known = registry()
    found = known.unit(unit_id)
    if found.valid_to is None:
        raise NoSuccessorError(found.id)
    if is_json:
        _print_json([_told(one) for one in known.successors(found.id)])
        return
    _print_kin(known, found, lang)


@places.command("search", help="Đơn vị mà một tên hay địa chỉ chỉ tới / by name or address")
@click.argument("text")
@click.option("--within", help="Trong địa bàn / inside a unit", metavar="ID")
@click.option("--level", type=_LEVEL)
@on_day
@as_json
@language.option
def search(
    *,
    text: str,
    within: str | None,
    level: str | None,
    on_text: str | None,
    is_json: bool,
    lang: str,
) -> None:
    """The unit that a text means, else every candidate and why; refused where there is none."""
    wanted = Level(level) if level else None
    found = find_address(text, within=within, level=wanted, on=_day(on_text))
    if is_json:
        _print_json(_matched(found))
        return
    if not found.candidates:
        raise UnknownNameError(found.reason)
    click.echo(found.reason.in_language(lang), err=True)
    for one in found.candidates:
        click.echo(_named(registry(), one))
        _print_kin(registry(), one, lang, only_later=True)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadDayError(text) from wrong


def _named(known: Registry, unit: Unit) -> str:
    names = (unit.name, *(one.short_name for one in known.above(unit)))
    return f"{', '.join(names)} [{unit.id}]"


def _validity(known: Registry, unit: Unit, lang: str) -> str:
    if any(told.source in rules.MERGED_EARLIER for told in known.successors(unit.id)):
        return _VALID.in_language(lang).format(era=rules.UNTIL_MERGED.in_language(lang))
    if unit.valid_to:
        return _ENDED.in_language(lang).format(day=vietnamese.date(date(2025, 6, 30), lang))
    return _BEGAN.in_language(lang).format(day=vietnamese.date(REFORM, lang))


def _print_validity(known: Registry, unit: Unit, *, day: date, lang: str) -> None:
    click.echo("  " + _validity(known, unit, lang))
    up = known.next_up(unit.id, day)
    if up:
        words = _NEXT_UP.in_language(lang)
        click.echo("  " + words.format(day=vietnamese.date(day, lang), name=up.name, id=up.id))
    for change in (one for one in changes() if one.unit_id == unit.id):
        on = vietnamese.date(change.resolved_on, lang)
        words = _BEFORE.in_language(lang)
        click.echo("  " + words.format(name=change.name_before, act=change.resolution, day=on))


def _print_kin(known: Registry, unit: Unit, lang: str, *, only_later: bool = False) -> None:
    later = known.successors(unit.id)
    if later:
        _print_told(known, ((one, known.unit(one.new)) for one in later), (_LATER, lang))
    elif not only_later:
        earlier = {one.old: one for one in known.predecessors(unit.id)}
        kept = same_level(unit, (known.unit(one) for one in earlier))
        if kept:
            _print_told(known, ((earlier[one.id], one) for one in kept), (_EARLIER, lang))


def _print_told(
    known: Registry, told: Iterable[tuple[Succession, Unit]], head: tuple[Words, str]
) -> None:
    words, lang = head
    told = list(told)
    units = [unit for _, unit in told]
    counted = rules.counted([one.type_word for one in units]).in_language(lang)
    click.echo("  " + words.in_language(lang).format(counted=counted))
    for one, unit in told:
        certainty = rules.CERTAINTIES[one.certainty].in_language(lang)
        basis = rules.SOURCES[one.source].in_language(lang)
        default = " *" if one.is_default and one.share != 1 else ""
        click.echo(f"    {_named(known, unit)}{default}: {certainty}, {basis}")


def _shown(known: Registry, unit: Unit, day: date) -> dict[str, object]:
    up = known.next_up(unit.id, day)
    return {
        **_unit(unit),
        "on": day.isoformat(),
        "next_up": up.id if up else None,
        "name_before": [
            {"name": one.name_before, "resolution": one.resolution, "on": str(one.resolved_on)}
            for one in changes()
            if one.unit_id == unit.id
        ],
        "successors": [_told(one) for one in known.successors(unit.id)],
        "predecessors": [_told(one) for one in known.predecessors(unit.id)],
    }


def _unit(unit: Unit) -> dict[str, object]:
    return {
        "unit": unit.id,
        "parent": unit.parent_id,
        "level": unit.level,
        "name": unit.name,
        "type": unit.type_word,
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else None,
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
    }


def _told(one: Succession) -> dict[str, object]:
    return {
        "old": one.old,
        "new": one.new,
        "share": float(one.share) if one.share is not None else None,
        "is_default": one.is_default,
        "certainty": one.certainty,
        "source": one.source,
    }


def _matched(found: Match) -> dict[str, object]:
    return {
        "text": found.text,
        "kind": found.kind,
        "unit": found.unit.id if found.unit else None,
        "candidates": [_unit(one) for one in found.candidates],
        "reason": found.reason.as_dict(),
    }


def _print_json(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
