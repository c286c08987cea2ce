"""Tables of control points."""

from vungxanh.checkins.models.activity import (
    CountedDay,
    DayActivity,
    PointPattern,
    PointUse,
    UseCount,
)
from vungxanh.checkins.models.codes import PointCode, RevocationList
from vungxanh.checkins.models.counts import PointCount
from vungxanh.checkins.models.declared_first import DeclaredFirst
from vungxanh.checkins.models.door_devices import DoorDevice
from vungxanh.checkins.models.door_keys import DoorKey
from vungxanh.checkins.models.drafts import PointDraft
from vungxanh.checkins.models.inspections import (
    Inspection,
    Photo,
    Reminder,
    SuspensionProposal,
    TamperReport,
)
from vungxanh.checkins.models.keepers import KEEPER_PHONES, PointKeeper
from vungxanh.checkins.models.leaving import AllLeft
from vungxanh.checkins.models.offers import OFFER_PHONES, PointOffer
from vungxanh.checkins.models.pairs import TwoPoints
from vungxanh.checkins.models.points import (
    CONTACT_PHONES,
    Entrance,
    Point,
    PointChange,
    PointImport,
)
from vungxanh.checkins.models.posters import PosterJob
from vungxanh.checkins.models.premises import Premises, PremisesList
from vungxanh.checkins.models.scans import (
    GonePerson,
    Scan,
    StaleDay,
    VisitCorrection,
    VisitNumber,
)

__all__ = [
    "CONTACT_PHONES",
    "KEEPER_PHONES",
    "OFFER_PHONES",
    "AllLeft",
    "CountedDay",
    "DayActivity",
    "DeclaredFirst",
    "DoorDevice",
    "DoorKey",
    "Entrance",
    "GonePerson",
    "Inspection",
    "Photo",
    "Point",
    "PointChange",
    "PointCode",
    "PointCount",
    "PointDraft",
    "PointImport",
    "PointKeeper",
    "PointOffer",
    "PointPattern",
    "PointUse",
    "PosterJob",
    "Premises",
    "PremisesList",
    "Reminder",
    "RevocationList",
    "Scan",
    "StaleDay",
    "SuspensionProposal",
    "TamperReport",
    "TwoPoints",
    "UseCount",
    "VisitCorrection",
    "VisitNumber",
]
