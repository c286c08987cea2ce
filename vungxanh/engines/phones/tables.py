"""Ranges of telephone numbers: who was given a prefix, what became of old ones, area codes."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from vungxanh.engines.phones.types import Issuer

COUNTRY: Final = "84"
AS_OF: Final = date(2026, 11, 21)
"""The day on which the tables were compared with their sources."""

# Assignments by the number plan (Circular 22/2014/TT-BTTTT and changes), as vn-ident 0.1.0 (MIT)
# prints them. 055 and 087 belong to operators without an own network: 055 as Google's
# libphonenumber 9.0.43 names it (Reddi, now Wintel), 087 as operators announce it (iTel, 2019).
_GIVEN: Final[Mapping[Issuer, str]] = {
    Issuer.VIETTEL: "032 033 034 035 036 037 038 039 086 096 097 098",
    Issuer.VINAPHONE: "081 082 083 084 085 088 091 094",
    Issuer.MOBIFONE: "070 076 077 078 079 089 090 093",
    Issuer.VIETNAMOBILE: "052 056 058 092",
    Issuer.GMOBILE: "059 099",
    Issuer.ITEL: "087",
    Issuer.WINTEL: "055",
}
ISSUED: Final[Mapping[str, Issuer]] = {
    prefix: issuer for issuer, prefixes in _GIVEN.items() for prefix in prefixes.split()
}
"""The operator that was given each prefix of three digits; a number may have moved since."""

PORTING_SINCE: Final = date(2018, 11, 16)
"""Since this day a mobile number may be taken along to another operator."""

BECAME: Final[Mapping[str, str]] = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
"""Mobile prefixes of eleven digits and what they became from 15/9/2018; seven digits stayed."""

ELEVEN_CLOSED_ON: Final = date(2019, 6, 30)
"""The last day on which a number of eleven digits could be reached."""

_AREAS: Final = (
    "203 204 205 206 207 208 209 210 211 212 213 214 215 216 218 219 220 221 222 225 226 227 228 "
    "229 232 233 234 235 236 237 238 239 251 252 254 255 256 257 258 259 260 261 262 263 269 270 "
    "271 272 273 274 275 276 277 290 291 292 293 294 296 297 299"
)
# Hà Nội (24) and TP. Hồ Chí Minh (28) have area codes of two digits and subscribers of eight.
_CITIES: Final = "242 243 244 245 246 247 248 282 283 284 285 286 287 288 289"
AREAS: Final = frozenset(f"{_AREAS} {_CITIES}".split())
"""First three digits of landlines after the 0, since 17/6/2017 (Decision 2036/QĐ-BTTTT)."""

SERVICE: Final = re.compile(r"1[89]00[0-9]{4,6}")
"""Numbers of services, dialled without 0 and inside the country only."""
