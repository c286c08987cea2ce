"""Rules that countries used, each with where its numbers stand."""

from decimal import Decimal
from typing import Final

from vungxanh.engines.risk.parameters import KeyMapping
from vungxanh.engines.risk.rules import Counting, Rule, Span, TransmissionValues
from vungxanh.engines.risk.types import Infectiousness, ReportType
from vungxanh.refusals import Words

_FULL, _HALF, _NONE = Decimal(1), Decimal("0.5"), Decimal(0)

SWISSCOVID_2020: Final = Rule(
    code="swisscovid-2020",
    name=Words("SwissCovid (Thụy Sĩ), 2020", "SwissCovid (Switzerland), 2020"),
    source="DP-3T, Exposure Score Calculation, 27 May 2020; SwissCovid at its start, 2020",
    bounds_db=(50, 55),
    weights=(_FULL, _HALF, _NONE),
    counting=Counting.HELD,
    span=Span.DAY,
    high_minutes=Decimal(15),
    low_minutes=Decimal(15),
    max_age_days=10,
)

CWA_1: Final = Rule(
    code="cwa-1",
    name=Words("Corona-Warn-App (Đức) 1.0, 2020", "Corona-Warn-App (Germany) 1.0, 2020"),
    source="corona-warn-app/cwa-documentation, How does the Corona-Warn-App identify an increased"
    " risk, 2020",
    bounds_db=(55, 63),
    weights=(_FULL, _HALF, _NONE),
    counting=Counting.HELD,
    span=Span.ALL,
    high_minutes=Decimal(15),
    low_minutes=Decimal(15),
    max_age_days=14,
)

# The German server wrote 1 (standard) or 2 (high) into the days since onset.
CWA_MAPPING: Final = KeyMapping(
    infectiousness=(
        *(Infectiousness.NONE for _ in range(-14, 1)),
        Infectiousness.STANDARD,
        Infectiousness.HIGH,
        *(Infectiousness.NONE for _ in range(3, 15)),
    ),
    infectiousness_when_missing=Infectiousness.NONE,
    report_type_when_missing=ReportType.CONFIRMED_TEST,
)

CWA_1_15: Final = Rule(
    code="cwa-1.15",
    name=Words("Corona-Warn-App (Đức) từ 1.15, 2021", "Corona-Warn-App (Germany) from 1.15, 2021"),
    source="corona-warn-app/cwa-server c61d55f, risk-calculation-parameters-1.15.yaml,"
    " trl-value-mapping-1.15.yaml, diagnosis-keys-data-mapping.yaml",
    bounds_db=(63, 73, 79),
    weights=(Decimal("0.8"), Decimal("1.0"), Decimal("0.1"), _NONE),
    counting=Counting.SCANS,
    span=Span.DAY,
    high_minutes=Decimal(9),
    low_minutes=Decimal(5),
    max_age_days=10,
    mapping=CWA_MAPPING,
    transmission=TransmissionValues(
        values=tuple(Decimal(v) for v in ("0", "0", "0.6", "0.8", "1.0", "1.2", "1.4", "1.6")),
        offsets=(
            (ReportType.RECURSIVE, 0),
            (ReportType.SELF_REPORT, 2),
            (ReportType.CLINICAL_DIAGNOSIS, 4),
            (ReportType.CONFIRMED_TEST, 6),
        ),
    ),
)

DEPLOYED: Final = {rule.code: rule for rule in (SWISSCOVID_2020, CWA_1, CWA_1_15)}
