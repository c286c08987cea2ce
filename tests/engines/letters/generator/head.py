"""The head of a letter: who writes, the number, the place and day, what about, to whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.engines.letters.generator.dice import capital
from tests.engines.letters.generator.letter import Reading
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.sections import addressed
from tests.engines.letters.generator.tables import table

SHORT_TYPES = {
    "chỉ thị": "CT",
    "kế hoạch": "KH",
    "thông báo": "TB",
    "công điện": "CĐ",
    "quyết định": "QĐ",
}
BLANKS = ["    ", "     ", "      ", " ", "....", "......", "…"]
MOTTO = [
    "Độc lập - Tự do - Hạnh phúc",
    "Độc lập - Tự do - Hạnh phúc",
    "Độc lập – Tự do – Hạnh phúc",
]
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
PARTY_SYMBOLS = {"Huyện": "HU", "Thành": "TU", "Thị": "ThU"}
URGENT = {"hỏa tốc": ["HỎA TỐC", "HOẢ TỐC"], "khẩn": ["KHẨN"], "thượng khẩn": ["THƯỢNG KHẨN"]}


@dataclass(frozen=True, slots=True)
class Head:
    """The head in pieces, for a layout to set; and what is read from it."""

    left: list[str]
    right: list[str]
    number: str
    place_date: str
    about: str
    title: list[str]
    urgency: str
    greeting: str
    addressees: list[str]
    note: str
    reading: Reading
    symbol: str


def write_head(scene: Scene, audiences: Sequence[str]) -> Head:
    """The head of the scene's letter."""
    lines = [scene.fill(line).upper() for line in scene.dice.one(scene.agency["head"])]
    symbol = _symbol(scene)
    number_words, numbered = _number(scene, symbol)
    shown, dates = _place_date(scene)
    title, subject = _title(scene)
    urgency, mark = _urgency(scene)
    reading: Reading = {"type": scene.doc_type, **numbered, **_agencies(scene, lines), **dates}
    reading |= {"subject": subject, "urgency": urgency, **_codes(scene)}
    if scene.head != "whole":
        reading |= _inferred(scene, symbol)
    return Head(
        left=lines,
        right=_right(scene),
        number=number_words,
        place_date=shown,
        about=_about(scene),
        title=title,
        urgency=mark,
        greeting=_greeting(scene),
        addressees=_addressees(scene, audiences),
        note="",
        reading=reading,
        symbol=symbol,
    )


def _about(scene: Scene) -> str:
    if scene.doc_type != "công văn":
        return ""
    return f"{scene.dice.one(['V/v', 'V/v', 'Về việc', 'V/v:'])} {scene.slots['subject']}"


def _agencies(scene: Scene, lines: Sequence[str]) -> Reading:
    place = scene.fill(scene.agency["place"])
    return {
        "parent_agency": _parent(scene, lines),
        "issuing_agency": _issuer(scene, lines),
        "place": place if scene.head != "none" else None,
    }


def _right(scene: Scene) -> list[str]:
    if scene.level.startswith("party"):
        return ["ĐẢNG CỘNG SẢN VIỆT NAM"]
    return [NATION, scene.dice.one(MOTTO)]


def _sequence(scene: Scene) -> int:
    is_many = scene.doc_type in {"công văn", "quyết định"} and scene.level != "commune"
    return scene.dice.randint(2, 4200 if is_many else 95)


def _symbol(scene: Scene) -> str:
    symbol = str(scene.agency["symbol"])
    short = SHORT_TYPES.get(scene.doc_type)
    if scene.level.startswith("party"):
        symbol = PARTY_SYMBOLS.get(str(scene.slots["dp"]).split(" ")[0], symbol)
        symbol = "TU" if scene.level == "party" else symbol
        return f"{short or 'CV'}/{symbol}"
    if short:
        return f"{short}-{symbol}"
    unit = scene.dice.one(scene.agency["units"] or [""])
    if not unit:
        return f"CV-{symbol}" if symbol != "UBND" else symbol
    return f"{symbol}-{unit}"


def _number(scene: Scene, symbol: str) -> tuple[str, Reading]:
    is_party = scene.level.startswith("party")
    sign = "-" if is_party else "/"
    word = "Số" if is_party and scene.dice.maybe(0.7) else "Số:"
    if scene.dice.maybe(0.3):
        blank = f"{word} {scene.dice.one(BLANKS)}{sign}{symbol}"
        return blank, {"number": None, "number_seq": None, "symbol": symbol}
    seq = _sequence(scene)
    number = f"{seq:02}{sign}{symbol}"
    return f"{word} {number}", {"number": number, "number_seq": seq, "symbol": symbol}


