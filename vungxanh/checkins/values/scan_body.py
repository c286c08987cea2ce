"""The body of `POST /api/v1/visits`, as it comes and as it is answered."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from vungxanh.checkins.values.scans import MOST_IN_A_BODY, Direction, Means

BODY_BYTES: Final = 64 * 1024
WAYS: Final = {"in": Direction.IN, "out": Direction.OUT}
MEANS: Final = {"scan": Means.SCAN, "keeper": Means.KEEPER, "declared": Means.DECLARED}
SubjectKind = Literal[
    "self", "companion", "vungxanh.person", "vn.person", "vn.cccd", "bhyt", "phone"
]


class Bearer(Struct, frozen=True):
    """Somebody as they were read: what of them, and what it says."""

    kind: SubjectKind = "self"
    value: Annotated[str, Meta(max_length=2000)] = ""


class Subject(Bearer, frozen=True):
    """Whose visit it is; a companion whom a keeper tells of came with the bearer `of`."""

    of: Bearer | None = None


class SentScan(Struct, frozen=True):
    """One reading of a code; `at` carries its offset."""

    id: UUID
    point: Annotated[str, Meta(max_length=40)]
    direction: Literal["in", "out"]
    at: Annotated[datetime, Meta(tz=True)]
    means: Literal["scan", "keeper", "declared"]
    entrance: Annotated[int, Meta(ge=0, le=255)] = 0
    subject: Subject = Subject()


class SentScans(Struct, frozen=True):
    """What a phone sends at once."""

    visits: Annotated[list[SentScan], Meta(max_length=MOST_IN_A_BODY)]


class RefusedScan(Struct, frozen=True):
    """A scan that is not kept, and why."""

    id: UUID
    code: str


class ScansTold(Struct, frozen=True):
    """What became of a body: durable when told."""

    stored: int
    duplicate: int
    refused: list[RefusedScan]


decoder: Final = msgspec.json.Decoder(SentScans)
encoder: Final = msgspec.json.Encoder()
