"""How secrets and names lie in the table of second factors, which belongs to django-allauth."""

from base64 import b64decode, b64encode

from vungxanh.core.sealed import seal_text, unseal_text

PLACE = "mfa_authenticator.data"


def sealed(text: str) -> str:
    """A text sealed for the table, in base64: its column is JSON."""
    return b64encode(seal_text(text, PLACE)).decode("ascii")


def opened(text: str) -> str:
    """Open what `sealed` made."""
    return unseal_text(b64decode(text), PLACE)
