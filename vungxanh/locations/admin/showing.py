"""What the pages of the register show, finished: words in the reader's language, links, marks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Link, Mark
from vungxanh.documents import vietnamese
from vungxanh.locations.models.organisations import Organisation, OrganisationChange
from vungxanh.locations.queries import organisations as queries
from vungxanh.locations.values import placed_name
from vungxanh.locations.values.entries import texts_of
from vungxanh.locations.values.hours import Hours, OpenNow, OpenState, open_at
from vungxanh.locations.values.kinds import KINDS, Family
from vungxanh.locations.values.organisations import INVENTED, Entry, entry_of
from vungxanh.locations.values.phones import OfficePhone, phones
from vungxanh.locations.values.refusals import PlaceUnclearError
from vungxanh.locations.values.week import groups, stretches_text
from vungxanh.refusals import RefusalError

MOST_CHOICES = 12
ICONS = {OpenState.OPEN: "ok", OpenState.CLOSED: "none", OpenState.UNKNOWN: "none"}


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation in a list."""

    id: UUID
    name: str
    url: str
    kind: str
    unit: str
    unit_id: str
    phones: tuple[OfficePhone, ...]
    state: Mark
    is_invented: bool
    away: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was not understood, and the places among which to choose, each a link."""

    sentence: str
    choices: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """Neighbouring days of equal hours."""

    label: str
    times: str


@dataclass(frozen=True, slots=True)
class Step:
    """One change in the history: what, when, and the fields that differ."""

    title: str
    at: datetime
    differences: tuple[tuple[str, str, str], ...]


def kind_words(code: str) -> str:
    """The name of a kind."""
    return KINDS[code].words.in_language(reader_language())


def row_of(one: Organisation, today: date, away: str = "") -> Row:
    """One line of a list."""
    return Row(
        id=one.id,
        name=one.name,
        url=reverse("locations-organisation", args=[one.id]),
        kind=kind_words(one.kind),
        unit=one.unit.name,
        unit_id=one.unit_id,
        phones=phones(one.telephone),
        state=state_of(one, today),
        is_invented=one.is_invented,
        away=away,
    )


def trouble_of(refusal: RefusalError, url: Callable[[str], str]) -> Trouble:
    """A refusal as a page shows it; `url` is where choosing a place by its id leads."""
    if not isinstance(refusal, PlaceUnclearError) or not refusal.candidates:
        return Trouble(refusal.words.in_language(reader_language()))
    choices = refusal.candidates[:MOST_CHOICES]
    return Trouble(
        refusal.brief.in_language(reader_language()),
        tuple(Link(placed_name(one), url(one.id)) for one in choices),
    )


def rows_of(found: Iterable[Organisation]) -> list[Row]:
    """The lines of a list."""
    today = clock.today()
    return [row_of(one, today) for one in found]


def near_rows(near: Iterable[tuple[Organisation, int]]) -> list[Row]:
    """The nearest, each with how far it is."""
    today = clock.today()
    return [row_of(one, today, away=distance(metres)) for one, metres in near]


def state_of(one: Organisation, today: date) -> Mark:
    """Whether it exists, existed or will."""
    if one.valid_to is not None and one.valid_to <= today:
        day = vietnamese.date(one.valid_to, reader_language())
        return Mark("none", _("thôi từ %(day)s") % {"day": day}, icon="history")
    if one.valid_from is not None and one.valid_from > today:
        day = vietnamese.date(one.valid_from, reader_language())
        return Mark("info", _("từ %(day)s") % {"day": day}, icon="clock")
    return Mark("ok", _("đang hoạt động"))


def distance(metres: int) -> str:
    """A distance as people say it: 850 m, 12,3 km."""
    if metres < 1000:
        return f"{metres} m"
    tenths = round(metres / 100)
    point = "." if vietnamese.is_english(reader_language()) else ","
    return f"{tenths // 10}{point}{tenths % 10} km"


def open_mark(hours: Hours | None, at: datetime) -> Mark:
    """Open or closed at a moment, and until when."""
    now = open_at(hours, at)
    if now.state is OpenState.UNKNOWN:
        return Mark("none", _("chưa có giờ làm việc"))
    if now.state is OpenState.OPEN:
        return Mark("ok", _until(now, _("đang mở, đến %(when)s"), _("mở cả ngày đêm")))
    return Mark("none", _until(now, _("đang đóng, mở lại %(when)s"), _("đang đóng")), icon="clock")


def days_of(hours: Hours | None) -> list[Day]:
    """The week, neighbouring days of equal hours together."""
    if hours is None:
        return []
    names = (
        _("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"),
        _("Chủ nhật"),
    )  # fmt: skip
    return [
        Day(
            names[first - 1] if first == last else f"{names[first - 1]} – {names[last - 1]}",
            stretches_text(day) or _("nghỉ"),
        )
        for first, last, day in groups(hours)
    ]


def steps_of(changes: Sequence[OrganisationChange]) -> list[Step]:
    """The history, newest first, relatives by name; one query."""
    wires = [wire for one in changes for wire in (one.before, one.after) if wire]
    names = _names_of(entry_of(wire) for wire in wires)
    return [Step(_titles()[one.action], one.at, tuple(_differences(one, names))) for one in changes]


def field_labels() -> dict[str, str]:
    """The words for each field, as in the form."""
    return {
        "name": _("Tên đầy đủ"),
        "kind": _("Loại"),
        "unit": _("Địa bàn"),
        "parent": _("Tổ chức cấp trên"),
        "address": _("Địa chỉ"),
        "telephone": _("Điện thoại cơ quan"),
        "email": _("Thư điện tử cơ quan"),
        "website": _("Trang web"),
        "tax_code": _("Mã số thuế"),
        "lat": _("Vĩ độ"),
        "lon": _("Kinh độ"),
        "hours": _("Giờ làm việc"),
        "valid_from": _("Hoạt động từ ngày"),
        "valid_to": _("Thôi hoạt động từ ngày"),
        "successor": _("Tổ chức kế thừa"),
        "source": _("Nguồn"),
        "as_of": _("Đúng đến ngày"),
    }


def is_health(one: Organisation) -> bool:
    """Whether it stands among the health facilities."""
    return KINDS[one.kind].family is Family.HEALTH


def _until(now: OpenNow, sentence: str, always: str) -> str:
    if now.until is None:
        return always
    local = now.until.astimezone(clock.TZ)
    here = clock.now().astimezone(clock.TZ).date()
    when = vietnamese.clock(local, reader_language())
    if local.date() != here:
        when = f"{when}, {vietnamese.date(local.date(), reader_language())}"
    return sentence % {"when": when}


def _titles() -> Mapping[str, str]:
    return {
        "added": _("Thêm"),
        "changed": _("Sửa"),
        "closed": _("Đóng"),
        "merged": _("Sáp nhập"),
        "undone": _("Hoàn tác"),
        "imported": _("Nhận từ danh sách"),
        "import_undone": _("Hoàn tác danh sách"),
    }


def _differences(
    change: OrganisationChange, names: Mapping[UUID, str]
) -> Iterator[tuple[str, str, str]]:
    before = _texts(entry_of(change.before), names) if change.before else {}
    after = _texts(entry_of(change.after), names) if change.after else {}
    if not before or not after:
        return
    for field, label in field_labels().items():
        if before[field] != after[field]:
            yield label, before[field] or "–", after[field] or "–"


def _texts(entry: Entry, names: Mapping[UUID, str]) -> dict[str, str]:
    return texts_of(entry) | {
        "kind": kind_words(entry.kind),
        "unit": entry.unit_id,
        "parent": names.get(entry.parent_id, "") if entry.parent_id else "",
        "successor": names.get(entry.successor_id, "") if entry.successor_id else "",
    }


def _names_of(entries: Iterable[Entry]) -> dict[UUID, str]:
    """Names of all relatives; an invented one says so beside its name."""
    ids = {one for entry in entries for one in (entry.parent_id, entry.successor_id) if one}
    mark = INVENTED.in_language(reader_language())
    return {
        key: f"{name} ({mark})" if is_invented else name
        for key, (name, is_invented) in queries.names_of(ids).items()
    }
