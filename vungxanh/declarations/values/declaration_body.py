"""The body of `POST /api/v1/declarations`, as it comes and as it is answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from vungxanh.checkins.values.scan_body import Bearer
from vungxanh.declarations.values.declared import DUPLICATE, MOST_IN_A_BODY, STORED, Told

BODY_BYTES: Final = 256 * 1024


class SentDeclaration(Struct, frozen=True):
    """One declaration; `at` carries its offset, `point` is the code of the door it is made at."""

    id: UUID
    questionnaire: Annotated[str, Meta(max_length=24)]
    version: Annotated[int, Meta(ge=1, le=9999)]
    answers: Annotated[dict[str, Any], Meta(max_length=200)]
    at: Annotated[datetime, Meta(tz=True)]
    lang: Literal["vi", "en", "zh"] = "vi"
    subject: Bearer = Bearer()
    point: Annotated[str, Meta(max_length=40)] = ""


class SentDeclarations(Struct, frozen=True):
    """What a phone sends at once."""

    declarations: Annotated[list[SentDeclaration], Meta(max_length=MOST_IN_A_BODY)]


class FaultTold(Struct, frozen=True):
    """What is wrong with the answer to one question."""

    question: str
    code: str


class RefusedDeclaration(Struct, frozen=True):
    """A declaration that is not kept, and why; `in_use` is the version to take instead."""

    id: UUID
    code: str
    faults: list[FaultTold]
    in_use: int | None = None


class OutcomeTold(Struct, frozen=True):
    """What the rules said of a declaration that is kept; `advice` names texts."""

    id: UUID
    colour: str
    advice: Sequence[str]
    until: datetime
    ill: bool


class DeclarationsTold(Struct, frozen=True):
    """What became of a body: durable when told."""

    stored: int
    duplicate: int
    refused: list[RefusedDeclaration]
    outcomes: list[OutcomeTold]


def answer_to(told: Sequence[Told]) -> DeclarationsTold:
    """The answer to a body."""
    outcomes = [one.outcome for one in told]
    refused = [
        RefusedDeclaration(
            one.id, one.outcome, [FaultTold(*said) for said in one.faults], one.in_use
        )
        for one in told
        if not one.is_kept
    ]
    kept = [
        OutcomeTold(one.id, one.colour, one.advice, one.until, one.is_ill)
        for one in told
        if one.is_kept and one.until is not None
    ]
    return DeclarationsTold(outcomes.count(STORED), outcomes.count(DUPLICATE), refused, kept)


decoder: Final = msgspec.json.Decoder(SentDeclarations)
encoder: Final = msgspec.json.Encoder()
