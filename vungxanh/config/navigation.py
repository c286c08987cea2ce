"""The console's way around: URL name, label and the capability that opens it."""

from django.utils.translation import gettext_lazy as _

NAVIGATION = [
    ("audit-log", _("Nhật ký"), "audit.view"),
]
