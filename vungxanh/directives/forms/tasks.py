"""Corrections of an order: its deadline alone, or all of it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.core.clock import TZ
from vungxanh.directives.forms.typed import Names, Typed, Words, typed_day, typed_number, typed_time
from vungxanh.directives.rules import DATED, Wire, moment_of
from vungxanh.documents import vietnamese

TYPES = (
    ("none", _("không ghi hạn")),
    ("before", _("trước (không gồm ngày, giờ đó)")),
    ("by", _("chậm nhất (gồm ngày, giờ đó)")),
    ("until", _("từ … đến hết ngày")),
    ("recurring", _("lặp lại")),
    ("immediate", _("làm ngay")),
    ("unspecified", _("theo quy định")),
)
RHYTHMS = (
    ("", "–"),
    ("daily", _("hằng ngày")),
    ("periodic", _("định kỳ")),
    ("continuous", _("thường xuyên")),
)
MODALITIES = ("đề nghị", "yêu cầu", "phải", "giao", "khuyến nghị")
DAY_MISSING = _("Hạn này cần có ngày. Ví dụ 31/8/2020.")
RHYTHM_MISSING = _("Chọn nhịp: hằng ngày, định kỳ hay thường xuyên.")
ENDS_BEFORE = _("Ngày cuối đứng trước ngày đầu. Xem lại hai ngày.")


class DeadlineForm(forms.Form):
    """By when, as people type it. `version` is the item as the officer saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    deadline_type = forms.ChoiceField(label=_("Loại hạn"), choices=TYPES)
    day = Typed(typed_day, label=_("Ngày"))
    time = Typed(typed_time, label=_("Giờ"))
    freq = forms.ChoiceField(label=_("Nhịp"), choices=RHYTHMS, required=False)
    min_times = Words(_("Ít nhất, lần"), most=60)
    start = Typed(typed_day, label=_("Từ ngày"))
    until = Typed(typed_day, label=_("Đến hết ngày"))

    DEADLINE = ("deadline_type", "day", "time", "freq", "min_times", "start", "until")

    @classmethod
    def initial_of(cls, value: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields show of an order."""
        said = value.get("deadline") or {}
        rhythm = said.get("recurrence") or {}
        at = moment_of(said.get("value"))
        here = at.astimezone(TZ) if at else None
        has_time = here is not None and f"{here:%H:%M}" not in {"00:00", "23:59"}
        return {
            "deadline_type": said.get("type") or "none",
            "day": _shown(said.get("value")),
            "time": rhythm.get("before_time") or (f"{here:%H:%M}" if has_time else ""),
            "freq": rhythm.get("freq") or "",
            "min_times": rhythm.get("min_times") or "",
            "start": _shown(said.get("start")),
            "until": _shown(rhythm.get("until")),
        }

    def clean(self) -> dict[str, Any]:
        """Each kind of deadline has what it needs, and its days are in order."""
        said = super().clean() or {}
        kind = said.get("deadline_type")
        if kind in DATED and not said.get("day") and "day" not in self.errors:
            self.add_error("day", DAY_MISSING)
        if kind == "recurring" and not said.get("freq"):
            self.add_error("freq", RHYTHM_MISSING)
        last = said.get("day") if kind == "until" else said.get("until")
        if said.get("start") and last and last < said["start"]:
            self.add_error("day" if kind == "until" else "until", ENDS_BEFORE)
        return said

    def value(self, old: Wire) -> Wire:
        """The order with the deadline as typed; the letter's own words stay beside it."""
        before = old.get("deadline") or {}
        if self._says_the_same(old):
            return old
        kept = {name: before.get(name) for name in ("text", "span")}
        return {**old, "deadline": {**_deadline(self.cleaned_data), **kept}}

    def _says_the_same(self, old: Wire) -> bool:
        shown = self.__class__(data={"version": "0", **DeadlineForm.initial_of(old)})
        names = DeadlineForm.DEADLINE
        shown.full_clean()
        return all(shown.cleaned_data.get(n) == self.cleaned_data.get(n) for n in names)

    @property
    def deadline_fields(self) -> list[forms.BoundField]:
        """The fields of the deadline, in one row."""
        return [self[name] for name in DeadlineForm.DEADLINE]

    @property
    def quick_fields(self) -> list[forms.BoundField]:
        """What is asked where only the deadline is doubtful: what its kind needs."""
        is_rhythm = self["deadline_type"].value() == "recurring"
        names = (
            ("time", "freq", "start", "until") if is_rhythm else ("deadline_type", "day", "time")
        )
        return [self[name] for name in names]

    @property
    def quiet_fields(self) -> list[forms.BoundField]:
        """The other fields of the deadline, sent along unseen."""
        shown = {field.name for field in self.quick_fields}
        return [self[name] for name in DeadlineForm.DEADLINE if name not in shown]


class TaskForm(DeadlineForm):
    """An order: who, what, how much, where to."""

    action = Words(_("Việc"), most=4000, rows=3, required=True)
    assignee = Names(_("Ai làm, mỗi dòng một nơi"))
    target_value = Typed(typed_number, label=_("Chỉ tiêu"))
    target_unit = Words(_("Đơn vị tính"), most=60)
    target_of = Words(_("Trên mẫu số nào"), most=300)
    deliver_to = Words(_("Gửi tới"), most=300)
    form = Words(_("Biểu mẫu"), most=200)
    modality = forms.ChoiceField(label=_("Mức yêu cầu"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        said = str(self.initial.get("modality") or (self.data.get("modality") or ""))
        names = list(dict.fromkeys([*MODALITIES, said])) if said else list(MODALITIES)
        choices = [("", "–"), *((name, name) for name in names)]
        self.fields["modality"] = forms.ChoiceField(
            label=_("Mức yêu cầu"), choices=choices, required=False
        )

    @classmethod
    def initial_of(cls, value: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields show of an order."""
        target = value.get("target") or {}
        return {
            **super().initial_of(value),
            "action": value.get("action"),
            "assignee": list(value.get("assignee") or ()),
            "target_value": _number(target.get("value")),
            "target_unit": target.get("unit"),
            "target_of": target.get("of"),
            **{name: value.get(name) for name in ("deliver_to", "form", "modality")},
        }

    def value(self, old: Wire) -> Wire:
        """The order as typed."""
        said = self.cleaned_data
        whole = super().value(old)
        plain = {name: said[name] for name in ("action", "assignee")}
        optional = {name: said[name] or None for name in ("deliver_to", "form", "modality")}
        kept = {name: new for name, new in optional.items() if new or name in old}
        return {**whole, **plain, **kept, "target": self._target(old.get("target"))}

    def _target(self, old: Mapping[str, Any] | None) -> Wire | None:
        said = self.cleaned_data
        if said["target_value"] is None:
            return None
        parts = {"value": "target_value", "unit": "target_unit", "of": "target_of"}
        before = dict(old or {"operator": None, "text": None, "span": None})
        return {**before, **{name: said[field] for name, field in parts.items()}}

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What is asked beside the deadline, in wide fields."""
        return [self["action"], self["assignee"]]

    @property
    def paired_fields(self) -> list[forms.BoundField]:
        """Short fields, several in a row."""
        names = ("target_value", "target_unit", "target_of", "deliver_to", "form", "modality")
        return [self[name] for name in names]


def _deadline(said: Mapping[str, Any]) -> Wire:
    kind = said["deadline_type"]
    empty: Wire = {"type": kind, "value": None, "exclusive": None, "start": None}
    start = said["start"].isoformat() if said["start"] else None
    if kind == "recurring":
        return {**empty, "start": start, "recurrence": _recurrence(said)}
    if kind not in DATED:
        return {**empty, "recurrence": None}
    is_before = kind == "before"
    return {
        **empty,
        "value": _moment(said["day"], said["time"], is_end=not is_before),
        "exclusive": True if is_before else None,
        "start": start if kind == "until" else None,
        "recurrence": None,
    }


def _recurrence(said: Mapping[str, Any]) -> Wire:
    times = said["min_times"]
    return {
        "freq": said["freq"],
        "before_time": said["time"],
        "min_times": int(times) if times and times.isdigit() else times,
        "until": _moment(said["until"], None, is_end=True) if said["until"] else None,
    }


def _moment(day: date, time: str | None, *, is_end: bool) -> str:
    written = time or ("23:59:59" if is_end else "00:00")
    return datetime.fromisoformat(f"{day.isoformat()}T{written}").replace(tzinfo=TZ).isoformat()


def _shown(text: object) -> str:
    """A day as people type it."""
    found = moment_of(text)
    return vietnamese.date(found.astimezone(TZ).date()) if found else ""


def _number(value: object) -> str:
    if not isinstance(value, int | float):
        return ""
    return str(value).replace(".", ",") if isinstance(value, float) else vietnamese.count(value)
