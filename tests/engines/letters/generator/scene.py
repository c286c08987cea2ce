"""Who writes, where, when and about what: drawn first, so that all parts of a letter agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.engines.letters.generator.dice import Dice
from tests.engines.letters.generator.look import Look, draw_look
from tests.engines.letters.generator.tables import places, table

CAMPAIGNS = {"app": 5, "declaration": 3, "qr": 3, "tracing": 2, "quarantine": 2, "teams": 2}
APPS = ["Bluezone", "Bluezone", "Bluzone", "BlueZone"]
MERGED = date(2021, 9, 30)  # the day from which PC-Covid took the place of the other apps
AREAS = {
    "province": "tỉnh",
    "district": "{d}",
    "commune": "{c}",
    "ministry": "cả nước",
    "party": "tỉnh",
    "party_district": "{d}",
}
COUNCILS = {"province": "UBND tỉnh", "district": "UBND {d}"}
DATES = {"full": 6, "month": 2, "year": 2, "none": 1}
THIS = {"công văn": ["công văn này", "văn bản này"], "công điện": ["công điện này"]}
ASKS = {"công văn": ["đề nghị", "đề nghị", "yêu cầu"], "kế hoạch": ["giao", "yêu cầu"]}
SPRING, FIRST = date(2021, 3, 15), date(2020, 8, 10)


@dataclass(frozen=True, slots=True)
class Scene:
    """What every part of one letter must agree on."""

    dice: Dice
    agency: Mapping[str, Any]
    campaign: str
    doc_type: str
    day: date
    date_shown: str
    head: str
    look: Look
    units: Mapping[str, Mapping[str, str]]
    ask: str
    slots: dict[str, str | list[str]]

    @property
    def level(self) -> str:
        """The level of the agency that writes."""
        return str(self.agency["level"])

    def fill(self, text: str, /, **more: str | list[str]) -> str:
        """A text of the tables with the places of this letter filled."""
        return self.dice.fill(text, {**self.slots, **more})

    def line_of(self, name: str, path: str, /, **more: str | list[str]) -> str:
        """One filled text of a list in a table; the path's parts stand apart by dots."""
        found: Any = table(name)
        for key in path.split("."):
            found = found[key]
        return self.fill(self.dice.one(found), **more)


def draw_scene(dice: Dice) -> Scene:
    """Draw the writer, the place, the day and the cause of a letter."""
    agencies = table("agencies")
    name = dice.by_weight({key: agency["weight"] for key, agency in agencies.items()})
    agency = agencies[name]
    doc_type = dice.one(agency["types"])
    units = _units(dice)
    campaign = dice.by_weight(CAMPAIGNS)
    is_plain = doc_type == "công văn" and not agency["level"].startswith("party")
    slots = _slots(dice, agency, (doc_type, units))
    day = _day(dice)
    slots["appname"] = dice.one([*APPS, *["PC-Covid"] * 3] if day > MERGED else APPS)
    slots["subject"] = dice.fill(dice.one(table("campaigns")[campaign]["subjects"]), slots)
    head = dice.by_weight({"whole": 8, "no agency": 1, "none": 1}) if is_plain else "whole"
    return Scene(
        dice=dice,
        agency=agency,
        campaign=campaign,
        doc_type=doc_type,
        day=day,
        date_shown=dice.by_weight(DATES) if head != "none" else "absent",
        head=head,
        look=draw_look(dice, head),
        units=units,
        ask=dice.one(_asks(agency, doc_type)),
        slots=slots,
    )


def _asks(agency: Mapping[str, Any], doc_type: str) -> list[str]:
    """A peer asks politely; who stands above orders."""
    if agency.get("peer") and doc_type == "công văn":
        return ["đề nghị"]
    return ASKS.get(doc_type, ["yêu cầu"])


def _units(dice: Dice) -> dict[str, dict[str, str]]:
    communes = [row for row in places() if row["level"] == "commune"]
    commune = dice.one(communes)
    district = next(row for row in places() if row["code"] == commune["parent"])
    province = next(row for row in places() if row["code"] == district["parent"])
    return {"province": province, "district": district, "commune": commune}


def _day(dice: Dice) -> date:
    start, span = dice.one([(FIRST, 120), (SPRING, 255)])
    return start + timedelta(days=dice.randrange(span))


def _slots(
    dice: Dice, agency: Mapping[str, Any], drawn: tuple[str, Mapping[str, Mapping[str, str]]]
) -> dict[str, str | list[str]]:
    doc_type, units = drawn
    slots: dict[str, str | list[str]] = dict(table("orders")["phrases"])
    slots |= _unit_slots(units)
    slots["app"] = list(table("orders")["phrases"]["apps"])
    slots["area"] = dice.fill(AREAS[agency["level"]], slots)
    slots["self"] = dice.fill(agency["self"], slots)
    slots["short"] = dice.fill(agency["short"], slots)
    slots["boss"] = dice.fill(agency["boss"], slots)
    slots["superior"] = _superior(dice.fill(agency["short"], slots))
    slots["council"] = dice.fill(COUNCILS.get(agency["level"], "UBND cấp tỉnh"), slots)
    slots["chair"] = _chair(str(slots["short"]))
    slots["decimal"] = dice.one([",", ",", ",", "."])
    slots["this"] = dice.one(THIS.get(doc_type, ["văn bản này"]))
    return slots


def _chair(short: str) -> str:
    """Who leads the meetings that an agency's notices tell of."""
    if short.startswith("UBND"):
        return f"Chủ tịch {short}"
    known = {"Văn": "Chủ tịch UBND tỉnh", "Tỉnh": "Thường trực Tỉnh ủy", "Trung": "Chỉ huy trưởng"}
    return known.get(short.split(" ")[0], f"Trưởng {short}")


def _superior(short: str) -> str:
    return f"Chủ tịch {short}" if short.startswith("UBND") else short


def _unit_slots(units: Mapping[str, Mapping[str, str]]) -> dict[str, str | list[str]]:
    district, commune = units["district"], units["commune"]
    party = "Huyện ủy" if district["type_word"] == "huyện" else "Thành ủy"
    party = "Thị ủy" if district["type_word"] == "thị xã" else party
    return {
        "p": units["province"]["name"],
        "d": f"{district['type_word']} {district['name']}",
        "dn": district["name"],
        "kd": district["type_word"],
        "dp": f"{party} {district['name']}",
        "c": f"{commune['type_word']} {commune['name']}",
        "cn": commune["name"],
    }
