"""The sheet of components and states: every partial, once, with figures of 26 May 2021."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungxanh.core.drawings.compare import Bar

SMARTPHONES = 15930  # of Vĩnh Thạnh district
LEVELS = (1, 2, 3, 4)
# Every Vietnamese vowel whose marks need room above and below.
LETTERS = "Ắ Ằ Ẳ Ẵ Ặ ế ề ể ễ ệ ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ứ ừ ử ữ ự ỳ ỵ Đ đ"
LINES_UP = (1111117, 975878, 202379, 1487817)


@dataclass(frozen=True, slots=True)
class SampleMark:
    """A status chip."""

    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class SampleFigure:
    """A share with its pedigree."""

    label: str
    kind: str
    value: Decimal
    numerator: int
    base: int
    base_word: str
    lines: tuple[str, ...]


class SampleForm(forms.Form):
    """Two fields, the second refused."""

    unit = forms.ChoiceField(
        label=gettext_lazy("Đơn vị"),
        choices=[("vn-2021:546", gettext_lazy("Huyện Vĩnh Thạnh"))],
    )
    users = forms.IntegerField(
        label=gettext_lazy("Số Bluezoner có số điện thoại"),
        help_text=gettext_lazy("Số nguyên, ví dụ 3.302"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "vx-num"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_users(self) -> int:
        """Refuse more users than phones, as the check of a table does."""
        users = int(self.cleaned_data["users"])
        if users > SMARTPHONES:
            message = _("33.020 lớn hơn 15.930 smartphone. Kiểm tra lại, có thể thừa số 0.")
            raise forms.ValidationError(message)
        return users


def sample() -> dict[str, object]:
    """The finished context of the sheet."""
    return {
        "marks": marks(),
        "levels": list(zip(LEVELS, level_words(), strict=True)),
        "figure": figure(),
        "bars": (
            Bar(_("Thân công văn nêu"), 973075, "claim"),
            Bar(_("Smartphone, cộng phụ lục"), 967412, "base"),
            Bar(_("Bluezoner, cộng phụ lục"), 202379),
        ),
        "figures": LINES_UP,
        "letters": LETTERS,
        "form": SampleForm({"unit": "vn-2021:546", "users": "33020"}),
    }


def marks() -> tuple[SampleMark, ...]:
    """One chip of each tone."""
    return (
        SampleMark("ok", _("đạt")),
        SampleMark("warn", _("cần xem")),
        SampleMark("bad", _("sai lệch")),
        SampleMark("info", _("đang làm")),
        SampleMark("none", _("chưa có")),
    )


def level_words() -> tuple[str, ...]:
    """The four levels of Resolution 128/NQ-CP, always with their numeral."""
    return (_("thấp"), _("trung bình"), _("cao"), _("rất cao"))


def figure() -> SampleFigure:
    """One figure with everything that belongs to it."""
    return SampleFigure(
        _("Tỷ lệ trên dân số"),
        "share",
        Decimal("13.60"),
        202379,
        1487817,
        _("người"),
        (_("Đến 26/5/2021"), _("Mẫu số: dân số năm 2019")),
    )
