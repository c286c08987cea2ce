"""Whose letter it is: agency, number, place and units, inferred with evidence where unwritten."""

import re
from dataclasses import dataclass, replace
from typing import Final

from vungxanh.engines.letters.agencies import SYMBOLS, cased
from vungxanh.engines.letters.head import Head, NumberLine, type_of_symbol
from vungxanh.engines.letters.lines import lines_of
from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.types import Places, Signer, Unit

# "(Kèm theo Công văn số      /STTTT - TTBCXB ngày    /8/2020 của Sở …)"
_BLANK: Final = r"[\s.…_]*"
_ATTACHED: Final = words(
    rf"kèm theo\s+(?P<type>[a-z ]+?)\s+số\s*:?{_BLANK}(?P<seq>\d{{0,5}}){_BLANK}/\s*"
    r"(?P<symbol>[a-z][a-z0-9&.]*"
    rf"(?:\s?[-–]\s?[a-z0-9&.]+)*)(?:\s*,?\s*ng[aà]y{_BLANK}(?:(?P<day>\d{{1,2}})?{_BLANK}/{_BLANK}"
    rf"(?P<month>\d{{1,2}})?{_BLANK}/\s*(?P<year>\d{{4}})|(?P<day2>\d{{0,2}}){_BLANK}tháng{_BLANK}"
    rf"(?P<month2>\d{{0,2}}){_BLANK}năm\s*(?P<year2>\d{{4}})))?"
)
_UNIT: Final = words(
    r"\b(?:(?P<type>tỉnh|thành phố|tp\.?|thị xã|tx\.?|huyện|quận|xã|phường"
    r"|thị trấn)\s+)(?P<name>(?!ủy\s|uỷ\s)[^,;()]+)$"
)
_PARTY: Final = words(r"^(?P<type>tỉnh|thành|huyện|thị|quận)\s+(?:ủy|uỷ)\s+(?P<name>[^,;()]+)$")
_PARTY_UNITS: Final = {"tinh": "tỉnh", "thanh": "thành phố", "huyen": "huyện", "thi": "thị xã"}
_LOCAL: Final = words(r"^(?:sở|phòng|ban|trung tâm|chi cục|đài|bệnh viện|công an|hội|văn phòng)\b")
_PEOPLES: Final = words(r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\b")
_LEVELS: Final = words(r"\b(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)\b")
_SITE: Final = re.compile(r"[\w.-]+\.gov\.vn")
_SHORT_TYPES: Final = {"tp": "thành phố", "tx": "thị xã", "h": "huyện", "q": "quận", "p": "phường"}


@dataclass(frozen=True, slots=True)
class Attached:
    """What an annex says of the letter it belongs to."""

    number: NumberLine
    year: int | None
    month: int | None
    day: int | None


@dataclass(frozen=True, slots=True)
class Identity:
    """The agencies and units of a letter; evidence where they were inferred."""

    parent: str | None = None
    issuer: str | None = None
    evidence: str | None = None
    province: Unit | None = None
    district: Unit | None = None
    tree: str | None = None

    def id_of(self, unit: Unit | None) -> str | None:
        """The id of a unit in the tree that it was found in."""
        return f"{self.tree}:{unit.code}" if unit and self.tree else None

    @property
    def locality(self) -> str | None:
        """The name of the letter's own unit: "Tỉnh Bình Định"."""
        unit = self.district or self.province
        return f"{unit.type_word[:1].upper()}{unit.type_word[1:]} {unit.name}" if unit else None


def attached_in(letter: str, start: int, end: int) -> Attached | None:
    """The number line of an annex; it may stand on two lines."""
    lines = [line for line in lines_of(letter, start, end) if not line.is_blank]
    whole = Passage.of(letter, start, end) if lines else Passage.of("")
    found = _ATTACHED.search(whole.folded)
    if not found:
        return None
    symbol = re.sub(r"\s*([-–])\s*", r"\1", whole.text[found.start("symbol") : found.end("symbol")])
    part = whole.part(found.start("seq"), found.end("symbol"))
    line = NumberLine(found["seq"] or "", symbol, "", part)
    return Attached(line, *(_int(found, name) for name in ("year", "month", "day")))


def _int(found: re.Match[str], name: str) -> int | None:
    text = found[name] or found[f"{name}2"]
    return int(text) if text else None


def identity_of(
    head: Head, number: NumberLine | None, *, around: "Surroundings", places: Places | None
) -> Identity:
    """Agencies from the letterhead, else from symbol, place, signer and addresses."""
    found = _identity(head, number, around=around, places=places)
    return replace(found, tree=places.tree) if places else found


def _identity(
    head: Head, number: NumberLine | None, *, around: "Surroundings", places: Places | None
) -> Identity:
    place = head.dated.place.text if head.dated and head.dated.place else None
    province, district = _units(place, head, places)
    proper = (province.name if province else None) or _without_type(place)
    agencies = [cased(agency.text, proper) for agency in head.agencies]
    if agencies:
        parent = agencies[-2] if len(agencies) > 1 else None
        issuer = _placed(agencies[-1], parent)
        return Identity(parent, issuer, None, province, district)
    return _inferred(number, around, places=places, seen=(place, province, district))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where an agency shows without a letterhead: who asks in the text, sites, the signer."""

    text: str
    signer: Signer


def _placed(issuer: str, parent: str | None) -> str:
    """ "Sở X" of "UBND tỉnh Y" is "Sở X tỉnh Y"."""
    unit = _UNIT.search(Passage.of(parent).folded) if parent else None
    is_local = _LOCAL.match(Passage.of(issuer).folded) and not _UNIT.search(
        Passage.of(issuer).folded
    )
    if not unit or not is_local or parent is None:
        return issuer
    if Passage.of(issuer).folded == "van phong":
        return f"{issuer} {parent}"
    return f"{issuer} {parent[unit.start() :]}"


def _units(place: str | None, head: Head, places: Places | None) -> tuple[Unit | None, Unit | None]:
    """Province and district of the letterhead and of the place of the date."""
    if places is None:
        return None, None
    texts = [text for agency in head.agencies if (text := _unit_text(agency))]
    central = bool(head.agencies) and not texts
    candidates = texts if central or texts else [place] if place else []
    return _found(candidates, places)


def _unit_text(agency: Passage) -> str | None:
    """The unit of an agency's name: "tỉnh X" of UBND tỉnh X, and of Tỉnh ủy X."""
    unit = _UNIT.search(agency.folded)
    if unit:
        return agency.text[unit.start() :].strip()
    party = _PARTY.match(agency.folded)
    if party is None:
        return None
    type_word = _PARTY_UNITS.get(party["type"], "quận")
    return f"{type_word} {agency.text[party.start('name') : party.end('name')]}"


def _found(texts: list[str], places: Places) -> tuple[Unit | None, Unit | None]:
    province = next(filter(None, (places.province(text) for text in texts)), None)
    code = province.code if province else None
    others = (text for text in texts if province is None or places.province(text) is None)
    district = next(filter(None, (places.district(text, code) for text in others)), None)
    if district and province is None and district.parent:
        province = _parent_of(district, places)
    return province, district


def _parent_of(district: Unit, places: Places) -> Unit | None:
    return places.by_code(district.parent) if district.parent else None


def _without_type(place: str | None) -> str | None:
    if place is None:
        return None
    found = words(
        r"^(?:tp\.?|tx\.?|thành phố|thị xã|huyện|tỉnh|quận|phường|xã|h\.|q\.|p\.)\s*"
    ).match(Passage.of(place).folded)
    return place[found.end() :] if found else place


def _inferred(
    number: NumberLine | None,
    around: Surroundings,
    *,
    places: Places | None,
    seen: tuple[str | None, Unit | None, Unit | None],
) -> Identity:
    place, province, district = seen
    site = next(
        (m for m in _SITE.finditer(around.text) if places and places.in_address(m[0])), None
    )
    if province is None and district is None and site and places:
        province = places.in_address(site[0])
    kind = _kind(number)
    if kind is None:
        return Identity(None, None, None, province, district)
    issuer = _issuer(kind, place, unit=district or province)
    proof = [f"ký hiệu {number.symbol}" if number else "", f"nơi ban hành {place}" if place else ""]
    proof += [site[0] if site else "", _signer_proof(around.signer)]
    parent = None
    if (
        not _PEOPLES.match(Passage.of(kind).folded)
        and province
        and _LOCAL.match(Passage.of(kind).folded)
    ):
        parent = f"UBND {province.type_word} {province.name}"
    return Identity(parent, issuer, "suy ra: " + "; ".join(filter(None, proof)), province, district)


def _kind(number: NumberLine | None) -> str | None:
    """The body that the first letters of the symbol stand for, of a named type the last."""
    if number is None:
        return None
    groups = re.split(r"[-–/]", number.symbol)
    own = groups[1] if len(groups) > 1 and type_of_symbol(number.symbol) else groups[0]
    return next((name for pattern, name in SYMBOLS if re.match(pattern, own)), None)


def _issuer(kind: str, place: str | None, *, unit: Unit | None) -> str:
    is_local = _PEOPLES.match(Passage.of(kind).folded) or _LOCAL.match(Passage.of(kind).folded)
    if is_local and unit:
        return f"{kind} {unit.type_word} {unit.name}"
    if is_local and place:
        return f"{kind} {_spelled(place)}"
    return kind


def _spelled(place: str) -> str:
    """ "TP. Bắc Giang" as "thành phố Bắc Giang"."""
    short, dot, name = place.partition(".")
    full = _SHORT_TYPES.get(short.strip().lower())
    return f"{full} {name.strip()}" if dot and full else place


def _signer_proof(signer: Signer) -> str:
    return f"người ký {signer.authority}" if signer.authority else ""
