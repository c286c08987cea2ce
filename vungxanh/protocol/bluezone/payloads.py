"""What phones with Bluezone advertise, and what an iPhone answers.

An Android phone advertises its identifier. An iPhone advertises a service and its name, and gives
its identifier when one connects and reads a characteristic; in the background it moves the service
to Apple's overflow area, where a bit of a mask stands for it.
"""

import struct
from typing import Final

from vungxanh.protocol import advertising
from vungxanh.protocol.advertising import Structure
from vungxanh.protocol.bluezone.identifiers import ID_BYTES
from vungxanh.protocol.lengths import exactly

SERVICE: Final = 0x4E56
COMPANY: Final = 0x22B5
IOS_SERVICE: Final = "00004e56-73f5-4bc4-a12f-17d1ad07a667"
CHARACTERISTIC: Final = "00004e56-73f5-4bc4-a12f-17d1ad07a689"  # may be read, not written
NAME: Final = b"Bluezone"
_SERVICE: Final = struct.pack("<H", SERVICE)
_COMPANY: Final = struct.pack("<H", COMPANY)
_IOS_SERVICE: Final = bytes.fromhex(IOS_SERVICE.replace("-", ""))[::-1]  # on air the last first
_ANDROID_FLAGS: Final = b"\x02"  # general discoverable, as for connectable legacy advertising
_IOS_FLAGS: Final = b"\x1a"  # general discoverable, LE and BR/EDR at once
_APPLE: Final = b"\x4c\x00"
_OVERFLOW: Final = b"\x01"
_MASK_BYTES: Final = 16
_MASK_BIT: Final = 0x08  # of the mask's first byte: what Apple makes of the service's UUID


def android_advertisement(identifier: bytes) -> bytes:
    """The 23 bytes that an Android phone advertises. Raises `protocol.wrong_length`."""
    content = _COMPANY + exactly(identifier, ID_BYTES, name="bluezone_id")
    return advertising.written(
        Structure(advertising.FLAGS, _ANDROID_FLAGS),
        Structure(advertising.MANUFACTURER, content),
        Structure(advertising.UUIDS_16, _SERVICE),
    )


def identifier_in(payload: bytes) -> bytes | None:
    """The identifier that an Android phone advertised, or nothing; parsed by type, not by place."""
    values = advertising.first_values(payload)
    content = values.get(advertising.MANUFACTURER, b"")
    identifier = content.removeprefix(_COMPANY)
    is_ours = _lists(values.get(advertising.UUIDS_16, b""), _SERVICE)
    if not is_ours or not content.startswith(_COMPANY) or len(identifier) != ID_BYTES:
        return None
    return identifier


def ios_advertisement() -> bytes:
    """The 31 bytes that an iPhone advertises with the app in front; they hold no identifier."""
    return advertising.written(
        Structure(advertising.FLAGS, _IOS_FLAGS),
        Structure(advertising.UUIDS_128, _IOS_SERVICE),
        Structure(advertising.NAME, NAME),
    )


def is_ios(payload: bytes) -> bool:
    """Whether an iPhone with the app advertises: its identifier is read by GATT."""
    listed = advertising.first_values(payload).get(advertising.UUIDS_128, b"")
    return _lists(listed, _IOS_SERVICE)


def ios_background_advertisement() -> bytes:
    """The 24 bytes that an iPhone advertises while its app is in the background."""
    mask = bytes([_MASK_BIT]).ljust(_MASK_BYTES, b"\x00")
    return advertising.written(
        Structure(advertising.FLAGS, _IOS_FLAGS),
        Structure(advertising.MANUFACTURER, _APPLE + _OVERFLOW + mask),
    )


def is_ios_in_background(payload: bytes) -> bool:
    """Whether an iPhone advertises a mask with Bluezone's bit.

    It may be another app's bit: only connecting tells. Bits beside it are other apps' and do not
    matter here, where phones with Bluezone of 2020 wanted them to be zero.
    """
    content = advertising.first_values(payload).get(advertising.MANUFACTURER, b"")
    mask = content.removeprefix(_APPLE + _OVERFLOW)
    return len(mask) == _MASK_BYTES and len(content) > len(mask) and bool(mask[0] & _MASK_BIT)


def identifier_read(value: bytes) -> bytes | None:
    """The identifier that `CHARACTERISTIC` gave, or nothing where it is not 12 bytes long."""
    return value if len(value) == ID_BYTES else None


def _lists(uuids: bytes, wanted: bytes) -> bool:
    n = len(wanted)
    return wanted in (uuids[at : at + n] for at in range(0, len(uuids), n))
