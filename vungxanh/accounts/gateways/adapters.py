"""How django-allauth works here: no sign-up, no mail, secrets sealed, names in Vietnamese."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from vungxanh.accounts.models import Staff
from vungxanh.accounts.models.factors import opened, sealed
from vungxanh.accounts.rules import first_page

ISSUER = "Vùng Xanh"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by our own page, then the second step; nothing else of the library is reached."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are given by invitation."""
        return False

    def get_login_stages(self) -> list[str]:
        """After the password only the second factor."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The library writes to nobody: mail goes through the outbox."""

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """As `send_mail`."""

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Our pages say what was done in their own words."""

    def post_login(
        self, request: HttpRequest, user: Staff, *, redirect_url: str | None, **_more: object
    ) -> HttpResponse:
        """Where the visitor wanted to go, else the first page of the role."""
        return HttpResponseRedirect(redirect_url or reverse(first_page(user.roles)))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets sealed, and by what names other devices know us and staff."""

    def encrypt(self, text: str) -> str:
        """Seal a secret for the table."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret of the table."""
        return opened(encrypted_text)

    def get_totp_label(self, user: Staff) -> str:
        """What an authenticator app shows under the issuer."""
        return f"{ISSUER}:{user.email}"

    def get_totp_issuer(self) -> str:
        """By what name an authenticator app keeps the codes."""
        return ISSUER

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host that passkeys are made for, by our name."""
        return {**super().get_public_key_credential_rp_entity(), "name": ISSUER}

    def get_public_key_credential_user_entity(self, user: Staff) -> dict[str, object]:
        """Which account a passkey opens, as the device lists it to its owner."""
        return {
            "id": user.pk.hex.encode("ascii"),
            "display_name": user.name,
            "name": user.email,
        }

    def _get_site_name(self) -> str:
        return ISSUER
