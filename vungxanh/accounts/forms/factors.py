"""What is asked when somebody proves who they are, and when second factors are kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vungxanh.accounts.forms.passwords import present_password
from vungxanh.accounts.gateways.passkeys import LONGEST_CREDENTIAL

LONGEST_NAME = 60
ONE_TIME = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class CodeForm(forms.Form):
    """A code of an authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Mã"),
        help_text=_("Mã 6 chữ số của ứng dụng, hoặc một mã dự phòng 8 chữ số."),
        max_length=20,
        widget=forms.TextInput(attrs=ONE_TIME),
        error_messages={"required": _("Nhập mã.")},
    )


class AppForm(forms.Form):
    """The first code of an authenticator app that is being enrolled."""

    code = forms.CharField(
        label=_("Mã ứng dụng đang hiện"),
        help_text=_("6 chữ số, đổi mỗi 30 giây."),
        max_length=20,
        widget=forms.TextInput(attrs=ONE_TIME),
        error_messages={"required": _("Nhập mã ứng dụng đang hiện.")},
    )


class ConfirmForm(forms.Form):
    """The present password, before the first second factor is enrolled."""

    password = present_password(_("Mật khẩu đang dùng"), _("Nhập mật khẩu."), autofocus=True)


class NameForm(forms.Form):
    """The name of a passkey, by which its owner knows the device again."""

    name = forms.CharField(
        label=_("Tên khóa"),
        help_text=_("Để nhận ra thiết bị, ví dụ “Máy tính phòng họp”."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Đặt tên để nhận ra thiết bị.")},
    )


class PasskeyForm(NameForm):
    """A passkey that a device has made, with its name."""

    answer = forms.CharField(
        max_length=LONGEST_CREDENTIAL,
        widget=forms.HiddenInput,
        error_messages={"required": _("Thiết bị chưa tạo khóa.")},
    )
