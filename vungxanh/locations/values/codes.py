"""Codes of an organisation: the tax code with its check digit, addresses of mail and web."""

import re
from typing import Final

from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.refusals import Words

_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_TAX_CODE = re.compile(r"([0-9]{10})(?:-?([0-9]{3}))?")
_EMAIL = re.compile(r"[^\s@<>,;\"']{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}", re.IGNORECASE)
_WEBSITE = re.compile(r"(?:https?://)?((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?:/[^\s<>\"']*)?)", re.I)


def check_digit(nine: str) -> int:
    """The tenth digit of a tax code from the first nine; 10 means that no such code exists.

    Circular 105/2020/TT-BTC, article 5: weights 31, 29, 23, 19, 17, 13, 7, 5, 3; ten less the rest
    of the sum by eleven.

    >>> check_digit("010010910")
    6
    """
    return 10 - sum(w * int(d) for w, d in zip(_WEIGHTS, nine, strict=True)) % 11


def tax_code(text: str) -> str:
    """A tax code in the form kept: ten digits, a branch with "-" and three more; "" for none.

    Nine digits are ten whose first zero a spreadsheet dropped; the check digit must agree all the
    same.

    >>> tax_code(" 0100109106 "), tax_code("0100109106001"), tax_code("100109106"), tax_code("")
    ('0100109106', '0100109106-001', '0100109106', '')
    """
    written = re.sub(r"[\s.]", "", text)
    written = f"0{written}" if len(written) == 9 else written
    if not written:
        return ""
    found = _TAX_CODE.fullmatch(written)
    if found is None or check_digit(found[1][:9]) != int(found[1][9]):
        raise _wrong_tax_code(written)
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


def email(text: str) -> str:
    """The office's address of mail in small letters; "" for none."""
    written = text.strip().lower()
    if written and (_EMAIL.fullmatch(written) is None or len(written) > 120):
        raise OrganisationError(
            "locations.email_impossible",
            Words(
                f"“{written[:40]}” không phải địa chỉ thư điện tử. Viết như vanthu@syt.example.",
                f"“{written[:40]}” is no e-mail address. Write it like office@health.example.",
            ),
            field="email",
        )
    return written


def website(text: str) -> str:
    """The office's page with https:// before it unless http:// was written; "" for none."""
    written = text.strip()
    if not written:
        return ""
    found = _WEBSITE.fullmatch(written)
    if found is None or len(written) > 190:
        raise OrganisationError(
            "locations.website_impossible",
            Words(
                f"“{written[:40]}” không phải địa chỉ trang web. Viết như https://syt.example.",
                f"“{written[:40]}” is no web address. Write it like https://health.example.",
            ),
            field="website",
        )
    return written if written.lower().startswith("http") else f"https://{found[1]}"


def _wrong_tax_code(written: str) -> OrganisationError:
    return OrganisationError(
        "locations.tax_code_wrong",
        Words(
            f"Mã số thuế “{written[:20]}” sai: cần 10 chữ số (chi nhánh thêm 3) và chữ số kiểm tra "
            "đúng. So lại với giấy chứng nhận; để trống nếu không rõ.",
            f"Tax code “{written[:20]}” is wrong: 10 digits (a branch has 3 more) with a right "
            "check digit. Compare the certificate; leave it empty if unknown.",
        ),
        field="tax_code",
    )
