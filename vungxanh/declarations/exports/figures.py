"""Figures of declarations as CSV or XLSX: the table that is filtered, its days, its source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from vungxanh.core.clock import TZ
from vungxanh.declarations.queries.residents import Residents
from vungxanh.declarations.rules.figures import NOT_FOLLOWED, Followed, Tally
from vungxanh.declarations.values.figures import WAY_WORDS, Figures
from vungxanh.declarations.values.states import Way
from vungxanh.documents.content import Align, Annex, AsOf, Column, Count, Table, Text
from vungxanh.documents.formats import Format, made_file
from vungxanh.documents.made import MadeFile
from vungxanh.documents.vietnamese import date as day_words
from vungxanh.documents.vietnamese import moment
from vungxanh.locations.values import Unit, registry
from vungxanh.refusals import Words

_TITLE: Final = Words("Số liệu khai báo y tế", "Figures of health declarations")
_TEXTS: Final = (Words("Mã địa bàn", "Unit id"), Words("Địa bàn", "Unit"))
_COUNTS: Final = (
    Words("Tờ khai", "Declarations"),
    Words("Người khai trong ngày", "People, once a day"),
    Words("Cập nhật trong ngày", "Updates of the same day"),
    Words("Tờ khai có dấu hiệu bệnh", "Declarations with signs"),
    Words("Người cần gọi", "People to be called"),
    Words("Đã gọi", "Called"),
    Words("Chưa gọi", "Not called yet"),
    Words("Chuyển lên cấp trên vì quá hạn", "Carried to the unit above"),
    Words("Dân số", "Population"),
)
_SOURCE: Final = Words(
    "Nguồn: hệ thống Vùng Xanh tự đếm. Lấy số lúc", "Source: counted by Vùng Xanh. Taken at"
)
_SPAN: Final = Words("Các ngày", "Days")
_FORM: Final = Words("Biểu mẫu", "Form")
_WAY: Final = Words("Cách khai", "Way")
_ELSEWHERE: Final = Words("Chưa rõ ở đơn vị nào", "Unit not known")
_ALL: Final = Words("Tổng cộng", "All")
_LIVING: Final = Words("Dân số", "Population")


def figures_file(
    found: Figures,
    form: Format,
    *,
    unit: Unit,
    living: Mapping[str, Residents],
    words: tuple[str, str],
) -> MadeFile:
    """A row for each unit below, what has no row of its own, and all; `words`: form, language."""
    lang = words[1]
    columns = [Column(head.in_language(lang), Align.LEFT) for head in _TEXTS]
    columns += [Column(head.in_language(lang)) for head in _COUNTS]
    rows = tuple(one.cells for one in _lines(found, living, unit=unit, lang=lang))
    table = Table(columns=tuple(columns), rows=rows, numbered=False)
    annex = Annex(
        label="",
        title=(_TITLE.in_language(lang), unit.name),
        as_of=AsOf(found.asked.last),
        tables=(table,),
        notes=tuple(_notes(found, living, words)),
        landscape=True,
        language=lang,
    )
    days = f"{found.asked.first.isoformat()}-{found.asked.last.isoformat()}"
    return made_file(annex, form, f"khai-bao-y-te-{unit.id.replace(':', '-')}-{days}")


def _notes(found: Figures, living: Mapping[str, Residents], words: tuple[str, str]) -> list[str]:
    form, lang = words
    asked = found.asked
    days = f"{day_words(asked.first, lang)} – {day_words(asked.last, lang)}"
    told = [
        f"{_SOURCE.in_language(lang)} {moment(found.at.astimezone(TZ), lang)}",
        f"{_SPAN.in_language(lang)}: {days}",
    ]
    if asked.form:
        told.append(f"{_FORM.in_language(lang)}: {form or asked.form}")
    if asked.way:
        told.append(f"{_WAY.in_language(lang)}: {WAY_WORDS[Way(asked.way)].in_language(lang)}")
    sources = sorted({f"{one.source}, {day_words(one.on, lang)}" for one in living.values()})
    return [*told, *(f"{_LIVING.in_language(lang)}: {one}" for one in sources)]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: unit, name, numbers."""

    key: str
    name: str
    tally: Tally
    followed: Followed = NOT_FOLLOWED
    living: Residents | None = None

    @property
    def cells(self) -> tuple[Text | Count, ...]:
        """The row as a table has it; an unknown population stays empty."""
        tally, followed = self.tally, self.followed
        counts = (
            *(tally.n, tally.n_people, tally.n_updates, tally.n_ill),
            *(followed.n, followed.n_called, followed.n_waiting, followed.n_late),
        )
        people = Text("") if self.living is None else Count(self.living.n)
        return (Text(self.key), Text(self.name), *(Count(one) for one in counts), people)


def _lines(
    found: Figures, living: Mapping[str, Residents], *, unit: Unit, lang: str
) -> Iterator[_Line]:
    for key in sorted({*found.by_unit, *found.followed_by_unit}):
        tally = found.by_unit.get(key, Tally())
        followed = found.followed_by_unit.get(key, Followed())
        yield _Line(key, registry().unit(key).name, tally, followed, living.get(key))
    if found.elsewhere != Tally():
        yield _Line("", _ELSEWHERE.in_language(lang), found.elsewhere)
    yield _Line(unit.id, _ALL.in_language(lang), found.whole, found.followed, living.get(unit.id))
