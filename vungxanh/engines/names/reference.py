"""The slow form: the text against every place, letter by letter, with nothing prepared."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vungxanh.engines.names.types import Found, Kind, Place, Why

_LEVELS = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "quận": ("district",),
    "huyện": ("district",),
    "thị xã": ("district",),
    "phường": ("commune",),
    "xã": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
}
_SHORT = (("tp", "thành phố"), ("t p", "thành phố"), ("tx", "thị xã"), ("t x", "thị xã"))
_SHORT += (("tt", "thị trấn"), ("t t", "thị trấn"))
_LETTER = (("t", "tỉnh"), ("q", "quận"), ("h", "huyện"), ("p", "phường"), ("x", "xã"))
_TONES = "\u0300\u0301\u0303\u0309\u0323"

Marked = list[tuple[str, str]]  # plain letter and the accents of its shape
