"""The fields in which passwords are typed: taken as typed, kept out of the page that comes back."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST = 256
HOW = _("Ít nhất 12 ký tự. Một câu ngắn dễ nhớ là tốt nhất.")


def _password(
    label: "StrOrPromise",
    missing: "StrOrPromise",
    attributes: dict[str, object],
    *,
    hint: "StrOrPromise" = "",
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs=attributes),
        error_messages={"required": missing},
    )


def present_password(
    label: "StrOrPromise", missing: "StrOrPromise", **attributes: object
) -> forms.CharField:
    """The password that somebody has; a browser may fill it in."""
    return _password(label, missing, {"autocomplete": "current-password", **attributes})


def new_password(
    label: "StrOrPromise", missing: "StrOrPromise", hint: "StrOrPromise" = ""
) -> forms.CharField:
    """A password that somebody makes up; a browser may offer one and keep it."""
    return _password(label, missing, {"autocomplete": "new-password"}, hint=hint)


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    new = new_password(_("Mật khẩu mới"), _("Nhập mật khẩu mới."), HOW)
    again = new_password(_("Nhập lại mật khẩu mới"), _("Nhập lại mật khẩu mới."))

    def clean_again(self) -> str:
        """Both must be the same."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("Hai lần nhập chưa giống nhau."), code="differs")
        return again
