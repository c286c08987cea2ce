"""Bluezone of 2020: keys, identifiers, what phones advertise and answer, what cases give.

Source: the published sources of the app and its white paper, in our own words; vectors from traffic
of the production app in `tests/data/vectors/bluezone.json`.
"""

from vungxanh.protocol.bluezone.case_keys import (
    CaseKey,
    Slot,
    case_keys,
    case_keys_text,
    slots_of,
)
from vungxanh.protocol.bluezone.identifiers import (
    DAY_S,
    ID_BYTES,
    KEY_BYTES,
    PER_DAY,
    daily_key,
    identifiers,
    slot_of,
)
from vungxanh.protocol.bluezone.payloads import (
    CHARACTERISTIC,
    COMPANY,
    IOS_SERVICE,
    NAME,
    SERVICE,
    android_advertisement,
    identifier_in,
    identifier_read,
    ios_advertisement,
    ios_background_advertisement,
    is_ios,
    is_ios_in_background,
)
from vungxanh.protocol.bluezone.uploads import (
    HistoryLine,
    OwnKey,
    history_in,
    history_text,
    own_key,
    own_key_in,
    own_key_text,
)

__all__ = [
    "CHARACTERISTIC",
    "COMPANY",
    "DAY_S",
    "ID_BYTES",
    "IOS_SERVICE",
    "KEY_BYTES",
    "NAME",
    "PER_DAY",
    "SERVICE",
    "CaseKey",
    "HistoryLine",
    "OwnKey",
    "Slot",
    "android_advertisement",
    "case_keys",
    "case_keys_text",
    "daily_key",
    "history_in",
    "history_text",
    "identifier_in",
    "identifier_read",
    "identifiers",
    "ios_advertisement",
    "ios_background_advertisement",
    "is_ios",
    "is_ios_in_background",
    "own_key",
    "own_key_in",
    "own_key_text",
    "slot_of",
    "slots_of",
]
