"""What the register counts of itself."""

from enum import StrEnum


class Element(StrEnum):
    """`DEVICES` were seen on two different days; `WITH_PHONE` are persons with a proved number."""

    DEVICES = "devices"
    WITH_PHONE = "with_phone"
