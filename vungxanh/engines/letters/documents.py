"""The head of the reading: the fields of `Document` from what the parts said."""

from typing import Final

from vungxanh.engines.letters.dating import partial
from vungxanh.engines.letters.head import Head, NumberLine, type_of_symbol
from vungxanh.engines.letters.identity import Identity
from vungxanh.engines.letters.moments import LetterDay
from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.types import Document, Unit

_OF_2021: Final = "vn-2021"


def document_of(
    head: Head, number: NumberLine | None, *, identity: Identity, known: LetterDay
) -> Document:
    """The document with the place of each field that was written."""
    return Document(
        type=_type(head, number),
        number=full_number(number),
        number_seq=number.seq or None if number else None,
        symbol=_symbol(number),
        parent_agency=identity.parent,
        issuing_agency=identity.issuer,
        agency_evidence=identity.evidence,
        place=head.dated.place.text if head.dated and head.dated.place else None,
        tree=identity.tree,
        province=identity.id_of(identity.province),
        unit=identity.id_of(identity.district or identity.province),
        province_gso_2021=_gso_2021(identity, identity.province),
        district_gso_2021=_gso_2021(identity, identity.district),
        date=known.day.isoformat() if known.day else None,
        date_partial=partial(known),
        date_not_before=_iso(known.not_before),
        date_not_after=_iso(known.not_after),
        date_evidence=known.evidence,
        subject=head.subject.text if head.subject else None,
        urgency=head.urgency,
        spans=_spans(head, number),
    )


def _gso_2021(identity: Identity, unit: Unit | None) -> str | None:
    """The code, where it is one of 2021: codes of both eras look alike."""
    return unit.code if unit and identity.tree == _OF_2021 else None


def full_number(number: NumberLine | None) -> str | None:
    """ "1503/STTTT-CNTT", "30-CT/TU"; None where the clerk left it blank."""
    if number is None or not number.seq:
        return None
    if number.party:
        return f"{number.seq}-{number.party}/{number.symbol}"
    return f"{number.seq}/{number.symbol}"


def _symbol(number: NumberLine | None) -> str | None:
    if number is None:
        return None
    return f"{number.party}/{number.symbol}" if number.party else number.symbol


def _type(head: Head, number: NumberLine | None) -> str:
    """The title's type, else that of the symbol; without either a công văn."""
    named = type_of_symbol(number.party or number.symbol) if number else None
    return head.type or named or "công văn"


def _iso(day: object) -> str | None:
    return str(day) if day else None


def _spans(head: Head, number: NumberLine | None) -> dict[str, Span]:
    parts = {
        "number": number.passage if number else None,
        "date": head.dated.passage if head.dated else None,
        "place": head.dated.place if head.dated else None,
        "subject": head.subject,
        "type": head.title,
        "urgency": head.urgent_words,
        "issuing_agency": head.agencies[-1] if head.agencies else None,
        "parent_agency": head.agencies[-2] if len(head.agencies) > 1 else None,
    }
    return {name: passage.span() for name, passage in parts.items() if passage}
