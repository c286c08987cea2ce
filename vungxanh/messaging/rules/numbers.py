"""Telephone numbers as the world writes them (ITU-T E.164), where messages go and come from."""

from vungxanh.engines.phones import BadPhoneError, Kind, read_phone


def e164(text: str) -> str:
    """A number in E.164; one without a country is Vietnam's. Empty where it is no number.

    Numbers of services are dialled inside the country alone and have no such form.

    >>> e164("0912 345 678"), e164("844689393"), e164("+84 912.345.678"), e164("113")
    ('+84912345678', '+84844689393', '+84912345678', '')
    """
    try:
        found = read_phone(text)
    except BadPhoneError:
        return ""
    return "" if found.kind is Kind.SERVICE else found.e164
