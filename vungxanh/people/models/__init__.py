"""Tables of the register of persons."""

from vungxanh.people.models.counts import LiveCount
from vungxanh.people.models.devices import TOKENS, Device
from vungxanh.people.models.documents import (
    DOCUMENTS,
    NATIONAL_CODES,
    Document,
    NationalCode,
    PrintedCard,
    UsedCode,
)
from vungxanh.people.models.door_proofs import DOOR_PROVED, DoorProof
from vungxanh.people.models.looking import LookUpTimes
from vungxanh.people.models.persons import Person, SearchToken
from vungxanh.people.models.phones import PHONES, Phone, PhoneProof
from vungxanh.people.models.rights import (
    Consent,
    ErasureProof,
    PersonRequest,
    ProcessingBasis,
    PurgeProof,
)
from vungxanh.people.models.standing import Card, Standing

__all__ = [
    "DOCUMENTS",
    "DOOR_PROVED",
    "NATIONAL_CODES",
    "PHONES",
    "TOKENS",
    "Card",
    "Consent",
    "Device",
    "Document",
    "DoorProof",
    "ErasureProof",
    "LiveCount",
    "LookUpTimes",
    "NationalCode",
    "Person",
    "PersonRequest",
    "Phone",
    "PhoneProof",
    "PrintedCard",
    "ProcessingBasis",
    "PurgeProof",
    "SearchToken",
    "Standing",
    "UsedCode",
]
