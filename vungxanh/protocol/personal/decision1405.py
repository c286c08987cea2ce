"""The national personal QR of 2021: `SoGiayTo|HoTen|NgaySinh|LoaiDinhDanh|QID|EXT`.

Source: Decision 1405/QĐ-BTTTT of 11/9/2021, version 1.1, as public pages print it: the number of
the paper with its first six characters starred; the name in capitals without marks; the day of
birth as YYYY-MM-DD, day and month starred; 0 declared by oneself, 1 by another; the id that the
national platform gave; extras. The delimiter inside the extras could not be read in any source
(one page shows "<"), so they stay one text.

Nothing here is signed: a code says what somebody wrote. It is read, never opened or looked up.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from vungxanh.protocol.personal import refusals
from vungxanh.protocol.personal.payloads import SEPARATOR, Limits, fields_in, is_hidden, is_name
from vungxanh.protocol.personal.values import PartialDay

LIMITS: Final = Limits(longest=1024, least=4, most=12)
N_HIDDEN: Final = 6
_N_KNOWN: Final = 6
_LONGEST_EXTRA: Final = 512
_NUMBER: Final = re.compile(r"[A-Za-z0-9*]{6,20}")
_QID: Final = re.compile(r"[A-Za-z0-9_.\-]{0,64}")
_DAY: Final = re.compile(r"([0-9]{4})(?:[-/](\*{1,2}|[0-9]{1,2})[-/](\*{1,2}|[0-9]{1,2}))?")


class Declared(IntEnum):
    """Who declared the bearer (`LoaiDinhDanh`)."""

    SELF = 0
    OTHER = 1


@dataclass(frozen=True, slots=True, repr=False)
class PersonalQr:
    """One code; `number` may be starred, `n_more` fields after the sixth were left out."""

    number: str
    name: str
    born: PartialDay
    declared: Declared = Declared.SELF
    qid: str = ""
    ext: str = ""
    n_more: int = 0


def write(code: PersonalQr, *, is_masked: bool = True) -> str:
    """The payload; masked as the decision says unless `is_masked` is False.

    Raises `protocol.personal_field` naming the field. `n_more` is not written.

    >>> write(PersonalQr("052185000001", "Người Mẫu Đỗ", PartialDay(1985, 3, 20), qid="Q1"))
    '******000001|NGUOI MAU DO|1985-**-**|0|Q1|'
    """
    number, born = code.number.upper(), code.born
    if is_masked:
        number, born = "*" * N_HIDDEN + number[N_HIDDEN:], PartialDay(born.year)
    name = plain_name(code.name)
    kept = {
        "SoGiayTo": bool(_NUMBER.fullmatch(code.number)),
        "HoTen": is_name(name) and name.isascii(),
        "NgaySinh": code.born.is_possible,
        "QID": bool(_QID.fullmatch(code.qid)),
        "EXT": _is_extra(code.ext),
    }
    for field, is_kept in kept.items():
        if not is_kept:
            raise refusals.bad_field(field)
    return SEPARATOR.join([number, name, born.starred, str(int(code.declared)), code.qid, code.ext])


def read(text: str) -> PersonalQr:
    """The code in a scanned text; fields after the sixth are left out and counted.

    The name is kept as written; QID and extras may be absent. Raises `protocol.not_personal_qr`.

    >>> found = read("******000001|NGUOI MAU DO|1985-**-**|1|Q1|2<GD4**|later")
    >>> found.number, found.born.year, found.declared.name, found.ext, found.n_more
    ('******000001', 1985, 'OTHER', '2<GD4**', 1)
    """
    fields = fields_in(text, LIMITS, refusals.not_personal_qr)
    number, name, day, declared, qid, ext = [*fields, "", ""][:_N_KNOWN]
    is_whole = (
        _NUMBER.fullmatch(number)
        and is_name(name)
        and declared in {"0", "1"}
        and _QID.fullmatch(qid)
        and _is_extra(ext)
    )
    if not is_whole:
        raise refusals.not_personal_qr()
    return PersonalQr(
        number.upper(),
        name,
        _day(day),
        Declared(int(declared)),
        qid,
        ext,
        n_more=max(0, len(fields) - _N_KNOWN),
    )


def plain_name(name: str) -> str:
    """A name in capitals without marks, with single spaces.

    >>> plain_name("  nguyễn  văn đạt ")
    'NGUYEN VAN DAT'
    """
    marked = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(one for one in marked if not unicodedata.combining(one))
    return " ".join(plain.upper().split())


def _day(text: str) -> PartialDay:
    """Raises `protocol.not_personal_qr`."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise refusals.not_personal_qr()
    month, day = (None if one is None or "*" in one else int(one) for one in found.group(2, 3))
    born = PartialDay(int(found[1]), month, day)
    if not born.is_possible:
        raise refusals.not_personal_qr()
    return born


def _is_extra(text: str) -> bool:
    is_short = len(text) <= _LONGEST_EXTRA
    return (
        is_short and SEPARATOR not in text and "://" not in text and not any(map(is_hidden, text))
    )
