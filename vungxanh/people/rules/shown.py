"""What a paper, a card or a number shown at a door says: by what its bearer is known, and who."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from vungxanh.engines.papers import BadPaperError, Kind, Paper, read_paper
from vungxanh.engines.phones import BadPhoneError, read_phone
from vungxanh.engines.phones import Kind as Line
from vungxanh.people.rules.births import read_birth
from vungxanh.protocol.personal import bhyt, cccd, decision1405
from vungxanh.protocol.personal.payloads import SEPARATOR
from vungxanh.protocol.personal.values import PartialDay
from vungxanh.protocol.refusals import ProtocolError


class Sort(StrEnum):
    """By what somebody is known."""

    PAPER = "paper"
    PHONE = "phone"
    NATIONAL = "national"


class Mark(NamedTuple):
    """One thing by which somebody is known, in the form in which it is compared."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """What was read. `marks`: by which of them somebody is known, the surest first."""

    marks: tuple[Mark, ...]
    papers: tuple[Paper, ...] = ()
    phone: str = ""
    national: str = ""
    name: str = ""
    birth: str = ""
    sex: str = ""
    address: str = ""

    @property
    def kept(self) -> tuple[Mark, ...]:
        """The marks under which somebody who is begun with this is found again."""
        papers = [Mark(Sort.PAPER, one.number) for one in self.papers]
        phones = [Mark(Sort.PHONE, self.phone)] if self.phone else []
        return (*papers, *phones, *([_national(self.national)] if self.national else []))


def read_shown(kind: str, value: str, today: date) -> Shown | None:
    """What a text of this kind says; None where it says nothing of the kind.

    >>> today = date(2026, 1, 1)
    >>> read_shown("phone", "0912 345 678", today).marks[0].text
    '+84912345678'
    >>> read_shown("vn.cccd", "052185000001", today).papers[0].kind.value
    'cccd'
    >>> read_shown("vn.cccd", "12", today) is None
    True
    """
    try:
        return _READERS[kind](value, today)
    except (BadPaperError, BadPhoneError, ProtocolError):
        return None


def _card(value: str, today: date) -> Shown:
    if SEPARATOR not in value:
        return _of_paper(read_paper(value, Kind.CCCD))
    card = cccd.read(value)
    papers = (read_paper(card.number, Kind.CCCD), *_papers(card.old_number or ""))
    return Shown(
        tuple(Mark(Sort.PAPER, one.number) for one in papers),
        papers,
        name=card.name,
        birth=_birth(card.born, today),
        sex=card.sex.value,
        address=card.address,
    )


def _insurance(value: str, today: date) -> Shown:
    """A card of ten digits shows the social insurance code with which longer numbers end."""
    number = bhyt.read(value).number if SEPARATOR in value else value
    paper = read_paper(number, Kind.BHYT)
    told = dict.fromkeys((paper.number, paper.social_code or paper.number))
    return Shown(tuple(Mark(Sort.PAPER, one) for one in told), (paper,))


def _decision(value: str, today: date) -> Shown:
    """Known by the number where it is not starred, by the QID, else by the text as a whole.

    The extras are not read: nobody published their form, and ten digits there may be a telephone
    number or an insurance card.
    """
    code = decision1405.read(value)
    papers = tuple(_papers(code.number))
    name = decision1405.plain_name(code.name)
    text = SEPARATOR.join([code.number, name, code.born.starred])
    national = f"qid:{code.qid}" if code.qid else "" if papers else f"text:{text}"
    marks = [Mark(Sort.PAPER, one.number) for one in papers]
    return Shown(
        (*marks, *([_national(national)] if national else [])),
        papers,
        national=national,
        name=name,
        birth=_birth(code.born, today),
    )


def _number(value: str, today: date) -> Shown | None:
    """A number of the hotline or of a service is nobody's."""
    phone = read_phone(value)
    if phone.kind is Line.SERVICE:
        return None
    return Shown((Mark(Sort.PHONE, phone.e164),), phone=phone.e164)


def _of_paper(paper: Paper) -> Shown:
    return Shown((Mark(Sort.PAPER, paper.number),), (paper,))


def _papers(number: str) -> Iterator[Paper]:
    """The paper that a number is of; none for a starred one or one that is no paper's."""
    try:
        yield read_paper(number)
    except BadPaperError:
        return


def _national(text: str) -> Mark:
    return Mark(Sort.NATIONAL, text)


def _birth(born: PartialDay, today: date) -> str:
    """As births are kept: a day where it is told whole, else the year."""
    is_whole = born.month is not None and born.day is not None
    return read_birth(born.starred if is_whole else str(born.year), today) or ""


_READERS: Final[Mapping[str, Callable[[str, date], Shown | None]]] = {
    "vn.person": _decision,
    "vn.cccd": _card,
    "bhyt": _insurance,
    "phone": _number,
}
