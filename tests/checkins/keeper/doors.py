"""A keeper's device at its door, and what it seals, as its browser would."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.test import Client

from tests.checkins.intake.calls import id_at
from tests.factories.people import QUY_NHON, Colleague
from vungxanh.accounts.actions import devices
from vungxanh.accounts.rules.devices import Kind
from vungxanh.accounts.values.devices import NewDevice
from vungxanh.checkins.actions.door_keys import keep_door_keys
from vungxanh.checkins.gateways import sealed_visits
from vungxanh.checkins.models import DoorDevice, Point
from vungxanh.checkins.queries.door_keys import door_keys
from vungxanh.checkins.rules.door_keys import bound_to
from vungxanh.core.viewer import SYSTEM

API = "/api/v1/keeper/"
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and JSON."""

    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class Door:
    """A device enrolled for one entrance of a point."""

    point: Point
    device_id: UUID
    token: str

    def get(self, name: str) -> Answer:
        """A call without a body."""
        return self._answer(Client().get(API + name, headers=self._headers()))

    def post(self, name: str, body: Said) -> Answer:
        """A call with one."""
        sent, headers = json.dumps(body), self._headers()
        answer = Client().post(API + name, sent, content_type="application/json", headers=headers)
        return self._answer(answer)

    def sealed(
        self, said: Said, *, code: str = "", of_id: UUID | None = None, said_at: str = ""
    ) -> dict[str, str]:
        """One reading as it is sealed at the time that it names; inside it may say another."""
        at = datetime.fromisoformat(str(said["at"]))
        [key, *_] = door_keys(at)
        scan_id = id_at(at)
        info = bound_to((of_id or scan_id).bytes, code or self.point.code)
        content = dict(said) | ({"at": said_at} if said_at else {})
        box = sealed_visits.sealed(json.dumps(content).encode(), key.public, info)
        return {
            "id": str(scan_id),
            "key": key.id,
            "box": urlsafe_b64encode(box).rstrip(b"=").decode(),
        }

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": "vi"}

    def _answer(self, answer: Any) -> Answer:
        return Answer(answer.status_code, answer.json())


def a_door(point: Point, by: Colleague, at: datetime, entrance: int = 0) -> Door:
    """A device that has just been enrolled."""
    keep_door_keys(by=SYSTEM, at=at)
    new = NewDevice("Máy cổng chính", Kind.PHONE, "points.keep", QUY_NHON)
    link = devices.invite_device(new=new, by=by.viewer, at=at)
    granted = devices.enrol_device(code=link.code, at=at)
    DoorDevice.objects.create(
        device_id=granted.device_id, point=point, entrance=entrance, at=at, by=by.viewer.id
    )
    return Door(point, granted.device_id, granted.token)


def reading(at: datetime, kind: str, value: str, **said: Any) -> dict[str, Any]:
    """Somebody who goes in."""
    subject = {"kind": kind, "value": value}
    return {"direction": "in", "at": at.isoformat(), "entrance": 0, "subject": subject} | said
