"""Who is to keep a point."""

from django import forms
from django.utils.translation import gettext_lazy as _


class KeeperForm(forms.Form):
    """A mobile number; officers may write the address of an account too."""

    who = forms.CharField(
        label=_("Số di động của người trực"),
        help_text=_("Người đó thấy điểm ở “Điểm của tôi” khi đã xác thực đúng số này."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
        error_messages={"required": _("Điền ô này."), "max_length": _("Viết gọn hơn.")},
    )


class AnyKeeperForm(KeeperForm):
    """The form of officers."""

    def __init__(self, *args: object, **said: object) -> None:
        super().__init__(*args, **said)  # type: ignore[arg-type]
        field = self.fields["who"]
        field.label = _("Số di động, hoặc thư điện tử của tài khoản trực")
        field.help_text = _(
            "Số: người đã xác thực đúng số này. Tài khoản: có vai trò người trực hoặc chủ điểm."
        )
        field.widget.attrs.pop("inputmode", None)
