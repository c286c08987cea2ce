"""Texts of a form or of a row become what is said of an organisation, each fault by its field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeVar

from vungxanh.locations.rules import tidy
from vungxanh.locations.values import codes, phones
from vungxanh.locations.values.kinds import kind_of
from vungxanh.locations.values.organisations import Entry
from vungxanh.locations.values.points import point_of
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.locations.values.units import UnitId
from vungxanh.locations.values.week import hours_of_text, text_of_hours
from vungxanh.refusals import RefusalError, Words

Read = TypeVar("Read")

# Fields in the order of forms and exports; each is one text of a person or a cell.
TEXT_FIELDS: Final = (
    "name", "kind", "address", "telephone", "email", "website", "tax_code", "lat", "lon", "hours",
    "valid_from", "valid_to", "source", "as_of",
)  # fmt: skip
NAME_LONGEST: Final = 200
TEXT_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field."""

    field: str
    code: str
    words: Words


@dataclass(slots=True)
class _Reading:
    texts: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def take(self, name: str, read: Callable[[str], Read], otherwise: Read) -> Read:
        """One text read by a function that may refuse it."""
        try:
            return read(self.texts.get(name, ""))
        except RefusalError as refusal:
            self.faults.append(Fault(refusal.field or name, refusal.code, refusal.words))
            return otherwise


def read_entry(texts: Mapping[str, str], unit_id: UnitId) -> tuple[Entry, tuple[Fault, ...]]:
    """What texts say of an organisation of a unit, and every fault by its field.

    Parent, successor and the mark of an invented one are not texts. The entry is of use only where
    there is no fault.
    """
    reading = _Reading(texts)
    lon = texts.get("lon", "")
    entry = Entry(
        name=reading.take("name", _named, ""),
        kind=reading.take("kind", kind_of, "other"),
        unit_id=unit_id,
        address=reading.take("address", lambda text: _short(text, "address"), ""),
        telephone=reading.take("telephone", phones.kept_phones, ""),
        email=reading.take("email", codes.email, ""),
        website=reading.take("website", codes.website, ""),
        tax_code=reading.take("tax_code", codes.tax_code, ""),
        at=reading.take("lat", lambda lat: point_of(lat, lon), None),
        hours=reading.take("hours", hours_of_text, None),
        valid_from=reading.take("valid_from", lambda text: day_of(text, "valid_from"), None),
        valid_to=reading.take("valid_to", lambda text: day_of(text, "valid_to"), None),
        source=reading.take("source", _sourced, ""),
        as_of=reading.take("as_of", _as_of, date.min),
    )
    return entry, (*reading.faults, *_order_faults(entry))


def texts_of(entry: Entry) -> dict[str, str]:
    """The texts that `read_entry` reads back to the same entry."""
    return {
        "name": entry.name,
        "kind": entry.kind,
        "address": entry.address,
        "telephone": "; ".join(one.shown for one in phones.phones(entry.telephone)),
        "email": entry.email,
        "website": entry.website,
        "tax_code": entry.tax_code,
        "lat": "" if entry.at is None else f"{entry.at.lat:.5f}",
        "lon": "" if entry.at is None else f"{entry.at.lon:.5f}",
        "hours": text_of_hours(entry.hours),
        "valid_from": written_day(entry.valid_from),
        "valid_to": written_day(entry.valid_to),
        "source": entry.source,
        "as_of": written_day(entry.as_of),
    }


def day_of(text: str, name: str) -> date | None:
    """The day that a text writes, 1/3/2025 or 2025-03-01; None for an empty one."""
    written = text.strip().removesuffix(" 00:00")
    if not written:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            day = datetime.strptime(f"{written} +0000", f"{form} %z").date()
        except ValueError:
            continue
        if 1900 <= day.year <= 2100:
            return day
    raise OrganisationError(
        "locations.day_unreadable",
        Words(
            f"Chưa hiểu ngày “{written[:30]}”. Viết ngày/tháng/năm, ví dụ 1/3/2025.",
            f"The day “{written[:30]}” is not understood. Write day/month/year, as 1/3/2025.",
        ),
        field=name,
    )


def written_day(day: date | None) -> str:
    """A day as forms and cells write it, 01/03/2025; "" for none."""
    return "" if day is None else f"{day:%d/%m/%Y}"


def _named(text: str) -> str:
    return _needed(_tidy(text, "name", NAME_LONGEST), "name")


def _sourced(text: str) -> str:
    return _needed(_short(text, "source"), "source")


def _short(text: str, name: str) -> str:
    return _tidy(text, name, TEXT_LONGEST)


def _as_of(text: str) -> date:
    day = day_of(text, "as_of")
    if day is None:
        raise _missing("as_of")
    return day


def _tidy(text: str, name: str, longest: int) -> str:
    tidied = tidy(text)
    if len(tidied) > longest:
        raise OrganisationError(
            "locations.text_too_long",
            Words(
                f"Dài quá {longest} chữ: viết gọn lại.",
                f"Longer than {longest} signs: write it shorter.",
            ),
            field=name,
        )
    return tidied


def _needed(text: str, name: str) -> str:
    if not text:
        raise _missing(name)
    return text


def _missing(name: str) -> OrganisationError:
    return OrganisationError(
        "locations.field_missing",
        _MISSING[name],
        field=name,
    )


_MISSING: Final = {
    "name": Words("Ghi tên đầy đủ của tổ chức.", "Write the full name."),
    "source": Words(
        "Ghi nguồn: văn bản, trang hoặc người cung cấp.",
        "Write the source: the letter, page or office that gave it.",
    ),
    "as_of": Words(
        "Ghi thông tin này đúng đến ngày nào.", "Write for which day this is known to be right."
    ),
}


def _order_faults(entry: Entry) -> list[Fault]:
    if entry.valid_from is None or entry.valid_to is None or entry.valid_from < entry.valid_to:
        return []
    start, end = written_day(entry.valid_from), written_day(entry.valid_to)
    words = Words(
        f"Thôi hoạt động từ {end}, không sau ngày bắt đầu {start}. Xem lại hai ngày.",
        f"It ends on {end}, which is not after its start on {start}. Check the two days.",
    )
    return [Fault("valid_to", "locations.end_before_start", words)]
