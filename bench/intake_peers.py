"""What intake is measured beside: check-ins taken as one writes it first with Django.

`check_in` is a synchronous view, `check_in_with_ninja` an asynchronous call of Django Ninja. Both
ask for the device of the token and for the point, check with the rules of intake, and create a
row, which is on the disk when they answer.
"""

import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from django.db import IntegrityError
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, URLResolver, path
from ninja import Field, NinjaAPI, Schema
from ninja.security import HttpBearer
from pydantic import UUID7, AwareDatetime, ValidationError

from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.scans import (
    MOST_IN_A_BODY,
    SCANS_KEPT_DAYS,
    Direction,
    Means,
    Refusal,
    ScanFlag,
)
from vungxanh.core import clock
from vungxanh.core.ids import made_at
from vungxanh.people.models import TOKENS, Device
from vungxanh.people.rules.devices import SILENT_FOR, parsed_token

DEVICE: Final = ("pk", "person_id", "token_digest", "last_seen_at")
CLOSED: Final = (State.SUSPENDED, State.CLOSED)
APART: Final = timedelta(minutes=10)
OLDEST, AHEAD = timedelta(days=SCANS_KEPT_DAYS), timedelta(days=1)
NOBODY: Final = UUID(int=0)
DeviceRow = tuple[Any, int, bytes, datetime]
PointRow = tuple[int, str]


class Visit(Schema):
    """One reading of a code."""

    id: UUID7
    point: str = Field(max_length=9)
    entrance: int = Field(0, ge=0, le=255)
    direction: Literal["in", "out"]
    at: AwareDatetime
    means: Literal["scan", "keeper", "declared"]


class Body(Schema):
    """What is sent at once."""

    visits: list[Visit] = Field(min_length=1, max_length=MOST_IN_A_BODY)


@dataclass(slots=True)
class Told:
    """What became of the readings of one body."""

    stored: int = 0
    duplicate: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)

    def refuse(self, visit: Visit, code: str) -> None:
        """Say that one is not kept."""
        self.refused.append({"id": str(visit.id), "code": code})

    def answer(self) -> dict[str, Any]:
        """The body of the answer."""
        return {"stored": self.stored, "duplicate": self.duplicate, "refused": self.refused}


def check_in(request: HttpRequest) -> JsonResponse:
    """Take visits, one after the other."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    found = Device.objects.filter(pk=parsed_token(token) or NOBODY, ended_at=None)
    device = found.values_list(*DEVICE).first()
    if device is None or not _opens(device, token):
        return JsonResponse({"code": "token"}, status=401)
    try:
        body = Body.model_validate_json(request.body)
    except ValidationError:
        return JsonResponse({"code": "form"}, status=400)
    now, told = clock.now(), Told()
    for visit in body.visits:
        _store(visit, device, now, told)
    return JsonResponse(told.answer())


def _store(visit: Visit, device: DeviceRow, now: datetime, told: Told) -> None:
    point = Point.objects.filter(code=visit.point).values_list("pk", "state").first()
    refusal = Refusal.POINT_UNKNOWN if point is None else _refusal(visit, now)
    if point is None or refusal is not None:
        told.refuse(visit, refusal or "")
        return
    row = _row(visit, device, point, now)
    try:
        Scan.objects.create(**row, received_at=now)
    except IntegrityError:
        _tell_known(visit, is_same=Scan.objects.filter(**row).exists(), told=told)
    else:
        told.stored += 1


class Bearer(HttpBearer):
    """The token of a citizen's device."""

    async def authenticate(self, request: HttpRequest, token: str) -> DeviceRow | None:
        """The device, where the token opens."""
        found = Device.objects.filter(pk=parsed_token(token) or NOBODY, ended_at=None)
        device = await found.values_list(*DEVICE).afirst()
        return device if device is not None and _opens(device, token) else None


api = NinjaAPI(auth=Bearer(), docs_url=None, openapi_url=None)


@api.post("/visits")
async def check_in_with_ninja(request: HttpRequest, body: Body) -> dict[str, Any]:
    """Take visits, one after the other."""
    device: DeviceRow = vars(request)["auth"]
    now, told = clock.now(), Told()
    for visit in body.visits:
        await _store_async(visit, device, now, told)
    return told.answer()


async def _store_async(visit: Visit, device: DeviceRow, now: datetime, told: Told) -> None:
    point = await Point.objects.filter(code=visit.point).values_list("pk", "state").afirst()
    refusal = Refusal.POINT_UNKNOWN if point is None else _refusal(visit, now)
    if point is None or refusal is not None:
        told.refuse(visit, refusal or "")
        return
    row = _row(visit, device, point, now)
    try:
        await Scan.objects.acreate(**row, received_at=now)
    except IntegrityError:
        _tell_known(visit, is_same=await Scan.objects.filter(**row).aexists(), told=told)
    else:
        told.stored += 1


def _opens(device: DeviceRow, token: str) -> bool:
    _, person_id, digest, seen_at = device
    is_heard_of = person_id is not None and clock.now() - seen_at <= SILENT_FOR
    return is_heard_of and hmac.compare_digest(bytes(digest), TOKENS.digest(token))


def _refusal(visit: Visit, now: datetime) -> Refusal | None:
    if abs(made_at(visit.id) - visit.at) > APART:
        return Refusal.ID_TIME_MISMATCH
    return None if -AHEAD <= now - visit.at <= OLDEST else Refusal.TIME_OUT_OF_RANGE


def _row(visit: Visit, device: DeviceRow, point: PointRow, now: datetime) -> dict[str, Any]:
    point_id, state = point
    flags = ScanFlag.LATE if now - visit.at > timedelta(hours=24) else ScanFlag(0)
    if visit.at - now > APART:
        flags |= ScanFlag.AHEAD
    if state in CLOSED:
        flags |= ScanFlag.POINT_CLOSED
    return {
        "id": visit.id,
        "person_id": device[1],
        "point_id": point_id,
        "entrance": visit.entrance,
        "direction": Direction[visit.direction.upper()],
        "means": Means[visit.means.upper()],
        "at": visit.at,
        "device_id": device[0],
        "flags": flags,
    }


def _tell_known(visit: Visit, *, is_same: bool, told: Told) -> None:
    if is_same:
        told.duplicate += 1
    else:
        told.refuse(visit, Refusal.ID_REUSED)


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/visits", check_in),
    path("ninja/", api.urls),
]