def _place_date(scene: Scene) -> tuple[str, Reading]:
    day, shown = scene.day, scene.date_shown
    place = scene.fill(scene.agency["place"])
    blank = scene.dice.one(BLANKS)
    month = f"{day.month:02}" if day.month < 3 or scene.dice.maybe(0.2) else str(day.month)
    parts = {
        "full": (f"{day.day:02}", month, str(day.year)),
        "month": (blank, month, str(day.year)),
        "year": (blank, blank, str(day.year)),
        "none": (blank, blank, blank.strip()),
    }.get(shown, ("", "", ""))
    words = f"{place}, ngày {parts[0]} tháng {parts[1]} năm {parts[2]}".rstrip()
    partial = {"month": f"{day:%Y-%m}", "year": f"{day:%Y}"}.get(shown)
    is_full = shown == "full"
    return words, {"date": day.isoformat() if is_full else None, "date_partial": partial}


def _title(scene: Scene) -> tuple[list[str], str | None]:
    subject = str(scene.slots["subject"])
    if scene.doc_type == "công văn":
        return [], subject if scene.head != "none" else None
    form = table("bodies")[scene.doc_type]["subject"]
    chair = str(scene.slots["chair"])
    line = scene.fill(form, subject=subject, Subject=capital(subject), chair=chair)
    read = line
    for opening in ("Về việc ", "V/v ", "Về "):
        read = read.removeprefix(opening)
    return [scene.doc_type.upper(), line], read


def _urgency(scene: Scene) -> tuple[str | None, str]:
    share = 0.6 if scene.doc_type == "công điện" else 0.08
    if not scene.dice.maybe(share) or scene.head == "none":
        return None, ""
    urgency = scene.dice.one(list(URGENT))
    return urgency, scene.dice.one(URGENT[urgency])


def _issuer(scene: Scene, lines: Sequence[str]) -> str:
    """The agency's name, in full or short as the head writes it."""
    name = scene.fill(scene.agency["name"])
    if scene.head == "whole" and any("UBND" in line for line in lines[-1:]):
        return name.replace("Ủy ban nhân dân", "UBND")
    if any("ỦY BAN NHÂN DÂN" in line for line in lines[-1:]):
        return name.replace("UBND", "Ủy ban nhân dân")
    return name


def _inferred(scene: Scene, symbol: str) -> Reading:
    """What a letter without its agency's lines still tells, and from where."""
    name = str(scene.slots["self"])
    if scene.head == "no agency":
        return {"agency_evidence": f"inferred: place, symbol {symbol}, '{name}' in the body"}
    nothing: Reading = dict.fromkeys(("number", "number_seq", "symbol", "date", "date_partial"))
    return {**nothing, "agency_evidence": f"inferred: '{name}' in the body, the signer"}


def _parent(scene: Scene, lines: Sequence[str]) -> str | None:
    for parent in scene.agency["parent"]:
        filled = scene.fill(parent) if parent else ""
        if filled and filled.upper() == lines[0]:
            return filled
    return None


def _codes(scene: Scene) -> Reading:
    codes: Reading = {}
    if scene.level != "ministry":
        codes["province_gso_2021"] = scene.units["province"]["code"]
    if scene.level in {"district", "commune", "party_district"}:
        codes["district_gso_2021"] = scene.units["district"]["code"]
    return codes


def _greeting(scene: Scene) -> str:
    """Kính gửi, or how a telegram names whom it calls."""
    if scene.doc_type == "công điện" and scene.dice.maybe(0.6):
        who = "{chair}" if "Chủ tịch" in str(scene.slots["chair"]) else "{self}"
        return scene.fill(f"{who} {scene.dice.one(['điện', 'ĐIỆN'])}:")
    return scene.dice.one(["Kính gửi:", "Kính gửi:", "Kính gửi :"])


def _addressees(scene: Scene, audiences: Sequence[str]) -> list[str]:
    """Those addressed: the audiences of the body, each as the letter names it."""
    if scene.doc_type not in {"công văn", "công điện"}:
        return []
    names = [name for audience in audiences for name in addressed(scene, audience)]
    return list(dict.fromkeys(capital(name) for name in names))
