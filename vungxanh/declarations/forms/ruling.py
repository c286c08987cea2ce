"""What officers type to change one rule from a day, or bring as a file."""

import json
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from vungxanh.declarations.actions import ruling_refusals as refused
from vungxanh.declarations.actions.ruling import Override
from vungxanh.declarations.values.rule_words import FACT_WORDS
from vungxanh.declarations.values.ruling import MOST_FILE_BYTES
from vungxanh.engines.decisions import COLOURS, Colour, Rule, RuleSet
from vungxanh.engines.decisions.bounds import bounds_of
from vungxanh.engines.decisions.types import NUMBERS, Op
from vungxanh.people.values.standing import COLOUR_WORDS
from vungxanh.people.values.standing import Colour as CardColour

DAY = ["%d/%m/%Y", "%Y-%m-%d"]
_EMPTY = {"required": _("Điền ô này.")}
_BAD_DAY = _("Chưa hiểu ngày này. Viết ngày/tháng/năm, ví dụ 31/12/2027.")


def _day() -> forms.DateField:
    return forms.DateField(
        label=_("Dùng từ ngày"),
        input_formats=DAY,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _BAD_DAY, **_EMPTY},
    )


class OverrideForm(forms.Form):
    """One rule otherwise: colour, advice, the numbers of its condition, why, from when."""

    colour = forms.ChoiceField(label=_("Màu"), required=False)
    advice = forms.MultipleChoiceField(
        label=_("Lời dặn"), required=False, widget=forms.CheckboxSelectMultiple
    )
    vi = forms.CharField(
        label=_("Vì sao (tiếng Việt)"),
        max_length=300,
        help_text=_("Người dân đọc câu này khi hỏi vì sao thẻ có màu đó."),
        error_messages=_EMPTY,
    )
    en = forms.CharField(label=_("Vì sao (tiếng Anh)"), max_length=300, required=False)
    starts_on = _day()

    def __init__(
        self, *args: Any, rule: Rule, rules: RuleSet, language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self._choices(rules, language)
        self.bounds: list[str] = []
        for number, leaf in enumerate(bounds_of(rule.when)):
            name = f"bound_{number}"
            low, high = NUMBERS[leaf.fact]
            label = FACT_WORDS[leaf.fact].in_language(language)
            sign = {Op.AT_LEAST: "≥", Op.AT_MOST: "≤"}.get(leaf.op, "=")
            self.fields[name] = forms.IntegerField(
                label=f"{label} {sign}", min_value=low, max_value=high, initial=int(str(leaf.value))
            )
            self.bounds.append(name)
        self.order_fields(["colour", *self.bounds, "advice", "vi", "en", "starts_on"])

    def _choices(self, rules: RuleSet, language: str) -> None:
        colour, advice = self.fields["colour"], self.fields["advice"]
        if isinstance(colour, forms.ChoiceField):
            named = [
                (str(one), COLOUR_WORDS[CardColour(str(one))].in_language(language))
                for one in COLOURS
            ]
            colour.choices = [("", _("Không đổi màu thẻ")), *named]
        if isinstance(advice, forms.MultipleChoiceField):
            advice.choices = [
                (name, texts.get(language, texts["vi"]))
                for name, texts in rules.advice_texts.items()
            ]
        colour.initial = str(self.rule.colour or "")
        advice.initial = list(self.rule.advice)
        self.fields["vi"].initial = self.rule.because["vi"]
        self.fields["en"].initial = self.rule.because.get("en", "")

    def override(self) -> Override:
        """What was typed."""
        said = self.cleaned_data
        because = {"vi": said["vi"]} | ({"en": said["en"]} if said["en"] else {})
        return Override(
            rule=self.rule.id,
            colour=Colour(said["colour"]) if said["colour"] else None,
            advice=self._in_order(said["advice"]),
            bounds=tuple(said[name] for name in self.bounds),
            because=because,
        )

    def _in_order(self, chosen: list[str]) -> tuple[str, ...]:
        """What the rule advised already as it stands there, then what was added."""
        kept = [name for name in self.rule.advice if name in chosen]
        return (*kept, *(name for name in chosen if name not in kept))

    def day(self) -> date:
        """From which day."""
        found: date = self.cleaned_data["starts_on"]
        return found


class FileForm(forms.Form):
    """Rules as a file."""

    file = forms.FileField(
        label=_("Tệp quy tắc (JSON)"),
        help_text=_("Tải bản đang dùng về làm mẫu, sửa rồi nộp. Các ví dụ trong tệp phải đúng."),
        error_messages=_EMPTY,
    )
    starts_on = _day()

    def brought(self) -> object:
        """What the file says; refused where it is no JSON or too large."""
        sent: UploadedFile = self.cleaned_data["file"]
        if (sent.size or 0) > MOST_FILE_BYTES:
            raise refused.bad_file()
        try:
            return json.loads(sent.read().decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise refused.bad_file() from error

    def day(self) -> date:
        """From which day."""
        found: date = self.cleaned_data["starts_on"]
        return found
