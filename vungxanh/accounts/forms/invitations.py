"""What is typed to invite somebody and to take an invitation up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.accounts.forms.staff import RightsForm


class InviteForm(RightsForm):
    """Whom to invite, and what the account will hold."""

    email = forms.EmailField(
        label=_("Email công vụ"),
        max_length=254,
        error_messages={
            "required": _("Nhập email công vụ của người được mời."),
            "invalid": _("Email chưa đúng dạng, ví dụ ten@donvi.gov.vn."),
        },
    )
    field_order = ("email", "roles", "units", "scopes", "ends_on")


class AcceptForm(forms.Form):
    """A name, and a password twice."""

    name = forms.CharField(
        label=_("Họ tên"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
        error_messages={"required": _("Nhập họ tên của bạn.")},
    )
    new = forms.CharField(
        label=_("Mật khẩu"),
        help_text=_("Ít nhất 12 ký tự. Một câu ngắn dễ nhớ là tốt nhất."),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Nhập mật khẩu.")},
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Nhập lại mật khẩu.")},
    )

    def clean_again(self) -> str:
        """Both must be the same."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("Hai lần nhập chưa giống nhau."), code="differs")
        return again
