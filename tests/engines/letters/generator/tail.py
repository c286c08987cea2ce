"""The foot of a letter: who receives copies and why, who signs and by what right."""

from dataclasses import dataclass

from tests.engines.letters.generator.letter import Reading
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.tables import table

LEVELS = {"party_district": "party"}
Way = tuple[list[str], str]
TITLES = ["Nơi nhận:", "Nơi nhận:", "Nơi nhận"]


@dataclass(frozen=True, slots=True)
class Foot:
    """Lines of the copies and of the signature, and their readings."""

    title: str
    copies: list[str]
    signature: list[str]
    name: str | None
    recipients: list[Reading]
    signer: Reading


def write_foot(scene: Scene) -> Foot:
    """The foot of the scene's letter."""
    recipients = _recipients(scene)
    authority, role = _right_to_sign(scene)
    name = None if scene.dice.maybe(0.08) else scene.line_of("lines", "names.full")
    is_acting = authority[:1] == [f"Q. {role}"]
    lines = authority if is_acting else [*authority, role]
    tight = scene.dice.maybe(0.2)
    return Foot(
        title=scene.dice.one(TITLES),
        copies=_copies(recipients),
        signature=[line.replace(". ", ".") if tight else line for line in lines],
        name=name,
        recipients=recipients,
        signer={"authority": " ".join(authority) or None, "role": role, "name": name},
    )


def _recipients(scene: Scene) -> list[Reading]:
    lines = table("lines")["recipients"]
    known = lines[LEVELS.get(scene.level, scene.level)]
    known = [line for line in known if not line.startswith(f"{scene.slots['self']}|")]
    drawn = scene.dice.some(known, low=1, high=4)
    drawn.sort(key=known.index)
    drawn += [
        f"{scene.fill(name)}|" for name in scene.dice.some(scene.agency["own"], low=0, high=1)
    ]
    first = (
        "Như trên" if scene.doc_type in {"công văn", "công điện"} else "Các đơn vị có tên ở trên"
    )
    first = "Như Điều 1, 2" if scene.doc_type == "quyết định" else first
    found: list[Reading] = [{"name": first, "purpose": _purpose(scene, "t", share=0.25)}]
    for line in drawn:
        name, why = scene.fill(line).split("|")
        share = 0.85 if why else 0.0
        found.append({"name": name, "purpose": _purpose(scene, why, share=share)})
    return [*found, {"name": _kept(scene), "purpose": "lưu"}]


def _purpose(scene: Scene, why: str, *, share: float) -> str | None:
    if not scene.dice.maybe(share):
        return None
    words: list[str] = table("lines")["recipients"][why]
    return scene.dice.one(words)


def _kept(scene: Scene) -> str:
    units = [unit for unit in scene.agency["units"] if unit]
    unit = f", {scene.dice.one(units)}" if units else ""
    office = "VP" if scene.level.startswith("party") else "VT"
    return f"{scene.dice.one(['Lưu:', 'Lưu:', 'Lưu'])} {office}{unit}"


def _copies(recipients: list[Reading]) -> list[str]:
    lines = []
    for one in recipients:
        purpose = one["purpose"]
        why = f" ({purpose})" if purpose and purpose != "lưu" else ""
        lines.append(f"- {one['name']}{why};")
    return [*lines[:-1], f"{lines[-1][:-1]}."]


def _right_to_sign(scene: Scene) -> Way:
    """The lines of authority above the role, and the role."""
    chief = str(scene.agency["chief"])
    deputy = str(scene.agency.get("deputy", f"PHÓ {chief}"))
    if scene.level.startswith("party"):
        sign = scene.dice.one(["T/M", "TM."])
        office = [sign.replace("M", "L"), "CHÁNH VĂN PHÒNG"]
        of_party = [
            ([f"{sign} BAN THƯỜNG VỤ"], deputy),
            ([f"{office[0]} BAN THƯỜNG VỤ"], office[1]),
        ]
        return scene.dice.one(of_party)
    body = scene.agency.get("body")
    if body:
        n = {"commune": 4, "district": 5}.get(scene.level, 6)
        return scene.dice.one(_ways_of_body(str(body), chief, deputy)[:n])
    ways: list[Way] = [([f"KT. {chief}"], deputy)] * 4 + [([], chief)]
    if chief == "GIÁM ĐỐC":
        ways += [([f"Q. {chief}"], chief), ([f"TL. {chief}"], "CHÁNH VĂN PHÒNG")]
    return scene.dice.one(ways)


def _ways_of_body(body: str, chief: str, deputy: str) -> list[Way]:
    return [
        ([f"KT. {chief}"], deputy),
        ([f"TM. {body}", f"KT. {chief}"], deputy),
        ([f"TM. {body}"], chief),
        ([], chief),
        ([f"TL. {chief}"], "CHÁNH VĂN PHÒNG"),
        ([f"TUQ. {chief}"], "GIÁM ĐỐC SỞ Y TẾ"),
    ]
